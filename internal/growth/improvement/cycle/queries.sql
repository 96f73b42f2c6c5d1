-- name: ListAims :many
-- Every aim, those last changed first.
select action_id, aim, by_date, changed_at, changed_by from improvement_aim where organisation_id = @organisation_id order by changed_at desc, action_id;

-- name: SaveAim :exec
insert into improvement_aim (organisation_id, action_id, aim, by_date, changed_at, changed_by)
values (@organisation_id, @action_id, @aim, @by_date, @changed_at, @changed_by)
on conflict (organisation_id, action_id) do update set aim = excluded.aim, by_date = excluded.by_date, changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: LockAim :one
-- Holds an aim while a cycle is put under it, so that two are not begun at once.
select aim from improvement_aim where organisation_id = @organisation_id and action_id = @action_id for update;

-- name: ListMeasures :many
select id, kind, citation_id from improvement_measure where organisation_id = @organisation_id and action_id = @action_id and in_use order by id;

-- name: InsertMeasure :execrows
insert into improvement_measure (organisation_id, id, action_id, kind, citation_id, in_use, changed_at, changed_by)
values (@organisation_id, @id, @action_id, @kind, @citation_id, true, @changed_at, @changed_by)
on conflict do nothing;

-- name: FindMeasure :one
select in_use from improvement_measure where organisation_id = @organisation_id and id = @id;

-- name: DropMeasure :execrows
update improvement_measure set in_use = false, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and action_id = @action_id and in_use;

-- name: ListCycles :many
-- Every cycle of the organisation, the newest of each action first.
select * from improvement_cycle where organisation_id = @organisation_id order by action_id, n desc;

-- name: InsertCycle :execrows
insert into improvement_cycle (organisation_id, id, action_id, n, question, prediction, plan, plan_on, changed_at, changed_by)
values (@organisation_id, @id, @action_id, @n, @question, @prediction, @plan, @plan_on, @changed_at, @changed_by)
on conflict do nothing;

-- name: WriteDo :execrows
update improvement_cycle set did = @words, did_on = @day, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and did is null;

-- name: WriteStudy :execrows
update improvement_cycle set studied = @words, studied_on = @day, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and did is not null and studied is null;

-- name: WriteAct :execrows
update improvement_cycle set act = @act, act_words = @words, acted_on = @day, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and studied is not null and act is null;
