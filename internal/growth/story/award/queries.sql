-- name: ListAwards :many
select id, kind, name, organiser, deadline, state, made_by, submitted_at, submitted_by, settled_on, settled_words, settled_by, valid_until from award
where organisation_id = @organisation_id and service_id = @service_id order by array_position(array['drafting','submitted','shortlisted','won','not','dropped'], state), deadline, id limit 200;

-- name: ListCriteria :many
select award_id, n, title, most_words, answer, version, changed_at, changed_by from award_criterion where organisation_id = @organisation_id and award_id = any (@awards::uuid[]) order by award_id, n;

-- name: ListEvidence :many
select id, award_id, n, kind, citation_id, story_id, testimonial_id, forecast_id, item_id from award_evidence where organisation_id = @organisation_id and award_id = any (@awards::uuid[]) order by award_id, n, added_at, id;

-- name: InsertAward :execrows
insert into award (organisation_id, id, service_id, kind, name, organiser, deadline, state, made_at, made_by)
values (@organisation_id, @id, @service_id, @kind, @name, @organiser, @deadline, 'drafting', @at, @by_name) on conflict do nothing;

-- name: InsertCriterion :exec
insert into award_criterion (organisation_id, award_id, n, title, most_words, version, changed_at, changed_by) values (@organisation_id, @award_id, @n, @title, @most_words, 1, @at, @by_name);

-- name: AnswerCriterion :execrows
-- Only what the reader saw is changed.
update award_criterion set answer = @answer, version = version + 1, changed_at = @at, changed_by = @by_name
where organisation_id = @organisation_id and award_id = @award_id and n = @n and version = @version;

-- name: InsertEvidence :execrows
insert into award_evidence (organisation_id, id, award_id, n, kind, citation_id, story_id, testimonial_id, forecast_id, item_id, added_at, added_by)
values (@organisation_id, @id, @award_id, @n, @kind, @citation_id, @story_id, @testimonial_id, @forecast_id, @item_id, @at, @by_name) on conflict do nothing;

-- name: DropEvidence :execrows
delete from award_evidence where organisation_id = @organisation_id and award_id = @award_id and id = @id;

-- name: SubmitAward :execrows
update award set state = 'submitted', submitted_at = @at::timestamptz, submitted_by = @by_name::text where organisation_id = @organisation_id and id = @id and state = 'drafting';

-- name: DropAward :execrows
update award set state = 'dropped' where organisation_id = @organisation_id and id = @id and state = 'drafting';

-- name: SettleAward :execrows
-- What came of it; a shortlist may be followed by the rest.
update award set state = @state::text, settled_on = @settled_on::date, settled_words = @words, settled_by = @by_name::text, valid_until = @valid_until
where organisation_id = @organisation_id and id = @id and state in ('submitted','shortlisted');
