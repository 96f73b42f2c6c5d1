-- Clinics, slots and appointments. A slot can hold one live appointment: the unique index is the last word.

-- +goose Up
create table clinic (
  service_id uuid not null references service,
  id uuid not null,
  name text not null,
  site text not null,
  mode text not null check (mode in ('face_to_face','phone','video')),
  role text not null,
  weekday int not null check (weekday between 1 and 5),
  starts_at time not null,
  slot_minutes int not null check (slot_minutes between 5 and 180),
  slots int not null check (slots between 1 and 40),
  clinician_account uuid not null,
  clinician_name text not null,
  valid_from date not null,
  valid_to date,
  primary key (service_id, id)
);
create table clinic_session (
  service_id uuid not null,
  id uuid not null,
  clinic_id uuid not null,
  on_date date not null,
  clinician_account uuid not null,
  clinician_name text not null,
  site text not null,
  mode text not null,
  role text not null,
  cancelled_at timestamptz,
  primary key (service_id, id),
  unique (service_id, clinic_id, on_date),
  foreign key (service_id, clinic_id) references clinic (service_id, id)
);
create table slot (
  service_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  clinician_account uuid not null,
  role text not null,
  starts_at timestamptz not null,
  minutes int not null,
  offered_casefile_id uuid,
  offered_until timestamptz,
  primary key (service_id, id),
  unique (service_id, clinician_account, starts_at),
  foreign key (service_id, session_id) references clinic_session (service_id, id)
);
comment on table slot is 'A slot is free while no live appointment points at it; offered_* holds it for one case for a while';
create index on slot (service_id, role, starts_at);

create table appointment (
  service_id uuid not null references service,
  organisation_id uuid not null references organisation,
  id uuid not null,
  casefile_id uuid not null,
  referral_id uuid,
  person_id uuid not null,
  slot_id uuid not null,
  clinician_account uuid not null,
  clinician_name text not null,
  role text not null,
  kind text not null check (kind in ('new','review')),
  mode text not null,
  site text not null,
  starts_at timestamptz not null,
  minutes int not null,
  state text not null check (state in ('booked','attended','dna','cancelled')),
  outcome_code text check (outcome_code in ('DNA','LATE-CANC-EMP','LATE-CANC-MGR','CANC-EMP','CANC-OH','TECH-FAIL','UNWELL','CONSENT-WITHDRAWN')),
  booked_at timestamptz not null,
  ended_at timestamptz,
  primary key (service_id, id),
  unique (organisation_id, id),
  foreign key (service_id, slot_id) references slot (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id),
  foreign key (service_id, referral_id) references referral (service_id, id),
  foreign key (organisation_id, person_id) references person
);
comment on column appointment.referral_id is 'set when the appointment serves a management or HR referral: only then may the employer see its time';
create unique index appointment_one_live_per_slot on appointment (service_id, slot_id) where state <> 'cancelled';
create index on appointment (service_id, clinician_account, starts_at);
create index on appointment (service_id, casefile_id);
create index on appointment (organisation_id, referral_id);
create index on appointment (organisation_id, person_id, starts_at);

create table assessment_consent (
  service_id uuid not null references service,
  id uuid not null,
  casefile_id uuid not null,
  appointment_id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  agreed boolean not null,
  method text not null check (method in ('face_to_face','phone','video')),
  words text not null,
  recorder_account uuid not null,
  recorder_name text not null,
  at timestamptz not null,
  primary key (service_id, id),
  unique (service_id, appointment_id),
  foreign key (service_id, casefile_id) references casefile (service_id, id),
  foreign key (service_id, appointment_id) references appointment (service_id, id),
  foreign key (organisation_id, person_id) references person
);
comment on table assessment_consent is 'Whether the person agreed to be assessed (clinical.md C01 a), asked at each appointment, with the words of the question; never changed';
create index on assessment_consent (service_id, casefile_id);

call wall.close('clinic');
call wall.close('assessment_consent');
call wall.close('clinic_session');
call wall.close('slot');
call wall.close('appointment');
call wall.allow('clinic', 'rowan_clinical', 'siu', 'service');
call wall.allow('clinic_session', 'rowan_clinical', 'siu', 'service');
call wall.allow('slot', 'rowan_clinical', 'siu', 'service');
call wall.allow('appointment', 'rowan_clinical', 'siu', 'service');
call wall.allow('appointment', 'rowan_employer', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and referral_id is not null$$, 'organisation_id, id, referral_id, person_id, starts_at, minutes, state', true);
call wall.allow('assessment_consent', 'rowan_clinical', 'si', 'service');
call wall.allow('assessment_consent', 'rowan_portal', 's', 'own');
-- The person sees free times of the service that serves them, and books for themselves.
call wall.allow('clinic_session', 'rowan_portal', 's', 'service');
call wall.allow('slot', 'rowan_portal', 's', 'service');
call wall.allow('appointment', 'rowan_portal', 'siu', 'own', 'state, outcome_code, ended_at');
-- Another person's booking must show as "taken" without a row of it: this function answers ids only, for
-- the service in app.service. It runs as the owner, who is bound by row security too and gets this one policy.
-- +goose StatementBegin
create function taken_slots(from_at timestamptz, to_at timestamptz) returns setof uuid
language sql stable security definer set search_path = pg_catalog, public as $$
  select a.slot_id from appointment a
  where a.service_id = (select nullif(current_setting('app.service', true), '')::uuid)
    and a.state <> 'cancelled' and a.starts_at >= from_at and a.starts_at < to_at
$$;
-- +goose StatementEnd
call wall.allow('appointment', 'rowan_owner', 's', 'service');
revoke all on function taken_slots(timestamptz, timestamptz) from public;
grant execute on function taken_slots(timestamptz, timestamptz) to rowan_portal;

-- +goose Down
drop function taken_slots;
drop table assessment_consent, appointment, slot, clinic_session, clinic;
