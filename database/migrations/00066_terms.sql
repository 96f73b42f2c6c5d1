-- What a contract agrees on besides who and when (00056): service levels, volumes and prices, review dates, the packs of its reviews,
-- the sites where clinics run, and what the work costs. organisation_id is the host of the service; the client reads what was agreed
-- with it and what was released to it, and nothing of another client.

-- +goose Up
create table contract_level (
  organisation_id uuid not null references organisation,
  id uuid not null,
  client_id uuid not null references organisation,
  indicator text not null check (indicator <> ''),
  version int not null check (version > 0),
  days int check (days between 0 and 250),
  clock text not null check (clock in ('raw','adjusted')),
  target int not null check (target between 0 and 100),
  valid_from date not null check (extract(day from valid_from) = 1),
  valid_to date check (extract(day from valid_to) = 1 and valid_to >= valid_from),
  saved_at timestamptz not null,
  by_name text not null,
  primary key (organisation_id, id),
  unique (organisation_id, client_id, indicator, valid_from, saved_at)
);
comment on table contract_level is 'A service level: an indicator in one version of its definition, and the share that is aimed at. Never changed: a newer one supersedes it, and one that is no longer agreed on has a last month';

create table contract_line (
  organisation_id uuid not null references organisation,
  id uuid not null,
  client_id uuid not null references organisation,
  item text not null check (item in ('referral','attended','missed','report','other')),
  basis text not null check (basis in ('item','block')),
  pence bigint not null check (pence between 0 and 100000000000),
  expected int check (expected between 1 and 1000000),
  band int check (band between 0 and 100),
  valid_from date not null check (extract(day from valid_from) = 1),
  valid_to date check (extract(day from valid_to) = 1 and valid_to >= valid_from),
  saved_at timestamptz not null,
  by_name text not null,
  primary key (organisation_id, id),
  unique (organisation_id, client_id, item, valid_from, saved_at),
  check (item <> 'other' or (basis = 'block' and expected is null)),
  check ((expected is null) = (band is null))
);
comment on table contract_line is 'A price in pence, of an item or of a year, with what is expected in a year and the band in which the price holds. Never changed, but superseded';

create table contract_dates (
  organisation_id uuid not null references organisation,
  client_id uuid not null references organisation,
  saved_at timestamptz not null,
  notice_months int not null check (notice_months between 0 and 36),
  every_months int not null check (every_months in (3,6,12)),
  review_on date not null,
  by_name text not null,
  primary key (organisation_id, client_id, saved_at)
);
comment on table contract_dates is 'Notice, how often the contract is reviewed, and the day of the next review; the newest row holds';

create table contract_pack (
  organisation_id uuid not null references organisation,
  id uuid not null,
  client_id uuid not null references organisation,
  from_month date not null check (extract(day from from_month) = 1),
  to_month date not null check (extract(day from to_month) = 1 and to_month > from_month),
  content text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  made_at timestamptz not null,
  by_name text not null,
  primary key (organisation_id, id),
  unique (organisation_id, client_id, from_month)
);
comment on table contract_pack is 'A review pack as both sides read it, after disclosure control: frozen when it is released, and never changed. No two speak of the same month';

create table contract_review (
  organisation_id uuid not null,
  pack_id uuid not null,
  client_id uuid not null references organisation,
  held_on date not null,
  next_on date not null check (next_on > held_on),
  saved_at timestamptz not null,
  by_name text not null,
  primary key (organisation_id, pack_id),
  foreign key (organisation_id, pack_id) references contract_pack (organisation_id, id)
);
comment on table contract_review is 'That both sides met over a pack, and when they meet next';

create table contract_action (
  organisation_id uuid not null,
  id uuid not null,
  pack_id uuid not null,
  client_id uuid not null references organisation,
  what text not null check (what <> ''),
  side text not null check (side in ('service','client')),
  due_on date not null,
  saved_at timestamptz not null,
  by_name text not null,
  done_at timestamptz,
  done_by text,
  primary key (organisation_id, id),
  foreign key (organisation_id, pack_id) references contract_pack (organisation_id, id),
  check ((done_at is null) = (done_by is null))
);
comment on table contract_action is 'What both sides agreed to do at a review, and which of them does it';

create table contract_site (
  organisation_id uuid not null references organisation,
  id uuid not null,
  client_id uuid not null references organisation,
  kind text not null check (kind in ('hub','spoke')),
  name text not null check (name <> ''),
  days text not null check (days <> ''),
  saved_at timestamptz not null,
  by_name text not null,
  shown boolean not null default true,
  ended_at timestamptz,
  primary key (organisation_id, id),
  check (shown = (ended_at is null))
);
comment on table contract_site is 'Where clinics for a client run: the hub of the service, or a spoke nearer to the staff; days is when, in words';

create table front_door (
  organisation_id uuid not null references organisation,
  service_id uuid not null references service,
  saved_at timestamptz not null,
  listed boolean not null,
  newest boolean not null default true,
  by_name text not null,
  primary key (organisation_id, service_id, saved_at)
);
create unique index front_door_newest on front_door (organisation_id, service_id) where newest;
comment on table front_door is 'Whether a client wants to be named on the public page of its service; said by the client (organisation_id), read by everybody where it says yes';

create table unit_cost (
  organisation_id uuid not null references organisation,
  id uuid not null,
  year int not null check (year between 2015 and 2100),
  team_pence bigint not null check (team_pence > 0),
  overhead_bp int not null check (overhead_bp between 0 and 10000),
  overhead_source text not null check (overhead_source <> ''),
  hours double precision not null check (hours > 0),
  minutes double precision not null check (minutes > 0),
  missed_bp int not null check (missed_bp between 0 and 9000),
  per_case double precision not null check (per_case > 0),
  given double precision not null check (given > 0),
  basis text not null check (basis in ('plan','typed')),
  made_at timestamptz not null,
  by_name text not null,
  primary key (organisation_id, id)
);
comment on table unit_cost is 'What the work of a financial year costs, from the cost of the team and its hours with patients, as it was worked out on a day. The newest of a year holds';
comment on column unit_cost.given is 'appointments in a year, attended or missed';

call wall.close('contract_level');
call wall.close('contract_line');
call wall.close('contract_dates');
call wall.close('contract_pack');
call wall.close('contract_review');
call wall.close('contract_action');
call wall.close('contract_site');
call wall.close('front_door');
call wall.close('unit_cost');

-- The host keeps them; the client reads its own.
-- +goose StatementBegin
do $$
declare
  t text;
  host text := $e$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$e$;
  sides text := host || $e$ or client_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$e$;
begin
  foreach t in array array['contract_level','contract_line','contract_dates','contract_pack','contract_review','contract_action','contract_site'] loop
    call wall.allow(t, 'rowan_growth', 's', sides);
    call wall.allow(t, 'rowan_growth', 'i', 'organisation');
  end loop;
end $$;
-- +goose StatementEnd
call wall.allow('contract_level', 'rowan_growth', 'u', 'organisation', 'valid_to');
call wall.allow('contract_line', 'rowan_growth', 'u', 'organisation', 'valid_to');
call wall.allow('contract_action', 'rowan_growth', 'u', 'organisation', 'done_at, done_by');
call wall.allow('contract_site', 'rowan_growth', 'u', 'organisation', 'shown, ended_at');
call wall.allow('unit_cost', 'rowan_growth', 'si', 'organisation');
-- The client says whether it is named; its service reads that.
call wall.allow('front_door', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or service_id = (select nullif(current_setting('app.service', true), '')::uuid)$$);
call wall.allow('front_door', 'rowan_growth', 'i', 'organisation');
call wall.allow('front_door', 'rowan_growth', 'u', 'organisation', 'newest');
-- Whoever is not signed in sees who is named, and where clinics run, as the hall knows every contract; not who said so. The page shows
-- the sites of those who are named.
call wall.allow('front_door', 'rowan_hall', 's', 'newest and listed', 'organisation_id, service_id, saved_at, listed, newest', true);
call wall.allow('contract_site', 'rowan_hall', 's', 'shown', 'organisation_id, id, client_id, kind, name, days, shown', true);

-- +goose Down
drop table unit_cost, front_door, contract_site, contract_action, contract_review, contract_pack, contract_dates, contract_line, contract_level;
