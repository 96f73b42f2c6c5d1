-- How an organisation becomes a client: what its contract with the service says, the link by which its staff put themselves
-- forward, and who waits for their manager's word. A contract is one row of the platform, as before: what is new stands in it.

-- +goose Up
alter table contract
  add column refers_until date,
  add column model text check (model in ('internal','hosted','collaborative','outsourced','mixed','income')),
  add column integration text check (integration in ('separate','shared','joint','one')),
  add column services text[] not null default '{}' check (services <@ array['prevention','timely','rehabilitation','assessment','promotion','teaching']),
  add constraint contract_refers check (refers_until is null or (refers_until > valid_from and (valid_to is null or refers_until <= valid_to)));
comment on column contract.refers_until is 'The first day on which no new referral is taken. Until valid_to what was begun is finished, so an end loses nothing';
comment on column contract.services is 'Of the six core services of NHS occupational health, those that the contract covers';

create table staff_link (
  organisation_id uuid not null references organisation,
  id uuid not null,
  made_at timestamptz not null,
  by_name text not null,
  expires_on date not null,
  closed_at timestamptz,
  used int not null default 0 check (used between 0 and 500),
  primary key (organisation_id, id)
);
comment on table staff_link is 'A link to share, by which staff of a small organisation put themselves forward; it shows nothing but the name of the organisation';
comment on column staff_link.used is 'How often somebody put themselves forward by it: a link that got out fills no list without end';

create table staff_waiting (
  organisation_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  family_name text not null check (family_name <> ''),
  given_name text not null check (given_name <> ''),
  date_of_birth date not null,
  work_email text not null check (work_email <> ''),
  job text not null,
  asked_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, link_id) references staff_link (organisation_id, id)
);
comment on table staff_waiting is 'Who put themselves forward and waits for their manager. Nobody is on the staff list, and nobody can be referred, by this: the manager takes them on, or the row goes';

call wall.close('staff_link');
call wall.close('staff_waiting');
-- Whoever follows the link has not signed in: the hall finds it, counts, and writes down who came. It never reads who waits.
call wall.allow('staff_link', 'rowan_hall', 's', 'all');
call wall.allow('staff_link', 'rowan_hall', 'u', 'organisation', 'used');
call wall.allow('staff_link', 'rowan_employer', 'siu', 'organisation', 'closed_at');
call wall.allow('staff_waiting', 'rowan_hall', 'i', 'organisation');
call wall.allow('staff_waiting', 'rowan_employer', 'sd', 'organisation');
-- Who waited too long is forgotten.
call wall.allow('staff_waiting', 'rowan_worker', 's', 'all', 'organisation_id, asked_at', true);
call wall.allow('staff_waiting', 'rowan_worker', 'd', 'all');

-- +goose Down
drop table staff_waiting, staff_link;
alter table contract drop constraint contract_refers, drop column services, drop column integration, drop column model, drop column refers_until;
