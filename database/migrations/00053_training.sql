-- Training: courses that the OH team runs, who has a place, and what came of it. A place is a fact of work, as being a champion is;
-- what somebody thought of a course is counted without them. The ledger learns how many days somebody had been off when they were
-- referred, so that training in early referral can be judged by what follows.

-- +goose Up
alter table activity add column absent_days int check (absent_days between 1 and 3660);
comment on column activity.absent_days is 'Days off at the referral, the first day counted: 1 for a referral on the first day. Null where they were at work, or nobody said';

create table training_course (
  service_id uuid not null references service,
  id uuid not null,
  code text not null,
  title text not null check (title <> ''),
  about text not null,
  audience text not null check (audience in ('managers','everyone','team')),
  role text not null,
  minutes int not null check (minutes between 15 and 2400),
  renew_months int check (renew_months between 1 and 120),
  judged boolean not null,
  added_at timestamptz not null,
  by_name text not null,
  ended_at timestamptz,
  primary key (service_id, id)
);
create unique index training_course_on on training_course (service_id, code) where ended_at is null and code <> '';
comment on table training_course is 'A course that a service has switched on or made: of the pack by its code, of its own with none';
comment on column training_course.role is 'Of the team, for a clinical programme; empty: all of the audience';
comment on column training_course.judged is 'Whether it is to change referrals, so that its effect on them is computed';

create table training_session (
  service_id uuid not null,
  id uuid not null,
  course_id uuid not null,
  starts_at timestamptz not null,
  minutes int not null check (minutes between 15 and 2400),
  online boolean not null,
  place text not null check (place <> ''),
  places int not null check (places between 1 and 200),
  trainer text not null check (trainer <> ''),
  opened_at timestamptz not null,
  by_name text not null,
  cancelled_at timestamptz,
  marked_at timestamptz,
  primary key (service_id, id),
  foreign key (service_id, course_id) references training_course (service_id, id)
);
create index on training_session (service_id, course_id, starts_at);
comment on column training_session.place is 'Where it is, or the address of the online meeting: shown to who has a place';

create table training_booking (
  service_id uuid not null,
  id uuid not null,
  organisation_id uuid not null,
  session_id uuid not null,
  person_id uuid not null,
  name text not null check (name <> ''),
  turn int not null,
  state text not null check (state in ('waiting','booked','cancelled','attended','missed')),
  asked_at timestamptz not null,
  told boolean not null default false,
  reminded boolean not null default false,
  evaluated boolean not null default false,
  primary key (service_id, id),
  unique (organisation_id, id),
  unique (service_id, session_id, turn),
  foreign key (service_id, session_id) references training_session (service_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  check (not evaluated or state = 'attended')
);
create unique index training_booking_one on training_booking (service_id, session_id, person_id) where state <> 'cancelled';
create index on training_booking (organisation_id, person_id);
comment on table training_booking is 'Who has, had or waits for a place. Why they come, or stay away, is not asked';
comment on column training_booking.turn is 'The order in which they asked: the waiting list';
comment on column training_booking.evaluated is 'That they said what they think of it: neither when nor what';

create table training_certificate (
  service_id uuid not null,
  id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  number text not null,
  name text not null,
  course text not null,
  provider text not null,
  held_on date not null,
  minutes int not null,
  valid_until date,
  issued_at timestamptz not null,
  primary key (service_id, id),
  unique (organisation_id, id),
  foreign key (service_id, id) references training_booking (service_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);
create index on training_certificate (number);
comment on table training_certificate is 'What a certificate says, as it was then; its id is the booking''s. Whoever was given its number can check it';

create table training_tally (
  service_id uuid not null,
  course_id uuid not null,
  counts int[] not null check (cardinality(counts) = 20),
  primary key (service_id, course_id),
  foreign key (service_id, course_id) references training_course (service_id, id)
);
comment on table training_tally is 'How often each of 5 answers was given to each of 4 questions since the last result: no answer has a row. The worker makes a result of 8 or more, and begins anew';

create table training_result (
  service_id uuid not null,
  course_id uuid not null,
  n int not null,
  counted_at timestamptz not null,
  answers int not null check (answers >= 10 and answers % 5 = 0),
  means double precision[] not null check (cardinality(means) = 4),
  primary key (service_id, course_id, n),
  foreign key (service_id, course_id) references training_course (service_id, id)
);
comment on table training_result is 'What 8 or more people thought of a course, under disclosure control; each answer is in one result only, so no difference of two is one person''s';

create table training_effect (
  service_id uuid not null,
  course_id uuid not null,
  measure text not null check (measure in ('completeness','earliness')),
  n int not null,
  counted_at timestamptz not null,
  trained int not null check (trained >= 10 and trained % 5 = 0),
  others int not null check (others >= 10 and others % 5 = 0),
  trained_before double precision not null,
  trained_after double precision not null,
  others_before double precision not null,
  others_after double precision not null,
  difference double precision not null,
  low double precision not null,
  high double precision not null,
  primary key (service_id, course_id, measure, n),
  foreign key (service_id, course_id) references training_course (service_id, id)
);
comment on table training_effect is 'The change in referrals of managers who came, against those who did not: of 8 or more on each side, rounded, and made anew when 8 more can be counted, so that nobody is the difference of two';

call wall.close('training_course');
call wall.close('training_session');
call wall.close('training_booking');
call wall.close('training_certificate');
call wall.close('training_tally');
call wall.close('training_result');
call wall.close('training_effect');

-- The team runs it: those of the service and no others.
call wall.allow('training_course', 'rowan_clinical', 'siu', 'service', 'ended_at');
call wall.allow('training_session', 'rowan_clinical', 'siu', 'service', 'cancelled_at, marked_at');
call wall.allow('training_booking', 'rowan_clinical', 's', 'service', 'service_id, id, organisation_id, session_id, person_id, name, turn, state, asked_at, told, reminded', true);
call wall.allow('training_booking', 'rowan_clinical', 'u', 'service', 'state, told, reminded');
call wall.allow('training_certificate', 'rowan_clinical', 'si', 'service');
call wall.allow('training_result', 'rowan_clinical', 's', 'service');
call wall.allow('training_effect', 'rowan_clinical', 's', 'service');

-- Staff see courses and sessions, and their own place; they take one and give it up by the functions below, and can change nothing
-- about it but that they said what they think.
call wall.allow('training_course', 'rowan_portal', 's', 'service');
call wall.allow('training_session', 'rowan_portal', 's', 'service');
call wall.allow('training_booking', 'rowan_portal', 's', 'own');
call wall.allow('training_certificate', 'rowan_portal', 's', 'own');
call wall.allow('training_booking', 'rowan_portal', 'u', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and state = 'attended'$$, 'evaluated');

-- Whoever holds a number checks a certificate before anybody signs in.
call wall.allow('training_certificate', 'rowan_hall', 's', 'all', 'service_id, organisation_id, number, name, course, provider, held_on, minutes, valid_until', true);

-- The worker finds whom to remind, counts and judges.
call wall.allow('training_course', 'rowan_worker', 's', 'all');
call wall.allow('training_session', 'rowan_worker', 's', 'all');
call wall.allow('training_booking', 'rowan_worker', 's', 'all');
call wall.allow('training_tally', 'rowan_worker', 'sd', 'all');
call wall.allow('training_result', 'rowan_worker', 'si', 'all');
call wall.allow('training_effect', 'rowan_worker', 'si', 'all');

-- The functions run as the owner, who sees of the service that the transaction works for.
call wall.allow('training_course', 'rowan_owner', 's', 'service');
call wall.allow('training_session', 'rowan_owner', 's', 'service');
call wall.allow('training_booking', 'rowan_owner', 'siu', 'service', 'state');
call wall.allow('training_tally', 'rowan_owner', 'siu', 'service', 'counts');

-- Gives free places to who waits, in their order, and says to how many. Whoever takes, gives up or counts places of a session holds
-- its lock from before they look until they are done, so two people never get one place, and none is left free while somebody waits.
-- +goose StatementBegin
create function settle_training(session uuid) returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  mine uuid := nullif(current_setting('app.service', true), '')::uuid;
  free int;
  given int;
begin
  perform pg_advisory_xact_lock(hashtextextended('training ' || settle_training.session::text, 0));
  select s.places - (select count(*) from training_booking b where b.service_id = mine and b.session_id = s.id and b.state in ('booked','attended','missed'))
    into free from training_session s where s.service_id = mine and s.id = settle_training.session and s.cancelled_at is null and s.marked_at is null;
  if free is null or free < 1 then
    return 0;
  end if;
  update training_booking b set state = 'booked' where b.service_id = mine and b.session_id = settle_training.session and b.id in
    (select w.id from training_booking w where w.service_id = mine and w.session_id = settle_training.session and w.state = 'waiting' order by w.turn limit free);
  get diagnostics given = row_count;
  return given;
end $$;
-- +goose StatementEnd

-- Takes a place for the person that the transaction works for, or puts them on the waiting list; says which. Asked again it changes
-- nothing.
-- +goose StatementBegin
create function take_training(session uuid, booking uuid, called text, at timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  mine uuid := nullif(current_setting('app.service', true), '')::uuid;
  org uuid := nullif(current_setting('app.organisation', true), '')::uuid;
  who uuid := nullif(current_setting('app.person', true), '')::uuid;
  got text;
begin
  if org is null or who is null then
    raise exception 'nobody asks for a place' using errcode = 'check_violation';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('training ' || take_training.session::text, 0));
  if not exists (select 1 from training_session s join training_course c on c.service_id = s.service_id and c.id = s.course_id
      where s.service_id = mine and s.id = take_training.session and s.cancelled_at is null and s.marked_at is null and c.ended_at is null
        and (c.audience = 'team') = (session_user = 'rowan_clinical')) then
    return '';
  end if;
  insert into training_booking (service_id, id, organisation_id, session_id, person_id, name, turn, state, asked_at)
  select mine, take_training.booking, org, take_training.session, who, take_training.called, coalesce(max(b.turn), 0) + 1, 'waiting', take_training.at
    from training_booking b where b.service_id = mine and b.session_id = take_training.session
  on conflict do nothing;
  perform settle_training(take_training.session);
  select b.state into got from training_booking b where b.service_id = mine and b.session_id = take_training.session and b.organisation_id = org and b.person_id = who and b.state <> 'cancelled';
  return coalesce(got, '');
end $$;
-- +goose StatementEnd

-- Gives up the place, or the turn, of the person that the transaction works for; says how many (one, or none). A place that is free
-- then is given at once.
-- +goose StatementBegin
create function leave_training(session uuid) returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  mine uuid := nullif(current_setting('app.service', true), '')::uuid;
  org uuid := nullif(current_setting('app.organisation', true), '')::uuid;
  who uuid := nullif(current_setting('app.person', true), '')::uuid;
  left_now int;
begin
  perform pg_advisory_xact_lock(hashtextextended('training ' || leave_training.session::text, 0));
  update training_booking b set state = 'cancelled' where b.service_id = mine and b.session_id = leave_training.session
    and b.organisation_id = org and b.person_id = who and b.state in ('waiting','booked');
  get diagnostics left_now = row_count;
  if left_now > 0 then
    perform settle_training(leave_training.session);
  end if;
  return left_now;
end $$;
-- +goose StatementEnd

-- How many places of a session are taken and how many wait, without a row of anybody's.
-- +goose StatementBegin
create function training_places(session uuid) returns int[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array[(count(*) filter (where b.state in ('booked','attended','missed')))::int, (count(*) filter (where b.state = 'waiting'))::int]
  from training_booking b where b.service_id = nullif(current_setting('app.service', true), '')::uuid and b.session_id = training_places.session
$$;
-- +goose StatementEnd

-- Adds four answers to the tally of a course, which the login that adds may not read.
-- +goose StatementBegin
create function evaluate_training(course uuid, scores int[]) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  mine uuid := nullif(current_setting('app.service', true), '')::uuid;
  answers bigint;
begin
  if scores is null or cardinality(scores) <> 4 or exists (select 1 from unnest(scores) s where s is null or s not between 1 and 5) then
    raise exception 'four scores of 1 to 5' using errcode = 'check_violation';
  end if;
  insert into training_tally as t (service_id, course_id, counts)
  values (mine, evaluate_training.course, (select array_agg((scores[q] = s)::int order by q, s) from generate_series(1, 4) q, generate_series(1, 5) s))
  on conflict (service_id, course_id) do update
  set counts = (select array_agg(x.had + x.more order by x.n) from unnest(t.counts, excluded.counts) with ordinality as x (had, more, n))
  returning counts[1] + counts[2] + counts[3] + counts[4] + counts[5] into answers;
  if answers > (select count(*) from training_booking b join training_session s on s.service_id = b.service_id and s.id = b.session_id
      where b.service_id = mine and s.course_id = evaluate_training.course and b.evaluated) then
    raise exception 'more answers than people who answer' using errcode = 'check_violation';
  end if;
end $$;
-- +goose StatementEnd

-- Whether anybody's post names the person that the transaction works for as their manager today: courses for managers come first.
-- +goose StatementBegin
create function leads_anybody() returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from post o where o.organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid)
    and o.manager_person_id = (select nullif(current_setting('app.person', true), '')::uuid)
    and o.starts_on <= current_date and (o.ends_on is null or o.ends_on > current_date))
$$;
-- +goose StatementEnd
revoke all on function settle_training(uuid), leave_training(uuid), take_training(uuid, uuid, text, timestamptz), training_places(uuid), evaluate_training(uuid, int[]), leads_anybody() from public;
grant execute on function leave_training(uuid), take_training(uuid, uuid, text, timestamptz), training_places(uuid) to rowan_portal, rowan_clinical;
grant execute on function evaluate_training(uuid, int[]), leads_anybody() to rowan_portal;

insert into job.permit (login, kind) values ('rowan_portal', 'training.tell'), ('rowan_clinical', 'training.tell'), ('rowan_worker', 'training.tell'), ('rowan_worker', 'training.judge');

-- +goose Down
delete from job.permit where kind in ('training.tell', 'training.judge');
drop function leads_anybody, evaluate_training, training_places, take_training, leave_training, settle_training;
drop table training_effect, training_result, training_tally, training_certificate, training_booking, training_session, training_course;
alter table activity drop column absent_days;
