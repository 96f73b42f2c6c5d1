-- What an action was said to change before it started, and what the monthly review decided.

-- +goose Up
create table forecast (
  organisation_id uuid not null references organisation,
  id uuid not null,
  action_id uuid,
  title text not null,
  starts_on date not null,
  citation_id uuid not null,
  direction text not null check (direction in ('increase','decrease')),
  change double precision not null check (change > 0),
  from_value double precision,
  to_value double precision,
  due_month date not null check (extract(day from due_month) = 1 and due_month > starts_on),
  explanations text[] not null check (cardinality(explanations) > 0),
  confidence text,
  percent int check (percent between 1 and 99),
  registered_at timestamptz not null,
  registered_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, citation_id) references citation (organisation_id, id),
  check ((confidence is null) = (percent is null)),
  check ((from_value is null) = (to_value is null))
);
comment on table forecast is 'What somebody said an action would change: which figure, which way, how much, by when. Locked: the trigger refuses every change, whoever asks';
comment on column forecast.action_id is 'the action in the plan, which another slice owns; none for a forecast that stands alone';
comment on column forecast.percent is 'what the confidence meant on that day, from the pack';
create table forecast_withdrawal (
  organisation_id uuid not null references organisation,
  forecast_id uuid not null,
  reason text not null check (reason <> ''),
  withdrawn_at timestamptz not null,
  withdrawn_by text not null,
  primary key (organisation_id, forecast_id),
  foreign key (organisation_id, forecast_id) references forecast (organisation_id, id)
);
create table forecast_baseline (
  organisation_id uuid not null references organisation,
  forecast_id uuid not null,
  months date[] not null,
  readings double precision[] not null check (cardinality(readings) = cardinality(months)),
  fingerprint text not null,
  read_at timestamptz not null,
  primary key (organisation_id, forecast_id),
  foreign key (organisation_id, forecast_id) references forecast (organisation_id, id)
);
comment on table forecast_baseline is 'The months of the figure as they read when a forecast was registered. What reads otherwise later is shown as such';
comment on column forecast_baseline.months is 'The months with a value; readings are their values, in the same order';
create table forecast_verdict (
  organisation_id uuid not null references organisation,
  forecast_id uuid not null,
  judgement text not null check (judgement in ('consistent','more','less','no_claim','other_way')),
  start_on date not null,
  months date[] not null,
  readings double precision[] not null check (cardinality(readings) = cardinality(months)),
  fingerprint text not null,
  mean_before double precision not null,
  mean_after double precision not null,
  low double precision not null,
  high double precision not null,
  months_before int not null,
  months_after int not null,
  judged_at timestamptz not null,
  primary key (organisation_id, forecast_id),
  foreign key (organisation_id, forecast_id) references forecast (organisation_id, id)
);
comment on table forecast_verdict is 'What was said of a forecast when it fell due, with the months it was said by. Kept: a later, different reading is shown beside it and does not replace it';
comment on column forecast_verdict.fingerprint is 'SHA-256 of version, start and months: the same months give the same';
create table effect_decision (
  organisation_id uuid not null references organisation,
  id uuid not null,
  month date not null check (extract(day from month) = 1),
  citation_id uuid not null,
  decision text not null check (decision in ('action','watch','accept','story')),
  reason text not null,
  story_title text,
  story_text text,
  decided_at timestamptz not null,
  decided_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, citation_id) references citation (organisation_id, id),
  check (decision <> 'accept' or reason <> ''),
  check ((decision = 'story') = (story_title is not null and story_text is not null))
);
comment on table effect_decision is 'The monthly review: what was decided about a figure. Kept: a later decision about the same figure stands beside the earlier one';
create index on effect_decision (organisation_id, month);

-- +goose StatementBegin
create function forecast_locked() returns trigger language plpgsql as $$
begin
  raise exception '% is locked: nothing in it is changed or taken away', tg_table_name using errcode = 'RW001';
end $$;
-- +goose StatementEnd
create trigger forecast_locked before update or delete on forecast for each row execute function forecast_locked();
create trigger forecast_locked before update or delete on forecast_withdrawal for each row execute function forecast_locked();
create trigger forecast_locked before update or delete on forecast_baseline for each row execute function forecast_locked();
create trigger forecast_locked before update or delete on forecast_verdict for each row execute function forecast_locked();
create trigger forecast_locked before update or delete on effect_decision for each row execute function forecast_locked();

call wall.close('forecast');
call wall.close('forecast_withdrawal');
call wall.close('forecast_baseline');
call wall.close('forecast_verdict');
call wall.close('effect_decision');
call wall.allow('forecast', 'rowan_growth', 'si', 'organisation');
call wall.allow('forecast_withdrawal', 'rowan_growth', 'si', 'organisation');
call wall.allow('forecast_baseline', 'rowan_growth', 'si', 'organisation');
call wall.allow('forecast_verdict', 'rowan_growth', 'si', 'organisation');
call wall.allow('effect_decision', 'rowan_growth', 'si', 'organisation');

-- The worker looks which services there are; what has fallen due is judged behind the growth wall.
insert into job.permit (login, kind) values ('rowan_worker', 'effect.settle');

-- +goose Down
delete from job.permit where kind = 'effect.settle';
drop table effect_decision, forecast_verdict, forecast_baseline, forecast_withdrawal, forecast;
drop function forecast_locked;
