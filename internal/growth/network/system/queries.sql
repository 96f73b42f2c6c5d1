-- name: InsertRelease :execrows
-- A release that was received; one that is there stays.
insert into system_release (organisation_id, id, fingerprint, code, name, model, system, as_at, made_at, taken_at, way, figures)
values (@organisation_id, @id, @fingerprint, @code, @name, @model, @system, @as_at, @made_at, @taken_at, @way, @figures) on conflict do nothing;

-- name: InsertValues :execrows
-- The figures of a release; what was received before stays as it is.
insert into system_value (organisation_id, fingerprint, code, release_id, metric, item, month, definition, state, part, whole, score)
select @organisation_id, @fingerprint, @code, @release_id, v.metric, v.item, v.month, v.definition, v.state, v.part, v.whole, v.score
from jsonb_to_recordset(@figures::jsonb) as v (metric text, item text, month date, definition text, state text, part int, whole int, score int)
on conflict do nothing;

-- name: ListValues :many
-- Everything that an ICS has received, with the name and model of the newest release of each organisation.
select v.fingerprint, v.code, v.metric, v.item, v.month, v.definition, v.state, v.part, v.whole, v.score, r.name, r.model, r.system
from system_value v join lateral (
  select x.name, x.model, x.system from system_release x
  where x.organisation_id = v.organisation_id and x.fingerprint = v.fingerprint and x.code = v.code order by x.as_at desc, x.made_at desc limit 1) r on true
where v.organisation_id = @system_id and v.month >= @from_month and v.month <= @to_month
order by v.metric, v.item, v.month, v.code, v.fingerprint;

-- name: Newest :one
-- The newest month that an ICS has received anything of; null for nothing.
select max(month)::date as month from system_value where organisation_id = @system_id having max(month) is not null;

-- name: HasRelease :one
-- Whether a release has arrived.
select exists (select 1 from system_release where organisation_id = @organisation_id and id = @id)::boolean as has;

-- name: ListReceived :many
-- The releases that an ICS has received, the newest first.
select id, fingerprint, code, name, model, as_at, made_at, taken_at, way, figures from system_release where organisation_id = @system_id order by taken_at desc, id;

-- name: ListKeys :many
-- The installations whose files an ICS takes.
select fingerprint, name, added_at, by_name, closed_at from system_key where organisation_id = @system_id order by name, fingerprint;

-- name: PutKey :execrows
-- Take files of an installation; one that was closed is opened again under the name that is given now.
insert into system_key (organisation_id, fingerprint, name, added_at, by_name) values (@system_id, @fingerprint, @name, @at, @by_name)
on conflict (organisation_id, fingerprint) do update set name = excluded.name, closed_at = null where system_key.closed_at is not null;

-- name: CloseKey :execrows
-- Take no more files of an installation.
update system_key set closed_at = @at where organisation_id = @system_id and fingerprint = @fingerprint and closed_at is null;
