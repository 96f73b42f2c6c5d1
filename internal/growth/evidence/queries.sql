-- name: LockEvidence :exec
-- Lets one file of an organisation in at a time, so that what changed is counted against what stands.
select pg_advisory_xact_lock(hashtextextended('evidence ' || @organisation::text, 0));

-- name: InsertImport :exec
insert into evidence_import (organisation_id, id, file_name, file_hash, rows_read, rows_changed, rows_rejected, rejects, imported_at, imported_by)
values (@organisation_id, @id, @file_name, @file_hash, @rows_read, @rows_changed, @rows_rejected, @rejects, @imported_at, @imported_by);

-- name: FindImportByHash :one
-- The newest report of the same file.
select id from evidence_import where organisation_id = @organisation_id and file_hash = @file_hash order by imported_at desc limit 1;

-- name: FindImport :one
select * from evidence_import where organisation_id = @organisation_id and id = @id;

-- name: ListImports :many
-- The last 50 files.
select id, file_name, rows_changed, rows_rejected, imported_at from evidence_import where organisation_id = @organisation_id order by imported_at desc limit 50;

-- name: ListEditions :many
-- The editions of each framework in the order in which they came.
select framework, n, edition from evidence_edition where organisation_id = @organisation_id order by framework, n;

-- name: InsertEdition :exec
insert into evidence_edition (organisation_id, framework, n, edition, at) values (@organisation_id, @framework, @n, @edition, @at);

-- name: InsertStandard :exec
insert into evidence_standard (organisation_id, id, framework, code) values (@organisation_id, @id, @framework, @code);

-- name: InsertStandardVersion :exec
insert into evidence_standard_version (organisation_id, standard_id, n, edition, place, domain, title, level, import_id)
values (@organisation_id, @standard_id, @n, @edition, @place, @domain, @title, @level, @import_id);

-- name: ListStandards :many
-- The newest version of every standard, in the order of its list.
select distinct on (s.framework, s.code) s.id, s.framework, s.code, v.n, v.edition, v.place, v.domain, v.title, v.level
from evidence_standard s join evidence_standard_version v on v.organisation_id = s.organisation_id and v.standard_id = s.id
where s.organisation_id = @organisation_id order by s.framework, s.code, v.n desc;

-- name: ListVersions :many
-- Every version of one standard, the newest first.
select v.n, v.edition, v.title, i.imported_at from evidence_standard_version v
join evidence_import i on i.organisation_id = v.organisation_id and i.id = v.import_id
where v.organisation_id = @organisation_id and v.standard_id = @standard_id order by v.n desc;

-- name: InsertItem :execrows
-- An item of evidence. The same id again changes nothing.
insert into evidence_item (organisation_id, id, kind, title, body, citation_id, document_id, owner, reviewer, collected_on, valid_until, status, status_at, status_by, author, at)
values (@organisation_id, @id, @kind, @title, @body, @citation_id, @document_id, @owner, @reviewer, @collected_on, @valid_until, 'draft', @at, @author, @author, @at)
on conflict (organisation_id, id) do nothing;

-- name: ChangeItem :execrows
-- Other words, posts or days: what was reviewed is a draft again.
update evidence_item set title = @title, body = @body, owner = @owner, reviewer = @reviewer, collected_on = @collected_on, valid_until = @valid_until,
 status = 'draft', status_at = @at, status_by = @by
where organisation_id = @organisation_id and id = @id and status <> 'replaced';

-- name: MoveItem :execrows
update evidence_item set status = @status, status_at = @at, status_by = @by, replaced_by = @replaced_by
where organisation_id = @organisation_id and id = @id and status = @from_status;

-- name: ListItems :many
-- Every item, the newest first.
select * from evidence_item where organisation_id = @organisation_id order by at desc, id desc;

-- name: LockItem :one
select * from evidence_item where organisation_id = @organisation_id and id = @id for update;

-- name: ListLinks :many
-- Which item serves which standard now.
select item_id, standard_id from evidence_link where organisation_id = @organisation_id and ended_at is null order by at, id;

-- name: InsertLink :exec
insert into evidence_link (organisation_id, id, item_id, standard_id, author, at) values (@organisation_id, @id, @item_id, @standard_id, @author, @at);

-- name: EndLink :exec
update evidence_link set ended_at = @ended_at, ended_by = @ended_by
where organisation_id = @organisation_id and item_id = @item_id and standard_id = @standard_id and ended_at is null;

-- name: ListCleared :many
-- What was confirmed not to be about a person.
select * from evidence_cleared where organisation_id = @organisation_id order by at, digest;

-- name: InsertCleared :execrows
insert into evidence_cleared (organisation_id, object_id, digest, kind, reason, author, at)
values (@organisation_id, @object_id, @digest, @kind, @reason, @author, @at) on conflict (organisation_id, object_id, digest) do nothing;

-- name: InsertReminder :execrows
-- A band of an item speaks once.
insert into evidence_reminder (organisation_id, item_id, valid_until, band, at)
values (@organisation_id, @item_id, @valid_until, @band, @at) on conflict (organisation_id, item_id, valid_until, band) do nothing;

-- name: ListReminders :many
-- The last 50 reminders of what can still be renewed.
select r.item_id, r.valid_until, r.band, r.at, i.title, i.owner from evidence_reminder r
join evidence_item i on i.organisation_id = r.organisation_id and i.id = r.item_id
where r.organisation_id = @organisation_id and i.status <> 'replaced' and r.valid_until = i.valid_until order by r.at desc, r.item_id limit 50;

-- name: InsertSnapshot :execrows
insert into evidence_snapshot (organisation_id, id, n, as_of, body, sha256, author, at)
values (@organisation_id, @id, @n, @as_of, @body, @sha256, @author, @at) on conflict (organisation_id, id) do nothing;

-- name: ListSnapshots :many
-- Every snapshot, the newest first, without its text.
select id, n, as_of, sha256, author, at from evidence_snapshot where organisation_id = @organisation_id order by n desc;

-- name: FindSnapshot :one
select * from evidence_snapshot where organisation_id = @organisation_id and id = @id;

-- name: OrganisationName :one
-- What the organisation is called on a day.
select name from organisation_span
where organisation_id = @organisation_id and valid_from <= @on_day and (valid_to is null or valid_to > @on_day)
order by valid_from desc limit 1;

-- name: ListHosts :many
-- The organisations that have an occupational health service: evidence is theirs.
select distinct organisation_id from service order by organisation_id;
