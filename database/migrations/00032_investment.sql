-- Investment: what the plan costs and brings by quarter, the business case that is written on it, and what came of it.
-- Text about plans and sums of money; posts and roles, never a person.

-- +goose Up
create table invest_plan (
  organisation_id uuid not null references organisation,
  starts_on date not null check (extract(day from starts_on) = 1 and extract(month from starts_on) in (1, 4, 7, 10)),
  pay_uplift double precision not null check (pay_uplift between 0 and 25),
  inflation double precision not null check (inflation between 0 and 25),
  delay int not null check (delay between 0 and 8),
  chosen text not null check (chosen in ('minimum','preferred','maximum')),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id)
);
comment on column invest_plan.starts_on is 'First day of the first of twenty financial quarters';
comment on column invest_plan.pay_uplift is 'Percent a year, for the years after the first';
comment on column invest_plan.inflation is 'General inflation, percent a year';
comment on column invest_plan.delay is 'Quarters by which benefits are assumed to come later than foretold';
comment on column invest_plan.chosen is 'The option that spending is followed against';

create table invest_line (
  organisation_id uuid not null references organisation,
  id uuid not null,
  title text not null check (title <> ''),
  kind text not null check (kind in ('people','training','estate','licence','contract')),
  treatment text not null check (treatment in ('revenue','capital','transfer')),
  action_id uuid,
  post_id uuid,
  post text not null,
  role text not null,
  band text not null,
  heads int not null check (heads between 0 and 1000),
  wte double precision not null check (wte >= 0 and wte <= 1),
  amount_pence bigint not null check (amount_pence >= 0),
  recurrent boolean not null,
  starts_on date not null,
  ends_on date check (ends_on > starts_on),
  in_minimum boolean not null,
  in_preferred boolean not null,
  in_maximum boolean not null,
  uplift double precision check (uplift between 0 and 25),
  project_type text not null,
  bias double precision not null check (bias between 0 and 200),
  bias_reason text not null,
  in_use boolean not null,
  version int not null check (version > 0),
  changed_at timestamptz not null,
  changed_by text not null,
  check (band = '' or (kind = 'people' and heads > 0 and wte > 0)),
  primary key (organisation_id, id)
);
comment on table invest_line is 'What an option costs beyond doing nothing';
comment on column invest_line.treatment is 'A transfer between public bodies costs the trust and not society';
comment on column invest_line.post_id is 'The post of the plan for people that it belongs to: of the establishment, or the change that plans one, also once somebody has started in it';
comment on column invest_line.post is 'What that post was called when the line was written';
comment on column invest_line.wte is 'Of each head: 1 is full time';
comment on column invest_line.amount_pence is 'A year where it recurs, once where it does not; in prices of the first year; 0 where a band prices it';
comment on column invest_line.ends_on is 'First day on which it costs nothing any more';
comment on column invest_line.uplift is 'Percent a year; null is general inflation, or the uplift of pay where a band prices it';
comment on column invest_line.bias is 'Optimism bias in percent of the cost';

create table invest_benefit (
  organisation_id uuid not null references organisation,
  id uuid not null,
  title text not null check (title <> ''),
  class text not null check (class in ('cash','public','staff')),
  owner text not null check (owner <> ''),
  measure text not null check (measure <> ''),
  population text not null check (population <> ''),
  citation_id uuid,
  gauge_from double precision,
  gauge_to double precision,
  unit text not null check (unit <> ''),
  low double precision not null check (low >= 0),
  mode double precision not null check (mode >= low),
  high double precision not null check (high >= mode),
  unit_pence bigint not null check (unit_pence > 0),
  attribution double precision not null check (attribution > 0 and attribution <= 100),
  share double precision not null check (share > 0 and share <= 100),
  ramp int[] not null,
  starts_on date not null,
  in_minimum boolean not null,
  in_preferred boolean not null,
  in_maximum boolean not null,
  in_use boolean not null,
  version int not null check (version > 0),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, citation_id) references citation,
  check ((gauge_from is null) = (gauge_to is null) and gauge_from <> gauge_to and (gauge_from is null or citation_id is not null))
);
comment on table invest_benefit is 'The benefits register: what an option brings beyond doing nothing';
comment on column invest_benefit.class is 'cash: cash-releasing; public: other public value; staff: for staff themselves';
comment on column invest_benefit.owner is 'A post, never a name';
comment on column invest_benefit.gauge_from is 'Level of the cited figure before anything was done; null where what came is typed';
comment on column invest_benefit.gauge_to is 'Its level at which the benefit is in full';
comment on column invest_benefit.low is 'Units a year once it has ramped up: pessimistic, most likely and optimistic';
comment on column invest_benefit.share is 'Percent of what the measure moves for this population: benefits that claim the same add up to 100 at most';
comment on column invest_benefit.ramp is 'Percent reached in each quarter from the start; the last one goes on';

create table invest_actual (
  organisation_id uuid not null references organisation,
  quarter date not null,
  kind text not null check (kind in ('spend','posts','wait','benefit')),
  benefit_id uuid not null,
  value double precision not null check (value >= 0),
  reason text not null,
  in_use boolean not null,
  changed_at timestamptz not null,
  changed_by text not null,
  check ((kind = 'benefit') = (benefit_id <> '00000000-0000-0000-0000-000000000000')),
  primary key (organisation_id, quarter, kind, benefit_id)
);
comment on table invest_actual is 'What became of the plan in a quarter, as it was entered';
comment on column invest_actual.benefit_id is 'The nil id where it is no benefit';
comment on column invest_actual.reason is 'Why it stands in the place of what Rowan''s own records say; empty where they say nothing';
comment on column invest_actual.in_use is 'Not any more: what Rowan''s own records say stands again';
comment on column invest_actual.value is 'Pounds, whole-time posts filled, median wait in working days, or units of the benefit';

create table invest_text (
  organisation_id uuid not null references organisation,
  part text not null,
  n int not null check (n > 0),
  body text not null,
  at timestamptz not null,
  by text not null,
  primary key (organisation_id, part, n)
);
comment on table invest_text is 'A part of the business case as it was written: each change is another version';

create table invest_cited (
  organisation_id uuid not null references organisation,
  part text not null,
  n int not null,
  place int not null,
  citation_id uuid not null,
  primary key (organisation_id, part, n, place),
  foreign key (organisation_id, part, n) references invest_text,
  foreign key (organisation_id, citation_id) references citation
);
comment on table invest_cited is 'The figures that a version of a part relies on';

create table invest_case (
  organisation_id uuid not null references organisation,
  id uuid not null,
  n int not null check (n > 0),
  meeting_on date not null,
  body text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  citations uuid[] not null,
  promise jsonb not null,
  outdated uuid[] not null,
  author text not null,
  at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, n)
);
comment on table invest_case is 'A business case as it went to the board';
comment on column invest_case.outdated is 'The citations whose source had moved on when it was submitted: whoever submitted it was told';
comment on column invest_case.promise is 'What each option said of every quarter (spend, posts, wait, benefits): actual is held against it';
comment on column invest_case.body is 'As it was read when it was frozen: HTML that refers to nothing outside itself';

call wall.close('invest_plan');
call wall.close('invest_line');
call wall.close('invest_benefit');
call wall.close('invest_actual');
call wall.close('invest_text');
call wall.close('invest_cited');
call wall.close('invest_case');
call wall.allow('invest_plan', 'rowan_growth', 'siu', 'organisation', 'starts_on, pay_uplift, inflation, delay, chosen, changed_at, changed_by');
call wall.allow('invest_line', 'rowan_growth', 'siu', 'organisation', 'title, kind, treatment, action_id, post_id, post, role, band, heads, wte, amount_pence, recurrent, starts_on, ends_on, in_minimum, in_preferred, in_maximum, uplift, project_type, bias, bias_reason, in_use, version, changed_at, changed_by');
call wall.allow('invest_benefit', 'rowan_growth', 'siu', 'organisation', 'title, class, owner, measure, population, citation_id, gauge_from, gauge_to, unit, low, mode, high, unit_pence, attribution, share, ramp, starts_on, in_minimum, in_preferred, in_maximum, in_use, version, changed_at, changed_by');
call wall.allow('invest_actual', 'rowan_growth', 'siu', 'organisation', 'value, reason, in_use, changed_at, changed_by');
call wall.allow('invest_text', 'rowan_growth', 'si', 'organisation');
call wall.allow('invest_cited', 'rowan_growth', 'si', 'organisation');
call wall.allow('invest_case', 'rowan_growth', 'si', 'organisation');

-- +goose Down
drop table invest_case, invest_cited, invest_text, invest_actual, invest_benefit, invest_line, invest_plan;
