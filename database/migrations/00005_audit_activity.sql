-- What happened: the audit trail (who did and saw what, provable), the activity ledger (coded, pseudonymous,
-- the only corridor from care to growth), its roll-ups, the outbox and the door to jobs.

-- +goose Up
create table audit_event (
  id uuid primary key,
  at timestamptz not null,
  organisation_id uuid,
  service_id uuid,
  actor_account uuid,
  actor_person uuid,
  actor_name text not null default '',
  role text not null,
  wall text not null,
  action text not null,
  object_kind text not null,
  object_id uuid,
  subject_person uuid,
  ground text not null default '',
  outcome text not null check (outcome in ('ok','denied')),
  detail jsonb not null default '{}',
  session_hash text not null default '',
  request_id text not null default '',
  channel text not null default '' check (channel in ('','browser','link','command','house')),
  address text not null default '',
  strength text not null default '' check (strength in ('','demonstration','link','password','second_factor'))
);
comment on column audit_event.actor_name is 'the name of somebody who acted for their work, at the time: the person it is about reads it, whose login reads no accounts';
comment on column audit_event.channel is 'where it came from: a browser, a one-time link, a command of the machine, the house itself';
comment on column audit_event.address is 'the IP address of the request; none for a command or the house';
comment on column audit_event.strength is 'how well the actor had proved who they are';
create index on audit_event (subject_person, at);
create index on audit_event (actor_account, at);
create index on audit_event (action, at);
create index on audit_event (at);
create table audit_leaf (
  seq bigint primary key,
  event_id uuid not null unique references audit_event,
  hash bytea not null
);
create table audit_hash (
  idx bigint primary key,
  hash bytea not null
);
comment on table audit_hash is 'The stored hashes of the tree, numbered as golang.org/x/mod/sumdb/tlog numbers them';
create table audit_checkpoint (
  size bigint primary key,
  note text not null,
  made_at timestamptz not null default now()
);

create table activity (
  id uuid not null,
  organisation_id uuid not null references organisation,
  service_id uuid not null references service,
  kind text not null,
  person_key bytea not null,
  case_key bytea not null,
  actor_key bytea not null,
  at timestamptz not null,
  staff_group text,
  band text,
  site text,
  team text,
  reason text,
  class text,
  source text,
  priority text,
  outcome text,
  completeness int,
  minutes int,
  primary key (service_id, id),
  unique (organisation_id, id)
);
comment on table activity is 'The ledger between the wings: append-only, pseudonymous (keyed hash, key outside the database), codes only';
create index on activity (service_id, case_key, at);
create index on activity (service_id, kind, at);

create table rollup_count (
  service_id uuid not null references service,
  organisation_id uuid not null references organisation,
  month date not null,
  kind text not null,
  side text not null check (side in ('employer','own')),
  dimension text not null,
  code text not null,
  n bigint not null,
  primary key (service_id, organisation_id, month, kind, side, dimension, code),
  unique (organisation_id, service_id, month, kind, side, dimension, code)
);
comment on table rollup_count is 'Events by month, kind and one dimension (all, source, reason, staff_group, class, outcome, ...)';
-- An array as text. It is immutable, though the text of an array in general is not: that of an int depends on no setting.
-- +goose StatementBegin
create function packed(numbers int[]) returns text language sql immutable strict parallel safe
as $$ select numbers::text $$;
-- +goose StatementEnd
grant execute on function packed(int[]) to rowan_worker;
create table rollup_wait (
  service_id uuid not null references service,
  organisation_id uuid not null references organisation,
  month date not null,
  measure text not null,
  clock text not null check (clock in ('raw','adjusted')),
  side text not null check (side in ('employer','own')),
  priority text not null,
  working_days int[] not null check (cardinality(working_days) > 0),
  n int[] not null check (cardinality(n) = cardinality(working_days)),
  packed text not null generated always as (packed(working_days) || packed(n)) stored,
  primary key (service_id, organisation_id, month, measure, clock, side, priority),
  unique (organisation_id, service_id, month, measure, clock, side, priority)
);
comment on column rollup_count.side is 'employer: of a case that a manager or HR opened; own: of all others. The employer never sees a self-referral, in no count and no wait: the policies below hold it';
comment on table rollup_wait is 'Waits as histograms in whole working days by the month the wait ended; raw, and adjusted for stop-clocks. One row is a whole histogram: a dashboard of ten years reads ten thousand rows and not two hundred thousand';
create table rollup_state (
  service_id uuid not null references service,
  organisation_id uuid not null references organisation,
  month date not null,
  side text not null check (side in ('employer','own')),
  state text not null,
  cases bigint not null,
  hours double precision not null,
  primary key (service_id, organisation_id, month, side, state),
  unique (organisation_id, service_id, month, side, state)
);
comment on column rollup_wait.packed is 'The arrays as text, {3,18}{2,6}, made when the row is written: to send ten years of them number by number took a third of a page';
comment on table rollup_state is 'Where work waits: hours that cases spent in each state, by the month they left it';
create table rollup_run (
  service_id uuid primary key references service,
  made_at timestamptz not null,
  rows_read bigint not null
);
create table rollup_workforce (
  organisation_id uuid not null references organisation,
  month date not null,
  staff_group text not null,
  fte_days double precision not null,
  primary key (organisation_id, month, staff_group)
);
comment on table rollup_workforce is 'Days available for work (full-time equivalent times calendar days of the post in the month), from the staff feed: the denominator of an absence rate';

create table outbox (
  id uuid primary key,
  message_key text not null unique,
  organisation_id uuid references organisation,
  service_id uuid references service,
  to_person uuid,
  capacity text not null check (capacity in ('self','work','service','guardian')),
  template text not null,
  args jsonb not null default '{}',
  link_purpose text,
  link_object uuid,
  state text not null default 'queued' check (state in ('queued','shown','undeliverable')),
  created_at timestamptz not null,
  channel text check (channel in ('email','sms','letter')),
  address text,
  body text,
  shown_at timestamptz,
  check ((capacity in ('service','guardian')) = (to_person is null))
);
comment on table outbox is 'What is to be said to whom, once for each message_key. The worker finds the address (self: the safe contact; work: the work e-mail; service: the OH team; guardian: the Caldicott guardian of the organisation) and the words, which say nothing about health';
create index on outbox (created_at);
create table job_effect (
  job_id bigint primary key,
  done_at timestamptz not null default now()
);
create table job.permit (
  login text not null,
  kind text not null,
  primary key (login, kind)
);
comment on table job.permit is 'Which login may add which kind of job';

call wall.close('audit_event');
call wall.close('audit_leaf');
call wall.close('audit_hash');
call wall.close('audit_checkpoint');
call wall.close('activity');
call wall.close('rollup_count');
call wall.close('rollup_wait');
call wall.close('rollup_state');
call wall.close('rollup_run');
call wall.close('rollup_workforce');
call wall.close('outbox');
call wall.close('job_effect');
call wall.close('job.permit');
-- +goose StatementBegin
do $$
declare l text; t text;
begin
  foreach l in array array['rowan_hall','rowan_employer','rowan_clinical','rowan_growth','rowan_worker'] loop
    call wall.allow('audit_event', l, 'i', 'all');
  end loop;
  foreach l in array array['rowan_employer','rowan_portal'] loop
    call wall.allow('activity', l, 'i', 'organisation');
  end loop;
  foreach l in array array['rowan_hall','rowan_employer','rowan_clinical','rowan_portal','rowan_growth'] loop
    call wall.allow('outbox', l, 'i', 'all');
    call wall.allow('job_effect', l, 'i', 'all');
  end loop;
  foreach t in array array['rollup_count','rollup_wait','rollup_state','rollup_run','rollup_workforce'] loop
    call wall.allow(t, 'rowan_worker', 'siud', 'all');
  end loop;
  foreach t in array array['rollup_count','rollup_wait','rollup_state'] loop
    call wall.allow(t, 'rowan_growth', 's', $e$service_id = (select nullif(current_setting('app.service', true), '')::uuid) or (select nullif(current_setting('app.service', true), '')) is null and side = 'employer' and organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$e$);
  end loop;
end $$;
-- +goose StatementEnd
call wall.allow('rollup_run', 'rowan_growth', 's', 'all');
call wall.allow('rollup_workforce', 'rowan_growth', 's', 'clients');
call wall.allow('audit_event', 'rowan_portal', 'i', 'all');
call wall.allow('audit_event', 'rowan_portal', 's', $$subject_person = (select nullif(current_setting('app.person', true), '')::uuid)$$);
-- The Caldicott guardian reads what concerns the organisation or service they act for; the sealer, which
-- only numbers and hashes, says so with app.sealer.
call wall.allow('audit_event', 'rowan_audit', 'i', 'all');
call wall.allow('audit_event', 'rowan_audit', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or service_id = (select nullif(current_setting('app.service', true), '')::uuid) or (select current_setting('app.sealer', true)) = 'on'$$);
call wall.allow('audit_leaf', 'rowan_audit', 'si', 'all');
call wall.allow('audit_hash', 'rowan_audit', 'si', 'all');
call wall.allow('audit_checkpoint', 'rowan_audit', 'si', 'all');
call wall.allow('activity', 'rowan_clinical', 'i', 'service');
call wall.allow('activity', 'rowan_worker', 'si', 'all');
call wall.allow('outbox', 'rowan_worker', 'siu', 'all');
call wall.allow('job_effect', 'rowan_worker', 'siud', 'all');
-- job.add runs as the owner, who is bound by row security too.
call wall.allow('job.permit', 'rowan_owner', 'sid', 'all');

-- +goose Down
drop table job.permit, job_effect, outbox, rollup_workforce, rollup_run, rollup_state, rollup_wait, rollup_count, activity, audit_checkpoint, audit_hash, audit_leaf, audit_event;
drop function packed(int[]);
