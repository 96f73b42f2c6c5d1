-- name: ListCosts :many
-- What was worked out, the newest year first, and of each the newest.
select distinct on (year) * from unit_cost where organisation_id = @organisation_id order by year desc, made_at desc, id desc limit 20;

-- name: InsertCost :execrows
insert into unit_cost (organisation_id, id, year, team_pence, overhead_bp, overhead_source, hours, minutes, missed_bp, per_case, given, basis, made_at, by_name)
values (@organisation_id, @id, @year, @team_pence, @overhead_bp, @overhead_source, @hours, @minutes, @missed_bp, @per_case, @given, @basis, @made_at, @by_name) on conflict (organisation_id, id) do nothing;

-- name: FindLast :one
-- When the newest year was worked out last.
select made_at from unit_cost where organisation_id = @organisation_id order by year desc, made_at desc limit 1;
