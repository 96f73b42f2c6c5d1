-- name: ListPlans :many
-- The plans of some people, the newest first: row policies leave one's own, or one's line's.
select id, person_id, opened_at, ended_at from return_plan where organisation_id = @organisation_id and person_id = any (@people::uuid[]) order by opened_at desc, id desc limit 1000;

-- name: ListVersions :many
select plan_id, n, manager_person_id, starts_on, contract, weeks, days, dips, proposed_by, reason, proposed_at, person_at, manager_at, refused_at, refused_by from return_hours
where organisation_id = @organisation_id and person_id = any (@people::uuid[]) order by plan_id, n;

-- name: FindPost :one
-- Somebody's contract, in minutes a week, and who their manager is: all their live posts together, the primary one first.
select coalesce(round(sum(o.hours) over () * 60), 0)::int as contract, o.manager_person_id from post o where o.organisation_id = @organisation_id and o.person_id = @person_id
 and o.starts_on <= @on_day and (o.ends_on is null or o.ends_on > @on_day) order by o.is_primary desc, o.starts_on limit 1;

-- name: FindAdvice :one
-- Whether a report that the reader may read advises to come back step by step, and from when.
select a.starts_on from adjustment a where a.organisation_id = @organisation_id and a.person_id = @person_id and a.kind = 'PHASED_RETURN' order by a.starts_on desc nulls last limit 1;

-- name: InsertPlan :execrows
insert into return_plan (organisation_id, id, service_id, person_id, opened_at) values (@organisation_id, @id, @service_id, @person_id, @at) on conflict do nothing;

-- name: EndPlan :execrows
update return_plan set ended_at = @at where organisation_id = @organisation_id and id = @id and person_id = @person_id and ended_at is null;

-- name: InsertVersion :exec
insert into return_hours (organisation_id, plan_id, n, person_id, manager_person_id, starts_on, contract, weeks, days, dips, proposed_by, reason, proposed_at, person_at, manager_at)
values (@organisation_id, @plan_id, @n, @person_id, @manager_person_id, @starts_on, @contract, @weeks, @days, @dips, @proposed_by, @reason, @at, @person_at, @manager_at);

-- name: AgreePerson :execrows
update return_hours set person_at = @at where organisation_id = @organisation_id and plan_id = @plan_id and n = @n and person_id = @person_id and person_at is null and refused_at is null;

-- name: AgreeManager :execrows
update return_hours set manager_at = @at, manager_person_id = @manager_person_id where organisation_id = @organisation_id and plan_id = @plan_id and n = @n and person_id = @person_id and manager_at is null and refused_at is null;

-- name: Refuse :execrows
update return_hours set refused_at = @at, refused_by = @by where organisation_id = @organisation_id and plan_id = @plan_id and n = @n and person_id = @person_id and refused_at is null and (person_at is null or manager_at is null);

-- name: FindFeed :one
select id, made_at from return_feed where organisation_id = @organisation_id and person_id = @person_id;

-- name: InsertFeed :exec
insert into return_feed (organisation_id, id, person_id, made_at) values (@organisation_id, @id, @person_id, @at);

-- name: DeleteFeed :execrows
delete from return_feed where organisation_id = @organisation_id and person_id = @person_id;
