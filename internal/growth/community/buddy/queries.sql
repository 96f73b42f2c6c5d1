-- name: ListAsked :many
-- What two members asked and answered each other: row security shows the actor's own alone.
select * from community_buddy where organisation_id = @organisation_id order by changed_at desc, id limit 500;

-- name: AskBuddy :execrows
-- Somebody who is a member; what is open between the two already stays as it is.
insert into community_buddy (organisation_id, id, kind, from_account, from_name, from_reach, to_account, to_name, to_reach, words, state, asked_at, changed_at)
select @organisation_id, @id, @kind, @from_account, @from_name, @from_reach, m.account_id, m.name, '', @words, 'asked', @at, @at from community_member m where m.organisation_id = @organisation_id and m.account_id = @to_account
on conflict do nothing;

-- name: AnswerBuddy :execrows
-- Only who was asked answers, and once.
update community_buddy set state = @state, to_reach = @to_reach, changed_at = @at where organisation_id = @organisation_id and id = @id and to_account = @account_id and state = 'asked';

-- name: EndBuddy :execrows
-- Either of the two ends it, or takes back what was asked.
update community_buddy set state = 'ended', changed_at = @at where organisation_id = @organisation_id and id = @id and (state = 'accepted' and @account_id::uuid in (from_account, to_account) or state = 'asked' and from_account = @account_id::uuid);
