-- Open days and wellbeing events: what is planned, who does what, who signed up by a link or a QR code, who came, and what became of
-- those who agreed to be written to. Names and addresses are forgotten after some months; how many they were is kept.

-- +goose Up
create table outreach_event (
  service_id uuid not null references service,
  id uuid not null,
  kind text not null check (kind in ('recruitment','wellbeing')),
  title text not null check (title <> ''),
  about text not null check (about <> ''),
  starts_at timestamptz not null,
  minutes int not null check (minutes between 15 and 1440),
  place text not null check (place <> ''),
  places int not null check (places between 1 and 500),
  taken int not null default 0 check (taken between 0 and places),
  made_at timestamptz not null,
  by_name text not null,
  opened_at timestamptz,
  cancelled_at timestamptz,
  marked_at timestamptz,
  walk_ins int not null default 0 check (walk_ins between 0 and 10000),
  pounds int check (pounds between 0 and 1000000),
  hours double precision check (hours between 0 and 10000),
  forgotten_at timestamptz,
  tally int[] not null default '{}' check (cardinality(tally) in (0, 5)),
  primary key (service_id, id)
);
create index on outreach_event (id);
comment on table outreach_event is 'An open day or a wellbeing event. Whoever has its link sees it from opened_at until it is called off';
comment on column outreach_event.taken is 'How many places are taken: counted here, so that two people never get the last one and nobody has to read who they are';
comment on column outreach_event.tally is 'When names were forgotten: how many signed up, came, agreed to be written to, applied, and started';

create table outreach_step (
  service_id uuid not null,
  event_id uuid not null,
  code text not null,
  done_on date not null,
  by_name text not null,
  primary key (service_id, event_id, code),
  foreign key (service_id, event_id) references outreach_event (service_id, id)
);
comment on table outreach_step is 'A step of the plan that is done; the steps and their days are in content/packs/outreach.yaml';

create table outreach_role (
  service_id uuid not null,
  event_id uuid not null,
  code text not null,
  name text not null check (name <> ''),
  primary key (service_id, event_id, code),
  foreign key (service_id, event_id) references outreach_event (service_id, id)
);
comment on table outreach_role is 'Who does what on the day';

create table outreach_signup (
  service_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  name text not null check (name <> ''),
  email text not null check (email <> ''),
  may_write boolean not null,
  interest text not null,
  state text not null check (state in ('booked','cancelled','attended','missed')),
  signed_at timestamptz not null,
  outcome text not null default '' check (outcome in ('','written','applied','started','not_now')),
  outcome_on date,
  outcome_by text not null default '',
  primary key (service_id, id),
  foreign key (service_id, event_id) references outreach_event (service_id, id),
  check (outcome = '' or may_write),
  check ((outcome = '') = (outcome_on is null))
);
create index on outreach_signup (service_id, event_id);
create index on outreach_signup (id);
comment on column outreach_signup.may_write is 'They agreed to be written to about working in occupational health: without it nobody is a lead';

call wall.close('outreach_event');
call wall.close('outreach_step');
call wall.close('outreach_role');
call wall.close('outreach_signup');

-- The team of the service.
call wall.allow('outreach_event', 'rowan_clinical', 'siu', 'service', 'title, about, starts_at, minutes, place, places, taken, opened_at, cancelled_at, marked_at, walk_ins, pounds, hours');
call wall.allow('outreach_step', 'rowan_clinical', 'sid', 'service');
call wall.allow('outreach_role', 'rowan_clinical', 'sid', 'service');
call wall.allow('outreach_signup', 'rowan_clinical', 's', 'service');
call wall.allow('outreach_signup', 'rowan_clinical', 'u', 'service', 'state, outcome, outcome_on, outcome_by');

-- Whoever follows the link has not signed in: the hall finds the event, takes a place, and writes down who came. It never reads who.
call wall.allow('outreach_event', 'rowan_hall', 's', 'opened_at is not null', 'service_id, id, kind, title, about, starts_at, minutes, place, places, taken, opened_at, cancelled_at, marked_at', true);
call wall.allow('outreach_event', 'rowan_hall', 'u', 'opened_at is not null and cancelled_at is null and marked_at is null', 'taken');
call wall.allow('outreach_signup', 'rowan_hall', 'i', 'service');
call wall.allow('outreach_signup', 'rowan_hall', 's', 'all', 'service_id, id, event_id, state', true);
call wall.allow('outreach_signup', 'rowan_hall', 'u', 'service', 'state');

-- The worker forgets names.
call wall.allow('outreach_event', 'rowan_worker', 's', 'all');
call wall.allow('outreach_event', 'rowan_worker', 'u', 'all', 'forgotten_at, tally');
call wall.allow('outreach_signup', 'rowan_worker', 's', 'all', 'service_id, id, event_id, state, may_write, outcome', true);
call wall.allow('outreach_signup', 'rowan_worker', 'd', 'all');

-- +goose Down
drop table outreach_signup, outreach_role, outreach_step, outreach_event;
