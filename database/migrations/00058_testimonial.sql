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
-- Who holds the link reads and answers it; whoever is not signed in reads what is on the public site, without who wrote it down.
call wall.allow('testimonial', 'rowan_hall', 's', $$shown or organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid)$$,
  'organisation_id, id, service_id, words, audience, named, giver, asked, agreed, ends_on, state, held, shown, agreed_at', true);
call wall.allow('testimonial', 'rowan_hall', 'u', 'organisation', 'agreed, state, shown, agreed_at, ended_at, ended_by');

-- +goose Down
drop table testimonial;
