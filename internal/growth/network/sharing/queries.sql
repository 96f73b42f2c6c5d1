-- name: ListAgreements :many
-- Every agreement with an ICS, the newest first.
select id, item, from_month, state, asked_at, asked_by, decided_at, decided_by, ended_at, ended_by
from sharing_agreement where organisation_id = @organisation_id and system_id = @system_id order by asked_at desc, id desc;

-- name: InsertAgreement :execrows
-- Somebody asks to share an item; one that is asked for or agreed on already stays.
insert into sharing_agreement (organisation_id, id, system_id, item, nation_id, from_month, state, asked_at, asked_by)
values (@organisation_id, @id, @system_id, @item, @nation_id, @from_month, 'asked', @at, @by_name) on conflict do nothing;

-- name: DecideAgreement :execrows
-- The executive agrees or refuses.
update sharing_agreement set state = @state, decided_at = @at, decided_by = @by_name
where organisation_id = @organisation_id and id = @id and state = 'asked';

-- name: EndAgreement :execrows
-- An agreement ends, or what was asked for is taken back.
update sharing_agreement set state = 'ended', ended_at = @at, ended_by = @by_name
where organisation_id = @organisation_id and id = @id and state in ('asked','agreed');

-- name: NewestCode :one
-- The pseudonym in force.
select code from sharing_code where organisation_id = @organisation_id and system_id = @system_id order by made_at desc limit 1;

-- name: InsertCode :exec
-- A new pseudonym.
insert into sharing_code (organisation_id, system_id, made_at, code) values (@organisation_id, @system_id, @at, @code);

-- name: ListLeft :many
-- What has left so far.
select metric, item, month from sharing_value where organisation_id = @organisation_id;

-- name: LockReleases :exec
-- Two releases of one organisation go one after the other.
select pg_advisory_xact_lock(hashtextextended('sharing.release ' || (@organisation_id::uuid)::text, 0));

-- name: InsertRelease :exec
-- A release with its signed file.
insert into sharing_release (organisation_id, id, system_id, as_at, made_at, by_name, figures, file)
values (@organisation_id, @id, @system_id, @as_at, @made_at, @by_name, @figures, @file);

-- name: InsertLeft :exec
-- What left with a release. The primary key refuses what has left before.
insert into sharing_value (organisation_id, metric, item, month, release_id)
select @organisation_id, unnest(@metrics::text[]), unnest(@items::text[]), unnest(@months::date[]), @release_id;

-- name: ListReleases :many
-- The releases, the newest first.
select id, system_id, as_at, made_at, by_name, figures from sharing_release where organisation_id = @organisation_id order by made_at desc, id;

-- name: ListFiles :many
-- What has left for an ICS, as it left, the oldest first.
select id, file from sharing_release where organisation_id = @organisation_id and system_id = @system_id order by made_at, id;

-- name: FindRelease :one
-- One release with its file.
select id, system_id, as_at, made_at, by_name, figures, file from sharing_release where organisation_id = @organisation_id and id = @id;

-- name: ReleasedFor :one
-- Whether a release was made as at a day.
select exists (select 1 from sharing_release where organisation_id = @organisation_id and as_at >= @as_at)::boolean as made;

-- name: ListSharing :many
-- Who shares anything, with the service that they host. For the house: a job looks at each.
select distinct a.organisation_id, s.id as service_id
from sharing_agreement a join service s on s.organisation_id = a.organisation_id
where a.state = 'agreed' and a.item not in ('name','nation','skills') order by a.organisation_id, s.id;
