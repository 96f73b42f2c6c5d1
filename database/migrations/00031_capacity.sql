-- Capacity: what the worker fits of demand, and what growth simulates by it.

-- +goose Up
create table rollup_fit (
  service_id uuid not null references service,
  vintage text not null check (vintage in ('now','year')),
  as_at date not null,
  made_at timestamptz not null,
  fits jsonb not null,
  primary key (service_id, vintage)
);
comment on table rollup_fit is 'Demand, shares and throughput of a service as fitted to its ledger: now, and as known 52 weeks earlier. Of all its organisations together, self-referrals among them, so only who acts for the service or answers for it on a board reads it';

create table capacity_override (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null,
  numbers double precision[] check (cardinality(numbers) > 0),
  reason text not null check (reason <> ''),
  at timestamptz not null,
  by text not null,
  primary key (organisation_id, id)
);
comment on table capacity_override is 'A number that somebody puts in the place of a fit or an assumption, and why. Never changed: the last of a name holds. No numbers: back to the fit. Days of the week are seven from Monday, months twelve from January';
create index on capacity_override (organisation_id, name, at);

create table capacity_scenario (
  organisation_id uuid not null references organisation,
  id uuid not null,
  title text not null check (title <> ''),
  option text not null check (option in ('nothing','minimum','preferred','maximum')),
  population double precision not null,
  campaign double precision not null,
  campaign_from date,
  campaign_to date,
  contract double precision not null,
  contract_from date,
  productivity double precision not null,
  replications int not null check (replications between 20 and 2000),
  at timestamptz not null,
  by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (organisation_id, id),
  check ((campaign = 0) or (campaign_from is not null and campaign_to >= campaign_from)),
  check ((contract = 0) or contract_from is not null),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
comment on table capacity_scenario is 'What is to be simulated: an option of the plan for people, changes of demand (percent a year, referrals a week), and of what a clinical hour gives (percent)';

create table capacity_run (
  organisation_id uuid not null references organisation,
  id uuid not null,
  scenario_id uuid,
  state text not null check (state in ('queued','running','done','failed')),
  done int not null default 0,
  total int not null,
  inputs jsonb not null,
  fingerprint text not null,
  asked_at timestamptz not null,
  asked_by text not null,
  finished_at timestamptz,
  result jsonb,
  draws bytea,
  primary key (organisation_id, id),
  foreign key (organisation_id, scenario_id) references capacity_scenario (organisation_id, id),
  check ((state = 'done') = (result is not null))
);
comment on table capacity_run is 'A simulation with the inputs it was made of, kept. Without a scenario it is a back-test';
comment on column capacity_run.draws is 'Measures of each replication, for differences between runs: 32-bit floats, by quarter, measure and replication';
create index on capacity_run (organisation_id, scenario_id, asked_at);

call wall.close('rollup_fit');
call wall.close('capacity_override');
call wall.close('capacity_scenario');
call wall.close('capacity_run');
call wall.allow('rollup_fit', 'rowan_worker', 'siud', 'all');
call wall.allow('rollup_fit', 'rowan_growth', 's', 'service');
call wall.allow('capacity_override', 'rowan_growth', 'si', 'organisation');
call wall.allow('capacity_scenario', 'rowan_growth', 'siu', 'organisation', 'withdrawn_at, withdrawn_by');
call wall.allow('capacity_run', 'rowan_growth', 'siu', 'organisation', 'state, done, finished_at, result, draws');
insert into job.permit (login, kind) values ('rowan_growth', 'capacity.run');

-- +goose Down
delete from job.permit where kind = 'capacity.run';
drop table capacity_run, capacity_scenario, capacity_override, rollup_fit;
