-- What a meeting decided can be taken back or corrected; the row stays, for the audit's sake.
alter table ros_result add column withdrawn_at timestamptz;
grant update (withdrawn_at) on ros_result to meldt_app;
