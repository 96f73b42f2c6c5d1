-- What a Health and Wellbeing Guardian works with: evidence for each principle, ratings, questions, impact statements,
-- the plan of the year, and frozen packs. Text about plans and figures; nothing of a person.

-- +goose Up
create table assurance_evidence (
  organisation_id uuid not null references organisation,
  id uuid not null,
  principle text not null,
  kind text not null check (kind in ('figure','document','decision')),
  title text not null,
  link text not null,
  dated date,
  valid_until date,
  author text not null,
  at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  primary key (organisation_id, id),
  check ((ended_at is null) = (ended_by is null))
);
comment on table assurance_evidence is 'What supports a principle. A figure is in assurance_cited; renewing it ends the row and adds one';

create table assurance_rating (
  organisation_id uuid not null references organisation,
  id uuid not null,
  principle text not null,
  principles_version int not null,
  rating text not null,
  lines text[] not null,
  words text not null,
  author text not null,
  at timestamptz not null,
  primary key (organisation_id, id)
);
comment on table assurance_rating is 'Each judgement of the guardian stays; the newest of a principle holds';

create table assurance_question (
  organisation_id uuid not null references organisation,
  id uuid not null,
  principle text,
  words text not null,
  owner text not null,
  due_on date not null,
  author text not null,
  at timestamptz not null,
  primary key (organisation_id, id)
);
comment on column assurance_question.owner is 'A post, not a person';

create table assurance_entry (
  organisation_id uuid not null references organisation,
  id uuid not null,
  question_id uuid not null,
  n int not null check (n > 0),
  kind text not null check (kind in ('answered','again','accepted')),
  words text not null,
  due_on date,
  author text not null,
  at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, question_id, n),
  foreign key (organisation_id, question_id) references assurance_question (organisation_id, id),
  check ((kind = 'again') = (due_on is not null))
);
comment on table assurance_entry is 'What followed a question, in order: the last entry says where it stands';

create table assurance_statement (
  organisation_id uuid not null references organisation,
  id uuid not null,
  decision text not null,
  meeting_on date not null,
  groups text not null,
  effect text not null check (effect in ('better','worse','mixed','none','unknown')),
  effect_words text not null,
  mitigation text not null,
  author text not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (organisation_id, id),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);

create table assurance_step (
  organisation_id uuid not null references organisation,
  id uuid not null,
  year int not null,
  quarter int not null check (quarter between 1 and 4),
  step text not null,
  title text not null,
  due_on date not null,
  author text not null,
  at timestamptz not null,
  done_on date,
  done_by text,
  done_words text not null default '',
  primary key (organisation_id, id),
  unique (organisation_id, year, quarter, step),
  check ((done_on is null) = (done_by is null))
);
comment on column assurance_step.year is 'The financial year by the calendar year in which it begins';
comment on column assurance_step.title is 'As the pack of that day named the step';

create table assurance_pack (
  organisation_id uuid not null references organisation,
  id uuid not null,
  n int not null check (n > 0),
  principles_version int not null,
  body text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  author text not null,
  at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, n)
);
comment on column assurance_pack.body is 'The pack as it was read when it was frozen: HTML that refers to nothing outside itself';

create table assurance_cited (
  organisation_id uuid not null references organisation,
  object_id uuid not null,
  place int not null,
  citation_id uuid not null,
  primary key (organisation_id, object_id, place),
  foreign key (organisation_id, citation_id) references citation (organisation_id, id)
);
comment on column assurance_cited.object_id is 'The evidence, question, entry or statement that relies on the figure';

call wall.close('assurance_evidence');
call wall.close('assurance_rating');
call wall.close('assurance_question');
call wall.close('assurance_entry');
call wall.close('assurance_statement');
call wall.close('assurance_step');
call wall.close('assurance_pack');
call wall.close('assurance_cited');
call wall.allow('assurance_evidence', 'rowan_growth', 'siu', 'organisation', 'ended_at, ended_by');
call wall.allow('assurance_rating', 'rowan_growth', 'si', 'organisation');
call wall.allow('assurance_question', 'rowan_growth', 'si', 'organisation');
call wall.allow('assurance_entry', 'rowan_growth', 'si', 'organisation');
call wall.allow('assurance_statement', 'rowan_growth', 'siu', 'organisation', 'withdrawn_at, withdrawn_by');
call wall.allow('assurance_step', 'rowan_growth', 'siu', 'organisation', 'done_on, done_by, done_words');
call wall.allow('assurance_pack', 'rowan_growth', 'si', 'organisation');
call wall.allow('assurance_cited', 'rowan_growth', 'si', 'organisation');

-- What was said, judged or frozen stays, whoever asks: the owner of the tables too.
create trigger assurance_pack_never_changes before update or delete or truncate on assurance_pack for each statement execute function never_changes();
create trigger assurance_rating_never_changes before update or delete or truncate on assurance_rating for each statement execute function never_changes();
create trigger assurance_question_never_changes before update or delete or truncate on assurance_question for each statement execute function never_changes();
create trigger assurance_entry_never_changes before update or delete or truncate on assurance_entry for each statement execute function never_changes();

-- +goose Down
drop table assurance_cited, assurance_pack, assurance_step, assurance_statement, assurance_entry, assurance_question, assurance_rating, assurance_evidence;
