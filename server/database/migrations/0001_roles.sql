-- Two roles that nobody can log in as. Roles belong to the whole cluster, so another database may have made them already.
do $$
declare wanted text;
begin
  foreach wanted in array array['meldt_app', 'meldt_server'] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I nologin nobypassrls nosuperuser noinherit', wanted);
      end if;
    exception when duplicate_object or unique_violation then
      raise notice 'role % was made by another start', wanted;
    end;
    if not pg_has_role(current_user, wanted, 'member') then
      execute format('grant %I to current_user', wanted);
    end if;
  end loop;
end $$;

create schema app;
revoke all on schema public from public;
grant usage on schema public, app to meldt_app, meldt_server;
-- Functions that run with the server's eyes belong to it; the right to own them is taken back at the end of the migrations that make them.
grant create on schema app to meldt_server;
