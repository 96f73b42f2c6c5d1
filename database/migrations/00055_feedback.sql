-- Feedback read, themed and answered. What somebody wrote stays with the service; growth gets counts and
-- the quotes that were released.

-- +goose Up
alter table feedback add column audience text not null default 'person' check (audience in ('person','manager','course'));
alter table feedback add column quotable boolean not null default false;
alter table feedback add constraint feedback_quotable unique (service_id, id, quotable);
comment on column feedback.audience is 'Of whom it was asked: who was seen, the manager who referred, who took a course';
comment on column feedback.quotable is 'They agreed that the comment may be quoted without a name';

create table feedback_asked (
  service_id uuid not null references service,
  id uuid not null,
  organisation_id uuid not null references organisation,
  month date not null check (extract(day from month) = 1),
  audience text not null check (audience in ('person','manager','course')),
  source text not null,
  staff_group text not null default '',
  site text not null default '',
  answered boolean not null default false,
  primary key (service_id, id)
);
comment on table feedback_asked is 'Who is missing: for each invitation its groups, and whether it was answered; never by which answer. Who writes it cannot read it, and what is read of it is a count';
comment on column feedback_asked.id is 'Made from the case, and carried by the link: neither leads back to it';

create table feedback_reading (
  service_id uuid not null references service,
  feedback_id uuid not null,
  version int not null check (version > 0),
  organisation_id uuid not null references organisation,
  month date not null,
  audience text not null,
  themes text[] not null,
  tone text not null check (tone in ('well','better','mixed')),
  aside boolean not null,
  pack int not null,
  read_at timestamptz not null,
  by_account uuid not null,
  by_name text not null,
  primary key (service_id, feedback_id, version),
  foreign key (service_id, feedback_id) references feedback (service_id, id),
  check (aside or cardinality(themes) between 1 and 3)
);
comment on table feedback_reading is 'How a comment was read, by whom; the highest version stands. aside: it may show who wrote it, so it is shown and counted no more';

create table feedback_quote (
  service_id uuid not null references service,
  id uuid not null,
  organisation_id uuid not null references organisation,
  feedback_id uuid not null,
  quotable boolean not null check (quotable),
  month date not null,
  audience text not null,
  theme text not null,
  words text not null check (words <> ''),
  released_at timestamptz not null,
  released_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  check ((withdrawn_at is null) = (withdrawn_by is null)),
  primary key (service_id, id),
  unique (organisation_id, id),
  foreign key (service_id, feedback_id, quotable) references feedback (service_id, id, quotable)
);
comment on table feedback_quote is 'Words that the team released, of a comment whose writer agreed: without that the reference refuses them';
create unique index on feedback_quote (service_id, feedback_id) where withdrawn_at is null;

create table rollup_feedback_asked (
  service_id uuid not null references service,
  organisation_id uuid not null references organisation,
  month date not null,
  audience text not null,
  dimension text not null check (dimension in ('all','source','staff_group','site')),
  code text not null,
  asked bigint not null,
  answered bigint not null,
  primary key (service_id, organisation_id, month, audience, dimension, code),
  unique (organisation_id, service_id, month, audience, dimension, code)
);
create table rollup_feedback_theme (
  service_id uuid not null references service,
  organisation_id uuid not null references organisation,
  month date not null,
  audience text not null,
  theme text not null,
  tone text not null,
  n bigint not null,
  primary key (service_id, organisation_id, month, audience, theme, tone),
  unique (organisation_id, service_id, month, audience, theme, tone)
);

create table said_did (
  organisation_id uuid not null references organisation,
  id uuid not null,
  service_id uuid not null references service,
  theme text not null,
  said text not null check (said <> ''),
  did text not null check (did <> ''),
  action_id uuid,
  review_on date not null,
  state text not null check (state in ('draft','published','withdrawn')),
  version int not null check (version > 0),
  changed_at timestamptz not null,
  changed_by text not null,
  shown_at timestamptz,
  primary key (organisation_id, id),
  check ((state = 'published') = (shown_at is not null))
);
comment on column said_did.shown_at is 'Since when staff read it; empty while they do not';
comment on table said_did is 'You said, we did: what people said, what came of it, and when it is looked at again. Staff read what is published';

call wall.close('feedback_asked');
call wall.close('feedback_reading');
call wall.close('feedback_quote');
call wall.close('rollup_feedback_asked');
call wall.close('rollup_feedback_theme');
call wall.close('said_did');

-- Asked behind the clinical wall, answered behind the hall's, counted by the worker: nobody reads which invitation it was.
call wall.allow('feedback_asked', 'rowan_clinical', 'i', 'service');
call wall.allow('feedback_asked', 'rowan_hall', 's', 'all', 'service_id, id', true);
call wall.allow('feedback_asked', 'rowan_hall', 'u', 'all', 'answered');
call wall.allow('feedback_asked', 'rowan_worker', 's', 'all', 'service_id, organisation_id, month, audience, source, staff_group, site, answered', true);
call wall.allow('feedback_reading', 'rowan_clinical', 'si', 'service');
call wall.allow('feedback_reading', 'rowan_worker', 's', 'all', 'service_id, organisation_id, feedback_id, version, month, audience, themes, tone, aside', true);
grant select (audience) on feedback to rowan_worker;
call wall.allow('feedback_quote', 'rowan_clinical', 'siu', 'service', 'withdrawn_at, withdrawn_by');
call wall.allow('feedback_quote', 'rowan_growth', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and withdrawn_by is null$$, 'service_id, organisation_id, id, month, audience, theme, words, released_at', true);
call wall.allow('rollup_feedback_asked', 'rowan_worker', 'siud', 'all');
call wall.allow('rollup_feedback_asked', 'rowan_clinical', 's', 'service');
call wall.allow('rollup_feedback_theme', 'rowan_worker', 'siud', 'all');
call wall.allow('rollup_feedback_theme', 'rowan_clinical', 's', 'service');
call wall.allow('rollup_feedback_theme', 'rowan_growth', 's', 'service');

call wall.allow('said_did', 'rowan_growth', 'siu', 'organisation', 'theme, said, did, action_id, review_on, state, version, changed_at, changed_by, shown_at');
call wall.allow('said_did', 'rowan_portal', 's', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and shown_at is not null$$, 'organisation_id, id, service_id, theme, said, did, shown_at', true);

-- +goose Down
drop table said_did, rollup_feedback_theme, rollup_feedback_asked, feedback_quote, feedback_reading, feedback_asked;
revoke select (audience) on feedback from rowan_worker;
alter table feedback drop constraint feedback_quotable, drop column quotable, drop column audience;
