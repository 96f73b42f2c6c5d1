-- name: InsertOverride :exec
insert into capacity_override (organisation_id, id, name, numbers, reason, at, by) values (@organisation_id, @id, @name, sqlc.narg('numbers')::double precision[], @reason, @at, @by);

-- name: ListOverrides :many
-- All there were, newest first.
select * from capacity_override where organisation_id = @organisation_id order by at desc, id desc;

-- name: InsertScenario :execrows
insert into capacity_scenario (organisation_id, id, title, option, population, campaign, campaign_from, campaign_to, contract, contract_from, productivity, clinic_role, clinic_sessions, clinic_slots, clinic_off, clinics, replications, at, by)
values (@organisation_id, @id, @title, @option, @population, @campaign, @campaign_from, @campaign_to, @contract, @contract_from, @productivity, @clinic_role, @clinic_sessions, @clinic_slots, @clinic_off, @clinics, @replications, @at, @by) on conflict do nothing;

-- name: ListScenarios :many
select * from capacity_scenario where organisation_id = @organisation_id order by at, id;

-- name: LockScenarios :many
-- Whoever has scenarios run waits for whoever does so at the same time.
select id from capacity_scenario where organisation_id = @organisation_id order by id for update;

-- name: WithdrawScenario :execrows
update capacity_scenario set withdrawn_at = @withdrawn_at, withdrawn_by = @withdrawn_by where organisation_id = @organisation_id and id = @id and withdrawn_at is null;

-- name: InsertRun :execrows
insert into capacity_run (organisation_id, id, scenario_id, kind, state, total, inputs, fingerprint, asked_at, asked_by)
values (@organisation_id, @id, @scenario_id, @kind, 'queued', @total, @inputs, @fingerprint, @asked_at, @asked_by) on conflict do nothing;

-- name: ListRuns :many
-- Without draws and inputs, newest first.
select id, scenario_id, kind, state, done, total, fingerprint, asked_at, asked_by, finished_at, result from capacity_run where organisation_id = @organisation_id order by asked_at desc, id desc;

-- name: FindRun :one
select * from capacity_run where organisation_id = @organisation_id and id = @id;

-- name: ProgressRun :exec
update capacity_run set state = 'running', done = @done where organisation_id = @organisation_id and id = @id and state in ('queued', 'running');

-- name: FinishRun :exec
update capacity_run set state = 'done', done = total, finished_at = @finished_at, result = @result, draws = @draws where organisation_id = @organisation_id and id = @id;

-- name: FailRun :exec
update capacity_run set state = 'failed', finished_at = @finished_at where organisation_id = @organisation_id and id = @id;

-- name: Awake :exec
-- Says that the transaction in which a run is simulated is not abandoned: the database ends one that is silent for long.
select 1;
