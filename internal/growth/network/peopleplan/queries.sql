-- name: ListActions :many
-- Actions of the actor's organisation, or that it was asked to take part in: the next due first.
select organisation_id, id, kind, title, role, owner, due_on, wte, state, made_at, outcome from people_action order by due_on, id limit 500;

-- name: ListParts :many
-- Who was asked to take part in them, as far as the actor's organisation may see it.
select organisation_id, action_id, member_id, state from people_action_part order by organisation_id, action_id, member_id limit 10000;

-- name: InsertAction :execrows
-- An action. The same id again does nothing.
insert into people_action (organisation_id, id, kind, title, role, owner, due_on, wte, state, made_at, made_by, outcome)
values (@organisation_id, @id, @kind, @title, @role, @owner, @due_on, @wte, 'open', @at, @by_name, '') on conflict do nothing;

-- name: InsertPart :exec
-- An organisation is asked to take part.
insert into people_action_part (organisation_id, action_id, member_id, state) values (@organisation_id, @action_id, @member_id, 'asked');

-- name: EndAction :execrows
-- An action is done, or stopped.
update people_action set state = @state, ended_at = @at, outcome = @outcome where organisation_id = @organisation_id and id = @id and state = 'open';

-- name: DecidePart :execrows
-- An organisation says whether it takes part; it may change its mind while the action is open.
update people_action_part set state = @state, decided_at = @at, decided_by = @by_name
where organisation_id = @organisation_id and action_id = @action_id and member_id = @member_id and state <> @state;
