-- name: InsertEvidence :execrows
-- Evidence for a principle. The same id again changes nothing.
insert into assurance_evidence (organisation_id, id, principle, kind, title, link, document_id, dated, valid_until, author, at)
values (@organisation_id, @id, @principle, @kind, @title, @link, @document_id, @dated, @valid_until, @author, @at)
on conflict (organisation_id, id) do nothing;

-- name: EndEvidence :execrows
-- Takes evidence out of use; it stays readable.
update assurance_evidence set ended_at = @ended_at, ended_by = @ended_by
where organisation_id = @organisation_id and id = @id and ended_at is null;

-- name: ListEvidence :many
-- All evidence, the newest first within its principle.
select * from assurance_evidence where organisation_id = @organisation_id order by principle, at desc, id desc;

-- name: FindEvidence :one
-- One piece of evidence in use.
select * from assurance_evidence where organisation_id = @organisation_id and id = @id and ended_at is null;

-- name: InsertRating :execrows
-- A judgement of the guardian.
insert into assurance_rating (organisation_id, id, principle, principles_version, rating, lines, words, author, at)
values (@organisation_id, @id, @principle, @principles_version, @rating, @lines, @words, @author, @at)
on conflict (organisation_id, id) do nothing;

-- name: ListRatings :many
-- Every rating, the newest first.
select * from assurance_rating where organisation_id = @organisation_id order by at desc, id desc;

-- name: InsertQuestion :execrows
-- A question of the guardian or of an executive.
insert into assurance_question (organisation_id, id, principle, words, owner, due_on, author, at)
values (@organisation_id, @id, @principle, @words, @owner, @due_on, @author, @at)
on conflict (organisation_id, id) do nothing;

-- name: ListQuestions :many
-- Every question, the newest first.
select * from assurance_question where organisation_id = @organisation_id order by at desc, id desc;

-- name: FindQuestion :one
select * from assurance_question where organisation_id = @organisation_id and id = @id;

-- name: InsertEntry :execrows
-- What followed a question. Two people who write the next entry at once are told apart by its number.
insert into assurance_entry (organisation_id, id, question_id, n, kind, words, due_on, author, at)
values (@organisation_id, @id, @question_id, @n, @kind, @words, @due_on, @author, @at)
on conflict (organisation_id, id) do nothing;

-- name: ListEntries :many
-- What followed each question, in order.
select * from assurance_entry where organisation_id = @organisation_id order by question_id, n;

-- name: ListEntriesOf :many
-- What followed one question, in order.
select * from assurance_entry where organisation_id = @organisation_id and question_id = @question_id order by n;

-- name: InsertStatement :execrows
-- A wellbeing impact statement.
insert into assurance_statement (organisation_id, id, decision, meeting_on, groups, effect, effect_words, mitigation, author, at)
values (@organisation_id, @id, @decision, @meeting_on, @groups, @effect, @effect_words, @mitigation, @author, @at)
on conflict (organisation_id, id) do nothing;

-- name: WithdrawStatement :execrows
-- Takes a statement out of use; it stays readable.
update assurance_statement set withdrawn_at = @withdrawn_at, withdrawn_by = @withdrawn_by
where organisation_id = @organisation_id and id = @id and withdrawn_at is null;

-- name: ListStatements :many
-- Every statement, the latest meeting first.
select * from assurance_statement where organisation_id = @organisation_id order by meeting_on desc, at desc, id desc;

-- name: FindStatement :one
select * from assurance_statement where organisation_id = @organisation_id and id = @id;

-- name: InsertStep :execrows
-- A step of the year's plan; planning a year twice adds nothing.
insert into assurance_step (organisation_id, id, year, quarter, step, title, due_on, author, at)
values (@organisation_id, @id, @year, @quarter, @step, @title, @due_on, @author, @at)
on conflict (organisation_id, year, quarter, step) do nothing;

-- name: FinishStep :execrows
-- When a step was done.
update assurance_step set done_on = @done_on, done_by = @done_by, done_words = @done_words
where organisation_id = @organisation_id and id = @id and done_on is null;

-- name: ListSteps :many
-- Every planned step, in the order in which they are due.
select * from assurance_step where organisation_id = @organisation_id order by year, due_on, quarter, step;

-- name: InsertPack :execrows
-- A frozen pack.
insert into assurance_pack (organisation_id, id, n, principles_version, body, sha256, author, at)
values (@organisation_id, @id, @n, @principles_version, @body, @sha256, @author, @at)
on conflict (organisation_id, id) do nothing;

-- name: ListPacks :many
-- The packs without their bodies, the newest first.
select id, n, principles_version, sha256, author, at from assurance_pack where organisation_id = @organisation_id order by n desc;

-- name: FindPack :one
select * from assurance_pack where organisation_id = @organisation_id and id = @id;

-- name: InsertCited :exec
-- A figure that something relies on.
insert into assurance_cited (organisation_id, object_id, place, citation_id) values (@organisation_id, @object_id, @place, @citation_id);

-- name: ListCited :many
-- What the given things rely on, in their order.
select object_id, citation_id from assurance_cited where organisation_id = @organisation_id and object_id = any (@objects::uuid[]) order by object_id, place;

-- name: OrganisationName :one
-- What the organisation is called on a day.
select name from organisation_span
where organisation_id = @organisation_id and valid_from <= @on_day and (valid_to is null or valid_to > @on_day)
order by valid_from desc limit 1;
