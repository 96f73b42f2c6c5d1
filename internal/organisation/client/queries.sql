-- name: ListContracts :many
-- The contracts of a service that stand or stood, those of today first.
select c.organisation_id, coalesce(n.name, '')::text as name, o.kind, coalesce(o.ods_code, '')::text as ods_code, c.valid_from, c.valid_to, c.refers_until,
 coalesce(c.model, '')::text as model, coalesce(c.integration, '')::text as integration, c.services, (s.organisation_id = c.organisation_id)::boolean as host
from contract c join organisation o on o.id = c.organisation_id join service s on s.id = c.service_id
left join lateral (select w.name from organisation_span w where w.organisation_id = o.id and w.valid_from <= greatest(@on_day::date, c.valid_from) order by w.valid_from desc limit 1) n on true
where c.service_id = @service_id and (sqlc.narg('organisation_id')::uuid is null or c.organisation_id = @organisation_id)
order by (c.valid_to is null or c.valid_to > @on_day) desc, s.organisation_id = c.organisation_id desc, n.name, c.valid_from desc limit 500;

-- name: InsertContract :exec
insert into contract (service_id, organisation_id, valid_from, refers_until, model, integration, services)
values (@service_id, @organisation_id, @valid_from, @refers_until, @model, @integration, @services);

-- name: SetTerms :execrows
-- What a contract says, while it stands.
update contract set model = @model, integration = @integration, services = @services
where service_id = @service_id and organisation_id = @organisation_id and valid_from = @valid_from and (valid_to is null or valid_to > @on_day);

-- name: SetLast :execrows
-- The day from which no new referral is taken; one that has come stays.
update contract set refers_until = @refers_until
where service_id = @service_id and organisation_id = @organisation_id and valid_from = @valid_from and valid_to is null and (refers_until is null or refers_until > @on_day);

-- name: CloseContract :execrows
update contract set valid_to = @valid_to
where service_id = @service_id and organisation_id = @organisation_id and valid_from = @valid_from and valid_to is null and refers_until <= @on_day;

-- name: TakenCode :one
select exists (select 1 from organisation where ods_code = @ods_code)::boolean as taken;

-- name: TakenLogin :one
select exists (select 1 from account where login = @login)::boolean as taken;

-- name: FindParent :one
-- The system that the host of a service belongs to on a day: its clients belong there too, unless somebody says otherwise.
select n.parent_id from service s join organisation_span n on n.organisation_id = s.organisation_id
where s.id = @service_id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day);
