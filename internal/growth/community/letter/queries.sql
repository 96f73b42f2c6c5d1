-- name: ListLetters :many
-- Those in use first, then by name.
select * from letter_template where organisation_id = @organisation_id order by in_use desc, lower(name), id limit 500;

-- name: FindLetter :one
select * from letter_template where organisation_id = @organisation_id and id = @id;

-- name: InsertLetter :execrows
insert into letter_template (organisation_id, id, name, purpose, words, in_use, version, changed_at, changed_by) values (@organisation_id, @id, @name, @purpose, @words, false, 1, @at, @by_name) on conflict do nothing;

-- name: ChangeLetter :execrows
-- Nobody has changed it since it was shown.
update letter_template set name = @name, purpose = @purpose, words = @words, in_use = false, version = version + 1, changed_at = @at, changed_by = @by_name where organisation_id = @organisation_id and id = @id and version = @version;

-- name: UseLetter :execrows
update letter_template set in_use = @in_use, version = version + 1, changed_at = @at, changed_by = @by_name where organisation_id = @organisation_id and id = @id and version = @version and in_use <> @in_use;
