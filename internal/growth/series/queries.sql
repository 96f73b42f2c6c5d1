-- name: ListSeries :many
-- The newest definition of each measure.
select distinct on (code) code, version, wording, title, counts, unit, per, direction, source, frequency, control, defined_at
from series where organisation_id = @organisation_id order by code, version desc, wording desc;

-- name: InsertSeries :exec
insert into series (organisation_id, code, version, wording, title, counts, unit, per, direction, source, frequency, control, import_id, defined_at)
values (@organisation_id, @code, @version, @wording, @title, @counts, @unit, @per, @direction, @source, @frequency, @control, @import_id, @defined_at);

-- name: ListPoints :many
select code, part, part_name, period, state, numerator, denominator
from series_point where organisation_id = @organisation_id and code = any (@codes::text[]) order by code, part, period;

-- name: LastFilled :many
-- When each measure was last filled.
select p.code, max(i.imported_at)::timestamptz as at from series_point p
join data_import i on i.organisation_id = p.organisation_id and i.id = p.import_id
where p.organisation_id = @organisation_id group by p.code order by p.code;

-- name: UpsertPoints :exec
insert into series_point (organisation_id, code, part, part_name, period, state, numerator, denominator, import_id)
select @organisation_id, x.code, x.part, x.part_name, x.period, x.state, case when x.has_numbers then x.numerator end, case when x.has_of then x.denominator end, @import_id
from (select unnest(@code::text[]) as code, unnest(@part::text[]) as part, unnest(@part_name::text[]) as part_name, unnest(@period::date[]) as period, unnest(@state::text[]) as state,
 unnest(@numerator::double precision[]) as numerator, unnest(@denominator::double precision[]) as denominator, unnest(@has_numbers::boolean[]) as has_numbers, unnest(@has_of::boolean[]) as has_of) x
on conflict (organisation_id, code, part, period) do update
set part_name = excluded.part_name, state = excluded.state, numerator = excluded.numerator, denominator = excluded.denominator, import_id = excluded.import_id;
