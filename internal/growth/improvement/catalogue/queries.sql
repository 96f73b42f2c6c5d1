-- name: ListEntries :many
-- What was entered, newest year first.
select year, class, spend, hours, changed_at, changed_by from balance_entry where organisation_id = @organisation_id order by year desc, class;

-- name: SaveEntry :exec
insert into balance_entry (organisation_id, year, class, spend, hours, changed_at, changed_by)
values (@organisation_id, @year, @class, @spend, @hours, @changed_at, @changed_by)
on conflict (organisation_id, year, class) do update set spend = excluded.spend, hours = excluded.hours, changed_at = excluded.changed_at, changed_by = excluded.changed_by;
