-- What one list for several services of an ICS would do to the wait: a simulation with the inputs that it was made of, kept. The inputs
-- are what the organisations have released.

-- +goose Up
create table pooled_run (
  organisation_id uuid not null references organisation,
  id uuid not null,
  state text not null check (state in ('queued','running','done')),
  done int not null default 0,
  total int not null check (total > 0),
  inputs jsonb not null,
  asked_at timestamptz not null,
  asked_by text not null,
  finished_at timestamptz,
  result jsonb,
  primary key (organisation_id, id),
  check ((state = 'done') = (result is not null and finished_at is not null))
);
comment on table pooled_run is 'Services of an ICS simulated apart and with common lists';

call wall.close('pooled_run');
call wall.allow('pooled_run', 'rowan_growth', 'siu', 'organisation', 'state, done, finished_at, result');
insert into job.permit (login, kind) values ('rowan_growth', 'pooled.run');

-- +goose Down
delete from job.permit where kind = 'pooled.run';
drop table pooled_run;
