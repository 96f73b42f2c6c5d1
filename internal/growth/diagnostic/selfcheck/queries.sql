-- name: ListChecks :many
select call, position, evidence, evidence_link, citation_id, next_step, due_on, owner, at, by from self_check where organisation_id = @organisation_id;

-- name: SaveCheck :exec
insert into self_check (organisation_id, call, position, evidence, evidence_link, citation_id, next_step, due_on, owner, at, by)
values (@organisation_id, @call, @position, @evidence, @evidence_link, @citation_id, @next_step, @due_on, @owner, @at, @by)
on conflict (organisation_id, call) do update set position = excluded.position, evidence = excluded.evidence, evidence_link = excluded.evidence_link,
 citation_id = coalesce(excluded.citation_id, self_check.citation_id), next_step = excluded.next_step, due_on = excluded.due_on, owner = excluded.owner, at = excluded.at, by = excluded.by;

-- name: ListSteps :many
select step, state, done_on, note, at, by from route_step where organisation_id = @organisation_id;

-- name: SaveStep :exec
insert into route_step (organisation_id, step, state, done_on, note, at, by) values (@organisation_id, @step, @state, @done_on, @note, @at, @by)
on conflict (organisation_id, step) do update set state = excluded.state, done_on = excluded.done_on, note = excluded.note, at = excluded.at, by = excluded.by;
