-- The site that a service shows its staff without a sign-in, and its campaigns. What is written is a growth table, keyed by the
-- organisation that hosts the service; the hall, which answers whoever is not signed in, reads what is published and nothing else.

-- +goose Up
create table site_address (
  slug text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 2 and 40),
  service_id uuid not null unique references service,
  organisation_id uuid not null references organisation,
  opened_at timestamptz not null,
  by_name text not null
);
comment on table site_address is 'Where the public site of a service is: /site/SLUG. It is for everybody to see, and stays: links and posters carry it';

create table site_version (
  organisation_id uuid not null references organisation,
  service_id uuid not null references service,
  path text not null check (path ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(path) <= 60),
  version int not null check (version > 0),
  kind text not null check (kind in ('home','refer','steps','contacts','careers','news','page')),
  title text not null check (title <> ''),
  words text not null check (words <> ''),
  easy text not null,
  review_on date not null,
  state text not null check (state in ('draft','offered','published','replaced','withdrawn')),
  shown boolean not null check (shown = (state = 'published')),
  returned text not null default '',
  saved_at timestamptz not null,
  saved_by text not null,
  decided_at timestamptz,
  decided_by text,
  primary key (organisation_id, service_id, path, version),
  check ((decided_at is null) = (decided_by is null)),
  check (state not in ('published','replaced','withdrawn') or decided_at is not null)
);
create unique index site_version_published on site_version (organisation_id, service_id, path) where shown;
create unique index site_version_open on site_version (organisation_id, service_id, path) where state in ('draft','offered');
comment on table site_version is 'A page as it was written: words and easy are Markdown. What was published once is kept as it was';
comment on column site_version.returned is 'Why occupational health gave it back to whoever wrote it';

-- +goose StatementBegin
create function site_version_kept() returns trigger language plpgsql as $$
begin
  if old.state not in ('draft','offered') and (new.title, new.words, new.easy) is distinct from (old.title, old.words, old.easy) then
    raise exception 'what was published is kept as it was';
  end if;
  return new;
end
$$;
-- +goose StatementEnd
create trigger site_version_kept before update on site_version for each row execute function site_version_kept();

create table site_setting (
  organisation_id uuid not null references organisation,
  service_id uuid not null references service,
  origins text[] not null default '{}',
  measured boolean not null default false,
  wait text not null default '',
  wait_period text not null default '',
  counted_at timestamptz,
  saved_at timestamptz not null,
  saved_by text not null,
  primary key (organisation_id, service_id)
);
comment on column site_setting.origins is 'Intranet sites that may show the block inside a page of theirs';
comment on column site_setting.wait is 'How long half of people waited, in words, after disclosure control; empty where it may not be shown';

create table site_vacancy (
  organisation_id uuid not null references organisation,
  id uuid not null,
  service_id uuid not null references service,
  title text not null check (title <> ''),
  band text not null,
  wte double precision not null check (wte > 0),
  development boolean not null,
  words text not null,
  link text not null,
  closes_on date not null,
  published_at timestamptz not null,
  by_name text not null,
  shown boolean not null,
  withdrawn_at timestamptz,
  primary key (organisation_id, id),
  check (shown = (withdrawn_at is null))
);
comment on table site_vacancy is 'A vacancy of the workforce plan that is advertised and was marked public';

create table campaign (
  organisation_id uuid not null references organisation,
  id uuid not null,
  service_id uuid not null references service,
  title text not null check (title <> ''),
  audience text not null,
  message text not null,
  material text not null,
  reason text not null,
  hoped text not null check (hoped in ('more','fewer')),
  starts_on date not null,
  ends_on date not null,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  by_name text not null,
  withdrawn_at timestamptz,
  primary key (organisation_id, id),
  check (ends_on >= starts_on)
);
comment on column campaign.reason is 'The referral reason on which it should tell; all for every reason';
comment on column campaign.hoped is 'Said before it starts: more referrals for that reason (people come earlier), or fewer';

create table campaign_reach (
  organisation_id uuid not null,
  campaign_id uuid not null,
  channel text not null check (channel in ('poster','email','intranet','stand','talk','social','champion')),
  on_day date not null,
  n int not null check (n between 0 and 1000000),
  saved_at timestamptz not null,
  by_name text not null,
  primary key (organisation_id, campaign_id, channel, on_day),
  foreign key (organisation_id, campaign_id) references campaign (organisation_id, id)
);
comment on table campaign_reach is 'How many a campaign reached, in numbers: nobody is named, and nobody is counted twice by this table alone';

create table ambassador_talk (
  organisation_id uuid not null references organisation,
  id uuid not null,
  service_id uuid not null references service,
  on_day date not null,
  place text not null check (place <> ''),
  audience text not null check (audience in ('school','college','university','students','colleagues','public')),
  listeners int not null check (listeners between 0 and 100000),
  enquiries int check (enquiries between 0 and 100000),
  changed_at timestamptz not null,
  by_name text not null,
  primary key (organisation_id, id)
);
comment on table ambassador_talk is 'A talk about working in occupational health, and how many asked about it afterwards; null until somebody has counted';

call wall.close('site_address');
call wall.close('site_version');
call wall.close('site_setting');
call wall.close('site_vacancy');
call wall.close('campaign');
call wall.close('campaign_reach');
call wall.close('ambassador_talk');

call wall.allow('site_address', 'rowan_hall', 's', 'all');
call wall.allow('site_address', 'rowan_hall', 'i', $$service_id = (select nullif(current_setting('app.service', true), '')::uuid) and organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$);
call wall.allow('site_address', 'rowan_growth', 's', 'all');
call wall.allow('site_address', 'rowan_worker', 's', 'all');
call wall.allow('site_version', 'rowan_growth', 'siu', 'organisation', 'title, words, easy, review_on, state, shown, returned, saved_at, saved_by, decided_at, decided_by');
call wall.allow('site_setting', 'rowan_growth', 'siu', 'organisation', 'origins, measured, wait, wait_period, counted_at, saved_at, saved_by');
call wall.allow('site_vacancy', 'rowan_growth', 'siu', 'organisation', 'title, band, wte, development, words, link, closes_on, published_at, by_name, shown, withdrawn_at');
call wall.allow('campaign', 'rowan_growth', 'siu', 'organisation', 'title, audience, message, material, reason, hoped, starts_on, ends_on, changed_at, by_name, withdrawn_at');
call wall.allow('campaign_reach', 'rowan_growth', 'siu', 'organisation', 'n, saved_at, by_name');
call wall.allow('ambassador_talk', 'rowan_growth', 'siu', 'organisation', 'enquiries, changed_at, by_name');

-- Whoever is not signed in: what is published, without who wrote it.
call wall.allow('site_version', 'rowan_hall', 's', 'shown', 'organisation_id, service_id, path, version, kind, title, words, easy, review_on, shown, decided_at', true);
call wall.allow('site_setting', 'rowan_hall', 's', 'all', 'organisation_id, service_id, origins, measured, wait, wait_period, counted_at', true);
call wall.allow('site_vacancy', 'rowan_hall', 's', 'shown', 'organisation_id, service_id, id, title, band, wte, development, words, link, closes_on, shown', true);

insert into job.permit (login, kind) values ('rowan_worker', 'site.refresh');

-- +goose Down
delete from job.permit where kind = 'site.refresh';
drop table ambassador_talk, campaign_reach, campaign, site_vacancy, site_setting, site_version, site_address;
drop function site_version_kept;
