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

-- Whether somebody works here today: a live post, and not left. Staff find the champions who do, and their login cannot read the post or
-- the record of a colleague, so this function answers yes or no. It runs as the owner, who is bound by row security too and gets these
-- two policies.
call wall.allow('post', 'rowan_owner', 's', 'organisation');
call wall.allow('person', 'rowan_owner', 's', 'organisation');
-- +goose StatementBegin
create function works_here(who uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from post o join person p on p.organisation_id = o.organisation_id and p.id = o.person_id
    where o.organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and o.person_id = who
      and o.starts_on <= current_date and (o.ends_on is null or o.ends_on > current_date) and (p.left_on is null or p.left_on > current_date))
$$;
-- +goose StatementEnd
revoke all on function works_here(uuid) from public;
grant execute on function works_here(uuid) to rowan_portal;

-- +goose StatementBegin
do $$
declare
  org text := $rule$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$rule$;
  me text := $rule$(select nullif(current_setting('app.person', true), '')::uuid)$rule$;
  own text := wall.rule('own');
  -- A manager answers for those whose live post names them, or whom a confirmed delegation puts under them.
  line text := format($rule$(exists (select 1 from post o where o.organisation_id = champion.organisation_id and o.person_id = champion.person_id and o.manager_person_id = %1$s and o.starts_on <= current_date and (o.ends_on is null or o.ends_on > current_date)) or exists (select 1 from delegation d where d.organisation_id = champion.organisation_id and d.person_id = champion.person_id and d.manager_person_id = %1$s and d.state = 'confirmed' and d.starts_on <= current_date and d.ends_on > current_date))$rule$, me);
  here text := $rule$ and not exists (select 1 from person p where p.organisation_id = champion.organisation_id and p.id = champion.person_id and p.left_on <= current_date)$rule$;
begin
  -- Staff find the champions of their organisation who work there, and keep their own. Nobody agrees for themselves: the table has no
  -- agreed row without hours, which this login cannot write. Whoever set the last day moves it: the person theirs, the service its own.
  call wall.allow('champion', 'rowan_portal', 's', org || ' and (person_id = ' || me || $rule$ or state = 'agreed' and works_here(person_id))$rule$);
  call wall.allow('champion', 'rowan_portal', 'i', own || $rule$ and state = 'asked'$rule$);
  grant update (state, ends_on, ended_by) on champion to rowan_portal;
  execute 'create policy rowan_portal_update on champion for update to rowan_portal using (' || own || $rule$ and state in ('asked','agreed') and ended_by is distinct from 'service' and (ends_on is null or ends_on > current_date)$rule$ ||
    ') with check (' || own || $rule$ and state in ('withdrawn','agreed') and ended_by is distinct from 'service')$rule$;

  -- Everybody else of the employer side sees who is a champion, as every colleague does, and not who asked.
  call wall.allow('champion', 'rowan_employer', 's', org || here || $rule$ and (state = 'agreed' or $rule$ || line || ')');
  grant update (state, hours, manager_person_id, decided_at) on champion to rowan_employer;
  execute 'create policy rowan_employer_update on champion for update to rowan_employer using (' || org || here || $rule$ and state in ('asked','agreed') and $rule$ || line || ') with check (' || org || $rule$ and state in ('agreed','refused') and manager_person_id = $rule$ || me || ' and ' || line || ')';

  -- The OH team sees who waits and who is or was one; not who was refused or took it back.
  call wall.allow('champion', 'rowan_clinical', 's', wall.rule('clients') || $rule$ and state not in ('refused','withdrawn')$rule$);
  grant update (ends_on, ended_by, thanked_at, thanked_by) on champion to rowan_clinical;
  execute 'create policy rowan_clinical_update on champion for update to rowan_clinical using (' || wall.rule('clients') || $rule$ and state = 'agreed') with check ($rule$ || wall.rule('clients') || $rule$ and state = 'agreed')$rule$;

  -- Training is read by who gives it, whose it is, and who leads them.
  call wall.allow('champion_training', 'rowan_clinical', 'si', 'clients');
  call wall.allow('champion_training', 'rowan_portal', 's', org || ' and exists (select 1 from champion c where c.organisation_id = champion_training.organisation_id and c.id = champion_training.champion_id and c.person_id = ' || me || ')');
  call wall.allow('champion_training', 'rowan_employer', 's', org || ' and exists (select 1 from champion where champion.organisation_id = champion_training.organisation_id and champion.id = champion_training.champion_id and ' || line || ')');

  -- Only a champion counts. The OH team adds up: it may read numbers, and not whose.
  call wall.allow('champion_count', 'rowan_portal', 's', 'own');
  call wall.allow('champion_count', 'rowan_portal', 'iu', own || $rule$ and exists (select 1 from champion c where c.organisation_id = champion_count.organisation_id and c.person_id = champion_count.person_id and c.state = 'agreed')$rule$, 'n');
  call wall.allow('champion_count', 'rowan_clinical', 's', 'clients', 'organisation_id, month, code, n', true);

  -- What the OH team sends is read by champions.
  call wall.allow('champion_kit', 'rowan_clinical', 'siu', 'service', 'withdrawn_at');
  call wall.allow('champion_kit', 'rowan_portal', 's', wall.rule('service') || $rule$ and exists (select 1 from champion c where c.$rule$ || org || ' and c.person_id = ' || me || $rule$ and c.state not in ('asked','refused','withdrawn') and (c.ends_on is null or c.ends_on > current_date))$rule$);
end $$;
-- +goose StatementEnd

-- +goose Down
drop table champion_kit, champion_count, champion_training, champion, champion_link;
drop function works_here;
drop policy rowan_owner_select on person;
drop policy rowan_owner_select on post;
