-- name: LockIntake :exec
select pg_advisory_xact_lock(hashtextextended('growth.intake ' || @organisation::text, 0));

-- name: InsertImport :exec
insert into data_import (organisation_id, id, kind, file_name, file_hash, rows_read, rows_changed, rows_rejected, rejects, imported_at, imported_by)
values (@organisation_id, @id, @kind, @file_name, @file_hash, @rows_read, @rows_changed, @rows_rejected, @rejects, @imported_at, @imported_by);

-- name: FindImport :one
-- The newest import of the same file.
select id from data_import where organisation_id = @organisation_id and kind = @kind and file_hash = @file_hash order by imported_at desc, id desc limit 1;

-- name: LoadImport :one
select kind, file_name, rows_read, rows_changed, rows_rejected, rejects, imported_at, imported_by
from data_import where organisation_id = @organisation_id and id = @id;

-- name: ListImports :many
select id, kind, file_name, rows_read, rows_changed, rows_rejected, imported_at, imported_by
from data_import where organisation_id = @organisation_id order by imported_at desc, id desc limit 50;
