-- The answer: what a school does with a report until its reporter has one. Codes, ids and times are columns; texts stay in the letters, under the report's own key.
-- A report is what its author said; report_case is what came of it, and whoever acts in the case may change only that.

alter table letter drop constraint letter_kind_check,
  add constraint letter_kind_check check (kind in ('report', 'supplement', 'withdrawal', 'opened', 'training', 'case'));

-- Who may not see it, and who may besides the unit. About the leader: for the municipality instead.
alter table report
  add column recused boolean not null default false,
  add column recused_accounts uuid[] not null default '{}',
  add column confidential boolean not null default false,
  add column escalated_at timestamptz,
  -- Another report of the same event.
  add column event uuid references report,
  add constraint recused_goes_on check (not recused or escalated_at is not null);
grant update (recused, recused_accounts, confidential, escalated_at, event) on report to meldt_app;
create index report_escalated_seq on report (tenant, seq) where escalated_at is not null;
create index report_event on report (event) where event is not null;

create table report_case (
  report uuid primary key references report on delete cascade,
  tenant uuid not null references tenant,
  unit uuid not null references unit,
  -- The fold of all acts (contract/caseStatus.ts), and of it what lists and clocks look for.
  status jsonb,
  state text not null default 'new' check (state in ('new', 'opened', 'working', 'measures', 'verify', 'closed')),
  level int,
  acts int not null default 0,
  contacted_at timestamptz,
  answered_at timestamptz,
  closed_at timestamptz,
  due_at timestamptz,
  -- The same for whoever may not know that a doctor was seen: what others can see or are told of hangs on this one.
  open_due_at timestamptz,
  -- What the clock has told already, so that it tells it once.
  told_due_at timestamptz
);
create index report_case_due on report_case (due_at) where due_at is not null;
create index report_case_unit on report_case (unit, state);

-- One act each, in the order in which they were taken. `author` is null for the clock.
create table case_event (
  id uuid primary key,
  report uuid not null references report,
  tenant uuid not null references tenant,
  unit uuid not null references unit,
  author uuid references account,
  author_name bytea,
  part text not null check (part in ('reporter', 'handler', 'guardian', 'clock')),
  what text not null,
  codes jsonb not null default '{}' check (not codes ?| array['text', 'owner', 'reference']),
  nth int not null,
  seen int not null default 0,
  at timestamptz not null,
  received_at timestamptz not null,
  idle text,
  unique (report, nth)
);

-- What was somebody's to see and is not any more: their phone forgets it.
create table case_gone (
  id uuid primary key default gen_random_uuid(), tenant uuid not null references tenant, report uuid not null references report on delete cascade, unit uuid not null references unit,
  -- One of the two: everybody with the role in the unit, or one account.
  role text, account uuid references account, seq bigint
);
create index case_gone_seq on case_gone (tenant, seq);

-- That there is something, for whom. Never what.
create table notice (
  id uuid primary key default gen_random_uuid(), tenant uuid not null references tenant, account uuid not null references account, report uuid not null references report on delete cascade,
  what text not null, at timestamptz not null, seq bigint, pushed_at timestamptz
);
create index notice_account_seq on notice (account, seq);
create index notice_unpushed on notice (account) where pushed_at is null;

-- Every report has its case, whoever makes it.
grant create on schema app to meldt_server;
create function app.begin_case() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$ begin
  insert into report_case (report, tenant, unit) values (new.id, new.tenant, new.unit);
  return null;
end $$;
grant select, insert, update, delete on report_case, case_event, case_gone, notice to meldt_server;
grant select, insert on case_event, case_gone to meldt_app;
grant select on report_case, notice to meldt_app;
grant update (status, state, level, acts, contacted_at, answered_at, closed_at, due_at, open_due_at) on report_case to meldt_app;
alter function app.begin_case() owner to meldt_server;

do $$ declare t text; begin
  foreach t in array array['report_case', 'case_event', 'case_gone', 'notice'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy server_all on %I to meldt_server using (true) with check (true)', t);
  end loop;
end $$;
create trigger report_begins_case after insert on report for each row execute function app.begin_case();
insert into report_case (report, tenant, unit, state) select id, tenant, unit, case when opened_at is null then 'new' else 'opened' end from report;
-- What happened before cases had acts.
insert into case_event (id, report, tenant, unit, author, part, what, nth, at, received_at)
  select l.id, l.report, l.tenant, r.unit, l.author, case l.kind when 'opened' then 'handler' else 'reporter' end, l.kind,
         row_number() over (partition by l.report order by l.seq), l.received_at, l.received_at
    from letter l join report r on r.id = l.report where l.kind in ('opened', 'supplement', 'withdrawal');
update report_case c set acts = n.acts from (select report, count(*) as acts from case_event group by report) n where n.report = c.report;

-- Who sees a report: its author; the unit's leaders, unless it is about them or they are partial; its safety representatives, unless it is confidential;
-- whoever looks after the municipality's safety work, when it was handed on. A leader does not see what is about
-- them in another role either. Each list is an InitPlan: once per query.
alter policy report_read on report using (
  reporter = (select app.account())
  or (unit = any ((select app.units(array['leder']))::uuid[]) and not recused and (select app.account()) <> all (recused_accounts))
  or (unit = any ((select app.units(array['verneombud']))::uuid[]) and not confidential and not (recused and unit = any ((select app.units(array['leder']))::uuid[])))
  or (escalated_at is not null and not (recused and unit = any ((select app.units(array['leder']))::uuid[])) and (select app.account()) <> all (recused_accounts) and tenant = (select app.tenant()) and ((select app.oversees(array['hms'])) or unit = any ((select app.units(array['hms']))::uuid[]))));
alter policy report_change on report using (
  reporter = (select app.account())
  or (unit = any ((select app.units(array['leder']))::uuid[]) and not recused and (select app.account()) <> all (recused_accounts))
  or (escalated_at is not null and not (recused and unit = any ((select app.units(array['leder']))::uuid[])) and (select app.account()) <> all (recused_accounts) and tenant = (select app.tenant()) and ((select app.oversees(array['hms'])) or unit = any ((select app.units(array['hms']))::uuid[]))))
  -- What somebody does to a report may end their own sight of it.
  with check (reporter = (select app.account()) or unit = any ((select app.units(array['leder', 'hms']))::uuid[]) or (tenant = (select app.tenant()) and (select app.oversees(array['hms']))));

-- A case is seen by whoever sees its report (row-level security of `report` holds in the subquery).
create policy case_read on report_case for select to meldt_app using (exists (select from report r where r.id = report_case.report));
create policy case_change on report_case for update to meldt_app using (exists (select from report r where r.id = report_case.report));
create policy event_read on case_event for select to meldt_app using (exists (select from report r where r.id = case_event.report));
create policy event_create on case_event for insert to meldt_app with check (
  tenant = (select app.own_tenant()) and author = (select app.account()) and exists (select from report r where r.id = case_event.report and r.unit = case_event.unit and (
    (part = 'reporter' and r.reporter = (select app.account()))
    or (part = 'guardian' and r.reporter <> (select app.account()) and r.unit = any ((select app.units(array['verneombud']))::uuid[]) and not r.confidential and not (r.recused and r.unit = any ((select app.units(array['leder']))::uuid[])))
    or (part = 'handler' and r.reporter <> (select app.account()) and (
      (r.unit = any ((select app.units(array['leder']))::uuid[]) and not r.recused and (select app.account()) <> all (r.recused_accounts))
      or (r.escalated_at is not null and not (r.recused and r.unit = any ((select app.units(array['leder']))::uuid[])) and (select app.account()) <> all (r.recused_accounts) and ((select app.oversees(array['hms'])) or r.unit = any ((select app.units(array['hms']))::uuid[]))))))));
create policy gone_read on case_gone for select to meldt_app using (
  account = (select app.account()) or (account is null and ((role = 'leder' and unit = any ((select app.units(array['leder']))::uuid[])) or (role = 'verneombud' and unit = any ((select app.units(array['verneombud']))::uuid[])))));
create policy gone_create on case_gone for insert to meldt_app with check (tenant = (select app.own_tenant()) and exists (select from report r where r.id = case_gone.report and r.unit = case_gone.unit));
create policy notice_own on notice for select to meldt_app using (account = (select app.account()));

-- Letters of the kind `opened` and `case` come from whoever has a part in the case; the event's own policy says which.
alter policy letter_create on letter with check (
  tenant = (select app.own_tenant()) and author = (select app.account()) and exists (select from report r where r.id = letter.report and (
    (kind not in ('opened', 'case') and r.reporter = (select app.account()))
    or (kind in ('opened', 'case') and exists (select from case_event e where e.id = letter.id and e.report = letter.report and e.author = (select app.account()))))));

-- A safety representative's act gives the report a new number too, though they may change nothing else of it. Only for letters that are one's own and here.
create function app.number_reports(numbers jsonb) returns void language sql security definer set search_path = public, pg_temp as $$
  update report p set seq = n.seq from (
    select r.report, max(r.seq) as seq from jsonb_to_recordset(numbers) as r(id uuid, report uuid, seq bigint)
      join letter l on l.id = r.id and l.report = r.report and l.seq = r.seq and l.author = app.account() group by r.report) n
   where p.id = n.report;
  update case_gone g set seq = n.seq from (select report, max(seq) as seq from jsonb_to_recordset(numbers) as r(id uuid, report uuid, seq bigint) group by report) n
   where g.report = n.report and g.seq is null;
$$;

-- Holds a report and its case until the end of the transaction, also for somebody who may change only the case: the report gets its number after the
-- municipality's counter is locked, and whoever waits for a row then may be waited for.
create function app.hold_case(which uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$ begin
  perform from report where id = which and tenant = app.own_tenant() for no key update;
  perform from report_case where report = which and tenant = app.own_tenant() for no key update;
end $$;

-- "I am partial": whoever handles a report gives it up, and sees it no more. When nobody else may handle it, it goes on to the municipality. True when it does.
create function app.recuse(which uuid, moment timestamptz) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare one report; begin
  select * into one from report where id = which and tenant = app.own_tenant() for no key update;
  if one.id is null or app.account() is null or not (app.account() in (select app.handlers(which)) or (one.escalated_at is not null and app.account() in (select app.overseers(which)))) then return false; end if;
  insert into case_gone (tenant, report, unit, account) values (one.tenant, one.id, one.unit, app.account());
  update report set recused_accounts = recused_accounts || app.account() where id = which;
  if one.escalated_at is not null or exists (select app.handlers(which)) then return false; end if;
  update report set escalated_at = moment where id = which;
  return true;
end $$;

-- Whether a report is about this person as its school's leader.
create function app.is_about(one report, person uuid) returns boolean language sql stable set search_path = public, pg_temp as $$
  select one.recused and exists (select from role_grant l where l.account = person and l.unit = one.unit and l.role = 'leder' and l.from_at <= now() and (l.to_at is null or l.to_at > now()))
$$;
-- The four below answer for one's own municipality, and for any when the server asks with its own eyes.
-- Who may handle a report: the unit's leaders, but for its author and whoever is partial. Nobody when it is about the leader.
create function app.handlers(which uuid) returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select distinct g.account from report r join role_grant g on g.unit = r.unit and g.role = 'leder' and g.from_at <= now() and (g.to_at is null or g.to_at > now())
    join account a on a.id = g.account and a.disabled_at is null
   where r.id = which and not r.recused and g.account <> r.reporter and g.account <> all (r.recused_accounts) and (r.tenant = app.own_tenant() or current_setting('role') = 'meldt_server')
$$;
-- Its safety representatives, but for its author. Nobody when it is confidential.
create function app.guardians(which uuid) returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select distinct g.account from report r join role_grant g on g.unit = r.unit and g.role = 'verneombud' and g.from_at <= now() and (g.to_at is null or g.to_at > now())
    join account a on a.id = g.account and a.disabled_at is null
   where r.id = which and not r.confidential and g.account <> r.reporter and not app.is_about(r, g.account) and (r.tenant = app.own_tenant() or current_setting('role') = 'meldt_server')
$$;
-- The schools that have a safety representative today: they know of every report there that is not confidential. An InitPlan, like app.units.
create function app.guarded_units() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct g.unit), '{}') from role_grant g join account a on a.id = g.account and a.disabled_at is null
   where (g.tenant = app.own_tenant() or current_setting('role') = 'meldt_server') and g.role = 'verneombud' and g.unit is not null and g.from_at <= now() and (g.to_at is null or g.to_at > now())
$$;
-- Whoever looks after safety work for the whole municipality, or for this school of it.
create function app.overseers(which uuid) returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select distinct g.account from report r join role_grant g on g.tenant = r.tenant and (g.unit is null or g.unit = r.unit) and g.role = 'hms' and g.from_at <= now() and (g.to_at is null or g.to_at > now())
    join account a on a.id = g.account and a.disabled_at is null
   where r.id = which and g.account <> r.reporter and g.account <> all (r.recused_accounts) and not app.is_about(r, g.account) and (r.tenant = app.own_tenant() or current_setting('role') = 'meldt_server')
$$;
-- Puts notices [{report, to, what, seq}] into the boxes of their readers, but not into the box of whoever did it. `to`: reporter, handlers, guardians, overseers, or one of these by account.
create function app.tell(notices jsonb, moment timestamptz) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into notice (tenant, account, report, what, at, seq)
  select distinct r.tenant, who.account, n.report, n.what, moment, n.seq
    from jsonb_to_recordset(notices) as n(report uuid, "to" text, what text, seq bigint) join report r on r.id = n.report and (r.tenant = app.own_tenant() or current_setting('role') = 'meldt_server')
    cross join lateral (
      select r.reporter as account where n."to" = 'reporter'
      union select app.handlers(r.id) where n."to" = 'handlers'
      union select app.guardians(r.id) where n."to" = 'guardians'
      union select app.overseers(r.id) where n."to" = 'overseers'
      union select one from (select app.handlers(r.id) as one union select app.overseers(r.id)) able where one::text = n."to") who
   where who.account is distinct from app.account();
$$;

-- Erasing takes the case with it.
create or replace function app.erase_report(which uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into tombstone (id, tenant, hash) select id, tenant, hash from letter where report = which on conflict do nothing;
  insert into tombstone (id, tenant) select id, tenant from report where id = which on conflict do nothing;
  update report set event = null where event = which;
  delete from case_event where report = which;
  delete from report_key where report = which;
  delete from letter where report = which;
  delete from report where id = which;
$$;

do $$ declare f text; begin
  foreach f in array array['app.number_reports(jsonb)', 'app.hold_case(uuid)', 'app.recuse(uuid, timestamptz)', 'app.handlers(uuid)', 'app.guardians(uuid)', 'app.guarded_units()', 'app.overseers(uuid)', 'app.tell(jsonb, timestamptz)'] loop
    execute format('alter function %s owner to meldt_server', f);
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to meldt_server, meldt_app', f);
  end loop;
end $$;
revoke create on schema app from meldt_server;

-- What the municipality decides about itself: its clocks, and which features are on. No row: the defaults of contract/settings.ts.
create table setting (
  tenant uuid primary key references tenant, content jsonb not null check (octet_length(content::text) <= 16384), version int not null check (version > 0),
  updated_at timestamptz not null, updated_by uuid references account
);
grant select, insert, update on setting to meldt_app, meldt_server;
alter table setting enable row level security;
alter table setting force row level security;
create policy server_all on setting to meldt_server using (true) with check (true);
-- A closed account's letters are still taken, and the clocks count for them too.
create policy setting_read on setting for select to meldt_app using (tenant = (select app.own_tenant()));
create policy setting_create on setting for insert to meldt_app with check (tenant = (select app.tenant()) and (select app.oversees(array['eier-admin'])));
create policy setting_change on setting for update to meldt_app using (tenant = (select app.tenant()) and (select app.oversees(array['eier-admin'])));

-- Who has read and written in one report.
create index audit_object on audit (object) where object is not null;
