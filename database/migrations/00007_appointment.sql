-- Clinics, slots and appointments. Nobody is in two places at once: two constraints of appointment are the last
-- word, for the clinician and for the person.

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
  minutes int not null check (minutes between 5 and 180),
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
  outcome_code text check (outcome_code in ('DNA','LATE-CANC-EMP','LATE-CANC-MGR','CANC-EMP','CANC-OH','TECH-FAIL','UNWELL','CONSENT-WITHDRAWN',
    'MOVE-EMP','LATE-MOVE-EMP','MOVE-MGR','LATE-MOVE-MGR','MOVE-OH')),
  booked_at timestamptz not null,
  ended_at timestamptz,
  primary key (service_id, id),
  unique (organisation_id, id),
  foreign key (service_id, slot_id) references slot (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id),
  foreign key (service_id, referral_id) references referral (service_id, id),
  foreign key (organisation_id, person_id) references person
);
comment on column appointment.referral_id is 'the referral of its case, where a manager or HR made one; what they may see of it is appointment_time';
create unique index appointment_one_live_per_slot on appointment (service_id, slot_id) where state <> 'cancelled';
create index on appointment (service_id, clinician_account, starts_at);
create index on appointment (service_id, casefile_id);
create index on appointment (organisation_id, person_id, starts_at);

-- Slots of two clinics can overlap: a clinic is planned anew while the sessions that were made of the old plan
-- stay. So the time itself is guarded, not the slot. An exclusion constraint compares ids inside GiST, which
-- PostgreSQL does for ranges without an extension: an id is the range from itself to itself.
create type uuidrange as range (subtype = uuid);
-- Minutes are as long in every time zone, so this is immutable, though "timestamptz + interval" in general is not.
-- +goose StatementBegin
create function span(at timestamptz, minutes int) returns tstzrange language sql immutable parallel safe
as $$ select tstzrange(at, at + make_interval(mins => minutes)) $$;
-- +goose StatementEnd
grant execute on function span(timestamptz, int) to rowan_clinical, rowan_portal;
alter table appointment add constraint appointment_clinician_once exclude using gist
  (uuidrange(service_id, service_id, '[]') with =, uuidrange(clinician_account, clinician_account, '[]') with =, span(starts_at, minutes) with &&)
  where (state <> 'cancelled');
-- Somebody who missed an hour may be seen within it by somebody else.
alter table appointment add constraint appointment_person_once exclude using gist
  (uuidrange(organisation_id, organisation_id, '[]') with =, uuidrange(person_id, person_id, '[]') with =, span(starts_at, minutes) with &&)
  where (state in ('booked','attended'));

create table appointment_time (
  organisation_id uuid not null references organisation,
  service_id uuid not null references service,
  referral_id uuid not null,
  appointment_id uuid not null,
  person_id uuid not null,
  starts_at timestamptz not null,
  minutes int not null,
  state text not null,
  primary key (organisation_id, referral_id, appointment_id),
  unique (service_id, referral_id, appointment_id),
  foreign key (organisation_id, referral_id) references referral (organisation_id, id),
  foreign key (organisation_id, appointment_id) references appointment (organisation_id, id)
);
comment on table appointment_time is 'What the referrer sees of an appointment: when it is. One row for each referral it serves, that of its case and those merged into the case before it was booked; a trigger writes it';
create index on appointment_time (organisation_id, appointment_id);

create table slot_offer (
  service_id uuid not null references service,
  slot_id uuid not null,
  organisation_id uuid not null references organisation,
  person_id uuid not null,
  casefile_id uuid not null,
  offered_at timestamptz not null,
  until timestamptz not null,
  primary key (service_id, slot_id, organisation_id, person_id),
  foreign key (service_id, slot_id) references slot (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id),
  foreign key (organisation_id, person_id) references person
);
comment on table slot_offer is 'Every offer of a freed slot; its key allows one to a person';
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
call wall.close('appointment_time');
call wall.close('slot_offer');
call wall.allow('clinic', 'rowan_clinical', 'siu', 'service');
call wall.allow('clinic_session', 'rowan_clinical', 'siu', 'service');
call wall.allow('slot', 'rowan_clinical', 'siu', 'service');
call wall.allow('appointment', 'rowan_clinical', 'siu', 'service');
-- The employer has nothing in appointment: that of a self-referral is not there to be asked about.
call wall.allow('appointment_time', 'rowan_employer', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and exists (select 1 from referral r where r.organisation_id = appointment_time.organisation_id and r.id = appointment_time.referral_id)$$);
call wall.allow('appointment_time', 'rowan_clinical', 'siu', 'service', 'state');
call wall.allow('slot_offer', 'rowan_clinical', 'si', 'service');
call wall.allow('assessment_consent', 'rowan_clinical', 'si', 'service');
call wall.allow('assessment_consent', 'rowan_portal', 's', 'own');
-- The person sees free times of the service that serves them, and books for themselves.
call wall.allow('clinic_session', 'rowan_portal', 's', 'service');
call wall.allow('slot', 'rowan_portal', 's', 'service');
call wall.allow('appointment', 'rowan_portal', 'siu', 'own', 'state, outcome_code, ended_at');
call wall.allow('appointment_time', 'rowan_portal', 'siu', 'own', 'state');
-- +goose StatementBegin
create function appointment_time_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    update appointment_time set state = new.state where organisation_id = new.organisation_id and appointment_id = new.id;
    return null;
  end if;
  insert into appointment_time (organisation_id, service_id, referral_id, appointment_id, person_id, starts_at, minutes, state)
  select new.organisation_id, new.service_id, r.id, new.id, new.person_id, new.starts_at, new.minutes, new.state
  from casefile c join referral r on r.organisation_id = c.organisation_id and r.id = c.referral_id
  where c.service_id = new.service_id and c.organisation_id = new.organisation_id and c.person_id = new.person_id
    and (c.id = new.casefile_id or c.merged_into = new.casefile_id and c.state = 'merged' and r.state in ('accepted','booked','attended','report_pending'));
  return null;
end $$;
-- +goose StatementEnd
create trigger appointment_time_kept after insert or update of state on appointment for each row execute function appointment_time_kept();
-- Another person's booking must show as "taken" without a row of it: this function answers ids of slots only,
-- those whose clinician has somebody then, for the service in app.service. No slot is longer than three hours, which
-- bounds the search. It runs as the owner, who is bound by row security too and gets this one policy.
-- +goose StatementBegin
create function taken_slots(from_at timestamptz, to_at timestamptz) returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select t.id from slot t
  where t.service_id = (select nullif(current_setting('app.service', true), '')::uuid) and t.starts_at >= from_at and t.starts_at < to_at
    and exists (select 1 from appointment a
      where a.service_id = t.service_id and a.clinician_account = t.clinician_account and a.state <> 'cancelled'
        and a.starts_at > t.starts_at - interval '3 hours' and a.starts_at < t.starts_at + make_interval(mins => t.minutes)
        and t.starts_at < a.starts_at + make_interval(mins => a.minutes))
$$;
-- +goose StatementEnd
call wall.allow('appointment', 'rowan_owner', 's', 'service');
call wall.allow('slot', 'rowan_owner', 's', 'service');
revoke all on function taken_slots(timestamptz, timestamptz) from public;
grant execute on function taken_slots(timestamptz, timestamptz) to rowan_portal;

-- +goose Down
drop function taken_slots;
drop table assessment_consent, slot_offer, appointment_time, appointment, slot, clinic_session, clinic;
drop function appointment_time_kept;
drop function span;
drop type uuidrange;
