-- name: ListStories :many
-- Every story with what became of it, drafts and those that wait first.
select * from story where organisation_id = @organisation_id and service_id = @service_id
order by array_position(array['checked','draft','published','replaced','withdrawn'], state), changed_at desc, id limit 300;

-- name: FindStory :one
select * from story where organisation_id = @organisation_id and service_id = @service_id and id = @id;

-- name: InsertStory :execrows
-- The same id again does nothing.
insert into story (organisation_id, id, service_id, place, driver, title, need, done, failed, contact, review_on, ends_on, state, shown, version, changed_at, changed_by, writers)
values (@organisation_id, @id, @service_id, @place, @driver, @title, @need, @done, @failed, @contact, @review_on, @ends_on, 'draft', false, 1, @at, @by_name, array[@account::uuid]) on conflict do nothing;

-- name: ChangeStory :execrows
-- Only the draft that the reader saw is changed. After a check that was given back, who writes now is the first to write.
update story set place = @place, driver = @driver, title = @title, need = @need, done = @done, failed = @failed, contact = @contact, review_on = @review_on, ends_on = @ends_on,
 version = version + 1, changed_at = @at, changed_by = @by_name, checker = null, checked_at = null, checked_by = null,
 writers = case when checker is not null then array[@account::uuid] when @account::uuid = any (writers) then writers else writers || @account::uuid end
where organisation_id = @organisation_id and id = @id and version = @version and state = 'draft';

-- name: MeasureStory :execrows
update story set citation_id = @citation_id, cited = @cited, action_id = @action_id, action = @action, cost = @cost, forecast_id = @forecast_id,
 version = version + 1, changed_at = @at, changed_by = @by_name, checker = null, checked_at = null, checked_by = null,
 writers = case when checker is not null then array[@account::uuid] when @account::uuid = any (writers) then writers else writers || @account::uuid end
where organisation_id = @organisation_id and id = @id and version = @version and state = 'draft';

-- name: DropEffects :exec
delete from story_effect where organisation_id = @organisation_id and story_id = @story_id;

-- name: InsertEffect :exec
insert into story_effect (organisation_id, story_id, forecast_id, shown, judgement, fingerprint, mean_before, mean_after, low, high, title, foretold, tag, sentence, caution, explanations, figure, version, source,
 months, readings, withheld, start_on, due_month, foretold_low, foretold_high, chance_text, foretold_text, judged_at)
values (@organisation_id, @story_id, @forecast_id, false, @judgement, @fingerprint, @mean_before, @mean_after, @low, @high, @title, @foretold, @tag, @sentence, @caution, @explanations, @figure, @version, @source,
 @months, @readings, @withheld, @start_on, @due_month, @foretold_low, @foretold_high, @chance_text, @foretold_text, @judged_at);

-- name: ListEffects :many
select * from story_effect where organisation_id = @organisation_id and story_id = any (@stories::uuid[]) order by story_id, start_on, judged_at, forecast_id;

-- name: CheckStory :execrows
-- What is checked is what was read.
update story set state = 'checked', returned = '', checked_at = @at::timestamptz, checked_by = @by_name, checker = @account::uuid, version = version + 1
where organisation_id = @organisation_id and id = @id and version = @version and state = 'draft';

-- name: ReturnStory :execrows
update story set state = 'draft', returned = @returned, version = version + 1, changed_at = @at, changed_by = @by_name
where organisation_id = @organisation_id and id = @id and version = @version and state = 'checked';

-- name: PublishStory :execrows
update story set state = 'published', shown = (place = 'public'), published_at = @at::timestamptz, published_by = @by_name, version = version + 1
where organisation_id = @organisation_id and id = @id and version = @version and state = 'checked';

-- name: ShowEffects :exec
update story_effect set shown = @shown where organisation_id = @organisation_id and story_id = @story_id;

-- name: ReplaceStory :execrows
update story set state = 'replaced', shown = false, ended_at = @at::timestamptz, ended_by = @by_name where organisation_id = @organisation_id and id = @id and state = 'published';

-- name: WithdrawStory :execrows
update story set state = 'withdrawn', shown = false, ended_at = @at::timestamptz, ended_by = @by_name, ended_why = @why, version = version + 1
where organisation_id = @organisation_id and id = @id and state in ('draft','checked','published');

-- name: FollowStory :execrows
-- Another draft with the words of a published story, which stays until the new one is published.
insert into story (organisation_id, id, service_id, follows, place, driver, title, need, done, failed, contact, review_on, ends_on, citation_id, cited, action_id, action, cost, forecast_id, state, shown, version, changed_at, changed_by, writers)
select organisation_id, @id, service_id, id, place, driver, title, need, done, failed, contact, @review_on, @ends_on, citation_id, cited, action_id, action, cost, forecast_id, 'draft', false, 1, @at, @by_name, array[@account::uuid]
from story s where s.organisation_id = @organisation_id and s.id = @follows and s.state = 'published' on conflict do nothing;

-- name: ListShown :many
-- What whoever is not signed in may read (hall). Row security says it too.
select organisation_id, id, driver, title, need, done, failed, contact, review_on, ends_on, cited, cost, forecast_id, published_at from story
where service_id = @service_id and shown and ends_on >= @today order by published_at desc, id limit 100;

-- name: ListShownEffects :many
select organisation_id, story_id, forecast_id, judgement, told_low, told_high, title, foretold, tag, sentence, caution, explanations, figure, version, source, months, readings, withheld, start_on, due_month, foretold_low, foretold_high,
 chance_text, foretold_text, judged_at from story_effect where story_id = any (@stories::uuid[]) and shown order by story_id, start_on, judged_at, forecast_id;
