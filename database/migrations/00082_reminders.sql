-- Who is told that a day nears: leads of a call that they have not answered, owners of a step of an exit plan.

-- +goose Up
insert into job.permit (login, kind) values ('rowan_worker', 'call.remind'), ('rowan_worker', 'exit.remind');

-- +goose Down
delete from job.permit where kind in ('call.remind', 'exit.remind');
