-- name: InsertAddress :execrows
-- A service gets its address once; one that is taken stays who took it first.
insert into site_address (slug, service_id, organisation_id, opened_at, by_name) values (@slug, @service_id, @organisation_id, @opened_at, @by_name) on conflict do nothing;

-- name: FindAddress :one
-- The site of a service.
select a.slug, a.service_id, a.organisation_id, s.name, s.phone, s.urgent_text from site_address a join service s on s.id = a.service_id where a.service_id = @service_id;

-- name: FindSlug :one
-- The site at an address.
select a.slug, a.service_id, a.organisation_id, s.name, s.phone, s.urgent_text from site_address a join service s on s.id = a.service_id where a.slug = @slug;

-- name: ListAddresses :many
-- Every site there is.
select a.slug, a.service_id, a.organisation_id, s.name, s.phone, s.urgent_text from site_address a join service s on s.id = a.service_id order by s.name, a.slug limit 500;

-- name: ListHosted :many
-- Every site there is, with the name today of who hosts its service.
select a.slug, a.service_id, a.organisation_id, s.name, s.phone, s.urgent_text, n.name as host from site_address a join service s on s.id = a.service_id
join organisation_span n on n.organisation_id = a.organisation_id and n.valid_from <= @on_day and (n.valid_to is null or n.valid_to > @on_day) order by s.name, a.slug limit 500;

-- name: FindHost :one
-- Who hosts a service, and what it is called.
select organisation_id, name, phone, urgent_text from service where id = @id;

-- name: ListVersions :many
-- What the list of pages says: the newest version of each page, and the one that is published.
select path, version, kind, title, words, easy, review_on, state, returned, saved_at, saved_by, decided_at, decided_by from site_version
where organisation_id = @organisation_id and service_id = @service_id and state in ('draft','offered','published','withdrawn') order by kind, path, version;

-- name: ListHistory :many
-- Every version of one page, the newest first.
select path, version, kind, title, words, easy, review_on, state, returned, saved_at, saved_by, decided_at, decided_by from site_version
where organisation_id = @organisation_id and service_id = @service_id and path = @path order by version desc limit 200;

-- name: InsertVersion :execrows
insert into site_version (organisation_id, service_id, path, version, kind, title, words, easy, review_on, state, shown, saved_at, saved_by)
values (@organisation_id, @service_id, @path, @version, @kind, @title, @words, @easy, @review_on, 'draft', false, @saved_at, @saved_by) on conflict do nothing;

-- name: UpdateDraft :execrows
-- Nobody has changed it since it was shown. A version that waits for approval becomes a draft again.
update site_version set title = @title, words = @words, easy = @easy, review_on = @review_on, state = 'draft', returned = '', saved_at = @saved_at, saved_by = @saved_by
where organisation_id = @organisation_id and service_id = @service_id and path = @path and version = @version and state in ('draft','offered') and saved_at = @seen;

-- name: OfferDraft :execrows
update site_version set state = 'offered', returned = '' where organisation_id = @organisation_id and service_id = @service_id and path = @path and version = @version and state = 'draft';

-- name: ReturnOffered :execrows
update site_version set state = 'draft', returned = @returned where organisation_id = @organisation_id and service_id = @service_id and path = @path and version = @version and state = 'offered';

-- name: ReplacePublished :execrows
update site_version set state = 'replaced', shown = false where organisation_id = @organisation_id and service_id = @service_id and path = @path and state = 'published';

-- name: PublishOffered :execrows
-- What is published is what was read: nobody has saved it since.
update site_version set state = 'published', shown = true, decided_at = @decided_at, decided_by = @decided_by
where organisation_id = @organisation_id and service_id = @service_id and path = @path and version = @version and state = 'offered' and saved_at = @seen;

-- name: WithdrawPublished :execrows
update site_version set state = 'withdrawn', shown = false, decided_at = @decided_at, decided_by = @decided_by
where organisation_id = @organisation_id and service_id = @service_id and path = @path and state = 'published';

-- name: ReviewPublished :execrows
-- The page was read again and is still right.
update site_version set review_on = @review_on, decided_at = @decided_at, decided_by = @decided_by
where organisation_id = @organisation_id and service_id = @service_id and path = @path and state = 'published';

-- name: FindSetting :one
select origins, measured, wait, wait_period, counted_at, saved_at, saved_by from site_setting where organisation_id = @organisation_id and service_id = @service_id;

-- name: SaveSetting :exec
insert into site_setting (organisation_id, service_id, origins, measured, wait, wait_period, counted_at, saved_at, saved_by)
values (@organisation_id, @service_id, @origins, @measured, @wait, @wait_period, @counted_at, @saved_at, @saved_by)
on conflict (organisation_id, service_id) do update set origins = excluded.origins, measured = excluded.measured, wait = excluded.wait, wait_period = excluded.wait_period,
 counted_at = excluded.counted_at, saved_at = excluded.saved_at, saved_by = excluded.saved_by;

-- name: SetWait :exec
-- What the service measured, as it may be shown.
update site_setting set wait = @wait, wait_period = @wait_period, counted_at = @counted_at where organisation_id = @organisation_id and service_id = @service_id and measured;

-- name: ListVacancies :many
select id, title, band, wte, development, words, link, closes_on, published_at, by_name from site_vacancy
where organisation_id = @organisation_id and service_id = @service_id and withdrawn_at is null order by closes_on, id;

-- name: SaveVacancy :exec
insert into site_vacancy (organisation_id, id, service_id, title, band, wte, development, words, link, closes_on, published_at, by_name, shown)
values (@organisation_id, @id, @service_id, @title, @band, @wte, @development, @words, @link, @closes_on, @published_at, @by_name, true)
on conflict (organisation_id, id) do update set title = excluded.title, band = excluded.band, wte = excluded.wte, development = excluded.development, words = excluded.words,
 link = excluded.link, closes_on = excluded.closes_on, published_at = excluded.published_at, by_name = excluded.by_name, shown = true, withdrawn_at = null;

-- name: WithdrawVacancy :execrows
update site_vacancy set withdrawn_at = @at, shown = false where organisation_id = @organisation_id and id = @id and withdrawn_at is null;

-- name: VacancyKnown :one
select exists (select from site_vacancy where organisation_id = @organisation_id and id = @id);

-- name: ListPublished :many
-- What whoever is not signed in may read of a site: its pages, and as much of its news as anybody reads. Row security says it too.
select path, version, kind, title, words, easy, review_on, decided_at from site_version where service_id = @service_id and shown
order by (kind = 'news'), decided_at desc, path limit 500;

-- name: FindShown :one
select origins, measured, wait, wait_period from site_setting where service_id = @service_id;

-- name: ListAdvertised :many
select id, title, band, wte, development, words, link, closes_on from site_vacancy where service_id = @service_id and shown and closes_on >= @today order by development desc, closes_on, id;
