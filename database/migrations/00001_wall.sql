-- The tools with which later files build the walls, and the schemas.
-- Runs as rowan_owner, which owns everything and cannot sign in. The seven logins are made by
-- `rowan migrate` (internal/platform/postgres) before this file; none of them owns a thing.

-- +goose Up
create schema wall;
create schema job;
comment on schema wall is 'Tools that migrations use to protect tables; no login may use it';
comment on schema job is 'The door through which every login adds a job';

revoke all on schema public from public;
grant usage on schema public to rowan_hall, rowan_employer, rowan_clinical, rowan_portal, rowan_growth, rowan_audit, rowan_worker;
grant usage on schema job to rowan_hall, rowan_employer, rowan_clinical, rowan_portal, rowan_growth, rowan_worker;

-- wall.rule turns the name of a rule into the expression of a policy. Each setting stands in a scalar
-- sub-select, which PostgreSQL evaluates once for a statement, not once for a row. clients: those of an OH service see
-- every organisation that it hosts or has a contract with today, those without a service (HR) their own.
-- +goose StatementBegin
create function wall.rule(rule text) returns text language sql immutable as $$
  select case rule
    when 'organisation' then 'organisation_id = (select nullif(current_setting(''app.organisation'', true), '''')::uuid)'
    when 'service' then 'service_id = (select nullif(current_setting(''app.service'', true), '''')::uuid)'
    when 'own' then 'organisation_id = (select nullif(current_setting(''app.organisation'', true), '''')::uuid) and person_id = (select nullif(current_setting(''app.person'', true), '''')::uuid)'
    when 'clients' then 'case when (select nullif(current_setting(''app.service'', true), '''')) is null then organisation_id = (select nullif(current_setting(''app.organisation'', true), '''')::uuid) else organisation_id = any (array(select c.organisation_id from contract c where c.service_id = (select nullif(current_setting(''app.service'', true), '''')::uuid) and c.valid_from <= current_date and (c.valid_to is null or c.valid_to > current_date) union all select s.organisation_id from service s where s.id = (select nullif(current_setting(''app.service'', true), '''')::uuid))) end'
    when 'all' then 'true'
    else rule
  end
$$;
-- +goose StatementEnd

-- wall.allow grants a login what it may do with a table and writes the row policy for each of it.
-- what: letters of s(elect) i(nsert) u(pdate) d(elete); rule: see wall.rule, or an expression of ours;
-- columns: for update (and select, where `only` is true) the columns it is limited to.
-- +goose StatementBegin
create procedure wall.allow(tab text, login text, what text, rule text, columns text default null, only_columns boolean default false)
language plpgsql as $$
declare
  expr text := wall.rule(rule);
  letter text;
  verb text;
  cols text;
begin
  foreach letter in array string_to_array(what, null) loop
    verb := case letter when 's' then 'select' when 'i' then 'insert' when 'u' then 'update' when 'd' then 'delete' end;
    cols := case when columns is not null and (letter = 'u' or (letter = 's' and only_columns)) then ' (' || columns || ')' else '' end;
    execute format('grant %s%s on %s to %I', verb, cols, tab, login);
    execute format('create policy %I on %s for %s to %I %s %s',
      login || '_' || verb, tab, verb, login,
      case when letter in ('s','u','d') then 'using (' || expr || ')' else '' end,
      case when letter in ('i','u') then 'with check (' || expr || ')' else '' end);
  end loop;
end
$$;
-- +goose StatementEnd

-- wall.close switches row-level security on, for the owner too. Every table is closed; then allow opens doors.
-- +goose StatementBegin
create procedure wall.close(tab text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tab);
  execute format('alter table %s force row level security', tab);
end
$$;
-- +goose StatementEnd

-- The list of migrations is goose's; it is closed like every table.
call wall.close('goose_db_version');
call wall.allow('goose_db_version', 'rowan_owner', 'sid', 'all');

-- +goose Down
drop policy rowan_owner_select on goose_db_version;
drop policy rowan_owner_insert on goose_db_version;
drop policy rowan_owner_delete on goose_db_version;
alter table goose_db_version no force row level security;
alter table goose_db_version disable row level security;
drop schema wall cascade;
drop schema job cascade;
