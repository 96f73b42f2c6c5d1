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

-- name: SystemOf :one
-- The ICS that an organisation belongs to on a day: the nearest above it in the tree of that day.
with recursive up (id, depth) as (
  select s.parent_id, 1 from organisation_span s
  where s.organisation_id = @organisation_id and s.valid_from <= @on_day and (s.valid_to is null or s.valid_to > @on_day)
  union all
  select s.parent_id, up.depth + 1 from up join organisation_span s on s.organisation_id = up.id and s.valid_from <= @on_day and (s.valid_to is null or s.valid_to > @on_day)
  where up.depth < 10
)
select o.id, coalesce(o.ods_code, '') as ods_code, n.name
from up join organisation o on o.id = up.id and o.kind = 'ics'
join organisation_span n on n.organisation_id = o.id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day)
order by up.depth limit 1;

-- name: NationOf :one
-- The nation that an organisation belongs to on a day: the one above it in the tree of that day.
with recursive up (id, depth) as (
  select s.parent_id, 1 from organisation_span s
  where s.organisation_id = @organisation_id and s.valid_from <= @on_day and (s.valid_to is null or s.valid_to > @on_day)
  union all
  select s.parent_id, up.depth + 1 from up join organisation_span s on s.organisation_id = up.id and s.valid_from <= @on_day and (s.valid_to is null or s.valid_to > @on_day)
  where up.depth < 10
)
select o.id, coalesce(o.ods_code, '') as ods_code, n.name
from up join organisation o on o.id = up.id and o.kind = 'nation'
join organisation_span n on n.organisation_id = o.id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day)
order by up.depth limit 1;

-- name: NameOn :one
-- An organisation as it was on a day: its name and ODS code.
select o.id, o.kind, coalesce(o.ods_code, '') as ods_code, n.name
from organisation o join organisation_span n on n.organisation_id = o.id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day)
where o.id = @organisation_id;

-- name: MembersOf :many
-- The organisations of an ICS on a day whose staff no other organisation's service looks after: those that have figures of their own.
with recursive down (id, depth) as (
  select s.organisation_id, 1 from organisation_span s
  where s.parent_id = @system_id and s.valid_from <= @on_day and (s.valid_to is null or s.valid_to > @on_day)
  union all
  select s.organisation_id, down.depth + 1 from down join organisation_span s on s.parent_id = down.id and s.valid_from <= @on_day and (s.valid_to is null or s.valid_to > @on_day)
  where down.depth < 10
)
select distinct o.id, o.kind, coalesce(o.ods_code, '') as ods_code, n.name
from down join organisation o on o.id = down.id
join organisation_span n on n.organisation_id = o.id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day)
where o.kind not in ('nation','region','ics') and not exists (
  select 1 from contract c join service s on s.id = c.service_id
  where c.organisation_id = o.id and s.organisation_id <> o.id and c.valid_from <= @on_day and (c.valid_to is null or c.valid_to > @on_day))
order by n.name, o.id;

-- name: SystemsBelow :many
-- The ICSs below a nation on a day.
with recursive down (id, depth) as (
  select s.organisation_id, 1 from organisation_span s
  where s.parent_id = @nation_id and s.valid_from <= @on_day and (s.valid_to is null or s.valid_to > @on_day)
  union all
  select s.organisation_id, down.depth + 1 from down join organisation_span s on s.parent_id = down.id and s.valid_from <= @on_day and (s.valid_to is null or s.valid_to > @on_day)
  where down.depth < 10
)
select distinct o.id, coalesce(o.ods_code, '') as ods_code, n.name
from down join organisation o on o.id = down.id and o.kind = 'ics'
join organisation_span n on n.organisation_id = o.id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day)
order by n.name, o.id;

-- name: ModelOf :one
-- How the host of a service has its own staff looked after, on a day: internal, hosted and so on; '' where nobody has said.
select coalesce(c.model, '')::text as model
from contract c join service s on s.id = c.service_id
where s.id = @service_id and c.organisation_id = s.organisation_id and c.valid_from <= @on_day and (c.valid_to is null or c.valid_to > @on_day)
order by c.valid_from desc limit 1;
