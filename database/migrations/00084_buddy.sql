-- Buddies of a community of practice: a member who works alone asks one other member, who accepts or does not. It is between the two:
-- nobody else has a row of it, neither the host nor a moderator nor who leads where they work.

-- +goose Up
create table community_buddy (
  organisation_id uuid not null references community (organisation_id),
  asker_id uuid not null,
  asked_id uuid not null,
  state text not null check (state in ('asked','declined','buddies')),
  asked_on date not null,
  answered_on date,
  primary key (organisation_id, asker_id, asked_id),
  foreign key (organisation_id, asker_id) references community_member (organisation_id, account_id) on delete cascade,
  foreign key (organisation_id, asked_id) references community_member (organisation_id, account_id) on delete cascade,
  check ((state = 'asked') = (answered_on is null))
);
create unique index on community_buddy (organisation_id, least(asker_id, asked_id), greatest(asker_id, asked_id));
create index on community_buddy (organisation_id, asked_id);
comment on table community_buddy is 'Who asked whom to be their buddy. Ending it, or leaving the community, deletes the row; one that was declined stays, so that nobody is asked twice';

call wall.close('community_buddy');
call wall.allow('community_buddy', 'rowan_growth', 's', $$(select nullif(current_setting('app.account', true), '')::uuid) in (asker_id, asked_id)$$);
call wall.allow('community_buddy', 'rowan_growth', 'i', $$organisation_id = (select community_mine()) and asker_id = (select nullif(current_setting('app.account', true), '')::uuid) and asked_id <> asker_id and state = 'asked'$$);
call wall.allow('community_buddy', 'rowan_growth', 'u', $$organisation_id = (select community_mine()) and asked_id = (select nullif(current_setting('app.account', true), '')::uuid)$$, 'state, answered_on');
call wall.allow('community_buddy', 'rowan_growth', 'd', $$organisation_id = (select community_mine()) and (asked_id = (select nullif(current_setting('app.account', true), '')::uuid) or asker_id = (select nullif(current_setting('app.account', true), '')::uuid) and state <> 'declined')$$);

-- +goose Down
drop table community_buddy;
