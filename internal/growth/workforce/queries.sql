-- name: ListPosts :many
-- Every post that has not ended.
select * from workforce_post where organisation_id = @organisation_id and ended_on is null order by title, id;

-- name: ListEndedPosts :many
-- Every post that has ended after a day.
select * from workforce_post where organisation_id = @organisation_id and ended_on > @since::date order by title, id;

-- name: InsertPost :execrows
insert into workforce_post (organisation_id, id, title, role, band, wte, heads, in_post, vacant_since, years, years_on, salary, funding, contract_ends, zone, skills, successor_id, ready, change_id, started_on, changed_at, changed_by)
values (@organisation_id, @id, @title, @role, @band, @wte, @heads, @in_post, @vacant_since, @years, @years_on, @salary, @funding, @contract_ends, @zone, @skills, @successor_id, @ready, @change_id, @started_on, @changed_at, @changed_by)
on conflict do nothing;

-- name: UpdatePost :execrows
-- Changes a post that is still as the page showed it.
update workforce_post set title = @title, role = @role, band = @band, wte = @wte, heads = @heads, in_post = @in_post, vacant_since = @vacant_since, years = @years, years_on = @years_on, salary = @salary,
  funding = @funding, contract_ends = @contract_ends, zone = @zone, skills = @skills, successor_id = @successor_id, ready = @ready, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and changed_at = @seen and ended_on is null;

-- name: EndPost :execrows
update workforce_post set ended_on = @ended_on, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and ended_on is null;

-- name: FillPost :execrows
-- Somebody starts in a post that has room, and is as it was when the years of those in it were reckoned.
update workforce_post set in_post = in_post + 1, vacant_since = case when in_post + 1 < heads then vacant_since end, years = @years, years_on = @years_on, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and changed_at = @seen and in_post < heads and ended_on is null;

-- name: ListChanges :many
select * from workforce_change where organisation_id = @organisation_id and withdrawn_on is null order by from_quarter, title, id;

-- name: InsertChange :execrows
insert into workforce_change (organisation_id, id, kind, title, from_quarter, from_day, post_id, role, band, wte, heads, taken, salary, hours, development, action_id, in_minimum, in_preferred, in_maximum, changed_at, changed_by)
values (@organisation_id, @id, @kind, @title, @from_quarter, @from_day, @post_id, @role, @band, @wte, @heads, 0, @salary, @hours, @development, @action_id, @in_minimum, @in_preferred, @in_maximum, @changed_at, @changed_by)
on conflict do nothing;

-- name: UpdateChange :execrows
-- Changes a plan that is still as the page showed it.
update workforce_change set title = @title, from_quarter = @from_quarter, from_day = @from_day, post_id = @post_id, role = @role, band = @band, wte = @wte, heads = @heads, salary = @salary, hours = @hours,
  development = @development, action_id = @action_id, in_minimum = @in_minimum, in_preferred = @in_preferred, in_maximum = @in_maximum, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and changed_at = @seen and withdrawn_on is null;

-- name: WithdrawChange :execrows
update workforce_change set withdrawn_on = @withdrawn_on, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and withdrawn_on is null and taken = 0;

-- name: TakeChange :execrows
-- One of the heads of a planned post has started.
update workforce_change set taken = taken + 1, changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and taken < heads and withdrawn_on is null;

-- name: ListVacancies :many
select * from workforce_vacancy where organisation_id = @organisation_id order by advertised_on desc, id;

-- name: InsertVacancy :execrows
insert into workforce_vacancy (organisation_id, id, post_id, change_id, somebody_left, source, advertised_on, reason, changed_at, changed_by)
values (@organisation_id, @id, @post_id, @change_id, @somebody_left, @source, @advertised_on, '', @changed_at, @changed_by)
on conflict do nothing;

-- name: MoveVacancy :execrows
-- Says what happened to a vacancy that is still as the page showed it.
update workforce_vacancy set closed_on = @closed_on, applicants = @applicants, offered_on = @offered_on, starts_on = @starts_on, started_on = @started_on, stopped_on = @stopped_on, reason = @reason,
  changed_at = @changed_at, changed_by = @changed_by
where organisation_id = @organisation_id and id = @id and changed_at = @seen and started_on is null and stopped_on is null;

-- name: FindPlan :one
select * from workforce_plan where organisation_id = @organisation_id;

-- name: SavePlan :exec
insert into workforce_plan (organisation_id, starts_on, served, uplift, awards, leave_days, study_days, sickness, ramp_months, zone, changed_at, changed_by)
values (@organisation_id, @starts_on, @served, @uplift, @awards, @leave_days, @study_days, @sickness, @ramp_months, @zone, @changed_at, @changed_by)
on conflict (organisation_id) do update set starts_on = excluded.starts_on, served = excluded.served, uplift = excluded.uplift, awards = excluded.awards, leave_days = excluded.leave_days, study_days = excluded.study_days,
  sickness = excluded.sickness, ramp_months = excluded.ramp_months, zone = excluded.zone, changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: ListRates :many
select * from workforce_rate where organisation_id = @organisation_id;

-- name: SaveRate :exec
insert into workforce_rate (organisation_id, role, clinical, leavers, retire, changed_at, changed_by)
values (@organisation_id, @role, @clinical, @leavers, @retire, @changed_at, @changed_by)
on conflict (organisation_id, role) do update set clinical = excluded.clinical, leavers = excluded.leavers, retire = excluded.retire, changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: ListBrought :many
-- Posts that planned changes brought, those that have ended since too.
select change_id, wte, heads, in_post, vacant_since, started_on, ended_on from workforce_post where organisation_id = @organisation_id and change_id is not null order by id;
