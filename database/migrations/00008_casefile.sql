-- The clinical record: notes that lock, fitness outcomes, steps inside a case, break-glass.

-- +goose Up
create table note (
  service_id uuid not null,
  id uuid not null,
  casefile_id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  appointment_id uuid,
  restricted boolean not null default false,
  author_account uuid not null,
  author_name text not null,
  author_role text not null,
  body bytea not null,
  findings bytea not null,
  addendum_to uuid,
  saved_at timestamptz not null,
  signed_at timestamptz,
  withheld_reason bytea,
  withheld_review_on date,
  primary key (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id),
  foreign key (service_id, appointment_id) references appointment (service_id, id),
  foreign key (service_id, addendum_to) references note (service_id, id),
  check ((withheld_reason is null) = (withheld_review_on is null))
);
comment on column note.restricted is 'a counselling note: its author alone reads it, other OH staff do not';
comment on column note.body is 'sealed (care/sealed), drafts too';
comment on column note.findings is 'sealed: the structured part, note.Findings in Go';
comment on column note.withheld_reason is 'sealed: serious_harm or third_party; that there is one is what the row policies ask';
create index on note (service_id, casefile_id, saved_at);
create index on note (organisation_id, person_id);
-- A signed note is locked for every login, whatever it was granted.
-- +goose StatementBegin
create function note_locked() returns trigger language plpgsql as $$
begin
  if old.signed_at is not null and (to_jsonb(new) - 'withheld_reason' - 'withheld_review_on') is distinct from (to_jsonb(old) - 'withheld_reason' - 'withheld_review_on') then
    raise exception 'a signed note does not change' using errcode = 'RW001';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger note_locked before update on note for each row execute function note_locked();

create table outcome (
  service_id uuid not null,
  id uuid not null,
  casefile_id uuid not null,
  note_id uuid not null,
  fitness text not null check (fitness in ('FIT','FIT_ADJ_TEMP','FIT_ADJ_PERM','UNFIT_TEMP','UNFIT_PERM_ROLE','UNFIT_PERM_ANY','NOT_ASSESSED','FIT_PENDING')),
  effective_on date,
  timescale text,
  review_on date,
  adjustments jsonb not null default '[]',
  at timestamptz not null,
  by_account uuid not null,
  primary key (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id),
  foreign key (service_id, note_id) references note (service_id, id)
);
create index on outcome (service_id, casefile_id);

create table contact (
  service_id uuid not null,
  id uuid not null,
  casefile_id uuid not null,
  class text not null check (class in ('preventative','diagnostic','treatment')),
  role text not null,
  minutes int not null check (minutes between 1 and 480),
  by_account uuid not null,
  at timestamptz not null,
  primary key (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id)
);
create index on contact (service_id, casefile_id);

create table case_step (
  service_id uuid not null,
  id uuid not null,
  casefile_id uuid not null,
  to_role text not null check (to_role in ('oh_nurse','oh_physician','oh_physio','oh_counsellor')),
  to_account uuid,
  why bytea not null,
  state text not null check (state in ('requested','accepted','done')),
  asked_by uuid not null,
  asked_at timestamptz not null,
  accepted_at timestamptz,
  done_at timestamptz,
  primary key (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id)
);
comment on column case_step.why is 'sealed (care/sealed)';
comment on table case_step is 'Referring on inside one case: who is asked, why, and whether they took it';
create index on case_step (service_id, casefile_id);

create table break_glass (
  service_id uuid not null references service,
  id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  account_id uuid not null,
  reason text not null,
  detail text not null,
  opened_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (service_id, id),
  foreign key (organisation_id, person_id) references person,
  check (expires_at > opened_at and expires_at <= opened_at + interval '60 minutes')
);
create index on break_glass (service_id, account_id, expires_at);

call wall.close('note');
call wall.close('outcome');
call wall.close('contact');
call wall.close('case_step');
call wall.close('break_glass');
call wall.allow('note', 'rowan_clinical', 'siu', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and (not restricted or author_account = (select nullif(current_setting('app.account', true), '')::uuid))$$, 'body, findings, saved_at, signed_at, withheld_reason, withheld_review_on, restricted');
call wall.allow('note', 'rowan_portal', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and signed_at is not null and withheld_reason is null$$);
call wall.allow('outcome', 'rowan_clinical', 'si', 'service');
call wall.allow('contact', 'rowan_clinical', 'si', 'service');
call wall.allow('case_step', 'rowan_clinical', 'siu', 'service', 'to_account, state, accepted_at, done_at');
call wall.allow('break_glass', 'rowan_clinical', 'si', 'service');

-- +goose Down
drop table break_glass, case_step, contact, outcome, note;
drop function note_locked;
