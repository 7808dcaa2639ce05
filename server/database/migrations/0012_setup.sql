-- A municipality whose last administrator's role has run out is not locked out for ever: its operator sets a new code. Each code works once.
create table setup_used (tenant uuid not null references tenant, code bytea not null, account uuid not null references account, used_at timestamptz not null, primary key (tenant, code));
grant select, insert on setup_used to meldt_server;
alter table setup_used enable row level security;
alter table setup_used force row level security;
create policy server_all on setup_used to meldt_server using (true) with check (true);

grant create on schema app to meldt_server;
drop function app.begin_town(timestamptz);
-- An administrator by a code that only the operator knows; its hash comes here. False while somebody has or will have that role, and for a code that was used.
create function app.begin_town(moment timestamptz, code bytea) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$ begin
  if app.tenant() is null then return false; end if;
  -- One at a time.
  perform from tenant where id = app.tenant() for no key update;
  if exists (select from role_grant g join account a on a.id = g.account and a.disabled_at is null
              where g.tenant = app.tenant() and g.role = 'eier-admin' and g.unit is null and (g.to_at is null or g.to_at > moment))
    or exists (select from setup_used u where u.tenant = app.tenant() and u.code = begin_town.code) then return false; end if;
  insert into setup_used (tenant, code, account, used_at) values (app.tenant(), begin_town.code, app.account(), moment);
  insert into role_grant (tenant, account, role, from_at, to_at, granted_by) values (app.tenant(), app.account(), 'eier-admin', moment, moment + interval '400 days', app.account());
  return true;
end $$;
alter function app.begin_town(timestamptz, bytea) owner to meldt_server;
revoke execute on function app.begin_town(timestamptz, bytea) from public;
grant execute on function app.begin_town(timestamptz, bytea) to meldt_server, meldt_app;
revoke create on schema app from meldt_server;
