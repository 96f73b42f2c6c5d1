-- name: ListCommunities :many
-- The communities above the actor: first the one that they are a member of, then the nearest.
select c.organisation_id, c.name, c.about, c.by_name, c.opened_at, c.changed_at, (c.organisation_id is not distinct from community_mine())::boolean as mine, (c.organisation_id is not distinct from community_moderated())::boolean as moderated
from community c where c.organisation_id = any (community_above())
order by (c.organisation_id is not distinct from community_mine()) desc, array_position(community_above(), c.organisation_id) limit 10;

-- name: OpenCommunity :execrows
insert into community (organisation_id, name, about, opened_at, changed_at, by_name) values (@organisation_id, @name, @about, @at, @at, @by_name)
on conflict (organisation_id) do nothing;

-- name: ChangeCommunity :execrows
-- Nobody has changed it since it was shown.
update community set name = @name, about = @about, changed_at = @at, by_name = @by_name where organisation_id = @organisation_id and changed_at = @seen;

-- name: ListMembers :many
select m.account_id, m.home_id, m.name, m.home_name, m.profession, m.alone, m.mentors, m.contact, m.about, m.skills, m.interests, m.offers, m.wants, m.joined_at, m.confirmed_at,
 exists (select 1 from community_moderator x where x.organisation_id = m.organisation_id and x.account_id = m.account_id)::boolean as moderates
from community_member m where m.organisation_id = @organisation_id order by m.name, m.account_id limit 5000;

-- name: Join :execrows
-- No target of the conflict is named: with one, PostgreSQL asks whether the actor may read the row, which they may once it is there.
insert into community_member (organisation_id, account_id, home_id, name, home_name, profession, alone, mentors, contact, about, skills, interests, offers, wants, joined_at, confirmed_at)
values (@organisation_id, @account_id, @home_id, @name, @home_name, @profession, @alone, @mentors, @contact, @about, @skills, @interests, @offers, @wants, @at, @at)
on conflict do nothing;

-- name: Confirm :execrows
update community_member set name = @name, home_name = @home_name, profession = @profession, alone = @alone, mentors = @mentors, contact = @contact, about = @about,
 skills = @skills, interests = @interests, offers = @offers, wants = @wants, confirmed_at = @at
where organisation_id = @organisation_id and account_id = @account_id and home_id = @home_id;

-- name: Leave :execrows
delete from community_member where organisation_id = @organisation_id and account_id = @account_id;

-- name: StopModerating :execrows
delete from community_moderator where organisation_id = @organisation_id and account_id = @account_id;

-- name: NameModerator :execrows
-- A member whom the host asks to moderate.
insert into community_moderator (organisation_id, account_id, named_at, by_name)
select m.organisation_id, m.account_id, @at, @by_name from community_member m where m.organisation_id = @organisation_id and m.account_id = @account_id
on conflict do nothing;

-- name: ListBands :many
select home_id, element, band, round_on, offered_at, by_name from community_band where organisation_id = @organisation_id order by home_id, element limit 20000;

-- name: ClearBands :execrows
delete from community_band where organisation_id = @organisation_id and home_id = @home_id;

-- name: OfferBands :execrows
insert into community_band (organisation_id, home_id, element, band, round_on, offered_at, by_name)
select @organisation_id, @home_id, b.element, b.band, @round_on, @at, @by_name from jsonb_to_recordset(@bands::jsonb) as b (element text, band text);
