-- name: OdsCode :one
-- The code under which an organisation appears in published files.
select ods_code from organisation where id = @id;

-- name: FindImport :one
-- An import by what the file held.
select id from absence_import where organisation_id = @organisation_id and file_hash = @file_hash;

-- name: LoadImport :one
select id, layout, file_name, source, rows_read, rows_rejected, rows_kept, rejects, kept_months, first_month, last_month, imported_at
from absence_import where organisation_id = @organisation_id and id = @id;

-- name: ListImports :many
select id, layout, file_name, source, rows_read, rows_rejected, rows_kept, first_month, last_month, imported_at
from absence_import where organisation_id = @organisation_id order by imported_at desc limit 50;

-- name: InsertImport :exec
insert into absence_import (organisation_id, id, layout, file_name, file_hash, source, rows_read, rows_rejected, rows_kept, rejects, kept_months, first_month, last_month, imported_at, imported_by)
values (@organisation_id, @id, @layout, @file_name, @file_hash, @source, @rows_read, @rows_rejected, @rows_kept, @rejects, @kept_months, @first_month, @last_month, @imported_at, @imported_by);

-- name: MonthTotals :many
-- Days lost that are held already of the organisation itself, by month, from trust reports (they have no days available).
select month, sum(days_lost)::double precision as days from absence_reason
where organisation_id = @organisation_id and scope = 'own' and month = any (@months::date[]) group by month order by month;

-- name: ClearReasons :exec
-- A newer report of a month leaves no reason of the older one behind; the growth login deletes nothing.
update absence_reason set days_lost = 0, episodes = case when episodes is null then null else 0 end, import_id = @import_id
where organisation_id = @organisation_id and scope = @scope and month = any (@months::date[]);

-- name: ClearEpisodes :exec
-- The same for episodes; what a published file said of the month stays.
update absence_rate set days_lost = case when days_available is null then 0 else days_lost end, episodes = 0, long_term_days = 0, short_term_days = 0, import_id = @import_id
where organisation_id = @organisation_id and scope = 'own' and month = any (@months::date[]) and episodes is not null;

-- name: UpsertRates :exec
-- Published rates: days lost and available.
insert into absence_rate (organisation_id, scope, month, staff_group, days_lost, days_available, import_id)
select @organisation_id, unnest(@scope::text[]), unnest(@month::date[]), unnest(@staff_group::text[]), unnest(@days_lost::double precision[]), unnest(@days_available::double precision[]), @import_id
on conflict (organisation_id, scope, month, staff_group) do update
set days_lost = excluded.days_lost, days_available = excluded.days_available, import_id = excluded.import_id;

-- name: UpsertEpisodes :exec
-- A trust's own report: episodes, long and short term. Published days lost are kept where there are any.
insert into absence_rate (organisation_id, scope, month, staff_group, days_lost, episodes, long_term_days, short_term_days, import_id)
select @organisation_id, 'own', unnest(@month::date[]), unnest(@staff_group::text[]), unnest(@days_lost::double precision[]), unnest(@episodes::int[]), unnest(@long_days::double precision[]), unnest(@short_days::double precision[]), @import_id
on conflict (organisation_id, scope, month, staff_group) do update
set days_lost = case when absence_rate.days_available is null then excluded.days_lost else absence_rate.days_lost end,
 episodes = excluded.episodes, long_term_days = excluded.long_term_days, short_term_days = excluded.short_term_days, import_id = excluded.import_id;

-- name: UpsertReasons :exec
-- Episodes of -1 were not counted: published files have none.
insert into absence_reason (organisation_id, scope, month, staff_group, reason, days_lost, episodes, import_id)
select @organisation_id, @scope, unnest(@month::date[]), unnest(@staff_group::text[]), unnest(@reason::text[]), unnest(@days_lost::double precision[]), nullif(unnest(@episodes::int[]), -1), @import_id
on conflict (organisation_id, scope, month, staff_group, reason) do update
set days_lost = excluded.days_lost, episodes = excluded.episodes, import_id = excluded.import_id;

-- name: ListRates :many
-- Monthly figures with the days available: as published, else from the staff feed.
select r.month, r.staff_group, r.days_lost, coalesce(r.days_available, w.fte_days, 0)::double precision as days_available, r.episodes, r.long_term_days, r.short_term_days
from absence_rate r left join rollup_workforce w on r.scope = 'own' and w.organisation_id = r.organisation_id
 and w.month = r.month and w.staff_group = r.staff_group
where r.organisation_id = @organisation_id and r.scope = @scope and r.month >= @from_month
order by r.month, r.staff_group;

-- name: ListReasons :many
select month, reason, sum(days_lost)::double precision as days_lost, coalesce(sum(episodes), 0)::bigint as episodes, bool_and(episodes is not null)::boolean as counted
from absence_reason
where organisation_id = @organisation_id and scope = @scope and month >= @from_month
group by month, reason order by month, reason;
