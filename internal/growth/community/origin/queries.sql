-- name: InsertCopy :execrows
-- A copy that was noted before is noted once.
insert into community_copy (organisation_id, object_id, post_id, form, path, title, author_name, author_home, licence, review_on, copied_at, copied_by)
values (@organisation_id, @object_id, @post_id, @form, @path, @title, @author_name, @author_home, @licence, @review_on, @at, @by_name) on conflict do nothing;

-- name: FindCopy :one
select * from community_copy where organisation_id = @organisation_id and object_id = @object_id;

-- name: ListCopies :many
select * from community_copy where organisation_id = @organisation_id order by copied_at desc, object_id limit 500;
