-- name: ListCampaigns :many
-- Every campaign of the service that was not withdrawn, the newest first, with how many it reached.
select c.id, c.title, c.audience, c.message, c.material, c.reason, c.hoped, c.starts_on, c.ends_on, c.made_at, c.changed_at, c.by_name,
 (select coalesce(sum(r.n), 0) from campaign_reach r where r.organisation_id = c.organisation_id and r.campaign_id = c.id)::bigint as reached
from campaign c where c.organisation_id = @organisation_id and c.service_id = @service_id and c.withdrawn_at is null order by c.starts_on desc, c.id limit 500;

-- name: InsertCampaign :execrows
insert into campaign (organisation_id, id, service_id, title, audience, message, material, reason, hoped, starts_on, ends_on, made_at, changed_at, by_name)
values (@organisation_id, @id, @service_id, @title, @audience, @message, @material, @reason, @hoped, @starts_on, @ends_on, @at, @at, @by_name) on conflict do nothing;

-- name: UpdateCampaign :execrows
-- Nobody has changed it since it was shown.
update campaign set title = @title, audience = @audience, message = @message, material = @material, reason = @reason, hoped = @hoped, starts_on = @starts_on, ends_on = @ends_on, changed_at = @at, by_name = @by_name
where organisation_id = @organisation_id and id = @id and withdrawn_at is null and changed_at = @seen;

-- name: WithdrawCampaign :execrows
update campaign set withdrawn_at = @at, by_name = @by_name where organisation_id = @organisation_id and id = @id and withdrawn_at is null;

-- name: ListReach :many
select channel, on_day, n, by_name from campaign_reach where organisation_id = @organisation_id and campaign_id = @campaign_id order by on_day, channel limit 1000;

-- name: SaveReach :exec
-- A number for a channel and a day is entered once, and may be put right.
insert into campaign_reach (organisation_id, campaign_id, channel, on_day, n, saved_at, by_name) values (@organisation_id, @campaign_id, @channel, @on_day, @n, @at, @by_name)
on conflict (organisation_id, campaign_id, channel, on_day) do update set n = excluded.n, saved_at = excluded.saved_at, by_name = excluded.by_name;

-- name: ListTalks :many
select id, on_day, place, audience, listeners, enquiries, changed_at, by_name from ambassador_talk
where organisation_id = @organisation_id and service_id = @service_id order by on_day desc, id limit 500;

-- name: InsertTalk :execrows
insert into ambassador_talk (organisation_id, id, service_id, on_day, place, audience, listeners, changed_at, by_name)
values (@organisation_id, @id, @service_id, @on_day, @place, @audience, @listeners, @at, @by_name) on conflict do nothing;

-- name: CountEnquiries :execrows
update ambassador_talk set enquiries = @enquiries, changed_at = @at, by_name = @by_name where organisation_id = @organisation_id and id = @id;
