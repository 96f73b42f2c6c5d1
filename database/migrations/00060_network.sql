-- What an organisation shares with its integrated care system (ICS), and what an ICS has received. Both are growth tables: sharing_*
-- belong to the organisation, system_* to the ICS, which is an organisation too. Nothing of a trust's own is opened to an ICS: what
-- leaves is written into the tables of the ICS, after disclosure control, under a pseudonym.

-- +goose Up
create table sharing_agreement (
  organisation_id uuid not null references organisation,
  id uuid not null,
  system_id uuid not null references organisation,
  item text not null check (item <> ''),
  from_month date not null check (extract(day from from_month) = 1),
  state text not null check (state in ('asked','agreed','refused','ended')),
  asked_at timestamptz not null,
  asked_by text not null,
  decided_at timestamptz,
  decided_by text,
  ended_at timestamptz,
  ended_by text,
  nation_id uuid references organisation,
  primary key (organisation_id, id),
  check ((nation_id is not null) = (item = 'nation')),
  check ((decided_at is null) = (decided_by is null)),
  check (state not in ('agreed','refused') or decided_at is not null),
  check ((ended_at is not null) = (state = 'ended'))
);
create unique index sharing_agreement_open on sharing_agreement (organisation_id, system_id, item) where state in ('asked','agreed');
comment on table sharing_agreement is 'A metric that an organisation shares, from a month on; item "name" is that it is named, item "nation" that what leaves for the ICS leaves for the nation too';

create table sharing_code (
  organisation_id uuid not null references organisation,
  system_id uuid not null references organisation,
  made_at timestamptz not null,
  code text not null check (code ~ '^[A-Z2-9]{6}$'),
  primary key (organisation_id, system_id, made_at)
);
comment on table sharing_code is 'The pseudonym of an organisation in an ICS; the newest is in force. One that is named no longer gets a new one';

create table sharing_release (
  organisation_id uuid not null references organisation,
  id uuid not null,
  system_id uuid not null references organisation,
  as_at date not null,
  made_at timestamptz not null,
  by_name text not null,
  figures int not null check (figures > 0),
  file bytea not null,
  primary key (organisation_id, id)
);
comment on column sharing_release.file is 'The signed file, as it left';

create table sharing_value (
  organisation_id uuid not null,
  metric text not null,
  item text not null,
  month date not null check (extract(day from month) = 1),
  release_id uuid not null,
  primary key (organisation_id, metric, item, month),
  foreign key (organisation_id, release_id) references sharing_release (organisation_id, id)
);
comment on table sharing_value is 'What has left: a month of a metric leaves once, so that nothing can be learnt from two releases that differ';

create table system_key (
  organisation_id uuid not null references organisation,
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  name text not null check (name <> ''),
  added_at timestamptz not null,
  by_name text not null,
  closed_at timestamptz,
  primary key (organisation_id, fingerprint)
);
comment on table system_key is 'An installation whose files an ICS takes';

create table system_release (
  organisation_id uuid not null references organisation,
  id uuid not null,
  fingerprint text not null,
  code text not null,
  name text not null,
  model text not null,
  system text not null,
  as_at date not null,
  made_at timestamptz not null,
  taken_at timestamptz not null,
  way text not null check (way in ('here','file')),
  figures int not null check (figures > 0),
  primary key (organisation_id, id)
);
comment on table system_release is 'A release that an ICS has received, from this installation or by a file of another';

create table system_value (
  organisation_id uuid not null,
  fingerprint text not null,
  code text not null,
  metric text not null,
  item text not null,
  month date not null check (extract(day from month) = 1),
  release_id uuid not null,
  definition text not null,
  state text not null check (state in ('known','hidden','nothing')),
  part int check (part >= 0),
  whole int check (whole >= 0),
  score int check (score between 0 and 100000),
  primary key (organisation_id, fingerprint, code, metric, item, month),
  foreign key (organisation_id, release_id) references system_release (organisation_id, id)
);
comment on column system_value.part is 'As it left: of people rounded, or null where it is hidden';

call wall.close('sharing_agreement');
call wall.close('sharing_code');
call wall.close('sharing_release');
call wall.close('sharing_value');
call wall.close('system_key');
call wall.close('system_release');
call wall.close('system_value');

call wall.allow('sharing_agreement', 'rowan_growth', 'siu', 'organisation', 'state, decided_at, decided_by, ended_at, ended_by');
call wall.allow('sharing_agreement', 'rowan_worker', 's', 'all', 'organisation_id, system_id, item, state', true);
call wall.allow('sharing_code', 'rowan_growth', 'si', 'organisation');
call wall.allow('sharing_release', 'rowan_growth', 'si', 'organisation');
call wall.allow('sharing_value', 'rowan_growth', 'si', 'organisation');
call wall.allow('system_key', 'rowan_growth', 'siu', 'organisation', 'closed_at, name');
-- Whoever shares with an ICS writes its own release there, and sees what all have released: an ICS keeps no comparison to itself. The
-- same holds for the nation, for those who agreed that what they share goes on to it.
call wall.allow('system_release', 'rowan_growth', 'si', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id in (select a.system_id from sharing_agreement a where a.organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and a.state = 'agreed' and a.item not in ('name','nation','skills')) or organisation_id in (select n.nation_id from sharing_agreement n join sharing_agreement a on a.organisation_id = n.organisation_id and a.system_id = n.system_id where n.organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and n.state = 'agreed' and n.item = 'nation' and a.state = 'agreed' and a.item not in ('name','nation','skills'))$$);
call wall.allow('system_value', 'rowan_growth', 'si', $$organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) or organisation_id in (select a.system_id from sharing_agreement a where a.organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and a.state = 'agreed' and a.item not in ('name','nation','skills')) or organisation_id in (select n.nation_id from sharing_agreement n join sharing_agreement a on a.organisation_id = n.organisation_id and a.system_id = n.system_id where n.organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid) and n.state = 'agreed' and n.item = 'nation' and a.state = 'agreed' and a.item not in ('name','nation','skills'))$$);

insert into job.permit (login, kind) values ('rowan_worker', 'sharing.release');

-- +goose Down
delete from job.permit where kind = 'sharing.release';
drop table system_value, system_release, system_key, sharing_value, sharing_release, sharing_code, sharing_agreement;
