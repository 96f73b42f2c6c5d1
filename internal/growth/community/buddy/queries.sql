-- name: ListOwn :many
-- Whom the actor has asked, and who has asked them: row security shows nothing else.
select asker_id, asked_id, state, asked_on from community_buddy where organisation_id = @organisation_id order by asked_on, asker_id, asked_id limit 500;

-- name: InsertAsked :execrows
-- Two people are in it once, whoever asked.
insert into community_buddy (organisation_id, asker_id, asked_id, state, asked_on) values (@organisation_id, @asker_id, @asked_id, 'asked', @on_day) on conflict do nothing;

-- name: AnswerAsked :execrows
-- Whoever was asked answers, and may say yes after a no.
update community_buddy set state = @state, answered_on = @on_day::date where organisation_id = @organisation_id and asker_id = @asker_id and asked_id = @asked_id
 and (state = 'asked' or state = 'declined' and @state = 'buddies');

-- name: EndBuddies :execrows
-- Either ends it; whoever asked may take it back.
delete from community_buddy where organisation_id = @organisation_id and (asker_id = @account_id and asked_id = @other_id and state <> 'declined' or asker_id = @other_id and asked_id = @account_id and state = 'buddies');
