-- Case studies: a need, what was done, what was measured, what failed. What is on the public site is read by the hall, which
-- answers whoever is not signed in.

-- +goose Up
alter table forecast_verdict add constraint forecast_verdict_said unique (organisation_id, forecast_id, judgement, fingerprint, mean_before, mean_after, low, high);

create table story (
  organisation_id uuid not null references organisation,
  id uuid not null,
  service_id uuid not null references service,
  follows uuid,
  place text not null check (place in ('inside','public')),
  driver text not null,
  title text not null check (title <> ''),
  need text not null check (need <> ''),
  done text not null check (done <> ''),
  failed text not null check (failed <> ''),
  contact text not null check (contact <> ''),
  review_on date not null,
  ends_on date not null check (ends_on >= review_on),
  citation_id uuid,
  cited text not null default '',
  action_id uuid,
  action text not null default '',
  cost text not null default '',
  forecast_id uuid,
  state text not null check (state in ('draft','checked','published','replaced','withdrawn')),
  shown boolean not null check (shown = (state = 'published' and place = 'public')),
  version int not null check (version > 0),
  returned text not null default '',
  changed_at timestamptz not null,
  changed_by text not null,
  writers uuid[] not null check (cardinality(writers) > 0),
  checked_at timestamptz,
  checked_by text,
  checker uuid,
  published_at timestamptz,
  published_by text,
  ended_at timestamptz,
  ended_by text,
  ended_why text not null default '',
  primary key (organisation_id, id),
  foreign key (organisation_id, follows) references story (organisation_id, id),
  foreign key (organisation_id, citation_id) references citation (organisation_id, id),
  foreign key (organisation_id, forecast_id) references forecast (organisation_id, id),
  constraint story_four_eyes check (checker <> all (writers)),
  check ((citation_id is null) = (cited = '')),
  check ((state in ('checked','published','replaced')) <= (checker is not null)),
  check ((state in ('published','replaced')) <= (published_at is not null)),
  check ((state in ('replaced','withdrawn')) = (ended_at is not null))
);
create unique index on story (organisation_id, follows) where state in ('draft','checked');
comment on table story is 'A case study. Once it is checked its words stay: to change them it becomes a draft again, or another one follows it';
comment on column story.cited is 'The figure of the need as it stood when it was cited, with its source: for readers who may not open it';
comment on column story.cost is 'What the action is planned to cost, from the investment plan; nobody types it';
comment on column story.forecast_id is 'The forecast that its chart shows, which may be of no action';
comment on column story.writers is 'The accounts that wrote the draft since it was last checked: none of them checks it';
comment on column story.ends_on is 'Its last day: afterwards it is shown no more';

create table story_effect (
  organisation_id uuid not null,
  story_id uuid not null,
  forecast_id uuid not null,
  shown boolean not null,
  judgement text not null,
  fingerprint text not null,
  mean_before double precision not null,
  mean_after double precision not null,
  low double precision not null,
  high double precision not null,
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
  withheld date[] not null check (not months && withheld),
  told_before double precision generated always as (case when cardinality(withheld) = 0 then mean_before end) stored,
  told_after double precision generated always as (case when cardinality(withheld) = 0 then mean_after end) stored,
  told_low double precision generated always as (case when cardinality(withheld) = 0 then low end) stored,
  told_high double precision generated always as (case when cardinality(withheld) = 0 then high end) stored,
  start_on date not null,
  due_month date not null,
  foretold_low double precision not null,
  foretold_high double precision not null,
  chance_text text not null,
  foretold_text text not null,
  judged_at timestamptz not null,
  check (cardinality(withheld) = 0 or chance_text = '' and foretold_text = '' and foretold_low = 0 and foretold_high = 0),
  primary key (organisation_id, story_id, forecast_id),
  foreign key (organisation_id, story_id) references story (organisation_id, id),
  foreign key (organisation_id, forecast_id, judgement, fingerprint, mean_before, mean_after, low, high)
    references forecast_verdict (organisation_id, forecast_id, judgement, fingerprint, mean_before, mean_after, low, high)
);
comment on table story_effect is 'What was measured: the kept verdicts of the forecasts of the story. The reference holds every number to the verdict, so that none can be made better';
comment on column story_effect.withheld is 'Months that are not told: with what leaves of them for an ICS they would tell a small number. The means and bands of all months are not told either';

-- +goose StatementBegin
create function story_kept() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and new.state <> 'draft' and (new.title, new.need, new.done, new.failed, new.contact, new.cited, new.cost, new.action_id, new.forecast_id, new.writers, new.checker, new.place)
      is distinct from (old.title, old.need, old.done, old.failed, old.contact, old.cited, old.cost, old.action_id, old.forecast_id, old.writers, old.checker, old.place) then
    raise exception 'a story that was checked is kept as it was' using errcode = 'RW001';
  end if;
  if old.state in ('published','replaced','withdrawn') and new.state not in ('published','replaced','withdrawn') then
    raise exception 'a story that was published is no draft any more' using errcode = 'RW001';
  end if;
  return new;
end
$$;
create function story_effect_kept() returns trigger language plpgsql as $$
begin
  if exists (select from story s where s.organisation_id = old.organisation_id and s.id = old.story_id and s.state <> 'draft') then
    raise exception 'what was measured is kept as it was checked' using errcode = 'RW001';
  end if;
  return old;
end
$$;
-- +goose StatementEnd
create trigger story_kept before update on story for each row execute function story_kept();
create trigger story_effect_kept before delete on story_effect for each row execute function story_effect_kept();

call wall.close('story');
call wall.close('story_effect');
call wall.allow('story', 'rowan_growth', 'siu', 'organisation', 'place, driver, title, need, done, failed, contact, review_on, ends_on, citation_id, cited, action_id, action, cost, forecast_id, state, shown, version, returned, changed_at, changed_by, writers, checked_at, checked_by, checker, published_at, published_by, ended_at, ended_by, ended_why');
call wall.allow('story_effect', 'rowan_growth', 'siud', 'organisation', 'shown');

-- Whoever is not signed in: what is on the public site, without who wrote it.
call wall.allow('story', 'rowan_hall', 's', 'shown', 'organisation_id, id, service_id, driver, title, need, done, failed, contact, review_on, ends_on, cited, cost, forecast_id, shown, published_at', true);
call wall.allow('story_effect', 'rowan_hall', 's', 'shown', 'organisation_id, story_id, forecast_id, shown, judgement, told_low, told_high, title, foretold, tag, sentence, caution, explanations, figure, version, source, months, readings, withheld, start_on, due_month, foretold_low, foretold_high, chance_text, foretold_text, judged_at', true);

-- +goose Down
drop table story_effect, story;
drop function story_kept, story_effect_kept;
alter table forecast_verdict drop constraint forecast_verdict_said;
