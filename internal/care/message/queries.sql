-- name: FindQueued :one
-- A message that nobody has sent yet.
select id, organisation_id, service_id, to_person, capacity, template, args, coalesce(link_purpose, '')::text as link_purpose, link_object, created_at
from outbox where id = @id and state = 'queued' for update;

-- name: FindContact :one
-- How somebody is reached: the safe contact only once it is verified.
select coalesce(nullif(given_name, ''), family_name)::text as given_name, coalesce(work_email, '')::text as work_email,
 coalesce(case when safe_contact_verified_at is not null then safe_contact end, '')::text as safe_contact, coalesce(safe_contact_kind, '')::text as safe_contact_kind
from person where organisation_id = @organisation_id and id = @id;

-- name: ListBorn :many
-- The second check of somebody's links: shown on invented data alone.
select id, date_of_birth from person where organisation_id = @organisation_id and id = any(@people::uuid[]);

-- name: FindProof :one
-- The address that a code is sent to.
select kind, address from contact_proof where organisation_id = @organisation_id and id = @id;

-- name: FindService :one
select name, phone from service where id = @id;

-- name: NoteSent :exec
update outbox set state = @state, channel = nullif(@channel::text, ''), address = nullif(@address::text, ''), body = @body, shown_at = @shown_at where id = @id;

-- name: ListOfService :many
-- What would be sent for a service, newest first.
select * from outbox where service_id = @service_id order by created_at desc, id desc limit @most;

-- name: ListOfOrganisation :many
-- What would be sent to an employer's managers, leads and new accounts, newest first; never what is sent to somebody
-- about themselves, which would show that a self-referral exists.
select * from outbox where organisation_id = @organisation_id and (capacity in ('work','lead') or template = 'account_invitation')
order by created_at desc, id desc limit @most;
