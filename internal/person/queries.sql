-- name: LockFeed :exec
-- One import of an organisation at a time: two would both find a new person missing.
select pg_advisory_xact_lock(hashtextextended('staff feed ' || (@organisation_id::uuid)::text, 0));

-- name: ListPeople :many
-- Everybody the organisation ever had, to compare with a feed.
select id, employee_number, family_name, given_name, date_of_birth, coalesce(work_email, '')::text as work_email,
 coalesce(mobile, '')::text as mobile, coalesce(personal_email, '')::text as personal_email, left_on
from person where organisation_id = @organisation_id;

-- name: ListPosts :many
-- Every post the organisation ever had, to compare with a feed.
select id, person_id, assignment_number, is_primary, title, band, staff_group, site, department, team, hours::float8 as hours,
 coalesce(shift_pattern, '')::text as shift_pattern, manager_person_id, epp, patient_contact, drives, lone_worker, safety_critical, starts_on, ends_on
from post where organisation_id = @organisation_id;

-- name: UpsertPeople :exec
-- New and changed people of a feed, in one statement. Safe contacts are not the feed's to change.
insert into person (organisation_id, id, employee_number, family_name, given_name, name_key, date_of_birth, work_email, mobile, personal_email, left_on, updated_at)
select @organisation_id, r.id, r.employee_number, r.family_name, r.given_name, r.name_key, r.date_of_birth,
 nullif(r.work_email, ''), nullif(r.mobile, ''), nullif(r.personal_email, ''), nullif(r.left_on, '')::date, @at
from (select unnest(@ids::uuid[]) as id, unnest(@employee_numbers::text[]) as employee_number, unnest(@family_names::text[]) as family_name, unnest(@given_names::text[]) as given_name,
  unnest(@name_keys::text[]) as name_key, unnest(@dates_of_birth::date[]) as date_of_birth, unnest(@work_emails::text[]) as work_email, unnest(@mobiles::text[]) as mobile,
  unnest(@personal_emails::text[]) as personal_email, unnest(@left_ons::text[]) as left_on) r
on conflict (organisation_id, id) do update set family_name = excluded.family_name, given_name = excluded.given_name, name_key = excluded.name_key,
 date_of_birth = excluded.date_of_birth, work_email = excluded.work_email, mobile = excluded.mobile, personal_email = excluded.personal_email,
 left_on = excluded.left_on, updated_at = excluded.updated_at;

-- name: UpsertPosts :exec
-- New and changed posts of a feed, in one statement. A manager of '' is none.
insert into post (organisation_id, id, person_id, assignment_number, is_primary, title, band, staff_group, site, department, team, hours,
 shift_pattern, manager_person_id, epp, patient_contact, drives, lone_worker, safety_critical, starts_on, ends_on)
select @organisation_id, r.id, r.person_id, r.assignment_number, r.is_primary, r.title, r.band, r.staff_group, r.site, r.department, r.team, r.hours,
 nullif(r.shift_pattern, ''), nullif(r.manager, '')::uuid, r.epp, r.patient_contact, r.drives, r.lone_worker, r.safety_critical, r.starts_on, nullif(r.ends_on, '')::date
from (select unnest(@ids::uuid[]) as id, unnest(@people::uuid[]) as person_id, unnest(@assignment_numbers::text[]) as assignment_number, unnest(@primaries::boolean[]) as is_primary,
  unnest(@titles::text[]) as title, unnest(@bands::text[]) as band, unnest(@staff_groups::text[]) as staff_group, unnest(@sites::text[]) as site,
  unnest(@departments::text[]) as department, unnest(@teams::text[]) as team, unnest(@hours::float8[]) as hours, unnest(@shift_patterns::text[]) as shift_pattern,
  unnest(@managers::text[]) as manager, unnest(@epps::boolean[]) as epp, unnest(@patient_contacts::boolean[]) as patient_contact, unnest(@drivers::boolean[]) as drives,
  unnest(@lone_workers::boolean[]) as lone_worker, unnest(@safety_criticals::boolean[]) as safety_critical, unnest(@starts_ons::date[]) as starts_on, unnest(@ends_ons::text[]) as ends_on) r
on conflict (organisation_id, id) do update set is_primary = excluded.is_primary, title = excluded.title, band = excluded.band, staff_group = excluded.staff_group,
 site = excluded.site, department = excluded.department, team = excluded.team, hours = excluded.hours, shift_pattern = excluded.shift_pattern,
 manager_person_id = excluded.manager_person_id, epp = excluded.epp, patient_contact = excluded.patient_contact, drives = excluded.drives,
 lone_worker = excluded.lone_worker, safety_critical = excluded.safety_critical, starts_on = excluded.starts_on, ends_on = excluded.ends_on;

-- name: EndPosts :exec
-- Posts that the feed no longer has end on a day.
update post set ends_on = greatest(starts_on, @on_day::date) where organisation_id = @organisation_id and id = any (@ids::uuid[]);

-- name: Leave :exec
-- People whom the feed no longer has leave on a day.
update person set left_on = @on_day, updated_at = @at where organisation_id = @organisation_id and id = any (@ids::uuid[]);

-- name: PlanAfresh :exec
-- A connection that checked foreign keys while the tables were nearly empty keeps scanning them whole: 10,000 posts
-- took 15 s so, and 0.4 s with a plan for each check.
select set_config('plan_cache_mode', 'force_custom_plan', true);

-- name: PlanAnew :exec
-- For this transaction every statement is planned as the tables are now. The checks of foreign keys keep their plan else: one that was made
-- while a table had a few rows reads all of it for each row, long after it has thousands.
select set_config('plan_cache_mode', 'force_custom_plan', true);

-- name: DeleteDeclared :exec
-- What people of a feed declared goes before it is written anew.
delete from person_declared where organisation_id = @organisation_id and person_id = any (@people::uuid[]);

-- name: InsertDeclared :exec
-- What people of a feed declared. The login that writes it cannot read it.
insert into person_declared (organisation_id, person_id, sex, ethnic_group, disability)
select @organisation_id, unnest(@people::uuid[]), unnest(@sexes::text[]), unnest(@ethnic_groups::text[]), unnest(@disabilities::text[]);
