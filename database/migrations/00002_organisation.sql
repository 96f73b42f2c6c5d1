-- The hall: who there is and where. Organisations are known as at a date: names and parents have spans.

-- +goose Up
create table organisation (
  id uuid primary key,
  kind text not null check (kind in ('nation','region','ics','trust','practice','provider','employer')),
  ods_code text unique,
  created_at timestamptz not null default now()
);
create table organisation_span (
  organisation_id uuid not null references organisation,
  valid_from date not null,
  valid_to date,
  name text not null,
  parent_id uuid references organisation,
  primary key (organisation_id, valid_from),
  check (valid_to is null or valid_to > valid_from)
);
comment on table organisation_span is 'Name and parent of an organisation from valid_from (included) to valid_to (excluded)';
create table service (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  name text not null,
  phone text not null,
  urgent_text text not null,
  review_days int not null default 5 check (review_days between 1 and 30),
  created_at timestamptz not null default now()
);
comment on table service is 'An occupational health service; organisation_id is its host';
create table service_target (
  service_id uuid not null references service,
  measure text not null,
  valid_from date not null,
  working_days int not null check (working_days >= 0),
  source text not null,
  primary key (service_id, measure, valid_from)
);
comment on table service_target is 'Dated targets in working days, by measure (triage.p1, first_seen.p2, ...)';
create table contract (
  service_id uuid not null references service,
  organisation_id uuid not null references organisation,
  valid_from date not null,
  valid_to date,
  primary key (service_id, organisation_id, valid_from),
  check (valid_to is null or valid_to > valid_from)
);
create index on contract (organisation_id);
create table sign_off (
  kind text primary key check (kind in ('clinical_safety','data_protection','retention')),
  signed_by text not null,
  role text not null,
  reference text not null,
  signed_on date not null
);
comment on table sign_off is 'What must be recorded before this installation is assured for live use';
create table installation (
  one boolean primary key default true check (one),
  demo boolean not null default false,
  sample_at timestamptz,
  created_at timestamptz not null default now(),
  check (demo or sample_at is null)
);
comment on column installation.sample_at is 'when the invented data of a demonstration was complete; a demonstration without it was interrupted and is made anew';

call wall.close('organisation');
call wall.close('organisation_span');
call wall.close('service');
call wall.close('service_target');
call wall.close('contract');
call wall.close('sign_off');
call wall.close('installation');
-- +goose StatementBegin
do $$
declare t text; l text;
begin
  foreach t in array array['organisation','organisation_span','service','service_target','contract','sign_off','installation'] loop
    call wall.allow(t, 'rowan_hall', 'siu', 'all');
    foreach l in array array['rowan_employer','rowan_clinical','rowan_portal','rowan_growth','rowan_audit','rowan_worker'] loop
      call wall.allow(t, l, 's', 'all');
    end loop;
  end loop;
end $$;
-- +goose StatementEnd

-- +goose Down
drop table installation, sign_off, contract, service_target, service, organisation_span, organisation;
