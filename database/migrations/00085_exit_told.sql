-- What a client reads of how its own contracts end: steps, days, whether a step has somebody, who takes over. The tables stay with the
-- service and its clinicians: one function tells the growth wing of the client's own plans, and of no name, case or count.

-- +goose Up
create policy rowan_owner_client on exit_plan for select to rowan_owner using (organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid));
call wall.allow('exit_step', 'rowan_owner', 's', $$exists (select 1 from exit_plan p where p.service_id = exit_step.service_id and p.id = exit_step.plan_id)$$);

-- +goose StatementBegin
create function exit_told() returns table (service_id uuid, plan_id uuid, valid_from date, objection_days int, started_at timestamptz, receiver text, nobody boolean, step text, due_on date, owned boolean, done_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.service_id, p.id, p.valid_from, p.objection_days, p.started_at, p.receiver, p.nobody, t.step, t.due_on, t.owner_account is not null, t.done_on
  from exit_plan p join exit_step t on t.service_id = p.service_id and t.plan_id = p.id
  where p.organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid)
$$;
-- +goose StatementEnd
revoke all on function exit_told() from public;
grant execute on function exit_told() to rowan_growth;

-- +goose Down
drop function exit_told;
drop policy rowan_owner_select on exit_step;
drop policy rowan_owner_client on exit_plan;
