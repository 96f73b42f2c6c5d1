-- The end of a contract: a plan with steps, owners and days in the hall; which people, cases and records are handed over, behind the
-- clinical wall. The two meet in one function, which tells the hall counts after disclosure control and never a row.

-- +goose Up
create table exit_plan (
  service_id uuid not null references service,
  id uuid not null,
  organisation_id uuid not null references organisation,
  valid_from date not null,
  pack_version int not null check (pack_version > 0),
  objection_days int not null check (objection_days between 0 and 365),
  started_at timestamptz not null,
  started_by text not null,
  receiver text check (receiver <> ''),
  receiver_contact text check (receiver_contact <> ''),
  nobody boolean not null default false,
  receiver_at timestamptz,
  receiver_by text,
  primary key (service_id, id),
  unique (service_id, organisation_id, valid_from),
  foreign key (service_id, organisation_id, valid_from) references contract (service_id, organisation_id, valid_from),
  check ((receiver is null) = (receiver_contact is null)),
  check (not (nobody and receiver is not null)),
  check ((receiver_at is null) = (receiver_by is null) and (receiver_at is null) = (receiver is null and not nobody))
);
comment on table exit_plan is 'How one contract of an OH service ends: who takes over, and by what version of the pack; one plan a contract';
comment on column exit_plan.nobody is 'No other provider takes over, so no record goes anywhere';
comment on column exit_plan.objection_days is 'How long people may say no, from the day on which they were told; as the pack said when the plan began';

create table exit_step (
  service_id uuid not null,
  plan_id uuid not null,
  step text not null check (step in ('receiver','told','access','lists','reports','cases','records','retention','after')),
  due_on date not null,
  owner_account uuid,
  owner_name text,
  done_on date,
  done_at timestamptz,
  done_by text,
  primary key (service_id, plan_id, step),
  foreign key (service_id, plan_id) references exit_plan (service_id, id),
  check ((owner_account is null) = (owner_name is null)),
  check ((done_on is null) = (done_at is null) and (done_on is null) = (done_by is null))
);
comment on column exit_step.done_on is 'The day on which it was done, as said; done_at is when that was said';

create table handover_person (
  service_id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  word text not null check (word in ('agreed','objected')),
  on_day date not null,
  instead text check (instead in ('kept','own','gp')),
  saved_at timestamptz not null,
  by_account uuid not null,
  by_name text not null,
  primary key (service_id, plan_id, person_id),
  foreign key (service_id, plan_id) references exit_plan (service_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  check ((word = 'objected') = (instead is not null))
);
comment on table handover_person is 'What somebody said about their record when they were told that the provider changes. Who says nothing was told and did not object';

create table handover_case (
  service_id uuid not null,
  plan_id uuid not null,
  casefile_id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  way text not null check (way in ('transfer','ends')),
  reason text check (reason in ('declined','left','other','died')),
  saved_at timestamptz not null,
  by_account uuid not null,
  by_name text not null,
  primary key (service_id, plan_id, casefile_id),
  foreign key (service_id, plan_id) references exit_plan (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id),
  check ((way = 'ends') = (reason is not null))
);
comment on table handover_case is 'What becomes of a case that is open when a contract ends: the new provider goes on with it, or it ends with the contract for a reason';

create table handover_due (
  service_id uuid not null,
  plan_id uuid not null,
  item text not null check (item in ('recalls','surveillance')),
  saved_at timestamptz not null,
  organisation_id uuid not null,
  n int not null check (n between 0 and 100000),
  source text not null check (source in ('system','paper','none')),
  counted_on date not null,
  by_name text not null,
  primary key (service_id, plan_id, item, saved_at),
  foreign key (service_id, plan_id) references exit_plan (service_id, id)
);
comment on table handover_due is 'How many recalls and surveillance appointments come due, as counted where they are kept: Rowan does not keep them. The newest holds';

create table handover_file (
  service_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  organisation_id uuid not null,
  asked_at timestamptz not null,
  asked_account uuid not null,
  asked_by text not null,
  made_at timestamptz,
  made_account uuid,
  made_by text,
  people int check (people >= 0),
  size int check (size > 0),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  primary key (service_id, id),
  unique (service_id, id, sha256),
  foreign key (service_id, plan_id) references exit_plan (service_id, id),
  check ((made_at is null) = (sha256 is null) and (made_at is null) = (made_account is null) and (made_at is null) = (people is null) and (made_at is null) = (size is null) and (made_at is null) = (made_by is null)),
  check (made_account <> asked_account)
);
comment on table handover_file is 'A file of the records that go: one clinician asks for it, another makes it. The file itself is kept nowhere, its fingerprint is';

create table handover_receipt (
  service_id uuid not null,
  file_id uuid not null,
  plan_id uuid not null,
  organisation_id uuid not null,
  sha256 text not null,
  received_on date not null,
  receiver_name text not null check (receiver_name <> ''),
  name text not null check (name <> ''),
  size int not null check (size between 1 and 5242880),
  content bytea not null,
  document_sha256 text not null,
  saved_at timestamptz not null,
  by_account uuid not null,
  by_name text not null,
  primary key (service_id, file_id),
  foreign key (service_id, file_id, sha256) references handover_file (service_id, id, sha256),
  check (size = length(content)),
  check (document_sha256 = encode(sha256(content), 'hex'))
);
comment on table handover_receipt is 'That the new provider has the file: who said so, when, and the fingerprint that they found, which must be that of the file';

-- A decision stands once somebody has the file: until then the service may change it.
call wall.close('exit_plan');
call wall.close('exit_step');
call wall.close('handover_person');
call wall.close('handover_case');
call wall.close('handover_due');
call wall.close('handover_file');
call wall.close('handover_receipt');
call wall.allow('exit_plan', 'rowan_hall', 'siu', 'service', 'receiver, receiver_contact, nobody, receiver_at, receiver_by');
call wall.allow('exit_step', 'rowan_hall', 'siu', 'service', 'due_on, owner_account, owner_name, done_on, done_at, done_by');
call wall.allow('exit_plan', 'rowan_clinical', 's', 'service');
call wall.allow('exit_step', 'rowan_clinical', 's', 'service');
call wall.allow('handover_person', 'rowan_clinical', 'siu', 'service', 'word, on_day, instead, saved_at, by_account, by_name');
call wall.allow('handover_case', 'rowan_clinical', 'siu', 'service', 'way, reason, saved_at, by_account, by_name');
call wall.allow('handover_due', 'rowan_clinical', 'si', 'service');
call wall.allow('handover_file', 'rowan_clinical', 'siu', 'service', 'made_at, made_account, made_by, people, size, sha256');
call wall.allow('handover_receipt', 'rowan_clinical', 'si', 'service');
call wall.allow('exit_plan', 'rowan_owner', 's', 'service');
call wall.allow('casefile', 'rowan_owner', 's', 'service');
call wall.allow('handover_case', 'rowan_owner', 's', 'service');
call wall.allow('handover_due', 'rowan_owner', 's', 'service');
call wall.allow('handover_file', 'rowan_owner', 's', 'service');
call wall.allow('handover_receipt', 'rowan_owner', 's', 'service');

-- What is left to hand over, as the contract side may know it: 1 to 7 is -1 (hidden), more is rounded to 5. open: open cases.
-- left: those that nobody has decided on, or that are to go and have not gone. booked: appointments to come. received: 1 once the
-- newest file has a receipt. recalls, surveillance: as counted last, no row before.
-- +goose StatementBegin
create function exit_standing(plan uuid) returns table (item text, n int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with mine as (
    select p.service_id, p.id, p.organisation_id from exit_plan p
    where p.service_id = (select nullif(current_setting('app.service', true), '')::uuid) and p.id = exit_standing.plan
  ), live as (
    select c.id, h.way from mine m
    join casefile c on c.service_id = m.service_id and c.organisation_id = m.organisation_id and c.state not in ('closed','merged')
    left join handover_case h on h.service_id = m.service_id and h.plan_id = m.id and h.casefile_id = c.id
  ), exact as (
    select 'open' as item, count(*)::int as n from live
    union all select 'left', count(*)::int from live where way is distinct from 'ends'
    union all select 'booked', count(*)::int from mine m join appointment a on a.service_id = m.service_id and a.organisation_id = m.organisation_id and a.state = 'booked'
    union all (select distinct on (d.item) d.item, d.n from mine m join handover_due d on d.service_id = m.service_id and d.plan_id = m.id order by d.item, d.saved_at desc)
  )
  select x.item, case when x.n = 0 then 0 when x.n < 8 then -1 else (x.n + 2) / 5 * 5 end from exact x
  union all
  select 'received', coalesce((select (exists (select 1 from handover_receipt r where r.service_id = f.service_id and r.file_id = f.id))::int
    from mine m join handover_file f on f.service_id = m.service_id and f.plan_id = m.id and f.made_at is not null order by f.made_at desc limit 1), 0)
$$;
-- +goose StatementEnd
revoke all on function exit_standing(uuid) from public;
grant execute on function exit_standing(uuid) to rowan_hall;

-- +goose Down
drop function exit_standing;
drop policy rowan_owner_select on casefile;
revoke select on casefile from rowan_owner;
drop table handover_receipt, handover_file, handover_due, handover_case, handover_person, exit_step, exit_plan;
