-- name: ListKept :many
-- The nation's own calls with how many have answered: drafts and what waits first.
select c.organisation_id, c.id, c.kind, c.asks, c.title, c.about, c.questions, c.closes_on, c.state, c.version, c.published_on, c.said, c.did, c.answered_on,
 (select count(*) from nation_reply r where r.organisation_id = c.organisation_id and r.call_id = c.id)::int as replies
from nation_call c where c.organisation_id = @organisation_id
order by array_position(array['draft','published','answered','withdrawn'], c.state), c.closes_on desc, c.id limit 300;

-- name: ListAsked :many
-- What a nation asks of an organisation, or has told it: what can be answered first.
select c.organisation_id, c.id, c.kind, c.asks, c.title, c.about, c.questions, c.closes_on, c.state, c.version, c.published_on, c.said, c.did, c.answered_on
from nation_call c where c.organisation_id = @nation_id and c.asks = 'leads' and c.state in ('published','answered')
order by array_position(array['published','answered'], c.state), c.closes_on desc, c.id limit 300;

-- name: ListForMembers :many
-- What the actor is asked as a member of their community, or was told: what can be answered first. Row security says who asks them.
select c.organisation_id, c.id, c.kind, c.asks, c.title, c.about, c.questions, c.closes_on, c.state, c.version, c.published_on, c.said, c.did, c.answered_on
from nation_call c where c.asks = 'members' and c.state in ('published','answered') and c.organisation_id = any (community_above())
order by array_position(array['published','answered'], c.state), c.closes_on desc, c.id limit 300;

-- name: ReadHeard :one
-- What members answered to a survey that is over.
select call_heard(@call_id::uuid, @today::date)::text as heard;

-- name: ListOwn :many
-- What an organisation has handed over.
select call_id, answers, named, handed_at from call_reply where organisation_id = @organisation_id limit 1000;

-- name: ListReplies :many
-- What organisations have answered, in an order that says nothing.
select who, answers, handed_on from nation_reply where organisation_id = @organisation_id and call_id = @call_id order by who, id limit 2000;

-- name: InsertCall :execrows
-- The same id again does nothing.
insert into nation_call (organisation_id, id, kind, asks, title, about, questions, closes_on, state, version, changed_at, changed_by)
values (@organisation_id, @id, @kind, @asks, @title, @about, @questions, @closes_on, 'draft', 1, @at, @by_name) on conflict do nothing;

-- name: ChangeCall :execrows
-- Only the draft that the reader saw is changed.
update nation_call set asks = @asks, title = @title, about = @about, questions = @questions, closes_on = @closes_on, version = version + 1, changed_at = @at, changed_by = @by_name
where organisation_id = @organisation_id and id = @id and version = @version and state = 'draft';

-- name: PublishCall :execrows
update nation_call set state = 'published', published_on = @on_day::date where organisation_id = @organisation_id and id = @id and version = @version and state = 'draft';

-- name: WithdrawCall :execrows
update nation_call set state = 'withdrawn' where organisation_id = @organisation_id and id = @id and state in ('draft','published');

-- name: TellCall :execrows
-- What came of a call that is over.
update nation_call set state = 'answered', said = @said, did = @did, answered_on = @on_day::date where organisation_id = @organisation_id and id = @id and state = 'published';

-- name: InsertOwn :execrows
-- An organisation answers a call once.
insert into call_reply (organisation_id, call_id, nation_id, answers, named, handed_at, handed_by)
values (@organisation_id, @call_id, @nation_id, @answers, @named, @at, @by_name) on conflict do nothing;

-- name: HandOver :exec
-- The answer, in the nation.
insert into nation_reply (organisation_id, id, call_id, who, answers, handed_on) values (@nation_id, @id, @call_id, @who, @answers, @on_day);
