-- Letters that come late: in another order than they were written, after a role has ended, after an account was closed. And the mark of the database's keys.

-- Which letter said each field, and each author's newest correction and answer: an older letter that comes later overwrites nothing.
alter table report add column said_by jsonb not null default '{}';
alter table training add column newest jsonb not null default '{}';
grant update (said_by) on report to meldt_app;
grant update (newest) on training to meldt_app;

-- What somebody wrote stays known to them after a role has ended: a phone that asks again must not be told that it is lost.
alter policy letter_read on letter using (author = (select app.account()) or exists (select from report r where r.id = letter.report));

-- A hash of the master key: a database that is started with other keys would make texts that nobody can read.
create table key_mark (one boolean primary key default true check (one), mark bytea not null, noted_at timestamptz not null default now());
grant select, insert on key_mark to meldt_server;
alter table key_mark enable row level security;
alter table key_mark force row level security;
create policy server_all on key_mark to meldt_server using (true) with check (true);

grant create on schema app to meldt_server;
-- Whether an id is in use for something that is not a training entry, so that no entry can ever begin with it. Inserting it would tell the same.
create function app.is_no_entry(which uuid) returns boolean language sql stable security definer set search_path = public, pg_temp
as $$ select exists (select from report where id = which) or exists (select from letter where id = which and training is distinct from which) $$;

-- What somebody wrote before their account was closed is taken from a device of theirs, unconfirmed. These two are for putting in; reading goes by
-- app.tenant() and app.units(), which know no closed account.
create function app.own_tenant() returns uuid language sql stable security definer set search_path = public, pg_temp
as $$ select tenant from account where id = app.account() $$;
create function app.own_units() returns uuid[] language sql stable security definer set search_path = public, pg_temp
as $$ select coalesce(array_agg(distinct g.unit), '{}') from role_grant g join account a on a.id = g.account
      where g.account = app.account() and g.unit is not null and g.role in ('ansatt', 'leder', 'verneombud')
        and g.from_at <= now() and (g.to_at is null or g.to_at > now() or g.to_at >= a.disabled_at) $$;

-- As before, but for the municipality of a closed account too: what is taken from it is counted and noted as well.
create or replace function app.close_work(entries jsonb, changes int) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  town tenant; entry jsonb; head bytea; nth bigint; moment timestamptz := clock_timestamp(); digest bytea; actor uuid := app.account();
begin
  select * into strict town from tenant where id = app.own_tenant() for no key update;
  head := town.audit_head; nth := town.audit_seq;
  for entry in select value from jsonb_array_elements(entries) loop
    nth := nth + 1;
    digest := app.audit_hash(nth, moment, actor, entry->>'action', (entry->>'object')::uuid, coalesce(entry->'detail', '{}'), head);
    insert into audit values (town.id, nth, moment, actor, entry->>'action', (entry->>'object')::uuid, coalesce(entry->'detail', '{}'), head, digest);
    head := digest;
  end loop;
  update tenant set seq = town.seq + changes, audit_seq = nth, audit_head = head where id = town.id;
  return town.seq + 1;
end $$;

do $$ declare f text; begin
  foreach f in array array['app.is_no_entry(uuid)', 'app.own_tenant()', 'app.own_units()'] loop
    execute format('alter function %s owner to meldt_server', f);
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to meldt_server, meldt_app', f);
  end loop;
end $$;
revoke create on schema app from meldt_server;

alter policy report_create on report with check (
  tenant = (select app.own_tenant()) and reporter = (select app.account()) and unit = any ((select app.own_units())::uuid[]));
alter policy key_create on report_key with check (
  tenant = (select app.own_tenant()) and exists (select from report r where r.id = report_key.report and r.reporter = (select app.account())));
alter policy letter_create on letter with check (
  tenant = (select app.own_tenant()) and author = (select app.account()) and exists (select from report r where r.id = letter.report and (
    (kind <> 'opened' and r.reporter = (select app.account()))
    or (kind = 'opened' and r.reporter <> (select app.account()) and r.unit = any ((select app.units(array['leder']))::uuid[])))));
alter policy quarantine_own on quarantine with check (account = (select app.account()) and tenant = (select app.own_tenant()));
-- Else what was erased could come back from a closed account's phone.
alter policy tombstone_read on tombstone using (tenant = (select app.own_tenant()));
