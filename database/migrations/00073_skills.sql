-- The skills bank of an integrated care system (ICS): who can cover what, where and when, across organisations that agreed to it (item
-- "skills" of sharing_agreement). A professional offers themselves, by their own choice and only with what they are signed off for: that
-- is written behind the clinical wall, where sign-offs are. Their lead agrees. Other organisations read what somebody can do and when;
-- the name stands in a table of its own, and is opened to one organisation by the person's own yes. The ICS reads needs and hours, and
-- of offers a rounded count.

-- +goose Up
create table skills_person (
  organisation_id uuid not null references organisation,
  offer_id uuid not null,
  account_id uuid not null,
  name text not null check (name <> ''),
  role text not null check (role <> ''),
  primary key (organisation_id, offer_id)
);
create index on skills_person (organisation_id, account_id);
comment on table skills_person is 'Who is behind an offer: read at home, and where the person said yes';

create table skills_offer (
  organisation_id uuid not null,
  id uuid not null,
  role text not null check (role <> ''),
  band text not null check (band <> ''),
  slots text[] not null check (cardinality(slots) > 0),
  places text[] not null check (cardinality(places) > 0),
  from_on date not null,
  until_on date not null check (until_on >= from_on),
  state text not null check (state in ('waits','agreed','refused','withdrawn')),
  made_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  ended_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, id) references skills_person (organisation_id, offer_id),
  check ((decided_at is null) = (decided_by is null)),
  check (state not in ('agreed','refused') or decided_at is not null),
  check ((ended_at is not null) = (state = 'withdrawn'))
);
comment on table skills_offer is 'When and where a professional would help elsewhere; no name';
comment on column skills_offer.places is 'Organisations by their id, and remote: by telephone or video';

create table skills_held (
  organisation_id uuid not null,
  offer_id uuid not null,
  competence text not null check (competence <> ''),
  until_on date not null,
  primary key (organisation_id, offer_id, competence),
  foreign key (organisation_id, offer_id) references skills_offer (organisation_id, id)
);
comment on table skills_held is 'What an offer holds: a copy of sign-offs, written behind the clinical wall; until_on is the day on which the sign-off or the registration ends, whichever is first';

create table skills_need (
  organisation_id uuid not null references organisation,
  id uuid not null,
  competence text not null check (competence <> ''),
  place text not null check (place <> ''),
  remote boolean not null,
  slots text[] not null check (cardinality(slots) > 0),
  from_on date not null,
  until_on date not null check (until_on >= from_on),
  hours int not null check (hours between 1 and 2000),
  made_at timestamptz not null,
  made_by text not null,
  closed_at timestamptz,
  primary key (organisation_id, id)
);
comment on table skills_need is 'What an organisation looks for; everybody who takes part reads it';

create table skills_request (
  organisation_id uuid not null,
  id uuid not null,
  need_id uuid not null,
  offer_organisation_id uuid not null,
  offer_id uuid not null,
  state text not null check (state in ('asked','declined','offered','booked','done','cancelled')),
  on_date date not null,
  slot text not null check (slot in ('am','pm')),
  hours int not null check (hours between 1 and 12),
  asked_at timestamptz not null,
  answered_at timestamptz,
  giver_at timestamptz,
  taker_at timestamptz,
  ended_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, need_id) references skills_need (organisation_id, id),
  check (offer_organisation_id <> organisation_id),
  check (state not in ('declined','offered','booked','done') or answered_at is not null),
  check (state not in ('booked','done') or giver_at is not null and taker_at is not null),
  check ((ended_at is not null) = (state in ('declined','done','cancelled')))
);
create unique index skills_request_open on skills_request (organisation_id, offer_organisation_id, offer_id, on_date, slot) where state in ('asked','offered','booked');
create index on skills_request (offer_organisation_id, offer_id);
comment on table skills_request is 'A session that one organisation asks of somebody at another: asked, offered by the person, booked once both leads agreed, done';
comment on column skills_request.giver_at is 'When the lead at the person''s home agreed; taker_at: the lead who asked';

-- Open by agreement: the ICS whose skills bank the actor's organisation takes part in; the ICS itself sees its own.
-- +goose StatementBegin
create function skills_ring() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(
    (select a.system_id from sharing_agreement a where a.organisation_id = nullif(current_setting('app.organisation', true), '')::uuid and a.item = 'skills' and a.state = 'agreed'
      and a.system_id = any (community_above()) limit 1),
    nullif(current_setting('app.organisation', true), '')::uuid)
$$;
-- +goose StatementEnd

-- The organisations that take part in it today: that agreed, and stand below it in the tree. Empty for who does not take part.
-- +goose StatementBegin
create function skills_partners() returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with recursive down (id, depth) as (
    select skills_ring(), 0
    union all
    select s.organisation_id, down.depth + 1 from down join organisation_span s
      on s.parent_id = down.id and s.valid_from <= current_date and (s.valid_to is null or s.valid_to > current_date)
    where down.depth < 10
  )
  select coalesce(array_agg(distinct a.organisation_id), '{}') from sharing_agreement a join down on down.id = a.organisation_id
  where a.system_id = skills_ring() and a.item = 'skills' and a.state = 'agreed'
$$;
-- +goose StatementEnd

revoke all on function skills_ring(), skills_partners() from public;
grant execute on function skills_ring(), skills_partners() to rowan_growth, rowan_clinical;

-- What the functions see as their owner.
call wall.allow('sharing_agreement', 'rowan_owner', 's', $$item = 'skills'$$);
call wall.allow('skills_offer', 'rowan_owner', 's', $$organisation_id = any ((select skills_partners())::uuid[])$$);
call wall.allow('skills_held', 'rowan_owner', 's', $$organisation_id = any ((select skills_partners())::uuid[])$$);

call wall.close('skills_person');
call wall.close('skills_offer');
call wall.close('skills_held');
call wall.close('skills_need');
call wall.close('skills_request');

-- A professional writes for themselves alone. A name: at home, and where its person said yes to a session that was not called off.
call wall.allow('skills_person', 'rowan_clinical', 's', 'organisation');
call wall.allow('skills_person', 'rowan_clinical', 'i', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('skills_person', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = any ((select skills_partners())::uuid[]) and (organisation_id, offer_id) in (select r.offer_organisation_id, r.offer_id from skills_request r where r.organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and r.state in ('offered','booked','done'))$$);
call wall.allow('skills_offer', 'rowan_clinical', 'siu', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and id in (select p.offer_id from skills_person p where p.account_id = (select nullif(current_setting('app.account', true), '')::uuid))$$, 'state, ended_at');
-- Whoever takes part reads the offers of who takes part once the lead agreed and until they are withdrawn; the ICS does not take part.
call wall.allow('skills_offer', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or state = 'agreed' and organisation_id = any ((select skills_partners())::uuid[]) and (select nullif(current_setting('app.organisation', true), '')::uuid) = any ((select skills_partners())::uuid[])$$);
call wall.allow('skills_offer', 'rowan_growth', 'u', 'organisation', 'state, decided_at, decided_by');
-- A sign-off that is taken back, or a registration that ends, is a command of a colleague too: what is held is the service's to shorten.
call wall.allow('skills_held', 'rowan_clinical', 'siu', 'organisation', 'until_on');
call wall.allow('skills_held', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or (organisation_id, offer_id) in (select o.organisation_id, o.id from skills_offer o)$$);
call wall.allow('skills_need', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = any ((select skills_partners())::uuid[])$$);
call wall.allow('skills_need', 'rowan_growth', 'iu', 'organisation', 'closed_at');
call wall.allow('skills_need', 'rowan_clinical', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = any ((select skills_partners())::uuid[])$$);
call wall.allow('skills_request', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or offer_organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = any ((select skills_partners())::uuid[])$$);
call wall.allow('skills_request', 'rowan_growth', 'i', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and offer_organisation_id = any ((select skills_partners())::uuid[])$$);
call wall.allow('skills_request', 'rowan_growth', 'u', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or offer_organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$, 'state, hours, giver_at, taker_at, ended_at');
call wall.allow('skills_request', 'rowan_clinical', 'su', $$offer_id in (select p.offer_id from skills_person p where p.account_id = (select nullif(current_setting('app.account', true), '')::uuid))$$, 'state, answered_at, ended_at');

-- +goose Down
drop table skills_request, skills_need, skills_held, skills_offer, skills_person cascade;
drop function skills_partners, skills_ring;
drop policy rowan_owner_select on sharing_agreement;
