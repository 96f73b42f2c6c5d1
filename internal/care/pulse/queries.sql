-- name: InsertPulse :execrows
-- Sets a question for a period; the same id again changes nothing.
insert into pulse (service_id, id, organisation_id, question, opens_on, closes_on, set_at, by_name)
values (@service_id, @id, @organisation_id, @question, @opens_on, @closes_on, @set_at, @by_name)
on conflict (service_id, id) do nothing;

-- name: LockPulses :exec
-- Waits until nobody else of the service sets a question: periods do not overlap.
select pg_advisory_xact_lock(hashtextextended('pulse ' || @service_id::text, 0));

-- name: ListPulses :many
-- The questions of a service, the newest first.
select id, question, opens_on, closes_on, set_at, by_name from pulse where service_id = @service_id order by opens_on desc, id limit 60;

-- name: Answered :one
-- Whether the reader has answered.
select exists (select 1 from pulse_voice where service_id = @service_id and pulse_id = @pulse_id and account_id = @account_id) as answered;

-- name: InsertVoice :execrows
-- Notes that somebody answers.
insert into pulse_voice (service_id, pulse_id, account_id) values (@service_id, @pulse_id, @account_id)
on conflict (service_id, pulse_id, account_id) do nothing;

-- name: DeleteVoice :exec
-- Takes that back, when the answer could not be kept.
delete from pulse_voice where service_id = @service_id and pulse_id = @pulse_id and account_id = @account_id;

-- name: AddAnswer :exec
-- Adds an answer to the tally of a question.
select answer_pulse(@pulse_id::uuid, @score::int);

-- name: ListResults :many
-- What came of the questions whose period is over, the newest first.
select pulse_id, question, opens_on, closes_on, answers, mean, counted_at from pulse_result
where service_id = @service_id order by opens_on desc, pulse_id limit 60;

-- name: ListUncounted :many
-- The questions of every service whose period was over before a day, by the database's clock too, which shows no tally sooner, and
-- that are not counted.
select p.service_id, p.id, p.organisation_id, p.question, p.opens_on, p.closes_on from pulse p
where p.closes_on < least(@today::date, (now() at time zone 'Europe/London')::date) and not exists (select 1 from pulse_result r where r.service_id = p.service_id and r.pulse_id = p.id)
order by p.closes_on, p.id limit 500;

-- name: LockAnswers :exec
-- Waits until nobody answers a question, as answer_pulse waits until nobody counts.
select pg_advisory_xact_lock(hashtextextended('pulse count ' || @pulse_id::text, 0));

-- name: CountAnswers :one
-- How many answered a question, and the sum of what they answered.
select coalesce(sum(x.n), 0)::bigint as n, coalesce(sum(x.n * x.score), 0)::bigint as total
from pulse_tally t cross join lateral unnest(t.counts) with ordinality as x (n, score)
where t.service_id = @service_id and t.pulse_id = @pulse_id;

-- name: InsertResult :execrows
-- Keeps what came of a question, once.
insert into pulse_result (service_id, organisation_id, pulse_id, question, opens_on, closes_on, answers, mean, counted_at)
values (@service_id, @organisation_id, @pulse_id, @question, @opens_on, @closes_on, @answers, @mean, @counted_at)
on conflict (service_id, organisation_id, pulse_id) do nothing;

-- name: DeleteTally :exec
-- Forgets how often each score was given.
delete from pulse_tally where service_id = @service_id and pulse_id = @pulse_id;
