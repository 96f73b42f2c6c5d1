-- The queries of the clinical record. Row policies bound every one of them to the service in app.service; the
-- service is named again so that the keys, which all begin with it, are used.

-- name: FindCase :one
-- A case with whom it is about.
select c.id, c.organisation_id, c.person_id, c.source, c.referral_id, c.self_referral_id, c.state, c.state_at, c.received_at,
 c.complete_at, c.reason, c.priority, c.pathway, c.owner_account, c.due_on, c.merged_into, c.closed_at, c.closing_reason,
 p.family_name, p.given_name, p.date_of_birth, p.employee_number
from casefile c join person p on p.organisation_id = c.organisation_id and p.id = c.person_id
where c.service_id = @service_id and c.id = @id;

-- name: FindPerson :one
-- Somebody at an organisation that the service serves, with the contact they chose.
select organisation_id, id, employee_number, family_name, given_name, date_of_birth, safe_contact, safe_contact_kind, safe_contact_verified_at, mobile, personal_email, work_email, left_on
from person where organisation_id = @organisation_id and id = @id;

-- name: FindPost :one
-- The post that says what somebody does on a day: their primary one, else the latest to begin.
select title, band, staff_group, site, department, team, hours::float8 as hours, shift_pattern
from post where organisation_id = @organisation_id and person_id = @person_id
 and starts_on <= @on_day and (ends_on is null or ends_on > @on_day)
order by is_primary desc, starts_on desc limit 1;

-- name: OrganisationName :one
select name from organisation_span
where organisation_id = @organisation_id and valid_from <= @on_day and (valid_to is null or valid_to > @on_day);

-- name: SearchPeople :many
-- People by at least two identifiers; the name is a half-open range on the folded key, so the index is used under
-- row security. Bounded: a search is for one person, not a list of staff.
select organisation_id, id, employee_number, family_name, given_name, date_of_birth
from person
where (@name_from::text = '' or (name_key >= @name_from::text and name_key < @name_to::text))
 and (sqlc.narg(born)::date is null or date_of_birth = sqlc.narg(born)::date)
 and (@employee_number::text = '' or employee_number = @employee_number::text)
order by name_key, id limit @most;

-- name: FindRelation :one
-- What somebody is to a person at this moment: the strongest ground there is, break-glass last.
select g.ground::text as ground, g.object_id::uuid as object_id from (
 select 1 as rank, 'case' as ground, c.id as object_id from casefile c
 where c.service_id = @service_id and c.organisation_id = @organisation_id and c.person_id = @person_id
  and c.state not in ('closed','merged') and c.owner_account = @account
 union all
 select 2, 'step', s.id from case_step s join casefile c on c.service_id = s.service_id and c.id = s.casefile_id
 where c.service_id = @service_id and c.organisation_id = @organisation_id and c.person_id = @person_id
  and c.state not in ('closed','merged') and s.to_account = @account and s.state = 'accepted'
 union all
 select 3, 'appointment', a.id from appointment a join casefile c on c.service_id = a.service_id and c.id = a.casefile_id
 where c.service_id = @service_id and c.organisation_id = @organisation_id and c.person_id = @person_id
  and c.state not in ('closed','merged') and a.clinician_account = @account and a.state in ('booked','attended') and a.starts_at > @seen_since
 union all
 select 4, 'task', t.id from task t join casefile c on c.service_id = t.service_id and c.id = t.casefile_id
 where c.service_id = @service_id and c.organisation_id = @organisation_id and c.person_id = @person_id
  and c.state not in ('closed','merged') and t.owner_account = @account and t.done_at is null
 union all
 select 5, 'glass', b.id from break_glass b
 where b.service_id = @service_id and b.organisation_id = @organisation_id and b.person_id = @person_id
  and b.account_id = @account and b.opened_at <= @at and b.expires_at > @at
) g order by g.rank limit 1;

-- name: ListCasesOf :many
-- Every case of a person, newest first.
select id, source, state, state_at, received_at, reason from casefile
where service_id = @service_id and organisation_id = @organisation_id and person_id = @person_id
order by received_at desc limit 50;

-- name: FindReferral :one
select id, kind, text, version, submitted_at from referral where service_id = @service_id and id = @id;

-- name: ListSharedComments :many
select text, at from shared_comment where service_id = @service_id and referral_id = @referral_id order by at;

-- name: ListOHComments :many
select id, text, at from oh_comment where service_id = @service_id and referral_id = @referral_id order by at;

-- name: FindSelfReferral :one
select reason, text, contact, at from self_referral where service_id = @service_id and id = @id;

-- name: ListStates :many
-- The life of a case.
select state, at from casefile_state where service_id = @service_id and casefile_id = @casefile_id order by step;

-- name: ListAppointments :many
select a.id, a.clinician_account, a.clinician_name, a.role, a.kind, a.mode, a.site, a.starts_at, a.minutes, a.state, a.outcome_code, s.agreed
from appointment a left join assessment_consent s on s.service_id = a.service_id and s.appointment_id = a.id
where a.service_id = @service_id and a.casefile_id = @casefile_id order by a.starts_at;

-- name: ListNotes :many
-- What is signed, and the reader's own drafts. Row policies leave out restricted notes of others.
select id, appointment_id, restricted, author_account, author_name, author_role, body, findings, addendum_to, saved_at, signed_at,
 withheld_reason, withheld_review_on, under_withheld
from note where service_id = @service_id and casefile_id = @casefile_id and (signed_at is not null or author_account = @account)
order by coalesce(signed_at, saved_at), id;

-- name: ListOutcomes :many
select o.id, o.note_id, o.fitness, o.effective_on, o.timescale, o.review_on, o.adjustments, o.at, n.author_name
from outcome o left join note n on n.service_id = o.service_id and n.id = o.note_id
where o.service_id = @service_id and o.casefile_id = @casefile_id order by o.at desc;

-- name: ListContacts :many
select class, role, minutes, at from contact where service_id = @service_id and casefile_id = @casefile_id order by at;

-- name: ListSteps :many
select id, to_role, to_account, why, state, asked_by, asked_at, accepted_at, done_at
from case_step where service_id = @service_id and casefile_id = @casefile_id order by asked_at;

-- name: ListOpenTasks :many
select id, kind, priority, owner_account, due_at from task
where service_id = @service_id and casefile_id = @casefile_id and done_at is null order by due_at;

-- name: ListReportStates :many
-- How far each report of a case is, never its text: one for each referral, so a case into which others were merged has
-- several. drafting looks at versions that exist: a report without one has none. pending is a newest signed version that
-- was not sent and whose time is not over; what the person said of it does not count.
select r.id, coalesce(bool_or(v.version is not null and v.signed_at is null), false)::boolean as drafting, coalesce(bool_or(v.signed_at is not null), false)::boolean as signed,
 exists (select 1 from released_report x where x.service_id = r.service_id and x.report_id = r.id) as released,
 coalesce(max(v.version) filter (where v.signed_at is not null) > greatest(r.notice_version,
  (select max(x.version) from released_report x where x.service_id = r.service_id and x.report_id = r.id)), false)::boolean as pending,
 coalesce((select e.kind from consent_event e where e.service_id = r.service_id and e.report_id = r.id order by e.event_no desc limit 1), '')::text as consent
from report r left join report_version v on v.service_id = r.service_id and v.report_id = r.id
where r.service_id = @service_id and r.casefile_id = @casefile_id
group by r.service_id, r.id order by r.opened_at, r.id limit 50;

-- name: CountUnsigned :one
-- Drafts on a case, whoever writes them; counselling drafts of others stay unseen even to this count.
select count(*) from note where service_id = @service_id and casefile_id = @casefile_id and signed_at is null;

-- name: CountBooked :one
select count(*) from appointment where service_id = @service_id and casefile_id = @casefile_id and state = 'booked';

-- name: PlanReview :exec
-- The date by which a reviewed case is to be seen again.
update casefile set due_on = @due_on where service_id = @service_id and id = @id;

-- name: ListDay :many
-- Appointments of a day: one clinician's, or with no clinician the whole service's. What is still to be written after
-- each is asked of its clinician's own notes and of the report of the case: whether there is one, and how far it is.
select a.id, a.casefile_id, a.clinician_account, a.clinician_name, a.role, a.kind, a.mode, a.site, a.starts_at, a.minutes, a.state,
 p.family_name, p.given_name,
 coalesce((select n.id from note n where n.service_id = a.service_id and n.casefile_id = a.casefile_id and n.author_account = a.clinician_account
   and n.signed_at is null and n.addendum_to is null order by n.saved_at desc limit 1), '00000000-0000-0000-0000-000000000000')::uuid as draft,
 exists (select 1 from note n where n.service_id = a.service_id and n.casefile_id = a.casefile_id and n.author_account = a.clinician_account
   and n.signed_at >= @from_at::timestamptz) as noted,
 exists (select 1 from report r where r.service_id = a.service_id and r.casefile_id = a.casefile_id) as reported_on,
 exists (select 1 from report r join report_version v on v.service_id = r.service_id and v.report_id = r.id
   where r.service_id = a.service_id and r.casefile_id = a.casefile_id and v.signed_at is null) as drafting,
 exists (select 1 from report r join report_version v on v.service_id = r.service_id and v.report_id = r.id
   where r.service_id = a.service_id and r.casefile_id = a.casefile_id and v.signed_at >= @from_at::timestamptz) as reported
from appointment a join person p on p.organisation_id = a.organisation_id and p.id = a.person_id
where a.service_id = @service_id and a.starts_at >= @from_at and a.starts_at < @to_at and a.state <> 'cancelled'
 and (sqlc.narg(clinician)::uuid is null or a.clinician_account = sqlc.narg(clinician)::uuid)
order by a.starts_at, a.clinician_name limit 400;

-- name: CountToTriage :one
-- Cases that nobody has triaged, but for the reader's own.
select count(*)::int from casefile where service_id = @service_id and state = 'received' and person_id <> @reader;

-- name: ListTasks :many
-- What is to be done: one owner's, or with no owner the whole service's; the most urgent first.
select t.id, t.casefile_id, t.kind, t.priority, t.owner_account, t.due_at, p.family_name, p.given_name
from task t join casefile c on c.service_id = t.service_id and c.id = t.casefile_id
 join person p on p.organisation_id = c.organisation_id and p.id = c.person_id
where t.service_id = @service_id and t.done_at is null
 and (sqlc.narg(owner)::uuid is null or t.owner_account = sqlc.narg(owner)::uuid)
order by t.priority, t.due_at limit 200;

-- name: ListDrafts :many
-- Notes that somebody has begun and not signed.
select n.id, n.casefile_id, n.saved_at, p.family_name, p.given_name
from note n join person p on p.organisation_id = n.organisation_id and p.id = n.person_id
where n.service_id = @service_id and n.author_account = @account and n.signed_at is null order by n.saved_at limit 100;

-- name: ListReviews :many
-- Withheld entries whose day of review has come: of their author, and of who leads the case, closed or not.
select n.id, n.casefile_id, n.withheld_review_on::date as review_on, p.family_name, p.given_name
from note n join casefile c on c.service_id = n.service_id and c.id = n.casefile_id
 join person p on p.organisation_id = n.organisation_id and p.id = n.person_id
where n.service_id = @service_id and n.withheld_reason is not null and n.signed_at is not null and n.withheld_review_on <= @today::date
 and (n.author_account = @account or c.owner_account = @account) and n.person_id <> @reader
order by n.withheld_review_on, n.id limit 100;

-- name: KeepsEntries :one
-- Whether somebody wrote in a case, or led it last: who answers for what is withheld in it once it is closed.
select (exists (select 1 from casefile c where c.service_id = @service_id and c.id = @casefile_id and c.owner_account = @account::uuid)
 or exists (select 1 from note n where n.service_id = @service_id and n.casefile_id = @casefile_id and n.author_account = @account::uuid and n.signed_at is not null))::boolean as keeps;

-- name: ListReportsToSign :many
-- Report drafts that wait for their author's signature.
select r.casefile_id, v.saved_at, p.family_name, p.given_name
from report_version v join report r on r.service_id = v.service_id and r.id = v.report_id
 join person p on p.organisation_id = r.organisation_id and p.id = r.person_id
where v.service_id = @service_id and v.author_account = @account and v.signed_at is null order by v.saved_at limit 100;

-- name: ListDecisions :many
-- Disclosures without consent that wait for somebody's decision; never about themselves.
select d.id, d.casefile_id, d.first_at, p.family_name, p.given_name
from disclosure d join person p on p.organisation_id = d.organisation_id and p.id = d.person_id
where d.service_id = @service_id and d.asked_account = @account and d.second_at is null
order by d.first_at limit 100;

-- name: ListAsked :many
-- Steps that a role is asked to take, and those that somebody of it has taken and not finished.
select s.id, s.casefile_id, s.state, s.to_account, s.asked_at, p.family_name, p.given_name
from case_step s join casefile c on c.service_id = s.service_id and c.id = s.casefile_id
 join person p on p.organisation_id = c.organisation_id and p.id = c.person_id
where s.service_id = @service_id and s.to_role = @role and c.state not in ('closed','merged')
 and (s.state = 'requested' or (s.state = 'accepted' and s.to_account = @account))
order by s.asked_at limit 100;

-- name: InsertStep :execrows
insert into case_step (service_id, id, casefile_id, to_role, why, state, asked_by, asked_at)
values (@service_id, @id, @casefile_id, @to_role, @why, 'requested', @asked_by, @asked_at) on conflict do nothing;

-- name: FindStep :one
select s.id, s.casefile_id, s.to_role, s.to_account, s.why, s.state, s.asked_by, s.asked_at, c.organisation_id, c.person_id, c.state as case_state
from case_step s join casefile c on c.service_id = s.service_id and c.id = s.casefile_id
where s.service_id = @service_id and s.casefile_id = @casefile_id and s.id = @id;

-- name: AcceptStep :execrows
update case_step set state = 'accepted', to_account = @account, accepted_at = @at
where service_id = @service_id and id = @id and state = 'requested';

-- name: FinishStep :execrows
update case_step set state = 'done', done_at = @at
where service_id = @service_id and id = @id and state = 'accepted' and to_account = @account;

-- name: FinishTask :execrows
update task set done_at = @at
where service_id = @service_id and casefile_id = @casefile_id and id = @id and done_at is null;

-- name: FindNote :one
select id, casefile_id, appointment_id, restricted, author_account, author_name, author_role, body, findings, addendum_to, saved_at, signed_at,
 withheld_reason, withheld_why, withheld_review_on, under_withheld
from note where service_id = @service_id and casefile_id = @casefile_id and id = @id;

-- name: FindDraft :one
-- The note that somebody began on a case and has not signed.
select id from note where service_id = @service_id and casefile_id = @casefile_id and author_account = @account
 and signed_at is null and addendum_to is null order by saved_at desc limit 1;

-- name: LastSeen :one
-- The appointment a new note is most likely about: the latest one attended with its author.
select id, minutes from appointment
where service_id = @service_id and casefile_id = @casefile_id and clinician_account = @account and state = 'attended'
order by starts_at desc limit 1;

-- name: SaveNote :execrows
-- The first save makes the note; later ones change it while it is its author's draft. A signed note, or somebody
-- else's, changes no row.
insert into note (service_id, id, casefile_id, organisation_id, person_id, appointment_id, restricted, author_account, author_name, author_role,
 body, findings, addendum_to, saved_at, withheld_reason, withheld_why, withheld_review_on)
values (@service_id, @id, @casefile_id, @organisation_id, @person_id, @appointment_id, @restricted, @author_account, @author_name, @author_role,
 @body, @findings, @addendum_to, @saved_at, sqlc.narg(withheld_reason), sqlc.narg(withheld_why), sqlc.narg(withheld_review_on))
on conflict (service_id, id) do update set body = excluded.body, findings = excluded.findings, saved_at = excluded.saved_at,
 withheld_reason = excluded.withheld_reason, withheld_why = excluded.withheld_why, withheld_review_on = excluded.withheld_review_on
where note.casefile_id = excluded.casefile_id and note.author_account = excluded.author_account and note.signed_at is null;

-- name: SignNote :execrows
update note set signed_at = @at where service_id = @service_id and id = @id and author_account = @account and signed_at is null;

-- name: WithholdNote :execrows
update note set withheld_reason = sqlc.narg(reason), withheld_why = sqlc.narg(why), withheld_review_on = sqlc.narg(review_on)
where service_id = @service_id and casefile_id = @casefile_id and id = @id and signed_at is not null;

-- name: InsertOutcome :execrows
insert into outcome (service_id, id, casefile_id, note_id, fitness, effective_on, timescale, review_on, adjustments, at, by_account)
values (@service_id, @id, @casefile_id, @note_id, @fitness, @effective_on, @timescale, @review_on, @adjustments, @at, @by_account) on conflict do nothing;

-- name: InsertContact :execrows
insert into contact (service_id, id, casefile_id, class, role, minutes, by_account, at)
values (@service_id, @id, @casefile_id, @class, @role, @minutes, @by_account, @at) on conflict do nothing;

-- name: InsertGlass :execrows
insert into break_glass (service_id, id, organisation_id, person_id, account_id, reason, detail, opened_at, expires_at)
values (@service_id, @id, @organisation_id, @person_id, @account_id, @reason, @detail, @opened_at, @expires_at) on conflict do nothing;

-- name: ListMyNotes :many
-- The person's own record as they may read it: signed, not withheld, no addendum to what is withheld. Row policies say the
-- same.
select service_id, id, casefile_id, author_account, author_name, author_role, body, findings, addendum_to, signed_at::timestamptz as signed_at
from note where organisation_id = @organisation_id and person_id = @person_id and signed_at is not null and withheld_reason is null and not under_withheld
order by signed_at desc limit 500;

-- name: ListMyAppointments :many
select a.id, a.clinician_account, a.clinician_name, a.role, a.kind, a.mode, a.site, a.starts_at, a.minutes, a.state, a.outcome_code, s.agreed
from appointment a left join assessment_consent s on s.service_id = a.service_id and s.appointment_id = a.id
where a.organisation_id = @organisation_id and a.person_id = @person_id order by a.starts_at desc limit 500;

-- name: ListLooks :many
-- Everything the audit log says about a person: what somebody did again on a day on the same ground is one line, newest
-- first. The ground is its code: "glass:<id>" is "glass".
select (at at time zone 'Europe/London')::date as day, organisation_id, service_id, actor_account, actor_person, actor_name, role, action, outcome,
 split_part(ground, ':', 1)::text as ground, count(*) as n, min(at)::timestamptz as first_at, max(at)::timestamptz as last_at
from audit_event where subject_person = @person_id::uuid
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
order by max(at) desc, action, outcome, 10, role, actor_account limit @most offset @skip;

-- name: CountLooks :one
-- How many events the log has about a person.
select count(*) from audit_event where subject_person = @person_id::uuid;

-- name: ListMyReferrers :many
-- Who referred the person, as far as they may see it.
select distinct referrer_person_id from referral where organisation_id = @organisation_id and person_id = @person_id;

-- name: ListMyManagers :many
-- Whom the person has reported to.
select distinct manager_person_id::uuid as manager_person_id from post where organisation_id = @organisation_id and person_id = @person_id and manager_person_id is not null;

-- name: ServiceName :one
select name from service where id = @id;

-- name: LockCase :one
-- Keeps a case from moving, and its clock from being stopped twice, until the transaction ends.
select state from casefile where service_id = @service_id and id = @id for update;

-- name: ListPauses :many
-- When the clock of a case stood, and why.
select id, reason, starts_at, ends_at from clock_pause where service_id = @service_id and casefile_id = @casefile_id order by starts_at, id;

-- name: InsertPause :exec
insert into clock_pause (service_id, id, casefile_id, reason, starts_at, by_account) values (@service_id, @id, @casefile_id, @reason, @starts_at, @by_account);

-- name: FindOwnLastNote :one
-- The note that somebody signed last in a case: they write the report from it.
select id from note where service_id = @service_id and casefile_id = @casefile_id and author_account = @account
 and signed_at is not null and addendum_to is null order by signed_at desc limit 1;
