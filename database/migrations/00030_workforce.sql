-- Workforce: posts, what is planned to change about them, how they are filled, and what is assumed. Never a name.

-- +goose Up
create table workforce_post (
  organisation_id uuid not null references organisation,
  id uuid not null,
  title text not null check (title <> ''),
  role text not null,
  band text not null,
  wte double precision not null check (wte > 0 and wte <= 1),
  heads int not null check (heads between 1 and 200),
  in_post int not null check (in_post between 0 and heads),
  vacant_since date,
  years double precision not null check (years >= 0 and years <= 50),
  years_on date not null,
  salary bigint check (salary > 0),
  funding text not null check (funding in ('recurrent','fixed','outside')),
  contract_ends date,
  zone text not null check (zone in ('','none','inner','outer','fringe')),
  skills text[] not null,
  successor_id uuid,
  ready text not null check (ready in ('','now','year','later')),
  change_id uuid,
  started_on date,
  ended_on date,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, id),
  check ((band = 'medical') = (salary is not null)),
  check ((in_post < heads) = (vacant_since is not null)),
  check ((successor_id is null) = (ready = ''))
);
comment on table workforce_post is 'The establishment: seats alike in one line. It names posts, never persons; a post that ended is kept';
comment on column workforce_post.zone is 'High-cost area; empty: that of the plan';
comment on column workforce_post.wte is 'Of each head';
comment on column workforce_post.years is 'In the band, of those in post on years_on, on average; they grow from that day on';
comment on column workforce_post.salary is 'Pounds a year, full time: of doctors, who have no band';
comment on column workforce_post.successor_id is 'The post from which somebody could act up';
comment on column workforce_post.change_id is 'The planned change that added it';

create table workforce_change (
  organisation_id uuid not null references organisation,
  id uuid not null,
  kind text not null check (kind in ('new','development','alter','leadership','end')),
  title text not null check (title <> ''),
  from_quarter date not null check (extract(day from from_quarter) = 1 and extract(month from from_quarter) in (1, 4, 7, 10)),
  from_day date check (from_day >= from_quarter and from_day < from_quarter + interval '3 months'),
  post_id uuid,
  role text not null,
  band text not null,
  wte double precision not null check (wte >= 0 and wte <= 1),
  heads int not null check (heads >= 0),
  taken int not null check (taken between 0 and heads),
  salary bigint check (salary > 0),
  hours double precision not null check (hours >= 0),
  development jsonb,
  action_id uuid,
  in_minimum boolean not null,
  in_preferred boolean not null,
  in_maximum boolean not null,
  withdrawn_on date,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, id),
  check ((kind in ('new','development')) = (post_id is null)),
  check ((kind = 'development') = (development is not null))
);
comment on table workforce_change is 'What is planned about posts, and in which options; one that is withdrawn is kept';
comment on column workforce_change.from_day is 'The day within the quarter, where it is known; it counts from the first day of the quarter otherwise';
comment on column workforce_change.taken is 'How many of the heads have started and are in the establishment now';
comment on column workforce_change.action_id is 'The action of the strategy that it is for';
comment on column workforce_change.development is 'Course, study, supervision, backfill, fee, the ranges of completion and retention, and the way of pay';

create table workforce_vacancy (
  organisation_id uuid not null references organisation,
  id uuid not null,
  post_id uuid,
  change_id uuid,
  somebody_left boolean,
  source text not null check (source in ('national','inside','agency','school','word','other')),
  advertised_on date not null,
  closed_on date check (closed_on >= advertised_on),
  applicants int check (applicants >= 0),
  offered_on date check (offered_on >= advertised_on),
  starts_on date check (starts_on >= offered_on),
  started_on date check (started_on >= offered_on),
  stopped_on date check (stopped_on >= advertised_on),
  reason text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, id),
  check ((post_id is null) <> (change_id is null)),
  check ((post_id is null) = (somebody_left is null)),
  check ((closed_on is null) = (applicants is null)),
  check ((offered_on is null) = (starts_on is null)),
  check (started_on is null or stopped_on is null),
  check ((stopped_on is not null) = (reason <> ''))
);
comment on column workforce_vacancy.somebody_left is 'Of a post: whether it is vacant because somebody left, and was not advertised for that before';
comment on table workforce_vacancy is 'One head being recruited, from advert to start; how many applied, never who';

create table workforce_plan (
  organisation_id uuid not null references organisation,
  starts_on date not null check (extract(day from starts_on) = 1 and extract(month from starts_on) in (1, 4, 7, 10)),
  served int check (served > 0),
  uplift double precision not null,
  leave_days double precision not null,
  study_days double precision not null,
  sickness double precision not null,
  ramp_months double precision not null,
  zone text not null check (zone in ('','inner','outer','fringe')),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id)
);
comment on table workforce_plan is 'What the five-year plan assumes of everybody';
comment on column workforce_plan.served is 'Staff whom occupational health serves';
comment on column workforce_plan.uplift is 'Percent a year';
comment on column workforce_plan.zone is 'High-cost area in which the posts are; empty: none';
comment on column workforce_plan.sickness is 'Percent of days';

create table workforce_rate (
  organisation_id uuid not null references organisation,
  role text not null,
  clinical double precision not null check (clinical between 0 and 100),
  leavers double precision not null check (leavers between 0 and 60),
  retire double precision not null check (retire >= 0),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, role)
);
comment on table workforce_rate is 'What the plan assumes of a role: percent of hours with patients, percent leaving a year, heads expected to retire within five years';

call wall.close('workforce_post');
call wall.close('workforce_change');
call wall.close('workforce_vacancy');
call wall.close('workforce_plan');
call wall.close('workforce_rate');
call wall.allow('workforce_post', 'rowan_growth', 'siu', 'organisation', 'title, role, band, wte, heads, in_post, vacant_since, years, years_on, salary, funding, contract_ends, zone, skills, successor_id, ready, ended_on, changed_at, changed_by');
call wall.allow('workforce_change', 'rowan_growth', 'siu', 'organisation', 'title, from_quarter, from_day, post_id, role, band, wte, heads, taken, salary, hours, development, action_id, in_minimum, in_preferred, in_maximum, withdrawn_on, changed_at, changed_by');
call wall.allow('workforce_vacancy', 'rowan_growth', 'siu', 'organisation', 'closed_on, applicants, offered_on, starts_on, started_on, stopped_on, reason, changed_at, changed_by');
call wall.allow('workforce_plan', 'rowan_growth', 'siu', 'organisation', 'starts_on, served, uplift, leave_days, study_days, sickness, ramp_months, zone, changed_at, changed_by');
call wall.allow('workforce_rate', 'rowan_growth', 'siu', 'organisation', 'clinical, leavers, retire, changed_at, changed_by');

-- +goose Down
drop table workforce_rate, workforce_plan, workforce_vacancy, workforce_change, workforce_post;
