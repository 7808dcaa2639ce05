-- Training and practice: what a school plans, asks the municipality for, and has done. Codes, counts and days are columns; texts are ciphertext under the entry's own key.
create table training (
  id uuid primary key,
  tenant uuid not null references tenant,
  unit uuid not null references unit,
  author uuid not null references account,
  by_role text not null check (by_role in ('leder', 'verneombud')),
  what text not null check (what in ('log', 'plan', 'request')),
  form text not null check (form in ('training', 'practice')),
  code text,
  held_on date not null,
  until_on date,
  people int check (people between 1 and 2000),
  groups text[] not null default '{}',
  need text,
  state text not null check (state in ('done', 'planned', 'asked', 'agreed', 'contact', 'not-now')),
  -- What the school wrote, and what the municipality answered: apart, so that neither overwrites the other.
  texts bytea,
  reply bytea,
  seq bigint,
  letters int not null default 0,
  received_at timestamptz not null,
  changed_at timestamptz not null,
  answered_at timestamptz,
  removed_at timestamptz
);
create index training_unit_seq on training (unit, seq);
create index training_tenant_seq on training (tenant, seq);

-- Deleting this row is the erasure of the entry's texts.
create table training_key (training uuid primary key references training, tenant uuid not null references tenant, kek text not null, wrapped bytea not null);

-- A letter belongs to a report or to an entry, never to both.
alter table letter alter column report drop not null, add column training uuid references training,
  drop constraint letter_kind_check,
  add constraint letter_kind_check check (kind in ('report', 'supplement', 'withdrawal', 'opened', 'training')),
  add constraint letter_belongs check (case when kind = 'training' then training is not null and report is null else training is null and report is not null end);
create index letter_training on letter (training, seq) where training is not null;

grant select, insert, update, delete on training, training_key to meldt_server;
grant select, insert on training, training_key to meldt_app;
grant update (form, code, held_on, until_on, people, groups, need, state, texts, reply, seq, letters, changed_at, answered_at, removed_at) on training to meldt_app;

-- Whether the account holds one of the roles for the whole municipality today. Policies call it as an InitPlan, like app.units.
grant create on schema app to meldt_server;
create function app.oversees(roles text[]) returns boolean language sql stable security definer set search_path = public, pg_temp
as $$ select exists (select from role_grant g join account a on a.id = g.account
      where g.account = app.account() and a.disabled_at is null and g.unit is null and g.role = any(roles)
        and g.from_at <= now() and (g.to_at is null or g.to_at > now())) $$;

-- Erases an entry as app.erase_report does a report: ids and hashes stay, so that a late phone cannot bring it back.
create function app.erase_training(which uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into tombstone (id, tenant, hash) select id, tenant, hash from letter where training = which on conflict do nothing;
  insert into tombstone (id, tenant) select id, tenant from training where id = which on conflict do nothing;
  delete from training_key where training = which;
  delete from letter where training = which;
  delete from training where id = which;
$$;
do $$ declare f text; begin
  foreach f in array array['app.oversees(text[])', 'app.erase_training(uuid)'] loop
    execute format('alter function %s owner to meldt_server', f);
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to meldt_server', f);
  end loop;
end $$;
grant execute on function app.oversees(text[]) to meldt_app;
revoke create on schema app from meldt_server;

do $$ declare t text; begin
  foreach t in array array['training', 'training_key'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy server_all on %I to meldt_server using (true) with check (true)', t);
  end loop;
end $$;

-- The school's leader and safety representative, and those who look after the municipality.
create policy training_read on training for select to meldt_app using (tenant = (select app.tenant()) and (
  unit = any ((select app.units(array['leder', 'verneombud', 'hms', 'eier-admin']))::uuid[]) or (select app.oversees(array['hms', 'eier-admin']))));
create policy training_create on training for insert to meldt_app with check (tenant = (select app.tenant()) and author = (select app.account()) and (
  unit = any ((select app.units(array['leder']))::uuid[]) or (what = 'log' and unit = any ((select app.units(array['verneombud']))::uuid[]))));
-- Corrections by the school, answers by the municipality.
create policy training_change on training for update to meldt_app using (tenant = (select app.tenant()) and (
  unit = any ((select app.units(array['leder']))::uuid[])
  or (what = 'log' and unit = any ((select app.units(array['verneombud']))::uuid[]))
  or (what = 'request' and (unit = any ((select app.units(array['hms']))::uuid[]) or (select app.oversees(array['hms']))))));

create policy training_key_read on training_key for select to meldt_app using (exists (select from training t where t.id = training_key.training));
create policy training_key_create on training_key for insert to meldt_app with check (
  tenant = (select app.tenant()) and exists (select from training t where t.id = training_key.training and t.author = (select app.account())));

-- What somebody wrote stays known to them after a role has ended: a phone that asks again must not be told that it is lost.
create policy letter_training_read on letter for select to meldt_app using (
  kind = 'training' and (author = (select app.account()) or exists (select from training t where t.id = letter.training)));
create policy letter_training_create on letter for insert to meldt_app with check (
  kind = 'training' and tenant = (select app.tenant()) and author = (select app.account()) and exists (select from training t where t.id = letter.training and (
    t.unit = any ((select app.units(array['leder']))::uuid[])
    or (t.what = 'log' and t.unit = any ((select app.units(array['verneombud']))::uuid[]))
    or (t.what = 'request' and (t.unit = any ((select app.units(array['hms']))::uuid[]) or (select app.oversees(array['hms'])))))));
