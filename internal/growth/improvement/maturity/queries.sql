-- name: ListFrameworks :many
select id, name, file_name, rows_read, themes, rejects, imported_at, imported_by from maturity_framework where organisation_id = @organisation_id order by imported_at, id;

-- name: FindByDigest :one
select id from maturity_framework where organisation_id = @organisation_id and digest = @digest;

-- name: InsertFramework :execrows
insert into maturity_framework (organisation_id, id, name, file_name, digest, rows_read, themes, rejects, imported_at, imported_by)
values (@organisation_id, @id, @name, @file_name, @digest, @rows_read, @themes, @rejects, @imported_at, @imported_by)
on conflict (organisation_id, digest) do nothing;

-- name: ListRatings :many
-- Newest first: by the day they speak of, then by when they were written.
select id, framework, theme, level, evidence, next_step, rated_on, at, by, number, taken_id from maturity_rating
where organisation_id = @organisation_id order by rated_on desc, at desc, id desc;

-- name: InsertRating :execrows
insert into maturity_rating (organisation_id, id, framework, theme, level, evidence, next_step, rated_on, at, by, number, taken_id)
values (@organisation_id, @id, @framework, @theme, @level, @evidence, @next_step, @rated_on, @at, @by, @number, @taken_id)
on conflict do nothing;

-- name: ListTaken :many
-- The versions that were taken up, the newest first.
select * from maturity_taken where organisation_id = @organisation_id order by taken_at desc, id;

-- name: InsertTaken :execrows
insert into maturity_taken (organisation_id, id, host_id, host_name, number, name, source, effective_from, themes, summary, reasons, taken_at, taken_by)
values (@organisation_id, @id, @host_id, @host_name, @number, @name, @source, @effective_from, @themes, @summary, @reasons, @at, @by_name) on conflict do nothing;
