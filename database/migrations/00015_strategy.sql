-- The plan: needs, objectives, actions; its versions and their sign-off; what the board decided and asked.

-- +goose Up
create table plan_need (
  organisation_id uuid not null references organisation,
  id uuid not null,
  statement text not null,
  evidence text not null,
  citation_id uuid,
  subsection text not null,
  importance int not null check (importance between 1 and 5),
  reach int not null check (reach between 1 and 100),
  status text not null check (status in ('proposed','agreed','met','set_aside')),
  reason text not null default '',
  check (status <> 'set_aside' or reason <> ''),
  check (citation_id is not null or evidence <> ''),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, citation_id) references citation
);
comment on table plan_need is 'What staff need, with the figure or the words that say so';
comment on column plan_need.reach is 'Percent of staff affected, as people judge it';

create table plan_objective (
  organisation_id uuid not null references organisation,
  id uuid not null,
  title text not null,
  driver text not null,
  element text not null,
  horizon text not null,
  serves text not null check (serves <> ''),
  status text not null check (status in ('open','withdrawn')),
  reason text not null default '',
  check (status <> 'withdrawn' or reason <> ''),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, id)
);
comment on column plan_objective.serves is 'The objective of the organisation itself that this one serves';

create table plan_objective_need (
  organisation_id uuid not null references organisation,
  objective_id uuid not null,
  need_id uuid not null,
  answers boolean not null,
  primary key (organisation_id, objective_id, need_id),
  foreign key (organisation_id, objective_id) references plan_objective,
  foreign key (organisation_id, need_id) references plan_need
);
comment on column plan_objective_need.answers is 'False once somebody took the need out: growth deletes nothing';

create table plan_measure (
  organisation_id uuid not null references organisation,
  id uuid not null,
  objective_id uuid not null,
  citation_id uuid not null,
  in_use boolean not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, objective_id) references plan_objective,
  foreign key (organisation_id, citation_id) references citation
);

create table plan_action (
  organisation_id uuid not null references organisation,
  id uuid not null,
  objective_id uuid not null,
  title text not null,
  owner text not null,
  class text not null check (class in ('preventative','diagnostic','treatment')),
  catalogue text not null,
  citation_id uuid,
  planned_start date not null,
  planned_end date not null check (planned_end >= planned_start),
  likelihood int not null check (likelihood between 1 and 5),
  impact int not null check (impact between 1 and 5),
  mitigation text not null,
  cost text not null,
  equality text not null,
  status text not null check (status in ('planned','started','done','stopped')),
  reason text not null default '',
  started_on date,
  stopped_on date,
  check (status <> 'stopped' or reason <> ''),
  check ((status in ('started','done')) <= (started_on is not null)),
  check ((status = 'stopped') = (stopped_on is not null)),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, objective_id) references plan_objective,
  foreign key (organisation_id, citation_id) references citation
);
comment on column plan_action.owner is 'A post, not a person';
comment on column plan_action.citation_id is 'The figure it should change';
comment on column plan_action.started_on is 'The day on which somebody said that it started; nobody types it';
comment on column plan_action.stopped_on is 'The day on which somebody said that it was given up; nobody types it';

create table plan_version (
  organisation_id uuid not null references organisation,
  n int not null check (n > 0),
  vision text not null check (vision <> ''),
  state text not null check (state in ('draft','submitted','approved','returned','in_force','replaced')),
  opened_at timestamptz not null,
  opened_by text not null,
  snapshot text,
  hash text,
  submitted_at timestamptz,
  submitted_by text,
  check ((snapshot is null) = (state = 'draft')),
  check ((snapshot is null) = (submitted_at is null)),
  check (snapshot is null or hash = encode(sha256(convert_to(snapshot, 'UTF8')), 'hex')),
  signed_at timestamptz,
  signed_by text,
  signed_post text,
  signed_hash text,
  words text not null default '',
  check ((state in ('draft','submitted')) = (signed_at is null)),
  check (state <> 'returned' or words <> ''),
  in_force_at timestamptz,
  replaced_at timestamptz,
  primary key (organisation_id, n)
);
create unique index plan_version_one_draft on plan_version (organisation_id) where state = 'draft';
create unique index plan_version_one_in_force on plan_version (organisation_id) where state = 'in_force';
comment on column plan_version.snapshot is 'Needs, objectives and actions as submitted: the bytes that hash was made of';
comment on column plan_version.signed_hash is 'Of the snapshot, the co-production log and the equality impact together, as signed';
comment on column plan_version.words is 'What the executive wrote when signing or returning it';

create table plan_coproduction (
  organisation_id uuid not null references organisation,
  id uuid not null,
  n int not null,
  on_date date not null,
  who text not null,
  asked text not null,
  changed text not null,
  at timestamptz not null,
  by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, n) references plan_version
);
comment on column plan_coproduction.who is 'A group: staff side, a staff network, a team. Never a name';

create table plan_equality (
  organisation_id uuid not null references organisation,
  n int not null,
  characteristic text not null,
  effect text not null check (effect in ('better','none','worse','unknown')),
  evidence text not null,
  mitigation text not null,
  covers uuid[] not null,
  check (effect not in ('worse','unknown') or mitigation <> ''),
  at timestamptz not null,
  by text not null,
  primary key (organisation_id, n, characteristic),
  foreign key (organisation_id, n) references plan_version
);

comment on column plan_equality.covers is 'Objectives and actions that the version had when this was judged';

create table board_item (
  organisation_id uuid not null references organisation,
  id uuid not null,
  n int not null,
  title text not null,
  meeting_on date not null,
  recommendation text not null,
  wellbeing text not null,
  added_at timestamptz not null,
  added_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, n) references plan_version
);
comment on column board_item.wellbeing is 'What the paper means for the wellbeing of staff';

create table board_decision (
  organisation_id uuid not null references organisation,
  id uuid not null,
  item_id uuid not null,
  choice text not null check (choice in ('approve','conditions','more','decline')),
  words text not null check (words <> ''),
  decided_on date not null,
  at timestamptz not null,
  by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, item_id) references board_item
);
create unique index board_decision_one_final on board_decision (organisation_id, item_id) where choice <> 'more';

create table board_question (
  organisation_id uuid not null references organisation,
  id uuid not null,
  item_id uuid not null,
  question text not null,
  owner text not null,
  due_on date not null,
  asked_at timestamptz not null,
  asked_by text not null,
  answer text,
  answered_at timestamptz,
  answered_by text,
  check ((answer is null) = (answered_at is null)),
  primary key (organisation_id, id),
  foreign key (organisation_id, item_id) references board_item
);

create table board_answer_figure (
  organisation_id uuid not null references organisation,
  question_id uuid not null,
  citation_id uuid not null,
  primary key (organisation_id, question_id, citation_id),
  foreign key (organisation_id, question_id) references board_question,
  foreign key (organisation_id, citation_id) references citation
);

-- A version keeps what was submitted, and what was signed.
-- +goose StatementBegin
create function plan_version_frozen() returns trigger language plpgsql as $$
begin
  if old.snapshot is not null and row(new.snapshot, new.hash, new.vision, new.submitted_at, new.submitted_by)
      is distinct from row(old.snapshot, old.hash, old.vision, old.submitted_at, old.submitted_by)
    or old.signed_at is not null and row(new.signed_at, new.signed_by, new.signed_post, new.signed_hash, new.words)
      is distinct from row(old.signed_at, old.signed_by, old.signed_post, old.signed_hash, old.words) then
    raise exception 'a submitted version of the plan never changes' using errcode = 'RW001';
  end if;
  if not (old.state, new.state) in (('draft','draft'), ('draft','submitted'), ('submitted','approved'), ('submitted','returned'), ('approved','in_force'), ('in_force','replaced')) then
    raise exception 'a version of the plan does not go from % to %', old.state, new.state using errcode = 'RW001';
  end if;
  return new;
end
$$;
-- +goose StatementEnd
create trigger plan_version_frozen before update on plan_version for each row execute function plan_version_frozen();

-- What was said about a version goes with it: after the signature nothing is added or changed.
-- +goose StatementBegin
create function plan_version_open() returns trigger language plpgsql as $$
begin
  perform 1 from plan_version where organisation_id = new.organisation_id and n = new.n and state in ('draft','submitted') for share;
  if not found then
    raise exception 'version % of the plan has been signed or returned', new.n using errcode = 'RW001';
  end if;
  return new;
end
$$;
-- +goose StatementEnd
create trigger plan_coproduction_open before insert on plan_coproduction for each row execute function plan_version_open();
create trigger plan_equality_open before insert or update on plan_equality for each row execute function plan_version_open();

-- An answer is given once.
-- +goose StatementBegin
create function board_question_answered() returns trigger language plpgsql as $$
begin
  if old.answered_at is not null then
    raise exception 'an answer to the board never changes' using errcode = 'RW001';
  end if;
  return new;
end
$$;
-- +goose StatementEnd
create trigger board_question_answered before update on board_question for each row execute function board_question_answered();

call wall.close('plan_need');
call wall.close('plan_objective');
call wall.close('plan_objective_need');
call wall.close('plan_measure');
call wall.close('plan_action');
call wall.close('plan_version');
call wall.close('plan_coproduction');
call wall.close('plan_equality');
call wall.close('board_item');
call wall.close('board_decision');
call wall.close('board_question');
call wall.close('board_answer_figure');
call wall.allow('plan_need', 'rowan_growth', 'siu', 'organisation', 'statement, evidence, citation_id, subsection, importance, reach, status, reason, changed_at, changed_by');
call wall.allow('plan_objective', 'rowan_growth', 'siu', 'organisation', 'title, driver, element, horizon, serves, status, reason, changed_at, changed_by');
call wall.allow('plan_objective_need', 'rowan_growth', 'siu', 'organisation', 'answers');
call wall.allow('plan_measure', 'rowan_growth', 'siu', 'organisation', 'citation_id, in_use, changed_at, changed_by');
call wall.allow('plan_action', 'rowan_growth', 'siu', 'organisation', 'objective_id, title, owner, class, catalogue, citation_id, planned_start, planned_end, likelihood, impact, mitigation, cost, equality, status, reason, started_on, stopped_on, changed_at, changed_by');
call wall.allow('plan_version', 'rowan_growth', 'siu', 'organisation', 'vision, state, snapshot, hash, submitted_at, submitted_by, signed_at, signed_by, signed_post, signed_hash, words, in_force_at, replaced_at');
call wall.allow('plan_coproduction', 'rowan_growth', 'si', 'organisation');
call wall.allow('plan_equality', 'rowan_growth', 'siu', 'organisation', 'effect, evidence, mitigation, covers, at, by');
call wall.allow('board_item', 'rowan_growth', 'si', 'organisation');
call wall.allow('board_decision', 'rowan_growth', 'si', 'organisation');
call wall.allow('board_question', 'rowan_growth', 'siu', 'organisation', 'answer, answered_at, answered_by');
call wall.allow('board_answer_figure', 'rowan_growth', 'si', 'organisation');

-- +goose Down
drop table board_answer_figure, board_question, board_decision, board_item, plan_equality, plan_coproduction, plan_version, plan_action, plan_measure, plan_objective_need, plan_objective, plan_need;
drop function plan_version_frozen, plan_version_open, board_question_answered;
