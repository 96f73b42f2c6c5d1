-- The service development framework: a community of practice writes versions and asks its members in co-design rounds; an organisation
-- takes a version up for its self-assessment; both sides of a contract say how they see the service that is bought.

-- +goose Up
create table framework_version (
  organisation_id uuid not null references community (organisation_id),
  id uuid not null,
  number int not null check (number > 1),
  name text not null check (name <> ''),
  source text not null check (source <> ''),
  state text not null check (state in ('draft','published')),
  themes jsonb not null,
  effective_from date,
  summary text not null default '',
  reasons jsonb not null default '[]',
  version int not null check (version > 0),
  started_at timestamptz not null,
  started_by text not null,
  published_at timestamptz,
  published_by text not null default '',
  primary key (organisation_id, id),
  unique (organisation_id, number),
  check ((state = 'published') = (published_at is not null)),
  check ((state = 'published') = (effective_from is not null)),
  check (state = 'draft' or summary <> '' and published_by <> '')
);
create unique index framework_version_one_draft on framework_version (organisation_id) where state = 'draft';
comment on table framework_version is 'A version of the framework, by the community that wrote it. Version 1 is content/packs/maturity.yaml. What is published never changes';
comment on column framework_version.reasons is 'Why each theme that differs from the version before was changed';

create table framework_round (
  organisation_id uuid not null,
  id uuid not null,
  version_id uuid not null,
  number int not null,
  about text not null check (about <> ''),
  questions text[] not null,
  themes jsonb not null,
  opens_on date not null,
  closes_on date not null,
  opened_at timestamptz not null,
  opened_by text not null,
  ended_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, version_id) references framework_version (organisation_id, id),
  check (closes_on >= opens_on)
);
create index on framework_round (organisation_id, version_id);
comment on table framework_round is 'A round in which members are asked about a draft; themes are the draft as it was asked about';

create table framework_comment (
  organisation_id uuid not null,
  post_id uuid not null,
  round_id uuid not null,
  theme text not null,
  spot text not null check (spot in ('','internal','procured','evidence')),
  level int not null check (level between 0 and 5),
  question int not null check (question >= 0),
  home_id uuid not null references organisation,
  primary key (organisation_id, post_id),
  foreign key (organisation_id, post_id) references community_post (organisation_id, id),
  foreign key (organisation_id, round_id) references framework_round (organisation_id, id),
  check ((theme = '') = (question > 0)),
  check ((spot = '') = (level = 0)),
  check (theme <> '' or level = 0)
);
create index on framework_comment (organisation_id, round_id);
comment on table framework_comment is 'What a comment is about: a theme, the words of a level, or a question of the round (from 1 on). Its own words are a community_post';

create table framework_agreement (
  organisation_id uuid not null,
  post_id uuid not null,
  account_id uuid not null,
  home_id uuid not null references organisation,
  agreed_at timestamptz not null,
  primary key (organisation_id, post_id, account_id),
  foreign key (organisation_id, post_id) references framework_comment (organisation_id, post_id)
);
comment on table framework_agreement is 'That a member agrees with a comment of somebody else, once';

create table framework_answer (
  organisation_id uuid not null,
  post_id uuid not null,
  verdict text not null check (verdict in ('taken','part','not')),
  words text not null check (words <> ''),
  answered_at timestamptz not null,
  answered_by text not null,
  primary key (organisation_id, post_id),
  foreign key (organisation_id, post_id) references framework_comment (organisation_id, post_id)
);
comment on table framework_answer is 'What the host does about a comment, and why';

-- A comment is a text of the community, with the life that every text has.
alter table community_post drop constraint community_post_kind_check;
alter table community_post add constraint community_post_kind_check check (kind in ('question','answer','resource','paper','comment'));

create table maturity_taken (
  organisation_id uuid not null references organisation,
  id uuid not null,
  host_id uuid not null references organisation,
  host_name text not null,
  number int not null check (number > 1),
  name text not null check (name <> ''),
  source text not null,
  effective_from date not null,
  themes jsonb not null,
  summary text not null,
  reasons jsonb not null,
  taken_at timestamptz not null,
  taken_by text not null,
  primary key (organisation_id, id)
);
comment on table maturity_taken is 'A published version of the framework that an organisation took up for its self-assessment, as it was published';
alter table maturity_rating add column number int not null default 1, add column taken_id uuid,
  add foreign key (organisation_id, taken_id) references maturity_taken (organisation_id, id);
comment on column maturity_rating.number is 'The version of our framework under which it was made; of any other framework 1';

create table contract_rating (
  organisation_id uuid not null references organisation,
  id uuid not null,
  client_id uuid not null references organisation,
  side text not null check (side in ('client','service')),
  theme text not null check (theme <> ''),
  title text not null check (title <> ''),
  level int not null check (level between 1 and 5),
  words text not null check (words <> ''),
  number int not null check (number > 0),
  source text not null,
  evidence text not null check (evidence <> ''),
  next_step text not null,
  rated_on date not null,
  saved_at timestamptz not null,
  by_name text not null,
  primary key (organisation_id, id)
);
create index on contract_rating (organisation_id, client_id);
create index on contract_rating (client_id);
comment on table contract_rating is 'How one side of a contract sees the service that is bought, of one theme on one day; organisation_id provides it. Never changed';
comment on column contract_rating.words is 'The words of the level as they stood in that version';

call wall.close('framework_version');
call wall.close('framework_round');
call wall.close('framework_comment');
call wall.close('framework_agreement');
call wall.close('framework_answer');
call wall.close('maturity_taken');
call wall.close('contract_rating');

-- A draft is read and written at its host alone. What is published, every organisation below the host reads, member or not; no policy lets
-- anybody change it.
call wall.allow('framework_version', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or state = 'published' and organisation_id = any ((select community_above())::uuid[])$$);
call wall.allow('framework_version', 'rowan_growth', 'i', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and state = 'draft'$$);
grant update (name, source, state, themes, effective_from, summary, reasons, version, published_at, published_by) on framework_version to rowan_growth;
create policy rowan_growth_update on framework_version for update to rowan_growth
  using (organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and state = 'draft')
  with check (organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid));

call wall.allow('framework_round', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = (select community_mine())$$);
-- The text that was asked about, its questions and its first day stay as they are. A round is of a draft.
call wall.allow('framework_round', 'rowan_growth', 'i', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and exists (select 1 from framework_version v where v.organisation_id = framework_round.organisation_id and v.id = framework_round.version_id and v.state = 'draft')$$);
call wall.allow('framework_round', 'rowan_growth', 'u', 'organisation', 'closes_on, ended_at');

-- Who reads a comment's words reads what it is about. A member adds one of their own, in a round that nobody has ended.
call wall.allow('framework_comment', 'rowan_growth', 's', $$exists (select 1 from community_post p where p.organisation_id = framework_comment.organisation_id and p.id = framework_comment.post_id)$$);
call wall.allow('framework_comment', 'rowan_growth', 'i', $$organisation_id = (select community_mine()) and home_id = (select nullif(current_setting('app.organisation', true), '')::uuid)
  and exists (select 1 from community_post p where p.organisation_id = framework_comment.organisation_id and p.id = framework_comment.post_id and p.kind = 'comment' and p.author_account = (select nullif(current_setting('app.account', true), '')::uuid))
  and exists (select 1 from framework_round r where r.organisation_id = framework_comment.organisation_id and r.id = framework_comment.round_id and r.ended_at is null)$$);

-- Each agrees for themselves, with what somebody else has published.
call wall.allow('framework_agreement', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = (select community_mine())$$);
call wall.allow('framework_agreement', 'rowan_growth', 'i', $$organisation_id = (select community_mine()) and account_id = (select nullif(current_setting('app.account', true), '')::uuid) and home_id = (select nullif(current_setting('app.organisation', true), '')::uuid)
  and exists (select 1 from community_post p where p.organisation_id = framework_agreement.organisation_id and p.id = framework_agreement.post_id and p.state = 'published' and p.author_account <> (select nullif(current_setting('app.account', true), '')::uuid))$$);
call wall.allow('framework_agreement', 'rowan_growth', 'd', $$organisation_id = (select community_mine()) and account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$);

-- The host answers, until the version is published.
call wall.allow('framework_answer', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = (select community_mine())$$);
call wall.allow('framework_answer', 'rowan_growth', 'iu', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and exists (select 1 from framework_comment c join framework_round r on r.organisation_id = c.organisation_id and r.id = c.round_id join framework_version v on v.organisation_id = r.organisation_id and v.id = r.version_id
  where c.organisation_id = framework_answer.organisation_id and c.post_id = framework_answer.post_id and v.state = 'draft')$$, 'verdict, words, answered_at, answered_by');

call wall.allow('maturity_taken', 'rowan_growth', 'si', 'organisation');

-- Both sides read what either says; each says its own, and the client of a service with which it has or had a contract.
call wall.allow('contract_rating', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or client_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$);
call wall.allow('contract_rating', 'rowan_growth', 'i', $$(side = 'service' and organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or side = 'client' and client_id = (select nullif(current_setting('app.organisation', true), '')::uuid))
  and exists (select 1 from contract c join service s on s.id = c.service_id where s.organisation_id = contract_rating.organisation_id and c.organisation_id = contract_rating.client_id)$$);

-- +goose Down
drop table contract_rating;
alter table maturity_rating drop column taken_id, drop column number;
drop table maturity_taken, framework_answer, framework_agreement, framework_comment, framework_round, framework_version;
alter table community_post drop constraint community_post_kind_check;
alter table community_post add constraint community_post_kind_check check (kind in ('question','answer','resource','paper'));
