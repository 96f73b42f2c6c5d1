-- Waits by the month in which they began, the days on which a service is shut, and who answers for a measure with which target.

-- +goose Up
create table rollup_cohort (
  service_id uuid not null references service,
  organisation_id uuid not null references organisation,
  month date not null,
  measure text not null,
  clock text not null check (clock in ('raw','adjusted')),
  side text not null check (side in ('employer','own')),
  priority text not null,
  working_days int[] not null check (cardinality(working_days) > 0),
  ended int[] not null check (cardinality(ended) = cardinality(working_days)),
  given_up int[] not null check (cardinality(given_up) = cardinality(working_days)),
  open int[] not null check (cardinality(open) = cardinality(working_days)),
  packed text not null generated always as (packed(working_days) || packed(ended) || packed(given_up) || packed(open)) stored,
  primary key (service_id, organisation_id, month, measure, clock, side, priority),
  unique (organisation_id, service_id, month, measure, clock, side, priority)
);
comment on table rollup_cohort is 'Waits as histograms by the month the wait began: those that ended, those given up when their case ended, and those that last as far as the ledger goes';
comment on column rollup_cohort.packed is 'The arrays as text, as in rollup_wait';

create table service_closure (
  service_id uuid not null references service,
  day date not null,
  reason text not null,
  withdrawn boolean not null default false,
  by text not null,
  at timestamptz not null,
  primary key (service_id, day)
);
comment on table service_closure is 'Days on which a service is shut besides weekends and bank holidays: no working day of its clocks';

create table indicator_target (
  organisation_id uuid not null references organisation,
  id uuid not null,
  figure text not null,
  valid_from date not null check (extract(day from valid_from) = 1),
  value double precision,
  reason text not null,
  by text not null,
  at timestamptz not null,
  primary key (organisation_id, id)
);
comment on table indicator_target is 'Targets of figures (kind/name) over time, set by the organisation. Never changed: of two for one month the later holds. No value: no target from then on';

create table indicator_owner (
  organisation_id uuid not null references organisation,
  id uuid not null,
  figure text not null,
  post text not null,
  by text not null,
  at timestamptz not null,
  primary key (organisation_id, id)
);
comment on table indicator_owner is 'The post that answers for a figure, as it changed; the last one holds';

call wall.close('rollup_cohort');
call wall.close('service_closure');
call wall.close('indicator_target');
call wall.close('indicator_owner');
call wall.allow('rollup_cohort', 'rowan_worker', 'siud', 'all');
call wall.allow('rollup_cohort', 'rowan_growth', 's', $e$service_id = (select nullif(current_setting('app.service', true), '')::uuid) or (select nullif(current_setting('app.service', true), '')) is null and side = 'employer' and organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$e$);
call wall.allow('service_closure', 'rowan_worker', 's', 'all');
call wall.allow('service_closure', 'rowan_growth', 'siu', 'service', 'reason, withdrawn, by, at');
call wall.allow('indicator_target', 'rowan_growth', 'si', 'organisation');
call wall.allow('indicator_owner', 'rowan_growth', 'si', 'organisation');

-- +goose Down
drop table indicator_owner, indicator_target, service_closure, rollup_cohort;
