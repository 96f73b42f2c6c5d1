-- name: ListLevels :many
-- Every service level that was ever agreed on with a client, by its first month; of one host, or of all that the reader may see.
select * from contract_level where client_id = @client_id and (sqlc.narg('organisation_id')::uuid is null or organisation_id = @organisation_id)
order by indicator, valid_from, saved_at, id;

-- name: InsertLevel :execrows
insert into contract_level (organisation_id, id, client_id, indicator, version, days, clock, target, valid_from, saved_at, by_name)
values (@organisation_id, @id, @client_id, @indicator, @version, @days, @clock, @target, @valid_from, @saved_at, @by_name) on conflict (organisation_id, id) do nothing;

-- name: EndLevel :execrows
update contract_level set valid_to = @valid_to where organisation_id = @organisation_id and id = @id and valid_to is null;

-- name: ListLines :many
-- Every price that was ever agreed on with a client, by its first month.
select * from contract_line where client_id = @client_id and (sqlc.narg('organisation_id')::uuid is null or organisation_id = @organisation_id)
order by item, valid_from, saved_at, id;

-- name: InsertLine :execrows
insert into contract_line (organisation_id, id, client_id, item, basis, pence, expected, band, valid_from, saved_at, by_name)
values (@organisation_id, @id, @client_id, @item, @basis, @pence, @expected, @band, @valid_from, @saved_at, @by_name) on conflict (organisation_id, id) do nothing;

-- name: EndLine :execrows
update contract_line set valid_to = @valid_to where organisation_id = @organisation_id and id = @id and valid_to is null;

-- name: ListDates :many
-- Notice and reviews as agreed on, the newest of each client first.
select * from contract_dates where (sqlc.narg('client_id')::uuid is null or client_id = @client_id) and (sqlc.narg('organisation_id')::uuid is null or organisation_id = @organisation_id)
order by client_id, saved_at desc;

-- name: InsertDates :exec
insert into contract_dates (organisation_id, client_id, saved_at, notice_months, every_months, review_on, by_name)
values (@organisation_id, @client_id, @saved_at, @notice_months, @every_months, @review_on, @by_name);

-- name: ListPacks :many
-- The packs of a client, the newest first, with the review that was held over each.
select p.organisation_id, p.id, p.client_id, p.from_month, p.to_month, p.sha256, p.made_at, p.by_name, r.held_on, r.next_on
from contract_pack p left join contract_review r on r.organisation_id = p.organisation_id and r.pack_id = p.id
where p.client_id = @client_id and (sqlc.narg('organisation_id')::uuid is null or p.organisation_id = @organisation_id)
order by p.from_month desc, p.made_at desc limit 200;

-- name: FindPack :one
select * from contract_pack where id = @id and client_id = @client_id and (sqlc.narg('organisation_id')::uuid is null or organisation_id = @organisation_id);

-- name: InsertPack :exec
insert into contract_pack (organisation_id, id, client_id, from_month, to_month, content, sha256, made_at, by_name)
values (@organisation_id, @id, @client_id, @from_month, @to_month, @content, @sha256, @made_at, @by_name);

-- name: InsertReview :execrows
insert into contract_review (organisation_id, pack_id, client_id, held_on, next_on, saved_at, by_name)
values (@organisation_id, @pack_id, @client_id, @held_on, @next_on, @saved_at, @by_name) on conflict (organisation_id, pack_id) do nothing;

-- name: ListActions :many
-- What was agreed at reviews with a client, the next due first.
select * from contract_action where client_id = @client_id and (sqlc.narg('organisation_id')::uuid is null or organisation_id = @organisation_id)
order by done_at is not null, due_on, id limit 500;

-- name: InsertAction :execrows
insert into contract_action (organisation_id, id, pack_id, client_id, what, side, due_on, saved_at, by_name)
values (@organisation_id, @id, @pack_id, @client_id, @what, @side, @due_on, @saved_at, @by_name) on conflict (organisation_id, id) do nothing;

-- name: FinishAction :execrows
update contract_action set done_at = @done_at, done_by = @done_by where organisation_id = @organisation_id and id = @id and done_at is null;

-- name: ListHostLines :many
-- Every price that a host has agreed on, by client.
select * from contract_line where organisation_id = @organisation_id order by client_id, item, valid_from, saved_at, id limit 5000;
