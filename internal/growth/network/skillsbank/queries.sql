-- name: Ring :one
-- The ICS whose skills bank the actor's organisation takes part in; its own id where it does not.
select skills_ring()::uuid as id;

-- name: Partners :many
-- The organisations that take part in it.
select unnest(skills_partners())::uuid as id;

-- name: ListOffers :many
-- Offers of the actor's organisation and of those that take part with it, and the names that may be seen.
select o.organisation_id, o.id, o.role, o.band, o.slots, o.places, o.from_on, o.until_on, o.state, coalesce(o.decided_by, '')::text as decided_by, p.name, p.account_id
from skills_offer o left join skills_person p on p.organisation_id = o.organisation_id and p.offer_id = o.id
order by o.made_at, o.id limit 2000;

-- name: ListHeld :many
-- What they hold.
select organisation_id, offer_id, competence, until_on from skills_held order by organisation_id, offer_id, competence limit 20000;

-- name: DecideOffer :execrows
-- The lead agrees to an offer, or refuses it.
update skills_offer set state = @state, decided_at = @at, decided_by = @by_name where organisation_id = @organisation_id and id = @id and state = 'waits';

-- name: ListNeeds :many
-- Needs of the actor's organisation and of those that take part with it, the newest first.
select organisation_id, id, competence, place, remote, slots, from_on, until_on, hours, closed_at from skills_need order by made_at desc, id limit 1000;

-- name: InsertNeed :execrows
-- A need. The same id again does nothing.
insert into skills_need (organisation_id, id, competence, place, remote, slots, from_on, until_on, hours, made_at, made_by)
values (@organisation_id, @id, @competence, @place, @remote, @slots::text[], @from_on, @until_on, @hours, @at, @by_name) on conflict do nothing;

-- name: CloseNeed :execrows
-- Nobody is looked for any more.
update skills_need set closed_at = @at where organisation_id = @organisation_id and id = @id and closed_at is null;

-- name: ListSessions :many
-- Sessions, the newest day first.
select organisation_id, id, need_id, offer_organisation_id, offer_id, state, on_date, slot, hours, giver_at, taker_at from skills_request order by on_date desc, slot, id limit 5000;

-- name: InsertSession :execrows
-- Somebody is asked for; the same half-day of the same offer is asked for once.
insert into skills_request (organisation_id, id, need_id, offer_organisation_id, offer_id, state, on_date, slot, hours, asked_at)
values (@organisation_id, @id, @need_id, @offer_organisation_id, @offer_id, 'asked', @on_date, @slot, @hours, @at) on conflict do nothing;

-- name: AgreeSession :execrows
-- A side agrees to a session that its person said yes to; with the second it is booked.
update skills_request set giver_at = case when @giver::boolean then @at::timestamptz else giver_at end, taker_at = case when @giver::boolean then taker_at else @at::timestamptz end,
  state = case when (case when @giver::boolean then taker_at else giver_at end) is null then 'offered' else 'booked' end
where organisation_id = @organisation_id and id = @id and state = 'offered' and (case when @giver::boolean then giver_at else taker_at end) is null;

-- name: EndSession :execrows
-- A session took place, with the hours that were worked, or is called off.
update skills_request set state = @state, hours = @hours, ended_at = @at where organisation_id = @organisation_id and id = @id and state = any (@was::text[]);
