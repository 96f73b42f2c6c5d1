-- A scenario may take what a profession gives from a clinic template in place of the plan for people.

-- +goose Up
alter table capacity_scenario
  add column clinic_role text not null default '',
  add column clinic_sessions double precision not null default 0 check (clinic_sessions >= 0),
  add column clinic_slots double precision not null default 0 check (clinic_slots >= 0),
  add column clinic_off double precision not null default 0 check (clinic_off between 0 and 52),
  add check (clinic_role = '' or (clinic_sessions > 0 and clinic_slots > 0));
comment on column capacity_scenario.clinic_role is 'The profession whose appointments come from a template; empty: all come from the plan for people';
comment on column capacity_scenario.clinic_sessions is 'Sessions a week, each of clinic_slots appointments, in all weeks of a year but clinic_off';

-- +goose Down
alter table capacity_scenario drop column clinic_role, drop column clinic_sessions, drop column clinic_slots, drop column clinic_off;
