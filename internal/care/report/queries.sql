-- name: FindReportForCase :one
-- The report of a case with what its pages need to know (clinical wall). A case that other referrals were merged
-- into has several: the one that is being written comes first, then one to correct, then one nobody has signed.
select r.id, r.organisation_id, r.casefile_id, r.referral_id, r.person_id, r.recipients, r.recipient_names,
 c.state, c.source, c.reason, c.owner_account, f.text as referral_text,
 (p.given_name || ' ' || p.family_name)::text as person_name,
 coalesce((select o.title from post o where o.organisation_id = r.organisation_id and o.person_id = r.person_id order by o.is_primary desc, o.starts_on desc limit 1), '')::text as post_title,
 s.review_days, p.safe_contact, p.safe_contact_kind, p.safe_contact_verified_at, p.mobile, p.personal_email, p.work_email
from report r
join casefile c on c.service_id = r.service_id and c.id = r.casefile_id
join referral f on f.service_id = r.service_id and f.id = r.referral_id
join person p on p.organisation_id = r.organisation_id and p.id = r.person_id
join service s on s.id = r.service_id
where r.service_id = @service_id and r.casefile_id = @casefile_id
order by exists (select 1 from report_version v where v.service_id = r.service_id and v.report_id = r.id and v.signed_at is null) desc,
 exists (select 1 from correction k where k.service_id = r.service_id and k.report_id = r.id and k.answered_at is null) desc,
 not exists (select 1 from report_version v where v.service_id = r.service_id and v.report_id = r.id) desc,
 r.opened_at, r.id limit 1;

-- name: LastSeen :one
-- When and how the person was last seen in a case.
select starts_at, mode from appointment
where service_id = @service_id and casefile_id = @casefile_id and state = 'attended'
order by starts_at desc limit 1;

-- name: LastOutcome :one
-- What the clinician found last: a new draft starts from it.
select fitness, effective_on, timescale, review_on, adjustments from outcome
where service_id = @service_id and casefile_id = @casefile_id
order by at desc limit 1;

-- name: Delegated :one
-- Whether the case was referred on to a colleague who took it: they may then sign what another began.
select exists (select 1 from case_step where service_id = @service_id and casefile_id = @casefile_id and to_account = @account and state in ('accepted','done'));

-- name: FindReport :one
-- A report by its id, behind the clinical or the portal wall.
select r.id, r.organisation_id, r.service_id, r.casefile_id, r.referral_id, r.person_id, r.recipients, r.recipient_names, r.opened_at, s.name as service_name, s.phone, s.review_days
from report r join service s on s.id = r.service_id
where r.service_id = @service_id and r.id = @id;

-- name: ListOwnReports :many
-- Every report about one person, newest first (portal wall).
-- waits_since is when the newest version was signed, if it has not gone and they have not spoken of it;
-- else the epoch.
select r.id, r.referral_id, r.recipient_names, r.opened_at, s.review_days,
 coalesce((select v.signed_at from report_version v where v.service_id = r.service_id and v.report_id = r.id
   and v.version = (select max(w.version) from report_version w where w.service_id = r.service_id and w.report_id = r.id and w.signed_at is not null)
   and not exists (select 1 from released_report x where x.service_id = r.service_id and x.report_id = r.id and x.version = v.version)
   and not exists (select 1 from consent_event e where e.service_id = r.service_id and e.report_id = r.id and (e.version = v.version or e.kind = 'withdrawn' and e.at >= v.signed_at))),
  'epoch')::timestamptz as waits_since,
 coalesce((select max(v.version) from report_version v where v.service_id = r.service_id and v.report_id = r.id and v.signed_at is not null), 0)::int as signed_version,
 exists (select 1 from released_report x where x.service_id = r.service_id and x.report_id = r.id) as released
from report r join service s on s.id = r.service_id
where r.organisation_id = @organisation_id and r.person_id = @person_id
order by r.opened_at desc limit 50;

-- name: ListOpenOf :many
-- The reports about one person whose cases are not closed.
select r.id from report r join casefile c on c.service_id = r.service_id and c.id = r.casefile_id
where r.service_id = @service_id and r.organisation_id = @organisation_id and r.person_id = @person_id and c.state <> 'closed'
order by r.opened_at, r.id limit 20;

-- name: ListVersions :many
select version, content, author_account, author_name, saved_at, signed_at from report_version
where service_id = @service_id and report_id = @report_id order by version;

-- name: ListEvents :many
select event_no, kind, choice, days, version, recipients, assisted, method, words, at from consent_event
where service_id = @service_id and report_id = @report_id order by event_no;

-- name: ListCorrections :many
select id, version, text, at, answer, answered_at from correction
where service_id = @service_id and report_id = @report_id order by at, id;

-- name: ListReleasedVersions :many
select id, version, recipients, released_at from released_report
where service_id = @service_id and report_id = @report_id order by version;

-- name: LockReport :exec
-- Whatever happens next to this report happens alone.
select report_lock(@report);

-- name: InsertVersion :exec
insert into report_version (service_id, report_id, version, organisation_id, person_id, content, author_account, author_name, saved_at)
values (@service_id, @report_id, @version, @organisation_id, @person_id, @content, @author_account, @author_name, @saved_at);

-- name: UpdateDraft :execrows
update report_version set content = @content, saved_at = @saved_at
where service_id = @service_id and report_id = @report_id and version = @version and signed_at is null;

-- name: SignVersion :execrows
update report_version set content = @content, author_account = @author_account, author_name = @author_name, saved_at = @signed_at, signed_at = @signed_at
where service_id = @service_id and report_id = @report_id and version = @version and signed_at is null;

-- name: InsertEvent :exec
-- The trigger gives event_no.
insert into consent_event (service_id, report_id, event_no, organisation_id, person_id, kind, choice, days, version, recipients, assisted, method, recorder_account, words, at)
values (@service_id, @report_id, 0, @organisation_id, @person_id, @kind, @choice, @days, @version, @recipients, @assisted, @method, @recorder_account, @words, @at);

-- name: InsertCorrection :exec
insert into correction (service_id, id, report_id, version, organisation_id, person_id, text, at)
values (@service_id, @id, @report_id, @version, @organisation_id, @person_id, @text, @at);

-- name: AnswerCorrection :execrows
update correction set answer = @answer, answered_at = @answered_at, answered_by = @answered_by
where service_id = @service_id and report_id = @report_id and id = @id and answered_at is null;

-- name: InsertTask :exec
insert into task (service_id, id, casefile_id, kind, priority, owner_account, created_at, due_at)
values (@service_id, @id, @casefile_id, @kind, @priority, @owner_account, @created_at, @due_at);

-- name: EndTasks :exec
-- A signed version answers every correction task of its case.
update task set done_at = @done_at where service_id = @service_id and casefile_id = @casefile_id and kind in ('correction','report') and done_at is null;

-- name: EndCorrectionTasks :exec
-- Once no correction of a case waits for an answer, the tasks to answer are done. What they leave is the new version to
-- sign: for the same clinician, by the same time.
with answered as (
 update task t set done_at = @at::timestamptz
 where t.service_id = @service_id and t.casefile_id = @casefile_id and t.kind = 'correction' and t.done_at is null
  and not exists (select 1 from correction k join report r on r.service_id = k.service_id and r.id = k.report_id
   where r.service_id = t.service_id and r.casefile_id = t.casefile_id and k.answered_at is null)
 returning t.service_id, t.casefile_id, t.priority, t.owner_account, t.due_at)
insert into task (service_id, id, casefile_id, kind, priority, owner_account, created_at, due_at)
select distinct on (owner_account) service_id, gen_random_uuid(), casefile_id, 'report', priority, owner_account, @at, due_at
from answered order by owner_account, due_at;

-- name: StartPause :exec
-- The clocks of a case stand still while the person reads.
insert into clock_pause (service_id, id, casefile_id, reason, starts_at) values (@service_id, @id, @casefile_id, 'with_person', @starts_at);

-- name: EndPause :execrows
update clock_pause set ends_at = @ends_at
where service_id = @service_id and casefile_id = @casefile_id and reason = 'with_person' and ends_at is null;

-- name: CaseCodes :one
-- What the activity ledger is told of a case.
select c.state, c.source, c.reason, coalesce(c.priority, '')::text as priority, coalesce(t.staff_group, '')::text as staff_group,
 coalesce(t.band, '')::text as band, coalesce(t.site, '')::text as site, coalesce(t.team, '')::text as team
from casefile c
left join lateral (select o.staff_group, o.band, o.site, o.team from post o where o.organisation_id = c.organisation_id and o.person_id = c.person_id order by o.is_primary desc, o.starts_on desc limit 1) t on true
where c.service_id = @service_id and c.id = @id;

-- name: ListEntitled :many
-- Those of some people who may receive a report about the person of a referral on a day: they work here, and are the
-- person's manager, a confirmed delegate or one of hr; or they were named for themselves (not as a manager or delegate)
-- and are still in a post that they held then.
select v.id::uuid as id
from unnest(@people::uuid[]) with ordinality as v(id, n)
join referral f on f.service_id = @service_id and f.organisation_id = @organisation_id and f.id = @referral_id
join person p on p.organisation_id = f.organisation_id and p.id = v.id and (p.left_on is null or p.left_on > @on_day::date)
where v.id = any(@hr::uuid[])
 or exists (select 1 from post o where o.organisation_id = f.organisation_id and o.person_id = f.person_id and o.manager_person_id = v.id
  and (o.ends_on is null or o.ends_on > @on_day::date))
 or exists (select 1 from delegation d where d.organisation_id = f.organisation_id and d.person_id = f.person_id and d.manager_person_id = v.id
  and d.state = 'confirmed' and d.starts_on <= @on_day::date and d.ends_on > @on_day::date)
 or v.id <> all(f.line) and exists (select 1 from post o where o.organisation_id = f.organisation_id and o.person_id = v.id
  and o.starts_on <= f.submitted_at::date and (o.ends_on is null or o.ends_on > @on_day::date))
order by v.n;

-- name: InsertHeldTask :exec
-- OH is told once for each word of the person that a release waits.
insert into task (service_id, id, casefile_id, kind, priority, created_at, due_at)
select @service_id, @id, @casefile_id, 'recipient_changed', @priority, @created_at, @due_at
where not exists (select 1 from task t where t.service_id = @service_id and t.casefile_id = @casefile_id and t.kind = 'recipient_changed' and t.created_at >= @since);

-- name: EndHeldTasks :exec
update task set done_at = @done_at where service_id = @service_id and casefile_id = @casefile_id and kind = 'recipient_changed' and done_at is null;

-- name: InsertReleased :exec
-- The trigger refuses it (RW003) unless consent_no covers it.
insert into released_report (organisation_id, service_id, id, report_id, version, referral_id, person_id, recipients, content, author_name, consent_no, released_at)
values (@organisation_id, @service_id, @id, @report_id, @version, @referral_id, @person_id, @recipients, @content, @author_name, @consent_no, @released_at);

-- name: InsertAdjustment :exec
insert into adjustment (organisation_id, service_id, released_id, n, person_id, referral_id, kind, detail, starts_on, ends_on)
values (@organisation_id, @service_id, @released_id, @n, @person_id, @referral_id, @kind, @detail, @starts_on, @ends_on);

-- name: FindReferral :one
-- The employer's half of a referral, for those who may see it (employer wall).
select id, service_id, person_id, kind, state, viewers from referral where organisation_id = @organisation_id and id = @id;

-- name: ListReceived :many
-- What this recipient received about a referral, newest first (employer wall).
select id, version, content, author_name, released_at from released_report
where organisation_id = @organisation_id and referral_id = @referral_id order by released_at desc;

-- name: SetNotice :exec
-- The time of a version is over: nothing was sent, and the referrer knows as much as they ever will.
update report set notice_version = @notice_version where service_id = @service_id and id = @id;

-- name: InsertReceipt :execrows
-- The first reading only.
insert into report_receipt (organisation_id, service_id, released_id, person_id, first_read_at)
values (@organisation_id, @service_id, @released_id, @person_id, @first_read_at) on conflict do nothing;

-- name: AnsweredBy :one
-- What this recipient said of a released report; '' where they have said nothing (employer wall).
select coalesce(answered, '')::text as answered from report_receipt
where organisation_id = @organisation_id and released_id = @released_id and person_id = @person_id;

-- name: AnswerReport :execrows
-- Once: a second answer finds no row.
update report_receipt set answered = @answered, answered_at = @answered_at
where organisation_id = @organisation_id and released_id = @released_id and person_id = @person_id and answered is null;

-- name: ListReceipts :many
-- Who has read what was released (clinical wall).
select x.version, c.person_id, c.first_read_at from report_receipt c
join released_report x on x.service_id = c.service_id and x.id = c.released_id
where x.service_id = @service_id and x.report_id = @report_id order by c.first_read_at;

-- name: ListAdjustments :many
select released_id, n, kind, detail, starts_on, ends_on, status, coalesce(status_reason, '')::text as status_reason, status_at from adjustment
where organisation_id = @organisation_id and referral_id = @referral_id order by released_id, n;

-- name: AnswerAdjustment :execrows
update adjustment set status = @status, status_reason = @status_reason, status_by = @status_by, status_at = @status_at
where organisation_id = @organisation_id and released_id = @released_id and n = @n
 and (status <> @status or status_reason is distinct from @status_reason);

-- name: InsertDisclosure :exec
insert into disclosure (service_id, id, casefile_id, organisation_id, person_id, recipient, ground, statement, rationale, first_account, first_at, asked_account, asked_name, told_person, not_told_reason)
values (@service_id, @id, @casefile_id, @organisation_id, @person_id, @recipient, @ground, @statement, @rationale, @first_account, @first_at, @asked_account, @asked_name, @told_person, @not_told_reason);

-- name: ConfirmDisclosure :execrows
update disclosure set second_account = @second_account, second_at = @second_at
where service_id = @service_id and id = @id and second_at is null and first_account <> @second_account;

-- name: FindDisclosure :one
select id, casefile_id, organisation_id, person_id, recipient, ground, statement, rationale, first_account, first_at, asked_account, asked_name, second_account, second_at, told_person, not_told_reason
from disclosure where service_id = @service_id and casefile_id = @casefile_id and id = @id;

-- name: ListDisclosures :many
select id, recipient, ground, first_account, first_at, asked_account, asked_name, second_account, second_at, told_person from disclosure
where service_id = @service_id and casefile_id = @casefile_id order by first_at desc;

-- name: ListOwnDisclosures :many
-- Disclosures without consent that the person has been told of (portal wall).
select service_id, id, recipient, ground, statement, second_at from disclosure
where organisation_id = @organisation_id and person_id = @person_id order by first_at desc;

-- name: FindCase :one
-- Whose case it is (clinical wall): a disclosure needs no report.
select id, organisation_id, person_id, state from casefile where service_id = @service_id and id = @id;
