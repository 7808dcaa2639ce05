-- Which reports the municipality has counted, and in which month: what was counted is remembered, never worked out again from what may change since.
create table counted (report uuid primary key references report on delete cascade, tenant uuid not null references tenant, month text not null);
create index counted_tenant_month on counted (tenant, month);
grant select, insert, update, delete on counted to meldt_server;
alter table counted enable row level security;
alter table counted force row level security;
create policy server_all on counted to meldt_server using (true) with check (true);
-- What has been counted before this was remembered: all that had happened and was told when the newest month was closed.
set local role meldt_server;
insert into counted (report, tenant, month)
  select r.id, r.tenant, p.month from report r join (select tenant, max(period) as month from publication where kind = 'month' group by tenant) p on p.tenant = r.tenant,
    lateral (select ((p.month || '-01')::date + (case when p.month like '%-06' then interval '2 months' else interval '1 month' end)) as ends) m
   where r.withdrawn_at is null and r.received_at < (m.ends + interval '10 days') at time zone 'Europe/Oslo'
     and least(r.received_at, coalesce((r.facts->>'occurredAt')::timestamptz, r.received_at)) < m.ends at time zone 'Europe/Oslo';
reset role;

-- The page of a school's meeting, as it was when it was first looked at after its quarter had closed: the same for all who may read it, and on each day.
create table meeting_page (tenant uuid not null references tenant, unit uuid not null references unit, quarter text not null, content jsonb not null, made_at timestamptz not null, primary key (unit, quarter));
grant select, insert, update, delete on meeting_page to meldt_server;
alter table meeting_page enable row level security;
alter table meeting_page force row level security;
create policy server_all on meeting_page to meldt_server using (true) with check (true);

-- As in 0008, and: what is erased is not kept among the events of a closed month either: its number stays, its id goes.
create or replace function app.erase_report(which uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into tombstone (id, tenant, hash) select id, tenant, hash from letter where report = which on conflict do nothing;
  insert into tombstone (id, tenant) select id, tenant from report where id = which on conflict do nothing;
  update closed_month c set events = (select jsonb_agg(case when e->'reports' ? which::text then jsonb_set(e, '{reports}', (e->'reports') - which::text) else e end) from jsonb_array_elements(c.events) e)
   where c.tenant = (select tenant from report where id = which) and c.events @> jsonb_build_array(jsonb_build_object('reports', jsonb_build_array(which::text)));
  update report set event = null where event = which;
  delete from case_event where report = which;
  delete from report_key where report = which;
  delete from letter where report = which;
  delete from report where id = which;
$$;
