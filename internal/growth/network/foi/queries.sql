-- name: ListExtracts :many
-- Every extract, the newest first.
select id, reference, metric, from_month, to_month, grouping, made_at, made_by, body from nation_extract where organisation_id = @organisation_id order by made_at desc, id limit 1000;

-- name: InsertExtract :execrows
-- The same id again does nothing.
insert into nation_extract (organisation_id, id, reference, metric, from_month, to_month, grouping, made_at, made_by, body)
values (@organisation_id, @id, @reference, @metric, @from_month, @to_month, @grouping, @at, @by_name, @body) on conflict do nothing;
