-- name: ServiceForOrganisation :one
-- The OH service that serves an organisation on a day: a contract, the latest to begin.
select c.service_id, s.name, s.phone, s.urgent_text, s.review_days
from contract c join service s on s.id = c.service_id
where c.organisation_id = @organisation_id and c.valid_from <= @on_day and (c.valid_to is null or c.valid_to > @on_day)
order by c.valid_from desc limit 1;

-- name: TargetFor :one
-- The target of a measure on a day, in working days.
select working_days, source from service_target
where service_id = @service_id and measure = @measure and valid_from <= @on_day
order by valid_from desc limit 1;

-- name: InsertOrganisation :exec
insert into organisation (id, kind, ods_code) values (@id, @kind, @ods_code);

-- name: InsertSpan :exec
insert into organisation_span (organisation_id, valid_from, valid_to, name, parent_id) values (@organisation_id, @valid_from, @valid_to, @name, @parent_id);

-- name: InsertService :exec
insert into service (id, organisation_id, name, phone, urgent_text, review_days) values (@id, @organisation_id, @name, @phone, @urgent_text, @review_days);

-- name: InsertTarget :exec
insert into service_target (service_id, measure, valid_from, working_days, source) values (@service_id, @measure, @valid_from, @working_days, @source);

-- name: InsertContract :exec
insert into contract (service_id, organisation_id, valid_from, valid_to) values (@service_id, @organisation_id, @valid_from, @valid_to);

-- name: ListServed :many
-- Who is served by an OH service on a day, with the service: the latest contract to begin, and the name of that day.
select distinct on (o.id) o.id, coalesce(o.ods_code, '') as ods_code, coalesce(n.name, '') as name, c.service_id
from contract c join organisation o on o.id = c.organisation_id
left join organisation_span n on n.organisation_id = o.id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day)
where c.valid_from <= @on_day and (c.valid_to is null or c.valid_to > @on_day)
order by o.id, c.valid_from desc;

-- name: TakesReferrals :one
-- Whether a service takes new referrals from an organisation on a day.
select exists (select 1 from contract c where c.organisation_id = @organisation_id and c.service_id = @service_id
 and c.valid_from <= @on_day and (c.valid_to is null or c.valid_to > @on_day) and (c.refers_until is null or c.refers_until > @on_day))::boolean as takes;
