-- name: UseLink :execrows
-- Marks a link used, once (hall wall).
insert into link_use (link_id, purpose, used_at) values (@link_id, @purpose, @used_at)
on conflict (link_id) do update set used_at = excluded.used_at where link_use.used_at is null;

-- name: ReopenLink :exec
-- Gives the link back when its answer could not be kept (hall wall).
update link_use set used_at = null where link_id = @link_id;

-- name: LinkUsed :one
-- Whether a link was used (hall wall).
select exists (select 1 from link_use where link_id = @link_id and used_at is not null);

-- name: NoteAnswered :exec
-- That an invitation was answered, or was not after all (hall wall).
update feedback_asked set answered = @answered where service_id = @service_id and id = @id;

-- name: InsertFeedback :exec
-- Behind the portal wall, which can write feedback and read none.
insert into feedback (service_id, id, organisation_id, month, communication, specific, mattered, comment, audience, quotable)
values (@service_id, @id, @organisation_id, @month, @communication, @specific, @mattered, @comment, @audience, @quotable);

-- name: CountScores :many
-- How often each set of scores was given in each month (clinical wall).
select audience, month, communication, specific, mattered, count(*)::int as n from feedback
where service_id = @service_id and month >= @since
group by audience, month, communication, specific, mattered order by month;

-- name: ListComments :many
-- Comments by month, newest first, with how they were read last; the order within a month is that of the random id, so that nobody
-- reads who answered when.
select f.id, f.month, f.audience, f.comment, f.quotable, coalesce(r.version, 0)::int as version, coalesce(r.themes, '{}')::text[] as themes,
 coalesce(r.tone, '')::text as tone, coalesce(r.aside, false)::boolean as aside, exists (select 1 from feedback_quote q where q.service_id = f.service_id and q.feedback_id = f.id and q.withdrawn_at is null) as quoted
from feedback f left join lateral (select * from feedback_reading x where x.service_id = f.service_id and x.feedback_id = f.id order by x.version desc limit 1) r on true
where f.service_id = @service_id and f.month >= @since and f.comment is not null
order by f.month desc, f.id limit 200;

-- name: FindComment :one
select id, organisation_id, month, audience, comment, quotable from feedback where service_id = @service_id and id = @id and comment is not null;

-- name: ListReadings :many
-- How a comment was read, the last first.
select version, themes, tone, aside, read_at, by_name from feedback_reading where service_id = @service_id and feedback_id = @feedback_id order by version desc;

-- name: InsertReading :execrows
-- The next version; when two read at once the second is told.
insert into feedback_reading (service_id, feedback_id, version, organisation_id, month, audience, themes, tone, aside, pack, read_at, by_account, by_name)
values (@service_id, @feedback_id, @version, @organisation_id, @month, @audience, @themes, @tone, @aside, @pack, @read_at, @by_account, @by_name)
on conflict (service_id, feedback_id, version) do nothing;

-- name: InsertQuote :execrows
insert into feedback_quote (service_id, id, organisation_id, feedback_id, quotable, month, audience, theme, words, released_at, released_by)
values (@service_id, @id, @organisation_id, @feedback_id, true, @month, @audience, @theme, @words, @released_at, @released_by) on conflict do nothing;

-- name: FindQuote :one
-- The quote of a comment that stands.
select id, theme, words, released_at, released_by from feedback_quote where service_id = @service_id and feedback_id = @feedback_id and withdrawn_at is null;

-- name: WithdrawQuote :execrows
update feedback_quote set withdrawn_at = @withdrawn_at, withdrawn_by = @withdrawn_by
where service_id = @service_id and feedback_id = @feedback_id and withdrawn_at is null;

-- name: SumAsked :many
-- Who was asked and who answered, by group (roll-up).
select audience, dimension, code, sum(asked)::int as asked, sum(answered)::int as answered from rollup_feedback_asked
where service_id = @service_id and month >= @since group by audience, dimension, code order by dimension, code;

-- name: SumThemes :many
-- What comments were about, by month (roll-up).
select month, theme, tone, sum(n)::int as n from rollup_feedback_theme
where service_id = @service_id and month >= @since group by month, theme, tone order by month desc, theme, tone;
