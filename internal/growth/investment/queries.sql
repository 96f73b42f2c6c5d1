-- name: FindPlan :one
select starts_on, pay_uplift, awards, inflation, delay, chosen, changed_at, changed_by from invest_plan where organisation_id = @organisation_id;

-- name: LockPlan :one
-- Whoever changes the register waits here, so that two benefits cannot claim the same at the same moment.
select starts_on from invest_plan where organisation_id = @organisation_id for update;

-- name: SavePlan :exec
insert into invest_plan (organisation_id, starts_on, pay_uplift, awards, inflation, delay, chosen, changed_at, changed_by)
values (@organisation_id, @starts_on, @pay_uplift, @awards, @inflation, @delay, @chosen, @changed_at, @changed_by)
on conflict (organisation_id) do update set starts_on = excluded.starts_on, pay_uplift = excluded.pay_uplift, awards = excluded.awards, inflation = excluded.inflation, delay = excluded.delay,
 chosen = excluded.chosen, changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: ListLines :many
-- Lines in use, in the order in which they begin.
select id, title, kind, treatment, action_id, post_id, post, role, band, heads, wte, amount_pence, recurrent, starts_on, ends_on, in_minimum, in_preferred, in_maximum, uplift, project_type, bias, bias_reason,
 version, changed_at, changed_by from invest_line where organisation_id = @organisation_id and in_use order by starts_on, title, id;

-- name: InsertLine :execrows
insert into invest_line (organisation_id, id, title, kind, treatment, action_id, post_id, post, role, band, heads, wte, amount_pence, recurrent, starts_on, ends_on, in_minimum, in_preferred, in_maximum, uplift,
 project_type, bias, bias_reason, in_use, version, changed_at, changed_by)
values (@organisation_id, @id, @title, @kind, @treatment, @action_id, @post_id, @post, @role, @band, @heads, @wte, @amount_pence, @recurrent, @starts_on, @ends_on, @in_minimum, @in_preferred, @in_maximum, @uplift,
 @project_type, @bias, @bias_reason, true, 1, @changed_at, @changed_by)
on conflict do nothing;

-- name: UpdateLine :execrows
update invest_line set title = @title, kind = @kind, treatment = @treatment, action_id = @action_id, post_id = @post_id, post = @post, role = @role, band = @band, heads = @heads, wte = @wte, amount_pence = @amount_pence,
 recurrent = @recurrent, starts_on = @starts_on, ends_on = @ends_on, in_minimum = @in_minimum, in_preferred = @in_preferred, in_maximum = @in_maximum, uplift = @uplift, project_type = @project_type,
 bias = @bias, bias_reason = @bias_reason, version = version + 1, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and version = @seen and in_use;

-- name: DropLine :execrows
update invest_line set in_use = false, version = version + 1, changed_at = @changed_at, changed_by = @changed_by where organisation_id = @organisation_id and id = @id and in_use;

-- name: ListBenefits :many
select id, title, class, owner, measure, population, citation_id, gauge_from, gauge_to, unit, low, mode, high, unit_pence, attribution, share, ramp, starts_on, in_minimum, in_preferred, in_maximum,
 version, changed_at, changed_by from invest_benefit where organisation_id = @organisation_id and in_use order by starts_on, title, id;

-- name: InsertBenefit :execrows
insert into invest_benefit (organisation_id, id, title, class, owner, measure, population, citation_id, gauge_from, gauge_to, unit, low, mode, high, unit_pence, attribution, share, ramp, starts_on, in_minimum, in_preferred,
 in_maximum, in_use, version, changed_at, changed_by)
values (@organisation_id, @id, @title, @class, @owner, @measure, @population, @citation_id, sqlc.narg(gauge_from), sqlc.narg(gauge_to), @unit, @low, @mode, @high, @unit_pence, @attribution, @share, @ramp, @starts_on, @in_minimum, @in_preferred,
 @in_maximum, true, 1, @changed_at, @changed_by)
on conflict do nothing;

-- name: UpdateBenefit :execrows
update invest_benefit set title = @title, class = @class, owner = @owner, measure = @measure, population = @population, citation_id = @citation_id, gauge_from = sqlc.narg(gauge_from), gauge_to = sqlc.narg(gauge_to), unit = @unit, low = @low, mode = @mode, high = @high,
 unit_pence = @unit_pence, attribution = @attribution, share = @share, ramp = @ramp, starts_on = @starts_on, in_minimum = @in_minimum, in_preferred = @in_preferred, in_maximum = @in_maximum,
 version = version + 1, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and version = @seen and in_use;

-- name: DropBenefit :execrows
update invest_benefit set in_use = false, version = version + 1, changed_at = @changed_at, changed_by = @changed_by where organisation_id = @organisation_id and id = @id and in_use;

-- name: ListActual :many
select quarter, kind, benefit_id, value, reason, changed_at, changed_by from invest_actual where organisation_id = @organisation_id and in_use order by quarter, kind, benefit_id;

-- name: SaveActual :exec
insert into invest_actual (organisation_id, quarter, kind, benefit_id, value, reason, in_use, changed_at, changed_by)
values (@organisation_id, @quarter, @kind, @benefit_id, @value, @reason, true, @changed_at, @changed_by)
on conflict (organisation_id, quarter, kind, benefit_id) do update set value = excluded.value, reason = excluded.reason, in_use = true, changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: DropActual :execrows
-- What Rowan's own records say stands again.
update invest_actual set in_use = false, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and quarter = @quarter and kind = @kind and benefit_id = @benefit_id and in_use;

-- name: ListPromises :many
-- What went to the board, newest first.
select id, n, promise, at from invest_case where organisation_id = @organisation_id order by n desc;
