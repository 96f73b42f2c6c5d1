-- The clinics that a service plans by the week, as counts that growth reads, and a scenario that changes some of them.

-- +goose Up
create table rollup_clinic (
  service_id uuid not null references service,
  n int not null check (n >= 0),
  name text not null,
  role text not null,
  sessions int not null check (sessions > 0),
  slots int not null check (slots > 0),
  minutes int not null check (minutes > 0),
  starts_on date not null,
  ends_on date,
  made_at timestamptz not null,
  primary key (service_id, n)
);
comment on table rollup_clinic is 'The weekly plan of clinics of a service: sessions a week of one name, profession, size and length, with the days from and up to which they are planned. No person: a name with one of a clinician in it is left empty';
comment on column rollup_clinic.ends_on is 'The day after the last; null for no end';

alter table capacity_scenario add column clinics jsonb not null default '[]' check (jsonb_typeof(clinics) = 'array');
comment on column capacity_scenario.clinics is 'Clinics that are other than they were when the scenario was made, and new ones: profession, sessions a week, appointments and minutes, before and after';

call wall.close('rollup_clinic');
call wall.allow('rollup_clinic', 'rowan_worker', 'siud', 'all');
call wall.allow('rollup_clinic', 'rowan_growth', 's', 'service');
-- The names of clinicians are read to find them in the names of clinics, and leave no trace.
call wall.allow('clinic', 'rowan_worker', 's', 'all', 'service_id, name, role, slots, slot_minutes, clinician_name, valid_from, valid_to', true);

-- +goose Down
alter table capacity_scenario drop column clinics;
drop policy rowan_worker_select on clinic;
revoke select (service_id, name, role, slots, slot_minutes, clinician_name, valid_from, valid_to) on clinic from rowan_worker;
drop table rollup_clinic;
