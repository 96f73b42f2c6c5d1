-- Feedback (raw text stays with the service, unlinked to the person) and what growth holds of absence and charts.

-- +goose Up
create table feedback (
  service_id uuid not null references service,
  id uuid not null,
  organisation_id uuid not null references organisation,
  month date not null check (extract(day from month) = 1),
  communication int not null check (communication between 1 and 5),
  specific int not null check (specific between 1 and 5),
  mattered int not null check (mattered between 1 and 5),
  comment text,
  primary key (service_id, id)
);
comment on table feedback is 'Answers after a contact: no person, no case, no day, so that no answer leads back to anybody';
create index on feedback (service_id, month);

create table rollup_feedback (
  service_id uuid not null references service,
  organisation_id uuid not null references organisation,
  month date not null,
  question text not null,
  score int not null,
  n bigint not null,
  primary key (service_id, organisation_id, month, question, score),
  unique (organisation_id, service_id, month, question, score)
);

create table absence_import (
  organisation_id uuid not null references organisation,
  id uuid not null,
  layout text not null,
  file_name text not null,
  file_hash text not null,
  source text not null,
  rows_read int not null,
  rows_rejected int not null,
  rows_kept int not null,
  rejects jsonb not null default '[]',
  kept_months date[] not null default '{}',
  first_month date,
  last_month date,
  imported_at timestamptz not null,
  imported_by uuid,
  primary key (organisation_id, id),
  unique (organisation_id, file_hash)
);
comment on column absence_import.rejects is 'Line, column and reason of rows that were not counted; never their content';
comment on column absence_import.kept_months is 'Months that were not replaced, because an earlier file held more of them';
create table absence_rate (
  organisation_id uuid not null references organisation,
  scope text not null check (scope in ('own','england')),
  month date not null,
  staff_group text not null,
  days_lost double precision not null,
  days_available double precision,
  episodes int,
  long_term_days double precision,
  short_term_days double precision,
  import_id uuid not null,
  primary key (organisation_id, scope, month, staff_group),
  foreign key (organisation_id, import_id) references absence_import (organisation_id, id)
);
comment on column absence_rate.scope is 'own: of the organisation; england: the published total, kept to compare with';
create table absence_reason (
  organisation_id uuid not null references organisation,
  scope text not null check (scope in ('own','england')),
  month date not null,
  staff_group text not null,
  reason text not null,
  days_lost double precision not null,
  episodes int,
  import_id uuid not null,
  primary key (organisation_id, scope, month, staff_group, reason),
  foreign key (organisation_id, import_id) references absence_import (organisation_id, id)
);
create table chart_mark (
  organisation_id uuid not null references organisation,
  id uuid not null,
  service_id uuid references service,
  indicator text not null,
  month date not null,
  kind text not null check (kind in ('recalculate','annotation','initiative')),
  text text not null,
  direction text check (direction in ('increase','decrease')),
  by_account uuid,
  author text not null,
  at timestamptz not null,
  primary key (organisation_id, id)
);
comment on table chart_mark is 'A recalculation (with its written reason), a note, or a growth initiative on a chart';

call wall.close('feedback');
call wall.close('rollup_feedback');
call wall.close('absence_import');
call wall.close('absence_rate');
call wall.close('absence_reason');
call wall.close('chart_mark');
call wall.allow('feedback', 'rowan_clinical', 's', 'service');
call wall.allow('feedback', 'rowan_portal', 'i', 'service');
-- The roll-up reads scores, not comments.
call wall.allow('feedback', 'rowan_worker', 's', 'all', 'service_id, id, organisation_id, month, communication, specific, mattered', true);
call wall.allow('rollup_feedback', 'rowan_worker', 'siud', 'all');
-- Feedback is not tied to a case, so nobody can tell which answers came after a self-referral: the service alone reads it.
call wall.allow('rollup_feedback', 'rowan_growth', 's', 'service');
call wall.allow('absence_import', 'rowan_growth', 'si', 'organisation');
-- Files are taken in as the organisation itself; the service that looks after it reads along.
call wall.allow('absence_rate', 'rowan_growth', 's', 'clients');
call wall.allow('absence_rate', 'rowan_growth', 'iu', 'organisation', 'days_lost, days_available, episodes, long_term_days, short_term_days, import_id');
call wall.allow('absence_reason', 'rowan_growth', 's', 'clients');
call wall.allow('absence_reason', 'rowan_growth', 'iu', 'organisation', 'days_lost, episodes, import_id');
call wall.allow('chart_mark', 'rowan_growth', 'si', 'organisation');

-- +goose Down
drop table chart_mark, absence_reason, absence_rate, absence_import, rollup_feedback, feedback;
