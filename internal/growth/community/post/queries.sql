-- name: ListPosts :many
-- What the actor may read, the newest first: row security leaves out what they may not. Each filter that is null asks nothing.
select * from community_post where organisation_id = @organisation_id and (sqlc.narg('id')::uuid is null or id = sqlc.narg('id'))
 and (sqlc.narg('kind')::text is null or kind = sqlc.narg('kind')) and (sqlc.narg('group_id')::uuid is null or group_id = sqlc.narg('group_id'))
 and (sqlc.narg('about_id')::uuid is null or about_id = sqlc.narg('about_id')) and (sqlc.narg('author')::uuid is null or author_account = sqlc.narg('author'))
 and (sqlc.narg('states')::text[] is null or state = any (sqlc.narg('states')::text[]))
order by made_at desc, id limit 2000;

-- name: CountAnswers :many
select about_id, count(*)::int as n from community_post where organisation_id = @organisation_id and kind = 'answer' and state = 'published' group by about_id;

-- name: InsertPost :execrows
insert into community_post (organisation_id, id, kind, about_id, group_id, topic, title, words, form, address, licence, review_on, payload, author_account, author_name, author_home, state, marks, reason, version, made_at, changed_at, ended_by)
values (@organisation_id, @id, @kind, @about_id, @group_id, @topic, @title, @words, @form, @address, @licence, @review_on, @payload, @author_account, @author_name, @author_home, @state, @marks, '', 1, @at, @at, '')
on conflict do nothing;

-- name: RewritePost :execrows
-- Its writer changes what waits: nobody has changed it since it was shown.
update community_post set topic = @topic, title = @title, words = @words, address = @address, licence = @licence, review_on = @review_on, payload = @payload, state = @state, marks = @marks, reason = '', version = version + 1, changed_at = @at
where organisation_id = @organisation_id and id = @id and author_account = @account_id and state in ('held','returned') and version = @version;

-- name: WithdrawPost :execrows
update community_post set state = 'withdrawn', title = '', words = '', address = '', payload = null, marks = '{}', cleared_account = null, reason = '', version = version + 1, changed_at = @at, ended_at = @at, ended_by = @by_name
where organisation_id = @organisation_id and id = @id and author_account = @account_id and state in ('published','held','returned');

-- name: PublishPost :execrows
update community_post set state = 'published', cleared_account = @account_id, reason = '', version = version + 1, changed_at = @at
where organisation_id = @organisation_id and id = @id and author_account <> @account_id and state = 'held' and version = @version;

-- name: ReturnPost :execrows
update community_post set state = 'returned', reason = @reason, version = version + 1, changed_at = @at
where organisation_id = @organisation_id and id = @id and author_account <> @account_id and state = 'held' and version = @version;

-- name: RecallPost :execrows
update community_post set state = 'recalled', title = '', words = '', address = '', payload = null, reason = @reason, version = version + 1, changed_at = @at, ended_at = @at, ended_by = @by_name
where organisation_id = @organisation_id and id = @id and state = 'published' and (group_id is null and @moderated::boolean or group_id = any (community_kept()));

-- name: HomeName :one
-- Where somebody works, as they agreed to show it.
select home_name from community_member where organisation_id = @organisation_id and account_id = @account_id;

-- name: RenewPost :execrows
-- What a moderator cleared, its writer does not touch any more but to withdraw it.
update community_post set review_on = @review_on, version = version + 1, changed_at = @at
where organisation_id = @organisation_id and id = @id and kind = 'resource' and state = 'published' and (author_account = @account_id and cleared_account is null or @moderated::boolean);

-- name: InsertUse :execrows
insert into community_use (organisation_id, post_id, home_id, used_at) values (@organisation_id, @post_id, @home_id, @at) on conflict do nothing;

-- name: FindUses :one
select coalesce(community_used(@post_id::uuid), 0)::int as n, exists (select 1 from community_use u where u.organisation_id = @organisation_id and u.post_id = @post_id and u.home_id = @home_id)::boolean as own;

-- name: InsertFlag :execrows
-- Somebody tells of a text once.
insert into community_flag (organisation_id, post_id, account_id, name, reason, told_at) values (@organisation_id, @post_id, @account_id, @name, @reason, @at) on conflict do nothing;

-- name: ListFlags :many
-- What moderators were told and have not settled, of what is still published: the oldest first. Nobody else reads any.
select f.post_id, f.account_id, f.name, f.reason, f.told_at from community_flag f join community_post p on p.organisation_id = f.organisation_id and p.id = f.post_id
where f.organisation_id = @organisation_id and f.settled_at is null and p.state = 'published' order by f.told_at, f.post_id, f.account_id limit 500;

-- name: SettleFlags :execrows
update community_flag set settled_at = @at, settled_by = @by_name where organisation_id = @organisation_id and post_id = @post_id and settled_at is null;
