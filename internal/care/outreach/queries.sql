-- name: ListEvents :many
-- Of a service, those that start from a moment on, or one alone.
select id, kind, title, about, starts_at, minutes, place, places, taken, opened_at, cancelled_at, marked_at, walk_ins, pounds, hours, forgotten_at, tally
from outreach_event where service_id = @service_id and starts_at >= @since and (sqlc.narg('id')::uuid is null or id = sqlc.narg('id')) order by starts_at, id limit 500;

-- name: InsertEvent :execrows
insert into outreach_event (service_id, id, kind, title, about, starts_at, minutes, place, places, made_at, by_name)
values (@service_id, @id, @kind, @title, @about, @starts_at, @minutes, @place, @places, @at, @by_name) on conflict do nothing;

-- name: ChangeEvent :execrows
-- Until it begins, and never to fewer places than are taken.
update outreach_event set title = @title, about = @about, starts_at = @starts_at, minutes = @minutes, place = @place, places = @places
where service_id = @service_id and id = @id and cancelled_at is null and marked_at is null and starts_at > @at and taken <= @places;

-- name: OpenEvent :execrows
update outreach_event set opened_at = @at where service_id = @service_id and id = @id and opened_at is null and cancelled_at is null and starts_at > @at::timestamptz;

-- name: CancelEvent :execrows
update outreach_event set cancelled_at = @at where service_id = @service_id and id = @id and cancelled_at is null and marked_at is null and starts_at > @at::timestamptz;

-- name: MarkEvent :execrows
update outreach_event set marked_at = @at, walk_ins = @walk_ins where service_id = @service_id and id = @id and cancelled_at is null and forgotten_at is null;

-- name: SetCost :execrows
update outreach_event set pounds = @pounds, hours = @hours where service_id = @service_id and id = @id and cancelled_at is null;

-- name: ListSteps :many
select code, done_on, by_name from outreach_step where service_id = @service_id and event_id = @event_id;

-- name: DoStep :execrows
insert into outreach_step (service_id, event_id, code, done_on, by_name) values (@service_id, @event_id, @code, @done_on, @by_name) on conflict do nothing;

-- name: UndoStep :execrows
delete from outreach_step where service_id = @service_id and event_id = @event_id and code = @code;

-- name: ListRoles :many
select code, name from outreach_role where service_id = @service_id and event_id = @event_id;

-- name: ClearRoles :exec
delete from outreach_role where service_id = @service_id and event_id = @event_id;

-- name: InsertRole :exec
insert into outreach_role (service_id, event_id, code, name) values (@service_id, @event_id, @code, @name);

-- name: ListGuests :many
-- Of one event, or of all of the service.
select id, event_id, name, email, may_write, interest, state, outcome, outcome_on, outcome_by from outreach_signup
where service_id = @service_id and (sqlc.narg('event_id')::uuid is null or event_id = sqlc.narg('event_id')) order by lower(name), id limit 50000;

-- name: MarkGuest :execrows
update outreach_signup set state = @state where service_id = @service_id and id = @id and event_id = @event_id and state <> 'cancelled' and state <> @state;

-- name: SetOutcome :execrows
update outreach_signup set outcome = @outcome, outcome_on = @outcome_on, outcome_by = @outcome_by
where service_id = @service_id and id = @id and event_id = @event_id and may_write and state <> 'cancelled' and outcome <> @outcome;

-- name: FindOpen :one
-- An event as whoever follows its link sees it, called off or not.
select service_id, id, kind, title, about, starts_at, minutes, place, places, taken, opened_at, cancelled_at, marked_at from outreach_event where id = @id and opened_at is not null;

-- name: TakePlace :execrows
update outreach_event set taken = taken + 1 where service_id = @service_id and id = @id and taken < places;

-- name: FreePlace :execrows
update outreach_event set taken = taken - 1 where service_id = @service_id and id = @id and taken > 0;

-- name: InsertGuest :execrows
insert into outreach_signup (service_id, id, event_id, name, email, may_write, interest, state, signed_at)
values (@service_id, @id, @event_id, @name, @email, @may_write, @interest, 'booked', @at) on conflict do nothing;

-- name: FindPlace :one
-- A place by its own address: of which event it is and how it stands, never whose it is.
select service_id, event_id, state from outreach_signup where id = @id;

-- name: GiveUp :execrows
update outreach_signup set state = 'cancelled' where id = @id and state = 'booked';

-- name: ListPast :many
-- Events whose names are to be forgotten.
select service_id, id, walk_ins from outreach_event where forgotten_at is null and starts_at < @before limit 1000;

-- name: CountGuests :one
-- Five numbers of an event: signed up, came, may be written to, applied, started.
select array[count(*), count(*) filter (where state = 'attended'), count(*) filter (where may_write),
 count(*) filter (where outcome in ('applied','started')), count(*) filter (where outcome = 'started')]::int[] as counts
from outreach_signup where service_id = @service_id and event_id = @event_id and state <> 'cancelled';

-- name: DeleteGuests :execrows
delete from outreach_signup where service_id = @service_id and event_id = @event_id;

-- name: Forget :exec
update outreach_event set forgotten_at = @at, tally = @tally where service_id = @service_id and id = @id;
