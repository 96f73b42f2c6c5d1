-- name: CountMarks :many
-- How often each mark was given to each question since a month.
select question, score, sum(n)::int as n from rollup_feedback where service_id = @service_id and month >= @since group by question, score order by question, score;

-- name: CountThemes :many
-- What comments were about since a month.
select theme, tone, sum(n)::int as n from rollup_feedback_theme where service_id = @service_id and month >= @since group by theme, tone;

-- name: ListQuotes :many
-- The quotes that the team released: row policies leave out what was withdrawn.
select id, month, audience, theme, words from feedback_quote where service_id = @service_id order by month desc, id limit 100;

-- name: ListEntries :many
select id, theme, said, did, action_id, review_on, state, version, changed_by, shown_at from said_did
where organisation_id = @organisation_id and service_id = @service_id order by state = 'withdrawn', shown_at desc nulls first, id desc limit 200;

-- name: InsertEntry :execrows
insert into said_did (organisation_id, id, service_id, theme, said, did, action_id, review_on, state, version, changed_at, changed_by)
values (@organisation_id, @id, @service_id, @theme, @said, @did, @action_id, @review_on, 'draft', 1, @at, @by_name) on conflict do nothing;

-- name: ChangeEntry :execrows
-- Only what the reader saw is changed.
update said_did set theme = @theme, said = @said, did = @did, action_id = @action_id, review_on = @review_on, version = version + 1, changed_at = @at, changed_by = @by_name
where organisation_id = @organisation_id and id = @id and version = @version and state <> 'withdrawn';

-- name: PublishEntry :execrows
update said_did set state = 'published', shown_at = @at::timestamptz, changed_at = @at, changed_by = @by_name
where organisation_id = @organisation_id and id = @id and state = 'draft';

-- name: WithdrawEntry :execrows
update said_did set state = 'withdrawn', shown_at = null, changed_at = @at, changed_by = @by_name
where organisation_id = @organisation_id and id = @id and state <> 'withdrawn';

-- name: ListSaid :many
-- What staff read (portal wall): row policies show what is published by the service that looks after them.
select id, theme, said, did, shown_at from said_did where service_id = @service_id and shown_at is not null order by shown_at desc, id desc limit 50;
