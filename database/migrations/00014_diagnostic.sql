-- What an organisation finds out about its needs: self-check, guided route, question sets, and diagnostic rounds.
-- Nobody is named: a respondent is a perspective and the hash of a link.

-- +goose Up
create table self_check (
  organisation_id uuid not null references organisation,
  call text not null,
  position text not null check (position in ('not_started','started','in_place','leading')),
  evidence text not null,
  evidence_link text not null,
  citation_id uuid,
  next_step text not null,
  due_on date,
  owner text not null,
  at timestamptz not null,
  by text not null,
  primary key (organisation_id, call),
  foreign key (organisation_id, citation_id) references citation (organisation_id, id)
);
comment on column self_check.owner is 'A post or function, never a person';

create table route_step (
  organisation_id uuid not null references organisation,
  step text not null,
  state text not null check (state in ('todo','doing','done')),
  done_on date,
  note text not null,
  at timestamptz not null,
  by text not null,
  primary key (organisation_id, step),
  check ((state = 'done') = (done_on is not null))
);

create table question (
  organisation_id uuid not null references organisation,
  code text not null,
  version int not null check (version > 0),
  subsection text not null,
  statement text not null,
  guidance text not null,
  evidence text not null,
  applies text[] not null check (cardinality(applies) > 0),
  short boolean not null,
  primary key (organisation_id, code, version)
);
comment on table question is 'A question keeps its code over versions; a version is never changed';

create table question_set (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null,
  file_name text not null,
  digest text not null,
  rows_read int not null,
  rejects jsonb not null,
  imported_at timestamptz not null,
  imported_by text not null,
  primary key (organisation_id, id),
  unique (organisation_id, digest)
);
comment on column question_set.rejects is 'Line, column and reason of rows that were not taken; never their content';

create table question_set_item (
  organisation_id uuid not null references organisation,
  set_id uuid not null,
  place int not null,
  code text not null,
  version int not null,
  primary key (organisation_id, set_id, place),
  foreign key (organisation_id, set_id) references question_set (organisation_id, id),
  foreign key (organisation_id, code, version) references question (organisation_id, code, version)
);

create table diagnostic_round (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null,
  scope text not null check (scope in ('organisation','site','staff_group')),
  scope_text text not null,
  setting text not null,
  short boolean not null,
  elements text[] not null check (cardinality(elements) > 0),
  targets int[] not null,
  set_name text not null,
  framework_version int not null,
  open_until date not null,
  state text not null default 'open' check (state in ('open','closed')),
  created_at timestamptz not null,
  created_by text not null,
  closed_at timestamptz,
  closed_by text,
  hash text,
  primary key (organisation_id, id),
  check (cardinality(targets) = cardinality(elements)),
  check ((state = 'closed') = (closed_at is not null and closed_by is not null and hash is not null))
);
comment on column diagnostic_round.hash is 'SHA-256 of everything that the round holds, taken at its close';

create table round_question (
  organisation_id uuid not null references organisation,
  round_id uuid not null,
  place int not null,
  code text not null,
  version int not null,
  element text not null,
  subsection text not null,
  statement text not null,
  guidance text not null,
  evidence text not null,
  primary key (organisation_id, round_id, code),
  unique (organisation_id, round_id, place),
  foreign key (organisation_id, round_id) references diagnostic_round (organisation_id, id)
);

create table round_voice (
  organisation_id uuid not null references organisation,
  id uuid not null,
  round_id uuid not null,
  perspective text not null check (perspective in ('board','manager','staff_side','oh','staff_network')),
  token_hash text not null,
  holder_hash text,
  submitted boolean not null default false,
  primary key (organisation_id, id),
  unique (organisation_id, round_id, id),
  unique (organisation_id, token_hash),
  foreign key (organisation_id, round_id) references diagnostic_round (organisation_id, id)
);
comment on table round_voice is 'Whoever holds a link: a perspective, no name, no address and no time';
comment on column round_voice.holder_hash is 'SHA-256 of the code of the browser that saved first: whoever else has the link does not read the answers';

create table round_answer (
  organisation_id uuid not null references organisation,
  round_id uuid not null,
  voice_id uuid not null,
  code text not null,
  score int check (score between -1 and 4),
  confidence text not null check (confidence in ('','low','medium','high')),
  evidence text not null,
  evidence_link text not null,
  comment text not null,
  primary key (organisation_id, round_id, voice_id, code),
  foreign key (organisation_id, round_id, voice_id) references round_voice (organisation_id, round_id, id),
  foreign key (organisation_id, round_id, code) references round_question (organisation_id, round_id, code)
);
comment on column round_answer.score is '0 to 4; -1 is not applicable; null is no score yet';

create table round_tally (
  organisation_id uuid not null references organisation,
  round_id uuid not null,
  code text not null,
  perspective text not null check (perspective in ('board','manager','staff_side','oh','staff_network')),
  score int not null check (score between -1 and 4),
  n int not null check (n between 0 and 999),
  primary key (organisation_id, round_id, code, perspective, score),
  foreign key (organisation_id, round_id, code) references round_question (organisation_id, round_id, code)
);

create table round_evidence (
  organisation_id uuid not null references organisation,
  round_id uuid not null,
  code text not null,
  citation_id uuid not null,
  primary key (organisation_id, round_id, code, citation_id),
  foreign key (organisation_id, round_id, code) references round_question (organisation_id, round_id, code),
  foreign key (organisation_id, citation_id) references citation (organisation_id, id)
);

create table round_weight (
  organisation_id uuid not null references organisation,
  round_id uuid not null,
  subsection text not null,
  importance int not null check (importance between 1 and 5),
  reach int not null check (reach between 1 and 100),
  at timestamptz not null,
  by text not null,
  primary key (organisation_id, round_id, subsection),
  foreign key (organisation_id, round_id) references diagnostic_round (organisation_id, id)
);
comment on table round_weight is 'How much people think a gap matters, and whom it reaches: their judgement after the close, not part of the record';

-- A closed round never changes. What belongs to a round is written while it is open, and holds the round open for the
-- rest of the transaction, so that a close waits for it and nothing slips in behind the hash.
-- +goose StatementBegin
create function diagnostic_round_guard() returns trigger language plpgsql as $$
begin
  if old.state = 'closed' then
    raise exception 'a closed round never changes' using errcode = 'RW001';
  end if;
  return new;
end
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function round_open() returns trigger language plpgsql as $$
begin
  perform 1 from diagnostic_round r where r.organisation_id = new.organisation_id and r.id = new.round_id and r.state = 'open' for share;
  if not found then
    raise exception 'a closed round never changes' using errcode = 'RW001';
  end if;
  return new;
end
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function round_voice_guard() returns trigger language plpgsql as $$
begin
  if old.submitted then
    raise exception 'what was submitted never changes' using errcode = 'RW001';
  end if;
  if old.holder_hash is distinct from new.holder_hash and old.holder_hash is not null then
    raise exception 'a link stays with the browser that saved first' using errcode = 'RW001';
  end if;
  return new;
end
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function round_answer_guard() returns trigger language plpgsql as $$
begin
  perform 1 from round_voice v where v.organisation_id = new.organisation_id and v.id = new.voice_id and not v.submitted for share;
  if not found then
    raise exception 'what was submitted never changes' using errcode = 'RW001';
  end if;
  return new;
end
$$;
-- +goose StatementEnd
create trigger diagnostic_round_guard before update on diagnostic_round for each row execute function diagnostic_round_guard();
create trigger round_open before insert or update on round_question for each row execute function round_open();
create trigger round_open before insert or update on round_voice for each row execute function round_open();
create trigger round_voice_guard before update on round_voice for each row execute function round_voice_guard();
create trigger round_open before insert or update on round_answer for each row execute function round_open();
create trigger round_answer_guard before insert or update on round_answer for each row execute function round_answer_guard();
create trigger round_open before insert or update on round_tally for each row execute function round_open();
create trigger round_open before insert or update on round_evidence for each row execute function round_open();

call wall.close('self_check');
call wall.close('route_step');
call wall.close('question');
call wall.close('question_set');
call wall.close('question_set_item');
call wall.close('diagnostic_round');
call wall.close('round_question');
call wall.close('round_voice');
call wall.close('round_answer');
call wall.close('round_tally');
call wall.close('round_evidence');
call wall.close('round_weight');
call wall.allow('self_check', 'rowan_growth', 'siu', 'organisation', 'position, evidence, evidence_link, citation_id, next_step, due_on, owner, at, by');
call wall.allow('route_step', 'rowan_growth', 'siu', 'organisation', 'state, done_on, note, at, by');
call wall.allow('question', 'rowan_growth', 'si', 'organisation');
call wall.allow('question_set', 'rowan_growth', 'si', 'organisation');
call wall.allow('question_set_item', 'rowan_growth', 'si', 'organisation');
call wall.allow('diagnostic_round', 'rowan_growth', 'siu', 'organisation', 'state, closed_at, closed_by, hash');
call wall.allow('round_question', 'rowan_growth', 'si', 'organisation');
call wall.allow('round_voice', 'rowan_growth', 'siu', 'organisation', 'holder_hash, submitted');
call wall.allow('round_answer', 'rowan_growth', 'siu', 'organisation', 'score, confidence, evidence, evidence_link, comment');
call wall.allow('round_tally', 'rowan_growth', 'siu', 'organisation', 'n');
call wall.allow('round_evidence', 'rowan_growth', 'si', 'organisation');
call wall.allow('round_weight', 'rowan_growth', 'siu', 'organisation', 'importance, reach, at, by');

-- +goose Down
drop table round_weight, round_evidence, round_tally, round_answer, round_voice, round_question, diagnostic_round, question_set_item, question_set, question, route_step, self_check;
drop function diagnostic_round_guard, round_open, round_voice_guard, round_answer_guard;
