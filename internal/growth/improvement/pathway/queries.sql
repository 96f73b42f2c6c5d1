-- name: ListPathways :many
-- The newest version of each, by name.
select distinct on (id) id, n, name, whom, in_use, steps, at, by from pathway_version where organisation_id = @organisation_id order by id, n desc;

-- name: ListVersions :many
-- Every version of one, newest first.
select id, n, name, whom, in_use, steps, at, by from pathway_version where organisation_id = @organisation_id and id = @id order by n desc;

-- name: InsertVersion :execrows
insert into pathway_version (organisation_id, id, n, name, whom, in_use, steps, at, by)
values (@organisation_id, @id, @n, @name, @whom, @in_use, @steps, @at, @by)
on conflict do nothing;
