-- Reports and their letters. Codes and times are columns; texts and names are ciphertext under the report's own key.
create table report (
  id uuid primary key,
  tenant uuid not null references tenant,
  unit uuid not null references unit,
  reporter uuid not null references account,
  reporter_name bytea not null,
  seq bigint,
  facts jsonb not null default '{}' check (not facts ?| array['before', 'description', 'deescalation', 'done', 'proposal', 'cause']),
  letters int not null default 0,
  received_at timestamptz not null,
  opened_at timestamptz,
  opened_by uuid references account,
  opened_by_role text,
  withdrawn_at timestamptz,
  confirmed boolean not null,
  -- The automatic floor: it marks a case and never changes what the reporter answered.
  grave boolean not null generated always as (coalesce(
    facts->'types' ?| array['FYS-KVEL', 'FYS-VAPEN', 'TRU-VAPEN', 'TRU-DRAP', 'FYS-SEKS'] or facts->>'injury' = 'doctor', false)) stored
);
create index report_unit_seq on report (unit, seq);
create index report_reporter_seq on report (reporter, seq);
create index report_unconfirmed on report (reporter) where not confirmed;

-- Deleting this row is the erasure of the report: nothing else can open its texts.
create table report_key (report uuid primary key references report, tenant uuid not null references tenant, kek text not null, wrapped bytea not null);

create table letter (
  id uuid primary key,
  report uuid not null references report,
  tenant uuid not null references tenant,
  author uuid not null references account,
  kind text not null check (kind in ('report', 'supplement', 'withdrawal', 'opened')),
  header bytea not null,
  body bytea not null,
  cek_sealed bytea not null,
  hash bytea not null,
  -- The phone's clock and offset, as it said them.
  sent_at text not null,
  received_at timestamptz not null,
  seq bigint,
  receipt_kid text,
  signature text,
  confirmed boolean not null,
  assurance text not null check (assurance in ('session', 'device'))
);
create index letter_report on letter (report, seq);

create table tombstone (id uuid primary key, tenant uuid not null references tenant, hash bytea, erased_at timestamptz not null default now());
-- An envelope that could be opened, around content that could not be read. Kept sealed as it came, for a person to look at.
create table quarantine (
  id uuid not null, tenant uuid not null references tenant, account uuid not null references account, hash bytea not null,
  letter jsonb not null, reason text not null, received_at timestamptz not null default now(), primary key (account, id, hash)
);

grant select, insert, update, delete on report, report_key, letter, tombstone, quarantine to meldt_server;
grant select, insert on report, report_key, letter, quarantine to meldt_app;
grant update (facts, letters, seq, opened_at, opened_by, opened_by_role, withdrawn_at, confirmed) on report to meldt_app;
grant update (seq, receipt_kid, signature, confirmed) on letter to meldt_app;
grant select on tombstone to meldt_app;

do $$ declare t text; begin
  foreach t in array array['report', 'report_key', 'letter', 'tombstone', 'quarantine'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy server_all on %I to meldt_server using (true) with check (true)', t);
  end loop;
end $$;

create policy report_read on report for select to meldt_app using (
  reporter = (select app.account()) or unit = any ((select app.units(array['leder', 'verneombud']))::uuid[]));
create policy report_create on report for insert to meldt_app with check (
  tenant = (select app.tenant()) and reporter = (select app.account()) and unit = any ((select app.units(array['ansatt', 'leder', 'verneombud']))::uuid[]));
create policy report_change on report for update to meldt_app using (
  reporter = (select app.account()) or unit = any ((select app.units(array['leder']))::uuid[]));

create policy key_read on report_key for select to meldt_app using (exists (select from report r where r.id = report_key.report));
create policy key_create on report_key for insert to meldt_app with check (
  tenant = (select app.tenant()) and exists (select from report r where r.id = report_key.report and r.reporter = (select app.account())));

create policy letter_read on letter for select to meldt_app using (exists (select from report r where r.id = letter.report));
create policy letter_create on letter for insert to meldt_app with check (
  tenant = (select app.tenant()) and author = (select app.account()) and exists (select from report r where r.id = letter.report and (
    (kind <> 'opened' and r.reporter = (select app.account()))
    or (kind = 'opened' and r.reporter <> (select app.account()) and r.unit = any ((select app.units(array['leder']))::uuid[])))));
create policy letter_change on letter for update to meldt_app using (author = (select app.account()));

create policy tombstone_read on tombstone for select to meldt_app using (tenant = (select app.tenant()));
create policy quarantine_own on quarantine to meldt_app using (account = (select app.account())) with check (account = (select app.account()) and tenant = (select app.tenant()));
