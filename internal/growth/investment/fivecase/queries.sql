-- name: ListTexts :many
-- Every version of every part, newest first.
select part, n, body, at, by from invest_text where organisation_id = @organisation_id order by part, n desc;

-- name: InsertText :execrows
insert into invest_text (organisation_id, part, n, body, at, by) values (@organisation_id, @part, @n, @body, @at, @by) on conflict do nothing;

-- name: InsertCited :exec
insert into invest_cited (organisation_id, part, n, place, citation_id) values (@organisation_id, @part, @n, @place, @citation_id);

-- name: ListCited :many
select part, n, citation_id from invest_cited where organisation_id = @organisation_id order by part, n, place;

-- name: ListCases :many
select id, n, meeting_on, body, sha256, citations, promise, outdated, author, at from invest_case where organisation_id = @organisation_id order by n desc;

-- name: InsertCase :execrows
insert into invest_case (organisation_id, id, n, meeting_on, body, sha256, citations, promise, outdated, author, at) values (@organisation_id, @id, @n, @meeting_on, @body, @sha256, @citations, @promise, @outdated, @author, @at)
on conflict (organisation_id, id) do nothing;

-- name: OrganisationName :one
-- What the organisation is called on a day.
select name from organisation_span
where organisation_id = @organisation_id and valid_from <= @on_day and (valid_to is null or valid_to > @on_day)
order by valid_from desc limit 1;
