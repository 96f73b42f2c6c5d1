-- name: InsertGoal :execrows
-- Adds a goal to one's own plan; the same id again changes nothing.
insert into development_goal (service_id, id, account_id, area, by_on, state, words, added_at, changed_at)
values (@service_id, @id, @account_id, @area, @by_on, @state, @words, @at, @at)
on conflict (service_id, id) do nothing;

-- name: ListGoals :many
-- The goals of a plan, the soonest first. Row security shows one's own, and those that are shared with one.
select id, area, by_on, state, words, added_at, changed_at from development_goal
where service_id = @service_id and account_id = @account_id order by by_on, added_at, id limit 200;

-- name: UpdateGoal :execrows
-- Writes a goal of one's own anew, unless it has changed since it was seen.
update development_goal set area = @area, by_on = @by_on, state = @state, words = @words, changed_at = @at
where service_id = @service_id and id = @id and account_id = @account_id and changed_at = @seen;

-- name: InsertReview :execrows
-- Keeps what was written when a plan was looked at; the same id again changes nothing.
insert into development_review (service_id, id, account_id, at, next_on, words)
values (@service_id, @id, @account_id, @at, @next_on, @words)
on conflict (service_id, id) do nothing;

-- name: ListReviews :many
-- One's own reviews, the newest first.
select id, at, next_on, words from development_review
where service_id = @service_id and account_id = @account_id order by at desc, id limit 50;

-- name: InsertShare :execrows
-- Lets a colleague read the goals of one's own plan.
insert into development_share (service_id, owner_account, with_account, owner_name, with_name, at)
values (@service_id, @owner_account, @with_account, @owner_name, @with_name, @at)
on conflict (service_id, owner_account, with_account) do nothing;

-- name: DeleteShare :execrows
-- Takes that back.
delete from development_share where service_id = @service_id and owner_account = @owner_account and with_account = @with_account;

-- name: ListShares :many
-- With whom one shares one's plan, and who shares theirs.
select owner_account, with_account, owner_name, with_name, at from development_share
where service_id = @service_id order by owner_name, with_name, owner_account, with_account limit 500;

-- name: InsertOffer :execrows
-- Publishes an offer; the same id again changes nothing.
insert into development_offer (service_id, id, kind, area, title, about, roles, places, closes_on, published_at, by_account, by_name)
values (@service_id, @id, @kind, @area, @title, @about, @roles, @places, @closes_on, @published_at, @by_account, @by_name)
on conflict (service_id, id) do nothing;

-- name: ListOffers :many
-- The offers that stand, those that close first before the others, and whether they interest the reader. Those that closed
-- more than a year ago are left out.
select o.id, o.kind, o.area, o.title, o.about, o.roles, o.places, o.closes_on, o.published_at, o.by_account, o.by_name,
 exists (select 1 from development_interest i where i.service_id = o.service_id and i.offer_id = o.id and i.account_id = @account_id) as interested
from development_offer o
where o.service_id = @service_id and o.withdrawn_at is null and o.closes_on > @since
order by o.closes_on, o.title, o.id limit 200;

-- name: WithdrawOffer :execrows
-- Withdraws an offer that stands.
update development_offer set withdrawn_at = @at where service_id = @service_id and id = @id and withdrawn_at is null;

-- name: InsertInterest :execrows
-- Says that an offer interests one.
insert into development_interest (service_id, offer_id, account_id, name, role, at)
values (@service_id, @offer_id, @account_id, @name, @role, @at)
on conflict (service_id, offer_id, account_id) do nothing;

-- name: DeleteInterest :execrows
-- Takes that back.
delete from development_interest where service_id = @service_id and offer_id = @offer_id and account_id = @account_id;

-- name: ListInterest :many
-- Who said that an offer interests them, in order of time. Row security shows them to who published it.
select account_id, name, role, at from development_interest
where service_id = @service_id and offer_id = @offer_id order by at, name limit 500;

-- name: InsertFeedback :execrows
-- Asks a colleague; the same id again changes nothing.
insert into development_feedback (service_id, id, asker_account, asker_name, asked_account, asked_name, asked_at, questions)
values (@service_id, @id, @asker_account, @asker_name, @asked_account, @asked_name, @asked_at, @questions)
on conflict (service_id, id) do nothing;

-- name: ListFeedback :many
-- What one asked and was asked, the newest first.
select id, asker_account, asker_name, asked_account, asked_name, asked_at, answered_at from development_feedback
where service_id = @service_id order by asked_at desc, id limit 200;

-- name: FindFeedback :one
-- One request with its words.
select id, asker_account, asker_name, asked_account, asked_name, asked_at, questions, answers, answered_at from development_feedback
where service_id = @service_id and id = @id;

-- name: AnswerFeedback :execrows
-- Answers what was asked, once.
update development_feedback set answers = @answers, answered_at = @at
where service_id = @service_id and id = @id and asked_account = @asked_account and answers is null;
