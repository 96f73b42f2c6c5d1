-- name: ListOvertime :many
-- The hours that were entered, the newest month first.
select month, hours, changed_at, changed_by from workforce_overtime where organisation_id = @organisation_id and month >= @since order by month desc;

-- name: SaveOvertime :exec
-- Enters the hours of a month, or puts them right.
insert into workforce_overtime (organisation_id, month, hours, changed_at, changed_by) values (@organisation_id, @month, @hours, @changed_at, @changed_by)
on conflict (organisation_id, month) do update set hours = excluded.hours, changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: ListPulse :many
-- What came of the pulse questions of the service, the newest first. Fewer than 8 answers have no numbers.
select pulse_id, question, opens_on, closes_on, answers, mean from pulse_result where service_id = @service_id order by opens_on desc, pulse_id limit 12;

-- name: ListSupervised :many
-- How many took supervision in a month, the newest first.
select month, took, clinicians from rollup_supervision where service_id = @service_id and month >= @since order by month desc;
