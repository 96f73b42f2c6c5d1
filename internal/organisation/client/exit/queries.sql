-- name: FindPlan :one
select id, pack_version, objection_days, started_at, started_by, receiver, receiver_contact, nobody, receiver_by from exit_plan
where service_id = @service_id and organisation_id = @organisation_id and valid_from = @valid_from;

-- name: ListClients :many
select distinct organisation_id from exit_plan where service_id = @service_id order by organisation_id;

-- name: InsertPlan :execrows
insert into exit_plan (service_id, id, organisation_id, valid_from, pack_version, objection_days, started_at, started_by)
values (@service_id, @id, @organisation_id, @valid_from, @pack_version, @objection_days, @at, @by_name) on conflict do nothing;

-- name: InsertStep :exec
insert into exit_step (service_id, plan_id, step, due_on) values (@service_id, @plan_id, @step, @due_on);

-- name: ListSteps :many
select step, due_on, owner_account, owner_name, done_on, done_by from exit_step where service_id = @service_id and plan_id = @plan_id order by due_on, step;

-- name: SetReceiver :execrows
update exit_plan set receiver = sqlc.narg(receiver), receiver_contact = sqlc.narg(receiver_contact), nobody = @nobody, receiver_at = @at, receiver_by = @by_name where service_id = @service_id and id = @id;

-- name: SetStep :execrows
-- Who said that a step is done stays who said it first, as long as the day is the same.
update exit_step set due_on = @due_on, owner_account = @owner_account, owner_name = @owner_name, done_on = sqlc.narg(done_on),
 done_at = case when sqlc.narg(done_on)::date is null then null when done_on = sqlc.narg(done_on) then done_at else @at::timestamptz end,
 done_by = case when sqlc.narg(done_on)::date is null then null when done_on = sqlc.narg(done_on) then done_by else @by_name::text end
where service_id = @service_id and plan_id = @plan_id and step = @step;

-- name: ListStanding :many
-- What is left to hand over, counts of 1 to 7 hidden (-1), others rounded to 5.
select s.item::text as item, s.n::int as n from exit_standing(@plan::uuid) s;

-- name: ListTold :many
-- How the contracts of the caller's organisation end, as a client may know it: the newest contract first, its steps in the order of their days.
select x.plan_id::uuid as plan_id, x.objection_days::int as objection_days, x.started_at::timestamptz as started_at, coalesce(x.receiver, '')::text as receiver, x.nobody::boolean as nobody, c.refers_until, c.valid_to, x.step::text as step, x.due_on::date as due_on, x.owned::boolean as owned, (x.done_on is not null)::boolean as done, coalesce(x.done_on, x.due_on)::date as done_on, x.valid_from::date as begins,
 coalesce((select w.name from organisation_span w where w.organisation_id = s.organisation_id and w.valid_from <= @on_day::date order by w.valid_from desc limit 1), '')::text as provider
from exit_told() x join service s on s.id = x.service_id join contract c on c.service_id = x.service_id and c.organisation_id = @organisation_id and c.valid_from = x.valid_from
order by begins desc, plan_id, due_on, step limit 500;
