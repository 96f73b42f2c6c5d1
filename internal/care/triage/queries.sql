-- name: ListQueue :many
-- Cases that wait for triage, for an answer or for an appointment; never one of the reader's own. P0 comes
-- first, and what nobody has read yet counts as P2, so that a bound leaves out the least urgent.
select c.id, c.organisation_id, c.person_id, c.source, c.state, c.state_at, c.received_at, c.complete_at, c.reason, c.priority, c.pathway, c.due_on,
 coalesce(p.given_name, '')::text as given_name, coalesce(p.family_name, '')::text as family_name,
 exists (select 1 from appointment a where a.service_id = c.service_id and a.casefile_id = c.id and a.state = 'attended') as seen
from casefile c left join person p on p.organisation_id = c.organisation_id and p.id = c.person_id
where c.service_id = @service_id and c.state in ('received','returned','awaiting_booking') and c.person_id <> @reader
order by coalesce(c.priority, 'P2'), c.received_at, c.id
limit @bound;

-- name: ListPauses :many
select casefile_id, reason, starts_at, ends_at from clock_pause
where service_id = @service_id and casefile_id = any(@cases::uuid[])
order by starts_at;

-- name: ListTargets :many
-- The targets that hold on a day.
select distinct on (measure) measure, working_days from service_target
where service_id = @service_id and valid_from <= @on_day
order by measure, valid_from desc;

-- name: ListUrgentTasks :many
-- Open P0 tasks; never about the reader.
select t.id, t.casefile_id, t.kind, t.created_at, t.due_at, t.owner_account, t.acknowledged_at, t.acknowledged_by,
 c.person_id, c.state, coalesce(p.given_name, '')::text as given_name, coalesce(p.family_name, '')::text as family_name, p.mobile, p.safe_contact
from task t join casefile c on c.service_id = t.service_id and c.id = t.casefile_id
left join person p on p.organisation_id = c.organisation_id and p.id = c.person_id
where t.service_id = @service_id and t.done_at is null and t.priority = 'P0' and c.person_id <> @reader
order by t.created_at
limit 200;

-- name: LockTask :one
select t.casefile_id, t.owner_account, t.acknowledged_at, t.done_at, c.person_id, c.organisation_id, c.state
from task t join casefile c on c.service_id = t.service_id and c.id = t.casefile_id
where t.service_id = @service_id and t.id = @id
for update of t;

-- name: AcknowledgeTask :exec
update task set acknowledged_at = @at, acknowledged_by = @account, owner_account = coalesce(owner_account, @account)
where service_id = @service_id and id = @id and acknowledged_at is null;

-- name: FinishTask :exec
update task set done_at = @at where service_id = @service_id and id = @id and done_at is null;

-- name: InsertTask :exec
insert into task (service_id, id, casefile_id, kind, priority, owner_account, created_at, due_at)
values (@service_id, @id, @casefile_id, @kind, @priority, @owner_account, @created_at, @due_at);

-- name: FindCase :one
select c.id, c.organisation_id, c.person_id, c.source, c.referral_id, c.self_referral_id, c.state, c.state_at, c.received_at, c.complete_at, c.reason, c.priority, c.pathway,
 coalesce(p.given_name, '')::text as given_name, coalesce(p.family_name, '')::text as family_name,
 p.safe_contact, p.safe_contact_kind, p.safe_contact_verified_at, p.mobile, p.personal_email, p.work_email
from casefile c left join person p on p.organisation_id = c.organisation_id and p.id = c.person_id
where c.service_id = @service_id and c.id = @id;

-- name: LockCase :exec
select id from casefile where service_id = @service_id and id = @id for update;

-- name: FindPost :one
-- The primary post that somebody holds on a day.
select title, band, staff_group, site, department, team, hours::text as hours, coalesce(shift_pattern, '')::text as shift_pattern, epp, patient_contact, drives, lone_worker, safety_critical, starts_on
from post where organisation_id = @organisation_id and person_id = @person_id and starts_on <= @on_day and (ends_on is null or ends_on > @on_day)
order by is_primary desc, starts_on limit 1;

-- name: FindReferral :one
select id, referrer_person_id, viewers, text, version, submitted_at from referral where service_id = @service_id and id = @id;

-- name: ListVersions :many
select version, text, at from referral_version where service_id = @service_id and referral_id = @referral_id order by version limit 50;

-- name: ListSharedComments :many
select text, at from shared_comment where service_id = @service_id and referral_id = @referral_id order by at limit 50;

-- name: ListOHComments :many
select id, text, at from oh_comment where service_id = @service_id and referral_id = @referral_id order by at limit 50;

-- name: FindSelfReferral :one
select reason, text, contact, at from self_referral where service_id = @service_id and id = @id;

-- name: ListDecisions :many
select id, outcome, priority, rationale, message_to_referrer, at from triage where service_id = @service_id and casefile_id = @casefile_id order by at desc limit 20;

-- name: ListOpenCases :many
-- Other live cases of the same person: what a referral may be merged into.
select id, source, reason, state, received_at from casefile
where service_id = @service_id and organisation_id = @organisation_id and person_id = @person_id and id <> @this_case and state not in ('closed','merged')
order by received_at limit 20;

-- name: FindDecision :one
select casefile_id from triage where service_id = @service_id and id = @id;

-- name: FindLastDecision :one
select outcome, by_account from triage where service_id = @service_id and casefile_id = @casefile_id order by at desc, id desc limit 1;

-- name: InsertDecision :exec
insert into triage (service_id, id, casefile_id, outcome, priority, rationale, message_to_referrer, by_account, at)
values (@service_id, @id, @casefile_id, @outcome, @priority, @rationale, @message_to_referrer, @by_account, @at);

-- name: SetTriaged :exec
update casefile set priority = @priority, pathway = @pathway, due_on = @due_on, merged_into = @merged_into where service_id = @service_id and id = @id;

-- name: SetPriority :exec
update casefile set priority = @priority where service_id = @service_id and id = @id;

-- name: SetComplete :exec
update casefile set complete_at = @at where service_id = @service_id and id = @id and complete_at is null;

-- name: InsertPause :exec
insert into clock_pause (service_id, id, casefile_id, reason, starts_at, by_account)
values (@service_id, @id, @casefile_id, @reason, @starts_at, @by_account);

-- name: EndPauses :execrows
update clock_pause set ends_at = greatest(starts_at, @at::timestamptz) where service_id = @service_id and casefile_id = @casefile_id and reason = @reason and ends_at is null;

-- name: OpenReport :exec
-- The report of a referral, once; from now on the person can say how it may be released.
insert into report (service_id, id, organisation_id, casefile_id, referral_id, person_id, recipients, opened_at)
select r.service_id, @id, r.organisation_id, @casefile_id, r.id, r.person_id, r.viewers, @opened_at
from referral r where r.service_id = @service_id and r.id = @referral_id
 and not exists (select 1 from report x where x.service_id = r.service_id and x.referral_id = r.id);

-- name: MoveMerged :exec
-- What was merged into a case follows it when that case is merged too.
update casefile set merged_into = @target where service_id = @service_id and merged_into = @id;
