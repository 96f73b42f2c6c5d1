-- name: InsertCitation :exec
-- A figure as it stood when it was relied on.
insert into citation (organisation_id, id, kind, name, period, title, state, value, number, period_text, definition, version, source, source_at, digest, cited_at, cited_by)
values (@organisation_id, @id, @kind, @name, @period, @title, @state, @value, @number, @period_text, @definition, @version, @source, @source_at, @digest, @cited_at, @cited_by);

-- name: ListCitations :many
select * from citation where organisation_id = @organisation_id and id = any (@ids::uuid[]) order by cited_at, id;
