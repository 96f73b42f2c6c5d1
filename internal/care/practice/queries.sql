-- name: ListRoles :many
-- The role of the competencies that each of the team was last given.
select distinct on (account_id) account_id, role from practice_role
where service_id = @service_id and account_id = coalesce(sqlc.narg(account_id), account_id)
order by account_id, at desc, id desc;

-- name: InsertRole :exec
insert into practice_role (service_id, id, account_id, role, by_account, by_name, at)
values (@service_id, @id, @account_id, @role, @by_account, @by_name, @at);

-- name: ListEvents :many
-- What happened to competencies, the first first: of the team, or of one of them.
select id, account_id, competence, kind, on_date, expires_on, reason, by_account, by_name, at from practice_event
where service_id = @service_id and account_id = coalesce(sqlc.narg(account_id), account_id)
order by account_id, competence, at, id;

-- name: InsertEvent :execrows
insert into practice_event (service_id, id, account_id, competence, kind, on_date, expires_on, reason, pack_version, by_account, by_name, at)
values (@service_id, @id, @account_id, @competence, @kind, @on_date, @expires_on, @reason, @pack_version, @by_account, @by_name, @at)
on conflict do nothing;

-- name: ListRegistrations :many
-- The latest entry in each register.
select distinct on (account_id, body) account_id, body, number, expires_on, revalidates_on, ended, at from practice_registration
where service_id = @service_id and account_id = coalesce(sqlc.narg(account_id), account_id)
order by account_id, body, at desc, id desc;

-- name: InsertRegistration :execrows
insert into practice_registration (service_id, id, account_id, body, number, expires_on, revalidates_on, ended, at)
values (@service_id, @id, @account_id, @body, @number, @expires_on, @revalidates_on, @ended, @at)
on conflict do nothing;

-- name: SumCPD :many
-- Minutes of development by person since a day, and the last day: all that anybody but its author learns of it.
select account_id, (coalesce(sum(minutes) filter (where on_date > @since), 0))::int as minutes, max(on_date)::date as last_on from practice_cpd
where service_id = @service_id and account_id = coalesce(sqlc.narg(account_id), account_id) and removed_at is null
group by account_id order by account_id;

-- name: ListCPD :many
-- One's own development with one's own words, which row security shows to nobody else; the newest first.
select c.id, c.on_date, c.kind, c.minutes, r.what, r.text from practice_cpd c
join practice_reflection r on r.service_id = c.service_id and r.account_id = c.account_id and r.id = c.id
where c.service_id = @service_id and c.account_id = @account_id and c.removed_at is null
order by c.on_date desc, c.at desc, c.id limit 500;

-- name: FindCPD :one
select c.id, c.on_date, c.kind, c.minutes, r.what, r.text from practice_cpd c
join practice_reflection r on r.service_id = c.service_id and r.account_id = c.account_id and r.id = c.id
where c.service_id = @service_id and c.account_id = @account_id and c.id = @id and c.removed_at is null;

-- name: InsertCPD :execrows
insert into practice_cpd (service_id, id, account_id, on_date, kind, minutes, at)
values (@service_id, @id, @account_id, @on_date, @kind, @minutes, @at)
on conflict do nothing;

-- name: InsertReflection :exec
insert into practice_reflection (service_id, id, account_id, what, text) values (@service_id, @id, @account_id, @what, @text);

-- name: UpdateCPD :execrows
update practice_cpd set on_date = @on_date, kind = @kind, minutes = @minutes
where service_id = @service_id and account_id = @account_id and id = @id and removed_at is null;

-- name: UpdateReflection :execrows
update practice_reflection set what = @what, text = @text where service_id = @service_id and account_id = @account_id and id = @id;

-- name: RemoveCPD :execrows
update practice_cpd set removed_at = @at where service_id = @service_id and account_id = @account_id and id = @id and removed_at is null;

-- name: DeleteReflection :exec
-- Its author's words are gone when the entry is.
delete from practice_reflection where service_id = @service_id and account_id = @account_id and id = @id;

-- name: SumSupervision :many
-- Supervision by person since a day, and when and with whom it was last taken.
select account_id, (coalesce(sum(minutes) filter (where on_date > @since), 0))::int as minutes, max(on_date)::date as last_on, ((array_agg(with_whom order by on_date desc, at desc))[1])::text as last_with from practice_supervision
where service_id = @service_id and account_id = coalesce(sqlc.narg(account_id), account_id) and removed_at is null
group by account_id order by account_id;

-- name: ListSupervision :many
select id, on_date, with_whom, supervisor_account, minutes from practice_supervision
where service_id = @service_id and account_id = @account_id and removed_at is null
order by on_date desc, at desc, id limit 200;

-- name: ListGiven :many
-- Supervision that colleagues took with somebody of the service, as they wrote it down.
select id, account_id, on_date, minutes from practice_supervision
where service_id = @service_id and supervisor_account = @account_id::uuid and removed_at is null
order by on_date desc, at desc, id limit 200;

-- name: InsertSupervision :execrows
insert into practice_supervision (service_id, id, account_id, on_date, with_whom, supervisor_account, minutes, clinician, at)
values (@service_id, @id, @account_id, @on_date, @with_whom, @supervisor_account, @minutes, @clinician, @at)
on conflict do nothing;

-- name: RemoveSupervision :execrows
update practice_supervision set removed_at = @at where service_id = @service_id and account_id = @account_id and id = @id and removed_at is null;

-- name: InsertReminder :execrows
insert into practice_reminder (service_id, account_id, kind, what, due_on, band, at)
values (@service_id, @account_id, @kind, @what, @due_on, @band, @at)
on conflict do nothing;

-- name: CountSupervised :many
-- How many clinicians took supervision in a month, from the first that anybody wrote down on; months without any are left out.
select date_trunc('month', on_date)::date as month, count(distinct account_id)::int as n from practice_supervision
where service_id = @service_id and clinician and removed_at is null group by 1 order by 1;

-- name: SaveSupervised :exec
-- Keeps the number of a month. Of how many it is was said when the month was first counted, and stays: the team changes. Who took it was
-- one of them, so there are no fewer.
insert into rollup_supervision (service_id, organisation_id, month, took, clinicians, counted_at)
values (@service_id, @organisation_id, @month, @took, greatest(@clinicians::int, @took), @counted_at)
on conflict (service_id, month) do update set took = excluded.took, clinicians = greatest(rollup_supervision.clinicians, excluded.took), counted_at = excluded.counted_at;

-- name: ClearSupervised :exec
-- Forgets the months before the first of which anybody still says that they took supervision; all, without a first.
delete from rollup_supervision where service_id = @service_id and (sqlc.narg(first)::date is null or month < sqlc.narg(first)::date);
