-- Municipalities, schools, people, what they may, and the devices and sessions they use.
create table tenant (
  id uuid primary key,
  kind text not null check (kind in ('demo', 'real')),
  name text not null,
  -- The late counter: every change of a report takes the next number, as the last thing before commit, so no cursor can pass an uncommitted row.
  seq bigint not null default 0,
  epoch uuid not null default gen_random_uuid(),
  audit_seq bigint not null default 0,
  audit_head bytea not null default '\x'
);
create table unit (id uuid primary key, tenant uuid not null references tenant, name text not null);
create table account (
  id uuid primary key,
  tenant uuid not null references tenant,
  issuer text not null,
  subject text not null,
  name_sealed bytea not null,
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  unique (issuer, subject)
);
create table role_grant (
  id uuid primary key default gen_random_uuid(),
  tenant uuid not null references tenant,
  account uuid not null references account,
  role text not null check (role in ('ansatt', 'leder', 'verneombud', 'hms', 'eier-admin', 'drift')),
  unit uuid references unit,
  from_at timestamptz not null default now(),
  to_at timestamptz
);
create index on role_grant (account);
create table session (
  id_hash bytea primary key, account uuid not null references account, data jsonb not null default '{}',
  created_at timestamptz not null, seen_at timestamptz not null, expires_at timestamptz not null
);
create table device (id_hash bytea primary key, created_at timestamptz not null, seen_at timestamptz not null, revoked_at timestamptz);
create table device_account (
  id_hash bytea not null references device on delete cascade, account uuid not null references account, paired_at timestamptz not null,
  primary key (id_hash, account)
);
grant select, insert, update on tenant, unit, account, role_grant to meldt_server;
grant select, insert, update, delete on session, device, device_account to meldt_server;
grant select on unit, account, role_grant to meldt_app;
grant select (id, kind, name, seq, epoch) on tenant to meldt_app;

-- Who the transaction runs as. Unset means nobody, and nobody sees nothing.
create function app.account() returns uuid language sql stable
  return nullif(current_setting('app.account', true), '')::uuid;

create function app.tenant() returns uuid language sql stable security definer set search_path = public, pg_temp
as $$ select tenant from account where id = app.account() and disabled_at is null $$;

-- The units in which the account holds one of the roles today. Policies call it as an InitPlan: once per query, not once per row.
create function app.units(roles text[]) returns uuid[] language sql stable security definer set search_path = public, pg_temp
as $$ select coalesce(array_agg(distinct g.unit), '{}') from role_grant g join account a on a.id = g.account
      where g.account = app.account() and a.disabled_at is null and g.unit is not null and g.role = any(roles)
        and g.from_at <= now() and (g.to_at is null or g.to_at > now()) $$;

do $$ declare t text; begin
  foreach t in array array['tenant', 'unit', 'account', 'role_grant', 'session', 'device', 'device_account'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy server_all on %I to meldt_server using (true) with check (true)', t);
  end loop;
end $$;
create policy own_tenant on tenant for select to meldt_app using (id = (select app.tenant()));
create policy own_tenant on unit for select to meldt_app using (tenant = (select app.tenant()));
create policy self on account for select to meldt_app using (id = (select app.account()));
create policy self on role_grant for select to meldt_app using (account = (select app.account()));
