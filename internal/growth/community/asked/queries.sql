-- name: FindOwn :many
-- What the actor has answered. Row security shows nobody else's.
select organisation_id, call_id, answers, version, changed_on from call_answer where account_id = @account_id limit 1000;

-- name: InsertAnswer :execrows
-- The first answer of somebody to a survey.
insert into call_answer (organisation_id, call_id, account_id, community_id, answers, version, changed_on)
values (@organisation_id, @call_id, @account_id, @community_id, @answers, 1, @on_day) on conflict do nothing;

-- name: ChangeAnswer :execrows
-- Only the answer that its writer saw is changed.
update call_answer set answers = @answers, version = version + 1, changed_on = @on_day
where organisation_id = @organisation_id and call_id = @call_id and account_id = @account_id and version = @version;
