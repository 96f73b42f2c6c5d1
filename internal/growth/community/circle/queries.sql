-- name: ListGroups :many
select id, name, about, made_at, made_by from community_group where organisation_id = @organisation_id order by lower(name), id limit 500;

-- name: ListPeople :many
-- Who is in a group or asks to be: keepers first, then by name.
select group_id, account_id, name, admitted, keeper, asked_at from community_group_member where organisation_id = @organisation_id order by keeper desc, name, account_id limit 20000;

-- name: InsertGroup :execrows
insert into community_group (organisation_id, id, name, about, made_at, made_account, made_by) values (@organisation_id, @id, @name, @about, @at, @made_account, @made_by) on conflict do nothing;

-- name: InsertPerson :execrows
insert into community_group_member (organisation_id, group_id, account_id, name, admitted, keeper, asked_at) values (@organisation_id, @group_id, @account_id, @name, @admitted, @keeper, @at) on conflict do nothing;

-- name: AdmitPerson :execrows
update community_group_member set admitted = true, keeper = keeper or @keeper::boolean where organisation_id = @organisation_id and group_id = @group_id and account_id = @account_id and (not admitted or @keeper::boolean and not keeper);

-- name: DeletePerson :execrows
delete from community_group_member where organisation_id = @organisation_id and group_id = @group_id and account_id = @account_id;
