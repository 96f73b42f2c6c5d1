-- Documents: files that evidence, a guardian's judgement or an answer of a round stands on. Nothing of a person.

-- +goose Up
create table document (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null,
  media_type text not null,
  size int not null check (size between 1 and 10485760),
  sha256 text not null,
  content bytea not null,
  words text,
  unread boolean not null,
  cleared text not null,
  at timestamptz not null,
  by text not null,
  primary key (organisation_id, id),
  check (size = length(content)),
  check (sha256 = encode(sha256(content), 'hex')),
  check (unread or words is not null)
);
comment on table document is 'A file as it was given, and its fingerprint. Never changed and never taken away: what relies on it says so by its id';
comment on column document.words is 'The text that Rowan could read in it, to be searched for what looks like a person';
comment on column document.cleared is 'Why what looks like a person in it, or what could not be searched, is about nobody; empty where that was not asked';
comment on column document.unread is 'It holds something that Rowan cannot search, as a PDF or a picture does: somebody has to read it';

call wall.close('document');
call wall.allow('document', 'rowan_growth', 'si', 'organisation');
create trigger document_never_changes before update or delete or truncate on document for each statement execute function never_changes();

-- Evidence may be a file.
alter table evidence_item add column document_id uuid;
alter table evidence_item drop constraint evidence_item_kind_check;
alter table evidence_item add constraint evidence_item_kind_check check (kind in ('link','figure','note','file'));
alter table evidence_item add constraint evidence_item_file_check check ((kind = 'file') = (document_id is not null));
alter table evidence_item add foreign key (organisation_id, document_id) references document (organisation_id, id);

-- So may a document of the guardian's.
alter table assurance_evidence add column document_id uuid;
alter table assurance_evidence add constraint assurance_evidence_file_check check (document_id is null or kind = 'document');
alter table assurance_evidence add foreign key (organisation_id, document_id) references document (organisation_id, id);

-- In a round the lead lays a file beside a question, as a figure.
create table round_file (
  organisation_id uuid not null references organisation,
  round_id uuid not null,
  code text not null,
  document_id uuid not null,
  primary key (organisation_id, round_id, code, document_id),
  foreign key (organisation_id, round_id, code) references round_question (organisation_id, round_id, code),
  foreign key (organisation_id, document_id) references document (organisation_id, id)
);
comment on table round_file is 'A file that the lead gave as evidence for a question. Those who answer give none: a file says who wrote it';
create trigger round_open before insert or update on round_file for each row execute function round_open();
call wall.close('round_file');
call wall.allow('round_file', 'rowan_growth', 'si', 'organisation');

-- A reminder reaches the OH lead: growth says that something is due and to which role, and the worker finds the address.
alter table outbox drop constraint outbox_capacity_check, drop constraint outbox_check;
alter table outbox add constraint outbox_capacity_check check (capacity in ('self','work','service','guardian','lead'));
alter table outbox add constraint outbox_check check ((capacity in ('service','guardian','lead')) = (to_person is null));
comment on table outbox is 'What is to be said to whom, once for each message_key. The worker finds the address (self: the safe contact; work: the work e-mail; service: the OH team; guardian: the Caldicott guardian of the organisation; lead: whoever leads its OH service) and the words, which say nothing about health';

-- +goose Down
drop table round_file;
delete from outbox where capacity = 'lead';
alter table outbox drop constraint outbox_capacity_check, drop constraint outbox_check;
alter table outbox add constraint outbox_capacity_check check (capacity in ('self','work','service','guardian'));
alter table outbox add constraint outbox_check check ((capacity in ('service','guardian')) = (to_person is null));
alter table assurance_evidence drop column document_id;
delete from evidence_link where item_id in (select id from evidence_item where kind = 'file');
delete from evidence_item where kind = 'file';
alter table evidence_item drop column document_id, drop constraint evidence_item_kind_check;
alter table evidence_item add constraint evidence_item_kind_check check (kind in ('link','figure','note'));
drop table document;
