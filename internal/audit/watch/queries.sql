-- name: ListEvents :many
-- Audit events, newest first, from a place on. The row policy keeps to the guardian's organisation and service.
select * from audit_event e
where (not @by_subject::boolean or e.subject_person = any (@subjects::uuid[]))
 and (not @by_actor::boolean or e.actor_person = any (@people::uuid[]) or e.actor_account = any (@accounts::uuid[]))
 and (@action::text = '' or e.action = @action)
 and e.at >= @from_at and e.at < @to_at and (e.at, e.id) < (@before_at::timestamptz, @before_id::uuid)
order by e.at desc, e.id desc limit @most;

-- name: ListGlass :many
-- Every time somebody broke the glass, with its review; those without one first, then the newest.
select sqlc.embed(e), coalesce(r.detail ->> 'finding', '')::text as finding, coalesce(b.reason, '')::text as reason, coalesce(b.detail, '')::text as words
from audit_event e
left join break_glass b on b.service_id = e.service_id and b.id = e.object_id
left join lateral (select v.detail from audit_event v where v.action = 'break_glass.reviewed' and v.object_id = e.object_id and v.at >= e.at order by v.at limit 1) r on true
where e.action = 'break_glass.opened' and e.outcome = 'ok'
order by (r.detail is null) desc, e.at desc limit @most;

-- name: FindGlass :one
select sqlc.embed(e), coalesce(r.detail ->> 'finding', '')::text as finding, coalesce(b.reason, '')::text as reason, coalesce(b.detail, '')::text as words
from audit_event e
left join break_glass b on b.service_id = e.service_id and b.id = e.object_id
left join lateral (select v.detail from audit_event v where v.action = 'break_glass.reviewed' and v.object_id = e.object_id and v.at >= e.at order by v.at limit 1) r on true
where e.action = 'break_glass.opened' and e.outcome = 'ok' and e.object_id = @id;

-- name: ListUnderGlass :many
-- What was opened under a broken glass. It holds for at most an hour.
select * from audit_event e
where e.subject_person = @subject and e.at >= @opened_at and e.at <= (@opened_at::timestamptz) + interval '2 hours' and e.ground = @ground and e.action <> 'break_glass.opened'
order by e.at limit @most;

-- name: LockReview :exec
-- One review of a broken glass at a time.
select pg_advisory_xact_lock(hashtextextended('break-glass review ' || (@id::uuid)::text, 0));

-- name: ListRefusals :many
-- Days on which somebody was refused again and again.
select (e.at at time zone 'Europe/London')::date as day, e.actor_account, e.role, count(*) as n, count(distinct e.subject_person) as people
from audit_event e
where e.outcome = 'denied' and e.actor_account is not null and e.at >= @from_at
group by 1, 2, 3 having count(*) >= @least::bigint order by 1 desc, 4 desc limit @most;

-- name: ListFanOut :many
-- Days on which somebody touched the records of very many people.
select (e.at at time zone 'Europe/London')::date as day, e.actor_account, e.role, count(*) as n, count(distinct e.subject_person) as people
from audit_event e
where e.wall = 'clinical' and e.outcome = 'ok' and e.actor_account is not null and e.role <> 'system' and e.at >= @from_at
group by 1, 2, 3 having count(distinct e.subject_person) > @over::bigint order by 1 desc, 5 desc limit @most;

-- name: ListOwn :many
-- Days on which OH staff touched their own record in their professional role.
select (e.at at time zone 'Europe/London')::date as day, e.actor_account, e.role, count(*) as n, count(distinct e.subject_person) as people
from audit_event e
where e.wall = 'clinical' and e.subject_person = e.actor_person and e.actor_account is not null and e.at >= @from_at
group by 1, 2, 3 order by 1 desc, 4 desc limit @most;

-- name: ListCheckpoints :many
select size, note, made_at from audit_checkpoint order by size desc limit @most;

-- name: ListOrganisations :many
-- The organisations whose people a guardian may look up: their own and those that their service serves.
select c.organisation_id from contract c
where c.service_id = @service_id and c.valid_from <= @on_day and (c.valid_to is null or c.valid_to > @on_day);

-- name: ListPeopleByNumber :many
-- Employee numbers are unique within an employer, so one may name several people.
select id from person where employee_number = @employee_number and organisation_id = any (@organisations::uuid[]);

-- name: ListAccountsOf :many
select id from account where person_id = any (@people::uuid[]);

-- name: ListNamesOfPeople :many
select id, employee_number, concat_ws(' ', nullif(given_name, ''), family_name)::text as name
from person where id = any (@ids::uuid[]) and organisation_id = any (@organisations::uuid[]);

-- name: ListNamesOfAccounts :many
select id, display_name from account where id = any (@ids::uuid[]);
