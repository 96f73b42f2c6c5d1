-- name: ListTestimonials :many
-- What was asked for, with the words of quotes that still stand: row policies hide those that the team withdrew.
select t.organisation_id, t.id, t.words, t.quote_id, q.words as quoted, t.audience, t.named, t.giver, t.asked, t.agreed, t.ends_on, t.state, t.held, t.found, t.cleared_by, t.cleared_why, t.made_by, t.maker, t.agreed_at, t.ended_at, t.ended_by
from testimonial t left join feedback_quote q on q.service_id = t.service_id and q.id = t.quote_id
where t.organisation_id = @organisation_id and t.service_id = @service_id order by array_position(array['asked','agreed','refused','withdrawn'], t.state), t.ends_on, t.id limit 300;

-- name: ListQuotes :many
-- Quotes that are no testimonial yet.
select q.id, q.month, q.audience, q.words from feedback_quote q where q.service_id = @service_id
 and not exists (select from testimonial t where t.organisation_id = @organisation_id and t.quote_id = q.id and t.state <> 'withdrawn')
order by q.month desc, q.id limit 50;

-- name: InsertTestimonial :execrows
insert into testimonial (organisation_id, id, service_id, words, quote_id, audience, named, giver, asked, agreed, ends_on, state, held, found, shown, made_at, made_by, maker, agreed_at)
values (@organisation_id, @id, @service_id, @words, @quote_id, @audience, @named, @giver, @asked, @agreed, @ends_on, @state, @held, @found, false, @at, @by_name, @maker, @agreed_at) on conflict do nothing;

-- name: ClearTestimonial :execrows
update testimonial set held = false, cleared_by = @by_name::text, cleared_why = @why, clearer = @clearer::uuid where organisation_id = @organisation_id and id = @id and held and state = 'asked';

-- name: WithdrawTestimonial :execrows
update testimonial set state = 'withdrawn', shown = false, ended_at = @at::timestamptz, ended_by = @by_name::text where organisation_id = @organisation_id and id = @id and state in ('asked','agreed');

-- name: FindAsked :one
-- What a link is about (hall).
select id, service_id, words, audience, named, giver, asked, agreed, ends_on, state, held, agreed_at from testimonial where organisation_id = @organisation_id and id = @id;

-- name: AgreeTo :execrows
-- The giver agrees to these places (hall). Words that are held were never put to them.
update testimonial set state = 'agreed', agreed = @agreed::text[], shown = 'public' = any (@agreed::text[]), agreed_at = @at::timestamptz where organisation_id = @organisation_id and id = @id and state = 'asked' and not held;

-- name: TakeBack :execrows
-- The giver says no, or takes back what they agreed to (hall).
update testimonial set state = case when state = 'asked' then 'refused' else 'withdrawn' end, shown = false, ended_at = @at::timestamptz, ended_by = 'giver'
where organisation_id = @organisation_id and id = @id and state in ('asked','agreed');

-- name: ListShown :many
-- What whoever is not signed in may read (hall).
select id, words, audience, named, giver, ends_on from testimonial where service_id = @service_id and shown and ends_on >= @today order by agreed_at desc, id limit 50;
