-- name: FindAccount :one
select id, login, display_name, registration, organisation_id, person_id, password_hash, totp_sealed, totp_used_step, failed_count, locked_until, state
from account where id = @id;

-- name: FindAccountByLogin :one
select id, login, display_name, registration, organisation_id, person_id, password_hash, totp_sealed, totp_used_step, failed_count, locked_until, state
from account where login = @login;

-- name: ListGrants :many
-- The roles an account holds on a day, with the place they are held at.
select g.role, g.organisation_id, g.service_id, coalesce(s.name, n.name)::text as place, coalesce(s.organisation_id, g.organisation_id)::uuid as host_id, g.decides_disclosures
from role_grant g
left join service s on s.id = g.service_id
left join organisation_span n on n.organisation_id = g.organisation_id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day)
where g.account_id = @account_id and g.valid_from <= @on_day and (g.valid_to is null or g.valid_to > @on_day)
order by g.role, place;

-- name: FindEmployment :one
-- The person behind an account, while they hold a post: it gives the roles person and manager.
select p.organisation_id, p.id, n.name as place, p.left_on,
 coalesce((select c.service_id from contract c where c.organisation_id = p.organisation_id and c.valid_from <= @on_day and (c.valid_to is null or c.valid_to > @on_day) order by c.valid_from desc limit 1), '00000000-0000-0000-0000-000000000000')::uuid as service_id
from person p
join organisation_span n on n.organisation_id = p.organisation_id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day)
where p.organisation_id = @organisation_id and p.id = @person_id;

-- name: FindPersonForLink :one
-- What the second check of a one-time link compares with.
select p.given_name, p.family_name, p.date_of_birth, n.name as place
from person p
join organisation_span n on n.organisation_id = p.organisation_id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day)
where p.organisation_id = @organisation_id and p.id = @person_id;

-- name: OpenLink :one
-- Counts an opening; a link's row begins when it is first opened.
insert into link_use (link_id, purpose) values (@link_id, @purpose)
on conflict (link_id) do update set purpose = excluded.purpose
returning attempts, used_at;

-- name: MissLink :exec
update link_use set attempts = attempts + 1 where link_id = @link_id;

-- name: UseLink :execrows
-- Marks a link used; nothing when it was used before.
update link_use set used_at = @used_at where link_id = @link_id and used_at is null;

-- name: RenewLink :execrows
-- Counts a new link for somebody on a day: none for who has no verified safe contact, nor the fourth of a day.
insert into link_renewal (organisation_id, person_id, day, sent)
select p.organisation_id, p.id, @day::date, 1 from person p
where p.organisation_id = @organisation_id and p.id = @person_id and p.safe_contact_verified_at is not null and p.safe_contact <> ''
on conflict (organisation_id, person_id, day) do update set sent = link_renewal.sent + 1 where link_renewal.sent < 3;

-- name: NoteFailure :exec
-- Counts a failed sign-in; from the fifth on the account waits.
update account set failed_count = failed_count + 1, locked_until = @locked_until where id = @id;

-- name: NoteSuccess :exec
update account set failed_count = 0, locked_until = null where id = @id;

-- name: UseStep :execrows
-- A time step of the authenticator counts once.
update account set totp_used_step = @step where id = @id and totp_used_step < @step;

-- name: SetCredentials :execrows
-- Once: of two who press at the same time one gets the account.
update account set password_hash = @password_hash, totp_sealed = @totp_sealed, totp_used_step = 0, state = 'active' where id = @id and state = 'invited';

-- name: ClearRecoveryCodes :exec
delete from recovery_code where account_id = @account_id;

-- name: InsertRecoveryCode :exec
insert into recovery_code (account_id, hash) values (@account_id, @hash);

-- name: ListRecoveryCodes :many
select hash from recovery_code where account_id = @account_id and used_at is null order by hash;

-- name: UseRecoveryCode :execrows
update recovery_code set used_at = @used_at where account_id = @account_id and hash = @hash and used_at is null;

-- name: InsertAccount :exec
insert into account (id, login, display_name, registration, organisation_id, person_id, state)
values (@id, @login, @display_name, @registration, @organisation_id, @person_id, @state);

-- name: SetRegistration :exec
update account set registration = @registration where id = @id;

-- name: InsertGrant :exec
insert into role_grant (id, account_id, role, organisation_id, service_id, valid_from, granted_by, decides_disclosures)
values (@id, @account_id, @role, @organisation_id, @service_id, @valid_from, @granted_by, @decides_disclosures);

-- name: ListDemoPeople :many
-- Who one can sign in as on the demonstration page: every account that holds a role, and a few members of staff and
-- managers, who have theirs by their posts. Managers of nurses come first: the main job begins with a nurse off sick.
select a.id, a.display_name, coalesce(n.name, '')::text as place, coalesce(string_agg(g.role, ',' order by g.role), '')::text as roles,
 coalesce((select o.team from post o where o.organisation_id = a.organisation_id and o.person_id = a.person_id and o.is_primary and o.ends_on is null), '')::text as team,
 m.reports
from account a
cross join lateral (select count(*) as reports, count(*) filter (where o.staff_group = 'Nursing and Midwifery Registered'
  and not exists (select 1 from post u where u.organisation_id = o.organisation_id and u.manager_person_id = o.person_id and u.ends_on is null)) as nurses
 from post o where o.organisation_id = a.organisation_id and o.manager_person_id = a.person_id and o.ends_on is null) m
left join role_grant g on g.account_id = a.id
left join organisation_span n on n.organisation_id = a.organisation_id and n.valid_to is null
where a.state = 'active'
group by a.id, a.display_name, n.name, m.reports, m.nurses
order by m.nurses = 0, a.display_name
limit 1000;

-- name: FindInstallation :one
select demo, (select count(*) from sign_off) as sign_offs from installation;

-- name: InsertInstallation :execrows
insert into installation (demo) values (@demo) on conflict (one) do nothing;

-- name: PutSignOff :exec
insert into sign_off (kind, signed_by, role, reference, signed_on) values (@kind, @signed_by, @role, @reference, @signed_on)
on conflict (kind) do update set signed_by = excluded.signed_by, role = excluded.role, reference = excluded.reference, signed_on = excluded.signed_on;

-- name: ServiceOf :one
-- The OH service that serves an organisation on a day.
select service_id from contract
where organisation_id = @organisation_id and valid_from <= @on_day and (valid_to is null or valid_to > @on_day)
order by valid_from desc limit 1;

-- name: ListHolders :many
-- Who holds one of some roles at a service on a day.
select a.id, a.display_name, a.organisation_id, a.person_id, g.role, bool_or(g.decides_disclosures) as decides_disclosures
from role_grant g join account a on a.id = g.account_id
where g.service_id = @service_id::uuid and g.role = any(@roles::text[]) and a.state <> 'closed'
 and g.valid_from <= @on_day and (g.valid_to is null or g.valid_to > @on_day)
group by a.id, g.role
order by a.display_name, g.role limit 500;

-- name: ListPeopleOf :many
-- The workforce records of those who hold a role at an organisation on a day.
select distinct a.person_id::uuid as person_id from role_grant g join account a on a.id = g.account_id
where g.organisation_id = @organisation_id::uuid and g.role = @role and a.state <> 'closed'
 and a.organisation_id = g.organisation_id and a.person_id is not null
 and g.valid_from <= @on_day and (g.valid_to is null or g.valid_to > @on_day)
order by 1 limit 500;

-- name: ListLoginsOf :many
-- The work e-mails of those who hold a role at an organisation on a day.
select distinct a.login from role_grant g join account a on a.id = g.account_id
where g.organisation_id = @organisation_id::uuid and g.role = @role and a.state <> 'closed'
 and g.valid_from <= @on_day and (g.valid_to is null or g.valid_to > @on_day)
order by a.login limit 20;

-- name: ListLeads :many
-- The work e-mails of those who lead a service of an organisation, on a day.
select distinct a.login from role_grant g join account a on a.id = g.account_id left join service s on s.id = g.service_id
where coalesce(g.organisation_id, s.organisation_id) = @organisation_id::uuid and g.role = @role and a.state <> 'closed'
 and g.valid_from <= @on_day and (g.valid_to is null or g.valid_to > @on_day)
order by a.login limit 20;

-- name: InviteStaff :many
-- Opens an invited account for everybody of an organisation who is there on a day, has a work e-mail and no account
-- yet; only for those to whom somebody reports, when managers_only says so.
insert into account (id, login, display_name, organisation_id, person_id, state)
select gen_random_uuid(), lower(p.work_email), p.given_name || ' ' || p.family_name, p.organisation_id, p.id, 'invited'
from person p
where p.organisation_id = @organisation_id and p.work_email <> '' and (p.left_on is null or p.left_on > @on_day)
 and not exists (select 1 from account a where a.organisation_id = p.organisation_id and a.person_id = p.id)
 and not exists (select 1 from account a where a.login = lower(p.work_email))
 and (not @managers_only::boolean or exists (select 1 from post o where o.organisation_id = p.organisation_id and o.manager_person_id = p.id and (o.ends_on is null or o.ends_on > @on_day)))
on conflict do nothing
returning id, login, display_name, person_id;

-- name: TieStaff :execrows
-- Ties the accounts that set-up opened to the workforce record with the same work e-mail, once there is one: those that hold a
-- role there, for whose address somebody of another organisation could have written on their own list.
update account a set organisation_id = p.organisation_id, person_id = p.id
from person p
where p.organisation_id = @organisation_id and lower(p.work_email) = a.login and a.person_id is null and p.left_on is null
 and exists (select 1 from role_grant g left join service s on s.id = g.service_id where g.account_id = a.id and coalesce(g.organisation_id, s.organisation_id) = @organisation_id);

-- name: TieOwn :execrows
-- Ties an account to the workforce record that its holder made of themselves, where they hold a role.
update account a set organisation_id = @organisation_id, person_id = @person_id
where a.id = @id and a.person_id is null and exists (select 1 from person p where p.organisation_id = @organisation_id and p.id = @person_id)
 and exists (select 1 from role_grant g where g.account_id = a.id and g.organisation_id = @organisation_id);

-- name: ListInvited :many
-- Who was invited to keep an organisation's staff list, holds no other role, and has not set a password yet.
select distinct a.id, a.display_name, a.login from account a join role_grant g on g.account_id = a.id
where g.organisation_id = @organisation_id::uuid and g.role = 'hr' and a.state = 'invited'
 and not exists (select from role_grant o where o.account_id = a.id and (o.role <> 'hr' or o.organisation_id is distinct from g.organisation_id)) order by a.login limit 20;
