-- name: ListCollected :many
-- What stands in the nation. Row security leaves out what has ended.
select id, call_id, from_name, driver, title, need, done, failed, contact, cited, cost, forecast_id, ends_on, handed_at, handed_by from nation_study
where organisation_id = @organisation_id and ended_on is null and ends_on >= @today order by driver, handed_at desc, id limit 1000;

-- name: ListEffects :many
-- What was measured of them.
select * from nation_study_effect where organisation_id = @organisation_id and study_id = any (@studies::uuid[]) order by study_id, start_on, judged_at, forecast_id;

-- name: ListHanded :many
-- What an organisation has handed over, and what ended of it.
select organisation_id, id, call_id, story_id, title, ends_on, handed_at, handed_by, ended_on from nation_study where from_id = @organisation_id order by (ended_on is not null), handed_at desc, id limit 500;

-- name: HandStudy :execrows
-- A published case study, as it is, in the nation. One that stands there already stays.
insert into nation_study (organisation_id, id, call_id, from_id, from_name, story_id, driver, title, need, done, failed, contact, cited, cost, forecast_id, ends_on, handed_at, handed_by)
select @nation_id, @id, @call_id, s.organisation_id, @from_name, s.id, s.driver, s.title, s.need, s.done, s.failed, s.contact, s.cited, s.cost, s.forecast_id, s.ends_on, @at, @by_name
from story s where s.organisation_id = @organisation_id and s.service_id = @service_id and s.id = @story_id and s.state = 'published' and s.ends_on >= @today on conflict do nothing;

-- name: HandEffects :exec
-- What was measured of it, with the chart.
insert into nation_study_effect (organisation_id, study_id, from_id, forecast_id, judgement, told_before, told_after, told_low, told_high, title, foretold, tag, sentence, caution, explanations, figure, version, source,
 months, readings, withheld, start_on, due_month, foretold_low, foretold_high, chance_text, foretold_text, judged_at)
select @nation_id, @study_id, e.organisation_id, e.forecast_id, e.judgement, e.told_before, e.told_after, e.told_low, e.told_high, e.title, e.foretold, e.tag, e.sentence, e.caution, e.explanations, e.figure, e.version, e.source,
 e.months, e.readings, e.withheld, e.start_on, e.due_month, e.foretold_low, e.foretold_high, e.chance_text, e.foretold_text, e.judged_at
from story_effect e where e.organisation_id = @organisation_id and e.story_id = @story_id;

-- name: TakeBack :execrows
-- An organisation takes back what it handed over.
update nation_study set ended_on = @on_day::date where from_id = @organisation_id and id = @id and ended_on is null;
