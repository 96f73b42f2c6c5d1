-- name: FindPlace :one
-- What an organisation is called and of what kind it is, on a day.
select o.kind, n.name from organisation o join organisation_span n on n.organisation_id = o.id
where o.id = @organisation_id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day);

-- name: CountStaff :one
select count(*) from person where organisation_id = @organisation_id and (left_on is null or left_on > @on_day);

-- name: ListStaff :many
-- Who is on the list of a small organisation, with the job of their main post.
select p.id, p.given_name, p.family_name, p.name_key, coalesce(o.title, '')::text as title
from person p left join post o on o.organisation_id = p.organisation_id and o.person_id = p.id and o.is_primary and (o.ends_on is null or o.ends_on > @on_day)
where p.organisation_id = @organisation_id and (p.left_on is null or p.left_on > @on_day)
order by p.name_key, p.id limit 200;

-- name: InsertPerson :execrows
-- Nobody twice: the number follows from who put themselves forward.
insert into person (organisation_id, id, employee_number, family_name, given_name, name_key, date_of_birth, work_email, updated_at)
values (@organisation_id, @id, @employee_number, @family_name, @given_name, @name_key, @date_of_birth, @work_email, @at) on conflict do nothing;

-- name: InsertPost :exec
insert into post (organisation_id, id, person_id, assignment_number, is_primary, title, band, staff_group, site, department, team, hours, manager_person_id, patient_contact, starts_on)
values (@organisation_id, @id, @person_id, @assignment_number, true, @title, '', @staff_group, @place, @place, @place, @hours::float8, @manager_person_id, @patient_contact, @starts_on);

-- name: IsThere :one
-- Whether somebody with this name and birthday, or this work e-mail, is on the list.
select exists (select 1 from person where organisation_id = @organisation_id and (left_on is null or left_on > @on_day)
 and (lower(work_email) = lower(@work_email) or name_key = @name_key and date_of_birth = @date_of_birth))::boolean as there;

-- name: IsNamed :one
-- Whether somebody else of this name is on the list.
select exists (select 1 from person where organisation_id = @organisation_id and (left_on is null or left_on > @on_day) and name_key = @name_key)::boolean as named;

-- name: IsClient :one
-- Whether a service still takes new referrals from an organisation on a day: after that nobody puts themselves forward.
select exists (select 1 from contract where organisation_id = @organisation_id and valid_from <= @on_day and (valid_to is null or valid_to > @on_day)
 and (refers_until is null or refers_until > @on_day))::boolean as client;

-- name: ForgetWaiting :execrows
-- Whoever has waited too long, or whose link was closed long ago, is on no list.
delete from staff_waiting where asked_at < @before;

-- name: ListLinks :many
select id, made_at, expires_on, used from staff_link where organisation_id = @organisation_id and closed_at is null and expires_on >= @on_day order by made_at desc limit 20;

-- name: InsertLink :execrows
insert into staff_link (organisation_id, id, made_at, by_name, expires_on) values (@organisation_id, @id, @at, @by_name, @expires_on) on conflict do nothing;

-- name: CloseLink :execrows
update staff_link set closed_at = @at where organisation_id = @organisation_id and id = @id and closed_at is null;

-- name: FindLink :one
-- A link that is open on a day, for whoever follows it.
select organisation_id, used from staff_link where id = @id and closed_at is null and expires_on >= @on_day;

-- name: UseLink :execrows
update staff_link set used = used + 1 where organisation_id = @organisation_id and id = @id and closed_at is null and used < @most;

-- name: InsertWaiting :execrows
insert into staff_waiting (organisation_id, id, link_id, family_name, given_name, date_of_birth, work_email, job, asked_at)
values (@organisation_id, @id, @link_id, @family_name, @given_name, @date_of_birth, @work_email, @job, @at) on conflict do nothing;

-- name: ListWaiting :many
select id, family_name, given_name, date_of_birth, work_email, job, asked_at from staff_waiting where organisation_id = @organisation_id order by asked_at, id limit 500;

-- name: TakeWaiting :one
-- Whoever was taken on, or removed, waits no longer.
delete from staff_waiting where organisation_id = @organisation_id and id = @id
returning id, family_name, given_name, date_of_birth, work_email, job;
