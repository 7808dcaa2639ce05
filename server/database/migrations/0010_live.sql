-- Live: that something changed is told at once to whoever is looking, and Meldt's own clock tells what nobody has done. Ids only, never what.

-- After the commit, to the servers that listen. The same words twice in a transaction are sent once. Who may not see a report is said too: a hint
-- alone would tell a leader that somebody has just reported something that is hidden from them.
create function app.hint_report() returns trigger language plpgsql as $$ begin
  if new.seq is distinct from old.seq then
    perform pg_notify('meldt', json_build_object('tenant', new.tenant, 'unit', new.unit, 'account', new.reporter, 'escalated', new.escalated_at is not null,
      'recused', new.recused, 'partial', new.recused_accounts, 'confidential', new.confidential)::text);
  end if;
  return null;
end $$;
create trigger report_hints after update of seq on report for each row execute function app.hint_report();
-- Whoever has to forget something is told so too.
create function app.hint_gone() returns trigger language plpgsql as $$ begin
  if new.seq is distinct from old.seq then perform pg_notify('meldt', json_strip_nulls(json_build_object('tenant', new.tenant, 'unit', new.unit, 'account', new.account, 'gone', new.role))::text); end if;
  return null;
end $$;
create trigger gone_hints after update of seq on case_gone for each row execute function app.hint_gone();
create function app.hint_training() returns trigger language plpgsql as $$ begin
  if new.seq is distinct from old.seq then perform pg_notify('meldt', json_build_object('tenant', new.tenant, 'unit', new.unit, 'training', true)::text); end if;
  return null;
end $$;
create trigger training_hints after update of seq on training for each row execute function app.hint_training();
create function app.hint_notice() returns trigger language plpgsql as $$ begin
  perform pg_notify('meldt', json_build_object('tenant', new.tenant, 'account', new.account)::text);
  return null;
end $$;
create trigger notice_hints after insert on notice for each row execute function app.hint_notice();

grant create on schema app to meldt_server;
-- As app.close_work, for what Meldt itself does in a municipality: the clock has no account.
create function app.close_clock_work(town_id uuid, entries jsonb, changes int) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  town tenant; entry jsonb; head bytea; nth bigint; moment timestamptz := clock_timestamp(); digest bytea;
begin
  select * into strict town from tenant where id = town_id for no key update;
  head := town.audit_head; nth := town.audit_seq;
  for entry in select value from jsonb_array_elements(entries) loop
    nth := nth + 1;
    digest := app.audit_hash(nth, moment, null, entry->>'action', (entry->>'object')::uuid, coalesce(entry->'detail', '{}'), head);
    insert into audit values (town.id, nth, moment, null, entry->>'action', (entry->>'object')::uuid, coalesce(entry->'detail', '{}'), head, digest);
    head := digest;
  end loop;
  update tenant set seq = town.seq + changes, audit_seq = nth, audit_head = head where id = town.id;
  return town.seq + 1;
end $$;

-- How grave a case is to whoever may not know of health: the leader's own judgement, else the types and what the reporter said. Never the floor, which knows of doctors.
create function app.open_level(status jsonb, facts jsonb) returns int language sql immutable return
  coalesce((status->>'level')::int, case when facts->'types' ?| array['FYS-KVEL', 'FYS-VAPEN', 'TRU-VAPEN', 'TRU-DRAP', 'FYS-SEKS'] then 3 else (facts->>'severity')::int end);

-- How often grave things have happened in a school lately, and what is overdue there: counts, for whoever looks after more than they may read.
-- The asker's schools: all of the municipality for hms, else those where they lead or represent. What is hidden from a leader or a safety representative is not
-- counted for them either: the count less their own list would tell.
create function app.patterns(since timestamptz, moment timestamptz) returns table (unit uuid, name text, level2 int, level3 int, overdue int, unopened int)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.name,
         count(*) filter (where r.received_at >= since and app.open_level(c.status, r.facts) = 2)::int,
         count(*) filter (where r.received_at >= since and app.open_level(c.status, r.facts) = 3)::int,
         count(*) filter (where c.open_due_at < moment)::int, count(*) filter (where c.state = 'new' and c.open_due_at < moment)::int
    from unit u join report r on r.unit = u.id join report_case c on c.report = r.id
   where u.tenant = app.tenant() and r.withdrawn_at is null and (r.received_at >= since or c.open_due_at < moment)
     and (app.oversees(array['hms']) or u.id = any (app.units(array['hms', 'leder', 'verneombud'])))
     and not (r.recused and u.id = any (app.units(array['leder'])))
     and (not r.confidential or app.oversees(array['hms']) or u.id = any (app.units(array['hms', 'leder'])))
   group by u.id, u.name order by u.name
$$;
do $$ begin
  alter function app.close_clock_work(uuid, jsonb, int) owner to meldt_server;
  revoke execute on function app.close_clock_work(uuid, jsonb, int) from public;
  grant execute on function app.close_clock_work(uuid, jsonb, int) to meldt_server;
  alter function app.patterns(timestamptz, timestamptz) owner to meldt_server;
  revoke execute on function app.patterns(timestamptz, timestamptz) from public;
  grant execute on function app.patterns(timestamptz, timestamptz) to meldt_server, meldt_app;
end $$;
revoke create on schema app from meldt_server;

-- When a school's pattern was last told of, and to whom: not all of them know the same reports.
create table pattern_told (
  unit uuid not null references unit, told text not null check (told in ('handlers', 'guardians', 'overseers')), tenant uuid not null references tenant, at timestamptz not null, primary key (unit, told)
);
grant select, insert, update on pattern_told to meldt_server;
alter table pattern_told enable row level security;
alter table pattern_told force row level security;
create policy server_all on pattern_told to meldt_server using (true) with check (true);
create index report_received on report (received_at);
