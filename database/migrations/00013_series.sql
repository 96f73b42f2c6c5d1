-- Dated series and staff survey results that come from outside: who counted, when, over what, and why there is no number.

-- +goose Up
create table data_import (
  organisation_id uuid not null references organisation,
  id uuid not null,
  kind text not null check (kind in ('measure','survey')),
  file_name text not null,
  file_hash text not null,
  rows_read int not null,
  rows_changed int not null,
  rows_rejected int not null,
  rejects jsonb not null default '[]',
  imported_at timestamptz not null,
  imported_by text not null,
  primary key (organisation_id, id)
);
comment on column data_import.rejects is 'Line, column and the key of the reason of rows that were not taken; never their content';
create index on data_import (organisation_id, kind, file_hash, imported_at);

create table series (
  organisation_id uuid not null references organisation,
  code text not null,
  version int not null check (version > 0),
  wording int not null check (wording > 0),
  title text not null,
  counts text not null,
  unit text not null,
  per int not null check (per >= 0),
  direction text not null check (direction in ('increase','decrease','neutral')),
  source text not null,
  frequency text not null check (frequency in ('month','quarter','year','financial_year')),
  control text not null check (control in ('general','special','none')),
  import_id uuid not null,
  defined_at timestamptz not null,
  primary key (organisation_id, code, version, wording),
  foreign key (organisation_id, import_id) references data_import (organisation_id, id)
);
comment on table series is 'What a measure counts. What changes the number is a new version; other words for the same number are a new wording of it. The figures of before keep theirs in their citations';
comment on column series.defined_at is 'When the version began; a later wording of it keeps that day';
comment on column series.per is '0: a count; 100: a percentage; 1: a mean; any other: so many for each so many';
comment on column series.control is 'Which disclosure rule holds: general, special (a special topic), none (nothing about people)';

create table series_point (
  organisation_id uuid not null references organisation,
  code text not null,
  part text not null,
  part_name text not null,
  period date not null,
  state text not null check (state in ('known','suppressed','not_collected','not_declared')),
  numerator double precision,
  denominator double precision,
  import_id uuid not null,
  primary key (organisation_id, code, part, period),
  foreign key (organisation_id, import_id) references data_import (organisation_id, id),
  check ((state = 'known') = (numerator is not null)),
  check (denominator is null or numerator is not null)
);
comment on column series_point.part is 'The group, folded; empty for everybody. part_name is the group as the file names it';
comment on column series_point.state is 'suppressed: whoever counted hides it; not_collected: nobody counted; not_declared: asked and not answered. None of them is zero';

create table survey_question (
  organisation_id uuid not null references organisation,
  question text not null,
  wording text not null,
  import_id uuid not null,
  primary key (organisation_id, question),
  foreign key (organisation_id, import_id) references data_import (organisation_id, id)
);
create table survey_result (
  organisation_id uuid not null references organisation,
  whose text not null,
  question text not null,
  year int not null check (year between 2000 and 2100),
  part text not null,
  part_name text not null,
  answer text not null,
  place int not null,
  state text not null check (state in ('known','suppressed','not_collected','not_declared')),
  share double precision check (share between 0 and 1),
  responses int check (responses >= 11),
  import_id uuid not null,
  primary key (organisation_id, whose, question, year, part, answer),
  foreign key (organisation_id, import_id) references data_import (organisation_id, id),
  check ((state = 'known') = (share is not null))
);
comment on column survey_result.whose is 'own: of the organisation; else the type of organisation as published, "National Average"';
comment on column survey_result.responses is 'Never under 11: a smaller group is stored as suppressed, without its number';

call wall.close('data_import');
call wall.close('series');
call wall.close('series_point');
call wall.close('survey_question');
call wall.close('survey_result');
call wall.allow('data_import', 'rowan_growth', 'si', 'organisation');
call wall.allow('series', 'rowan_growth', 'si', 'organisation');
call wall.allow('series_point', 'rowan_growth', 'siu', 'organisation', 'part_name, state, numerator, denominator, import_id');
call wall.allow('survey_question', 'rowan_growth', 'siu', 'organisation', 'wording, import_id');
call wall.allow('survey_result', 'rowan_growth', 'siu', 'organisation', 'part_name, place, state, share, responses, import_id');

-- +goose Down
drop table survey_result, survey_question, series_point, series, data_import;
