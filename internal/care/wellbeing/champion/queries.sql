-- name: FindPost :one
-- Where somebody works on a day, their primary post first, and who their manager is.
select o.department, o.team, o.manager_person_id from post o
where o.organisation_id = @organisation_id and o.person_id = @person_id and o.starts_on <= @on_day and (o.ends_on is null or o.ends_on > @on_day)
order by o.is_primary desc, o.starts_on limit 1;

-- name: InsertChampion :execrows
-- Asks; somebody who has asked, or is one, has a row already.
insert into champion (organisation_id, id, person_id, name, department, team, state, asked_at, link_id)
values (@organisation_id, @id, @person_id, @name, @department, @team, 'asked', @at, @link_id) on conflict do nothing;

-- name: ListOwn :many
-- Everything the actor asked: what stands, then the newest.
select organisation_id, id, person_id, name, department, team, state, asked_at, hours, decided_at, ends_on, ended_by, thanked_at, thanked_by
from champion where organisation_id = @organisation_id and person_id = @person_id
order by state in ('asked','agreed') and ends_on is null desc, asked_at desc, id desc limit 20;

-- name: ListActive :many
-- The champions of an organisation on a day, for their colleagues: row policies leave out who has left.
select person_id, name, department, team from champion
where organisation_id = @organisation_id and state = 'agreed' and (ends_on is null or ends_on > @on_day) order by department, name, id limit 500;

-- name: ListNetwork :many
-- Who asked and who is or was a champion: row policies limit it to the actor's line, or the clients of their service.
select c.organisation_id, c.id, c.person_id, c.name, coalesce(o.department, c.department)::text as department, coalesce(o.team, c.team)::text as team, c.state, c.asked_at, c.hours, c.decided_at, c.ends_on, c.ended_by, c.thanked_at, c.thanked_by, w.left_on,
 coalesce(array(select t.done_on from champion_training t where t.organisation_id = c.organisation_id and t.champion_id = c.id order by t.done_on desc), '{}')::date[] as trained,
 coalesce(array(select t.kind from champion_training t where t.organisation_id = c.organisation_id and t.champion_id = c.id order by t.done_on desc), '{}')::text[] as kinds,
 coalesce(array(select t.by_name from champion_training t where t.organisation_id = c.organisation_id and t.champion_id = c.id order by t.done_on desc), '{}')::text[] as trainers
from champion c join person w on w.organisation_id = c.organisation_id and w.id = c.person_id
 left join lateral (select p.department, p.team from post p where p.organisation_id = c.organisation_id and p.person_id = c.person_id and p.starts_on <= @on_day and (p.ends_on is null or p.ends_on > @on_day)
 order by p.is_primary desc, p.starts_on limit 1) o on true
where c.organisation_id = @organisation_id and (sqlc.narg('id')::uuid is null or c.id = @id)
order by c.name, c.asked_at desc, c.id limit 2000;

-- name: FindOrganisation :one
-- The organisation of a champion: row policies limit it to clients of the service.
select organisation_id from champion where id = @id;

-- name: ListTrained :many
-- The trainings of one champion, the newest first.
select done_on, kind, by_name from champion_training where organisation_id = @organisation_id and champion_id = @champion_id order by done_on desc;

-- name: Withdraw :execrows
update champion set state = 'withdrawn' where organisation_id = @organisation_id and person_id = @person_id and state = 'asked';

-- name: StepDown :execrows
-- The row stays: the day is the first on which they are no champion, null for none. Whoever set it moves it, until it has come, and from
-- the day that they saw.
update champion set ends_on = @ends_on, ended_by = @ended_by
where organisation_id = @organisation_id and id = @id and state = 'agreed' and (ends_on is null or ends_on > @on_day)
 and (ended_by is null or ended_by = @by) and ends_on is not distinct from @was;

-- name: Agree :execrows
-- Only what was asked can be agreed to; hours can change afterwards.
update champion set state = 'agreed', hours = @hours, manager_person_id = @manager, decided_at = coalesce(decided_at, @at)
where organisation_id = @organisation_id and id = @id and state in ('asked','agreed') and (ends_on is null or ends_on > @on_day);

-- name: Refuse :execrows
update champion set state = 'refused', manager_person_id = @manager, decided_at = @at where organisation_id = @organisation_id and id = @id and state = 'asked';

-- name: InsertTraining :execrows
insert into champion_training (organisation_id, champion_id, done_on, kind, recorded_at, by_name)
values (@organisation_id, @champion_id, @done_on, @kind, @at, @by_name) on conflict do nothing;

-- name: Thank :execrows
update champion set thanked_at = @at, thanked_by = @by_name where organisation_id = @organisation_id and id = @id and state = 'agreed';

-- name: ListSquads :many
-- The teams of an organisation on a day, by the primary post: how many work there, and how many of them are champions.
select o.department, o.team, count(distinct o.person_id)::int as people, count(distinct c.person_id)::int as champions
from post o join person p on p.organisation_id = o.organisation_id and p.id = o.person_id and (p.left_on is null or p.left_on > @on_day)
left join champion c on c.organisation_id = o.organisation_id and c.person_id = o.person_id and c.state = 'agreed' and (c.ends_on is null or c.ends_on > @on_day)
where o.organisation_id = @organisation_id and o.is_primary and o.starts_on <= @on_day and (o.ends_on is null or o.ends_on > @on_day)
group by o.department, o.team;

-- name: ListClients :many
-- The organisations whose staff a service looks after on a day.
select s.organisation_id, s.name from organisation_span s
where s.valid_from <= @on_day and (s.valid_to is null or s.valid_to > @on_day)
 and (s.organisation_id in (select c.organisation_id from contract c where c.service_id = @service_id and c.valid_from <= @on_day and (c.valid_to is null or c.valid_to > @on_day))
  or s.organisation_id in (select v.organisation_id from service v where v.id = @service_id))
order by s.name;

-- name: NameOrganisation :one
select name from organisation_span where organisation_id = @organisation_id and valid_from <= @on_day and (valid_to is null or valid_to > @on_day);

-- name: SetCount :execrows
insert into champion_count (organisation_id, person_id, month, code, n) values (@organisation_id, @person_id, @month, @code, @n)
on conflict (organisation_id, person_id, month, code) do update set n = excluded.n where champion_count.n <> excluded.n;

-- name: ListOwnCounts :many
select month, code, n from champion_count where organisation_id = @organisation_id and person_id = @person_id and month >= @since order by month desc, code;

-- name: SumCounts :many
-- The counts of all champions together, by month and code, and how many champions are in each: a row is one of theirs. Whose they
-- are, this login cannot read.
select month, code, sum(n)::int as n, (count(*) filter (where n > 0))::int as champions from champion_count
where organisation_id = @organisation_id and month >= @since and month < @before group by month, code order by month desc, code;

-- name: InsertLink :execrows
insert into champion_link (organisation_id, id, made_at, by_name, expires_on) values (@organisation_id, @id, @at, @by_name, @expires_on) on conflict do nothing;

-- name: CloseLink :execrows
update champion_link set closed_at = @at where organisation_id = @organisation_id and id = @id and closed_at is null;

-- name: ListLinks :many
-- The links that can still be followed, and how many asked by each.
select l.id, l.made_at, l.by_name, l.expires_on, (select count(distinct c.person_id) from champion c where c.organisation_id = l.organisation_id and c.link_id = l.id)::int as asked
from champion_link l where l.organisation_id = @organisation_id and l.closed_at is null and l.expires_on >= @on_day order by l.made_at desc limit 50;

-- name: FindLink :one
-- A link that is still open.
select organisation_id, id from champion_link where id = @id and closed_at is null and expires_on >= @on_day;

-- name: InsertKit :execrows
insert into champion_kit (service_id, id, kind, title, words, link, published_at, by_name) values (@service_id, @id, @kind, @title, @words, @link, @at, @by_name) on conflict do nothing;

-- name: WithdrawKit :execrows
update champion_kit set withdrawn_at = @at where service_id = @service_id and id = @id and withdrawn_at is null;

-- name: ListKits :many
select id, kind, title, words, link, published_at, by_name from champion_kit where service_id = @service_id and withdrawn_at is null order by published_at desc, id limit 100;

-- name: ListToTell :many
-- The champions of every client of the service on a day.
select c.organisation_id, c.id, c.person_id from champion c join person p on p.organisation_id = c.organisation_id and p.id = c.person_id and (p.left_on is null or p.left_on > @on_day)
where c.state = 'agreed' and (c.ends_on is null or c.ends_on > @on_day) order by c.organisation_id, c.id limit 5000;
