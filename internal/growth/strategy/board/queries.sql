-- name: ListVersions :many
-- The versions of the plan, newest first.
select * from plan_version where organisation_id = @organisation_id order by n desc;

-- name: LockVersion :one
-- A version, held while it goes on.
select * from plan_version where organisation_id = @organisation_id and n = @n for update;

-- name: InsertVersion :one
-- Opens the next version; one draft at a time.
insert into plan_version (organisation_id, n, vision, state, opened_at, opened_by)
select @organisation_id, coalesce(max(v.n), 0) + 1, @vision, 'draft', @opened_at, @opened_by from plan_version v where v.organisation_id = @organisation_id
returning n;

-- name: CopyEquality :exec
-- A new version begins with what was found about equality for the one before.
insert into plan_equality (organisation_id, n, characteristic, effect, evidence, mitigation, covers, at, by)
select e.organisation_id, @n, e.characteristic, e.effect, e.evidence, e.mitigation, e.covers, e.at, e.by from plan_equality e
where e.organisation_id = @organisation_id and e.n = @earlier;

-- name: SetVision :execrows
update plan_version set vision = @vision where organisation_id = @organisation_id and n = @n and state = 'draft';

-- name: SubmitVersion :exec
update plan_version set state = 'submitted', snapshot = @snapshot, hash = @hash, submitted_at = @submitted_at, submitted_by = @submitted_by
where organisation_id = @organisation_id and n = @n;

-- name: SignVersion :exec
-- The signature, or the return with its reason.
update plan_version set state = @state, signed_at = @signed_at, signed_by = @signed_by, signed_post = @signed_post, signed_hash = @signed_hash, words = @words
where organisation_id = @organisation_id and n = @n;

-- name: ReplaceInForce :exec
update plan_version set state = 'replaced', replaced_at = @at where organisation_id = @organisation_id and state = 'in_force';

-- name: PutInForce :exec
update plan_version set state = 'in_force', in_force_at = @at where organisation_id = @organisation_id and n = @n;

-- name: ListCoproduction :many
-- What was asked of staff side and others for a version, and what it changed.
select * from plan_coproduction where organisation_id = @organisation_id and n = @n order by on_date, id;

-- name: InsertCoproduction :exec
insert into plan_coproduction (organisation_id, id, n, on_date, who, asked, changed, at, by)
values (@organisation_id, @id, @n, @on_date, @who, @asked, @changed, @at, @by)
on conflict do nothing;

-- name: ListEquality :many
select * from plan_equality where organisation_id = @organisation_id and n = @n order by characteristic;

-- name: PutEquality :exec
insert into plan_equality (organisation_id, n, characteristic, effect, evidence, mitigation, covers, at, by)
values (@organisation_id, @n, @characteristic, @effect, @evidence, @mitigation, @covers, @at, @by)
on conflict (organisation_id, n, characteristic) do update set effect = excluded.effect, evidence = excluded.evidence, mitigation = excluded.mitigation, covers = excluded.covers, at = excluded.at, by = excluded.by;

-- name: ListItems :many
-- The papers for the board, the latest meeting first.
select * from board_item where organisation_id = @organisation_id order by meeting_on desc, id desc;

-- name: InsertItem :exec
insert into board_item (organisation_id, id, n, title, meeting_on, recommendation, wellbeing, added_at, added_by)
values (@organisation_id, @id, sqlc.narg(n), @title, @meeting_on, @recommendation, @wellbeing, @added_at, @added_by)
on conflict do nothing;

-- name: ListDecisions :many
select * from board_decision where organisation_id = @organisation_id order by at, id;

-- name: InsertDecision :exec
insert into board_decision (organisation_id, id, item_id, choice, words, decided_on, at, by)
values (@organisation_id, @id, @item_id, @choice, @words, @decided_on, @at, @by)
on conflict (organisation_id, id) do nothing;

-- name: ListQuestions :many
-- Questions of the board, those due first at the top.
select * from board_question where organisation_id = @organisation_id order by due_on, id;

-- name: InsertQuestion :exec
insert into board_question (organisation_id, id, item_id, question, owner, due_on, asked_at, asked_by)
values (@organisation_id, @id, @item_id, @question, @owner, @due_on, @asked_at, @asked_by)
on conflict do nothing;

-- name: AnswerQuestion :execrows
update board_question set answer = @answer, answered_at = @answered_at, answered_by = @answered_by
where organisation_id = @organisation_id and id = @id and answered_at is null;

-- name: InsertAnswerFigure :exec
insert into board_answer_figure (organisation_id, question_id, citation_id) values (@organisation_id, @question_id, @citation_id);

-- name: ListAnswerFigures :many
-- The figures that answers rely on.
select question_id, citation_id from board_answer_figure where organisation_id = @organisation_id order by citation_id;
