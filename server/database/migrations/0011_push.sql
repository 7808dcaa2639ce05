-- Where a phone may be told that there is something. The address is sealed under the master key: whoever has it could make the phone ring.
create table push_subscription (
  id uuid primary key default gen_random_uuid(), tenant uuid not null references tenant, account uuid not null references account on delete cascade,
  -- The hash of the device's cookie, as in the table of devices: signing out there ends it.
  device bytea,
  endpoint_hash bytea not null unique, sealed bytea not null, locale text not null check (locale in ('nb', 'nn', 'en')),
  created_at timestamptz not null, last_pushed_at timestamptz,
  -- Nothing is sent before this: somebody is sending right now, or it failed.
  wait_until timestamptz
);
create index push_account on push_subscription (account);
grant select, insert, update, delete on push_subscription to meldt_server;
grant select, delete on push_subscription to meldt_app;
alter table push_subscription enable row level security;
alter table push_subscription force row level security;
create policy server_all on push_subscription to meldt_server using (true) with check (true);
create policy push_read on push_subscription for select to meldt_app using (account = (select app.account()));
create policy push_end on push_subscription for delete to meldt_app using (account = (select app.account()));
-- What was told before phones could be is not told now.
update notice set pushed_at = at where pushed_at is null;
