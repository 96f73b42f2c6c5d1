-- name: ListPlans :many
-- Contracts of the service that end: those whose doors are open first.
select p.id, p.organisation_id, coalesce(n.name, '')::text as name, p.receiver, p.receiver_contact, p.nobody, p.objection_days, c.refers_until, c.valid_to, s.done_on as told_on
from exit_plan p join contract c on c.service_id = p.service_id and c.organisation_id = p.organisation_id and c.valid_from = p.valid_from
left join exit_step s on s.service_id = p.service_id and s.plan_id = p.id and s.step = 'told'
left join lateral (select w.name from organisation_span w where w.organisation_id = p.organisation_id and w.valid_from <= @on_day::date order by w.valid_from desc limit 1) n on true
where p.service_id = @service_id order by c.valid_to nulls first, c.refers_until, p.id limit 200;

-- name: CountRecords :one
-- How many people of an organisation have a record with the service.
select count(distinct person_id)::int as n from casefile where service_id = @service_id and organisation_id = @organisation_id and state <> 'merged';

-- name: ListOpen :many
-- Who has an open case, with what was decided about it. No word of what it is about.
select c.id, c.person_id, p.family_name, p.given_name, p.date_of_birth, c.received_at, c.state, h.way, h.reason, h.saved_at
from casefile c join person p on p.organisation_id = c.organisation_id and p.id = c.person_id
left join handover_case h on h.service_id = c.service_id and h.plan_id = @plan_id and h.casefile_id = c.id
where c.service_id = @service_id and c.organisation_id = @organisation_id and c.state not in ('closed','merged')
order by p.family_name, p.given_name, c.person_id, c.received_at limit 2000;

-- name: ListClosed :many
-- Who has a record and no open case.
select distinct p.id, p.family_name, p.given_name, p.date_of_birth from casefile c join person p on p.organisation_id = c.organisation_id and p.id = c.person_id
where c.service_id = @service_id and c.organisation_id = @organisation_id
 and not exists (select 1 from casefile o where o.service_id = c.service_id and o.organisation_id = c.organisation_id and o.person_id = c.person_id and o.state not in ('closed','merged'))
order by p.family_name, p.given_name, p.id limit 5000;

-- name: ListWords :many
select person_id, word, on_day, instead, by_name from handover_person where service_id = @service_id and plan_id = @plan_id;

-- name: FindPerson :one
-- Somebody who has a record with the service.
select p.id, p.family_name, p.given_name, p.date_of_birth, p.employee_number from person p
where p.organisation_id = @organisation_id and p.id = @id and exists (select 1 from casefile c where c.service_id = @service_id and c.organisation_id = p.organisation_id and c.person_id = p.id);

-- name: SetWord :exec
insert into handover_person (service_id, plan_id, person_id, organisation_id, word, on_day, instead, saved_at, by_account, by_name)
values (@service_id, @plan_id, @person_id, @organisation_id, @word, @on_day, sqlc.narg(instead), @at, @by_account, @by_name)
on conflict (service_id, plan_id, person_id) do update set word = excluded.word, on_day = excluded.on_day, instead = excluded.instead, saved_at = excluded.saved_at, by_account = excluded.by_account, by_name = excluded.by_name;

-- name: SetWay :exec
-- What was decided before stays as old as it was, if it is the same: a file that was made since holds it.
insert into handover_case (service_id, plan_id, casefile_id, organisation_id, person_id, way, reason, saved_at, by_account, by_name)
values (@service_id, @plan_id, @casefile_id, @organisation_id, @person_id, @way, sqlc.narg(reason), @at, @by_account, @by_name)
on conflict (service_id, plan_id, casefile_id) do update set way = excluded.way, reason = excluded.reason,
 saved_at = case when handover_case.way = excluded.way then handover_case.saved_at else excluded.saved_at end, by_account = excluded.by_account, by_name = excluded.by_name;

-- name: ListDue :many
-- What comes due, as counted last where it is kept.
select distinct on (item) item, n, source, counted_on, by_name from handover_due where service_id = @service_id and plan_id = @plan_id order by item, saved_at desc;

-- name: InsertDue :exec
insert into handover_due (service_id, plan_id, item, saved_at, organisation_id, n, source, counted_on, by_name) values (@service_id, @plan_id, @item, @at, @organisation_id, @n, @source, @counted_on, @by_name);

-- name: ListFiles :many
-- Files that were asked for, the newest first, with what the receiver said.
select f.id, f.asked_at, f.asked_account, f.asked_by, f.made_at, f.made_by, f.people, f.size, f.sha256, r.received_on, r.receiver_name, r.name, r.document_sha256, r.by_name
from handover_file f left join handover_receipt r on r.service_id = f.service_id and r.file_id = f.id
where f.service_id = @service_id and f.plan_id = @plan_id order by f.asked_at desc, f.id limit 100;

-- name: AskFile :execrows
insert into handover_file (service_id, id, plan_id, organisation_id, asked_at, asked_account, asked_by) values (@service_id, @id, @plan_id, @organisation_id, @at, @account, @by_name) on conflict do nothing;

-- name: MadeFile :execrows
update handover_file set made_at = @at, made_account = @account, made_by = @by_name, people = @people, size = @size, sha256 = @sha256
where service_id = @service_id and plan_id = @plan_id and id = @id and made_at is null;

-- name: InsertReceipt :execrows
insert into handover_receipt (service_id, file_id, plan_id, organisation_id, sha256, received_on, receiver_name, name, size, content, document_sha256, saved_at, by_account, by_name)
values (@service_id, @file_id, @plan_id, @organisation_id, @sha256, @received_on, @receiver_name, @name, @size, @content, @document_sha256, @at, @by_account, @by_name) on conflict do nothing;

-- name: FindReceipt :one
select name, content from handover_receipt where service_id = @service_id and plan_id = @plan_id and file_id = @file_id;

-- name: ListGoing :many
-- Whose record goes: everybody with one, but for who said no.
select distinct p.id, p.family_name, p.given_name, p.date_of_birth, p.employee_number, w.word, w.on_day from casefile c join person p on p.organisation_id = c.organisation_id and p.id = c.person_id
left join handover_person w on w.service_id = c.service_id and w.plan_id = @plan_id and w.person_id = c.person_id
where c.service_id = @service_id and c.organisation_id = @organisation_id and c.state <> 'merged' and w.word is distinct from 'objected'
order by p.family_name, p.given_name, p.id;

-- name: RecordCases :many
select id, source, referral_id, self_referral_id, state, reason, received_at, closed_at, closing_reason from casefile
where service_id = @service_id and organisation_id = @organisation_id and person_id = @person_id order by received_at, id;

-- name: RecordReferrals :many
select r.id, r.kind, r.text, r.version, r.submitted_at from referral r where r.service_id = @service_id and r.organisation_id = @organisation_id and r.person_id = @person_id order by r.submitted_at, r.id;

-- name: RecordOwn :many
-- What the person wrote to OH: self-referrals, and comments beside a referral.
select s.id, 'self'::text as kind, s.text, s.at from self_referral s where s.service_id = @service_id and s.organisation_id = @organisation_id and s.person_id = @person_id
union all
select o.id, 'comment'::text, o.text, o.at from oh_comment o where o.service_id = @service_id and o.organisation_id = @organisation_id and o.person_id = @person_id
order by 4, 1;

-- name: RecordAppointments :many
select starts_at, clinician_name, role, mode, state from appointment where service_id = @service_id and organisation_id = @organisation_id and person_id = @person_id order by starts_at;

-- name: RecordNotes :many
-- What is signed. A counselling note stays with its author: no row policy shows it to anybody else, and this leaves the reader's own out.
select id, author_name, author_role, body, findings, addendum_to, signed_at::timestamptz as signed_at, (withheld_reason is not null or under_withheld)::boolean as withheld from note
where service_id = @service_id and organisation_id = @organisation_id and person_id = @person_id and signed_at is not null and not restricted order by signed_at, id;

-- name: RecordReports :many
-- The newest signed version of each report.
select distinct on (v.report_id) v.report_id, v.content, v.author_name, v.signed_at::timestamptz as signed_at,
 exists (select 1 from released_report x where x.service_id = v.service_id and x.report_id = v.report_id and x.version = v.version)::boolean as released
from report_version v where v.service_id = @service_id and v.organisation_id = @organisation_id and v.person_id = @person_id and v.signed_at is not null order by v.report_id, v.version desc;
