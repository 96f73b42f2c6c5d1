-- name: ListStrands :many
-- Workstreams and partners: by driver, then by name, ended ones last.
select id, kind, driver, name, lead, about, version, changed_at, changed_by, ended_at from nation_strand
where organisation_id = @organisation_id order by (ended_at is not null), kind, driver, name, id limit 500;

-- name: ListPromises :many
-- Milestones and commitments of every strand.
select id, strand_id, title, owner, first_due, due_on, moved, moved_why, delivered_on, evidence from nation_promise
where organisation_id = @organisation_id order by due_on, id limit 5000;

-- name: InsertStrand :execrows
-- The same id again does nothing.
insert into nation_strand (organisation_id, id, kind, driver, name, lead, about, version, changed_at, changed_by)
values (@organisation_id, @id, @kind, @driver, @name, @lead, @about, 1, @at, @by_name) on conflict do nothing;

-- name: ChangeStrand :execrows
-- Only what the reader saw is changed.
update nation_strand set driver = @driver, name = @name, lead = @lead, about = @about, version = version + 1, changed_at = @at, changed_by = @by_name
where organisation_id = @organisation_id and id = @id and version = @version and ended_at is null;

-- name: EndStrand :execrows
-- It runs no longer; what it promised stays.
update nation_strand set ended_at = @at::timestamptz where organisation_id = @organisation_id and id = @id and ended_at is null;

-- name: InsertPromise :execrows
-- The same id again does nothing.
insert into nation_promise (organisation_id, id, strand_id, title, owner, first_due, due_on, added_at, added_by)
values (@organisation_id, @id, @strand_id, @title, @owner, @due_on, @due_on, @at, @by_name) on conflict do nothing;

-- name: DeliverPromise :execrows
-- It is delivered once.
update nation_promise set delivered_on = @delivered_on::date, evidence = @evidence where organisation_id = @organisation_id and id = @id and delivered_on is null;

-- name: MovePromise :execrows
-- It is due on another day than the reader saw.
update nation_promise set due_on = @due_on, moved = moved + 1, moved_why = @why where organisation_id = @organisation_id and id = @id and moved = @moved and delivered_on is null;
