-- name: ListClinics :many
select * from clinic where service_id = @service_id order by weekday, starts_at, name limit 500;

-- name: FindClinic :one
select * from clinic where service_id = @service_id and id = @id;

-- name: SaveClinic :exec
insert into clinic (service_id, id, name, site, mode, role, weekday, starts_at, slot_minutes, slots, clinician_account, clinician_name, valid_from, valid_to)
values (@service_id, @id, @name, @site, @mode, @role, @weekday, @starts_at, @slot_minutes, @slots, @clinician_account, @clinician_name, @valid_from, @valid_to)
on conflict (service_id, id) do update set name = excluded.name, site = excluded.site, mode = excluded.mode, role = excluded.role,
 weekday = excluded.weekday, starts_at = excluded.starts_at, slot_minutes = excluded.slot_minutes, slots = excluded.slots,
 clinician_account = excluded.clinician_account, clinician_name = excluded.clinician_name, valid_from = excluded.valid_from, valid_to = excluded.valid_to;

-- name: AddSession :execrows
insert into clinic_session (service_id, id, clinic_id, on_date, clinician_account, clinician_name, site, mode, role)
values (@service_id, @id, @clinic_id, @on_date, @clinician_account, @clinician_name, @site, @mode, @role)
on conflict (service_id, clinic_id, on_date) do nothing;

-- name: AddSlots :execrows
-- Leaves out a time that overlaps one already made for the clinician, unless its session is cancelled.
insert into slot (service_id, id, session_id, clinician_account, role, starts_at, minutes)
select @service_id, n.id, @session_id, @clinician_account, @role, n.starts_at, @minutes::int
from (select unnest(sqlc.arg(ids)::uuid[]) as id, unnest(sqlc.arg(starts)::timestamptz[]) as starts_at) n
where not exists (select 1 from slot t join clinic_session s on s.service_id = t.service_id and s.id = t.session_id
 where t.service_id = @service_id and t.clinician_account = @clinician_account and s.cancelled_at is null
  and t.starts_at > n.starts_at - interval '3 hours' and span(t.starts_at, t.minutes) && span(n.starts_at, @minutes::int))
on conflict (service_id, clinician_account, starts_at) do nothing;

-- name: ListSessions :many
-- Sessions still to come, with how many of their slots are booked.
select s.id, s.clinic_id, c.name, s.on_date, s.clinician_name, s.site, s.mode, s.role, s.cancelled_at,
 (select count(*) from slot t where t.service_id = s.service_id and t.session_id = s.id)::int as slots,
 (select count(*) from slot t join appointment a on a.service_id = t.service_id and a.slot_id = t.id and a.state <> 'cancelled'
  where t.service_id = s.service_id and t.session_id = s.id)::int as booked
from clinic_session s join clinic c on c.service_id = s.service_id and c.id = s.clinic_id
where s.service_id = @service_id and s.on_date >= @from_day
order by s.on_date, c.name limit @bound offset @skip;

-- name: CountSessions :one
-- All that ListSessions has.
select count(*)::int from clinic_session where service_id = @service_id and on_date >= @from_day;

-- name: LockSession :one
select id, on_date, clinician_name, site, mode, role, cancelled_at from clinic_session where service_id = @service_id and id = @id for update;

-- name: CancelSession :exec
update clinic_session set cancelled_at = @at where service_id = @service_id and id = @id and cancelled_at is null;

-- name: ListBookedInSession :many
select a.id from appointment a join slot t on t.service_id = a.service_id and t.id = a.slot_id
where a.service_id = @service_id and t.session_id = @session_id and a.state = 'booked' order by a.starts_at;

-- name: ListFree :many
-- Free slots as OH sees them: neither the clinician nor the person has somebody then, no cancelled session, not
-- held for somebody else. Of one clinician and of one way to meet, where they are asked for.
select t.id, t.starts_at, t.minutes, t.role, t.clinician_account, s.clinician_name, s.site, s.mode,
 (t.offered_casefile_id is not null and t.offered_until > @at)::bool as held
from slot t join clinic_session s on s.service_id = t.service_id and s.id = t.session_id
where t.service_id = @service_id and t.role = @role and t.starts_at >= @from_at and t.starts_at > @at and s.cancelled_at is null
 and (t.offered_casefile_id is null or t.offered_until <= @at or t.offered_casefile_id = @casefile_id)
 and not exists (select 1 from appointment a where a.service_id = t.service_id and a.clinician_account = t.clinician_account and a.state <> 'cancelled'
  and a.starts_at > t.starts_at - interval '3 hours' and span(a.starts_at, a.minutes) && span(t.starts_at, t.minutes))
 and not exists (select 1 from appointment a where a.organisation_id = @organisation_id and a.person_id = @person_id and a.state in ('booked','attended')
  and a.starts_at > t.starts_at - interval '3 hours' and span(a.starts_at, a.minutes) && span(t.starts_at, t.minutes))
 and (sqlc.narg(clinician)::uuid is null or t.clinician_account = sqlc.narg(clinician)::uuid) and (sqlc.narg(mode)::text is null or s.mode = sqlc.narg(mode)::text)
order by t.starts_at, s.clinician_name, t.id limit @bound;

-- name: ListOffered :many
-- What ListFree leaves out because it is held for somebody else: when, and until when.
select t.id, t.starts_at, t.minutes, t.role, t.offered_until, s.clinician_name, s.site, s.mode
from slot t join clinic_session s on s.service_id = t.service_id and s.id = t.session_id
where t.service_id = @service_id and t.role = @role and t.starts_at >= @from_at and t.starts_at > @at and s.cancelled_at is null
 and t.offered_until > @at and t.offered_casefile_id <> @casefile_id and (sqlc.narg(to_at)::timestamptz is null or t.starts_at <= sqlc.narg(to_at)::timestamptz)
 and not exists (select 1 from appointment a where a.service_id = t.service_id and a.clinician_account = t.clinician_account and a.state <> 'cancelled'
  and a.starts_at > t.starts_at - interval '3 hours' and span(a.starts_at, a.minutes) && span(t.starts_at, t.minutes))
 and (sqlc.narg(clinician)::uuid is null or t.clinician_account = sqlc.narg(clinician)::uuid) and (sqlc.narg(mode)::text is null or s.mode = sqlc.narg(mode)::text)
order by t.starts_at, s.clinician_name, t.id limit @bound;

-- name: ListOfferedInSessions :many
-- Slots of some sessions that are held for somebody.
select t.session_id, t.starts_at, t.offered_until from slot t
where t.service_id = @service_id and t.session_id = any(@sessions::uuid[]) and t.offered_until > @at and t.starts_at > @at
 and not exists (select 1 from appointment a where a.service_id = t.service_id and a.clinician_account = t.clinician_account and a.state <> 'cancelled'
  and a.starts_at > t.starts_at - interval '3 hours' and span(a.starts_at, a.minutes) && span(t.starts_at, t.minutes))
order by t.starts_at;

-- name: ListFreeToPerson :many
-- The same for the person, who cannot see anybody else's appointment: taken_slots answers ids alone.
select t.id, t.starts_at, t.minutes, t.role, t.clinician_account, s.clinician_name, s.site, s.mode,
 (t.offered_casefile_id is not null and t.offered_until > @at)::bool as held
from slot t join clinic_session s on s.service_id = t.service_id and s.id = t.session_id
where t.service_id = @service_id and t.role = @role and t.starts_at >= @from_at and t.starts_at > @at and s.cancelled_at is null
 and (t.offered_casefile_id is null or t.offered_until <= @at or t.offered_casefile_id = @casefile_id)
 and t.id not in (select x.id from taken_slots(@from_at, 'infinity') as x(id))
 and not exists (select 1 from appointment a where a.organisation_id = @organisation_id and a.person_id = @person_id and a.state in ('booked','attended')
  and a.starts_at > t.starts_at - interval '3 hours' and span(a.starts_at, a.minutes) && span(t.starts_at, t.minutes))
 and (sqlc.narg(mode)::text is null or s.mode = sqlc.narg(mode)::text)
order by t.starts_at, s.clinician_name, t.id limit @bound;

-- name: FindSlot :one
select t.id, t.starts_at, t.minutes, t.role, t.clinician_account, t.offered_casefile_id, t.offered_until, s.clinician_name, s.site, s.mode, s.cancelled_at
from slot t join clinic_session s on s.service_id = t.service_id and s.id = t.session_id
where t.service_id = @service_id and t.id = @id;

-- name: LockSlot :exec
select id from slot where service_id = @service_id and id = @id for update;

-- name: SlotTaken :one
-- Whether the clinician of a slot has somebody then, in whichever slot.
select exists (select 1 from slot t join appointment a on a.service_id = t.service_id and a.clinician_account = t.clinician_account and a.state <> 'cancelled'
 and a.starts_at > t.starts_at - interval '3 hours' and span(a.starts_at, a.minutes) && span(t.starts_at, t.minutes)
 where t.service_id = @service_id and t.id = @slot_id)::bool;

-- name: LockDiaries :exec
-- Bookings with one clinician wait for each other, then those of one person. The constraints decide without it too,
-- but two that are undecided at once would wait for each other and one would end as a deadlock.
select pg_advisory_xact_lock(hashtextextended(@clinician::text, 0)), pg_advisory_xact_lock(hashtextextended(@person::text, 0));

-- name: ListOffers :many
-- Slots held for the cases of one person.
select t.id, t.starts_at, t.minutes, t.offered_until, c.id as casefile_id, s.clinician_name, s.site, s.mode
from casefile c join slot t on t.service_id = c.service_id and t.offered_casefile_id = c.id
join clinic_session s on s.service_id = t.service_id and s.id = t.session_id
where c.service_id = @service_id and c.organisation_id = @organisation_id and c.person_id = @person_id
 and t.offered_until > @at and t.starts_at > @at and c.state = 'awaiting_booking' and s.cancelled_at is null
 and t.id not in (select x.id from taken_slots(@at, 'infinity') as x(id))
order by t.starts_at limit 20;

-- name: ListHeldFor :many
-- Slots held for the cases of one person that still wait, to say so again.
select t.id, t.starts_at, c.id as casefile_id, s.site, s.mode
from casefile c join slot t on t.service_id = c.service_id and t.offered_casefile_id = c.id
join clinic_session s on s.service_id = t.service_id and s.id = t.session_id
where c.service_id = @service_id and c.organisation_id = @organisation_id and c.person_id = @person_id
 and t.offered_until > @at and t.starts_at > @at and c.state = 'awaiting_booking' and s.cancelled_at is null
order by t.starts_at limit 20;

-- name: HoldSlot :exec
update slot set offered_casefile_id = @casefile_id, offered_until = @until where service_id = @service_id and id = @id;

-- name: NoteOffer :exec
insert into slot_offer (service_id, slot_id, organisation_id, person_id, casefile_id, offered_at, until)
values (@service_id, @slot_id, @organisation_id, @person_id, @casefile_id, @offered_at, @until);

-- name: HoldIsWanted :one
-- Whether the case that a slot is held for still waits for an appointment.
select exists (select 1 from casefile where service_id = @service_id and id = @casefile_id and state = 'awaiting_booking')::bool;

-- name: ListHeld :many
-- Slots held for a case, but for the one it takes.
select id from slot where service_id = @service_id and offered_casefile_id = @casefile_id and id <> @taken and offered_until > @at order by starts_at limit 20;

-- name: ListWaiting :many
-- Cases that wait for an appointment of a role, hold no offer, and whose person was not offered this slot before
-- and has not given it back.
select c.id, c.organisation_id, c.person_id, c.source, c.reason, c.priority, c.received_at
from casefile c
where c.service_id = @service_id and c.state = 'awaiting_booking' and c.pathway = @role
 and not exists (select 1 from slot t where t.service_id = c.service_id and t.offered_casefile_id = c.id and t.offered_until > @at)
 and not exists (select 1 from slot_offer o where o.service_id = c.service_id and o.slot_id = @slot_id and o.organisation_id = c.organisation_id and o.person_id = c.person_id)
 and not exists (select 1 from appointment a where a.service_id = c.service_id and a.organisation_id = c.organisation_id and a.person_id = c.person_id and a.slot_id = @slot_id)
order by coalesce(c.priority, 'P2'), c.received_at limit 2000;

-- name: FindCase :one
select c.id, c.organisation_id, c.person_id, c.source, c.referral_id, c.state, c.state_at, c.reason, c.priority, c.pathway, c.received_at,
 exists (select 1 from appointment a where a.service_id = c.service_id and a.casefile_id = c.id and a.state = 'attended')::bool as seen,
 (c.referral_id is not null or exists (select 1 from casefile m join referral r on r.organisation_id = m.organisation_id and r.id = m.referral_id
  where m.service_id = c.service_id and m.organisation_id = c.organisation_id and m.person_id = c.person_id and m.merged_into = c.id and m.state = 'merged'
   and r.state in ('accepted','booked','attended','report_pending')))::bool as shown
from casefile c where c.service_id = @service_id and c.id = @id;

-- name: LockCase :exec
select id from casefile where service_id = @service_id and id = @id for update;

-- name: FindPerson :one
select given_name, family_name, mobile, personal_email, work_email, safe_contact, safe_contact_kind, safe_contact_verified_at from person where organisation_id = @organisation_id and id = @id;

-- name: ListReferrers :many
-- Whose referrals an appointment serves.
select r.id, r.referrer_person_id from appointment_time t join referral r on r.organisation_id = t.organisation_id and r.id = t.referral_id
where t.service_id = @service_id and t.appointment_id = @appointment_id and r.state not in ('withdrawn','declined','closed') order by r.id;

-- name: ListReferrersOfCase :many
-- Whose referrals a case serves, of those whom a step has just shown that no report comes.
select r.id, r.referrer_person_id from casefile c join referral r on r.organisation_id = c.organisation_id and r.id = c.referral_id
where c.service_id = @service_id and (c.id = @casefile_id or c.merged_into = @casefile_id and c.state = 'merged')
 and r.state = 'not_reported' and r.state_at = @at order by r.id;

-- name: ListShown :many
-- Those of some appointments that a referrer sees.
select distinct appointment_id from appointment_time where service_id = @service_id and appointment_id = any(@ids::uuid[]);

-- name: FindPost :one
select band, staff_group, site, team from post
where organisation_id = @organisation_id and person_id = @person_id and starts_on <= @on_day and (ends_on is null or ends_on > @on_day)
order by is_primary desc, starts_on limit 1;

-- name: InsertAppointment :exec
insert into appointment (service_id, organisation_id, id, casefile_id, referral_id, person_id, slot_id, clinician_account, clinician_name, role, kind, mode, site, starts_at, minutes, state, booked_at)
values (@service_id, @organisation_id, @id, @casefile_id, @referral_id, @person_id, @slot_id, @clinician_account, @clinician_name, @role, @kind, @mode, @site, @starts_at, @minutes, 'booked', @booked_at);

-- name: FindAppointment :one
select * from appointment where service_id = @service_id and id = @id;

-- name: LockAppointment :one
select * from appointment where service_id = @service_id and id = @id for update;

-- name: EndAppointment :exec
update appointment set state = @state, outcome_code = @outcome_code, ended_at = @at where service_id = @service_id and id = @id;

-- name: CountMissed :one
select count(*)::int from appointment where service_id = @service_id and casefile_id = @casefile_id and state = 'dna';

-- name: ListForCase :many
select * from appointment where service_id = @service_id and casefile_id = @casefile_id order by starts_at desc limit 100;

-- name: ListForClinician :many
select a.*, coalesce(p.given_name, '')::text as given_name, coalesce(p.family_name, '')::text as family_name, c.reason, c.priority, c.state as case_state, c.source
from appointment a join casefile c on c.service_id = a.service_id and c.id = a.casefile_id
left join person p on p.organisation_id = a.organisation_id and p.id = a.person_id
where a.service_id = @service_id and a.clinician_account = @account and a.starts_at >= @from_at and a.starts_at < @to_at and a.state <> 'cancelled'
order by a.starts_at limit 100;

-- name: ListForPerson :many
select * from appointment
where organisation_id = @organisation_id and person_id = @person_id and service_id = @service_id and starts_at >= @from_at
order by starts_at limit 50;

-- name: ListToBook :many
-- The person's own cases that wait for them to choose a time.
select id, source, pathway, received_at from casefile
where service_id = @service_id and organisation_id = @organisation_id and person_id = @person_id and state = 'awaiting_booking' and pathway is not null and pathway <> 'paper'
order by received_at limit 20;

-- name: ListPauses :many
select casefile_id, starts_at, ends_at from clock_pause where service_id = @service_id and casefile_id = any(@cases::uuid[]) order by starts_at;

-- name: ListTargets :many
select distinct on (measure) measure, working_days from service_target
where service_id = @service_id and valid_from <= @on_day order by measure, valid_from desc;

-- name: LockSessionSlots :exec
-- Waits for bookings under way, and makes later ones look at the session again.
select id from slot where service_id = @service_id and session_id = @session_id for update;

-- name: ListLiveOfCase :many
select id from appointment where service_id = @service_id and casefile_id = @casefile_id and state = 'booked' limit 5;

-- name: DropHolds :exec
update slot set offered_until = @at where service_id = @service_id and offered_casefile_id = @casefile_id and offered_until > @at;

-- name: InsertConsent :exec
-- What the person said when they were asked whether they agree to the assessment.
insert into assessment_consent (service_id, id, casefile_id, appointment_id, organisation_id, person_id, agreed, method, words, recorder_account, recorder_name, at)
values (@service_id, @id, @casefile_id, @appointment_id, @organisation_id, @person_id, @agreed, @method, @words, @recorder_account, @recorder_name, @at);

-- name: FindReviewDays :one
select review_days from service where id = @id;

-- name: ListViewers :one
-- Who may see a referral, and so would have had the report.
select viewers from referral where service_id = @service_id and id = @id;
