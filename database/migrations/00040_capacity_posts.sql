-- A run may ask how many posts are needed, too.

-- +goose Up
alter table capacity_run add column kind text not null default 'scenario' check (kind in ('scenario','back','posts'));
update capacity_run set kind = 'back' where scenario_id is null;
alter table capacity_run alter column kind drop default;
alter table capacity_run add check ((kind = 'scenario') = (scenario_id is not null));
comment on column capacity_run.kind is 'A scenario, a back-test, or how many posts of a role are needed';
comment on table capacity_run is 'A simulation with the inputs it was made of, kept';

-- +goose Down
delete from capacity_run where kind = 'posts';
alter table capacity_run drop column kind;
