-- The hall: who may sign in and as what. Only the hall login reads these tables.

-- +goose Up
create table account (
  id uuid primary key,
  login text not null unique,
  display_name text not null,
  registration text check (registration ~ '^[A-Z]+ [A-Z0-9]+$'),
  organisation_id uuid references organisation,
  person_id uuid,
  password_hash text,
  totp_sealed bytea,
  totp_used_step bigint not null default 0,
  failed_count int not null default 0,
  locked_until timestamptz,
  state text not null default 'active' check (state in ('invited','active','closed')),
  created_at timestamptz not null default now(),
  foreign key (organisation_id, person_id) references person
);
comment on column account.login is 'work e-mail, folded in Go';
comment on column account.registration is 'a clinician''s professional register and their number in it, as they gave it: NMC 00Z2345E';
create index on account (organisation_id, person_id);
create table recovery_code (
  account_id uuid not null references account,
  hash text not null,
  used_at timestamptz,
  primary key (account_id, hash)
);
create table role_grant (
  id uuid primary key,
  account_id uuid not null references account,
  role text not null,
  organisation_id uuid references organisation,
  service_id uuid references service,
  valid_from date not null,
  valid_to date,
  granted_by uuid references account,
  decides_disclosures boolean not null default false,
  check ((organisation_id is null) <> (service_id is null)),
  check (not decides_disclosures or role in ('oh_nurse','oh_physician'))
);
comment on column role_grant.decides_disclosures is 'a senior clinician, named by the service: two of them decide on a disclosure without consent';
create index on role_grant (account_id);
create table session (
  token_hash bytea primary key,
  data bytea not null,
  expires_at timestamptz not null
);
create index on session (expires_at);
create table link_use (
  link_id uuid primary key,
  purpose text not null,
  attempts int not null default 0,
  used_at timestamptz,
  first_opened_at timestamptz not null default now()
);
comment on table link_use is 'One-time links are sealed tokens (platform/seal); this row counts failed second checks and remembers that a link was used';
create table link_renewal (
  organisation_id uuid not null references organisation,
  person_id uuid not null,
  day date not null,
  sent int not null check (sent between 1 and 3),
  primary key (organisation_id, person_id, day),
  foreign key (organisation_id, person_id) references person
);
comment on table link_renewal is 'How many new links somebody got on a day in place of used or expired ones: three at most, or a found link is a way to pester them';

call wall.close('account');
call wall.close('recovery_code');
call wall.close('role_grant');
call wall.close('session');
call wall.close('link_use');
call wall.close('link_renewal');
call wall.allow('account', 'rowan_hall', 'siud', 'all');
call wall.allow('recovery_code', 'rowan_hall', 'siud', 'all');
call wall.allow('role_grant', 'rowan_hall', 'siud', 'all');
call wall.allow('session', 'rowan_hall', 'siud', 'all');
call wall.allow('link_use', 'rowan_hall', 'siud', 'all');
call wall.allow('link_renewal', 'rowan_hall', 'siu', 'all', 'sent');

-- +goose Down
drop table link_renewal, link_use, session, role_grant, recovery_code, account;
