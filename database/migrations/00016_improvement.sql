-- Improvement: what the classes of work cost, pathways, maturity, and small steps inside actions.

-- +goose Up
create table balance_entry (
  organisation_id uuid not null references organisation,
  year int not null check (year between 2000 and 2100),
  class text not null check (class in ('preventative','diagnostic','treatment')),
  spend bigint check (spend >= 0),
  hours bigint check (hours >= 0),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, year, class)
);
comment on table balance_entry is 'What occupational health spent and worked by class of intervention, as the lead enters it';
comment on column balance_entry.year is 'In which the financial year begins: 2026 is April 2026 to March 2027';
comment on column balance_entry.spend is 'Whole pounds; null where nobody knows';
comment on column balance_entry.hours is 'Hours of staff; null where nobody knows';

create table pathway_version (
  organisation_id uuid not null references organisation,
  id uuid not null,
  n int not null check (n > 0),
  name text not null check (name <> ''),
  whom text not null check (whom <> ''),
  in_use boolean not null,
  steps jsonb not null,
  at timestamptz not null,
  by text not null,
  primary key (organisation_id, id, n)
);
comment on table pathway_version is 'A pathway as it was designed: each change is another version';
comment on column pathway_version.steps is 'In order: title, role, class, target and its unit, and which measured time it is held against';

create table maturity_framework (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null check (name <> ''),
  file_name text not null,
  digest text not null,
  rows_read int not null,
  themes jsonb not null,
  rejects jsonb not null,
  imported_at timestamptz not null,
  imported_by text not null,
  primary key (organisation_id, id),
  unique (organisation_id, digest)
);
comment on table maturity_framework is 'A framework of five levels that was taken in from a file; ours is content/packs/maturity.yaml';

create table maturity_rating (
  organisation_id uuid not null references organisation,
  id uuid not null,
  framework text not null,
  theme text not null,
  level int not null check (level between 1 and 5),
  evidence text not null check (evidence <> ''),
  next_step text not null,
  rated_on date not null,
  at timestamptz not null,
  by text not null,
  primary key (organisation_id, id)
);
comment on column maturity_rating.framework is 'The id of a maturity_framework, or "ours"';

create table improvement_aim (
  organisation_id uuid not null references organisation,
  action_id uuid not null,
  aim text not null check (aim <> ''),
  by_date date not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, action_id)
);
comment on column improvement_aim.action_id is 'An action of the plan';
comment on column improvement_aim.aim is 'How much of what should change, and for whom';

create table improvement_measure (
  organisation_id uuid not null references organisation,
  id uuid not null,
  action_id uuid not null,
  kind text not null check (kind in ('outcome','process','balancing')),
  citation_id uuid not null,
  in_use boolean not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, action_id) references improvement_aim,
  foreign key (organisation_id, citation_id) references citation
);

create table improvement_cycle (
  organisation_id uuid not null references organisation,
  id uuid not null,
  action_id uuid not null,
  n int not null check (n > 0),
  question text not null check (question <> ''),
  prediction text not null check (prediction <> ''),
  plan text not null check (plan <> ''),
  plan_on date not null,
  did text,
  did_on date,
  studied text,
  studied_on date,
  act text check (act in ('adopt','adapt','abandon')),
  act_words text,
  acted_on date,
  changed_at timestamptz not null,
  changed_by text not null,
  check ((did is null) = (did_on is null)),
  check ((studied is null) = (studied_on is null) and (studied is null or did is not null)),
  check ((act is null) = (acted_on is null) and (act is null) = (act_words is null) and (act is null or studied is not null)),
  primary key (organisation_id, id),
  unique (organisation_id, action_id, n),
  foreign key (organisation_id, action_id) references improvement_aim
);
comment on table improvement_cycle is 'Plan, do, study, act: a step that has been written is not written again';

-- What was planned and done stays as it was written: a prediction that changes after the fact teaches nothing.
-- +goose StatementBegin
create function improvement_cycle_kept() returns trigger language plpgsql as $$
begin
  if old.did is not null and row(new.did, new.did_on) is distinct from row(old.did, old.did_on)
    or old.studied is not null and row(new.studied, new.studied_on) is distinct from row(old.studied, old.studied_on)
    or old.act is not null then
    raise exception 'a step of a cycle that has been written never changes' using errcode = 'RW001';
  end if;
  return new;
end
$$;
-- +goose StatementEnd
create trigger improvement_cycle_kept before update on improvement_cycle for each row execute function improvement_cycle_kept();

call wall.close('balance_entry');
call wall.close('pathway_version');
call wall.close('maturity_framework');
call wall.close('maturity_rating');
call wall.close('improvement_aim');
call wall.close('improvement_measure');
call wall.close('improvement_cycle');
call wall.allow('balance_entry', 'rowan_growth', 'siu', 'organisation', 'spend, hours, changed_at, changed_by');
call wall.allow('pathway_version', 'rowan_growth', 'si', 'organisation');
call wall.allow('maturity_framework', 'rowan_growth', 'si', 'organisation');
call wall.allow('maturity_rating', 'rowan_growth', 'si', 'organisation');
call wall.allow('improvement_aim', 'rowan_growth', 'siu', 'organisation', 'aim, by_date, changed_at, changed_by');
call wall.allow('improvement_measure', 'rowan_growth', 'siu', 'organisation', 'in_use, changed_at, changed_by');
call wall.allow('improvement_cycle', 'rowan_growth', 'siu', 'organisation', 'did, did_on, studied, studied_on, act, act_words, acted_on, changed_at, changed_by');

-- +goose Down
drop table improvement_cycle, improvement_measure, improvement_aim, maturity_rating, maturity_framework, pathway_version, balance_entry;
drop function improvement_cycle_kept;
