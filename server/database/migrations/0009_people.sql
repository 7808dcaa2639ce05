-- Units, people and roles, changed by the municipality's administrators. Each function asks again who the asker is: the second lock.
grant create on schema app to meldt_server;
create function app.is_admin() returns boolean language sql stable security definer set search_path = public, pg_temp
as $$ select app.oversees(array['eier-admin']) $$;

create function app.admin_people() returns table (id uuid, subject text, name bytea, has_signed_in boolean, grants jsonb) language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.subject, a.name_sealed, exists (select from device_account d where d.account = a.id),
         coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role, 'unit', g.unit, 'from', g.from_at, 'to', g.to_at) order by g.from_at desc, g.role) from role_grant g where g.account = a.id), '[]')
    from account a where a.tenant = app.tenant() and a.disabled_at is null and app.is_admin() order by a.subject
$$;
-- Makes a school, or names it anew. False when the id belongs to another municipality.
create function app.put_unit(which uuid, called text) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$ begin
  if not app.is_admin() then return false; end if;
  insert into unit (id, tenant, name) values (which, app.tenant(), called) on conflict (id) do update set name = excluded.name where unit.tenant = app.tenant();
  return found;
end $$;
-- The account of a subject, made when there is none: somebody may have a role before they first sign in. Their own name comes with the sign-in.
create function app.put_person(which uuid, of_issuer text, of_subject text, sealed_name bytea) returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare known uuid; begin
  if not app.is_admin() then return null; end if;
  insert into account (id, tenant, issuer, subject, name_sealed) values (which, app.tenant(), of_issuer, of_subject, sealed_name) on conflict (issuer, subject) do nothing;
  select id into known from account where issuer = of_issuer and subject = of_subject and tenant = app.tenant();
  return known;
end $$;
-- Gives a role for some time. Null when person or school is not of this municipality, or the time is too long.
create function app.give_role(to_account uuid, the_role text, in_unit uuid, from_time timestamptz, to_time timestamptz) returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare made uuid; begin
  if not app.is_admin() or to_time <= from_time or to_time > from_time + interval '402 days'
    or not exists (select from account where id = to_account and tenant = app.tenant())
    or (in_unit is not null and not exists (select from unit where id = in_unit and tenant = app.tenant())) then return null; end if;
  insert into role_grant (tenant, account, role, unit, from_at, to_at, granted_by) values (app.tenant(), to_account, the_role, in_unit, from_time, to_time, app.account()) returning id into made;
  return made;
end $$;
alter table role_grant add column granted_by uuid references account, add column ended_by uuid references account;
-- Ends a role now; it is never deleted. 'last' when nobody would be left to give roles.
create function app.end_role(which uuid, moment timestamptz) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare one role_grant; begin
  if not app.is_admin() then return 'unknown'; end if;
  -- One at a time: two administrators must not end each other's role in the same moment.
  perform from tenant where id = app.tenant() for no key update;
  select * into one from role_grant where id = which and tenant = app.tenant();
  if one.id is null then return 'unknown'; end if;
  if one.to_at is not null and one.to_at <= moment then return 'ended'; end if;
  if one.role = 'eier-admin' and one.unit is null and not exists (
    select from role_grant g join account a on a.id = g.account and a.disabled_at is null where g.tenant = one.tenant and g.role = 'eier-admin' and g.unit is null and g.id <> which
       and g.from_at <= moment and (g.to_at is null or g.to_at > moment)) then return 'last'; end if;
  update role_grant set to_at = moment, ended_by = app.account() where id = which;
  return 'ended';
end $$;
-- The first administrator of a real municipality, by a code that only its operator knows. True once: as soon as there has been one, never again.
create function app.begin_town(moment timestamptz) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$ begin
  if app.tenant() is null then return false; end if;
  perform from tenant where id = app.tenant() for no key update;
  if exists (select from role_grant where tenant = app.tenant() and role = 'eier-admin') then return false; end if;
  insert into role_grant (tenant, account, role, from_at, to_at, granted_by) values (app.tenant(), app.account(), 'eier-admin', moment, moment + interval '400 days', app.account());
  return true;
end $$;
do $$ declare f text; begin
  foreach f in array array['app.is_admin()', 'app.admin_people()', 'app.put_unit(uuid, text)', 'app.put_person(uuid, text, text, bytea)', 'app.give_role(uuid, text, uuid, timestamptz, timestamptz)', 'app.end_role(uuid, timestamptz)', 'app.begin_town(timestamptz)'] loop
    execute format('alter function %s owner to meldt_server', f);
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to meldt_server, meldt_app', f);
  end loop;
end $$;
revoke create on schema app from meldt_server;
