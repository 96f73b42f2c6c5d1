-- name: ListConversations :many
-- What is recorded of some people, the newest first for each: row policies leave the actor's line, or themselves.
select c.id, c.person_id, c.state, c.asked_on, c.offered_on, c.held_on, c.answered_on, c.with_role, c.next_on, c.answered_by, c.recorded_at, j.said_at
from conversation c left join conversation_objection j on j.organisation_id = c.organisation_id and j.conversation_id = c.id and j.settled_at is null
where c.organisation_id = @organisation_id and c.person_id = any (@people::uuid[])
order by c.person_id, coalesce(c.held_on, c.answered_on, c.offered_on, c.asked_on) desc, c.recorded_at desc, c.id desc limit 5000;

-- name: ListAgreed :many
select conversation_id, code, done_on from conversation_agreed where organisation_id = @organisation_id and person_id = any (@people::uuid[]) order by code;

-- name: ListSignposts :many
select conversation_id, code from conversation_signpost where organisation_id = @organisation_id and person_id = any (@people::uuid[]) order by code;

-- name: ListStarts :many
-- Since when some people have been in post.
select person_id, min(starts_on)::date as since from post where organisation_id = @organisation_id and person_id = any (@people::uuid[]) group by person_id;

-- name: InsertOffer :execrows
insert into conversation (organisation_id, id, person_id, state, offered_on, recorded_by, recorded_at)
values (@organisation_id, @id, @person_id, 'offered', @on_day, @recorded_by, @at) on conflict do nothing;

-- name: TakeUp :execrows
-- Offers what the person asked for.
update conversation set state = 'offered', offered_on = @on_day, recorded_by = @recorded_by, recorded_at = @at
where organisation_id = @organisation_id and id = @id and person_id = @person_id and state = 'asked';

-- name: InsertRecord :execrows
-- A conversation that nobody had put down as offered.
insert into conversation (organisation_id, id, person_id, state, held_on, answered_on, with_role, next_on, answered_by, recorded_by, recorded_at)
values (@organisation_id, @id, @person_id, @state, @held_on, @answered_on, @with_role, @next_on, 'manager', @recorded_by, @at) on conflict do nothing;

-- name: LockConversation :one
-- How one stands, kept from changing until the transaction is over: only what the actor may change.
select c.id, c.person_id, c.state, c.asked_on, c.offered_on, c.held_on, c.answered_on, c.with_role, c.next_on, c.answered_by, c.recorded_at, j.said_at
from conversation c left join conversation_objection j on j.organisation_id = c.organisation_id and j.conversation_id = c.id and j.settled_at is null
where c.organisation_id = @organisation_id and c.id = @id and c.person_id = @person_id for update of c;

-- name: FindConversation :one
select state, held_on, answered_on, with_role, next_on from conversation where organisation_id = @organisation_id and id = @id and person_id = @person_id;

-- name: RecordConversation :execrows
-- What came of an offer, or puts right what stands: not what the person answered themselves, and their objection stays. It comes after
-- the objection, whatever the clocks say.
update conversation x set state = @state, held_on = @held_on, answered_on = @answered_on, with_role = @with_role, next_on = @next_on, answered_by = 'manager', recorded_by = @recorded_by,
 recorded_at = greatest(@at::timestamptz, (select max(j.said_at) + interval '1 microsecond' from conversation_objection j where j.organisation_id = x.organisation_id and j.conversation_id = x.id))
where x.organisation_id = @organisation_id and x.id = @id and x.answered_by is distinct from 'person';

-- name: ClearAgreed :exec
delete from conversation_agreed where organisation_id = @organisation_id and conversation_id = @conversation_id and not (code = any (@keep::text[]));

-- name: InsertAgreed :exec
insert into conversation_agreed (organisation_id, conversation_id, person_id, code) values (@organisation_id, @conversation_id, @person_id, @code) on conflict do nothing;

-- name: ClearSignposts :exec
delete from conversation_signpost where organisation_id = @organisation_id and conversation_id = @conversation_id and not (code = any (@keep::text[]));

-- name: InsertSignpost :exec
insert into conversation_signpost (organisation_id, conversation_id, person_id, code) values (@organisation_id, @conversation_id, @person_id, @code) on conflict do nothing;

-- name: MarkDone :execrows
update conversation_agreed set done_on = @done_on where organisation_id = @organisation_id and conversation_id = @conversation_id and code = @code and done_on is null;

-- name: InsertAsk :execrows
-- The person asks for one themselves.
insert into conversation (organisation_id, id, person_id, state, asked_on, recorded_at)
values (@organisation_id, @id, @person_id, 'asked', @on_day, @at) on conflict do nothing;

-- name: TakeBackAsk :execrows
delete from conversation where organisation_id = @organisation_id and id = @id and person_id = @person_id and state = 'asked';

-- name: AnswerOffer :execrows
-- The person's own answer.
update conversation set state = @state, answered_by = 'person', answered_on = @on_day where organisation_id = @organisation_id and id = @id and person_id = @person_id and state = 'offered';

-- name: TakeBackAnswer :execrows
-- The offer is open again, unless another is.
update conversation x set state = 'offered', answered_by = null, answered_on = null
where x.organisation_id = @organisation_id and x.id = @id and x.person_id = @person_id and x.answered_by = 'person'
 and not exists (select 1 from conversation c where c.organisation_id = @organisation_id and c.person_id = @person_id and c.state in ('asked','offered'));

-- name: InsertObjection :execrows
insert into conversation_objection (organisation_id, conversation_id, person_id, said_at)
select c.organisation_id, c.id, c.person_id, greatest(@at::timestamptz, c.recorded_at, (select max(j.said_at) + interval '1 microsecond' from conversation_objection j where j.organisation_id = c.organisation_id and j.conversation_id = c.id)) from conversation c where c.organisation_id = @organisation_id and c.id = @id and c.person_id = @person_id and c.answered_by = 'manager'
on conflict do nothing;

-- name: SettleObjection :execrows
update conversation_objection set settled_at = greatest(said_at, @at::timestamptz) where organisation_id = @organisation_id and conversation_id = @id and person_id = @person_id and settled_at is null;

-- name: FindManager :one
-- Who the actor's manager is, in the primary post first.
select o.manager_person_id from post o where o.organisation_id = @organisation_id and o.person_id = @person_id and o.manager_person_id is not null
 and o.starts_on <= @on_day and (o.ends_on is null or o.ends_on > @on_day) order by o.is_primary desc, o.starts_on limit 1;

-- name: ListPlan :many
-- A plan: one's own, or the parts that its owner shares.
select id, part, words, changed_at from wellbeing_plan where service_id = @service_id and organisation_id = @organisation_id and person_id = @person_id;

-- name: InsertPart :execrows
insert into wellbeing_plan (service_id, id, organisation_id, person_id, part, words, changed_at) values (@service_id, @id, @organisation_id, @person_id, @part, @words, @at) on conflict do nothing;

-- name: ChangePart :execrows
update wellbeing_plan set words = @words, changed_at = @at where service_id = @service_id and id = @id and person_id = @person_id and changed_at = @seen;

-- name: DeletePart :execrows
delete from wellbeing_plan where service_id = @service_id and person_id = @person_id and part = @part and changed_at = @seen;

-- name: FindShare :one
-- What its owner shares, and whether a live post of theirs names the reader: without it the share rests.
select s.with_person_id, s.parts, s.at, s.until,
 exists (select 1 from post o where o.organisation_id = s.organisation_id and o.person_id = s.person_id and o.manager_person_id = s.with_person_id and o.starts_on <= current_date and (o.ends_on is null or o.ends_on > current_date)) as live
from wellbeing_plan_share s where s.organisation_id = @organisation_id and s.person_id = @person_id;

-- name: InsertShare :exec
insert into wellbeing_plan_share (organisation_id, person_id, with_person_id, name, parts, at, until) values (@organisation_id, @person_id, @with_person_id, @name, @parts, @at, @until);

-- name: DeleteShare :execrows
delete from wellbeing_plan_share where organisation_id = @organisation_id and person_id = @person_id;

-- name: ListSharedWith :many
-- Who shares their plan with the actor.
select person_id, name, at, until from wellbeing_plan_share where organisation_id = @organisation_id and with_person_id = @with_person_id order by name, person_id;

-- name: ListUncounted :many
-- The organisations with conversations whose uptake of a month is not counted.
select distinct c.organisation_id from conversation c where c.state = 'held' and not exists (select 1 from conversation_uptake u where u.organisation_id = c.organisation_id and u.month = @month) limit 500;

-- name: CountTeams :many
-- The teams of an organisation on a day, by the primary post: how many work there, and how many of them had a conversation since. One of
-- which the person says that it is not right is not counted.
select o.department, o.team, count(distinct o.person_id)::int as people, count(distinct c.person_id)::int as held
from post o join person p on p.organisation_id = o.organisation_id and p.id = o.person_id and (p.left_on is null or p.left_on > @on_day)
left join conversation c on c.organisation_id = o.organisation_id and c.person_id = o.person_id and c.state = 'held' and c.held_on > @since and c.held_on <= @on_day
 and not exists (select 1 from conversation_objection j where j.organisation_id = c.organisation_id and j.conversation_id = c.id and j.settled_at is null)
where o.organisation_id = @organisation_id and o.is_primary and o.starts_on <= @on_day and (o.ends_on is null or o.ends_on > @on_day)
group by o.department, o.team;

-- name: InsertUptake :exec
insert into conversation_uptake (organisation_id, month, part, department, team, people, held, nearly, counted_at)
values (@organisation_id, @month, @part, @department, @team, @people, @held, @nearly, @at) on conflict do nothing;

-- name: ListUptake :many
select month, part, department, team, people, held, nearly from conversation_uptake where organisation_id = @organisation_id and month >= @since
order by month desc, part, department, team limit 2000;
