-- The system people plan of an integrated care system (ICS): what it does together about the posts that organisations have released.
-- An action is the ICS's; whether an organisation takes part is said by that organisation, and by nobody else.

-- +goose Up
create table people_action (
  organisation_id uuid not null references organisation,
  id uuid not null,
  kind text not null check (kind in ('recruitment','rotation','development','other')),
  title text not null check (title <> ''),
  role text not null check (role <> ''),
  owner text not null check (owner <> ''),
  due_on date not null,
  wte double precision not null check (wte > 0 and wte <= 1000),
  state text not null check (state in ('open','done','stopped')),
  made_at timestamptz not null,
  made_by text not null,
  ended_at timestamptz,
  outcome text not null,
  primary key (organisation_id, id),
  check ((ended_at is not null) = (state <> 'open')),
  check (state = 'open' or outcome <> '')
);
comment on table people_action is 'Something that an ICS does with its organisations for their posts, such as recruiting together';
comment on column people_action.wte is 'Whole-time equivalents in post that are expected of it by its day';

create table people_action_part (
  organisation_id uuid not null,
  action_id uuid not null,
  member_id uuid not null references organisation,
  state text not null check (state in ('asked','agreed','declined')),
  decided_at timestamptz,
  decided_by text,
  primary key (organisation_id, action_id, member_id),
  foreign key (organisation_id, action_id) references people_action (organisation_id, id),
  check ((decided_at is null) = (decided_by is null)),
  check ((decided_at is null) = (state = 'asked'))
);
comment on table people_action_part is 'Whether an organisation takes part in an action: its own word';

call wall.close('people_action');
call wall.close('people_action_part');
call wall.allow('people_action', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or (organisation_id, id) in (select p.organisation_id, p.action_id from people_action_part p where p.member_id = (select nullif(current_setting('app.organisation', true), '')::uuid))$$);
call wall.allow('people_action', 'rowan_growth', 'iu', 'organisation', 'state, ended_at, outcome');
call wall.allow('people_action_part', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or member_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$);
call wall.allow('people_action_part', 'rowan_growth', 'i', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and state = 'asked'$$);
call wall.allow('people_action_part', 'rowan_growth', 'u', $$member_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$, 'state, decided_at, decided_by');

-- +goose Down
drop table people_action_part, people_action;
