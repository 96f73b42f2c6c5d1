-- name: InsertCourse :execrows
-- Switches a course on, or makes one; the same form again, or a code that is on already, changes nothing.
insert into training_course (service_id, id, code, title, about, audience, role, minutes, renew_months, judged, added_at, by_name)
values (@service_id, @id, @code, @title, @about, @audience, @role, @minutes, @renew_months, @judged, @at, @by_name) on conflict do nothing;

-- name: EndCourse :execrows
-- One that has sessions to come is not ended: people have places.
update training_course c set ended_at = @at where c.service_id = @service_id and c.id = @id and c.ended_at is null
 and not exists (select 1 from training_session s where s.service_id = c.service_id and s.course_id = c.id and s.cancelled_at is null and s.starts_at > @at);

-- name: ListCourses :many
select id, code, title, about, audience, role, minutes, renew_months, judged, added_at, by_name, ended_at from training_course
where service_id = @service_id and (sqlc.narg('id')::uuid is null or id = @id) order by ended_at is not null, title, id limit 500;

-- name: InsertSession :execrows
insert into training_session (service_id, id, course_id, starts_at, minutes, online, place, places, trainer, opened_at, by_name)
select c.service_id, @id, c.id, @starts_at, c.minutes, @online, @place, @places, @trainer, @at, @by_name from training_course c
where c.service_id = @service_id and c.id = @course_id and c.ended_at is null on conflict do nothing;

-- name: ListSessions :many
-- Sessions of a service from a day on, the first of them first: of one course, or one by itself, where they are named.
select s.id, s.course_id, c.title, s.starts_at, s.minutes, s.online, s.place, s.places, s.trainer, s.cancelled_at, s.marked_at, training_places(s.id)::int[] as counted
from training_session s join training_course c on c.service_id = s.service_id and c.id = s.course_id
where s.service_id = @service_id and s.starts_at >= @since and (sqlc.narg('course')::uuid is null or s.course_id = @course) and (sqlc.narg('id')::uuid is null or s.id = @id)
order by s.starts_at, s.id limit 500;

-- name: LockSession :exec
-- Waits until nobody takes, gives up or counts places of a session.
select pg_advisory_xact_lock(hashtextextended('training ' || @session::text, 0));

-- name: CancelSession :execrows
update training_session set cancelled_at = @at where service_id = @service_id and id = @id and cancelled_at is null and marked_at is null;

-- name: MarkSession :execrows
update training_session set marked_at = @at where service_id = @service_id and id = @id and cancelled_at is null and marked_at is null;

-- name: ListBookings :many
-- Who has a place and who waits, in the order in which they asked.
select id, organisation_id, person_id, name, state, turn from training_booking
where service_id = @service_id and session_id = @session_id and state <> 'cancelled' order by turn;

-- name: MarkBooking :execrows
update training_booking set state = @state where service_id = @service_id and id = @id and state = 'booked';

-- name: DropBookings :execrows
-- Of a session that does not take place.
update training_booking set state = 'cancelled' where service_id = @service_id and session_id = @session_id and state in ('waiting','booked');

-- name: ListOwn :many
-- The actor's places, the newest first.
select b.id, b.session_id, b.state, b.evaluated, b.turn, s.course_id, c.title, s.starts_at, s.minutes, s.online, s.place, s.places, s.trainer, s.cancelled_at, s.marked_at,
 exists (select 1 from training_certificate x where x.service_id = b.service_id and x.id = b.id) as certified
from training_booking b join training_session s on s.service_id = b.service_id and s.id = b.session_id join training_course c on c.service_id = s.service_id and c.id = s.course_id
where b.service_id = @service_id and b.organisation_id = @organisation_id and b.person_id = @person_id and b.state <> 'cancelled' order by s.starts_at desc, b.id limit 100;

-- name: ListOwnTeam :many
-- The same behind the clinical login, which does not learn who said what they think.
select b.id, b.session_id, b.state, b.turn, s.course_id, c.title, s.starts_at, s.minutes, s.online, s.place, s.places, s.trainer, s.cancelled_at, s.marked_at
from training_booking b join training_session s on s.service_id = b.service_id and s.id = b.session_id join training_course c on c.service_id = s.service_id and c.id = s.course_id
where b.service_id = @service_id and b.organisation_id = @organisation_id and b.person_id = @person_id and b.state <> 'cancelled' order by s.starts_at desc, b.id limit 100;

-- name: Take :one
select take_training(@session::uuid, @booking::uuid, @called::text, @at::timestamptz)::text as state;

-- name: Leave :one
select leave_training(@session::uuid)::int as n;

-- name: Leads :one
select leads_anybody()::boolean as leads;

-- name: InsertCertificate :execrows
insert into training_certificate (service_id, id, organisation_id, person_id, number, name, course, provider, held_on, minutes, valid_until, issued_at)
values (@service_id, @id, @organisation_id, @person_id, @number, @name, @course, @provider, @held_on, @minutes, @valid_until, @at) on conflict do nothing;

-- name: FindCertificate :one
select number, name, course, provider, held_on, minutes, valid_until from training_certificate
where service_id = @service_id and id = @id and organisation_id = @organisation_id and person_id = @person_id;

-- name: CheckNumber :one
-- What a certificate says, for whoever has its number.
select number, name, course, provider, held_on, minutes, valid_until from training_certificate where number = @number;

-- name: NameService :one
select name from service where id = @id;

-- name: Evaluated :execrows
-- Notes that somebody answers, once.
update training_booking set evaluated = true where service_id = @service_id and id = @id and organisation_id = @organisation_id and person_id = @person_id and state = 'attended' and not evaluated;

-- name: NotEvaluated :exec
-- Takes that back, when the answer could not be kept.
update training_booking set evaluated = false where service_id = @service_id and id = @id and organisation_id = @organisation_id and person_id = @person_id and state = 'attended';

-- name: AddAnswer :exec
select evaluate_training(@course::uuid, @scores::int[]);

-- name: ListResults :many
select n, counted_at, answers, means from training_result where service_id = @service_id and course_id = @course_id order by n desc limit 12;

-- name: ListUntold :many
-- Who was given a place in a session and has not been told.
select b.id, b.organisation_id, b.person_id, s.starts_at from training_booking b join training_session s on s.service_id = b.service_id and s.id = b.session_id
where b.service_id = @service_id and b.session_id = @session_id and b.state = 'booked' and not b.told and s.cancelled_at is null order by b.turn;

-- name: MarkTold :exec
update training_booking set told = true where service_id = @service_id and id = @id;

-- name: ListSoon :many
-- The sessions of all services in the next days with somebody who has a place and has not been reminded.
select distinct v.organisation_id, s.service_id, s.id from training_session s join service v on v.id = s.service_id
join training_booking b on b.service_id = s.service_id and b.session_id = s.id and b.state = 'booked' and not b.reminded
where s.cancelled_at is null and s.starts_at > @now and s.starts_at <= @until order by s.service_id, s.id limit 500;

-- name: ListToRemind :many
-- Who has a place in a session and has not been reminded; who took it in the last days before it was told only just now.
select b.id, b.organisation_id, b.person_id, s.starts_at from training_booking b join training_session s on s.service_id = b.service_id and s.id = b.session_id
where b.service_id = @service_id and b.session_id = @session_id and b.state = 'booked' and not b.reminded and s.cancelled_at is null and s.starts_at > @now and s.starts_at <= @until
 and b.asked_at < s.starts_at - make_interval(days => @days::int) order by b.turn;

-- name: MarkReminded :exec
update training_booking set reminded = true where service_id = @service_id and id = @id;

-- name: TakeTallies :many
-- Takes away the tallies with so many answers or more.
delete from training_tally where counts[1] + counts[2] + counts[3] + counts[4] + counts[5] >= @least::int returning service_id, course_id, counts;

-- name: InsertResult :exec
insert into training_result (service_id, course_id, n, counted_at, answers, means)
select @service_id, @course_id, coalesce(max(r.n), 0) + 1, @at, @answers::int, @means::double precision[] from training_result r where r.service_id = @service_id and r.course_id = @course_id;

-- name: ListJudged :many
-- The courses of all services that are to change referrals and at which somebody has been.
select distinct c.service_id, c.id from training_course c join training_session s on s.service_id = c.service_id and s.course_id = c.id and s.marked_at is not null where c.judged order by 1, 2 limit 500;

-- name: ListCame :many
-- Who came to a course, and when first.
select b.person_id, min(s.starts_at)::timestamptz as first from training_booking b join training_session s on s.service_id = b.service_id and s.id = b.session_id
where b.service_id = @service_id and s.course_id = @course_id and b.state = 'attended' group by b.person_id order by b.person_id;

-- name: ListCameElsewhere :many
-- Who came to another course that is to change referrals: they are no comparison.
select distinct b.person_id from training_booking b join training_session s on s.service_id = b.service_id and s.id = b.session_id join training_course c on c.service_id = s.service_id and c.id = s.course_id
where b.service_id = @service_id and s.course_id <> @course_id and c.judged and b.state = 'attended' order by b.person_id;

-- name: LastEffect :one
-- How many a measure was last judged by, rounded as it was shown.
select n, trained from training_effect where service_id = @service_id and course_id = @course_id and measure = @measure order by n desc limit 1;

-- name: InsertEffect :exec
insert into training_effect (service_id, course_id, measure, n, counted_at, trained, others, trained_before, trained_after, others_before, others_after, difference, low, high)
values (@service_id, @course_id, @measure, @n, @at, @trained, @others, @trained_before, @trained_after, @others_before, @others_after, @difference, @low, @high);

-- name: ListEffects :many
-- The newest judgement of each measure.
select distinct on (measure) measure, n, counted_at, trained, others, trained_before, trained_after, others_before, others_after, difference, low, high
from training_effect where service_id = @service_id and course_id = @course_id order by measure, n desc;

-- name: ListCompleted :many
-- Who came to a course of the team since a day and has not been signed off after it, the first of them first; of one place, where it is named.
select b.id, b.organisation_id, b.person_id, b.name, c.code, c.title, s.starts_at from training_booking b join training_session s on s.service_id = b.service_id and s.id = b.session_id
join training_course c on c.service_id = s.service_id and c.id = s.course_id
where b.service_id = @service_id and c.audience = 'team' and c.code <> '' and b.state = 'attended' and s.starts_at >= @since and (sqlc.narg('id')::uuid is null or b.id = @id)
 and not exists (select 1 from training_assessment x where x.service_id = b.service_id and x.booking_id = b.id) order by s.starts_at, b.name, b.id limit 200;

-- name: InsertAssessment :execrows
-- Notes that a place led to a sign-off, once.
insert into training_assessment (service_id, booking_id, competence, account_id, assessor_account, at) values (@service_id, @booking_id, @competence, @account_id, @assessor_account, @at) on conflict do nothing;
