-- Those of an OH service see the absence of every organisation that it hosts or has a contract with today; those
-- without a service (HR) see their own organisation's, as with the roll-ups. Files are still taken in as the
-- organisation itself.

-- +goose Up
-- +goose StatementBegin
do $$
declare t text;
begin
  foreach t in array array['absence_rate','absence_reason','rollup_workforce'] loop
    execute format('alter policy rowan_growth_select on %I using (%s)', t,
      $e$case when (select nullif(current_setting('app.service', true), '')) is null
        then organisation_id = (select nullif(current_setting('app.organisation', true), '')::uuid)
        else organisation_id = any (array(
          select c.organisation_id from contract c where c.service_id = (select nullif(current_setting('app.service', true), '')::uuid)
           and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date)
          union all select s.organisation_id from service s where s.id = (select nullif(current_setting('app.service', true), '')::uuid))) end$e$);
  end loop;
end $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
do $$
declare t text;
begin
  foreach t in array array['absence_rate','absence_reason','rollup_workforce'] loop
    execute format('alter policy rowan_growth_select on %I using (%s)', t, wall.rule('organisation'));
  end loop;
end $$;
-- +goose StatementEnd
