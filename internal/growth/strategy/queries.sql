-- name: ListNeeds :many
-- Every need, in the order in which they came.
select * from plan_need where organisation_id = @organisation_id order by id;

-- name: ListObjectives :many
select * from plan_objective where organisation_id = @organisation_id order by id;

-- name: ListObjectiveNeeds :many
-- Which needs each objective answers.
select objective_id, need_id from plan_objective_need where organisation_id = @organisation_id and answers order by need_id;

-- name: ListMeasures :many
-- The figures by which each objective is measured.
select id, objective_id, citation_id from plan_measure where organisation_id = @organisation_id and in_use order by id;

-- name: ListActions :many
select * from plan_action where organisation_id = @organisation_id order by planned_start, id;

-- name: InsertNeed :execrows
-- Nothing happens when the page is sent twice.
insert into plan_need (organisation_id, id, statement, evidence, citation_id, subsection, importance, reach, status, changed_at, changed_by)
values (@organisation_id, @id, @statement, @evidence, @citation_id, @subsection, @importance, @reach, 'proposed', @changed_at, @changed_by)
on conflict do nothing;

-- name: UpdateNeed :execrows
-- Changes a need that is still as the page showed it.
update plan_need set statement = @statement, evidence = @evidence, citation_id = @citation_id, subsection = @subsection, importance = @importance, reach = @reach,
  changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and changed_at = @seen;

-- name: MoveNeed :execrows
update plan_need set status = @status, reason = @reason, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and status = @was;

-- name: CiteNeed :execrows
-- Relies on another citation of the same figure.
update plan_need set citation_id = @citation_id, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id;

-- name: InsertObjective :execrows
insert into plan_objective (organisation_id, id, title, driver, element, horizon, serves, status, changed_at, changed_by)
values (@organisation_id, @id, @title, @driver, @element, @horizon, @serves, 'open', @changed_at, @changed_by)
on conflict do nothing;

-- name: UpdateObjective :execrows
-- Changes an objective that is still as the page showed it.
update plan_objective set title = @title, driver = @driver, element = @element, horizon = @horizon, serves = @serves, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and changed_at = @seen;

-- name: WithdrawObjective :execrows
-- An objective goes when nothing is being done for it any more.
update plan_objective o set status = 'withdrawn', reason = @reason, changed_at = @changed_at, changed_by = @changed_by
where o.organisation_id = @organisation_id and o.id = @id and o.status = 'open'
  and not exists (select 1 from plan_action a where a.organisation_id = o.organisation_id and a.objective_id = o.id and a.status in ('planned','started'));

-- name: AnswerNeeds :exec
-- The needs that an objective answers are these and no others.
insert into plan_objective_need (organisation_id, objective_id, need_id, answers)
select @organisation_id, @objective_id, n.id, n.id = any (@needs::uuid[]) from plan_need n
where n.organisation_id = @organisation_id and (n.id = any (@needs::uuid[])
  or exists (select 1 from plan_objective_need o where o.organisation_id = n.organisation_id and o.objective_id = @objective_id and o.need_id = n.id))
on conflict (organisation_id, objective_id, need_id) do update set answers = excluded.answers;

-- name: JoinNeed :exec
-- An objective answers one more need.
insert into plan_objective_need (organisation_id, objective_id, need_id, answers) values (@organisation_id, @objective_id, @need_id, true)
on conflict (organisation_id, objective_id, need_id) do update set answers = true;

-- name: TouchObjective :exec
-- A form of an objective that was opened before is now out of date.
update plan_objective set changed_at = @changed_at, changed_by = @changed_by where organisation_id = @organisation_id and id = @id;

-- name: InsertMeasure :execrows
insert into plan_measure (organisation_id, id, objective_id, citation_id, in_use, changed_at, changed_by)
values (@organisation_id, @id, @objective_id, @citation_id, true, @changed_at, @changed_by)
on conflict do nothing;

-- name: CiteMeasure :execrows
-- Relies on another citation of the same figure.
update plan_measure set citation_id = @citation_id, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and in_use;

-- name: DropMeasure :execrows
update plan_measure set in_use = false, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and in_use;

-- name: InsertAction :execrows
-- Only for an objective that is open.
insert into plan_action (organisation_id, id, objective_id, title, owner, class, catalogue, citation_id, planned_start, planned_end,
  likelihood, impact, mitigation, cost, equality, status, changed_at, changed_by)
values (@organisation_id, @id, @objective_id, @title, @owner, @class, @catalogue, @citation_id, @planned_start, @planned_end,
  @likelihood, @impact, @mitigation, @cost, @equality, 'planned', @changed_at, @changed_by)
on conflict do nothing;

-- name: UpdateAction :execrows
-- Changes an action that is still as the page showed it.
update plan_action set objective_id = @objective_id, title = @title, owner = @owner, class = @class, catalogue = @catalogue, citation_id = @citation_id,
  planned_start = @planned_start, planned_end = @planned_end, likelihood = @likelihood, impact = @impact, mitigation = @mitigation, cost = @cost, equality = @equality,
  changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and changed_at = @seen;

-- name: MoveAction :execrows
update plan_action set status = @status, reason = @reason, started_on = coalesce(started_on, sqlc.narg('started_on')), stopped_on = sqlc.narg('stopped_on'), changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and status = @was;

-- name: LockObjective :one
-- Holds an objective while an action or a measure is put under it, so that it is not withdrawn meanwhile.
select status from plan_objective where organisation_id = @organisation_id and id = @id for share;
