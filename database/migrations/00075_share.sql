-- What members of a community share beyond words: letters and scenarios as templates, and where a copy is from; and telling a moderator
-- of a text.

-- +goose Up
create table letter_template (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null check (name <> ''),
  purpose text not null check (purpose <> ''),
  words text not null check (words <> ''),
  in_use boolean not null,
  version int not null check (version > 0),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, id)
);
comment on table letter_template is 'A letter as a service sends it, with gaps in place of everything about a person';

create table community_copy (
  organisation_id uuid not null references organisation,
  object_id uuid not null,
  post_id uuid not null,
  form text not null check (form <> ''),
  path text not null check (path <> ''),
  title text not null check (title <> ''),
  author_name text not null,
  author_home text not null,
  licence text not null,
  review_on date,
  copied_at timestamptz not null,
  copied_by text not null,
  primary key (organisation_id, object_id)
);
comment on table community_copy is 'Where a template that an organisation copied is from, as it was on that day';

create table community_flag (
  organisation_id uuid not null,
  post_id uuid not null,
  account_id uuid not null,
  name text not null check (name <> ''),
  reason text not null check (reason <> ''),
  told_at timestamptz not null,
  settled_at timestamptz,
  settled_by text not null default '',
  primary key (organisation_id, post_id, account_id),
  foreign key (organisation_id, post_id) references community_post (organisation_id, id),
  foreign key (organisation_id, account_id) references community_member (organisation_id, account_id) on delete cascade,
  check ((settled_at is null) = (settled_by = ''))
);
comment on table community_flag is 'That a member told the moderators of a text, once, and why';

call wall.close('letter_template');
call wall.close('community_copy');
call wall.close('community_flag');
call wall.allow('letter_template', 'rowan_growth', 'siu', 'organisation', 'name, purpose, words, in_use, version, changed_at, changed_by');
call wall.allow('community_copy', 'rowan_growth', 'si', 'organisation');
-- Each tells for themselves of what they read; the moderators alone read who told what.
call wall.allow('community_flag', 'rowan_growth', 's', $$organisation_id = (select community_moderated()) and (select nullif(current_setting('app.organisation', true), '')) is not null$$);
call wall.allow('community_flag', 'rowan_growth', 'i', $$organisation_id = (select community_mine()) and account_id = (select nullif(current_setting('app.account', true), '')::uuid) and settled_at is null
  and exists (select 1 from community_post p where p.organisation_id = community_flag.organisation_id and p.id = community_flag.post_id and p.group_id is null and p.state = 'published')$$);
call wall.allow('community_flag', 'rowan_growth', 'u', $$organisation_id = (select community_moderated()) and (select nullif(current_setting('app.account', true), '')) is not null$$, 'settled_at, settled_by');

-- +goose Down
drop table community_flag, community_copy, letter_template;
