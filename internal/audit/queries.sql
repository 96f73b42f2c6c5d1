-- name: TrySealing :one
-- One sealer at a time, however many servers: the others have nothing to do. 7371 is ours alone.
select pg_try_advisory_xact_lock(7371);

-- name: NewestCheckpoint :one
select size, note from audit_checkpoint order by size desc limit 1;

-- name: ListCheckpointsAfter :many
-- Checkpoints whose files a server may lack, oldest first.
select size, note from audit_checkpoint where size > @size order by size;

-- name: ListUnsealed :many
-- Events without a number, in the order they get one. after limits the search to ids that can be new: ids begin
-- with the time, and the table has millions of sealed rows.
select * from audit_event e
where e.id > @after and not exists (select 1 from audit_leaf l where l.event_id = e.id)
order by e.at, e.id limit @most;

-- name: ListHashes :many
select idx, hash from audit_hash where idx = any (@indexes::bigint[]);

-- name: InsertLeaves :exec
insert into audit_leaf (seq, event_id, hash) select unnest(@seqs::bigint[]), unnest(@events::uuid[]), unnest(@hashes::bytea[]);

-- name: InsertHashes :exec
insert into audit_hash (idx, hash) select unnest(@indexes::bigint[]), unnest(@hashes::bytea[]);

-- name: InsertCheckpoint :exec
insert into audit_checkpoint (size, note, made_at) values (@size, @note, @made_at);

-- name: ListSealed :many
-- Sealed events in order of number. One that is gone has no row, and the gap shows in the export.
select l.seq, l.hash, sqlc.embed(e)
from audit_leaf l join audit_event e on e.id = l.event_id
where l.seq >= @first and l.seq < @size order by l.seq limit @most;
