-- Evidence for accreditation: standards with their versions, items of evidence that serve several of them, what was
-- confirmed not to be about a person, reminders, frozen snapshots, and clinical audits. Nothing of a person.

-- +goose Up
create table evidence_import (
  organisation_id uuid not null references organisation,
  id uuid not null,
  file_name text not null,
  file_hash text not null,
  rows_read int not null,
  rows_changed int not null,
  rows_rejected int not null,
  rejects jsonb not null default '[]',
  imported_at timestamptz not null,
  imported_by text not null,
  primary key (organisation_id, id)
);
comment on column evidence_import.rejects is 'Line, column and the key of the reason of rows that were not taken; never their content';
create index on evidence_import (organisation_id, file_hash, imported_at);

create table evidence_edition (
  organisation_id uuid not null references organisation,
  framework text not null,
  n int not null check (n > 0),
  edition text not null,
  at timestamptz not null,
  primary key (organisation_id, framework, n),
  unique (organisation_id, framework, edition)
);
comment on column evidence_edition.n is 'The order in which editions came; standards of the last one count';

create table evidence_standard (
  organisation_id uuid not null references organisation,
  id uuid not null,
  framework text not null,
  code text not null,
  primary key (organisation_id, id),
  unique (organisation_id, framework, code)
);
comment on table evidence_standard is 'The identity of a standard over its versions';

create table evidence_standard_version (
  organisation_id uuid not null references organisation,
  standard_id uuid not null,
  n int not null check (n > 0),
  edition text not null,
  place int not null,
  domain text not null,
  title text not null,
  level text not null check (level in ('must','should')),
  import_id uuid not null,
  primary key (organisation_id, standard_id, n),
  foreign key (organisation_id, standard_id) references evidence_standard (organisation_id, id),
  foreign key (organisation_id, import_id) references evidence_import (organisation_id, id)
);

create table evidence_item (
  organisation_id uuid not null references organisation,
  id uuid not null,
  kind text not null check (kind in ('link','figure','note')),
  title text not null,
  body text not null,
  citation_id uuid,
  owner text not null,
  reviewer text not null,
  collected_on date not null,
  valid_until date,
  status text not null check (status in ('draft','review','accepted','replaced')),
  status_at timestamptz not null,
  status_by text not null,
  replaced_by uuid,
  author text not null,
  at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, citation_id) references citation (organisation_id, id),
  foreign key (organisation_id, replaced_by) references evidence_item (organisation_id, id),
  check ((kind = 'figure') = (citation_id is not null)),
  check ((status = 'replaced') = (replaced_by is not null)),
  check (valid_until >= collected_on)
);
comment on column evidence_item.body is 'The address of a link, the text of a note; empty for a figure';
comment on column evidence_item.owner is 'A post, not a person; so is the reviewer';
comment on column evidence_item.status is 'Expired is not stored: valid_until says it';

create table evidence_link (
  organisation_id uuid not null references organisation,
  id uuid not null,
  item_id uuid not null,
  standard_id uuid not null,
  author text not null,
  at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  primary key (organisation_id, id),
  foreign key (organisation_id, item_id) references evidence_item (organisation_id, id),
  foreign key (organisation_id, standard_id) references evidence_standard (organisation_id, id),
  check ((ended_at is null) = (ended_by is null))
);
create unique index on evidence_link (organisation_id, item_id, standard_id) where ended_at is null;

create table evidence_cleared (
  organisation_id uuid not null references organisation,
  object_id uuid not null,
  digest text not null,
  kind text not null,
  reason text not null,
  author text not null,
  at timestamptz not null,
  primary key (organisation_id, object_id, digest)
);
comment on table evidence_cleared is 'Words that look like a person and are none, by their SHA-256, and why';

create table evidence_reminder (
  organisation_id uuid not null references organisation,
  item_id uuid not null,
  valid_until date not null,
  band int not null check (band in (90, 60, 30)),
  at timestamptz not null,
  primary key (organisation_id, item_id, valid_until, band),
  foreign key (organisation_id, item_id) references evidence_item (organisation_id, id)
);
comment on table evidence_reminder is 'One for each item, day of expiry and band of days before it: a band never speaks twice';

create table evidence_snapshot (
  organisation_id uuid not null references organisation,
  id uuid not null,
  n int not null check (n > 0),
  as_of date not null,
  body text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  author text not null,
  at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, n)
);
comment on column evidence_snapshot.body is 'All standards with their evidence as they were read that day: HTML that refers to nothing outside itself';

create table clinical_audit (
  organisation_id uuid not null references organisation,
  id uuid not null,
  first_id uuid,
  topic text not null,
  standard text not null,
  target_percent int not null check (target_percent between 1 and 100),
  audited_on date not null,
  sample int not null check (sample > 0),
  denominator int not null check (denominator between 1 and sample),
  numerator int not null check (numerator between 0 and denominator),
  findings text not null,
  actions text not null,
  owner text not null,
  reaudit_on date,
  cleared text not null,
  author text not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (organisation_id, id),
  foreign key (organisation_id, first_id) references clinical_audit (organisation_id, id),
  check (first_id <> id),
  check (reaudit_on > audited_on),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
comment on column clinical_audit.first_id is 'The audit that this one repeats; empty for a first';
comment on column clinical_audit.cleared is 'Why words that look like a person are none; empty where there are none';

call wall.close('evidence_import');
call wall.close('evidence_edition');
call wall.close('evidence_standard');
call wall.close('evidence_standard_version');
call wall.close('evidence_item');
call wall.close('evidence_link');
call wall.close('evidence_cleared');
call wall.close('evidence_reminder');
call wall.close('evidence_snapshot');
call wall.close('clinical_audit');
call wall.allow('evidence_import', 'rowan_growth', 'si', 'organisation');
call wall.allow('evidence_edition', 'rowan_growth', 'si', 'organisation');
call wall.allow('evidence_standard', 'rowan_growth', 'si', 'organisation');
call wall.allow('evidence_standard_version', 'rowan_growth', 'si', 'organisation');
call wall.allow('evidence_item', 'rowan_growth', 'siu', 'organisation', 'title, body, owner, reviewer, collected_on, valid_until, status, status_at, status_by, replaced_by');
call wall.allow('evidence_link', 'rowan_growth', 'siu', 'organisation', 'ended_at, ended_by');
call wall.allow('evidence_cleared', 'rowan_growth', 'si', 'organisation');
call wall.allow('evidence_reminder', 'rowan_growth', 'si', 'organisation');
call wall.allow('evidence_snapshot', 'rowan_growth', 'si', 'organisation');
call wall.allow('clinical_audit', 'rowan_growth', 'siu', 'organisation', 'withdrawn_at, withdrawn_by');

create trigger evidence_snapshot_never_changes before update or delete or truncate on evidence_snapshot for each statement execute function never_changes();
create trigger evidence_standard_version_never_changes before update or delete or truncate on evidence_standard_version for each statement execute function never_changes();
create trigger evidence_reminder_never_changes before update or delete or truncate on evidence_reminder for each statement execute function never_changes();

-- The worker looks twice a day which services there are; the reminding is done behind the growth wall.
insert into job.permit (login, kind) values ('rowan_worker', 'evidence.remind');

-- +goose Down
delete from job.permit where kind = 'evidence.remind';
drop table clinical_audit, evidence_snapshot, evidence_reminder, evidence_cleared, evidence_link, evidence_item, evidence_standard_version, evidence_standard,
  evidence_edition, evidence_import;
