-- A community of practice: those who work in occupational health and wellbeing at many organisations, in one place. It is hosted by an
-- organisation above them in the tree (an ICS, a region or the nation), whose rows its rows are; nothing of a member's organisation is
-- opened to it. Who belongs to it is here, by their own choice; what is written in it is in 00063.

-- +goose Up
create table community (
  organisation_id uuid not null references organisation,
  name text not null check (name <> ''),
  about text not null check (about <> ''),
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  by_name text not null,
  primary key (organisation_id)
);
comment on table community is 'A community of practice, by its host';

create table community_member (
  organisation_id uuid not null references community (organisation_id),
  account_id uuid not null,
  home_id uuid not null references organisation,
  name text not null check (name <> ''),
  home_name text not null,
  profession text not null check (profession <> ''),
  alone boolean not null,
  mentors boolean not null,
  contact text not null,
  about text not null,
  skills text[] not null,
  interests text[] not null,
  offers text[] not null,
  wants text[] not null,
  joined_at timestamptz not null,
  confirmed_at timestamptz not null,
  primary key (organisation_id, account_id)
);
comment on table community_member is 'Who joined, and what they wrote of themselves for every member to read; leaving deletes the row';
comment on column community_member.home_name is 'The organisation by name where they agreed to show it, else empty';
comment on column community_member.alone is 'They are the only one of their profession where they work';
comment on column community_member.offers is 'Elements of the framework that they say they are strong at; wants: those that they ask for';

create table community_moderator (
  organisation_id uuid not null references community (organisation_id),
  account_id uuid not null,
  named_at timestamptz not null,
  by_name text not null,
  primary key (organisation_id, account_id)
);
comment on table community_moderator is 'A member whom the host asked to moderate';

create table community_band (
  organisation_id uuid not null references community (organisation_id),
  home_id uuid not null references organisation,
  element text not null,
  band text not null check (band in ('strong','seeks')),
  round_on date not null,
  offered_at timestamptz not null,
  by_name text not null,
  primary key (organisation_id, home_id, element)
);
comment on table community_band is 'What a lead offers of the self-assessment of their organisation to matching: a band of an element, never a score';

call wall.close('community');
call wall.close('community_member');
call wall.close('community_moderator');
call wall.close('community_band');

-- The actor's organisation and those above it in the tree of today, the nearest first. Names and places are open to every login.
-- +goose StatementBegin
create function community_above() returns uuid[]
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with recursive up (id, depth) as (
    select nullif(current_setting('app.organisation', true), '')::uuid, 0
    union all
    select s.parent_id, up.depth + 1 from up join organisation_span s
      on s.organisation_id = up.id and s.valid_from <= current_date and (s.valid_to is null or s.valid_to > current_date)
    where up.depth < 10 and s.parent_id is not null
  )
  select coalesce(array_agg(up.id order by up.depth) filter (where up.id is not null), '{}') from up
$$;
-- +goose StatementEnd

-- The community of which the actor is a member where they act now: the nearest above them. Who moves to another organisation, or whose
-- organisation moves to another ICS, is no member there until they join.
-- +goose StatementBegin
create function community_mine() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.organisation_id from community_member m where m.organisation_id = any (community_above())
    and m.account_id = nullif(current_setting('app.account', true), '')::uuid and m.home_id = nullif(current_setting('app.organisation', true), '')::uuid
  order by array_position(community_above(), m.organisation_id) limit 1
$$;
-- +goose StatementEnd

-- The community that the actor moderates: as a member whom the host named, or as the host.
-- +goose StatementBegin
create function community_moderated() returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(
    (select c.organisation_id from community c where c.organisation_id = nullif(current_setting('app.organisation', true), '')::uuid),
    (select x.organisation_id from community_moderator x where x.organisation_id = community_mine() and x.account_id = nullif(current_setting('app.account', true), '')::uuid))
$$;
-- +goose StatementEnd
revoke all on function community_above(), community_mine(), community_moderated() from public;
grant execute on function community_above(), community_mine(), community_moderated() to rowan_growth;

-- What the functions see as their owner: the tree, and of the rest what the actor's settings are about.
call wall.allow('organisation_span', 'rowan_owner', 's', 'all');
call wall.allow('community', 'rowan_owner', 's', 'organisation');
call wall.allow('community_member', 'rowan_owner', 's', $$account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('community_moderator', 'rowan_owner', 's', $$account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$);

-- That there is a community, whoever may join it sees; who is in it, its members and its host.
call wall.allow('community', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = any ((select community_above())::uuid[])$$);
call wall.allow('community', 'rowan_growth', 'iu', 'organisation', 'name, about, changed_at, by_name');
call wall.allow('community_member', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = (select community_mine())$$);
-- Each joins and writes for themselves alone, from where they work, in a community above it.
call wall.allow('community_member', 'rowan_growth', 'iu', $$account_id = (select nullif(current_setting('app.account', true), '')::uuid) and home_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and organisation_id = any ((select community_above())::uuid[])$$,
  'name, home_name, profession, alone, mentors, contact, about, skills, interests, offers, wants, confirmed_at');
call wall.allow('community_member', 'rowan_growth', 'd', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or account_id = (select nullif(current_setting('app.account', true), '')::uuid) and home_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$);
call wall.allow('community_moderator', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = (select community_mine())$$);
call wall.allow('community_moderator', 'rowan_growth', 'i', 'organisation');
call wall.allow('community_moderator', 'rowan_growth', 'd', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or account_id = (select nullif(current_setting('app.account', true), '')::uuid) and organisation_id = (select community_mine())$$);
call wall.allow('community_band', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id = (select community_mine()) or home_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$);
call wall.allow('community_band', 'rowan_growth', 'id', $$home_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and organisation_id = any ((select community_above())::uuid[])$$);

-- +goose Down
drop policy rowan_owner_select on organisation_span;
drop table community_band, community_moderator, community_member, community;
drop function community_moderated, community_mine, community_above;
