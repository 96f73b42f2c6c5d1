-- name: InsertRun :execrows
-- A simulation that is asked for; the same again changes nothing.
insert into pooled_run (organisation_id, id, state, total, inputs, asked_at, asked_by) values (@organisation_id, @id, 'queued', @total, @inputs, @asked_at, @asked_by) on conflict do nothing;

-- name: ListRuns :many
-- The simulations of an ICS, newest first.
select id, state, done, total, inputs, asked_at, asked_by, result from pooled_run where organisation_id = @organisation_id order by asked_at desc, id desc limit @most;

-- name: FindRun :one
select id, state, done, total, inputs, asked_at, asked_by, result from pooled_run where organisation_id = @organisation_id and id = @id;

-- name: ProgressRun :exec
update pooled_run set state = 'running', done = @done where organisation_id = @organisation_id and id = @id and state in ('queued', 'running');

-- name: FinishRun :exec
update pooled_run set state = 'done', done = total, finished_at = @finished_at, result = @result where organisation_id = @organisation_id and id = @id;
