-- The slots of a session were looked for among all of its service, fifty times for the page of clinics.

-- +goose Up
create index slot_session on slot (service_id, session_id);

-- +goose Down
drop index slot_session;
