-- What numbers need of a case, beside what is written of it: reading a large school's year out of every case's whole status took most of the time of its page.
alter table report_case
  add column found jsonb generated always as (status->'underlying') stored,
  add column did jsonb generated always as (jsonb_path_query_array(status, '$.measures[*] ? (@.state != "dropped").kind')) stored,
  add column helped jsonb generated always as (jsonb_path_query_array(status, '$.measures[*] ? (@.state != "dropped" && (@.effect == "worked" || @.effect == "partly")).kind')) stored,
  -- Whether the risk assessment was updated: a measure says so, or the check before closing; null while nobody has said.
  add column ros boolean generated always as (case
    when status @? '$.measures[*] ? (@.kind == "ros-updated" && @.state != "dropped")' then true
    when status @? '$.checks[*] ? (@.check == "ros")' then status @? '$.checks[*] ? (@.check == "ros" && @.outcome == "needed" && @.done.size() > 0)'
  end) stored;
-- One school's among all that were handed on: without it a school's page read every one of the municipality's.
create index report_escalated_received on report (unit, received_at) where escalated_at is not null;
