-- Who gets to occupational health, by group: what people declared to their employer, and counts of whom the service saw.

-- +goose Up
create table person_declared (
  organisation_id uuid not null,
  person_id uuid not null,
  sex text not null check (sex in ('female','male','not_declared')),
  ethnic_group text not null check (ethnic_group in ('asian','black','mixed','white','other','not_declared')),
  disability text not null check (disability in ('yes','no','not_declared')),
  primary key (organisation_id, person_id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);
comment on table person_declared is 'What people declared to their employer, from the staff feed. Nobody reads it: the employer writes it, and the job that counts groups is all that may select it';

create table rollup_reach (
  service_id uuid not null references service,
  organisation_id uuid not null references organisation,
  month date not null check (extract(day from month) = 1),
  division text not null,
  code text not null,
  staff int not null check (staff >= 0),
  seen int not null check (seen between 0 and staff),
  primary key (service_id, organisation_id, month, division, code),
  unique (organisation_id, service_id, month, division, code)
);
comment on table rollup_reach is 'Of the staff of a group on the last day of a half-year, how many the service saw in it; month is its last. Exact: disclosure control comes before it leaves';

call wall.close('person_declared');
call wall.close('rollup_reach');
call wall.allow('person_declared', 'rowan_employer', 'si', 'organisation', 'organisation_id, person_id', true);
call wall.allow('person_declared', 'rowan_employer', 'd', 'organisation');
call wall.allow('person_declared', 'rowan_worker', 's', 'organisation');
call wall.allow('rollup_reach', 'rowan_worker', 'siud', 'all');
-- Who was seen tells of self-referrals as well: the service reads it, and no client does.
call wall.allow('rollup_reach', 'rowan_growth', 's', 'service');
insert into job.permit (login, kind) values ('rowan_worker', 'reach.count');

-- +goose Down
delete from job.permit where kind = 'reach.count';
drop table rollup_reach, person_declared;
