-- name: ListGroups :many
-- Groups that meet first, steering groups before task groups.
select id, kind, name, remit, closed_at from network_group where organisation_id = @organisation_id order by (closed_at is not null), kind, name, id limit 100;

-- name: ListMembers :many
-- Everybody who is or was in a group: the chair first.
select id, group_id, name, body, part, from_on, until_on from network_member where organisation_id = @organisation_id
order by array_position(array['chair','secretary','member'], part), name, id limit 5000;

-- name: ListMeetings :many
-- Meetings, the latest day first.
select id, group_id, on_day, at_time, place, held_at, came, note from network_meeting where organisation_id = @organisation_id order by on_day desc, at_time desc, id limit 2000;

-- name: ListPapers :many
-- The papers of one meeting: what is to be decided first.
select id, title, purpose, presenter, words, document_id from network_paper where organisation_id = @organisation_id and meeting_id = @meeting_id
order by array_position(array['decide','discuss','note'], purpose), added_at, id limit 100;

-- name: ListDecisions :many
-- The log of decisions, the newest first.
select d.id, d.meeting_id, m.group_id, m.on_day, d.what, d.why from network_decision d join network_meeting m on m.organisation_id = d.organisation_id and m.id = d.meeting_id
where d.organisation_id = @organisation_id order by m.on_day desc, d.written_at desc, d.id limit 5000;

-- name: ListActions :many
-- What meetings agreed on.
select x.id, x.meeting_id, m.group_id, x.what, x.owner, x.due_on, x.done_on, x.outcome from network_action x join network_meeting m on m.organisation_id = x.organisation_id and m.id = x.meeting_id
where x.organisation_id = @organisation_id order by x.due_on, x.id limit 5000;

-- name: InsertGroup :execrows
-- The same id again does nothing.
insert into network_group (organisation_id, id, kind, name, remit, made_at, made_by) values (@organisation_id, @id, @kind, @name, @remit, @at, @by_name) on conflict do nothing;

-- name: CloseGroup :execrows
-- It meets no more.
update network_group set closed_at = @at::timestamptz where organisation_id = @organisation_id and id = @id and closed_at is null;

-- name: InsertMember :execrows
-- The same id again does nothing.
insert into network_member (organisation_id, id, group_id, name, body, part, from_on) values (@organisation_id, @id, @group_id, @name, @body, @part, @from_on) on conflict do nothing;

-- name: LeaveGroup :execrows
-- Somebody is in it until a day.
update network_member set until_on = greatest(from_on, @until_on::date) where organisation_id = @organisation_id and group_id = @group_id and id = @id and until_on is null;

-- name: InsertMeeting :execrows
-- The same id again does nothing.
insert into network_meeting (organisation_id, id, group_id, on_day, at_time, place) values (@organisation_id, @id, @group_id, @on_day, @at_time, @place) on conflict do nothing;

-- name: HoldMeeting :execrows
-- A meeting was held; it is said once who came.
update network_meeting set held_at = @at::timestamptz, came = @came, note = @note where organisation_id = @organisation_id and id = @id and held_at is null;

-- name: InsertPaper :execrows
-- The same id again does nothing.
insert into network_paper (organisation_id, id, meeting_id, title, purpose, presenter, words, document_id, added_at, added_by)
values (@organisation_id, @id, @meeting_id, @title, @purpose, @presenter, @words, @document_id, @at, @by_name) on conflict do nothing;

-- name: FindFile :one
-- The file that a paper is.
select document_id from network_paper where organisation_id = @organisation_id and id = @id and document_id is not null;

-- name: InsertDecision :execrows
-- The same id again does nothing.
insert into network_decision (organisation_id, id, meeting_id, what, why, written_at, written_by) values (@organisation_id, @id, @meeting_id, @what, @why, @at, @by_name) on conflict do nothing;

-- name: InsertAction :execrows
-- The same id again does nothing.
insert into network_action (organisation_id, id, meeting_id, what, owner, due_on, added_at, added_by) values (@organisation_id, @id, @meeting_id, @what, @owner, @due_on, @at, @by_name) on conflict do nothing;

-- name: DoAction :execrows
-- An action is done once.
update network_action set done_on = @done_on::date, outcome = @outcome where organisation_id = @organisation_id and id = @id and done_on is null;
