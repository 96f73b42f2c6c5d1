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

-- name: ListAims :many
-- Every target that the organisation has set, in the order in which they hold.
select id, figure, valid_from, value, reason, by, at from indicator_target where organisation_id = @organisation_id order by figure, valid_from, at, id;

-- name: FindAim :one
select id from indicator_target where organisation_id = @organisation_id and id = @id;

-- name: InsertAim :exec
insert into indicator_target (organisation_id, id, figure, valid_from, value, reason, by, at)
values (@organisation_id, @id, @figure, @valid_from, @value, @reason, @by, @at);

-- name: ListOwners :many
-- Every post that has been named, the last of each figure at the end.
select id, figure, post, by, at from indicator_owner where organisation_id = @organisation_id order by figure, at, id;

-- name: FindOwner :one
select id from indicator_owner where organisation_id = @organisation_id and id = @id;

-- name: InsertOwner :exec
insert into indicator_owner (organisation_id, id, figure, post, by, at) values (@organisation_id, @id, @figure, @post, @by, @at);

-- name: ListClosures :many
select day, reason, withdrawn, by, at from service_closure where service_id = @service_id order by day desc;

-- name: SetClosure :exec
insert into service_closure (service_id, day, reason, withdrawn, by, at) values (@service_id, @day, @reason, @withdrawn, @by, @at)
on conflict (service_id, day) do update set reason = excluded.reason, withdrawn = excluded.withdrawn, by = excluded.by, at = excluded.at;
