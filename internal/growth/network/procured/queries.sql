-- name: ListRatings :many
-- What both sides said of a client, of one provider or of all that the reader may see, the newest first.
select * from contract_rating where client_id = @client_id and (sqlc.narg('organisation_id')::uuid is null or organisation_id = @organisation_id)
order by rated_on desc, saved_at desc, id desc limit 2000;

-- name: InsertRating :execrows
insert into contract_rating (organisation_id, id, client_id, side, theme, title, level, words, number, source, evidence, next_step, rated_on, saved_at, by_name)
values (@organisation_id, @id, @client_id, @side, @theme, @title, @level, @words, @number, @source, @evidence, @next_step, @rated_on, @at, @by_name) on conflict do nothing;

-- name: ListProviders :many
-- Who provides occupational health to an organisation on a day, under a contract whose doors are open.
select distinct s.organisation_id, coalesce((select w.name from organisation_span w where w.organisation_id = s.organisation_id and w.valid_from <= @on_day::date order by w.valid_from desc limit 1), '')::text as name
from contract c join service s on s.id = c.service_id
where c.organisation_id = @client_id and c.valid_from <= @on_day and (c.valid_to is null or c.valid_to > @on_day) order by name, s.organisation_id;
