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
  withheld_why bytea,
  withheld_review_on date,
  under_withheld boolean not null default false,
  primary key (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id),
  foreign key (service_id, appointment_id) references appointment (service_id, id),
  foreign key (service_id, addendum_to) references note (service_id, id),
  check (signed_at is null or (withheld_reason is null) = (withheld_review_on is null) and (withheld_reason is null) = (withheld_why is null))
);
comment on column note.restricted is 'a counselling note: its author alone reads it, other OH staff do not';
comment on column note.body is 'sealed (care/sealed), drafts too';
comment on column note.findings is 'sealed: the structured part, note.Findings in Go';
comment on column note.withheld_reason is 'sealed: serious_harm or third_party; that there is one is what the row policies ask. A draft may hold half of a withholding, a signed note all of it or none';
comment on column note.withheld_why is 'sealed: why, in words, for who reviews it';
comment on column note.under_withheld is 'an addendum to a withheld note: kept by triggers, so that the person reads neither';
create index on note (service_id, casefile_id, saved_at);
create index on note (organisation_id, person_id);
-- A signed note is locked for every login, whatever it was granted.
-- +goose StatementBegin
create function note_locked() returns trigger language plpgsql as $$
declare
  free text[] := array['withheld_reason','withheld_why','withheld_review_on','under_withheld'];
begin
  if old.signed_at is not null and (to_jsonb(new) - free) is distinct from (to_jsonb(old) - free) then
    raise exception 'a signed note does not change' using errcode = 'RW001';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger note_locked before update on note for each row execute function note_locked();
-- An addendum goes with its note. Its row says so itself, because a row policy cannot ask another row of the same table.
-- for share: who adds to a note and who withholds it at the same moment wait for each other.
-- +goose StatementBegin
create function note_goes_with() returns trigger language plpgsql as $$
begin
  new.under_withheld := coalesce((select n.withheld_reason is not null from note n where n.service_id = new.service_id and n.id = new.addendum_to for share), false);
  return new;
end $$;
-- +goose StatementEnd
create trigger note_goes_with before insert on note for each row when (new.addendum_to is not null) execute function note_goes_with();
-- +goose StatementBegin
create function note_takes_along() returns trigger language plpgsql as $$
begin
  update note n set under_withheld = new.withheld_reason is not null where n.service_id = new.service_id and n.addendum_to = new.id;
  return null;
end $$;
-- +goose StatementEnd
create trigger note_takes_along after update of withheld_reason on note for each row
  when ((old.withheld_reason is null) is distinct from (new.withheld_reason is null)) execute function note_takes_along();
create index on note (service_id, addendum_to) where addendum_to is not null;
create index on note (service_id, withheld_review_on) where withheld_reason is not null;

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
call wall.allow('note', 'rowan_clinical', 'siu', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and (not restricted or author_account = (select nullif(current_setting('app.account', true), '')::uuid))$$, 'body, findings, saved_at, signed_at, withheld_reason, withheld_why, withheld_review_on, under_withheld, restricted');
call wall.allow('note', 'rowan_portal', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and signed_at is not null and withheld_reason is null and not under_withheld$$);
call wall.allow('outcome', 'rowan_clinical', 'si', 'service');
call wall.allow('contact', 'rowan_clinical', 'si', 'service');
call wall.allow('case_step', 'rowan_clinical', 'siu', 'service', 'to_account, state, accepted_at, done_at');
call wall.allow('break_glass', 'rowan_clinical', 'i', 'service');
call wall.allow('break_glass', 'rowan_clinical', 's', 'service', 'service_id, organisation_id, id, person_id, account_id, opened_at, expires_at', true);
-- The Caldicott guardian judges a broken glass by the reason that was given for it, in the rows whose audit event they
-- read (00005). Who and about whom stands in that event.
call wall.allow('break_glass', 'rowan_audit', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or service_id = (select nullif(current_setting('app.service', true), '')::uuid)$$, 'service_id, organisation_id, id, reason, detail', true);

-- +goose Down
drop table break_glass, case_step, contact, outcome, note;
drop function note_locked, note_goes_with, note_takes_along;
