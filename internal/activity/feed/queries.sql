-- name: ListServed :many
-- Organisations that a service has or had a contract with, by the code that files use.
select distinct o.id, o.ods_code::text as ods_code from contract c join organisation o on o.id = c.organisation_id
where c.service_id = @service_id and o.ods_code is not null order by 2;

-- name: ListMappings :many
select id, name, mapping, saved_at, saved_by from activity_mapping where service_id = @service_id order by name;

-- name: SaveMapping :one
insert into activity_mapping (service_id, id, name, mapping, saved_at, saved_by) values (@service_id, @id, @name, @mapping, @saved_at, @saved_by)
on conflict (service_id, name) do update set mapping = excluded.mapping, saved_at = excluded.saved_at, saved_by = excluded.saved_by
returning id;

-- name: FindImport :one
-- The newest import of the same file.
select id from activity_import where service_id = @service_id and file_hash = @file_hash order by imported_at desc, id desc limit 1;

-- name: LoadImport :one
select file_name, mapping_name, rows_read, rows_added, rows_rejected, rejects, counts, waits, tied, imported_at, imported_by
from activity_import where service_id = @service_id and id = @id;

-- name: ListImports :many
select id, file_name, mapping_name, rows_read, rows_added, imported_at
from activity_import where service_id = @service_id order by imported_at desc, id desc limit 50;

-- name: InsertImport :exec
insert into activity_import (service_id, id, file_name, file_hash, mapping_name, rows_read, rows_added, rows_rejected, rejects, counts, waits, tied, imported_at, imported_by)
values (@service_id, @id, @file_name, @file_hash, @mapping_name, @rows_read, @rows_added, @rows_rejected, @rejects, @counts, @waits, @tied, @imported_at, @imported_by);
