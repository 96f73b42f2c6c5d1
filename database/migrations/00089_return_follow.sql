-- How coming back step by step went: 4 and 12 weeks after the day of full hours the person says whether it helped and how they are at
-- work. Their manager reads neither: what was shared of it before is taken back.

-- +goose Up
-- +goose StatementBegin
create function return_full_on(starts_on date, weeks int[], contract int) returns date language sql immutable as $$
  select starts_on + 7 * coalesce((select max(u.i) from unnest(weeks) with ordinality as u(m, i) where u.m <> contract), 0)::int
$$;
-- +goose StatementEnd
grant execute on function return_full_on(date, int[], int) to rowan_employer, rowan_portal;
alter table return_hours add column full_on date generated always as (return_full_on(starts_on, weeks, contract)) stored;
comment on column return_hours.full_on is 'The first day from which on there are no hours but those of the contract';

alter table adjustment_followup add column stands text check (stands in ('full','part','off','unsaid'));
comment on column adjustment_followup.stands is 'Of the hours of a return: whether the person is at work in full, in part or off again, or prefers not to say';
alter table adjustment_followup no force row level security;
alter table adjustment_followup drop constraint adjustment_followup_answer_check;
update adjustment_followup set answer = case answer when 'not_in_place' then 'unsaid' else answer end, stands = 'unsaid', shared = false where kind = 'hours' and answer is not null;
delete from adjustment_followup where kind = 'hours' and answer is null;
alter table adjustment_followup force row level security;
alter table adjustment_followup
  add constraint adjustment_followup_answer_check check (answer in ('helped','partly','no','not_in_place','unsaid')),
  add constraint adjustment_followup_hours check (case kind when 'hours' then (stands is null) = (answer is null) and answer <> 'not_in_place' and not shared else stands is null and answer <> 'unsaid' end);
comment on table adjustment_followup is 'Did it help? After 4 and 12 weeks of an adjustment, or of full hours again. The person''s own answer; their manager reads one about an adjustment where they share it, and none about a return';
grant update (stands) on adjustment_followup to rowan_portal;

-- The worker asks when full hours began, or the plan ended, and only about somebody's last plan.
grant select (full_on) on return_hours to rowan_worker;
grant select (opened_at) on return_plan to rowan_worker;

-- +goose Down
revoke select (opened_at) on return_plan from rowan_worker;
alter table adjustment_followup drop constraint adjustment_followup_hours, drop constraint adjustment_followup_answer_check, drop column stands;
alter table adjustment_followup no force row level security;
update adjustment_followup set answer = null, answered_at = null where answer = 'unsaid';
alter table adjustment_followup force row level security;
alter table adjustment_followup add constraint adjustment_followup_answer_check check (answer in ('helped','partly','no','not_in_place'));
alter table return_hours drop column full_on;
drop function return_full_on;
