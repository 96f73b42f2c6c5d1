-- Wellbeing conversations. On the employer side no text can be written: whatever says anything is a code from a list that this file
-- holds. What a person plans for themselves is theirs: behind the portal login, sealed, and shared by their choice alone.

-- +goose Up
create table conversation (
  organisation_id uuid not null references organisation,
  id uuid not null,
  person_id uuid not null,
  state text not null check (state in ('asked','offered','held','declined','elsewhere')),
  asked_on date,
  offered_on date,
  held_on date,
  answered_on date,
  with_role text check (with_role in ('manager','other_manager','professional_lead','educator','hr','colleague')),
  next_on date,
  answered_by text check (answered_by in ('manager','person')),
  recorded_by uuid,
  recorded_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, id, person_id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  check (person_id <> recorded_by),
  check ((state = 'asked') = (recorded_by is null)),
  check (state <> 'asked' or asked_on is not null and offered_on is null),
  check (state <> 'offered' or offered_on is not null),
  check ((state = 'held') = (held_on is not null)),
  check ((state in ('declined','elsewhere')) = (answered_on is not null)),
  check ((state in ('asked','offered')) = (answered_by is null)),
  check (state <> 'held' or with_role is not null and answered_by = 'manager'),
  check (state in ('held','elsewhere') or with_role is null),
  check (next_on is null or answered_by is not null and next_on > coalesce(held_on, answered_on))
);
create index on conversation (organisation_id, person_id);
create unique index conversation_open on conversation (organisation_id, person_id) where state in ('asked','offered');
comment on table conversation is 'That a wellbeing conversation was asked for or offered and what came of it: days and codes, never a word';
comment on column conversation.answered_on is 'The day on which somebody said that they do not want one, or talk with somebody else';
comment on column conversation.recorded_by is 'Who of the employer put it down; nobody, while the person has only asked';

create table conversation_objection (
  organisation_id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  said_at timestamptz not null,
  settled_at timestamptz check (settled_at >= said_at),
  primary key (organisation_id, conversation_id, said_at),
  foreign key (organisation_id, conversation_id, person_id) references conversation (organisation_id, id, person_id)
);
create unique index conversation_objection_open on conversation_objection (organisation_id, conversation_id) where settled_at is null;
create index on conversation_objection (organisation_id, person_id);
comment on table conversation_objection is 'That somebody says of what is recorded of them: it is not right. They alone make it and settle it; no change of the record takes it away';

create table conversation_agreed (
  organisation_id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  code text not null check (code in ('hours','pattern','breaks','workload','place','equipment','team_support','training','time_off','adjustment_asked','oh_offered','meet_again')),
  done_on date,
  primary key (organisation_id, conversation_id, code),
  foreign key (organisation_id, conversation_id, person_id) references conversation (organisation_id, id, person_id)
);
create index on conversation_agreed (organisation_id, person_id);
comment on table conversation_agreed is 'What was agreed to do at work, by code, and whether it was done';

create table conversation_signpost (
  organisation_id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  code text not null check (code in ('wellbeing_offer','staff_network','learning','money_help','health_help','home_help')),
  primary key (organisation_id, conversation_id, code),
  foreign key (organisation_id, conversation_id, person_id) references conversation (organisation_id, id, person_id)
);
create index on conversation_signpost (organisation_id, person_id);
comment on table conversation_signpost is 'What kind of help was pointed to: the category, never what for';

create table conversation_uptake (
  organisation_id uuid not null references organisation,
  month date not null check (extract(day from month) = 1),
  part text not null check (part in ('whole','team','rest')),
  department text not null,
  team text not null,
  people int,
  held int,
  nearly boolean not null,
  counted_at timestamptz not null,
  primary key (organisation_id, month, part, department, team),
  check ((part = 'team') = (team <> '') and (part <> 'whole' or department = '')),
  check (people >= 10 and people % 5 = 0),
  check (held >= 10 and held % 5 = 0),
  check (people is not null or held is null and not nearly),
  check (not (nearly and held is not null))
);
comment on table conversation_uptake is 'How many of a team had a conversation in the year up to the end of a month, under disclosure control before it is stored: rounded to 5, null for too few, nought among them. Counted once and never changed';
comment on column conversation_uptake.part is 'The whole organisation, a team, or the rest of a department: small teams and people without a team together';
comment on column conversation_uptake.nearly is 'So few had none that no number is stored';

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
call wall.close('conversation_objection');
call wall.close('conversation_agreed');
call wall.close('conversation_signpost');
call wall.close('conversation_uptake');
call wall.close('wellbeing_plan');
call wall.close('wellbeing_plan_share');

-- A manager reads and writes of those whose live post names them, or whom a confirmed delegation puts under them, and who have not
-- left. The login is not open to anybody else: HR reads the uptake. They read back read_months of content/packs/conversations.yaml
-- (a test holds both to the same number): what is older is no business of today. A row cannot be taken to another person, what the
-- person answered themselves is not written over, and nobody records in another's name.
-- +goose StatementBegin
do $$
declare
  t text;
  org text := $rule$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$rule$;
  me text := $rule$(select nullif(current_setting('app.person', true), '')::uuid)$rule$;
  line text := org || format($rule$ and not exists (select 1 from person p where p.organisation_id = conversation.organisation_id and p.id = conversation.person_id and p.left_on <= current_date) and (exists (select 1 from post o where o.organisation_id = conversation.organisation_id and o.person_id = conversation.person_id and o.manager_person_id = %1$s and o.starts_on <= current_date and (o.ends_on is null or o.ends_on > current_date)) or exists (select 1 from delegation d where d.organisation_id = conversation.organisation_id and d.person_id = conversation.person_id and d.manager_person_id = %1$s and d.state = 'confirmed' and d.starts_on <= current_date and d.ends_on > current_date))$rule$, me);
  recent text := $rule$ and (coalesce(held_on, answered_on, offered_on, asked_on) < (current_date - interval '24 months')::date) is not true$rule$;
  mine text := format($rule$ and recorded_by = %s and answered_by is distinct from 'person'$rule$, me);
begin
  call wall.allow('conversation', 'rowan_employer', 's', line || recent);
  call wall.allow('conversation', 'rowan_employer', 'i', line || mine || $rule$ and state <> 'asked'$rule$);
  grant update (state, offered_on, held_on, answered_on, with_role, next_on, answered_by, recorded_by, recorded_at) on conversation to rowan_employer;
  execute 'create policy rowan_employer_update on conversation for update to rowan_employer using (' || line || recent || $rule$ and answered_by is distinct from 'person'$rule$ || ') with check (' || line || mine || ')';
  -- What hangs on a conversation is seen with it, through its policy.
  foreach t in array array['conversation_agreed','conversation_signpost','conversation_objection'] loop
    call wall.allow(t, 'rowan_employer', case t when 'conversation_agreed' then 'siud' when 'conversation_signpost' then 'sid' else 's' end,
      org || format($rule$ and exists (select 1 from conversation c where c.organisation_id = %1$s.organisation_id and c.id = %1$s.conversation_id and c.person_id = %1$s.person_id)$rule$, t),
      case t when 'conversation_agreed' then 'done_on' end);
  end loop;
  foreach t in array array['conversation','conversation_agreed','conversation_signpost','conversation_objection'] loop
    call wall.allow(t, 'rowan_portal', 's', 'own');
  end loop;
  -- The person asks for one, and can take that back; answers an offer themselves, and can take the answer back; says when what their
  -- manager recorded is not right, and when it is.
  call wall.allow('conversation', 'rowan_portal', 'id', wall.rule('own') || $rule$ and state = 'asked'$rule$);
  grant update (state, answered_by, answered_on) on conversation to rowan_portal;
  execute 'create policy rowan_portal_update on conversation for update to rowan_portal using (' || wall.rule('own') || $rule$ and (state = 'offered' or answered_by = 'person')$rule$ || ') with check (' || wall.rule('own') || $rule$ and state in ('offered','declined','elsewhere') and answered_by is distinct from 'manager'$rule$ || ')';
  call wall.allow('conversation_objection', 'rowan_portal', 'i', wall.rule('own') || $rule$ and settled_at is null and exists (select 1 from conversation c where c.organisation_id = conversation_objection.organisation_id and c.id = conversation_objection.conversation_id and c.person_id = conversation_objection.person_id and c.answered_by = 'manager')$rule$);
  grant update (settled_at) on conversation_objection to rowan_portal;
  execute 'create policy rowan_portal_update on conversation_objection for update to rowan_portal using (' || wall.rule('own') || ' and settled_at is null) with check (' || wall.rule('own') || ' and settled_at is not null)';
end $$;
-- +goose StatementEnd

-- The worker counts who had one, and leaves out what the person says is not right; of what was agreed it reads nothing.
call wall.allow('conversation', 'rowan_worker', 's', 'all', 'organisation_id, id, person_id, state, held_on', true);
call wall.allow('conversation_objection', 'rowan_worker', 's', 'all', 'organisation_id, conversation_id, settled_at', true);
call wall.allow('conversation_uptake', 'rowan_worker', 'si', 'all');
call wall.allow('conversation_uptake', 'rowan_growth', 's', 'organisation');

-- A share was made for the manager that somebody has, and rests while that is no longer so: a live post must name the reader, and its
-- holder must not have left. The reader's login cannot read the post or the record of somebody else, so this function answers yes or
-- no about the reader alone. It runs as the owner, who is bound by row security too (00050).
-- +goose StatementBegin
create function led_by_me(owner uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from post o join person p on p.organisation_id = o.organisation_id and p.id = o.person_id
    where o.organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and o.person_id = owner
      and o.manager_person_id = (select nullif(current_setting('app.person', true), '')::uuid)
      and o.starts_on <= current_date and (o.ends_on is null or o.ends_on > current_date) and (p.left_on is null or p.left_on > current_date))
$$;
-- +goose StatementEnd
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
drop table wellbeing_plan_share, wellbeing_plan, conversation_uptake, conversation_signpost, conversation_agreed, conversation_objection, conversation;
drop function led_by_me;
