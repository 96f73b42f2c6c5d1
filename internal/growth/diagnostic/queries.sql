-- name: FindSetByDigest :one
select id from question_set where organisation_id = @organisation_id and digest = @digest;

-- name: FindSet :one
select id, name, file_name, rows_read, rejects, imported_at, imported_by from question_set where organisation_id = @organisation_id and id = @id;

-- name: ListSets :many
-- The last 50 sets, newest first.
select s.id, s.name, s.imported_at, s.imported_by, (select count(*) from question_set_item i where i.organisation_id = s.organisation_id and i.set_id = s.id)::int as questions
from question_set s where s.organisation_id = @organisation_id order by s.imported_at desc, s.id desc limit 50;

-- name: ListSetQuestions :many
select q.code, q.version, q.subsection, q.statement, q.guidance, q.evidence, q.applies, q.short
from question_set_item i join question q on q.organisation_id = i.organisation_id and q.code = i.code and q.version = i.version
where i.organisation_id = @organisation_id and i.set_id = @set_id order by i.place;

-- name: LockImports :exec
-- One import of an organisation at a time: two files could give one version of a question two texts.
select pg_advisory_xact_lock(hashtextextended(@name, 0));

-- name: ListQuestions :many
-- Every version of the questions with these codes.
select code, version, subsection, statement, guidance, evidence, applies, short from question
where organisation_id = @organisation_id and code = any(@codes::text[]) order by code, version;

-- name: InsertQuestion :exec
insert into question (organisation_id, code, version, subsection, statement, guidance, evidence, applies, short)
values (@organisation_id, @code, @version, @subsection, @statement, @guidance, @evidence, @applies, @short);

-- name: InsertSet :exec
insert into question_set (organisation_id, id, name, file_name, digest, rows_read, rejects, imported_at, imported_by)
values (@organisation_id, @id, @name, @file_name, @digest, @rows_read, @rejects, @imported_at, @imported_by);

-- name: InsertSetItem :exec
insert into question_set_item (organisation_id, set_id, place, code, version) values (@organisation_id, @set_id, @place, @code, @version);

-- name: InsertRound :exec
insert into diagnostic_round (organisation_id, id, name, scope, scope_text, setting, short, elements, targets, set_name, framework_version, open_until, created_at, created_by)
values (@organisation_id, @id, @name, @scope, @scope_text, @setting, @short, @elements, @targets, @set_name, @framework_version, @open_until, @created_at, @created_by);

-- name: InsertRoundQuestion :exec
insert into round_question (organisation_id, round_id, place, code, version, element, subsection, statement, guidance, evidence)
values (@organisation_id, @round_id, @place, @code, @version, @element, @subsection, @statement, @guidance, @evidence);

-- name: FindRound :one
select id, name, scope, scope_text, setting, short, elements, targets, set_name, framework_version, open_until, state, created_at, created_by, closed_at, closed_by, hash
from diagnostic_round where organisation_id = @organisation_id and id = @id;

-- name: LockRound :one
-- Waits for every answer that is being written.
select state from diagnostic_round where organisation_id = @organisation_id and id = @id for update;

-- name: ListRounds :many
-- The last 100 rounds, newest first.
select id, name, scope, scope_text, setting, short, elements, targets, set_name, framework_version, open_until, state, created_at, created_by, closed_at, closed_by, hash
from diagnostic_round where organisation_id = @organisation_id order by created_at desc, id desc limit 100;

-- name: ListRoundQuestions :many
select code, version, element, subsection, statement, guidance, evidence from round_question
where organisation_id = @organisation_id and round_id = @round_id order by place;

-- name: InsertVoice :exec
insert into round_voice (organisation_id, id, round_id, perspective, token_hash) values (@organisation_id, @id, @round_id, @perspective, @token_hash);

-- name: FindVoice :one
select id, perspective, holder_hash, submitted from round_voice
where organisation_id = @organisation_id and id = @id and round_id = @round_id and token_hash = @token_hash;

-- name: HoldVoice :execrows
-- The first browser that saves holds the link.
update round_voice set holder_hash = @holder_hash where organisation_id = @organisation_id and id = @id and holder_hash is null;

-- name: CountVoices :many
select perspective, count(*)::int as links, (count(*) filter (where submitted))::int as submitted from round_voice
where organisation_id = @organisation_id and round_id = @round_id group by perspective order by perspective;

-- name: SubmitVoice :execrows
update round_voice set submitted = true where organisation_id = @organisation_id and id = @id and not submitted;

-- name: SaveAnswer :exec
insert into round_answer (organisation_id, round_id, voice_id, code, score, confidence, evidence, evidence_link, comment)
values (@organisation_id, @round_id, @voice_id, @code, @score, @confidence, @evidence, @evidence_link, @comment)
on conflict (organisation_id, round_id, voice_id, code) do update
set score = excluded.score, confidence = excluded.confidence, evidence = excluded.evidence, evidence_link = excluded.evidence_link, comment = excluded.comment;

-- name: ListVoiceAnswers :many
select code, score, confidence, evidence, evidence_link, comment from round_answer
where organisation_id = @organisation_id and round_id = @round_id and voice_id = @voice_id;

-- name: ListAnswers :many
-- What was submitted. Ids are random, so their order says nothing about who answered when.
select a.voice_id, v.perspective, a.code, a.score, a.confidence, a.evidence, a.evidence_link, a.comment
from round_answer a join round_voice v on v.organisation_id = a.organisation_id and v.id = a.voice_id
where a.organisation_id = @organisation_id and a.round_id = @round_id and v.submitted order by a.voice_id, a.code;

-- name: SaveTally :exec
insert into round_tally (organisation_id, round_id, code, perspective, score, n) values (@organisation_id, @round_id, @code, @perspective, @score, @n)
on conflict (organisation_id, round_id, code, perspective, score) do update set n = excluded.n;

-- name: ListTallies :many
select code, perspective, score, n from round_tally
where organisation_id = @organisation_id and round_id = @round_id and n > 0 order by code, perspective, score;

-- name: CloseRound :exec
update diagnostic_round set state = 'closed', closed_at = @closed_at, closed_by = @closed_by, hash = @hash where organisation_id = @organisation_id and id = @id;

-- name: PreviousRound :one
-- The round that was closed before this one, over the same scope: however somebody wrote it.
select p.id from diagnostic_round p join diagnostic_round r on r.organisation_id = p.organisation_id and r.scope = p.scope and lower(r.scope_text) = lower(p.scope_text)
where p.organisation_id = @organisation_id and r.id = @id and p.id <> r.id and p.state = 'closed' and p.closed_at < r.closed_at
order by p.closed_at desc limit 1;

-- name: InsertEvidence :exec
insert into round_evidence (organisation_id, round_id, code, citation_id) values (@organisation_id, @round_id, @code, @citation_id);

-- name: InsertFile :exec
insert into round_file (organisation_id, round_id, code, document_id) values (@organisation_id, @round_id, @code, @document_id) on conflict do nothing;

-- name: ListFiles :many
-- The files beside the questions, with their fingerprints: the hash of the round covers them.
select f.code, f.document_id, d.sha256 from round_file f join document d on d.organisation_id = f.organisation_id and d.id = f.document_id
where f.organisation_id = @organisation_id and f.round_id = @round_id order by f.code, f.document_id;

-- name: ListEvidence :many
select code, citation_id from round_evidence where organisation_id = @organisation_id and round_id = @round_id order by code, citation_id;

-- name: SaveWeight :exec
insert into round_weight (organisation_id, round_id, subsection, importance, reach, at, by)
values (@organisation_id, @round_id, @subsection, @importance, @reach, @at, @by)
on conflict (organisation_id, round_id, subsection) do update set importance = excluded.importance, reach = excluded.reach, at = excluded.at, by = excluded.by;

-- name: ListWeights :many
select subsection, importance, reach from round_weight where organisation_id = @organisation_id and round_id = @round_id;
