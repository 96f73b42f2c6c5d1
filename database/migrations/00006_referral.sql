-- Referrals. The employer's half (what the manager wrote, and a state with no clinical meaning) is class
-- "both"; everything OH decides about it lives on the clinical side. A self-referral lives on the clinical
-- side only, so the employer login cannot see that it exists.

-- +goose Up
create table referral_draft (
  organisation_id uuid not null references organisation,
  id uuid not null,
  author_person_id uuid not null,
  person_id uuid,
  kind text not null check (kind in ('management','hr')),
  answers jsonb not null default '{}',
  updated_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, author_person_id) references person (organisation_id, id),
  foreign key (organisation_id, person_id) references person
);
create index on referral_draft (organisation_id, author_person_id);

create table referral (
  organisation_id uuid not null references organisation,
  service_id uuid not null references service,
  id uuid not null,
  kind text not null check (kind in ('management','hr')),
  person_id uuid not null,
  referrer_person_id uuid not null,
  viewers uuid[] not null,
  line uuid[] not null default '{}',
  text jsonb not null,
  version int not null default 1,
  state text not null check (state in ('submitted','returned','accepted','booked','attended','report_pending','reported','not_reported','declined','withdrawn','closed')),
  state_reason text,
  state_note text,
  state_at timestamptz not null,
  submitted_at timestamptz not null,
  primary key (organisation_id, id),
  unique (service_id, id),
  foreign key (organisation_id, person_id) references person,
  foreign key (organisation_id, referrer_person_id) references person (organisation_id, id)
);
comment on column referral.viewers is 'persons of the organisation who may see it: the referrer and those named in the form';
comment on column referral.line is 'those of the viewers who are there as the person''s manager or their delegate, and the referrer; the others were named for themselves. Filled by trigger: who stops being what they were receives no report';
comment on column referral.text is 'what the manager wrote (sheet.Text in Go), latest version';
comment on column referral.state_note is 'what OH asks of the referrer when it returns a referral, in words for the referrer; nothing clinical';
comment on column referral.state is 'what the manager may know; the clinical state is casefile.state';
create index on referral (organisation_id, referrer_person_id, state_at);
create index on referral (organisation_id, person_id);
create index on referral (service_id, state, submitted_at);

-- A manager changes in the workforce record without a trace, so what they were is kept when the referral is made.
-- +goose StatementBegin
create function referral_line() returns trigger language plpgsql as $$
begin
  new.line := array(
    select v.id from unnest(new.viewers) as v(id)
    where v.id = new.referrer_person_id
      or exists (select 1 from post o where o.organisation_id = new.organisation_id and o.person_id = new.person_id and o.manager_person_id = v.id
        and (o.ends_on is null or o.ends_on > new.submitted_at::date))
      or exists (select 1 from delegation d where d.organisation_id = new.organisation_id and d.person_id = new.person_id and d.manager_person_id = v.id
        and d.state = 'confirmed' and d.starts_on <= new.submitted_at::date and d.ends_on > new.submitted_at::date));
  return new;
end $$;
-- +goose StatementEnd
create trigger referral_line before insert on referral for each row execute function referral_line();

create table referral_state (
  organisation_id uuid not null,
  service_id uuid not null,
  referral_id uuid not null,
  step int not null,
  person_id uuid not null,
  state text not null,
  at timestamptz not null,
  primary key (organisation_id, referral_id, step),
  unique (service_id, referral_id, step),
  foreign key (organisation_id, referral_id) references referral (organisation_id, id)
);
comment on table referral_state is 'Every state the referrer saw, and since when; a trigger on referral writes it, so no command can forget';
-- +goose StatementBegin
create function referral_state_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or new.state is distinct from old.state then
    insert into referral_state (organisation_id, service_id, referral_id, step, person_id, state, at)
    select new.organisation_id, new.service_id, new.id, coalesce(max(step), 0) + 1, new.person_id, new.state, new.state_at
    from referral_state where organisation_id = new.organisation_id and referral_id = new.id;
  end if;
  return null;
end $$;
-- +goose StatementEnd
create trigger referral_state_kept after insert or update of state on referral for each row execute function referral_state_kept();

create table referral_version (
  organisation_id uuid not null,
  service_id uuid not null,
  referral_id uuid not null,
  version int not null,
  person_id uuid not null,
  text jsonb not null,
  author_person_id uuid not null,
  at timestamptz not null,
  primary key (organisation_id, referral_id, version),
  unique (service_id, referral_id, version),
  foreign key (organisation_id, referral_id) references referral (organisation_id, id)
);
comment on table referral_version is 'Every text a referral ever had: an amendment adds one, nothing is overwritten';

create table shared_comment (
  organisation_id uuid not null,
  service_id uuid not null,
  id uuid not null,
  referral_id uuid not null,
  person_id uuid not null,
  text text not null,
  at timestamptz not null,
  primary key (organisation_id, id),
  unique (service_id, id),
  foreign key (organisation_id, referral_id) references referral (organisation_id, id)
);
comment on table shared_comment is 'What the person wrote for OH and the manager too';
create index on shared_comment (organisation_id, referral_id);

create table oh_comment (
  service_id uuid not null references service,
  id uuid not null,
  organisation_id uuid not null,
  referral_id uuid not null,
  person_id uuid not null,
  text bytea not null,
  at timestamptz not null,
  primary key (service_id, id),
  foreign key (organisation_id, referral_id) references referral (organisation_id, id)
);
comment on table oh_comment is 'What the person wrote for OH only';
comment on column oh_comment.text is 'sealed (care/sealed)';
create index on oh_comment (service_id, referral_id);

create table self_referral (
  service_id uuid not null references service,
  id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  reason text not null,
  text bytea not null,
  contact text not null,
  at timestamptz not null,
  primary key (service_id, id),
  foreign key (organisation_id, person_id) references person
);
comment on column self_referral.text is 'sealed (care/sealed)';

create table casefile (
  service_id uuid not null references service,
  id uuid not null,
  organisation_id uuid not null,
  person_id uuid not null,
  source text not null check (source in ('management','hr','self')),
  referral_id uuid,
  self_referral_id uuid,
  state text not null check (state in ('received','returned','awaiting_booking','booked','attended','report_draft','report_signed','with_person','closed','merged')),
  state_at timestamptz not null,
  received_at timestamptz not null,
  complete_at timestamptz,
  reason text not null,
  priority text check (priority in ('P0','P1','P2','P3')),
  pathway text,
  owner_account uuid,
  due_on date,
  merged_into uuid,
  closed_at timestamptz,
  closing_reason text,
  primary key (service_id, id),
  foreign key (organisation_id, person_id) references person,
  foreign key (service_id, referral_id) references referral (service_id, id),
  foreign key (service_id, self_referral_id) references self_referral (service_id, id),
  foreign key (service_id, merged_into) references casefile (service_id, id),
  check ((source = 'self') = (self_referral_id is not null)),
  check ((source = 'self') = (referral_id is null))
);
comment on column casefile.complete_at is 'when the administrator found the referral complete';
comment on column casefile.due_on is 'the working-day target for the step it is in';
create index on casefile (service_id, state, priority, received_at);
create index on casefile (service_id, organisation_id, person_id);
create unique index on casefile (service_id, referral_id) where referral_id is not null;

create table casefile_state (
  service_id uuid not null,
  casefile_id uuid not null,
  step int not null,
  state text not null,
  at timestamptz not null,
  actor_account uuid,
  primary key (service_id, casefile_id, step),
  foreign key (service_id, casefile_id) references casefile (service_id, id)
);
comment on table casefile_state is 'Every state a case was in, and when it entered it';

create table triage (
  service_id uuid not null,
  id uuid not null,
  casefile_id uuid not null,
  outcome text not null,
  priority text check (priority in ('P0','P1','P2','P3')),
  rationale bytea not null,
  message_to_referrer text,
  by_account uuid not null,
  at timestamptz not null,
  primary key (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id)
);
comment on column triage.rationale is 'sealed (care/sealed)';
create index on triage (service_id, casefile_id);

create table clock_pause (
  service_id uuid not null,
  id uuid not null,
  casefile_id uuid not null,
  reason text not null check (reason in ('returned','awaiting_evidence','with_person','person_unavailable')),
  starts_at timestamptz not null,
  ends_at timestamptz,
  by_account uuid,
  primary key (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id),
  check (ends_at is null or ends_at >= starts_at)
);
create index on clock_pause (service_id, casefile_id);

create table task (
  service_id uuid not null references service,
  id uuid not null,
  casefile_id uuid not null,
  kind text not null check (kind in ('urgent_help','see_person','complete_referral','follow_up','refer_on','correction','report','recipient_changed')),
  priority text not null check (priority in ('P0','P1','P2','P3')),
  owner_account uuid,
  created_at timestamptz not null,
  due_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  done_at timestamptz,
  primary key (service_id, id),
  foreign key (service_id, casefile_id) references casefile (service_id, id)
);
create index on task (service_id, done_at, priority, due_at);
create index on task (service_id, casefile_id);

call wall.close('referral_draft');
call wall.close('referral');
call wall.close('referral_state');
call wall.close('referral_version');
call wall.close('shared_comment');
call wall.close('oh_comment');
call wall.close('self_referral');
call wall.close('casefile');
call wall.close('casefile_state');
call wall.close('triage');
call wall.close('clock_pause');
call wall.close('task');

call wall.allow('referral_draft', 'rowan_employer', 'siud', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and author_person_id = (select nullif(current_setting('app.person', true), '')::uuid)$$);
-- A referral opens to its viewers alone, not to the whole employer.
call wall.allow('referral', 'rowan_employer', 'siu', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and (select nullif(current_setting('app.person', true), '')::uuid) = any (viewers)$$, 'text, version, state, state_reason, state_note, state_at');
call wall.allow('referral', 'rowan_clinical', 's', 'service');
call wall.allow('referral', 'rowan_clinical', 'u', 'service', 'state, state_reason, state_note, state_at');
call wall.allow('referral', 'rowan_portal', 's', 'own');
-- Booking and cancelling their own appointment moves the state; a person can move it nowhere else.
call wall.allow('referral', 'rowan_portal', 'u', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and state in ('accepted','booked')$$, 'state, state_at');
call wall.allow('referral_state', 'rowan_employer', 'si', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and exists (select 1 from referral r where r.organisation_id = referral_state.organisation_id and r.id = referral_state.referral_id)$$);
call wall.allow('referral_state', 'rowan_clinical', 'si', 'service');
call wall.allow('referral_state', 'rowan_portal', 'si', 'own');
call wall.allow('referral_version', 'rowan_employer', 'si', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and exists (select 1 from referral r where r.organisation_id = referral_version.organisation_id and r.id = referral_version.referral_id)$$);
call wall.allow('referral_version', 'rowan_clinical', 's', 'service');
call wall.allow('referral_version', 'rowan_portal', 's', 'own');
call wall.allow('shared_comment', 'rowan_employer', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and exists (select 1 from referral r where r.organisation_id = shared_comment.organisation_id and r.id = shared_comment.referral_id)$$);
call wall.allow('shared_comment', 'rowan_clinical', 's', 'service');
call wall.allow('shared_comment', 'rowan_portal', 'si', 'own');
call wall.allow('oh_comment', 'rowan_clinical', 's', 'service');
call wall.allow('oh_comment', 'rowan_portal', 'si', 'own');
call wall.allow('self_referral', 'rowan_clinical', 'si', 'service');
call wall.allow('self_referral', 'rowan_portal', 'si', 'own');
call wall.allow('casefile', 'rowan_clinical', 'siu', 'service');
call wall.allow('casefile', 'rowan_portal', 'si', 'own');
call wall.allow('casefile', 'rowan_portal', 'u', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and person_id = (select nullif(current_setting('app.person', true), '')::uuid) and state in ('awaiting_booking','booked')$$, 'state, state_at');
call wall.allow('casefile_state', 'rowan_clinical', 'si', 'service');
call wall.allow('casefile_state', 'rowan_portal', 'si', $$exists (select 1 from casefile c where c.service_id = casefile_state.service_id and c.id = casefile_state.casefile_id)$$);
call wall.allow('triage', 'rowan_clinical', 'si', 'service');
call wall.allow('clock_pause', 'rowan_clinical', 'siu', 'service');
call wall.allow('task', 'rowan_clinical', 'siu', 'service');
call wall.allow('task', 'rowan_portal', 'i', $$kind = 'urgent_help' and exists (select 1 from casefile c where c.service_id = task.service_id and c.id = task.casefile_id)$$);

-- +goose Down
drop table task, clock_pause, triage, casefile_state, casefile, self_referral, oh_comment, shared_comment, referral_version, referral_state, referral, referral_draft;
drop function referral_state_kept, referral_line;
