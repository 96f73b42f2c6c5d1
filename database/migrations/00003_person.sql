-- The workforce record: people and the posts they hold. Employer side, keyed by organisation.

-- +goose Up
create table person (
  organisation_id uuid not null references organisation,
  id uuid not null,
  employee_number text not null,
  family_name text not null,
  given_name text not null,
  name_key text not null,
  given_key text not null generated always as (regexp_replace(name_key, '^((?:\S+ ){' || regexp_count(btrim(family_name, ' .-'), '[ .,()/–—‐‑-]+')::text || '}\S+) (.+)$', '\2 \1')) stored,
  date_of_birth date not null,
  work_email text,
  mobile text,
  personal_email text,
  safe_contact text,
  safe_contact_kind text check (safe_contact_kind in ('mobile','email','post')),
  safe_contact_verified_at timestamptz,
  left_on date,
  updated_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, employee_number)
);
comment on column person.name_key is 'family and given name folded in Go (lower case, no marks): searched by half-open range, never LIKE';
comment on column person.given_key is 'name_key with the given name first: colleagues are looked for by either name. As many words move to the end as the family name has';
create index on person (organisation_id, name_key);
create index on person (organisation_id, given_key);

create table post (
  organisation_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  assignment_number text not null,
  is_primary boolean not null,
  title text not null,
  band text not null,
  staff_group text not null,
  site text not null,
  department text not null,
  team text not null,
  hours numeric(5,2) not null check (hours >= 0 and hours <= 80),
  shift_pattern text,
  manager_person_id uuid,
  epp boolean not null default false,
  patient_contact boolean not null default false,
  drives boolean not null default false,
  lone_worker boolean not null default false,
  safety_critical boolean not null default false,
  starts_on date not null,
  ends_on date,
  primary key (organisation_id, id),
  unique (organisation_id, assignment_number),
  foreign key (organisation_id, person_id) references person,
  foreign key (organisation_id, manager_person_id) references person (organisation_id, id)
);
comment on column post.ends_on is 'the first day on which the post is no longer held, as person.left_on is the first day of having left';
create index on post (organisation_id, person_id);
create index on post (organisation_id, manager_person_id);

create table delegation (
  organisation_id uuid not null,
  id uuid not null,
  manager_person_id uuid not null,
  person_id uuid not null,
  reason text not null,
  starts_on date not null,
  ends_on date not null,
  state text not null check (state in ('requested','confirmed','refused')),
  requested_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_role text,
  primary key (organisation_id, id),
  foreign key (organisation_id, manager_person_id) references person (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  check (ends_on > starts_on and ends_on <= starts_on + 92)
);
comment on table delegation is 'manager_person_id may act as manager of person_id from starts_on to ends_on, once HR or an OH administrator confirms; at most a quarter';
create index on delegation (organisation_id, manager_person_id);

create table contact_proof (
  organisation_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('mobile','email')),
  address text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  attempts int not null default 0 check (attempts between 0 and 5),
  proved_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references person,
  check (expires_at > asked_at and expires_at <= asked_at + interval '30 minutes'),
  check (proved_at is null or (proved_at >= asked_at and proved_at < expires_at))
);
comment on table contact_proof is 'A code was sent to an address, to see that the person reads it there. The code is made from the id with a key outside the database';
create index on contact_proof (organisation_id, person_id, asked_at);

create table contact_event (
  organisation_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('mobile','email','post')),
  address text not null,
  method text not null check (method in ('code','telephone','post','in_person')),
  identity text check (identity in ('called_back','asked_facts','saw_photo','signed_letter')),
  recorder_account uuid,
  recorder_name text,
  at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, person_id) references person,
  check ((method = 'code') = (identity is null) and (method = 'code') = (recorder_account is null) and (method = 'code') = (recorder_name is null))
);
comment on table contact_event is 'How each safe contact became one: proved by a code, or taken down by OH who checked who it was';
create index on contact_event (organisation_id, person_id, at);

call wall.close('person');
call wall.close('contact_proof');
call wall.close('contact_event');
call wall.close('post');
call wall.close('delegation');
call wall.allow('person', 'rowan_hall', 's', 'all');
call wall.allow('post', 'rowan_hall', 's', 'all');
call wall.allow('person', 'rowan_employer', 'siu', 'organisation');
call wall.allow('post', 'rowan_employer', 'siu', 'organisation');
call wall.allow('delegation', 'rowan_employer', 'siu', 'organisation');
call wall.allow('person', 'rowan_clinical', 's', $$organisation_id = any (array(select c.organisation_id from contract c where c.service_id = (select nullif(current_setting('app.service', true), '')::uuid) and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date)))$$);
call wall.allow('person', 'rowan_clinical', 'u', $$organisation_id = any (array(select c.organisation_id from contract c where c.service_id = (select nullif(current_setting('app.service', true), '')::uuid) and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date)))$$, 'safe_contact, safe_contact_kind, safe_contact_verified_at');
call wall.allow('contact_event', 'rowan_clinical', 'si', $$organisation_id = any (array(select c.organisation_id from contract c where c.service_id = (select nullif(current_setting('app.service', true), '')::uuid) and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date)))$$);
call wall.allow('post', 'rowan_clinical', 's', $$organisation_id = any (array(select c.organisation_id from contract c where c.service_id = (select nullif(current_setting('app.service', true), '')::uuid) and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date)))$$);
call wall.allow('delegation', 'rowan_clinical', 'su', $$organisation_id = any (array(select c.organisation_id from contract c where c.service_id = (select nullif(current_setting('app.service', true), '')::uuid) and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date)))$$, 'state, decided_at, decided_by, decided_role');
call wall.allow('person', 'rowan_portal', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and id = (select nullif(current_setting('app.person', true), '')::uuid)$$);
call wall.allow('person', 'rowan_portal', 'u', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and id = (select nullif(current_setting('app.person', true), '')::uuid)$$, 'safe_contact, safe_contact_kind, safe_contact_verified_at');
call wall.allow('contact_proof', 'rowan_portal', 'siu', 'own', 'attempts, proved_at');
call wall.allow('contact_event', 'rowan_portal', 'si', 'own');
call wall.allow('contact_proof', 'rowan_worker', 's', 'organisation');
call wall.allow('post', 'rowan_portal', 's', 'own');
call wall.allow('delegation', 'rowan_portal', 's', 'own');
call wall.allow('person', 'rowan_worker', 's', 'organisation');
call wall.allow('post', 'rowan_worker', 's', 'organisation');

-- +goose Down
drop table contact_event, contact_proof, delegation, post, person;
