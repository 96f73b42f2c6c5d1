-- How many of a team took supervision, month by month: counted behind the clinical login, read by growth.

-- +goose Up
create table rollup_supervision (
  service_id uuid not null references service,
  organisation_id uuid not null references organisation,
  month date not null,
  took int not null check (took >= 0),
  clinicians int not null check (clinicians >= 0),
  counted_at timestamptz not null,
  check (took <= clinicians),
  primary key (service_id, month),
  unique (organisation_id, service_id, month)
);
comment on table rollup_supervision is 'Clinicians who took supervision in a month, and those of the team when it was first counted. From the first month of which anybody wrote one down';
call wall.close('rollup_supervision');
call wall.allow('rollup_supervision', 'rowan_clinical', 'siud', 'service', 'took, clinicians, counted_at');
call wall.allow('rollup_supervision', 'rowan_growth', 's', 'service');

-- +goose Down
drop table rollup_supervision;
