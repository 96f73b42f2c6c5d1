-- Words of people that may be shown: where, until when and under which name they agreed; and nominations for awards.

-- +goose Up
create table testimonial (
  organisation_id uuid not null references organisation,
  id uuid not null,
  service_id uuid not null references service,
  words text not null,
  quote_id uuid,
  audience text not null check (audience in ('person','manager','partner')),
  named text not null check (named in ('name','role','nobody')),
  giver text not null,
  asked text[] not null check (cardinality(asked) > 0 and asked <@ array['inside','public','partners']),
  agreed text[] not null default '{}' check (agreed <@ asked),
  ends_on date not null,
  state text not null check (state in ('asked','agreed','refused','withdrawn')),
  held boolean not null,
  found int not null check (found >= 0),
  cleared_by text,
  cleared_why text not null default '',
  clearer uuid,
  shown boolean not null check (shown = (state = 'agreed' and not held and 'public' = any (agreed))),
  made_at timestamptz not null,
  made_by text not null,
  maker uuid not null,
  agreed_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  primary key (organisation_id, id),
  foreign key (service_id, quote_id) references feedback_quote (service_id, id),
  check ((quote_id is null) = (words <> '')),
  check (quote_id is null or (named = 'nobody' and asked = array['inside'])),
  check ((named = 'nobody') = (giver = '')),
  check ((state = 'agreed') <= (cardinality(agreed) > 0 and agreed_at is not null)),
  check ((state in ('refused','withdrawn')) = (ended_at is not null)),
  check ((clearer is null) = (cleared_by is null)),
  check ((found > 0 and not held) <= (clearer is not null)),
  constraint testimonial_four_eyes check (clearer <> maker)
);
create unique index on testimonial (organisation_id, quote_id) where state <> 'withdrawn';
comment on table testimonial is 'What somebody said, and where they agreed that it is shown. They agree, and take it back, by a link of their own';
comment on column testimonial.quote_id is 'A quote of feedback: it has no words of its own, so that it goes with the quote, and its writer agreed to be shown inside and without a name';
comment on column testimonial.giver is 'The name or the role under which they agreed to be shown, for everybody to see';
comment on column testimonial.found is 'How many places in the words looked like a person when they were written down';

call wall.close('testimonial');
call wall.allow('testimonial', 'rowan_growth', 'siu', 'organisation', 'state, held, cleared_by, cleared_why, clearer, shown, ended_at, ended_by');
-- Who holds the link reads and answers it, and the public site shows what is shown: both as the house, in the organisation of the link
-- or of the site, and without who wrote it down. Whoever is not signed in has no organisation and reads none.
call wall.allow('testimonial', 'rowan_hall', 's', 'organisation',
  'organisation_id, id, service_id, words, audience, named, giver, asked, agreed, ends_on, state, held, shown, agreed_at', true);
call wall.allow('testimonial', 'rowan_hall', 'u', 'organisation', 'agreed, state, shown, agreed_at, ended_at, ended_by');

create table award (
  organisation_id uuid not null references organisation,
  id uuid not null,
  service_id uuid not null references service,
  kind text not null check (kind in ('award','accreditation')),
  name text not null check (name <> ''),
  organiser text not null check (organiser <> ''),
  deadline date not null,
  state text not null check (state in ('drafting','submitted','shortlisted','won','not','dropped')),
  made_at timestamptz not null,
  made_by text not null,
  submitted_at timestamptz,
  submitted_by text,
  settled_on date,
  settled_words text not null default '',
  settled_by text,
  valid_until date,
  primary key (organisation_id, id),
  check ((state in ('drafting','dropped')) = (submitted_at is null)),
  check ((state in ('shortlisted','won','not')) <= (settled_on is not null))
);
comment on column award.valid_until is 'The last day of an accreditation that was won; an award has none';
create table award_criterion (
  organisation_id uuid not null,
  award_id uuid not null,
  n int not null check (n > 0),
  title text not null check (title <> ''),
  most_words int check (most_words > 0),
  answer text not null default '',
  version int not null check (version > 0),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, award_id, n),
  foreign key (organisation_id, award_id) references award (organisation_id, id)
);
create table award_evidence (
  organisation_id uuid not null,
  id uuid not null,
  award_id uuid not null,
  n int not null,
  kind text not null check (kind in ('figure','story','testimonial','effect','item')),
  citation_id uuid,
  story_id uuid,
  testimonial_id uuid,
  forecast_id uuid,
  item_id uuid,
  added_at timestamptz not null,
  added_by text not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, award_id, n) references award_criterion (organisation_id, award_id, n),
  foreign key (organisation_id, citation_id) references citation (organisation_id, id),
  foreign key (organisation_id, story_id) references story (organisation_id, id),
  foreign key (organisation_id, testimonial_id) references testimonial (organisation_id, id),
  foreign key (organisation_id, forecast_id) references forecast_verdict (organisation_id, forecast_id),
  foreign key (organisation_id, item_id) references evidence_item (organisation_id, id),
  check (num_nonnulls(citation_id, story_id, testimonial_id, forecast_id, item_id) = 1)
);
comment on table award_evidence is 'What an answer rests on. It is pointed at and not copied: what is withdrawn there is gone here';

-- +goose StatementBegin
create function award_sent() returns trigger language plpgsql as $$
declare
  x record;
begin
  x := case when tg_op = 'DELETE' then old else new end;
  if exists (select from award a where a.organisation_id = x.organisation_id and a.id = x.award_id and a.state <> 'drafting') then
    raise exception 'a nomination that was sent is kept as it was' using errcode = 'RW001';
  end if;
  return x;
end
$$;
-- +goose StatementEnd
create trigger award_sent before insert or update on award_criterion for each row execute function award_sent();
create trigger award_sent before insert or update or delete on award_evidence for each row execute function award_sent();

call wall.close('award');
call wall.close('award_criterion');
call wall.close('award_evidence');
call wall.allow('award', 'rowan_growth', 'siu', 'organisation', 'state, submitted_at, submitted_by, settled_on, settled_words, settled_by, valid_until');
call wall.allow('award_criterion', 'rowan_growth', 'siu', 'organisation', 'answer, version, changed_at, changed_by');
call wall.allow('award_evidence', 'rowan_growth', 'sid', 'organisation');

-- +goose Down
drop table award_evidence, award_criterion, award;
drop function award_sent;
drop table testimonial;
