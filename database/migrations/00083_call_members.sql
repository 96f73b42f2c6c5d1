-- What members of a community of practice answer to a survey. An answer is its writer's: no login reads one of somebody else, and no
-- organisation stands beside it. Whoever asked is given numbers by option and texts by question, in an order that says nothing.

-- +goose Up
create table call_answer (
  organisation_id uuid not null,
  call_id uuid not null,
  account_id uuid not null,
  community_id uuid not null,
  answers text[] not null,
  version int not null check (version > 0),
  changed_on date not null,
  primary key (organisation_id, call_id, account_id),
  foreign key (organisation_id, call_id) references nation_call (organisation_id, id)
);
comment on table call_answer is 'What a member answered. When they leave their community an answer to an open survey is deleted; one to a closed survey stays and has another account, so that it is nobody''s';

call wall.close('call_answer');
call wall.allow('call_answer', 'rowan_growth', 's', $$account_id = (select nullif(current_setting('app.account', true), '')::uuid)$$);
call wall.allow('call_answer', 'rowan_growth', 'iu', $$account_id = (select nullif(current_setting('app.account', true), '')::uuid) and community_id = (select community_mine())
  and exists (select from nation_call c where c.organisation_id = call_answer.organisation_id and c.id = call_answer.call_id and c.state = 'published' and c.asks = 'members')$$, 'answers, version, changed_on');

-- The functions below see as their owner what was answered to calls of the actor's organisation, and what somebody answered who leaves.
call wall.allow('call_answer', 'rowan_owner', 's', 'all');
call wall.allow('call_answer', 'rowan_owner', 'u', 'all', 'account_id');
call wall.allow('call_answer', 'rowan_owner', 'd', 'all');
call wall.allow('nation_call', 'rowan_owner', 's', 'all');

-- How many chose each option of each question, and what was written: nothing that says who, whose organisation, or which answers are of
-- one person. It is for whoever asked, once the last day is over; today is the day of the page.
-- +goose StatementBegin
create function call_heard(asked uuid, today date) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('question', h.n, 'answer', h.answer, 'people', h.people) order by h.n, h.answer), '[]')::text from (select x.n, x.answer, count(*) as people
  from nation_call c join call_answer a on a.organisation_id = c.organisation_id and a.call_id = c.id cross join lateral unnest(a.answers) with ordinality x (answer, n)
  where c.organisation_id = nullif(current_setting('app.organisation', true), '')::uuid and c.id = call_heard.asked and c.closes_on < call_heard.today and c.state in ('published','answered')
  group by x.n, x.answer) h
$$;
-- +goose StatementEnd
revoke all on function call_heard(uuid, date) from public;
grant execute on function call_heard(uuid, date) to rowan_growth;

-- Who leaves takes back what can still be changed, and is parted from what cannot.
-- +goose StatementBegin
create function call_answer_left() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from call_answer a using nation_call c where a.account_id = old.account_id and a.community_id = old.organisation_id
    and c.organisation_id = a.organisation_id and c.id = a.call_id and (c.state = 'withdrawn' or c.state = 'published' and c.closes_on >= current_date);
  update call_answer set account_id = gen_random_uuid() where account_id = old.account_id and community_id = old.organisation_id;
  return old;
end
$$;
-- +goose StatementEnd
revoke all on function call_answer_left() from public;
create trigger call_answer_left after delete on community_member for each row execute function call_answer_left();

-- +goose Down
drop trigger call_answer_left on community_member;
drop function call_answer_left, call_heard;
drop table call_answer;
