-- Development: each professional's own plan, who may read it by their choice, what is on offer, and what colleagues answered.
-- A plan is its owner's alone: its rows are told apart by the account that the transaction works for. And how the team is: a pulse
-- question that is answered without a name, and overtime.

-- +goose Up
create table development_goal (
  service_id uuid not null references service,
  id uuid not null,
  account_id uuid not null,
  area text not null check (area in ('service','leadership','competence','career')),
  by_on date not null,
  state text not null check (state in ('planned','started','done','dropped')),
  words bytea not null,
  added_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (service_id, id)
);
create index on development_goal (service_id, account_id);
comment on table development_goal is 'A goal of somebody''s own development plan';
comment on column development_goal.words is 'Sealed: what, why and the first step';

create table development_review (
  service_id uuid not null references service,
  id uuid not null,
  account_id uuid not null,
  at timestamptz not null,
  next_on date not null,
  words bytea not null,
  primary key (service_id, id)
);
create index on development_review (service_id, account_id);
comment on table development_review is 'What somebody wrote when they looked at their own plan; never shared';
comment on column development_review.words is 'Sealed';

create table development_share (
  service_id uuid not null references service,
  owner_account uuid not null,
  with_account uuid not null,
  owner_name text not null,
  with_name text not null,
  at timestamptz not null,
  primary key (service_id, owner_account, with_account),
  check (owner_account <> with_account)
);
comment on table development_share is 'While the row is there, the named account reads the goals of its owner; the owner alone makes and takes it away';

create table development_offer (
  service_id uuid not null references service,
  id uuid not null,
  kind text not null check (kind in ('course','shadowing','project','leadership')),
  area text not null check (area in ('service','leadership','competence','career')),
  title text not null check (title <> ''),
  about text not null,
  roles text[] not null,
  places int not null check (places between 1 and 200),
  closes_on date not null,
  published_at timestamptz not null,
  by_account uuid not null,
  by_name text not null,
  withdrawn_at timestamptz,
  primary key (service_id, id)
);
comment on table development_offer is 'What the lead offers to whoever wants to develop; it names nobody who does';
comment on column development_offer.roles is 'Roles it is for; none: all';

create table development_interest (
  service_id uuid not null,
  offer_id uuid not null,
  account_id uuid not null,
  name text not null,
  role text not null,
  at timestamptz not null,
  primary key (service_id, offer_id, account_id),
  foreign key (service_id, offer_id) references development_offer (service_id, id)
);
comment on table development_interest is 'Who said that an offer interests them: they and who published it read that, and nobody else';

create table development_feedback (
  service_id uuid not null references service,
  id uuid not null,
  asker_account uuid not null,
  asker_name text not null,
  asked_account uuid not null,
  asked_name text not null,
  asked_at timestamptz not null,
  questions bytea not null,
  answers bytea,
  answered_at timestamptz,
  primary key (service_id, id),
  check (asker_account <> asked_account),
  check ((answers is null) = (answered_at is null))
);
comment on table development_feedback is 'One to three questions to a colleague, and what they answered, once; the two of them read it';
comment on column development_feedback.questions is 'Sealed';
comment on column development_feedback.answers is 'Sealed';

call wall.close('development_goal');
call wall.close('development_review');
call wall.close('development_share');
call wall.close('development_offer');
call wall.close('development_interest');
call wall.close('development_feedback');

call wall.allow('development_goal', 'rowan_clinical', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and (account_id = (select nullif(current_setting('app.account', true), '')::uuid) or exists (select 1 from development_share s where s.service_id = development_goal.service_id and s.owner_account = development_goal.account_id and s.with_account = (select nullif(current_setting('app.account', true), '')::uuid)))$$);
call wall.allow('development_goal', 'rowan_clinical', 'iu', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$, 'area, by_on, state, words, changed_at');
call wall.allow('development_review', 'rowan_clinical', 'si', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('development_share', 'rowan_clinical', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and (select nullif(current_setting('app.account', true), '')::uuid) in (owner_account, with_account)$$);
call wall.allow('development_share', 'rowan_clinical', 'id', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and owner_account = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('development_offer', 'rowan_clinical', 'siu', 'service', 'withdrawn_at');
call wall.allow('development_interest', 'rowan_clinical', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and (account_id = (select nullif(current_setting('app.account', true), '')::uuid) or exists (select 1 from development_offer o where o.service_id = development_interest.service_id and o.id = development_interest.offer_id and o.by_account = (select nullif(current_setting('app.account', true), '')::uuid)))$$);
call wall.allow('development_interest', 'rowan_clinical', 'id', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('development_feedback', 'rowan_clinical', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and (select nullif(current_setting('app.account', true), '')::uuid) in (asker_account, asked_account)$$);
call wall.allow('development_feedback', 'rowan_clinical', 'i', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and asker_account = (select nullif(current_setting('app.account', true), '')::uuid) and answers is null$$);
-- The first answer is the only one: a row that has one can no longer be changed.
grant update (answers, answered_at) on development_feedback to rowan_clinical;
create policy rowan_clinical_update on development_feedback for update to rowan_clinical
  using (service_id = (select nullif(current_setting('app.service', true), '')::uuid) and asked_account = (select nullif(current_setting('app.account', true), '')::uuid) and answers is null)
  with check (service_id = (select nullif(current_setting('app.service', true), '')::uuid) and asked_account = (select nullif(current_setting('app.account', true), '')::uuid));

create table pulse (
  service_id uuid not null references service,
  id uuid not null,
  organisation_id uuid not null references organisation,
  question text not null check (question <> ''),
  opens_on date not null,
  closes_on date not null,
  set_at timestamptz not null,
  by_name text not null,
  primary key (service_id, id),
  check (closes_on - opens_on between 13 and 41)
);
comment on table pulse is 'A question to the team for a period; it never changes, so that nobody closes one early to look';

create table pulse_voice (
  service_id uuid not null,
  pulse_id uuid not null,
  account_id uuid not null,
  primary key (service_id, pulse_id, account_id),
  foreign key (service_id, pulse_id) references pulse (service_id, id)
);
comment on table pulse_voice is 'Who has answered: neither when nor what';

create table pulse_tally (
  service_id uuid not null,
  pulse_id uuid not null,
  counts int[] not null,
  primary key (service_id, pulse_id),
  foreign key (service_id, pulse_id) references pulse (service_id, id)
);
comment on table pulse_tally is 'How often each score was given: no answer has a row, so no order of rows leads back. No login of the team reads it; the worker does after the period, and deletes it';
comment on column pulse_tally.counts is 'Of the scores 1 to 5';

create table pulse_result (
  service_id uuid not null references service,
  organisation_id uuid not null references organisation,
  pulse_id uuid not null,
  question text not null,
  opens_on date not null,
  closes_on date not null,
  answers int,
  mean double precision,
  counted_at timestamptz not null,
  primary key (service_id, organisation_id, pulse_id),
  unique (organisation_id, service_id, pulse_id),
  check ((answers is null) = (mean is null)),
  check (answers >= 10 and answers % 5 = 0),
  check (mean in (1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5))
);
comment on table pulse_result is 'What came of a pulse whose period is over. Of fewer than 8 answers nothing is kept but that they were too few';
comment on column pulse_result.answers is 'To the nearest 5, so 8 is 10; null for too few';
comment on column pulse_result.mean is 'To the nearest half';

create table workforce_overtime (
  organisation_id uuid not null references organisation,
  month date not null check (extract(day from month) = 1),
  hours double precision not null check (hours >= 0),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, month)
);
comment on table workforce_overtime is 'Hours that the whole team of occupational health worked over contract in a month; never of one person';

call wall.close('pulse');
call wall.close('pulse_voice');
call wall.close('pulse_tally');
call wall.close('pulse_result');
call wall.close('workforce_overtime');
call wall.allow('pulse', 'rowan_clinical', 'si', 'service');
call wall.allow('pulse', 'rowan_worker', 's', 'all');
call wall.allow('pulse_voice', 'rowan_clinical', 'sid', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$);
-- While a question is open its tally is nobody's, not even of a job: the day is the database's own, which no login sets.
call wall.allow('pulse_tally', 'rowan_worker', 'sd', $$exists (select 1 from pulse p where p.service_id = pulse_tally.service_id and p.id = pulse_tally.pulse_id and p.closes_on < (now() at time zone 'Europe/London')::date)$$);
-- To add to a count is to read it, which no login of the team may: the owner adds, for the service in app.service, and tells
-- nothing. One answer writes the whole row, so the row does not show which score was the last. It is refused unless the question is
-- open today and has no result, and where more would have been answered than people said that they answer. Only an installation of
-- invented data has past questions to answer.
-- Answers to a question and its count wait for each other (the worker takes the same lock), so that none comes after the count and
-- stays behind alone. That holds only when each statement sees what was committed before it, so an older snapshot is refused.
call wall.allow('pulse', 'rowan_owner', 's', 'service');
call wall.allow('pulse_voice', 'rowan_owner', 's', 'service');
call wall.allow('pulse_tally', 'rowan_owner', 'siu', 'service');
call wall.allow('pulse_result', 'rowan_owner', 's', 'service');
call wall.allow('installation', 'rowan_owner', 's', 'all');
-- +goose StatementBegin
create function answer_pulse(pulse uuid, score int) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  mine uuid := nullif(current_setting('app.service', true), '')::uuid;
  today date := (now() at time zone 'Europe/London')::date;
  answers bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'a pulse is answered at read committed only' using errcode = 'RW003';
  end if;
  if score is null or score not between 1 and 5 then
    raise exception 'a score is 1 to 5' using errcode = 'check_violation';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('pulse count ' || answer_pulse.pulse::text, 0));
  if not exists (select 1 from pulse p where p.service_id = mine and p.id = answer_pulse.pulse and p.opens_on <= today
      and (today <= p.closes_on or exists (select 1 from installation where demo)))
    or exists (select 1 from pulse_result r where r.service_id = mine and r.pulse_id = answer_pulse.pulse) then
    raise exception 'the question is not open' using errcode = 'RW004';
  end if;
  insert into pulse_tally as t (service_id, pulse_id, counts)
  values (mine, answer_pulse.pulse, (select array_agg((s = answer_pulse.score)::int order by s) from generate_series(1, 5) s))
  on conflict (service_id, pulse_id) do update
  set counts = (select array_agg(x.had + x.more order by x.n) from unnest(t.counts, excluded.counts) with ordinality as x (had, more, n))
  returning (select sum(n) from unnest(t.counts) n) into answers;
  if answers > (select count(*) from pulse_voice v where v.service_id = mine and v.pulse_id = answer_pulse.pulse) then
    raise exception 'more answers than people who answer' using errcode = 'check_violation';
  end if;
end $$;
-- +goose StatementEnd
revoke all on function answer_pulse(uuid, int) from public;
grant execute on function answer_pulse(uuid, int) to rowan_clinical;
call wall.allow('pulse_result', 'rowan_worker', 'si', 'all');
call wall.allow('pulse_result', 'rowan_clinical', 's', 'service');
call wall.allow('pulse_result', 'rowan_growth', 's', 'service');
call wall.allow('workforce_overtime', 'rowan_growth', 'siu', 'organisation', 'hours, changed_at, changed_by');

-- +goose Down
drop function answer_pulse;
drop policy rowan_owner_select on installation;
drop table workforce_overtime, pulse_result, pulse_tally, pulse_voice, pulse, development_feedback, development_interest, development_offer, development_share, development_review, development_goal;
