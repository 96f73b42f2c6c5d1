-- Wellbeing champions: who asked to be one, what their manager agreed, training, counts without a person, and what the OH team
-- sends them. Employer side, keyed by organisation: a champion is a member of staff who points the way, and sees no case.

-- +goose Up
create table champion_link (
  organisation_id uuid not null references organisation,
  id uuid not null,
  made_at timestamptz not null,
  by_name text not null,
  expires_on date not null,
  closed_at timestamptz,
  primary key (organisation_id, id)
);
comment on table champion_link is 'A link to share, by which staff find the page on which they ask; it opens nothing to who has not signed in';

create table champion (
  organisation_id uuid not null references organisation,
  id uuid not null,
  person_id uuid not null,
  name text not null check (name <> ''),
  department text not null,
  team text not null,
  state text not null check (state in ('asked','agreed','refused','withdrawn')),
  asked_at timestamptz not null,
  link_id uuid,
  hours int check (hours between 1 and 16),
  manager_person_id uuid,
  decided_at timestamptz,
  ends_on date,
  ended_by text check (ended_by in ('self','service')),
  thanked_at timestamptz,
  thanked_by text,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  foreign key (organisation_id, link_id) references champion_link (organisation_id, id),
  check ((state = 'agreed') = (hours is not null)),
  check (state <> 'agreed' or (manager_person_id is not null and decided_at is not null)),
  check ((ends_on is null) = (ended_by is null) and (ends_on is null or state = 'agreed')),
  check ((thanked_at is null) = (thanked_by is null)),
  check (manager_person_id <> person_id)
);
create index on champion (organisation_id, person_id);
create unique index champion_live on champion (organisation_id, person_id) where state in ('asked','agreed') and ends_on is null;
comment on table champion is 'Somebody who asked to be a wellbeing champion. Why they asked, and why they stop, is not asked';
comment on column champion.hours is 'Protected time, in hours a month, as the manager agreed';
comment on column champion.name is 'With department and team, as colleagues find them; they agreed to that when they asked';

create table champion_training (
  organisation_id uuid not null,
  champion_id uuid not null,
  done_on date not null,
  kind text not null check (kind in ('first','refresher')),
  recorded_at timestamptz not null,
  by_name text not null,
  primary key (organisation_id, champion_id, done_on),
  foreign key (organisation_id, champion_id) references champion (organisation_id, id)
);

create table champion_count (
  organisation_id uuid not null references organisation,
  person_id uuid not null,
  month date not null check (extract(day from month) = 1),
  code text not null check (code in ('line_manager','oh','eap','peer','faith','learning','finance','physical','mental','crisis','event','kit')),
  n int not null check (n between 0 and 200),
  primary key (organisation_id, person_id, month, code),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);
comment on table champion_count is 'How often a champion pointed the way, in numbers of a month: no person, no day, no word. Only the champion reads their own; who may add them up cannot read whose they are';

create table champion_kit (
  service_id uuid not null references service,
  id uuid not null,
  kind text not null check (kind in ('message','kit')),
  title text not null check (title <> ''),
  words text not null,
  link text not null,
  published_at timestamptz not null,
  by_name text not null,
  withdrawn_at timestamptz,
  primary key (service_id, id)
);
comment on table champion_kit is 'What the OH team sends its champions: a message, or a campaign kit of words and a link. For all of them alike, so it names nobody';

call wall.close('champion_link');
call wall.close('champion');
call wall.close('champion_training');
call wall.close('champion_count');
call wall.close('champion_kit');

-- The link is read before anybody has signed in: it holds nothing about anybody.
call wall.allow('champion_link', 'rowan_hall', 's', 'all');
call wall.allow('champion_link', 'rowan_portal', 's', 'organisation');
call wall.allow('champion_link', 'rowan_clinical', 'siu', 'clients', 'closed_at');

-- Staff find the champions of their organisation, and keep their own. Nobody agrees for themselves.
call wall.allow('champion', 'rowan_portal', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and (state = 'agreed' or person_id = (select nullif(current_setting('app.person', true), '')::uuid))$$);
call wall.allow('champion', 'rowan_portal', 'i', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and state = 'asked'$$);
grant update (state, ends_on, ended_by) on champion to rowan_portal;
create policy rowan_portal_update on champion for update to rowan_portal
  using (organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and state in ('asked','agreed'))
  with check (organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and (state = 'withdrawn' or state = 'agreed' and ended_by = 'self'));
-- A manager answers for those whose live post names them, or whom a confirmed delegation puts under them. Everybody else of the
-- employer side sees who is a champion, as every colleague does, and not who asked.
-- +goose StatementBegin
do $$
declare
  line text := $rule$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and (exists (select 1 from post o where o.organisation_id = champion.organisation_id and o.person_id = champion.person_id and o.manager_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and o.starts_on <= current_date and (o.ends_on is null or o.ends_on > current_date)) or exists (select 1 from delegation d where d.organisation_id = champion.organisation_id and d.person_id = champion.person_id and d.manager_person_id = (select nullif(current_setting('app.person', true), '')::uuid) and d.state = 'confirmed' and d.starts_on <= current_date and d.ends_on > current_date))$rule$;
begin
  call wall.allow('champion', 'rowan_employer', 's', 'organisation_id = (select nullif(current_setting(''app.organisation'', true), '''')::uuid) and (state = ''agreed'' or ' || line || ')');
  call wall.allow('champion', 'rowan_employer', 'u', line, 'state, hours, manager_person_id, decided_at');
end $$;
-- +goose StatementEnd
call wall.allow('champion', 'rowan_clinical', 's', 'clients');
call wall.allow('champion', 'rowan_clinical', 'u', 'clients', 'ends_on, ended_by, thanked_at, thanked_by');

call wall.allow('champion_training', 'rowan_clinical', 'si', 'clients');
call wall.allow('champion_training', 'rowan_portal', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and exists (select 1 from champion c where c.organisation_id = champion_training.organisation_id and c.id = champion_training.champion_id and c.person_id = (select nullif(current_setting('app.person', true), '')::uuid))$$);
call wall.allow('champion_training', 'rowan_employer', 's', 'organisation');

call wall.allow('champion_count', 'rowan_portal', 'siu', 'own', 'n');
-- The OH team adds up: it may read numbers, and not whose.
call wall.allow('champion_count', 'rowan_clinical', 's', 'clients', 'organisation_id, month, code, n', true);

call wall.allow('champion_kit', 'rowan_clinical', 'siu', 'service', 'withdrawn_at');
call wall.allow('champion_kit', 'rowan_portal', 's', 'service');

-- +goose Down
drop table champion_kit, champion_count, champion_training, champion, champion_link;
