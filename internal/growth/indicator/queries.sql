-- name: ListTargets :many
-- The dated working-day targets of a service.
select measure, valid_from, working_days from service_target where service_id = @service_id order by measure, valid_from;

-- name: ListMarks :many
-- What is written on the charts of the organisation, for one service or for all.
select id, indicator, month, kind, text, direction, author from chart_mark
where organisation_id = @organisation_id and (service_id is null or service_id = sqlc.narg('service_id'))
order by month, at, id;

-- name: FindMark :one
select id from chart_mark where organisation_id = @organisation_id and id = @id;

-- name: InsertMark :exec
insert into chart_mark (organisation_id, id, service_id, indicator, month, kind, text, direction, by_account, author, at)
values (@organisation_id, @id, @service_id, @indicator, @month, @kind, @text, @direction, @by_account, @author, @at);
