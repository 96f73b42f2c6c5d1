-- name: ListListed :many
-- Who is named on the public page of a service, and takes part today: row security leaves out whoever did not say yes.
select f.organisation_id, n.name, o.kind, (c.refers_until is null or c.refers_until > @on_day)::boolean as taking
from front_door f join organisation o on o.id = f.organisation_id
join contract c on c.organisation_id = f.organisation_id and c.service_id = f.service_id and c.valid_from <= @on_day and (c.valid_to is null or c.valid_to > @on_day)
join organisation_span n on n.organisation_id = o.id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day)
where f.service_id = @service_id and f.newest and f.listed order by n.name, f.organisation_id limit 500;

-- name: ListEverywhere :many
-- Who is named on the public page of any service, and takes part today.
select f.organisation_id, n.name, f.service_id
from front_door f join contract c on c.organisation_id = f.organisation_id and c.service_id = f.service_id and c.valid_from <= @on_day and (c.valid_to is null or c.valid_to > @on_day)
join organisation_span n on n.organisation_id = f.organisation_id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day)
where f.newest and f.listed order by n.name, f.organisation_id limit 2000;

-- name: ListOpenSites :many
-- Where clinics run for those who are named.
select s.client_id, s.id, s.kind, s.name, s.days from contract_site s join front_door f on f.organisation_id = s.client_id and f.newest and f.listed
where s.organisation_id = @organisation_id and s.shown order by s.kind, s.name, s.id limit 1000;

-- name: NewestListing :one
select listed, saved_at, by_name from front_door where organisation_id = @organisation_id and service_id = @service_id and newest;

-- name: ListListings :many
-- Which clients of a service said whether they want to be named.
select organisation_id, listed from front_door where service_id = @service_id and newest;

-- name: RetireListing :exec
update front_door set newest = false where organisation_id = @organisation_id and service_id = @service_id and newest;

-- name: InsertListing :exec
insert into front_door (organisation_id, service_id, saved_at, listed, by_name) values (@organisation_id, @service_id, @saved_at, @listed, @by_name);

-- name: ListSites :many
-- The sites of a client that are open, for its service or itself.
select organisation_id, id, kind, name, days, saved_at from contract_site where client_id = @client_id and (sqlc.narg('organisation_id')::uuid is null or organisation_id = @organisation_id) and shown
order by kind, name, id limit 100;

-- name: FindSite :one
select id, client_id, ended_at from contract_site where organisation_id = @organisation_id and id = @id;

-- name: InsertSite :execrows
insert into contract_site (organisation_id, id, client_id, kind, name, days, saved_at, by_name)
values (@organisation_id, @id, @client_id, @kind, @name, @days, @saved_at, @by_name) on conflict (organisation_id, id) do nothing;

-- name: EndSite :execrows
update contract_site set shown = false, ended_at = @ended_at where organisation_id = @organisation_id and id = @id and shown;
