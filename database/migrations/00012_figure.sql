-- A figure that a plan, a board paper or a pack relies on, as it was on the day it was cited.

-- +goose Up
create table citation (
  organisation_id uuid not null references organisation,
  id uuid not null,
  kind text not null,
  name text not null,
  period date,
  title text not null,
  state text not null check (state in ('known','hidden','not_collected','not_declared','nothing')),
  value text not null,
  number double precision,
  period_text text not null,
  definition text not null,
  version text not null,
  source text not null,
  source_at timestamptz,
  digest text not null,
  cited_at timestamptz not null,
  cited_by text not null,
  primary key (organisation_id, id)
);
comment on table citation is 'What a figure said when somebody relied on it. Never changed: whether it went stale is found by asking the source again';
comment on column citation.digest is 'Of the version and value of that period: another digest today means that the source changed';

call wall.close('citation');
call wall.allow('citation', 'rowan_growth', 'si', 'organisation');

-- +goose Down
drop table citation;
