-- name: FindContact :one
-- Somebody's safe contact, and the work e-mail that it must not be.
select given_name, family_name, coalesce(work_email, '')::text as work_email, coalesce(mobile, '')::text as mobile,
 coalesce(safe_contact, '')::text as address, coalesce(safe_contact_kind, '')::text as kind, safe_contact_verified_at
from person where organisation_id = @organisation_id and id = @id;

-- name: FindRecorded :one
-- What the workforce record holds to make sure by who somebody is.
select date_of_birth, employee_number, safe_contact, safe_contact_kind, safe_contact_verified_at, mobile, personal_email, work_email
from person where organisation_id = @organisation_id and id = @id;

-- name: LockContact :exec
-- Two proofs or a proof and a note taken at once go one after the other.
select id from person where organisation_id = @organisation_id and id = @id for update;

-- name: SetContact :exec
update person set safe_contact = @address::text, safe_contact_kind = @kind::text, safe_contact_verified_at = @at::timestamptz where organisation_id = @organisation_id and id = @id;

-- name: FindLastEvent :one
select kind, address, method, coalesce(identity, '')::text as identity, coalesce(recorder_name, '')::text as recorder_name, at from contact_event
where organisation_id = @organisation_id and person_id = @person_id order by at desc, id desc limit 1;

-- name: InsertEvent :execrows
insert into contact_event (organisation_id, id, person_id, kind, address, method, identity, recorder_account, recorder_name, at)
values (@organisation_id, @id, @person_id, @kind, @address, @method, @identity, @recorder_account, @recorder_name, @at)
on conflict (organisation_id, id) do nothing;

-- name: CountProofs :one
select count(*)::int from contact_proof where organisation_id = @organisation_id and person_id = @person_id and asked_at > @since;

-- name: InsertProof :execrows
insert into contact_proof (organisation_id, id, person_id, kind, address, asked_at, expires_at)
values (@organisation_id, @id, @person_id, @kind, @address, @asked_at, @expires_at)
on conflict (organisation_id, id) do nothing;

-- name: LockProof :one
-- The newest code that was asked for: an older one no longer counts.
select id, kind, address, expires_at, attempts, proved_at from contact_proof
where organisation_id = @organisation_id and person_id = @person_id order by asked_at desc, id desc limit 1 for update;

-- name: CountAttempt :exec
update contact_proof set attempts = attempts + 1 where organisation_id = @organisation_id and id = @id;

-- name: NoteProved :exec
update contact_proof set proved_at = @at where organisation_id = @organisation_id and id = @id;

-- name: FindService :one
select name from service where id = @id;

-- name: FindCase :one
-- A case of the service, with whom it is about.
select c.id, c.organisation_id, c.person_id, c.state, c.complete_at, p.given_name, p.family_name, coalesce(p.safe_contact, '')::text as address,
 coalesce(p.safe_contact_kind, '')::text as kind, p.safe_contact_verified_at
from casefile c join person p on p.organisation_id = c.organisation_id and p.id = c.person_id
where c.service_id = @service_id and c.id = @id;

-- name: ListMissing :many
-- Live cases of people whom no message can reach safely, the longest waiting first; never the reader's own.
select c.id, c.received_at, c.state, p.given_name, p.family_name, coalesce(p.mobile, '')::text as mobile, (p.work_email is not null)::bool as at_work
from casefile c join person p on p.organisation_id = c.organisation_id and p.id = c.person_id
where c.service_id = @service_id and c.state not in ('closed','merged') and p.safe_contact_verified_at is null and c.person_id <> @reader
order by c.received_at, c.id limit @most;
