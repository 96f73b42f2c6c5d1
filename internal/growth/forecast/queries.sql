-- name: InsertForecast :exec
insert into forecast (organisation_id, id, action_id, title, starts_on, citation_id, direction, change, from_value, to_value, due_month, explanations, confidence, percent, registered_at, registered_by)
values (@organisation_id, @id, @action_id, @title, @starts_on, @citation_id, @direction, @change, @from_value, @to_value, @due_month, @explanations, @confidence, @percent, @registered_at, @registered_by);

-- name: ListForecasts :many
-- Every forecast with its withdrawal, newest first.
select f.*, w.reason as withdrawn_reason, w.withdrawn_at, w.withdrawn_by
from forecast f left join forecast_withdrawal w on w.organisation_id = f.organisation_id and w.forecast_id = f.id
where f.organisation_id = @organisation_id order by f.registered_at desc, f.id;

-- name: FindForecast :one
select f.*, w.reason as withdrawn_reason, w.withdrawn_at, w.withdrawn_by
from forecast f left join forecast_withdrawal w on w.organisation_id = f.organisation_id and w.forecast_id = f.id
where f.organisation_id = @organisation_id and f.id = @id;

-- name: InsertWithdrawal :execrows
-- The first withdrawal is kept.
insert into forecast_withdrawal (organisation_id, forecast_id, reason, withdrawn_at, withdrawn_by)
values (@organisation_id, @forecast_id, @reason, @withdrawn_at, @withdrawn_by) on conflict (organisation_id, forecast_id) do nothing;

-- name: InsertBaseline :exec
insert into forecast_baseline (organisation_id, forecast_id, months, readings, fingerprint, read_at)
values (@organisation_id, @forecast_id, @months, @readings, @fingerprint, @read_at);

-- name: ListBaselines :many
select * from forecast_baseline where organisation_id = @organisation_id;

-- name: InsertVerdict :execrows
-- The first verdict is kept.
insert into forecast_verdict (organisation_id, forecast_id, judgement, start_on, months, readings, fingerprint, mean_before, mean_after, low, high, months_before, months_after, judged_at)
values (@organisation_id, @forecast_id, @judgement, @start_on, @months, @readings, @fingerprint, @mean_before, @mean_after, @low, @high, @months_before, @months_after, @judged_at)
on conflict (organisation_id, forecast_id) do nothing;

-- name: ListVerdicts :many
select * from forecast_verdict where organisation_id = @organisation_id;

-- name: InsertDecision :exec
insert into effect_decision (organisation_id, id, month, citation_id, decision, reason, story_title, story_text, decided_at, decided_by)
values (@organisation_id, @id, @month, @citation_id, @decision, @reason, @story_title, @story_text, @decided_at, @decided_by);

-- name: FindDecision :one
select id from effect_decision where organisation_id = @organisation_id and id = @id;

-- name: ListDecisions :many
-- What was decided about a month, in order.
select * from effect_decision where organisation_id = @organisation_id and month = @month order by decided_at, id;
