-- name: ListItems :many
-- A passport: one's own, or what its owner shares.
select code, added_at from passport_item where organisation_id = @organisation_id and person_id = @person_id order by added_at, code;

-- name: InsertItem :execrows
insert into passport_item (organisation_id, person_id, code, added_at) values (@organisation_id, @person_id, @code, @at) on conflict do nothing;

-- name: DeleteItem :execrows
delete from passport_item where organisation_id = @organisation_id and person_id = @person_id and code = @code;

-- name: ListNotes :many
select id, code, part, words from passport_note where service_id = @service_id and organisation_id = @organisation_id and person_id = @person_id;

-- name: InsertNote :exec
insert into passport_note (service_id, id, organisation_id, person_id, code, part, words, changed_at) values (@service_id, @id, @organisation_id, @person_id, @code, @part, @words, @at);

-- name: ChangeNote :exec
update passport_note set words = @words, changed_at = @at where service_id = @service_id and id = @id and person_id = @person_id;

-- name: DeleteNote :exec
delete from passport_note where service_id = @service_id and id = @id and person_id = @person_id;

-- name: FindManager :one
-- Who the actor's manager is, in the primary post first.
select o.manager_person_id from post o where o.organisation_id = @organisation_id and o.person_id = @person_id and o.manager_person_id is not null
 and o.starts_on <= @on_day and (o.ends_on is null or o.ends_on > @on_day) order by o.is_primary desc, o.starts_on limit 1;

-- name: ListManagers :many
-- Whom the actor's live posts name: what was asked of anybody else rests.
select distinct o.manager_person_id from post o where o.organisation_id = @organisation_id and o.person_id = @person_id and o.manager_person_id is not null
 and o.starts_on <= @on_day and (o.ends_on is null or o.ends_on > @on_day);

-- name: FindShare :one
select with_person_id, codes, at, until from passport_share where organisation_id = @organisation_id and person_id = @person_id;

-- name: InsertShare :exec
insert into passport_share (organisation_id, person_id, with_person_id, name, codes, at, until) values (@organisation_id, @person_id, @with_person_id, @name, @codes, @at, @until);

-- name: DeleteShare :execrows
delete from passport_share where organisation_id = @organisation_id and person_id = @person_id;

-- name: ListSharedWith :many
-- Who shares their passport with the actor.
select person_id, name, at, until from passport_share where organisation_id = @organisation_id and with_person_id = @with_person_id order by name, person_id;

-- name: ListAsks :many
-- What some people asked for, the newest first: row policies leave what was asked of the actor, or by them.
select id, person_id, manager_person_id, code, asked_at, carried_on, ended_at from adjustment_ask
where organisation_id = @organisation_id and person_id = any (@people::uuid[]) order by asked_at desc, id desc limit 5000;

-- name: ListAnswers :many
select ask_id, n, answer, reason, from_on, review_on, at from adjustment_answer where organisation_id = @organisation_id and person_id = any (@people::uuid[]) order by ask_id, n;

-- name: InsertAsk :execrows
insert into adjustment_ask (organisation_id, id, service_id, person_id, manager_person_id, code, asked_at, carried_on)
values (@organisation_id, @id, @service_id, @person_id, @manager_person_id, @code, @at, @carried_on) on conflict do nothing;

-- name: EndAsk :execrows
update adjustment_ask set ended_at = @at where organisation_id = @organisation_id and id = @id and person_id = @person_id and ended_at is null;

-- name: InsertAnswer :exec
insert into adjustment_answer (organisation_id, ask_id, n, person_id, manager_person_id, answer, reason, from_on, review_on, at)
values (@organisation_id, @ask_id, @n, @person_id, @manager_person_id, @answer, @reason, @from_on, @review_on, @at);

-- name: ListHelped :many
-- What was asked of some people after some weeks: their own, or what they share with the actor.
select kind, about_id, week, person_id, asked_on, answer, stands, shared from adjustment_followup
where organisation_id = @organisation_id and person_id = any (@people::uuid[]) order by asked_on desc, week desc, about_id limit 5000;

-- name: AnswerHelped :execrows
update adjustment_followup set answer = @answer, answered_at = @at, stands = @stands, shared = @shared
where organisation_id = @organisation_id and kind = @kind and about_id = @about_id and week = @week and person_id = @person_id;

-- name: ListFollowing :many
-- The organisations in which somebody is to be asked. weeks are how long after it began, horizon how old a question may be. The hours of a
-- return are asked about from the day of full hours, or the day on which somebody's last plan ended; never where it ended before it began.
with x as (
  select k.organisation_id, k.id, 'adjustment' as kind, l.from_on as began from adjustment_ask k
    join lateral (select a.answer, a.from_on from adjustment_answer a where a.organisation_id = k.organisation_id and a.ask_id = k.id order by a.n desc limit 1) l on l.answer <> 'declined'
    where k.ended_at is null
  union all
  select p.organisation_id, p.id, 'hours', least(h.full_on, (p.ended_at at time zone 'Europe/London')::date) from return_plan p
    join lateral (select r.starts_on, r.full_on from return_hours r where r.organisation_id = p.organisation_id and r.plan_id = p.id and r.person_at is not null and r.manager_at is not null order by r.n desc limit 1) h on true
    where (p.ended_at is null or (p.ended_at at time zone 'Europe/London')::date > h.starts_on)
     and not exists (select 1 from return_plan l join return_hours r on r.organisation_id = l.organisation_id and r.plan_id = l.id and r.person_at is not null and r.manager_at is not null where l.organisation_id = p.organisation_id and l.person_id = p.person_id and l.opened_at > p.opened_at)
), w as (select unnest(@weeks::int[]) as week)
select distinct x.organisation_id from x cross join w
where x.began + 7 * w.week <= @today::date and x.began + 7 * w.week > @horizon::date
 and not exists (select 1 from adjustment_followup f where f.organisation_id = x.organisation_id and f.kind = x.kind and f.about_id = x.id and f.week = w.week)
limit 500;

-- name: ListToFollow :many
-- Who of an organisation is to be asked, and about what.
with x as (
  select k.organisation_id, k.id, 'adjustment' as kind, k.person_id, k.manager_person_id, k.service_id, l.from_on as began from adjustment_ask k
    join lateral (select a.answer, a.from_on from adjustment_answer a where a.organisation_id = k.organisation_id and a.ask_id = k.id order by a.n desc limit 1) l on l.answer <> 'declined'
    where k.ended_at is null and k.organisation_id = @organisation_id
  union all
  select p.organisation_id, p.id, 'hours', p.person_id, h.manager_person_id, p.service_id, least(h.full_on, (p.ended_at at time zone 'Europe/London')::date) from return_plan p
    join lateral (select r.starts_on, r.full_on, r.manager_person_id from return_hours r where r.organisation_id = p.organisation_id and r.plan_id = p.id and r.person_at is not null and r.manager_at is not null order by r.n desc limit 1) h on true
    where p.organisation_id = @organisation_id and (p.ended_at is null or (p.ended_at at time zone 'Europe/London')::date > h.starts_on)
     and not exists (select 1 from return_plan l join return_hours r on r.organisation_id = l.organisation_id and r.plan_id = l.id and r.person_at is not null and r.manager_at is not null where l.organisation_id = p.organisation_id and l.person_id = p.person_id and l.opened_at > p.opened_at)
), w as (select unnest(@weeks::int[]) as week)
select x.kind::text as kind, x.id, x.person_id, x.manager_person_id, x.service_id, w.week::int as week from x cross join w
where x.began + 7 * w.week <= @today::date and x.began + 7 * w.week > @horizon::date
 and not exists (select 1 from adjustment_followup f where f.organisation_id = x.organisation_id and f.kind = x.kind and f.about_id = x.id and f.week = w.week)
order by x.person_id, x.kind, x.id, w.week limit 5000;

-- name: InsertFollow :execrows
insert into adjustment_followup (organisation_id, kind, about_id, week, person_id, manager_person_id, asked_on)
values (@organisation_id, @kind, @about_id, @week, @person_id, @manager_person_id, @today) on conflict do nothing;

-- name: ListUncounted :many
-- The organisations with adjustments whose uptake of a month is not counted.
select distinct k.organisation_id from adjustment_ask k where not exists (select 1 from adjustment_uptake u where u.organisation_id = k.organisation_id and u.month = @month) limit 500;

-- name: CountTeams :many
-- The teams of an organisation on a day, by the primary post: how many work there, have something in place, said whether it helps, and that it does.
with placed as (
  select distinct k.person_id from adjustment_ask k
  join lateral (select a.answer, a.from_on from adjustment_answer a where a.organisation_id = k.organisation_id and a.ask_id = k.id and a.at < @before order by a.n desc limit 1) l on l.answer <> 'declined' and l.from_on <= @on_day
  where k.organisation_id = @organisation_id and (k.ended_at is null or k.ended_at >= @before)
), said as (
  select distinct on (f.person_id) f.person_id, f.answer from adjustment_followup f
  where f.organisation_id = @organisation_id and f.kind = 'adjustment' and f.answered_at < @before order by f.person_id, f.answered_at desc
)
select o.department, o.team, count(distinct o.person_id)::int as people, count(distinct c.person_id)::int as in_place,
 count(distinct s.person_id)::int as answered, (count(distinct s.person_id) filter (where s.answer in ('helped', 'partly')))::int as helped
from post o join person p on p.organisation_id = o.organisation_id and p.id = o.person_id and (p.left_on is null or p.left_on > @on_day)
left join placed c on c.person_id = o.person_id left join said s on s.person_id = c.person_id
where o.organisation_id = @organisation_id and o.is_primary and o.starts_on <= @on_day and (o.ends_on is null or o.ends_on > @on_day)
group by o.department, o.team;

-- name: InsertUptake :exec
insert into adjustment_uptake (organisation_id, month, part, department, team, people, in_place, answered, helped, counted_at)
values (@organisation_id, @month, @part, @department, @team, @people, @in_place, @answered, @helped, @at) on conflict do nothing;

-- name: ListUptake :many
select month, part, department, team, people, in_place, answered, helped from adjustment_uptake where organisation_id = @organisation_id and month >= @since
order by month desc, part, department, team limit 2000;
