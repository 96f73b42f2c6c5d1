-- Mentoring in the OH team: who helps with what by their own choice, who is with whom, and what the two of them keep. A row about a
-- mentorship is the two people's; what one of them logs is theirs alone until they show it. And who assessed a colleague after a
-- programme in house, so that its sign-off is given once.

-- +goose Up
create table mentor (
  service_id uuid not null references service,
  account_id uuid not null,
  paused boolean not null,
  places int not null check (places between 1 and 5),
  offers text[] not null check (cardinality(offers) > 0),
  how text[] not null check (cardinality(how) > 0),
  days int[] not null,
  changed_at timestamptz not null,
  primary key (service_id, account_id)
);
comment on table mentor is 'What somebody offers as a mentor, by their own choice; the team of the service sees it while they take anybody';
comment on column mentor.paused is 'They take nobody for now, and are seen by themselves alone';
comment on column mentor.offers is 'Codes: area.<of a development plan>, competence.<key>, interest.<of the pack>';

create table mentorship (
  service_id uuid not null references service,
  id uuid not null,
  mentor_account uuid not null,
  mentor_name text not null,
  mentee_account uuid not null,
  mentee_name text not null,
  wants text[] not null check (cardinality(wants) > 0),
  state text not null check (state in ('waiting','asked','on','declined','withdrawn','ended')),
  asked_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  thanks text,
  next_on date,
  next_set_at timestamptz,
  next_version int not null default 0,
  told_next date,
  told_on date,
  primary key (service_id, id),
  check (mentor_account <> mentee_account),
  check ((state = 'ended') = (ended_at is not null)),
  check (ended_by is null or ended_by in (mentor_account, mentee_account)),
  check ((next_on is null) or (next_set_at is not null))
);
create unique index mentorship_one on mentorship (service_id, mentor_account, mentee_account) where state in ('waiting','asked','on');
create index on mentorship (service_id, mentee_account);
comment on table mentorship is 'Who asked whom to be their mentor and what became of it: the two of them read it, and nobody else';
comment on column mentorship.state is 'Waiting: the mentor was full. Asked: it holds a place until it is answered';
comment on column mentorship.told_next is 'The next meeting that both were reminded of';
comment on column mentorship.told_on is 'When both were last told that it is a while since they met';

create table mentoring_goal (
  service_id uuid not null,
  id uuid not null,
  mentorship_id uuid not null,
  about text not null,
  state text not null check (state in ('open','reached','dropped')),
  words bytea not null,
  added_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (service_id, id),
  foreign key (service_id, mentorship_id) references mentorship (service_id, id)
);
create index on mentoring_goal (service_id, mentorship_id);
comment on table mentoring_goal is 'What the two of a mentorship want to reach';
comment on column mentoring_goal.words is 'Sealed';

create table mentoring_meeting (
  service_id uuid not null,
  id uuid not null,
  mentorship_id uuid not null,
  on_date date not null,
  minutes int not null check (minutes between 1 and 480),
  by_account uuid not null,
  by_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (service_id, id),
  foreign key (service_id, mentorship_id) references mentorship (service_id, id)
);
create index on mentoring_meeting (service_id, mentorship_id, on_date);
comment on table mentoring_meeting is 'That the two of a mentorship met: when, how long, and who wrote it down; never what was said';

create table mentoring_log (
  service_id uuid not null,
  id uuid not null,
  mentorship_id uuid not null,
  account_id uuid not null,
  at timestamptz not null,
  words bytea not null,
  shown_at timestamptz,
  primary key (service_id, id),
  foreign key (service_id, mentorship_id) references mentorship (service_id, id)
);
create index on mentoring_log (service_id, mentorship_id, account_id);
comment on table mentoring_log is 'What one of the two wrote for themselves; the other reads an entry only while it is shown to them';
comment on column mentoring_log.words is 'Sealed';

create table mentoring_feed (
  service_id uuid not null references service,
  account_id uuid not null,
  id uuid not null,
  made_at timestamptz not null,
  primary key (service_id, account_id)
);
comment on table mentoring_feed is 'While the row is there, the link of somebody''s mentoring calendar opens';

create table mentoring_voice (
  service_id uuid not null,
  mentorship_id uuid not null,
  account_id uuid not null,
  primary key (service_id, mentorship_id),
  foreign key (service_id, mentorship_id) references mentorship (service_id, id)
);
comment on table mentoring_voice is 'Who has said whether it helped: neither when nor what';

create table mentoring_tally (
  service_id uuid not null references service,
  counts int[] not null check (cardinality(counts) = 5),
  primary key (service_id)
);
comment on table mentoring_tally is 'How often each of 1 to 5 was answered since the last result: no answer has a row';

create table mentoring_result (
  service_id uuid not null references service,
  n int not null,
  counted_at timestamptz not null,
  answers int not null check (answers >= 10 and answers % 5 = 0),
  mean double precision not null check (mean in (1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5)),
  primary key (service_id, n)
);
comment on table mentoring_result is 'Whether mentoring helped, of 8 or more answers, each in one result only: how many to the nearest 5, their mean to the nearest half';

create table mentoring_month (
  service_id uuid not null references service,
  month date not null check (extract(day from month) = 1),
  counted_at timestamptz not null,
  mentorships int check (mentorships >= 10 and mentorships % 5 = 0),
  waiting int check (waiting >= 10 and waiting % 5 = 0),
  gained int check (gained >= 10 and gained % 5 = 0),
  primary key (service_id, month)
);
comment on table mentoring_month is 'What the lead sees: counted once a month and never again, to the nearest 5; null for fewer than 8, nought among them';
comment on column mentoring_month.gained is 'Competencies for which a mentee was signed off in the twelve months before, while they had a mentor';

create table training_assessment (
  service_id uuid not null,
  booking_id uuid not null,
  competence text not null,
  account_id uuid not null,
  assessor_account uuid not null,
  at timestamptz not null,
  primary key (service_id, booking_id),
  foreign key (service_id, booking_id) references training_booking (service_id, id),
  constraint training_assessment_never_by_oneself check (assessor_account <> account_id)
);
comment on table training_assessment is 'That a place on a programme in house led to a sign-off: once. The sign-off itself is in practice_event';

call wall.close('mentor');
call wall.close('mentorship');
call wall.close('mentoring_goal');
call wall.close('mentoring_meeting');
call wall.close('mentoring_log');
call wall.close('mentoring_feed');
call wall.close('mentoring_voice');
call wall.close('mentoring_tally');
call wall.close('mentoring_result');
call wall.close('mentoring_month');
call wall.close('training_assessment');

call wall.allow('mentor', 'rowan_clinical', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and (not paused or account_id = (select nullif(current_setting('app.account', true), '')::uuid))$$);
call wall.allow('mentor', 'rowan_clinical', 'iu', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$, 'paused, places, offers, how, days, changed_at');

call wall.allow('mentorship', 'rowan_clinical', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and (select nullif(current_setting('app.account', true), '')::uuid) in (mentor_account, mentee_account)$$);
call wall.allow('mentorship', 'rowan_clinical', 'i', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and mentee_account = (select nullif(current_setting('app.account', true), '')::uuid) and state in ('waiting','asked')$$);
-- What is over stays as it is.
grant update (state, answered_at, ended_at, ended_by, thanks, next_on, next_set_at, next_version) on mentorship to rowan_clinical;
create policy rowan_clinical_update on mentorship for update to rowan_clinical
  using (service_id = (select nullif(current_setting('app.service', true), '')::uuid) and (select nullif(current_setting('app.account', true), '')::uuid) in (mentor_account, mentee_account) and state in ('waiting','asked','on'))
  with check (service_id = (select nullif(current_setting('app.service', true), '')::uuid) and (select nullif(current_setting('app.account', true), '')::uuid) in (mentor_account, mentee_account));

-- The policy of mentorship holds inside: a mentorship that is not the actor's does not exist. One that is over is read and not added to.
call wall.allow('mentoring_goal', 'rowan_clinical', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and exists (select 1 from mentorship m where m.service_id = mentoring_goal.service_id and m.id = mentoring_goal.mentorship_id)$$);
call wall.allow('mentoring_goal', 'rowan_clinical', 'iu', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and exists (select 1 from mentorship m where m.service_id = mentoring_goal.service_id and m.id = mentoring_goal.mentorship_id and m.state = 'on')$$, 'about, state, words, changed_at');
call wall.allow('mentoring_meeting', 'rowan_clinical', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and exists (select 1 from mentorship m where m.service_id = mentoring_meeting.service_id and m.id = mentoring_meeting.mentorship_id)$$);
call wall.allow('mentoring_meeting', 'rowan_clinical', 'iu', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and by_account = (select nullif(current_setting('app.account', true), '')::uuid) and exists (select 1 from mentorship m where m.service_id = mentoring_meeting.service_id and m.id = mentoring_meeting.mentorship_id and m.state = 'on')$$, 'removed_at');
call wall.allow('mentoring_log', 'rowan_clinical', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and (account_id = (select nullif(current_setting('app.account', true), '')::uuid) or shown_at is not null and exists (select 1 from mentorship m where m.service_id = mentoring_log.service_id and m.id = mentoring_log.mentorship_id))$$);
call wall.allow('mentoring_log', 'rowan_clinical', 'iu', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid) and exists (select 1 from mentorship m where m.service_id = mentoring_log.service_id and m.id = mentoring_log.mentorship_id)$$, 'shown_at');
call wall.allow('mentoring_log', 'rowan_clinical', 'd', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('mentoring_feed', 'rowan_clinical', 'sid', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('mentoring_voice', 'rowan_clinical', 'sd', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('mentoring_voice', 'rowan_clinical', 'i', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid) and exists (select 1 from mentorship m where m.service_id = mentoring_voice.service_id and m.id = mentoring_voice.mentorship_id and m.mentee_account = mentoring_voice.account_id and m.state = 'ended')$$);
call wall.allow('mentoring_result', 'rowan_clinical', 's', 'service');
call wall.allow('mentoring_month', 'rowan_clinical', 's', 'service');
call wall.allow('training_assessment', 'rowan_clinical', 's', 'service');
call wall.allow('training_assessment', 'rowan_clinical', 'i', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and assessor_account = (select nullif(current_setting('app.account', true), '')::uuid)$$);

-- The worker counts by the functions below, and keeps what it counted.
call wall.allow('mentoring_tally', 'rowan_worker', 'sd', 'all');
call wall.allow('mentoring_result', 'rowan_worker', 'si', 'all');
call wall.allow('mentoring_month', 'rowan_worker', 'si', 'all');

-- The functions run as the owner, who sees of the service that the transaction works for.
call wall.allow('mentor', 'rowan_owner', 's', 'service');
call wall.allow('mentorship', 'rowan_owner', 'su', 'service', 'state, told_next, told_on');
call wall.allow('mentoring_meeting', 'rowan_owner', 's', 'service');
call wall.allow('mentoring_voice', 'rowan_owner', 's', 'service');
call wall.allow('mentoring_tally', 'rowan_owner', 'siu', 'service', 'counts');
call wall.allow('practice_event', 'rowan_owner', 's', 'service');

-- How many of a mentor's places are taken (by whom they mentor, and by whom they have not answered) and how many wait, without a row of
-- whose they are. Volatile, so that whoever holds the mentor's lock sees what was committed before they had it.
-- +goose StatementBegin
create function mentor_places(mentor uuid) returns int[]
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select array[(count(*) filter (where m.state in ('asked','on')))::int, (count(*) filter (where m.state = 'waiting'))::int]
  from mentorship m where m.service_id = nullif(current_setting('app.service', true), '')::uuid and m.mentor_account = mentor_places.mentor
$$;
-- +goose StatementEnd

-- Gives free places of a mentor to who waits, in their order, and says to how many. Whoever takes or frees a place of theirs holds their
-- lock from before they look until they are done, so two people never get one place and none is free while somebody waits.
-- +goose StatementBegin
create function settle_mentor(mentor uuid) returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  mine uuid := nullif(current_setting('app.service', true), '')::uuid;
  free int;
  given int;
begin
  perform pg_advisory_xact_lock(hashtextextended('mentor ' || settle_mentor.mentor::text, 0));
  select p.places - (mentor_places(settle_mentor.mentor))[1] into free from mentor p where p.service_id = mine and p.account_id = settle_mentor.mentor and not p.paused;
  if free is null or free < 1 then
    return 0;
  end if;
  update mentorship m set state = 'asked' where m.service_id = mine and m.id in
    (select w.id from mentorship w where w.service_id = mine and w.mentor_account = settle_mentor.mentor and w.state = 'waiting' order by w.asked_at, w.id limit free);
  get diagnostics given = row_count;
  return given;
end $$;
-- +goose StatementEnd

-- Adds one answer to the tally, which the login that adds may not read.
-- +goose StatementBegin
create function answer_mentoring(score int) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  mine uuid := nullif(current_setting('app.service', true), '')::uuid;
  answers bigint;
begin
  if score is null or score not between 1 and 5 then
    raise exception 'a score is 1 to 5' using errcode = 'check_violation';
  end if;
  insert into mentoring_tally as t (service_id, counts)
  values (mine, (select array_agg((s = answer_mentoring.score)::int order by s) from generate_series(1, 5) s))
  on conflict (service_id) do update
  set counts = (select array_agg(x.had + x.more order by x.n) from unnest(t.counts, excluded.counts) with ordinality as x (had, more, n))
  returning (select sum(n) from unnest(t.counts) n) into answers;
  if answers > (select count(*) from mentoring_voice v where v.service_id = mine) then
    raise exception 'more answers than people who answer' using errcode = 'check_violation';
  end if;
end $$;
-- +goose StatementEnd

-- For the worker: how many mentorships there are, how many wait or have no answer, and for how many competencies a mentee was signed
-- off in the twelve months before, while they had a mentor. It rounds them before anybody sees them.
-- +goose StatementBegin
create function count_mentoring(today date) returns int[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array[
    (select count(*) from mentorship m where m.service_id = nullif(current_setting('app.service', true), '')::uuid and m.state = 'on')::int,
    (select count(*) from mentorship m where m.service_id = nullif(current_setting('app.service', true), '')::uuid and m.state in ('waiting','asked'))::int,
    (select count(distinct (e.account_id, e.competence)) from practice_event e where e.service_id = nullif(current_setting('app.service', true), '')::uuid
       and e.kind = 'signed_off' and e.on_date > count_mentoring.today - 365 and e.on_date <= count_mentoring.today and exists (select 1 from mentorship m
         where m.service_id = e.service_id and m.mentee_account = e.account_id and m.state in ('on','ended') and m.answered_at <= e.at and (m.ended_at is null or e.at <= m.ended_at)))::int]
$$;
-- +goose StatementEnd

-- For the worker: mentorships of which both are to be reminded, each as three ids (its own, mentor, mentee), and notes that they were. A
-- meeting that is near is told of once; that it is a while since they met, and nothing is planned, once in as long a while.
-- +goose StatementBegin
create function mentoring_due(today date, near int, quiet int) returns uuid[]
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  mine uuid := nullif(current_setting('app.service', true), '')::uuid;
  out uuid[];
begin
  with soon as (
    update mentorship m set told_next = m.next_on where m.service_id = mine and m.state = 'on' and m.next_on >= mentoring_due.today
      and m.next_on <= mentoring_due.today + near and m.told_next is distinct from m.next_on
    returning m.id, m.mentor_account, m.mentee_account
  ), still as (
    update mentorship m set told_on = mentoring_due.today where m.service_id = mine and m.state = 'on' and (m.next_on is null or m.next_on < mentoring_due.today)
      and greatest(m.answered_at::date, m.told_on, (select max(x.on_date) from mentoring_meeting x where x.service_id = m.service_id and x.mentorship_id = m.id and x.removed_at is null))
        <= mentoring_due.today - quiet
    returning m.id, m.mentor_account, m.mentee_account
  ), due as (select * from soon union select * from still)
  select array_agg(x.id order by d.id, x.n) into out from due d cross join lateral (values (1, d.id), (2, d.mentor_account), (3, d.mentee_account)) as x (n, id);
  return coalesce(out, '{}');
end $$;
-- +goose StatementEnd
revoke all on function mentor_places(uuid), settle_mentor(uuid), answer_mentoring(int), count_mentoring(date), mentoring_due(date, int, int) from public;
grant execute on function mentor_places(uuid), settle_mentor(uuid), answer_mentoring(int) to rowan_clinical;
grant execute on function count_mentoring(date), mentoring_due(date, int, int) to rowan_worker;

insert into job.permit (login, kind) values ('rowan_worker', 'mentoring.look'), ('rowan_worker', 'mentoring.remind');

-- +goose Down
delete from job.permit where kind in ('mentoring.look', 'mentoring.remind');
drop function mentoring_due, count_mentoring, answer_mentoring, settle_mentor, mentor_places;
drop policy rowan_owner_select on practice_event;
drop table training_assessment, mentoring_month, mentoring_result, mentoring_tally, mentoring_voice, mentoring_feed, mentoring_log, mentoring_meeting, mentoring_goal, mentorship, mentor;
