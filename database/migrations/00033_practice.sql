-- The practice of the OH team: who may do what unsupervised, registration, hours of development, supervision taken.
-- About professionals by name, so it is the service's own behind the clinical login, and no other wing sees that it
-- exists. What somebody writes about their own learning is theirs: its table shows a row to its author's account alone.

-- +goose Up
create table practice_role (
  service_id uuid not null references service,
  id uuid not null,
  account_id uuid not null,
  role text not null,
  by_account uuid not null,
  by_name text not null,
  at timestamptz not null,
  primary key (service_id, id)
);
comment on table practice_role is 'In which role of the competencies somebody practises, where it does not follow from their role in Rowan; the latest counts';
create index on practice_role (service_id, account_id, at);

create table practice_event (
  service_id uuid not null references service,
  id uuid not null,
  account_id uuid not null,
  competence text not null,
  kind text not null check (kind in ('started', 'ready', 'signed_off', 'withdrawn')),
  on_date date not null,
  expires_on date,
  reason text,
  pack_version int not null,
  by_account uuid not null,
  by_name text not null,
  at timestamptz not null,
  primary key (service_id, id),
  constraint practice_event_never_by_oneself check (kind <> 'signed_off' or by_account <> account_id),
  constraint practice_event_by_oneself check (kind not in ('started', 'ready') or by_account = account_id),
  check (expires_on is null or kind = 'signed_off' and expires_on > on_date),
  check ((kind = 'withdrawn') = (reason is not null))
);
comment on table practice_event is 'What happened to a competence of somebody: it never changes, and where they stand follows from it';
create index on practice_event (service_id, account_id, competence, at);

create table practice_registration (
  service_id uuid not null references service,
  id uuid not null,
  account_id uuid not null,
  body text not null,
  number text not null,
  expires_on date not null,
  revalidates_on date,
  ended boolean not null default false,
  at timestamptz not null,
  primary key (service_id, id)
);
comment on table practice_registration is 'Entry in a professional register, as its holder gave it; the latest for each body counts';
create index on practice_registration (service_id, account_id, body, at);

create table practice_cpd (
  service_id uuid not null references service,
  id uuid not null,
  account_id uuid not null,
  on_date date not null,
  kind text not null,
  minutes int not null check (minutes > 0),
  at timestamptz not null,
  removed_at timestamptz,
  primary key (service_id, id),
  unique (service_id, account_id, id)
);
create index on practice_cpd (service_id, account_id, on_date);

create table practice_reflection (
  service_id uuid not null references service,
  id uuid not null,
  account_id uuid not null,
  what bytea not null,
  text bytea,
  primary key (service_id, id),
  foreign key (service_id, account_id, id) references practice_cpd (service_id, account_id, id)
);
comment on table practice_reflection is 'What the development was and what its author thought of it, sealed; to its author alone';

create table practice_supervision (
  service_id uuid not null references service,
  id uuid not null,
  account_id uuid not null,
  on_date date not null,
  with_whom text not null,
  supervisor_account uuid check (supervisor_account <> account_id),
  minutes int not null check (minutes > 0),
  clinician boolean not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (service_id, id)
);
comment on column practice_supervision.supervisor_account is 'The colleague of the service who gave it, and sees that they did; empty for somebody outside';
comment on column practice_supervision.clinician is 'Whether who took it was a clinician of the team when they wrote it down: who has left since still counts';
comment on table practice_supervision is 'That supervision was taken: when, with whom and how long, never what was said';
create index on practice_supervision (service_id, account_id, on_date);
create index on practice_supervision (service_id, supervisor_account, on_date);

create table practice_reminder (
  service_id uuid not null references service,
  account_id uuid not null,
  kind text not null check (kind in ('registration', 'revalidation', 'competence', 'supervision', 'cpd')),
  what text not null,
  due_on date not null,
  band int not null check (band in (90, 60, 30, 14)),
  at timestamptz not null,
  primary key (service_id, account_id, kind, what, due_on, band)
);
comment on table practice_reminder is 'One for each thing, day and band of days before it: a band never speaks twice';

call wall.close('practice_role');
call wall.close('practice_event');
call wall.close('practice_registration');
call wall.close('practice_cpd');
call wall.close('practice_reflection');
call wall.close('practice_supervision');
call wall.close('practice_reminder');
-- Rows of the service are read in it; each is written under the account that writes it, so that nobody signs as another.
call wall.allow('practice_role', 'rowan_clinical', 's', 'service');
call wall.allow('practice_role', 'rowan_clinical', 'i', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and by_account = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('practice_event', 'rowan_clinical', 's', 'service');
call wall.allow('practice_event', 'rowan_clinical', 'i', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and by_account = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('practice_registration', 'rowan_clinical', 's', 'service');
call wall.allow('practice_registration', 'rowan_clinical', 'i', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('practice_cpd', 'rowan_clinical', 's', 'service');
call wall.allow('practice_cpd', 'rowan_clinical', 'iu', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$, 'on_date, kind, minutes, removed_at');
call wall.allow('practice_reflection', 'rowan_clinical', 'siud', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$, 'what, text');
call wall.allow('practice_supervision', 'rowan_clinical', 's', 'service');
call wall.allow('practice_supervision', 'rowan_clinical', 'iu', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$, 'removed_at');
call wall.allow('practice_reminder', 'rowan_clinical', 'si', 'service');

create trigger practice_event_never_changes before update or delete or truncate on practice_event for each statement execute function never_changes();
create trigger practice_reminder_never_changes before update or delete or truncate on practice_reminder for each statement execute function never_changes();

-- The worker looks twice a day which services there are; the reminding is done behind the clinical wall.
insert into job.permit (login, kind) values ('rowan_worker', 'practice.remind');

-- +goose Down
delete from job.permit where kind = 'practice.remind';
drop table practice_reminder, practice_supervision, practice_reflection, practice_cpd, practice_registration, practice_event, practice_role;
