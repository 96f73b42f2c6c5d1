-- What a nation asks of organisations, and what they hand over to it: answers to a call, case studies with what was measured. Nothing of
-- an organisation is opened to a nation: what is handed over is written into the nation's tables, by the organisation, and what of it
-- may be taken back is taken back by the organisation. Besides, extracts for freedom-of-information requests, from released figures.

-- +goose Up
create table nation_call (
  organisation_id uuid not null references organisation,
  id uuid not null,
  kind text not null check (kind in ('survey','cases')),
  asks text not null check (asks in ('leads','members')),
  title text not null check (title <> ''),
  about text not null check (about <> ''),
  questions text[] not null,
  closes_on date not null,
  state text not null check (state in ('draft','published','answered','withdrawn')),
  version int not null check (version > 0),
  changed_at timestamptz not null,
  changed_by text not null,
  published_on date,
  said text not null default '',
  did text not null default '',
  answered_on date,
  primary key (organisation_id, id),
  check ((kind = 'survey') = (cardinality(questions) > 0)),
  check (kind = 'survey' or asks = 'leads'),
  check ((state in ('published','answered')) <= (published_on is not null)),
  check ((state = 'answered') = (answered_on is not null)),
  check ((state = 'answered') = (said <> '' and did <> ''))
);
comment on column nation_call.asks is 'Whom it asks: who leads services below, or each member of the community of practice (00083)';
comment on column nation_call.questions is 'One a line of the form: words, or words | option; option';

create table nation_reply (
  organisation_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  who text not null,
  answers text[] not null,
  handed_on date not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, call_id) references nation_call (organisation_id, id)
);
create index on nation_reply (organisation_id, call_id);
comment on table nation_reply is 'What an organisation handed over; who is empty where it did not want to be named';

create table call_reply (
  organisation_id uuid not null references organisation,
  call_id uuid not null,
  nation_id uuid not null,
  answers text[] not null,
  named boolean not null,
  handed_at timestamptz not null,
  handed_by text not null,
  primary key (organisation_id, call_id)
);
comment on table call_reply is 'What was handed over, as the organisation keeps it: it answers a call once';

create table nation_study (
  organisation_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  from_id uuid not null references organisation,
  from_name text not null check (from_name <> ''),
  story_id uuid not null,
  driver text not null,
  title text not null,
  need text not null,
  done text not null,
  failed text not null,
  contact text not null,
  cited text not null,
  cost text not null,
  forecast_id uuid,
  ends_on date not null,
  handed_at timestamptz not null,
  handed_by text not null,
  ended_on date,
  primary key (organisation_id, id),
  unique (organisation_id, id, from_id),
  foreign key (organisation_id, call_id) references nation_call (organisation_id, id)
);
create unique index on nation_study (organisation_id, from_id, story_id) where ended_on is null;
create index on nation_study (from_id, story_id);
comment on table nation_study is 'A case study that was handed over: a copy of one that was published. ended_on is set by its organisation, or when the story ends';

create table nation_study_effect (
  organisation_id uuid not null,
  study_id uuid not null,
  from_id uuid not null,
  forecast_id uuid not null,
  judgement text not null,
  told_before double precision,
  told_after double precision,
  told_low double precision,
  told_high double precision,
  title text not null,
  foretold text not null,
  tag text not null,
  sentence text not null,
  caution text[] not null,
  explanations text[] not null,
  figure text not null,
  version text not null,
  source text not null,
  months date[] not null,
  readings double precision[] not null check (cardinality(readings) = cardinality(months)),
  withheld date[] not null,
  start_on date not null,
  due_month date not null,
  foretold_low double precision not null,
  foretold_high double precision not null,
  chance_text text not null,
  foretold_text text not null,
  judged_at timestamptz not null,
  primary key (organisation_id, study_id, forecast_id),
  foreign key (organisation_id, study_id, from_id) references nation_study (organisation_id, id, from_id)
);
comment on table nation_study_effect is 'What was measured, frozen with its chart. A trigger holds every number to what the organisation published, which is held to its verdict; where a month is withheld there are no means';

create table nation_extract (
  organisation_id uuid not null references organisation,
  id uuid not null,
  reference text not null check (reference <> ''),
  metric text not null,
  from_month date not null check (extract(day from from_month) = 1),
  to_month date not null check (to_month >= from_month),
  grouping text not null check (grouping in ('organisation','system','model')),
  made_at timestamptz not null,
  made_by text not null,
  body jsonb not null,
  primary key (organisation_id, id)
);
comment on table nation_extract is 'A table for a freedom-of-information request, as it was given out';

-- +goose StatementBegin
-- A case study that is shown no more in its organisation is shown no more in the nation.
create function story_handed() returns trigger language plpgsql as $$
begin
  if old.state = 'published' and new.state <> 'published' then
    update nation_study set ended_on = (new.ended_at at time zone 'Europe/London')::date where from_id = new.organisation_id and story_id = new.id and ended_on is null;
  end if;
  return new;
end
$$;
-- What was handed over is a copy of what was published, and nobody's words.
create function nation_study_true() returns trigger language plpgsql as $$
begin
  if not exists (select from story s where s.organisation_id = new.from_id and s.id = new.story_id and s.state = 'published'
      and (s.driver, s.title, s.need, s.done, s.failed, s.contact, s.cited, s.cost, s.ends_on) = (new.driver, new.title, new.need, new.done, new.failed, new.contact, new.cited, new.cost, new.ends_on)
      and s.forecast_id is not distinct from new.forecast_id) then
    raise exception 'only a published case study is handed over, as it is' using errcode = 'RW001';
  end if;
  return new;
end
$$;
create function nation_study_effect_true() returns trigger language plpgsql as $$
begin
  if not exists (select from nation_study s join story_effect e on e.organisation_id = new.from_id and e.story_id = s.story_id and e.forecast_id = new.forecast_id
      where s.organisation_id = new.organisation_id and s.id = new.study_id
      and to_jsonb(e) - array['organisation_id','story_id','shown','fingerprint','mean_before','mean_after','low','high'] = to_jsonb(new) - array['organisation_id','study_id','from_id']) then
    raise exception 'what was measured is handed over as it was published' using errcode = 'RW001';
  end if;
  return new;
end
$$;
-- +goose StatementEnd
create trigger nation_study_effect_true before insert on nation_study_effect for each row execute function nation_study_effect_true();
create trigger story_handed after update on story for each row execute function story_handed();
create trigger nation_study_true before insert on nation_study for each row execute function nation_study_true();

call wall.close('nation_call');
call wall.close('nation_reply');
call wall.close('call_reply');
call wall.close('nation_study');
call wall.close('nation_study_effect');
call wall.close('nation_extract');
-- Who is asked reads the call and what came of it: of one to members, whoever is in a community at the organisation that asks, or below it.
call wall.allow('nation_call', 'rowan_growth', 's', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or state in ('published','answered') and (asks = 'leads'
  or array_position((select community_above()), organisation_id) >= array_position((select community_above()), (select community_mine())))$$);
call wall.allow('nation_call', 'rowan_growth', 'iu', 'organisation', 'asks, title, about, questions, closes_on, state, version, changed_at, changed_by, published_on, said, did, answered_on');
-- Whoever answers writes the answer into the nation, and cannot read it there.
call wall.allow('nation_reply', 'rowan_growth', 's', 'organisation');
call wall.allow('nation_reply', 'rowan_growth', 'i', $$exists (select from nation_call c where c.organisation_id = nation_reply.organisation_id and c.id = nation_reply.call_id and c.state = 'published' and c.asks = 'leads')$$);
call wall.allow('call_reply', 'rowan_growth', 'si', 'organisation');
-- Of case studies the nation sees what stands; whoever handed one over sees it too, and alone may end it.
call wall.allow('nation_study', 'rowan_growth', 's', $$(organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and ended_on is null) or from_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$);
call wall.allow('nation_study', 'rowan_growth', 'i', $$from_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and exists (select from nation_call c where c.organisation_id = nation_study.organisation_id and c.id = nation_study.call_id and c.state = 'published')$$);
call wall.allow('nation_study', 'rowan_growth', 'u', $$from_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$, 'ended_on');
call wall.allow('nation_study_effect', 'rowan_growth', 's', $$exists (select from nation_study s where s.organisation_id = nation_study_effect.organisation_id and s.id = nation_study_effect.study_id)$$);
call wall.allow('nation_study_effect', 'rowan_growth', 'i', $$from_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$);
call wall.allow('nation_extract', 'rowan_growth', 'si', 'organisation');

-- +goose Down
drop trigger story_handed on story;
drop table nation_extract, nation_study_effect, nation_study, call_reply, nation_reply, nation_call;
drop function story_handed, nation_study_true, nation_study_effect_true;
