-- The municipality's own: numbers, links to its procedures, additions to the guidance. Read by everybody in it, written by its administrators.
create table local_entry (
  -- Ids come from outside, so each municipality has its own: one that is used elsewhere tells nobody anything.
  tenant uuid not null references tenant,
  id uuid not null,
  -- Null is the whole municipality.
  unit uuid references unit,
  kind text not null check (kind in ('number', 'link', 'addition')),
  content jsonb not null check (jsonb_typeof(content) = 'object' and octet_length(content::text) <= 65536),
  version int not null check (version > 0),
  updated_at timestamptz not null,
  updated_by uuid references account,
  primary key (tenant, id)
);
grant select, insert, update, delete on local_entry to meldt_app, meldt_server;
alter table local_entry enable row level security;
alter table local_entry force row level security;
create policy server_all on local_entry to meldt_server using (true) with check (true);

create policy local_read on local_entry for select to meldt_app using (tenant = (select app.tenant()));
create policy local_create on local_entry for insert to meldt_app with check (tenant = (select app.tenant())
  and ((select app.oversees(array['eier-admin'])) or unit = any ((select app.units(array['eier-admin']))::uuid[]))
  and (unit is null or exists (select from unit u where u.id = local_entry.unit and u.tenant = local_entry.tenant)));
create policy local_change on local_entry for update to meldt_app using (tenant = (select app.tenant())
  and ((select app.oversees(array['eier-admin'])) or unit = any ((select app.units(array['eier-admin']))::uuid[])))
  with check (tenant = (select app.tenant())
  and ((select app.oversees(array['eier-admin'])) or unit = any ((select app.units(array['eier-admin']))::uuid[]))
  and (unit is null or exists (select from unit u where u.id = local_entry.unit and u.tenant = local_entry.tenant)));
create policy local_remove on local_entry for delete to meldt_app using (tenant = (select app.tenant())
  and ((select app.oversees(array['eier-admin'])) or unit = any ((select app.units(array['eier-admin']))::uuid[])));
