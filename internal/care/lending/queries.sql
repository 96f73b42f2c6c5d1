-- name: Partners :many
-- The organisations that take part in the skills bank that the actor's own takes part in, that one included.
select unnest(skills_partners())::uuid as id;

-- name: InsertPerson :execrows
-- Who is behind an offer. The same id again does nothing.
insert into skills_person (organisation_id, offer_id, account_id, name, role) values (@organisation_id, @offer_id, @account_id, @name, @role) on conflict do nothing;

-- name: InsertOffer :exec
-- An offer, which waits for the lead.
insert into skills_offer (organisation_id, id, role, band, slots, places, from_on, until_on, state, made_at)
values (@organisation_id, @id, @role, @band, @slots::text[], @places::text[], @from_on, @until_on, 'waits', @at);

-- name: InsertHeld :exec
-- A competence of an offer, with the last day on which it holds.
insert into skills_held (organisation_id, offer_id, competence, until_on) values (@organisation_id, @offer_id, @competence, @until_on);

-- name: ListOwn :many
-- One's own offers, the newest first.
select o.id, o.role, o.band, o.slots, o.places, o.from_on, o.until_on, o.state, o.decided_by from skills_offer o
where o.organisation_id = @organisation_id order by o.made_at desc, o.id limit 100;

-- name: ListAsked :many
-- What is asked of one's own offers, by the day.
select r.organisation_id, r.id, r.offer_id, r.on_date, r.slot, r.hours, r.state, coalesce(n.place, '')::text as place, coalesce(n.competence, '')::text as competence
from skills_request r left join skills_need n on n.organisation_id = r.organisation_id and n.id = r.need_id
where r.offer_organisation_id = @organisation_id order by r.on_date desc, r.slot, r.id limit 500;

-- name: WithdrawOffer :execrows
-- Its person withdraws an offer.
update skills_offer set state = 'withdrawn', ended_at = @at where organisation_id = @organisation_id and id = @id and state in ('waits','agreed');

-- name: CancelAsked :exec
-- With an offer goes whatever was asked of it and is not over.
update skills_request set state = 'cancelled', ended_at = @at where offer_organisation_id = @organisation_id and offer_id = @offer_id and state in ('asked','offered','booked');

-- name: Answer :execrows
-- The person says yes or no to a session.
update skills_request set state = @state, answered_at = @at, ended_at = sqlc.narg(ended_at) where organisation_id = @asking_id and id = @id and offer_organisation_id = @organisation_id and state = 'asked';

-- name: LockPerson :exec
-- Answers of one person go one after the other.
select pg_advisory_xact_lock(hashtextextended('skills.answer ' || (@account_id::uuid)::text, 0));

-- name: ListHeld :many
-- What the offers of an account hold.
select h.offer_id, h.competence, h.until_on, p.role from skills_held h join skills_person p on p.organisation_id = h.organisation_id and p.offer_id = h.offer_id
where h.organisation_id = @organisation_id and p.account_id = @account_id order by h.offer_id, h.competence;

-- name: SetUntil :execrows
-- A competence of an offer holds until another day.
update skills_held set until_on = @until_on where organisation_id = @organisation_id and offer_id = @offer_id and competence = @competence and until_on <> @until_on;
