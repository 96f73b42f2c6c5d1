-- A national programme: workstreams with milestones, partners with commitments, groups that meet, development cohorts. All are growth
-- tables, and their tenant is the organisation that leads: a nation, and for groups an ICS as well.

-- +goose Up
create table nation_strand (
  organisation_id uuid not null references organisation,
  id uuid not null,
  kind text not null check (kind in ('workstream','partner')),
  driver text not null check (driver in ('','D1','D2','D3','D4')),
  name text not null check (name <> ''),
  lead text not null check (lead <> ''),
  about text not null,
  version int not null check (version > 0),
  changed_at timestamptz not null,
  changed_by text not null,
  ended_at timestamptz,
  primary key (organisation_id, id),
  check ((kind = 'workstream') = (driver <> ''))
);
comment on table nation_strand is 'What promises stand under: a workstream of the programme, or a partner';

create table nation_promise (
  organisation_id uuid not null,
  id uuid not null,
  strand_id uuid not null,
  title text not null check (title <> ''),
  owner text not null check (owner <> ''),
  first_due date not null,
  due_on date not null,
  moved int not null default 0 check (moved >= 0),
  moved_why text not null default '',
  delivered_on date,
  evidence text not null default '',
  added_at timestamptz not null,
  added_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, strand_id) references nation_strand (organisation_id, id),
  check ((moved = 0) = (moved_why = '')),
  check ((delivered_on is null) = (evidence = ''))
);
create index on nation_promise (organisation_id, strand_id);
comment on table nation_promise is 'A milestone of a workstream, or a commitment of a partner. first_due stays, however often it is moved';

create table network_group (
  organisation_id uuid not null references organisation,
  id uuid not null,
  kind text not null check (kind in ('steering','task')),
  name text not null check (name <> ''),
  remit text not null check (remit <> ''),
  made_at timestamptz not null,
  made_by text not null,
  closed_at timestamptz,
  primary key (organisation_id, id)
);
create table network_member (
  organisation_id uuid not null,
  id uuid not null,
  group_id uuid not null,
  name text not null check (name <> ''),
  body text not null check (body <> ''),
  part text not null check (part in ('chair','secretary','member')),
  from_on date not null,
  until_on date check (until_on >= from_on),
  primary key (organisation_id, id),
  foreign key (organisation_id, group_id) references network_group (organisation_id, id)
);
comment on column network_member.body is 'Which organisation or staff group they speak for';
create table network_meeting (
  organisation_id uuid not null,
  id uuid not null,
  group_id uuid not null,
  on_day date not null,
  at_time text not null check (at_time ~ '^[0-2][0-9]:[0-5][0-9]$'),
  place text not null check (place <> ''),
  held_at timestamptz,
  came uuid[] not null default '{}',
  note text not null default '',
  primary key (organisation_id, id),
  foreign key (organisation_id, group_id) references network_group (organisation_id, id)
);
create table network_paper (
  organisation_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  title text not null check (title <> ''),
  purpose text not null check (purpose in ('decide','discuss','note')),
  presenter text not null check (presenter <> ''),
  words text not null,
  document_id uuid,
  added_at timestamptz not null,
  added_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, meeting_id) references network_meeting (organisation_id, id),
  foreign key (organisation_id, document_id) references document (organisation_id, id),
  check ((words <> '') = (document_id is null))
);
create table network_decision (
  organisation_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  what text not null check (what <> ''),
  why text not null check (why <> ''),
  written_at timestamptz not null,
  written_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, meeting_id) references network_meeting (organisation_id, id)
);
comment on table network_decision is 'The log of decisions: nobody may change one; another decision follows it';
create table network_action (
  organisation_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  what text not null check (what <> ''),
  owner text not null check (owner <> ''),
  due_on date not null,
  done_on date,
  outcome text not null default '',
  added_at timestamptz not null,
  added_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, meeting_id) references network_meeting (organisation_id, id),
  check ((done_on is null) = (outcome = ''))
);
create index on network_member (organisation_id, group_id);
create index on network_meeting (organisation_id, group_id);
create index on network_paper (organisation_id, meeting_id);
create index on network_decision (organisation_id, meeting_id);
create index on network_action (organisation_id, meeting_id);

create table nation_cohort (
  organisation_id uuid not null references organisation,
  id uuid not null,
  title text not null check (title <> ''),
  about text not null check (about <> ''),
  places int not null check (places > 0),
  closes_on date not null,
  starts_on date not null check (starts_on >= closes_on),
  ends_on date not null check (ends_on >= starts_on),
  made_at timestamptz not null,
  made_by text not null,
  primary key (organisation_id, id)
);
create table nation_cohort_count (
  organisation_id uuid not null,
  cohort_id uuid not null,
  stage text not null check (stage in ('applied','started','completed')),
  people int not null check (people >= 0),
  counted_on date not null,
  counted_by text not null,
  primary key (organisation_id, cohort_id, stage),
  foreign key (organisation_id, cohort_id) references nation_cohort (organisation_id, id)
);
comment on table nation_cohort_count is 'Each stage is counted once and never anew, so that two counts never differ by one person';

call wall.close('nation_strand');
call wall.close('nation_promise');
call wall.close('network_group');
call wall.close('network_member');
call wall.close('network_meeting');
call wall.close('network_paper');
call wall.close('network_decision');
call wall.close('network_action');
call wall.close('nation_cohort');
call wall.close('nation_cohort_count');
call wall.allow('nation_strand', 'rowan_growth', 'siu', 'organisation', 'driver, name, lead, about, version, changed_at, changed_by, ended_at');
call wall.allow('nation_promise', 'rowan_growth', 'siu', 'organisation', 'due_on, moved, moved_why, delivered_on, evidence');
call wall.allow('network_group', 'rowan_growth', 'siu', 'organisation', 'closed_at');
call wall.allow('network_member', 'rowan_growth', 'siu', 'organisation', 'until_on');
call wall.allow('network_meeting', 'rowan_growth', 'siu', 'organisation', 'held_at, came, note');
call wall.allow('network_paper', 'rowan_growth', 'si', 'organisation');
call wall.allow('network_decision', 'rowan_growth', 'si', 'organisation');
call wall.allow('network_action', 'rowan_growth', 'siu', 'organisation', 'done_on, outcome');
call wall.allow('nation_cohort', 'rowan_growth', 'si', 'organisation');
call wall.allow('nation_cohort_count', 'rowan_growth', 'si', 'organisation');

-- +goose Down
drop table nation_cohort_count, nation_cohort, network_action, network_decision, network_paper, network_meeting, network_member, network_group, nation_promise, nation_strand;
