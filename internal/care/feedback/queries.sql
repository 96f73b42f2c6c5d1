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

-- name: InsertFeedback :exec
-- Behind the portal wall, which can write feedback and read none.
insert into feedback (service_id, id, organisation_id, month, communication, specific, mattered, comment)
values (@service_id, @id, @organisation_id, @month, @communication, @specific, @mattered, @comment);

-- name: CountScores :many
-- How often each set of scores was given since a month (clinical wall).
select communication, specific, mattered, count(*)::int as n from feedback
where service_id = @service_id and month >= @since
group by communication, specific, mattered;

-- name: ListComments :many
-- Comments by month, newest first; the order within a month is that of the random id, so that nobody reads who
-- answered when.
select month, comment from feedback
where service_id = @service_id and month >= @since and comment is not null
order by month desc, id limit 200;
