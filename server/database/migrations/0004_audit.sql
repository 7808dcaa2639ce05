-- What was read and written, by whom: append-only, one hash chain per municipality. It never holds content.
create table audit (
  tenant uuid not null references tenant,
  seq bigint not null,
  at timestamptz not null,
  actor uuid,
  action text not null,
  object uuid,
  detail jsonb not null default '{}',
  prev bytea not null,
  hash bytea not null,
  primary key (tenant, seq)
);
alter table audit enable row level security;
alter table audit force row level security;
grant select, insert on audit to meldt_server;
create policy server_append on audit for insert to meldt_server with check (true);
create policy server_read on audit for select to meldt_server using (true);

create function app.audit_is_append_only() returns trigger language plpgsql as $$ begin
  raise exception 'the audit log is append-only';
end $$;
create trigger audit_no_change before update or delete on audit for each row execute function app.audit_is_append_only();
create trigger audit_no_truncate before truncate on audit for each statement execute function app.audit_is_append_only();

create function app.audit_hash(seq bigint, at timestamptz, actor uuid, action text, object uuid, detail jsonb, prev bytea) returns bytea language sql immutable
  return sha256(prev || convert_to(concat_ws('|', seq, (extract(epoch from at) * 1000000)::bigint, coalesce(actor::text, '-'), action, coalesce(object::text, '-'), detail::text), 'UTF8'));

-- Ends a unit of work: takes `changes` numbers from the municipality's counter and chains the entries [{action, object, detail}] to its log.
-- The row of the municipality is locked from here to the commit, so it must come last. Answers with the first number taken.
-- The lock lets foreign keys to the municipality pass; a stronger one deadlocks with whoever has just inserted a row.
create function app.close_work(entries jsonb, changes int) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  town tenant; entry jsonb; head bytea; nth bigint; moment timestamptz := clock_timestamp(); digest bytea; actor uuid := app.account();
begin
  select * into strict town from tenant where id = app.tenant() for no key update;
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

-- The numbers of rows that do not fit the chain; none when it is whole. A missing tail shows as the row after the last.
create function app.audit_verify(town uuid) returns setof bigint language sql stable security definer set search_path = public, pg_temp as $$
  with chain as (
    select seq, at, actor, action, object, detail, prev, hash, lag(hash, 1, '\x') over (order by seq) as before, row_number() over (order by seq) as nth
      from audit where tenant = town)
  select seq from chain where seq <> nth or prev <> before or hash <> app.audit_hash(seq, at, actor, action, object, detail, prev)
  union
  select t.audit_seq + 1 from tenant t where t.id = town
    and t.audit_head <> coalesce((select hash from audit where tenant = town order by seq desc limit 1), '\x')
$$;

-- Erases a report: its key, letters and facts go; ids and hashes stay, so that a late phone cannot bring it back.
create function app.erase_report(which uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into tombstone (id, tenant, hash) select id, tenant, hash from letter where report = which on conflict do nothing;
  insert into tombstone (id, tenant) select id, tenant from report where id = which on conflict do nothing;
  delete from report_key where report = which;
  delete from letter where report = which;
  delete from report where id = which;
$$;

do $$ declare f text; begin
  foreach f in array array['app.tenant()', 'app.units(text[])', 'app.close_work(jsonb, int)', 'app.audit_verify(uuid)', 'app.erase_report(uuid)'] loop
    execute format('alter function %s owner to meldt_server', f);
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to meldt_server', f);
  end loop;
end $$;
grant execute on function app.tenant(), app.units(text[]), app.close_work(jsonb, int) to meldt_app;
revoke create on schema app from meldt_server;
