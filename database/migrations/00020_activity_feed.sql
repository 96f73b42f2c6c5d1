-- Activity that another occupational health system counted: how its files are read, and what became of each.

-- +goose Up
create table activity_mapping (
  service_id uuid not null references service,
  id uuid not null,
  name text not null,
  mapping jsonb not null,
  saved_at timestamptz not null,
  saved_by text not null,
  primary key (service_id, id),
  unique (service_id, name)
);
comment on table activity_mapping is 'Which column of a file is what, and their words as our codes. No row of a file is here';
create table activity_import (
  service_id uuid not null references service,
  id uuid not null,
  file_name text not null,
  file_hash text not null,
  mapping_name text not null,
  rows_read int not null,
  rows_added int not null,
  rows_rejected int not null,
  rejects jsonb not null default '[]',
  counts jsonb not null default '[]',
  waits jsonb not null default '{}',
  tied boolean not null default true,
  imported_at timestamptz not null,
  imported_by text not null,
  primary key (service_id, id)
);
comment on column activity_import.rejects is 'Line, column and the key of the reason of rows that were not taken; never their content';
comment on column activity_import.counts is 'Events by kind and month: in the file, and of these new';
comment on column activity_import.waits is 'How many waits of each measure the file makes by itself';
comment on column activity_import.tied is 'The mapping said which case an event belongs to; if not, no wait can be measured';
create index on activity_import (service_id, file_hash, imported_at);

call wall.close('activity_mapping');
call wall.close('activity_import');
-- The page works behind the clinical wall, the command behind the worker's.
call wall.allow('activity_mapping', 'rowan_clinical', 'siu', 'service', 'mapping, saved_at, saved_by');
call wall.allow('activity_mapping', 'rowan_worker', 'siu', 'service', 'mapping, saved_at, saved_by');
call wall.allow('activity_import', 'rowan_clinical', 'si', 'service');
call wall.allow('activity_import', 'rowan_worker', 'si', 'service');
-- Roll-ups follow an import at once.
insert into job.permit (login, kind) values ('rowan_clinical', 'activity.rollup');

-- +goose Down
delete from job.permit where login = 'rowan_clinical' and kind = 'activity.rollup';
drop table activity_import, activity_mapping;
