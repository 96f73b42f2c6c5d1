-- name: ListVersions :many
-- Versions of one community, the newest first: drafts for its host alone, by row security.
select * from framework_version where organisation_id = @organisation_id order by number desc limit 200;

-- name: ListPublished :many
-- What is published by whoever is above the actor, or is the actor's own; the nearest first.
select v.*, coalesce((select w.name from organisation_span w where w.organisation_id = v.organisation_id and w.valid_from <= @on_day::date order by w.valid_from desc limit 1), '')::text as host_name
from framework_version v where v.state = 'published' order by array_position(community_above(), v.organisation_id), v.number limit 500;

-- name: InsertVersion :execrows
insert into framework_version (organisation_id, id, number, name, source, state, themes, version, started_at, started_by)
values (@organisation_id, @id, @number, @name, @source, 'draft', @themes, 1, @at, @by_name) on conflict do nothing;

-- name: ChangeDraft :execrows
-- Nobody has changed it since it was shown.
update framework_version set name = @name, source = @source, themes = @themes, version = version + 1
where organisation_id = @organisation_id and id = @id and state = 'draft' and version = @version;

-- name: PublishVersion :execrows
update framework_version set state = 'published', effective_from = @effective_from, summary = @summary, reasons = @reasons, version = version + 1, published_at = @at, published_by = @by_name
where organisation_id = @organisation_id and id = @id and state = 'draft' and version = @version;

-- name: ListRounds :many
-- The rounds of a community, the newest first.
select * from framework_round where organisation_id = @organisation_id order by opens_on desc, opened_at desc, id limit 500;

-- name: InsertRound :execrows
insert into framework_round (organisation_id, id, version_id, number, about, questions, themes, opens_on, closes_on, opened_at, opened_by)
values (@organisation_id, @id, @version_id, @number, @about, @questions, @themes, @opens_on, @closes_on, @at, @by_name) on conflict do nothing;

-- name: MoveRound :execrows
update framework_round set closes_on = @closes_on where organisation_id = @organisation_id and id = @id and ended_at is null and closes_on >= @today;

-- name: EndRound :execrows
update framework_round set ended_at = @at where organisation_id = @organisation_id and id = @id and ended_at is null and closes_on >= @today;

-- name: InsertComment :exec
insert into framework_comment (organisation_id, post_id, round_id, theme, spot, level, question, home_id)
values (@organisation_id, @post_id, @round_id, @theme, @spot, @level, @question, @home_id);

-- name: ListComments :many
-- What was said in one round, or in all, as the reader may read it: oldest first, with its answer and how many agree.
select c.round_id, c.theme, c.spot, c.level, c.question, c.home_id,
 p.id, p.title, p.words, p.payload, p.author_account, p.author_name, p.author_home, p.state, p.marks, p.reason, p.version, p.made_at, p.changed_at, p.ended_at, p.ended_by,
 (select count(*) from framework_agreement g where g.organisation_id = c.organisation_id and g.post_id = c.post_id)::int as agreed,
 exists (select 1 from framework_agreement g where g.organisation_id = c.organisation_id and g.post_id = c.post_id and g.account_id = @account_id)::boolean as mine,
 a.verdict, a.words as answer, a.answered_at, a.answered_by
from framework_comment c join community_post p on p.organisation_id = c.organisation_id and p.id = c.post_id
left join framework_answer a on a.organisation_id = c.organisation_id and a.post_id = c.post_id
where c.organisation_id = @organisation_id and (sqlc.narg('round_id')::uuid is null or c.round_id = sqlc.narg('round_id')) and (sqlc.narg('post_id')::uuid is null or c.post_id = sqlc.narg('post_id'))
order by p.made_at, p.id limit 5000;

-- name: ListAgreedHomes :many
-- Where those work who agreed with something in a round.
select distinct c.round_id, g.home_id, g.account_id from framework_agreement g join framework_comment c on c.organisation_id = g.organisation_id and c.post_id = g.post_id
where g.organisation_id = @organisation_id limit 20000;

-- name: CountHomes :one
-- How many organisations have a member in the community.
select count(distinct home_id)::int from community_member where organisation_id = @organisation_id;

-- name: Agree :execrows
insert into framework_agreement (organisation_id, post_id, account_id, home_id, agreed_at) values (@organisation_id, @post_id, @account_id, @home_id, @at) on conflict do nothing;

-- name: Disagree :execrows
delete from framework_agreement where organisation_id = @organisation_id and post_id = @post_id and account_id = @account_id;

-- name: AnswerComment :execrows
insert into framework_answer (organisation_id, post_id, verdict, words, answered_at, answered_by) values (@organisation_id, @post_id, @verdict, @words, @at, @by_name)
on conflict (organisation_id, post_id) do update set verdict = excluded.verdict, words = excluded.words, answered_at = excluded.answered_at, answered_by = excluded.answered_by;
