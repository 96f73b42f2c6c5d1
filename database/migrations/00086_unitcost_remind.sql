-- Who leads a service is told a month before what its work costs is a year old, and once it is.

-- +goose Up
insert into job.permit (login, kind) values ('rowan_worker', 'unitcost.remind');

-- +goose Down
delete from job.permit where kind = 'unitcost.remind';
