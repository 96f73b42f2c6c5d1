-- What is written in a community of practice: questions, answers, resources, and the papers of its groups. All of it has one life:
-- published; or held, where it looks like a person, until a moderator has read it; returned with a reason; withdrawn by its writer or
-- recalled by a moderator, after which the row is empty and a notice stays. The functions that its policies ask are in 00062.

-- +goose Up
create table community_group (
  organisation_id uuid not null references community (organisation_id),
  id uuid not null,
  name text not null check (name <> ''),
  about text not null check (about <> ''),
  made_at timestamptz not null,
  made_account uuid not null,
  made_by text not null,
  primary key (organisation_id, id)
);
comment on table community_group is 'A group of a community; every member sees that there is one, and what it is about';

create table community_group_member (
  organisation_id uuid not null,
  group_id uuid not null,
  account_id uuid not null,
  name text not null check (name <> ''),
  admitted boolean not null,
  keeper boolean not null,
  asked_at timestamptz not null,
  primary key (organisation_id, group_id, account_id),
  foreign key (organisation_id, group_id) references community_group (organisation_id, id),
  foreign key (organisation_id, account_id) references community_member (organisation_id, account_id) on delete cascade,
  check (admitted or not keeper)
);
comment on table community_group_member is 'Who is in a group, or asks to be; a keeper admits, and takes out. Who leaves the community leaves its groups';

create table community_post (
  organisation_id uuid not null references community (organisation_id),
  id uuid not null,
  kind text not null check (kind in ('question','answer','resource','paper')),
  about_id uuid,
  group_id uuid,
  topic text not null,
  title text not null,
  words text not null,
  form text not null check (form in ('','text','link','pathway','questions','letter','scenario')),
  address text not null,
  licence text not null,
  review_on date,
  payload jsonb,
  author_account uuid not null,
  author_name text not null check (author_name <> ''),
  author_home text not null,
  state text not null check (state in ('published','held','returned','withdrawn','recalled')),
  marks text[] not null,
  cleared_account uuid,
  reason text not null,
  version int not null check (version > 0),
  made_at timestamptz not null,
  changed_at timestamptz not null,
  ended_at timestamptz,
  ended_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, about_id) references community_post (organisation_id, id),
  foreign key (organisation_id, group_id) references community_group (organisation_id, id),
  check ((kind = 'answer') = (about_id is not null)),
  check ((kind = 'paper') = (group_id is not null)),
  constraint community_post_marked check (state <> 'published' or cardinality(marks) = 0 or cleared_account is not null),
  constraint community_post_cleared_by_another check (cleared_account is null or cleared_account <> author_account),
  constraint community_post_gone check (state not in ('withdrawn','recalled') or title = '' and words = '' and address = '' and payload is null),
  constraint community_post_said check (state in ('withdrawn','recalled') or words <> '' and (kind = 'answer' or title <> '')),
  check (state not in ('returned','recalled') or reason <> ''),
  check ((ended_at is not null) = (state in ('withdrawn','recalled')))
);
create index on community_post (organisation_id, kind, changed_at);
create index on community_post (organisation_id, about_id);
create index on community_post (organisation_id, group_id);
comment on column community_post.marks is 'Of what kind the words are that look like a person; a post with any is published by a moderator alone';
comment on column community_post.cleared_account is 'The moderator who read it and let it be published';
comment on column community_post.payload is 'A template: the steps of a pathway, the questions of a set, a letter with its gaps, or what a scenario assumes';

create table community_use (
  organisation_id uuid not null,
  post_id uuid not null,
  home_id uuid not null references organisation,
  used_at timestamptz not null,
  primary key (organisation_id, post_id, home_id),
  foreign key (organisation_id, post_id) references community_post (organisation_id, id)
);
comment on table community_use is 'That an organisation copied a template into its own service, once';

call wall.close('community_group');
call wall.close('community_group_member');
call wall.close('community_post');
call wall.close('community_use');

-- The groups that the actor keeps.
-- +goose StatementBegin
create function community_kept() returns uuid[]
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(g.group_id), '{}') from community_group_member g
  where g.account_id = nullif(current_setting('app.account', true), '')::uuid and g.keeper and g.organisation_id = community_mine()
$$;
-- +goose StatementEnd

-- How many organisations copied a template: to the nearest 5, and nothing of fewer than 8.
-- +goose StatementBegin
create function community_used(template uuid) returns int
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when count(*) >= 8 then (count(*)::int + 2) / 5 * 5 else 0 end from community_use u
  where u.post_id = community_used.template and u.organisation_id = coalesce(community_mine(), community_moderated())
$$;
-- +goose StatementEnd
revoke all on function community_kept(), community_used(uuid) from public;
grant execute on function community_kept(), community_used(uuid) to rowan_growth;
call wall.allow('community_use', 'rowan_owner', 's', $$organisation_id = any ((select community_above())::uuid[])$$);

call wall.allow('community_group', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = (select community_mine())$$);
call wall.allow('community_group', 'rowan_growth', 'i', $$organisation_id = (select community_mine()) and made_account = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('community_group_member', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = (select community_mine())$$);
-- Each asks for themselves; who made a group is its first keeper.
call wall.allow('community_group_member', 'rowan_growth', 'i', $$organisation_id = (select community_mine()) and account_id = (select nullif(current_setting('app.account', true), '')::uuid) and (not admitted or exists (select 1 from community_group g where g.organisation_id = community_group_member.organisation_id and g.id = community_group_member.group_id and g.made_account = (select nullif(current_setting('app.account', true), '')::uuid)))$$);
call wall.allow('community_group_member', 'rowan_growth', 'u', $$organisation_id = (select community_mine()) and group_id = any ((select community_kept())::uuid[]) and (select nullif(current_setting('app.account', true), '')) is not null$$, 'admitted, keeper');
call wall.allow('community_group_member', 'rowan_growth', 'd', $$organisation_id = (select community_mine()) and (account_id = (select nullif(current_setting('app.account', true), '')::uuid) or group_id = any ((select community_kept())::uuid[]))$$);

-- Members read what is published, and the notice of what is gone; what is held or returned, its writer and the moderators. The papers of a
-- group are read by who is in it: not by other members, and not by the host. One that is held or returned a moderator reads too, and who
-- cleared it reads it afterwards: an update has to leave a row that its actor may see.
call wall.allow('community_post', 'rowan_growth', 's', $$(organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = (select community_mine())) and (
  group_id is null and (state in ('published','withdrawn','recalled') or author_account = (select nullif(current_setting('app.account', true), '')::uuid) or organisation_id = (select community_moderated()))
  or group_id is not null and exists (select 1 from community_group_member g where g.organisation_id = community_post.organisation_id and g.group_id = community_post.group_id and g.account_id = (select nullif(current_setting('app.account', true), '')::uuid) and g.admitted)
    and (state in ('published','withdrawn','recalled') or author_account = (select nullif(current_setting('app.account', true), '')::uuid))
  or organisation_id = (select community_moderated()) and (state in ('held','returned') or cleared_account = (select nullif(current_setting('app.account', true), '')::uuid)))$$);
call wall.allow('community_post', 'rowan_growth', 'i', $$organisation_id = (select community_mine()) and author_account = (select nullif(current_setting('app.account', true), '')::uuid) and state in ('published','held') and cleared_account is null
  and (group_id is null or exists (select 1 from community_group_member g where g.organisation_id = community_post.organisation_id and g.group_id = community_post.group_id and g.account_id = (select nullif(current_setting('app.account', true), '')::uuid) and g.admitted))$$);
-- A writer changes what is theirs, and never what a moderator cleared but to withdraw it. A moderator publishes, returns and recalls; in a
-- group its keepers recall.
grant update (topic, title, words, form, address, licence, review_on, payload, state, marks, cleared_account, reason, version, changed_at, ended_at, ended_by) on community_post to rowan_growth;
create policy rowan_growth_update on community_post for update to rowan_growth
  using (organisation_id = (select community_mine()) and author_account = (select nullif(current_setting('app.account', true), '')::uuid)
    or organisation_id = (select community_moderated()) and (group_id is null or state = 'held')
    or organisation_id = (select community_mine()) and group_id = any ((select community_kept())::uuid[]))
  with check (organisation_id = (select community_mine()) and author_account = (select nullif(current_setting('app.account', true), '')::uuid) and state in ('published','held','withdrawn') and cleared_account is null
    or organisation_id = (select community_moderated()) and state in ('published','returned','recalled')
    or organisation_id = (select community_mine()) and group_id = any ((select community_kept())::uuid[]) and state = 'recalled');

call wall.allow('community_use', 'rowan_growth', 's', $$home_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$);
call wall.allow('community_use', 'rowan_growth', 'i', $$organisation_id = (select community_mine()) and home_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$);

-- +goose Down
drop table community_use, community_post, community_group_member, community_group;
drop function community_used, community_kept;
