-- Adjustments and return to work. What helps somebody at work is theirs: a passport that goes with the person from post to post. What
-- their manager is asked for and answers is a code and days: on the employer side no text can be written. Hours of a phased return are
-- numbers.

-- +goose Up
create table passport_item (
  organisation_id uuid not null references organisation,
  person_id uuid not null,
  code text not null check (code in ('hours','pattern','breaks','workload','place','remote','quiet','equipment','software','access','parking','communication','notice','buddy','supervision','training','time_off','uniform','travel','other')),
  added_at timestamptz not null,
  primary key (organisation_id, person_id, code),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);
comment on table passport_item is 'What helps somebody at work, by code, as they wrote it down themselves; it is theirs in every post';

create table passport_note (
  service_id uuid not null references service,
  id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  code text not null check (code in ('hours','pattern','breaks','workload','place','remote','quiet','equipment','software','access','parking','communication','notice','buddy','supervision','training','time_off','uniform','travel','other')),
  part text not null check (part in ('how','why')),
  words bytea not null,
  changed_at timestamptz not null,
  primary key (service_id, id),
  unique (service_id, organisation_id, person_id, code, part),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);
comment on table passport_note is 'Their own words to an item: how it is done, which they may share, and why it helps, which nobody else can read';
comment on column passport_note.words is 'Sealed';

create table passport_share (
  organisation_id uuid not null references organisation,
  person_id uuid not null,
  with_person_id uuid not null,
  name text not null,
  codes text[] not null check (cardinality(codes) > 0),
  at timestamptz not null,
  until date not null,
  primary key (organisation_id, person_id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  check (person_id <> with_person_id),
  check (until <= (at at time zone 'UTC')::date + 366)
);
create index on passport_share (organisation_id, with_person_id);
comment on table passport_share is 'While the row is there and its day not come, one manager reads these items and how they are done; its owner alone makes it and takes it away';

create table adjustment_ask (
  organisation_id uuid not null references organisation,
  id uuid not null,
  service_id uuid,
  person_id uuid not null,
  manager_person_id uuid not null,
  code text not null check (code in ('hours','pattern','breaks','workload','place','remote','quiet','equipment','software','access','parking','communication','notice','buddy','supervision','training','time_off','uniform','travel','other')),
  asked_at timestamptz not null,
  carried_on date,
  ended_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  check (person_id <> manager_person_id)
);
create unique index adjustment_ask_open on adjustment_ask (organisation_id, person_id, manager_person_id, code) where ended_at is null;
create index on adjustment_ask (organisation_id, manager_person_id);
comment on table adjustment_ask is 'That somebody asked one manager for an adjustment, by code. It rests when that is no longer their manager';
comment on column adjustment_ask.carried_on is 'From when it was agreed with an earlier manager';

create table adjustment_answer (
  organisation_id uuid not null,
  ask_id uuid not null,
  n int not null check (n > 0),
  person_id uuid not null,
  manager_person_id uuid not null,
  answer text not null check (answer in ('agreed','part','declined')),
  reason text check (reason in ('trial','later','cover','safety','equipment','cost','advice','role')),
  from_on date,
  review_on date,
  at timestamptz not null,
  primary key (organisation_id, ask_id, n),
  foreign key (organisation_id, ask_id) references adjustment_ask (organisation_id, id),
  check ((answer = 'agreed') = (reason is null)),
  check ((answer = 'declined') = (from_on is null)),
  check ((from_on is null) = (review_on is null)),
  check (review_on > from_on)
);
create index on adjustment_answer (organisation_id, person_id);
comment on table adjustment_answer is 'What a manager answered, each time: the last one holds, and none is changed';

create table adjustment_followup (
  organisation_id uuid not null references organisation,
  kind text not null check (kind in ('adjustment','hours')),
  about_id uuid not null,
  week int not null check (week in (4,12)),
  person_id uuid not null,
  manager_person_id uuid not null,
  asked_on date not null,
  answer text check (answer in ('helped','partly','no','not_in_place')),
  answered_at timestamptz,
  shared boolean not null default false,
  primary key (organisation_id, kind, about_id, week),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  check ((answer is null) = (answered_at is null)),
  check (not shared or answer is not null)
);
create index on adjustment_followup (organisation_id, person_id);
comment on table adjustment_followup is 'After 4 and 12 weeks: did it help? The person''s own answer; their manager reads it where they share it';

create table adjustment_uptake (
  organisation_id uuid not null references organisation,
  month date not null check (extract(day from month) = 1),
  part text not null check (part in ('whole','team','rest')),
  department text not null,
  team text not null,
  people int,
  in_place int,
  answered int,
  helped int,
  counted_at timestamptz not null,
  primary key (organisation_id, month, part, department, team),
  check ((part = 'team') = (team <> '') and (part <> 'whole' or department = '')),
  check (people >= 10 and people % 5 = 0),
  check (in_place >= 10 and in_place % 5 = 0),
  check (answered >= 10 and answered % 5 = 0),
  check (helped >= 10 and helped % 5 = 0)
);
comment on table adjustment_uptake is 'How many of a team had an adjustment in place at the end of a month, how many of them said whether it helps and how many that it does, under disclosure control before it is stored: rounded to 5, null for too few and for nought. Counted once and never changed';
comment on column adjustment_uptake.part is 'The whole organisation, a team, or the rest of a department: small teams and people without a team together';

create table return_plan (
  organisation_id uuid not null references organisation,
  id uuid not null,
  service_id uuid,
  person_id uuid not null,
  opened_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, id, person_id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);
create unique index return_plan_open on return_plan (organisation_id, person_id) where ended_at is null;
comment on table return_plan is 'That somebody comes back to their contract step by step; one at a time';

create table return_hours (
  organisation_id uuid not null,
  plan_id uuid not null,
  n int not null check (n > 0),
  person_id uuid not null,
  manager_person_id uuid not null,
  starts_on date not null,
  contract int not null check (contract between 1 and 4800),
  weeks int[] not null check (cardinality(weeks) between 1 and 26),
  days int[] not null check (cardinality(days) between 1 and 7 and days <@ array[0,1,2,3,4,5,6]),
  dips boolean not null,
  proposed_by text not null check (proposed_by in ('person','manager')),
  reason text check (reason in ('slower','faster','other_days','later_start','leave','service','advice','mistake')),
  proposed_at timestamptz not null,
  person_at timestamptz,
  manager_at timestamptz,
  refused_at timestamptz,
  refused_by text check (refused_by in ('person','manager')),
  primary key (organisation_id, plan_id, n),
  foreign key (organisation_id, plan_id, person_id) references return_plan (organisation_id, id, person_id),
  check (person_id <> manager_person_id),
  check ((n = 1) = (reason is null)),
  check ((refused_at is null) = (refused_by is null)),
  check (refused_at is null or person_at is null or manager_at is null),
  check (case proposed_by when 'person' then person_at is not null else manager_at is not null end)
);
create index on return_hours (organisation_id, person_id);
comment on table return_hours is 'The hours of a plan, each time they were proposed: minutes a week, and the days. What both agreed last holds; what was agreed is not changed';

create table return_feed (
  organisation_id uuid not null references organisation,
  id uuid not null,
  person_id uuid not null,
  made_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, person_id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);
comment on table return_feed is 'While the row is there, the link of somebody''s calendar opens';

-- +goose StatementBegin
do $$
declare
  t text;
begin
  foreach t in array array['passport_item','passport_note','passport_share','adjustment_ask','adjustment_answer','adjustment_followup','adjustment_uptake','return_plan','return_hours','return_feed'] loop
    execute format('call wall.close(%L)', t);
  end loop;
end $$;
-- +goose StatementEnd

-- The passport: its owner, and whom they share it with, each as themselves behind the portal login. Why it helps is nobody's but theirs.
-- No other login has any right here.
call wall.allow('passport_item', 'rowan_portal', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('app.person', true), '')::uuid) or exists (select 1 from passport_share s where s.organisation_id = passport_item.organisation_id and s.person_id = passport_item.person_id and s.with_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and s.until > current_date and passport_item.code = any (s.codes) and led_by_me(s.person_id)))$$);
call wall.allow('passport_item', 'rowan_portal', 'id', 'own');
call wall.allow('passport_note', 'rowan_portal', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('app.person', true), '')::uuid) or part = 'how' and exists (select 1 from passport_share s where s.organisation_id = passport_note.organisation_id and s.person_id = passport_note.person_id and s.with_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and s.until > current_date and passport_note.code = any (s.codes) and led_by_me(s.person_id)))$$);
call wall.allow('passport_note', 'rowan_portal', 'iud', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid)$$, 'words, changed_at');
call wall.allow('passport_share', 'rowan_portal', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('app.person', true), '')::uuid) or with_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and until > current_date and led_by_me(person_id))$$);
call wall.allow('passport_share', 'rowan_portal', 'id', 'own');

-- What is asked is read by whom it was asked of, for as long as a live post names them: a new manager reads nothing until the person
-- asks them too. Nobody stands in here. Answers are added and never changed. What the person shares of how it went, likewise.
-- The hours of a return are read by the line as rotas are: by whom the live post names, or a confirmed delegation.
-- +goose StatementBegin
do $$
declare
  asked text := $rule$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and manager_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and exists (select 1 from post o where o.organisation_id = %1$s.organisation_id and o.person_id = %1$s.person_id and o.manager_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and o.starts_on <= current_date and (o.ends_on is null or o.ends_on > current_date))$rule$;
  line text := $rule$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and (exists (select 1 from post o where o.organisation_id = %1$s.organisation_id and o.person_id = %1$s.person_id and o.manager_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and o.starts_on <= current_date and (o.ends_on is null or o.ends_on > current_date)) or exists (select 1 from delegation d where d.organisation_id = %1$s.organisation_id and d.person_id = %1$s.person_id and d.manager_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and d.state = 'confirmed' and d.starts_on <= current_date and d.ends_on > current_date))$rule$;
  mine text := $rule$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid)$rule$;
begin
  call wall.allow('adjustment_ask', 'rowan_employer', 's', format(asked, 'adjustment_ask'));
  call wall.allow('adjustment_answer', 'rowan_employer', 's', format(asked, 'adjustment_answer'));
  call wall.allow('adjustment_answer', 'rowan_employer', 'i', format(asked, 'adjustment_answer') || ' and exists (select 1 from adjustment_ask k where k.organisation_id = adjustment_answer.organisation_id and k.id = adjustment_answer.ask_id and k.person_id = adjustment_answer.person_id and k.ended_at is null)');
  call wall.allow('adjustment_followup', 'rowan_employer', 's', 'shared and ' || format(asked, 'adjustment_followup'));
  call wall.allow('return_plan', 'rowan_employer', 'si', format(line, 'return_plan'));
  -- Hours that both agreed to are not ended by one: a manager ends what was never agreed, or is over.
  call wall.allow('return_plan', 'rowan_employer', 'u', format(line, 'return_plan') || ' and not exists (select 1 from return_hours h where h.organisation_id = return_plan.organisation_id and h.plan_id = return_plan.id and h.person_at is not null and h.manager_at is not null and h.starts_on + 7 * cardinality(h.weeks) > current_date)', 'ended_at');
  call wall.allow('return_hours', 'rowan_employer', 's', format(line, 'return_hours'));
  call wall.allow('return_hours', 'rowan_employer', 'i', format(line, 'return_hours') || ' and proposed_by = ''manager'' and person_at is null and manager_person_id = (select nullif(current_setting(''app.person'', true), '''')::uuid)');
  call wall.allow('return_hours', 'rowan_employer', 'u', format(line, 'return_hours'), 'manager_at, manager_person_id, refused_at, refused_by');

  -- The person: what they ask a manager that they have, and all that is answered.
  call wall.allow('adjustment_ask', 'rowan_portal', 's', 'own');
  call wall.allow('adjustment_ask', 'rowan_portal', 'i', mine || ' and exists (select 1 from post o where o.organisation_id = adjustment_ask.organisation_id and o.person_id = adjustment_ask.person_id and o.manager_person_id = adjustment_ask.manager_person_id and o.starts_on <= current_date and (o.ends_on is null or o.ends_on > current_date))');
  call wall.allow('adjustment_ask', 'rowan_portal', 'u', 'own', 'ended_at');
  call wall.allow('adjustment_answer', 'rowan_portal', 's', 'own');
  call wall.allow('adjustment_followup', 'rowan_portal', 'su', 'own', 'answer, answered_at, shared');
  call wall.allow('return_plan', 'rowan_portal', 'siu', 'own', 'ended_at');
  call wall.allow('return_hours', 'rowan_portal', 's', 'own');
  call wall.allow('return_hours', 'rowan_portal', 'i', mine || ' and proposed_by = ''person'' and manager_at is null');
  call wall.allow('return_hours', 'rowan_portal', 'u', 'own', 'person_at, refused_at, refused_by');
  call wall.allow('return_feed', 'rowan_portal', 'sid', 'own');
end $$;
-- +goose StatementEnd

-- What both have agreed to stands: neither login takes a yes back, or says one for the other.
-- +goose StatementBegin
create function return_hours_stand() returns trigger language plpgsql as $$
begin
  if old.refused_at is not null or old.person_at is not null and old.manager_at is not null
      or old.person_at is not null and new.person_at is distinct from old.person_at
      or old.manager_at is not null and (new.manager_at is distinct from old.manager_at or new.manager_person_id <> old.manager_person_id) then
    raise exception 'hours that were answered do not change' using errcode = 'RW001';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger return_hours_stand before update on return_hours for each row execute function return_hours_stand();

-- The worker asks after 4 and 12 weeks, and counts. What it is that was agreed, it does not read.
call wall.allow('adjustment_ask', 'rowan_worker', 's', 'all', 'organisation_id, id, service_id, person_id, manager_person_id, ended_at', true);
call wall.allow('adjustment_answer', 'rowan_worker', 's', 'all', 'organisation_id, ask_id, n, person_id, answer, from_on, at', true);
call wall.allow('adjustment_followup', 'rowan_worker', 's', 'all', 'organisation_id, kind, about_id, week, person_id, answer, answered_at', true);
call wall.allow('adjustment_followup', 'rowan_worker', 'i', 'all');
call wall.allow('adjustment_uptake', 'rowan_worker', 'si', 'all');
call wall.allow('return_plan', 'rowan_worker', 's', 'all', 'organisation_id, id, service_id, person_id, ended_at', true);
call wall.allow('return_hours', 'rowan_worker', 's', 'all', 'organisation_id, plan_id, n, person_id, manager_person_id, starts_on, person_at, manager_at', true);
call wall.allow('adjustment_uptake', 'rowan_growth', 's', 'organisation');
insert into job.permit (login, kind) values ('rowan_worker', 'adjustment.count'), ('rowan_worker', 'adjustment.follow'), ('rowan_worker', 'message.send');

-- +goose Down
delete from job.permit where kind in ('adjustment.count', 'adjustment.follow') or login = 'rowan_worker' and kind = 'message.send';
drop table return_feed, return_hours, return_plan, adjustment_uptake, adjustment_followup, adjustment_answer, adjustment_ask, passport_share, passport_note, passport_item;
drop function return_hours_stand;
