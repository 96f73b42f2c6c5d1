-- Pay awards that differ from year to year: by the year in which a financial year begins, in percent. A year that is not named has the
-- one figure of the plan, which was all there was before.

-- +goose Up
alter table workforce_plan add column awards jsonb not null default '{}' check (jsonb_typeof(awards) = 'object');
alter table invest_plan add column awards jsonb not null default '{}' check (jsonb_typeof(awards) = 'object');
grant update (awards) on workforce_plan to rowan_growth;
grant update (awards) on invest_plan to rowan_growth;
comment on column workforce_plan.awards is 'Percent by the year in which a financial year begins, where it is not uplift';
comment on column invest_plan.awards is 'Percent by the year in which a financial year begins, where it is not pay_uplift';

-- +goose Down
alter table invest_plan drop column awards;
alter table workforce_plan drop column awards;
