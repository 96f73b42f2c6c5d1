-- Reports, consent and release. A report crosses to the employer only as a row of released_report, and the
-- trigger below refuses that row unless a live consent covers exactly that version and those recipients.
-- There is no override: disclosure without consent is another table with another text.

-- +goose Up
create table report (
  service_id uuid not null references service,
  id uuid not null,
  organisation_id uuid not null,
  casefile_id uuid not null,
  referral_id uuid not null,
  person_id uuid not null,
  recipients uuid[] not null check (cardinality(recipients) > 0),
  recipient_names text[] not null default '{}',
  opened_at timestamptz not null,
  notice_version int not null default 0,
  primary key (service_id, id),
  unique (service_id, referral_id),
  foreign key (service_id, casefile_id) references casefile (service_id, id),
  foreign key (service_id, referral_id) references referral (service_id, id),
  foreign key (organisation_id, person_id) references person
);
comment on table report is 'One report to the employer about one case: its versions, consent and release hang from here; made when the case is accepted';
comment on column report.recipients is 'persons of the organisation to whom it would go: the referrer and those named in the referral';
comment on column report.recipient_names is 'their names and posts, in the same order: the person reads them before agreeing, and their login reads nobody else''s record. Filled by trigger';
comment on column report.notice_version is 'the newest version whose time ended without a release: from then on nothing that happens to the case tells the referrer why';
create index on report (service_id, casefile_id);
create index on report (organisation_id, person_id);
-- A report is about the person of its referral and case, and can only ever go to those who may see the referral.
-- +goose StatementBegin
create function report_belongs() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from referral f join casefile c on c.service_id = f.service_id and c.id = new.casefile_id
      where f.service_id = new.service_id and f.id = new.referral_id and f.organisation_id = new.organisation_id and f.person_id = new.person_id
        and c.organisation_id = new.organisation_id and c.person_id = new.person_id and new.recipients <@ f.viewers) then
    raise exception 'a report goes to viewers of its own referral' using errcode = 'RW002';
  end if;
  new.recipient_names := array(
    select coalesce(p.given_name || ' ' || p.family_name || coalesce(', ' || t.title, ''), '')
    from unnest(new.recipients) with ordinality as r(id, n)
    left join person p on p.organisation_id = new.organisation_id and p.id = r.id
    left join lateral (select o.title from post o where o.organisation_id = p.organisation_id and o.person_id = p.id order by o.is_primary desc, o.starts_on desc limit 1) t on true
    order by r.n);
  return new;
end $$;
-- +goose StatementEnd
create trigger report_belongs before insert on report for each row execute function report_belongs();

create table report_version (
  service_id uuid not null,
  report_id uuid not null,
  version int not null check (version > 0),
  organisation_id uuid not null,
  person_id uuid not null,
  content jsonb not null,
  author_account uuid not null,
  author_name text not null,
  saved_at timestamptz not null,
  signed_at timestamptz,
  primary key (service_id, report_id, version),
  foreign key (service_id, report_id) references report (service_id, id)
);
create table consent_event (
  service_id uuid not null,
  report_id uuid not null,
  event_no int not null,
  organisation_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('choice','given','refused','withdrawn','correction_asked')),
  choice text check (choice in ('after_read','now','after_days')),
  days int check (days between 1 and 30),
  version int,
  recipients uuid[] not null default '{}',
  assisted boolean not null default false,
  method text not null check (method in ('online','telephone','post','in_person')),
  recorder_account uuid,
  words text not null,
  at timestamptz not null,
  primary key (service_id, report_id, event_no),
  foreign key (service_id, report_id) references report (service_id, id),
  check ((kind = 'choice') = (choice is not null)),
  check ((choice is not distinct from 'after_days') = (days is not null)),
  check ((kind in ('given','refused','correction_asked')) = (version is not null)),
  check (assisted = (recorder_account is not null)),
  check (assisted = (method <> 'online')),
  check (words <> ''),
  check (cardinality(recipients) > 0 or not (kind = 'given' or (kind = 'choice' and choice <> 'after_read')))
);
comment on table consent_event is 'Confidentiality consent to disclose (not the UK GDPR lawful basis). choice: how it may go (after I read it, now, after N days unless I object); given and refused name a version; withdrawn ends everything before it';
comment on column consent_event.words is 'the words the person read or heard when they chose';
create index on consent_event (organisation_id, person_id);

create table correction (
  service_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  version int not null,
  organisation_id uuid not null,
  person_id uuid not null,
  text text not null,
  at timestamptz not null,
  answer text,
  answered_at timestamptz,
  answered_by uuid,
  primary key (service_id, id),
  foreign key (service_id, report_id, version) references report_version (service_id, report_id, version)
);
-- +goose StatementBegin
create function correction_belongs() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select 1 from report_version v where v.service_id = new.service_id and v.report_id = new.report_id and v.version = new.version
        and v.organisation_id = new.organisation_id and v.person_id = new.person_id and v.signed_at is not null) then
      raise exception 'a correction is asked of a signed version of one''s own report' using errcode = 'RW002';
    end if;
  elsif old.answered_at is not null then
    raise exception 'an answered correction does not change' using errcode = 'RW001';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger correction_belongs before insert or update on correction for each row execute function correction_belongs();
comment on table correction is 'A factual correction the person asked for; the opinion itself is the clinician''s';

create table released_report (
  organisation_id uuid not null,
  service_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  version int not null,
  referral_id uuid not null,
  person_id uuid not null,
  recipients uuid[] not null check (cardinality(recipients) > 0),
  content jsonb not null,
  author_name text not null,
  consent_no int not null,
  released_at timestamptz not null,
  primary key (organisation_id, id),
  unique (service_id, report_id, version),
  unique (service_id, id),
  foreign key (service_id, report_id, version) references report_version (service_id, report_id, version),
  foreign key (service_id, report_id, consent_no) references consent_event (service_id, report_id, event_no),
  foreign key (organisation_id, referral_id) references referral (organisation_id, id),
  foreign key (organisation_id, person_id) references person
);
comment on table released_report is 'What the employer received, immutable; there is no other way for a report to reach the employer';

-- A version, a consent event and a release of one report happen one after the other: each trigger takes this lock
-- first. That only serialises when every statement sees what was committed before it, so a transaction with an
-- older snapshot (repeatable read) is refused: it would release on a consent that has been withdrawn meanwhile.
-- +goose StatementBegin
create function report_lock(report uuid) returns void language plpgsql as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'a report changes at read committed only' using errcode = 'RW003';
  end if;
  perform pg_advisory_xact_lock(hashtextextended(report::text, 7));
end $$;
-- +goose StatementEnd

-- A version belongs to its report's person, versions follow one another, and a signed one never changes.
-- A signature is dated when it is made: one dated back would shorten the days to object. Only an installation of
-- invented data has a past to make up.
-- +goose StatementBegin
create function report_version_guard() returns trigger language plpgsql as $$
begin
  perform report_lock(new.report_id);
  if tg_op = 'UPDATE' then
    if old.signed_at is not null then
      raise exception 'a signed report version does not change' using errcode = 'RW001';
    end if;
  elsif not exists (select 1 from report r where r.service_id = new.service_id and r.id = new.report_id and r.organisation_id = new.organisation_id and r.person_id = new.person_id) then
    raise exception 'a version is about the person of its report' using errcode = 'RW002';
  elsif new.version <> 1 + (select coalesce(max(w.version), 0) from report_version w where w.service_id = new.service_id and w.report_id = new.report_id)
      or exists (select 1 from report_version w where w.service_id = new.service_id and w.report_id = new.report_id and w.signed_at is null) then
    raise exception 'a new version follows a signed one' using errcode = 'RW002';
  end if;
  if new.signed_at > now() + interval '1 minute' then
    raise exception 'a signature is not in the future' using errcode = 'RW002';
  end if;
  if new.signed_at < now() - interval '15 minutes' and not exists (select 1 from installation where demo) then
    raise exception 'a signature is not dated back' using errcode = 'RW002';
  end if;
  if new.signed_at < (select max(w.signed_at) from report_version w where w.service_id = new.service_id and w.report_id = new.report_id and w.version < new.version) then
    raise exception 'a signature is not earlier than the one before it' using errcode = 'RW002';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger report_version_guard before insert or update on report_version for each row execute function report_version_guard();
-- +goose StatementBegin
create function consent_event_number() returns trigger language plpgsql as $$
begin
  perform report_lock(new.report_id);
  new.event_no := coalesce((select max(c.event_no) from consent_event c where c.service_id = new.service_id and c.report_id = new.report_id), 0) + 1;
  if new.at > now() + interval '1 minute' then
    raise exception 'a consent event is not in the future' using errcode = 'RW002';
  end if;
  if new.at < (select max(c.at) from consent_event c where c.service_id = new.service_id and c.report_id = new.report_id) then
    raise exception 'a consent event is not earlier than the one before it' using errcode = 'RW002';
  end if;
  if not exists (select 1 from report r where r.service_id = new.service_id and r.id = new.report_id and r.person_id = new.person_id and r.organisation_id = new.organisation_id and new.recipients <@ r.recipients) then
    raise exception 'a consent event names another person or recipient than its report' using errcode = 'RW002';
  end if;
  if new.kind = 'choice' and exists (select 1 from report_version v where v.service_id = new.service_id and v.report_id = new.report_id and v.signed_at is not null) then
    raise exception 'an early choice is made before the first signature' using errcode = 'RW002';
  end if;
  if new.kind in ('given','refused','correction_asked') and not exists (select 1 from report_version v where v.service_id = new.service_id and v.report_id = new.report_id and v.version = new.version and v.signed_at <= new.at) then
    raise exception 'a consent event names a version that is not signed' using errcode = 'RW002';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger consent_event_number before insert on consent_event for each row execute function consent_event_number();

-- The rule of release (clinical.md 1.8, C01-C09). new.consent_no must name a live event that covers it:
--   given   for this very version and all these recipients, with no refusal, withdrawal or correction after it;
--   choice  "now", made before the first signature, for the first signed version only;
--   choice  "after_days", likewise, and N whole days after the signature have passed.
-- +goose StatementBegin
create function released_report_needs_consent() returns trigger language plpgsql as $$
declare
  v report_version%rowtype;
  c consent_event%rowtype;
  r report%rowtype;
begin
  perform report_lock(new.report_id);
  select * into r from report where service_id = new.service_id and id = new.report_id;
  select * into v from report_version where service_id = new.service_id and report_id = new.report_id and version = new.version;
  select * into c from consent_event where service_id = new.service_id and report_id = new.report_id and event_no = new.consent_no;
  if r.id is null or v.report_id is null or c.report_id is null then
    raise exception 'release refused: no report, version or consent' using errcode = 'RW003';
  end if;
  if r.organisation_id <> new.organisation_id or r.referral_id <> new.referral_id or r.person_id <> new.person_id then
    raise exception 'release refused: it belongs to another referral or person' using errcode = 'RW003';
  end if;
  if v.signed_at is null or v.signed_at > new.released_at or v.content <> new.content or v.author_name <> new.author_name then
    raise exception 'release refused: not the signed text' using errcode = 'RW003';
  end if;
  if new.released_at > now() + interval '1 minute' or c.at > new.released_at then
    raise exception 'release refused: dated before its consent or in the future' using errcode = 'RW003';
  end if;
  if exists (select 1 from report_version w where w.service_id = new.service_id and w.report_id = new.report_id and w.version > new.version and w.signed_at is not null) then
    raise exception 'release refused: a newer version is signed' using errcode = 'RW003';
  end if;
  if not new.recipients <@ r.recipients or not new.recipients <@ c.recipients then
    raise exception 'release refused: a recipient the person did not agree to' using errcode = 'RW003';
  end if;
  if exists (select 1 from consent_event w where w.service_id = new.service_id and w.report_id = new.report_id and w.event_no > c.event_no) then
    raise exception 'release refused: the person has said something since' using errcode = 'RW003';
  end if;
  if c.kind = 'given' then
    if c.version <> new.version then
      raise exception 'release refused: consent was for another version' using errcode = 'RW003';
    end if;
  elsif c.kind = 'choice' and c.choice in ('now','after_days') then
    if exists (select 1 from report_version w where w.service_id = new.service_id and w.report_id = new.report_id and w.version < new.version and w.signed_at is not null) or c.at > v.signed_at then
      raise exception 'release refused: early consent binds only the first signed version' using errcode = 'RW003';
    end if;
    if c.choice = 'after_days' and new.released_at < v.signed_at + c.days * interval '24 hours' then
      raise exception 'release refused: the days to object are not over' using errcode = 'RW003';
    end if;
  else
    raise exception 'release refused: no live consent' using errcode = 'RW003';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger released_report_needs_consent before insert on released_report for each row execute function released_report_needs_consent();
-- +goose StatementBegin
create function never_changes() returns trigger language plpgsql as $$
begin
  raise exception '% does not change', tg_table_name using errcode = 'RW001';
end $$;
-- +goose StatementEnd
create trigger released_report_never_changes before update or delete or truncate on released_report for each statement execute function never_changes();
create trigger consent_event_never_changes before update or delete or truncate on consent_event for each statement execute function never_changes();
create trigger audit_event_never_changes before update or delete or truncate on audit_event for each statement execute function never_changes();
create trigger activity_never_changes before update or delete or truncate on activity for each statement execute function never_changes();

create table report_receipt (
  organisation_id uuid not null,
  service_id uuid not null,
  released_id uuid not null,
  person_id uuid not null,
  first_read_at timestamptz not null,
  answered text check (answered in ('yes','partly','no')),
  answered_at timestamptz,
  primary key (organisation_id, released_id, person_id),
  unique (service_id, released_id, person_id),
  foreign key (organisation_id, released_id) references released_report (organisation_id, id),
  check ((answered is null) = (answered_at is null))
);
comment on table report_receipt is 'Which recipient opened a released report, and when first';
comment on column report_receipt.answered is 'whether they say that the report answered their questions: asked once, and nobody has to say';
-- +goose StatementBegin
create function report_receipt_answered_once() returns trigger language plpgsql as $$
begin
  if old.answered is not null then
    raise exception 'what a recipient said of a report does not change' using errcode = 'RW001';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger report_receipt_answered_once before update on report_receipt for each row execute function report_receipt_answered_once();

create table adjustment (
  organisation_id uuid not null,
  service_id uuid not null,
  released_id uuid not null,
  n int not null,
  person_id uuid not null,
  referral_id uuid not null,
  kind text not null,
  detail text not null,
  starts_on date,
  ends_on date,
  status text not null default 'advised' check (status in ('advised','done','not_possible','later')),
  status_reason text,
  status_by uuid,
  status_at timestamptz,
  primary key (organisation_id, released_id, n),
  unique (service_id, released_id, n),
  foreign key (organisation_id, released_id) references released_report (organisation_id, id),
  check (status <> 'not_possible' or status_reason is not null)
);
comment on table adjustment is 'Each adjustment of a released report, and what the manager did with it';
-- The manager reads adjustments as rows, so a row says what the released text says and nothing else.
-- +goose StatementBegin
create function adjustment_is_released() returns trigger language plpgsql as $$
declare
  r released_report%rowtype;
  a jsonb;
begin
  select * into r from released_report where organisation_id = new.organisation_id and id = new.released_id;
  a := r.content -> 'adjustments' -> (new.n - 1);
  if new.n < 1 or a is null or r.service_id <> new.service_id or r.person_id <> new.person_id or r.referral_id <> new.referral_id
      or new.kind is distinct from (a ->> 'kind') or new.detail is distinct from (a ->> 'detail')
      or to_char(new.starts_on, 'YYYY-MM-DD') is distinct from (a ->> 'start') or to_char(new.ends_on, 'YYYY-MM-DD') is distinct from (a ->> 'end')
      or new.status <> 'advised' or new.status_reason is not null then
    raise exception 'release refused: an adjustment that the released report does not have' using errcode = 'RW003';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger adjustment_is_released before insert on adjustment for each row execute function adjustment_is_released();

create table disclosure (
  service_id uuid not null,
  id uuid not null,
  casefile_id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  recipient text not null,
  ground text not null check (ground in ('law','serious_risk_to_others')),
  statement bytea not null,
  rationale bytea not null,
  first_account uuid not null,
  first_at timestamptz not null,
  asked_account uuid not null,
  asked_name text not null,
  second_account uuid,
  second_at timestamptz,
  told_person boolean not null,
  not_told_reason bytea,
  primary key (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id),
  check (told_person or not_told_reason is not null),
  check (second_account is null or second_account <> first_account),
  check (asked_account <> first_account)
);
create index on disclosure (service_id, asked_account) where second_at is null;
comment on column disclosure.asked_account is 'whom the first clinician asks to decide with them; a colleague who looks after the person may decide instead';
-- Two people decide, each for themselves, and a decided one never changes.
-- +goose StatementBegin
create function disclosure_decided() returns trigger language plpgsql as $$
declare
  me uuid := nullif(current_setting('app.account', true), '')::uuid;
begin
  if tg_op = 'INSERT' and (new.second_account is not null or new.second_at is not null or new.first_account is distinct from me)
     or tg_op = 'UPDATE' and (new.second_account is distinct from me or new.second_at is null) then
    raise exception 'a disclosure is decided by two people, each for themselves' using errcode = 'RW002';
  end if;
  if tg_op = 'UPDATE' and old.second_at is not null then
    raise exception 'a decided disclosure does not change' using errcode = 'RW001';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger disclosure_decided before insert or update on disclosure for each row execute function disclosure_decided();
comment on column disclosure.statement is 'sealed (care/sealed), as are rationale and not_told_reason';
comment on table disclosure is 'Disclosure without consent: a minimum statement to a named recipient, decided by two senior clinicians; never the report';

call wall.close('report');
call wall.close('report_version');
call wall.close('consent_event');
call wall.close('correction');
call wall.close('released_report');
call wall.close('report_receipt');
call wall.close('adjustment');
call wall.close('disclosure');
call wall.allow('report', 'rowan_clinical', 'siu', 'service', 'notice_version');
call wall.allow('report', 'rowan_portal', 's', 'own');
call wall.allow('report_version', 'rowan_clinical', 'siu', 'service', 'content, saved_at, signed_at, author_account, author_name');
call wall.allow('report_version', 'rowan_portal', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and signed_at is not null$$);
call wall.allow('consent_event', 'rowan_clinical', 's', 'service');
-- OH records a choice only as an assisted one, with who, how and the words; never as if the person had clicked.
call wall.allow('consent_event', 'rowan_clinical', 'i', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and assisted and recorder_account = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('consent_event', 'rowan_portal', 's', 'own');
call wall.allow('consent_event', 'rowan_portal', 'i', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and not assisted$$);
call wall.allow('correction', 'rowan_clinical', 'su', 'service', 'answer, answered_at, answered_by');
call wall.allow('correction', 'rowan_portal', 'si', 'own');
call wall.allow('released_report', 'rowan_clinical', 'si', 'service');
call wall.allow('released_report', 'rowan_portal', 's', 'own');
call wall.allow('released_report', 'rowan_employer', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and (select nullif(current_setting('app.person', true), '')::uuid) = any (recipients)$$);
call wall.allow('report_receipt', 'rowan_clinical', 's', 'service');
call wall.allow('report_receipt', 'rowan_employer', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid)$$);
-- Only a recipient has a receipt: the inner select is bound by the policy of released_report.
call wall.allow('report_receipt', 'rowan_employer', 'i', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and exists (select 1 from released_report r where r.organisation_id = report_receipt.organisation_id and r.service_id = report_receipt.service_id and r.id = report_receipt.released_id)$$);
call wall.allow('report_receipt', 'rowan_employer', 'u', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid)$$, 'answered, answered_at');
call wall.allow('adjustment', 'rowan_clinical', 'si', 'service');
call wall.allow('adjustment', 'rowan_portal', 's', 'own');
call wall.allow('adjustment', 'rowan_employer', 'su', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and exists (select 1 from released_report r where r.organisation_id = adjustment.organisation_id and r.id = adjustment.released_id)$$, 'status, status_reason, status_by, status_at');
call wall.allow('disclosure', 'rowan_clinical', 'siu', 'service', 'second_account, second_at');
-- The person is told of a disclosure unless that adds risk; then not even their own pages show it.
call wall.allow('disclosure', 'rowan_portal', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and told_person and second_at is not null$$);

-- +goose Down
drop trigger activity_never_changes on activity;
drop trigger audit_event_never_changes on audit_event;
drop table disclosure, adjustment, report_receipt, released_report, correction, consent_event, report_version, report;
drop function released_report_needs_consent, consent_event_number, report_version_guard, report_belongs, correction_belongs, report_receipt_answered_once, adjustment_is_released, disclosure_decided, never_changes, report_lock;
