-- name: ListCohorts :many
-- Cohorts, the last to close first.
select id, title, about, places, closes_on, starts_on, ends_on from nation_cohort where organisation_id = @organisation_id order by closes_on desc, id limit 500;

-- name: ListCounts :many
-- What was counted of them.
select cohort_id, stage, people from nation_cohort_count where organisation_id = @organisation_id limit 1500;

-- name: InsertCohort :execrows
-- The same id again does nothing.
insert into nation_cohort (organisation_id, id, title, about, places, closes_on, starts_on, ends_on, made_at, made_by)
values (@organisation_id, @id, @title, @about, @places, @closes_on, @starts_on, @ends_on, @at, @by_name) on conflict do nothing;

-- name: InsertCount :execrows
-- A stage is counted once.
insert into nation_cohort_count (organisation_id, cohort_id, stage, people, counted_on, counted_by)
values (@organisation_id, @cohort_id, @stage, @people, @counted_on, @by_name) on conflict do nothing;
