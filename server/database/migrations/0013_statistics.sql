-- Numbers. A school's are counted when it asks, under its asker's own row-level security. The municipality's are counted once, when a period closes, and never again: what is
-- kept here is already protected (contract/disclosure.ts).
create index report_unit_received on report (unit, received_at);
create index report_tenant_received on report (tenant, received_at);

create table publication (
  tenant uuid not null references tenant, kind text not null check (kind in ('month', 'quarter', 'schools')), period text not null,
  content jsonb not null, closed_at timestamptz not null, primary key (tenant, kind, period)
);
-- The events of a closed month as they were counted, until their quarter closes: what is added up later is what was shown. For the server only.
create table closed_month (tenant uuid not null references tenant, month text not null, events jsonb not null, primary key (tenant, month));
-- What rates are reckoned from, by the school year's first calendar year.
create table unit_figure (
  tenant uuid not null references tenant, unit uuid not null references unit, year int not null check (year between 2019 and 2099),
  posts numeric(6, 1) check (posts >= 0), pupils int check (pupils >= 0), updated_at timestamptz not null, updated_by uuid references account, primary key (unit, year)
);
-- What a meeting decided, in codes, and the reports that it looked at.
create table ros_result (
  id uuid primary key, tenant uuid not null references tenant, unit uuid not null references unit, content jsonb not null check (octet_length(content::text) <= 2048),
  quarter text not null, met_on date not null, done_on date, led int not null, author uuid not null references account, created_at timestamptz not null
);
create index ros_result_unit on ros_result (unit, met_on);
create table ros_report (result uuid not null references ros_result on delete cascade, report uuid not null references report on delete cascade, tenant uuid not null references tenant, primary key (result, report));
create index ros_report_report on ros_report (report);
-- Keys for the municipality's own BI tool: only a hash is kept.
create table bi_key (
  id uuid primary key, tenant uuid not null references tenant, name text not null check (length(name) between 1 and 80), secret_hash bytea not null unique,
  created_by uuid not null references account, created_at timestamptz not null, expires_at timestamptz not null, last_used_at timestamptz, ended_at timestamptz
);

grant select, insert, update, delete on publication, closed_month, unit_figure, ros_result, ros_report, bi_key to meldt_server;
grant select on publication, unit_figure, ros_result, ros_report to meldt_app;
grant insert, update on unit_figure to meldt_app;
grant insert on ros_result, ros_report to meldt_app;
grant update (done_on) on ros_result to meldt_app;
grant select (id, tenant, name, created_by, created_at, expires_at, last_used_at, ended_at), insert, update (ended_at) on bi_key to meldt_app;
do $$ declare t text; begin
  foreach t in array array['publication', 'closed_month', 'unit_figure', 'ros_result', 'ros_report', 'bi_key'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy server_all on %I to meldt_server using (true) with check (true)', t);
  end loop;
end $$;
-- A month of the whole municipality is everybody's; the rest is for whoever looks after it.
create policy publication_read on publication for select to meldt_app using (tenant = (select app.tenant()) and (kind = 'month' or (select app.oversees(array['hms', 'eier-admin']))));
create policy figure_read on unit_figure for select to meldt_app using (tenant = (select app.tenant()) and (select app.oversees(array['hms', 'eier-admin'])));
create policy figure_create on unit_figure for insert to meldt_app with check (tenant = (select app.tenant()) and (select app.oversees(array['eier-admin'])) and exists (select from unit u where u.id = unit_figure.unit and u.tenant = unit_figure.tenant));
create policy figure_change on unit_figure for update to meldt_app using (tenant = (select app.tenant()) and (select app.oversees(array['eier-admin'])));
create policy ros_read on ros_result for select to meldt_app using (unit = any ((select app.units(array['leder', 'verneombud']))::uuid[]));
create policy ros_create on ros_result for insert to meldt_app with check (tenant = (select app.tenant()) and author = (select app.account()) and unit = any ((select app.units(array['leder']))::uuid[]));
create policy ros_change on ros_result for update to meldt_app using (unit = any ((select app.units(array['leder']))::uuid[]));
create policy ros_report_read on ros_report for select to meldt_app using (exists (select from ros_result d where d.id = ros_report.result) and exists (select from report r where r.id = ros_report.report));
create policy ros_report_create on ros_report for insert to meldt_app with check (tenant = (select app.tenant())
  and exists (select from ros_result d join report r on r.unit = d.unit where d.id = ros_report.result and r.id = ros_report.report and d.author = (select app.account())));
create policy bi_key_read on bi_key for select to meldt_app using (tenant = (select app.tenant()) and (select app.oversees(array['eier-admin'])));
create policy bi_key_create on bi_key for insert to meldt_app with check (tenant = (select app.tenant()) and created_by = (select app.account()) and (select app.oversees(array['eier-admin'])));
create policy bi_key_end on bi_key for update to meldt_app using (tenant = (select app.tenant()) and (select app.oversees(array['eier-admin'])));
