-- Wellbeing conversations. On the employer side no text can be written: whatever says anything is a code from a list that this file
-- holds. What a person plans for themselves is theirs: behind the portal login, sealed, and shared by their choice alone.

-- +goose Up
create table conversation (
  organisation_id uuid not null references organisation,
  id uuid not null,
  person_id uuid not null,
  state text not null check (state in ('offered','held','declined','elsewhere')),
  offered_on date not null,
  held_on date,
  with_role text check (with_role in ('manager','other_manager','professional_lead','educator','hr','colleague')),
  next_on date,
  answered_by text check (answered_by in ('manager','person')),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  disputed_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  check (person_id <> recorded_by),
  check ((state = 'held') = (held_on is not null)),
  check (state <> 'held' or with_role is not null),
  check (state in ('held','elsewhere') or with_role is null),
  check ((state = 'offered') = (answered_by is null)),
  check (next_on is null or next_on > offered_on)
);
create index on conversation (organisation_id, person_id);
create unique index conversation_open on conversation (organisation_id, person_id) where state = 'offered';
comment on table conversation is 'That a wellbeing conversation was offered and what came of it: days and codes, never a word';

create table conversation_agreed (
  organisation_id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  code text not null check (code in ('hours','pattern','breaks','workload','place','equipment','team_support','training','time_off','adjustment_asked','oh_offered','meet_again')),
  done_on date,
  primary key (organisation_id, conversation_id, code),
  foreign key (organisation_id, conversation_id) references conversation (organisation_id, id)
);
create index on conversation_agreed (organisation_id, person_id);
comment on table conversation_agreed is 'What was agreed to do at work, by code, and whether it was done';

create table conversation_signpost (
  organisation_id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  code text not null check (code in ('wellbeing_offer','staff_network','learning','money_help','health_help','home_help')),
  primary key (organisation_id, conversation_id, code),
  foreign key (organisation_id, conversation_id) references conversation (organisation_id, id)
);
create index on conversation_signpost (organisation_id, person_id);
comment on table conversation_signpost is 'What kind of help was pointed to: the category, never what for';

create table conversation_uptake (
  organisation_id uuid not null references organisation,
  month date not null check (extract(day from month) = 1),
  department text not null,
  team text not null,
  people int,
  held int,
  counted_at timestamptz not null,
  primary key (organisation_id, month, department, team),
  check (people >= 10 and people % 5 = 0),
  check (held % 5 = 0 and held <> 5)
);
comment on table conversation_uptake is 'How many of a team had a conversation in the year up to the end of a month, under disclosure control before it is stored: rounded to 5, null for too few. Counted once and never changed. Empty department and team: the organisation; empty team: the small teams of a department';

create table wellbeing_plan (
  service_id uuid not null references service,
  id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  part text not null check (part in ('well','signs','hard','helps','manager')),
  words bytea not null,
  changed_at timestamptz not null,
  primary key (service_id, id),
  unique (service_id, organisation_id, person_id, part),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);
comment on table wellbeing_plan is 'What somebody writes down for themselves, part by part';
comment on column wellbeing_plan.words is 'Sealed';

create table wellbeing_plan_share (
  organisation_id uuid not null references organisation,
  person_id uuid not null,
  with_person_id uuid not null,
  name text not null,
  parts text[] not null check (cardinality(parts) > 0 and parts <@ array['well','signs','hard','helps','manager']),
  at timestamptz not null,
  until date not null,
  primary key (organisation_id, person_id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  check (person_id <> with_person_id),
  check (until <= (at at time zone 'UTC')::date + 366)
);
create index on wellbeing_plan_share (organisation_id, with_person_id);
comment on table wellbeing_plan_share is 'While the row is there and its day not come, one manager reads the parts that it names; its owner alone makes it and takes it away';

call wall.close('conversation');
call wall.close('conversation_agreed');
call wall.close('conversation_signpost');
call wall.close('conversation_uptake');
call wall.close('wellbeing_plan');
call wall.close('wellbeing_plan_share');

-- A manager reads and writes of those whose live post names them, or whom a confirmed delegation puts under them. The login is not
-- open to anybody else: HR reads the uptake. A row cannot be taken to another person.
-- +goose StatementBegin
do $$
declare
  t text;
  line text := $rule$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and (exists (select 1 from post o where o.organisation_id = %1$s.organisation_id and o.person_id = %1$s.person_id and o.manager_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and o.starts_on <= current_date and (o.ends_on is null or o.ends_on > current_date)) or exists (select 1 from delegation d where d.organisation_id = %1$s.organisation_id and d.person_id = %1$s.person_id and d.manager_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and d.state = 'confirmed' and d.starts_on <= current_date and d.ends_on > current_date))$rule$;
begin
  call wall.allow('conversation', 'rowan_employer', 'siu', format(line, 'conversation'), 'state, held_on, with_role, next_on, answered_by, recorded_by, recorded_at, disputed_at');
  call wall.allow('conversation_agreed', 'rowan_employer', 'siud', format(line, 'conversation_agreed'), 'done_on');
  call wall.allow('conversation_signpost', 'rowan_employer', 'sid', format(line, 'conversation_signpost'));
  foreach t in array array['conversation','conversation_agreed','conversation_signpost'] loop
    call wall.allow(t, 'rowan_portal', 's', 'own');
  end loop;
end $$;
-- +goose StatementEnd
-- The person answers an offer themselves, and says when what stands there is not right.
grant update (state, answered_by, disputed_at) on conversation to rowan_portal;
create policy rowan_portal_update on conversation for update to rowan_portal
  using (organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid))
  with check (organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and (state in ('declined','elsewhere') or disputed_at is not null));

-- The worker counts who had one; of what was agreed it reads nothing.
call wall.allow('conversation', 'rowan_worker', 's', 'all', 'organisation_id, person_id, state, held_on', true);
call wall.allow('conversation_uptake', 'rowan_worker', 'si', 'all');
call wall.allow('conversation_uptake', 'rowan_growth', 's', 'organisation');

-- A share was made for the manager that somebody has, and rests while that is no longer so: a live post must name the reader, and its
-- holder must not have left. The reader's login cannot read the post or the record of somebody else, so this function answers yes or
-- no about the reader alone. It runs as the owner, who is bound by row security too and gets these two policies.
-- +goose StatementBegin
create function led_by_me(owner uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select 1 from post o join person p on p.organisation_id = o.organisation_id and p.id = o.person_id
    where o.organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and o.person_id = owner
      and o.manager_person_id = (select nullif(current_setting('app.person', true), '')::uuid)
      and o.starts_on <= current_date and (o.ends_on is null or o.ends_on > current_date) and (p.left_on is null or p.left_on > current_date))
$$;
-- +goose StatementEnd
call wall.allow('post', 'rowan_owner', 's', 'organisation');
call wall.allow('person', 'rowan_owner', 's', 'organisation');
revoke all on function led_by_me(uuid) from public;
grant execute on function led_by_me(uuid) to rowan_portal;

-- The plan: its owner, and whom they share it with, each as themselves behind the portal login. No other login has any right here.
call wall.allow('wellbeing_plan', 'rowan_portal', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('app.person', true), '')::uuid) or exists (select 1 from wellbeing_plan_share s where s.organisation_id = wellbeing_plan.organisation_id and s.person_id = wellbeing_plan.person_id and s.with_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and s.until > current_date and wellbeing_plan.part = any (s.parts) and led_by_me(s.person_id)))$$);
call wall.allow('wellbeing_plan', 'rowan_portal', 'iud', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid)$$, 'words, changed_at');
call wall.allow('wellbeing_plan_share', 'rowan_portal', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and (person_id = (select nullif(current_setting('app.person', true), '')::uuid) or with_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and until > current_date and led_by_me(person_id))$$);
call wall.allow('wellbeing_plan_share', 'rowan_portal', 'id', 'own');
insert into job.permit (login, kind) values ('rowan_worker', 'conversation.count');

-- +goose Down
delete from job.permit where kind = 'conversation.count';
drop table wellbeing_plan_share, wellbeing_plan, conversation_uptake, conversation_signpost, conversation_agreed, conversation;
drop function led_by_me;
drop policy rowan_owner_select on person;
drop policy rowan_owner_select on post;
