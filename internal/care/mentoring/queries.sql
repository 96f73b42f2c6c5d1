-- name: SaveMentor :execrows
-- Writes one's own profile as a mentor.
insert into mentor (service_id, account_id, paused, places, offers, how, days, changed_at)
values (@service_id, @account_id, @paused, @places, @offers, @how, @days, @at)
on conflict (service_id, account_id) do update set paused = excluded.paused, places = excluded.places, offers = excluded.offers, how = excluded.how, days = excluded.days, changed_at = excluded.changed_at;

-- name: ListMentors :many
-- Who takes anybody as a mentor, and oneself whether one does or not, with how many of their places are taken and how many wait.
select account_id, paused, places, offers, how, days, mentor_places(account_id)::int[] as counted from mentor
where service_id = @service_id order by account_id limit 200;

-- name: LockMentor :exec
-- Waits until nobody takes or frees a place of a mentor.
select pg_advisory_xact_lock(hashtextextended('mentor ' || @mentor::text, 0));

-- name: Ask :execrows
-- Asks a mentor, or joins who waits for one: there is a place when some are free and nobody waits. Asked again it changes nothing.
insert into mentorship (service_id, id, mentor_account, mentor_name, mentee_account, mentee_name, wants, state, asked_at)
select m.service_id, @id, m.account_id, @mentor_name, @mentee_account, @mentee_name, @wants, case when (mentor_places(m.account_id))[1] < m.places and (mentor_places(m.account_id))[2] = 0 then 'asked' else 'waiting' end, @at
from mentor m where m.service_id = @service_id and m.account_id = @mentor and not m.paused and m.account_id <> @mentee_account
on conflict do nothing;

-- name: Settle :one
-- Gives free places of a mentor to who waits.
select settle_mentor(@mentor::uuid)::int as given;

-- name: ListPairs :many
-- The actor's mentorships and what they asked, those that go on first. Row security shows no other.
select id, mentor_account, mentor_name, mentee_account, mentee_name, wants, state, asked_at, answered_at, ended_at, ended_by, thanks, next_on, next_set_at, next_version,
 exists (select 1 from mentoring_voice v where v.service_id = m.service_id and v.mentorship_id = m.id) as said from mentorship m
where m.service_id = @service_id and (sqlc.narg('id')::uuid is null or m.id = @id) order by m.ended_at is not null, m.asked_at desc, m.id limit 200;

-- name: Answer :execrows
-- The mentor answers who asked.
update mentorship set state = @state, answered_at = @at where service_id = @service_id and id = @id and mentor_account = @account and state = 'asked';

-- name: Withdraw :execrows
-- Who asked takes it back.
update mentorship set state = 'withdrawn' where service_id = @service_id and id = @id and mentee_account = @account and state in ('asked','waiting');

-- name: End :execrows
-- One of the two ends it.
update mentorship set state = 'ended', ended_at = @at, ended_by = @account, thanks = @thanks, next_on = null where service_id = @service_id and id = @id and state = 'on';

-- name: SetNext :execrows
-- Plans the next meeting, moves it, or says that there is none.
update mentorship set next_on = sqlc.narg('next_on'), next_set_at = @at, next_version = next_version + 1 where service_id = @service_id and id = @id and state = 'on' and next_on is distinct from sqlc.narg('next_on')::date;

-- name: InsertGoal :execrows
-- Adds a goal of the two; the same form again changes nothing.
insert into mentoring_goal (service_id, id, mentorship_id, about, state, words, added_at, changed_at)
values (@service_id, @id, @mentorship_id, @about, @state, @words, @at, @at) on conflict (service_id, id) do nothing;

-- name: ListGoals :many
-- The goals of the two, in the order in which they were added.
select id, about, state, words, added_at, changed_at from mentoring_goal where service_id = @service_id and mentorship_id = @mentorship_id order by added_at, id limit 100;

-- name: UpdateGoal :execrows
-- Writes a goal anew, unless it has changed since it was seen.
update mentoring_goal set about = @about, state = @state, words = @words, changed_at = @at where service_id = @service_id and id = @id and mentorship_id = @mentorship_id and changed_at = @seen;

-- name: InsertMeeting :execrows
-- Writes down that the two met; the same form again changes nothing.
insert into mentoring_meeting (service_id, id, mentorship_id, on_date, minutes, by_account, by_name, at)
values (@service_id, @id, @mentorship_id, @on_date, @minutes, @by_account, @by_name, @at) on conflict (service_id, id) do nothing;

-- name: ListMeetings :many
-- When the two met, the newest first.
select id, on_date, minutes, by_account, by_name from mentoring_meeting where service_id = @service_id and mentorship_id = @mentorship_id and removed_at is null order by on_date desc, at desc, id limit 200;

-- name: RemoveMeeting :execrows
-- Takes back a meeting that one wrote down oneself.
update mentoring_meeting set removed_at = @at where service_id = @service_id and id = @id and mentorship_id = @mentorship_id and by_account = @account and removed_at is null;

-- name: InsertEntry :execrows
-- Writes into one's own log; the same form again changes nothing.
insert into mentoring_log (service_id, id, mentorship_id, account_id, at, words) values (@service_id, @id, @mentorship_id, @account_id, @at, @words) on conflict (service_id, id) do nothing;

-- name: ListEntries :many
-- One's own log and what the other shows, the newest first. Row security shows nothing else.
select id, account_id, at, words, shown_at from mentoring_log where service_id = @service_id and mentorship_id = @mentorship_id order by at desc, id limit 200;

-- name: ShowEntry :execrows
-- Shows an entry of one's own to the other, or no longer.
update mentoring_log set shown_at = sqlc.narg('shown_at') where service_id = @service_id and id = @id and mentorship_id = @mentorship_id and account_id = @account and (shown_at is null) <> (sqlc.narg('shown_at')::timestamptz is null);

-- name: RemoveEntry :execrows
-- Deletes an entry of one's own.
delete from mentoring_log where service_id = @service_id and id = @id and mentorship_id = @mentorship_id and account_id = @account;

-- name: FindFeed :one
-- One's own calendar.
select id, made_at from mentoring_feed where service_id = @service_id and account_id = @account_id;

-- name: InsertFeed :exec
insert into mentoring_feed (service_id, account_id, id, made_at) values (@service_id, @account_id, @id, @at);

-- name: DeleteFeed :execrows
delete from mentoring_feed where service_id = @service_id and account_id = @account_id;

-- name: Voice :execrows
-- Notes that the mentee answers, once.
insert into mentoring_voice (service_id, mentorship_id, account_id) values (@service_id, @mentorship_id, @account_id) on conflict do nothing;

-- name: NoVoice :exec
-- Takes that back, when the answer could not be kept.
delete from mentoring_voice where service_id = @service_id and mentorship_id = @mentorship_id and account_id = @account_id;

-- name: AddAnswer :exec
select answer_mentoring(@score::int);

-- name: ListDue :one
-- Of whom both are to be reminded: three ids each.
select mentoring_due(@today::date, @near::int, @quiet::int)::uuid[] as due;

-- name: CountService :one
-- What the worker counts of a service, before it rounds.
select count_mentoring(@today::date)::int[] as counted;

-- name: InsertMonth :execrows
-- Keeps what was counted, once a month.
insert into mentoring_month (service_id, month, counted_at, mentorships, waiting, gained) values (@service_id, @month, @at, @mentorships, @waiting, @gained) on conflict do nothing;

-- name: TakeTally :many
-- Takes away the tally of a service with so many answers or more.
delete from mentoring_tally where service_id = @service_id and counts[1] + counts[2] + counts[3] + counts[4] + counts[5] >= @least::int returning counts;

-- name: InsertResult :exec
insert into mentoring_result (service_id, n, counted_at, answers, mean)
select @service_id, coalesce(max(r.n), 0) + 1, @at, @answers::int, @mean::double precision from mentoring_result r where r.service_id = @service_id;

-- name: ListMonths :many
-- What was counted, the newest first.
select month, counted_at, mentorships, waiting, gained from mentoring_month where service_id = @service_id order by month desc limit 12;

-- name: ListResults :many
-- Whether it helped, the newest first.
select counted_at, answers, mean from mentoring_result where service_id = @service_id order by n desc limit 12;
