/** With the embedded database the server does its daily work as a login that owns nothing, so that `reset role` leads nowhere. */
import pg from 'pg'

const login = 'meldt_login'

/** The address the pool should use: for a private socket a login without power, otherwise the one that was given. */
export async function loginUrl(ownerUrl: string): Promise<string> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  if (!owner.host.startsWith('/')) return ownerUrl
  await owner.connect()
  try {
    await owner.query('select pg_advisory_lock($1)', [8702])
    await owner.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${login}') then
        create role ${login} login noinherit nosuperuser nobypassrls;
        grant meldt_app, meldt_server to ${login};
      end if;
    exception when duplicate_object or unique_violation then raise notice 'made by another start';
    end $$`)
  } finally {
    await owner.end()
  }
  return ownerUrl.replace(/user=[^&]*/, `user=${login}`)
}
