-- name: InsertDocument :execrows
-- A file as it was given. The same id again changes nothing.
insert into document (organisation_id, id, name, media_type, size, sha256, content, words, unread, cleared, at, by)
values (@organisation_id, @id, @name, @media_type, @size, @sha256, @content, @words, @unread, @cleared, @at, @by)
on conflict (organisation_id, id) do nothing;

-- name: ListDocuments :many
-- What files are, without what is in them.
select id, name, media_type, size, sha256, unread, cleared, at, by from document where organisation_id = @organisation_id and id = any (@ids::uuid[]);

-- name: ListWords :many
-- The words of files that have any.
select id, words from document where organisation_id = @organisation_id and id = any (@ids::uuid[]) and words is not null;

-- name: FindDocument :one
select id, name, media_type, size, sha256, unread, cleared, at, by, content from document where organisation_id = @organisation_id and id = @id;
