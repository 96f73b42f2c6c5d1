-- name: ListReports :many
-- People whose live post names a manager, on a day.
select distinct on (p.name_key, p.id) p.id, p.given_name, p.family_name, p.name_key, p.given_key, o.title, o.department, o.team
from post o join person p on p.organisation_id = o.organisation_id and p.id = o.person_id
where o.organisation_id = @organisation_id and o.manager_person_id = @manager and o.person_id <> @manager
 and o.starts_on <= @on_day and (o.ends_on is null or o.ends_on > @on_day) and (p.left_on is null or p.left_on > @on_day)
order by p.name_key, p.id;

-- name: ListDelegated :many
-- People whom a confirmed delegation puts under a manager on a day.
select distinct on (p.name_key, p.id) p.id, p.given_name, p.family_name, p.name_key, p.given_key, o.title, o.department, o.team
from delegation d join person p on p.organisation_id = d.organisation_id and p.id = d.person_id
join post o on o.organisation_id = p.organisation_id and o.person_id = p.id and o.starts_on <= @on_day and (o.ends_on is null or o.ends_on > @on_day)
where d.organisation_id = @organisation_id and d.manager_person_id = @manager and d.state = 'confirmed' and d.person_id <> @manager
 and d.starts_on <= @on_day and d.ends_on > @on_day and (p.left_on is null or p.left_on > @on_day)
order by p.name_key, p.id;

-- name: SearchStaff :many
-- Staff whose folded name, family or given name first, lies in a half-open range, on a day; HR advisers before others
-- when they are looked for. Never the person who searches.
select p.id, p.given_name, p.family_name, o.title, o.department, o.team
from person p join post o on o.organisation_id = p.organisation_id and o.person_id = p.id and o.is_primary and o.starts_on <= @on_day and (o.ends_on is null or o.ends_on > @on_day)
where p.organisation_id = @organisation_id and p.id <> @searcher and (p.left_on is null or p.left_on > @on_day)
 and (p.name_key >= @from_key and p.name_key < @to_key or p.given_key >= @from_key and p.given_key < @to_key)
order by @hr_first::boolean and lower(concat(o.title, ', ', o.department)) ~ '\m(hr|human resources)\M' desc, p.name_key, p.id limit @most;

-- name: FindStaff :one
-- A person with the post to refer them in: the primary one first.
select p.id, p.given_name, p.family_name, o.title, o.band, o.staff_group, o.department, o.team, o.site, trim_scale(o.hours)::text as hours, o.shift_pattern,
 o.epp, o.patient_contact, o.drives, o.lone_worker, o.safety_critical
from person p join post o on o.organisation_id = p.organisation_id and o.person_id = p.id and o.starts_on <= @on_day and (o.ends_on is null or o.ends_on > @on_day)
where p.organisation_id = @organisation_id and p.id = @id and (p.left_on is null or p.left_on > @on_day)
order by o.is_primary desc, o.starts_on limit 1;

-- name: InsertDelegation :execrows
insert into delegation (organisation_id, id, manager_person_id, person_id, reason, starts_on, ends_on, state, requested_at)
values (@organisation_id, @id, @manager, @person_id, @reason, @starts_on, @ends_on, 'requested', @at) on conflict do nothing;

-- name: ListDelegations :many
-- Requests that wait, and what was decided since a day; organisation_id is of the employer, so OH sees it too.
select d.organisation_id, d.id, d.manager_person_id, d.person_id, d.reason, d.starts_on, d.ends_on, d.state, d.requested_at,
 concat(m.given_name, ' ', m.family_name)::text as manager_name, concat(p.given_name, ' ', p.family_name)::text as person_name
from delegation d join person m on m.organisation_id = d.organisation_id and m.id = d.manager_person_id
join person p on p.organisation_id = d.organisation_id and p.id = d.person_id
where d.state = 'requested' or d.decided_at > @since
order by d.state <> 'requested', d.requested_at limit 200;

-- name: ListOwnDelegations :many
select d.id, d.person_id, d.starts_on, d.ends_on, d.state, concat(p.given_name, ' ', p.family_name)::text as person_name
from delegation d join person p on p.organisation_id = d.organisation_id and p.id = d.person_id
where d.organisation_id = @organisation_id and d.manager_person_id = @manager and d.ends_on > @on_day
order by d.requested_at desc limit 20;

-- name: DecideDelegation :one
-- Only a request can be decided, and not by the manager or the person it is about.
update delegation set state = @state, decided_at = @at, decided_by = @decided_by, decided_role = @decided_role
where id = @id and state = 'requested' and manager_person_id <> @decided_by and person_id <> @decided_by
returning organisation_id, manager_person_id, person_id;

-- name: FindDelegation :one
select organisation_id, id, manager_person_id, person_id, state, decided_by from delegation where id = @id;

-- name: InsertDraft :exec
insert into referral_draft (organisation_id, id, author_person_id, person_id, kind, answers, updated_at)
values (@organisation_id, @id, @author, @person_id, @kind, @answers, @at) on conflict do nothing;

-- name: FindDraft :one
select id, person_id, kind, answers, updated_at from referral_draft where organisation_id = @organisation_id and id = @id;

-- name: LockDraft :one
select id, person_id, kind, answers, updated_at from referral_draft where organisation_id = @organisation_id and id = @id for update;

-- name: SaveDraft :execrows
update referral_draft set answers = @answers, updated_at = @at where organisation_id = @organisation_id and id = @id;

-- name: DeleteDraft :execrows
delete from referral_draft where organisation_id = @organisation_id and id = @id;

-- name: ListDrafts :many
-- Row policies leave the author's own.
select id, person_id, kind, answers, updated_at from referral_draft where organisation_id = @organisation_id order by updated_at desc limit 50;

-- name: InsertReferral :exec
insert into referral (organisation_id, service_id, id, kind, person_id, referrer_person_id, viewers, text, state, state_at, submitted_at)
values (@organisation_id, @service_id, @id, @kind, @person_id, @referrer, @viewers, @text, 'submitted', @at, @at);

-- name: InsertVersion :exec
insert into referral_version (organisation_id, service_id, referral_id, version, person_id, text, author_person_id, at)
values (@organisation_id, @service_id, @referral_id, @version, @person_id, @text, @author, @at);

-- name: FindReferral :one
select organisation_id, service_id, id, kind, person_id, referrer_person_id, viewers, text, version, state, state_reason, state_note, state_at, submitted_at
from referral where id = @id;

-- name: LockReferral :one
-- Row policies limit it; the lock orders a withdrawal, an amendment and the jobs behind them.
select organisation_id, service_id, id, kind, person_id, referrer_person_id, text, version, state, state_at, submitted_at from referral where id = @id for update;

-- name: AmendReferral :exec
update referral set text = @text, version = @version where organisation_id = @organisation_id and id = @id;

-- name: ResubmitReferral :exec
update referral set state = 'submitted', state_reason = null, state_note = null, state_at = @at where organisation_id = @organisation_id and id = @id;

-- name: LatestVersionAt :one
select at from referral_version where referral_id = @referral_id order by version desc limit 1;

-- name: WithdrawReferral :exec
update referral set state = 'withdrawn', state_reason = @reason, state_note = null, state_at = @at where organisation_id = @organisation_id and id = @id;

-- name: ListReferrals :many
-- Row policies leave what the actor referred or was named to see.
select r.id, r.kind, r.person_id, r.referrer_person_id, r.version, r.state, r.state_at, r.submitted_at, concat(p.given_name, ' ', p.family_name)::text as person_name
from referral r join person p on p.organisation_id = r.organisation_id and p.id = r.person_id
where r.organisation_id = @organisation_id
order by r.state in ('reported','not_reported','declined','withdrawn','closed'), r.state_at desc limit 200;

-- name: ListReferralsAbout :many
-- What has been written about one person: their own page.
select service_id, id, kind, version, state, state_at, submitted_at, text from referral
where organisation_id = @organisation_id and person_id = @person_id order by submitted_at desc limit 100;

-- name: ListUnread :many
-- What has been written about somebody who may not have read it: they have not been seen about it, and have not answered.
select r.id from referral r
where r.organisation_id = @organisation_id and r.service_id = @service_id and r.person_id = @person_id and r.state in ('submitted','returned','accepted','booked')
 and not exists (select 1 from shared_comment c where c.organisation_id = r.organisation_id and c.referral_id = r.id)
 and not exists (select 1 from oh_comment c where c.service_id = r.service_id and c.referral_id = r.id)
order by r.submitted_at, r.id limit 20;

-- name: ListVersions :many
select version, text, author_person_id, at from referral_version where referral_id = @referral_id order by version;

-- name: ListStates :many
select state, at from referral_state where referral_id = @referral_id order by step;

-- name: ListAppointmentTimes :many
-- Times only. A referral that ended early shows none: after a merge the appointment may go on without it.
select t.starts_at, t.minutes, t.state from appointment_time t join referral r on r.organisation_id = t.organisation_id and r.id = t.referral_id
where t.organisation_id = @organisation_id and t.referral_id = @referral_id and r.state not in ('withdrawn','declined','closed') order by t.starts_at;

-- name: AdvisesAdjustments :one
-- Whether the newest report of a referral that the actor may read advises anything to answer.
select exists (select 1 from adjustment a where a.organisation_id = @organisation_id and a.referral_id = @referral_id and a.released_id =
 (select r.id from released_report r where r.organisation_id = @organisation_id and r.referral_id = @referral_id order by r.released_at desc limit 1));

-- name: ListSharedComments :many
select id, text, at from shared_comment where referral_id = @referral_id order by at;

-- name: ListOHComments :many
select service_id, id, text, at from oh_comment where referral_id = @referral_id order by at;

-- name: InsertSharedComment :execrows
insert into shared_comment (organisation_id, service_id, id, referral_id, person_id, text, at)
values (@organisation_id, @service_id, @id, @referral_id, @person_id, @text, @at) on conflict do nothing;

-- name: InsertOHComment :execrows
insert into oh_comment (service_id, id, organisation_id, referral_id, person_id, text, at)
values (@service_id, @id, @organisation_id, @referral_id, @person_id, @text, @at) on conflict do nothing;

-- name: TargetFor :one
select working_days from service_target
where service_id = @service_id and measure = @measure and valid_from <= @on_day order by valid_from desc limit 1;

-- name: FindService :one
select name, phone, urgent_text from service where id = @id;

-- name: InsertCase :exec
-- A case has the id of the referral or self-referral that began it.
insert into casefile (service_id, id, organisation_id, person_id, source, referral_id, self_referral_id, state, state_at, received_at, reason, priority)
values (@service_id, @id, @organisation_id, @person_id, @source, @referral_id, @self_referral_id, 'received', @state_at, @received_at, @reason, @priority);

-- name: FindCaseOf :one
select id, state from casefile where service_id = @service_id and referral_id = @referral_id;

-- name: EndPause :execrows
update clock_pause set ends_at = @at where service_id = @service_id and casefile_id = @casefile_id and reason = 'returned' and ends_at is null;

-- name: InsertSelfReferral :execrows
insert into self_referral (service_id, id, organisation_id, person_id, reason, text, contact, at)
values (@service_id, @id, @organisation_id, @person_id, @reason, @text, @contact, @at) on conflict do nothing;

-- name: ListOwnCases :many
-- The person's own cases, the latest first.
select c.service_id, c.id, c.source, c.state, c.state_at, c.received_at, c.reason, c.self_referral_id, c.referral_id from casefile c
where c.organisation_id = @organisation_id and c.person_id = @person_id order by c.state_at desc limit 100;

-- name: FindSelfReferral :one
select service_id, id, reason, text, contact, at from self_referral where id = @id;

-- name: ListOwnAppointments :many
select id, referral_id, starts_at, minutes, mode, site, state from appointment
where organisation_id = @organisation_id and person_id = @person_id and state = 'booked' and starts_at > @from_at order by starts_at limit 20;

-- name: InsertUrgentTask :execrows
-- The portal login may insert a task and read none, so a second press is found by its key, not by looking.
insert into task (service_id, id, casefile_id, kind, priority, created_at, due_at)
values (@service_id, @id, @casefile_id, 'urgent_help', 'P0', @at, @due_at) on conflict do nothing;

-- name: OwnPost :many
-- The codes of a person's main post, for the ledger: one row, or none.
select staff_group, band, site, team from post
where organisation_id = @organisation_id and person_id = @person_id and starts_on <= @on_day and (ends_on is null or ends_on > @on_day)
order by is_primary desc, starts_on limit 1;

-- name: FindReach :one
-- How messages about themself reach a person: the kind of their safe contact, once it is known to be theirs.
select coalesce(case when safe_contact_verified_at is not null then safe_contact_kind end, '')::text as safe_kind, coalesce(mobile, '')::text as mobile
from person where organisation_id = @organisation_id and id = @id;
