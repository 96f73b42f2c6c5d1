package audit

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit/internal/db"
	"github.com/rowan-ohwb/rowan/internal/audit/tree"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// SigningKey makes the key that signs checkpoints, kept in the key folder and never in the database. All servers
// of an installation share that folder's content.
var SigningKey = seal.Maker{Name: "audit-signer.key", Make: tree.GenerateKey}

const (
	// sealEvery bounds what a thief of the database could still change unseen.
	sealEvery = time.Minute
	// sealBatch is how many events one transaction and checkpoint take: about 3 MB and a quarter of a second.
	sealBatch = 5000
	// sealRun is how many batches one run takes, about a quarter of a minute's work; the next run goes on.
	sealRun = 50
	// heartbeatAfter is the longest silence between checkpoints. Then the sealer seals an event of its own, so that
	// a sealer that stopped, or a tail that was cut off, shows within the hour even at night.
	heartbeatAfter = time.Hour
	// lateBy is how long after its id was made an event may be committed: the longest transaction (jobs) takes two
	// minutes, and clocks of servers differ by seconds.
	lateBy = time.Hour
	// sweepEvery is how often everything is searched for unsealed events, whatever their id.
	sweepEvery = 24 * time.Hour
)

// SealerDeps is what the sealer is made of.
type SealerDeps struct {
	DB          *postgres.DB
	Key         seal.Secret // of SigningKey
	Checkpoints string      // folder outside the database
	Now         func() time.Time
}

// Sealer numbers committed events, grows the tree and signs checkpoints. The order of sealing is the order of
// numbers: an event that commits late gets a later number than one that happened after it.
//
// The database keeps leaves, hashes and checkpoints; the folder keeps the checkpoints again, and each server makes
// its own folder complete. A sealer refuses to go on when the database holds less than its folder, or a checkpoint
// it cannot verify: signing on would make the loss look right.
type Sealer struct {
	d        SealerDeps
	tree     *tree.Sealer
	verifier string
	one      sync.Mutex // a run that takes longer than a minute meets the next one
	kept     int64      // size of the newest checkpoint in the folder
	after    uuid.UUID  // events up to this id are sealed
	swept    time.Time
}

// NewSealer reads the signing key and the folder.
func NewSealer(d SealerDeps) (*Sealer, error) {
	t, err := tree.NewSealer(d.Key.Reveal())
	if err != nil {
		return nil, err
	}
	verifier, err := tree.VerifierKey(d.Key.Reveal())
	if err != nil {
		return nil, err
	}
	s := &Sealer{d: d, tree: t, verifier: verifier}
	if s.kept, err = openFolder(d.Checkpoints, verifier); err != nil {
		return nil, err
	}
	return s, nil
}

// VerifierKey is the public key that an outsider needs.
func (s *Sealer) VerifierKey() string { return s.verifier }

// Register has the runner seal every minute. The job is the worker's; sealing has its own transactions behind the
// audit wall, because a checkpoint's file may only be written after its rows are committed.
func (s *Sealer) Register(r *job.Runner) {
	r.Sweep("audit", sealEvery, func(ctx context.Context, _ *postgres.Tx) ([]job.Args, error) {
		_, err := s.Seal(ctx)
		return nil, err
	})
}

var (
	errBusy = errors.New("another server is sealing")
	sealer  = access.SystemActor(access.Audit, uuid.Nil, uuid.Nil)
)

// Seal seals what is committed and keeps the checkpoints; it says how many events it sealed. It may be repeated,
// and run by several servers at once.
func (s *Sealer) Seal(ctx context.Context) (sealed int, err error) {
	s.one.Lock()
	defer s.one.Unlock()
	full := s.d.Now().Sub(s.swept) >= sweepEvery
	after := s.after
	if full {
		after = uuid.Nil
	}
	newest, done := s.after, false
	for n := 0; n < sealRun && !done; n++ {
		ids, err := s.batch(ctx, after)
		if errors.Is(err, errBusy) {
			break
		}
		if err != nil {
			return sealed, fmt.Errorf("seal audit events: %w", err)
		}
		for _, id := range ids {
			if low := lateID(id); id.Version() == 7 && bytes.Compare(low[:], newest[:]) > 0 {
				newest = low
			}
		}
		sealed += len(ids)
		done = len(ids) < sealBatch
	}
	// Events are sealed in order of time, not of id: only when none is left does the newest id bound the rest.
	if done {
		s.after = newest
		if full {
			s.swept = s.d.Now()
		}
	}
	return sealed, s.keep(ctx)
}

// batch seals one batch, or a heartbeat after a long silence, and gives the ids of what it sealed.
func (s *Sealer) batch(ctx context.Context, after uuid.UUID) (ids []uuid.UUID, err error) {
	err = s.d.DB.InTenant(ctx, sealer, func(tx *postgres.Tx) error {
		q := db.New(tx)
		mine, err := q.TrySealing(ctx)
		if err != nil {
			return fmt.Errorf("lock: %w", err)
		}
		if !mine {
			return errBusy
		}
		previous, err := s.previous(ctx, q)
		if err != nil {
			return err
		}
		rows, err := q.ListUnsealed(ctx, db.ListUnsealedParams{After: after, Most: sealBatch})
		if err != nil {
			return fmt.Errorf("list unsealed: %w", err)
		}
		if len(rows) == 0 && s.d.Now().Sub(previous.At) >= heartbeatAfter {
			if err := Append(ctx, tx, Entry{At: s.d.Now(), Action: "audit.heartbeat", Kind: "audit"}); err != nil {
				return err
			}
			if rows, err = q.ListUnsealed(ctx, db.ListUnsealedParams{After: after, Most: sealBatch}); err != nil {
				return fmt.Errorf("list heartbeat: %w", err)
			}
		}
		if len(rows) == 0 {
			return nil
		}
		events := make([]tree.Numbered, len(rows))
		for i, r := range rows {
			if events[i], err = numbered(previous.Size+int64(i), r); err != nil {
				return err
			}
			ids = append(ids, r.ID)
		}
		b, err := s.tree.Seal(previous, events, hashes(ctx, q), s.d.Now())
		if err != nil {
			return err
		}
		return store(ctx, q, events, b)
	})
	return ids, err
}

// previous is the newest checkpoint of the database, verified.
func (s *Sealer) previous(ctx context.Context, q *db.Queries) (tree.Checkpoint, error) {
	row, err := q.NewestCheckpoint(ctx)
	c := tree.Empty()
	if err == nil {
		c, err = tree.OpenCheckpoint([]byte(row.Note), s.verifier)
	} else if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	if err != nil {
		return c, fmt.Errorf("open newest checkpoint: %w", err)
	}
	if c.Size < s.kept {
		return c, fmt.Errorf("the database ends at event %d but event %d was sealed: restore it, or keep the checkpoints as evidence and begin a new folder", c.Size, s.kept)
	}
	return c, nil
}

// keep writes the checkpoint files that this server lacks.
func (s *Sealer) keep(ctx context.Context) error {
	return s.d.DB.InTenant(ctx, sealer, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListCheckpointsAfter(ctx, s.kept)
		if err != nil {
			return fmt.Errorf("list checkpoints: %w", err)
		}
		for _, r := range rows {
			c, err := tree.OpenCheckpoint([]byte(r.Note), s.verifier)
			if err != nil {
				return fmt.Errorf("open checkpoint %d: %w", r.Size, err)
			}
			if err := tree.WriteCheckpoint(s.d.Checkpoints, c, []byte(r.Note)); err != nil {
				return err
			}
			s.kept = c.Size
		}
		return nil
	})
}

// hashes reads what earlier batches stored.
func hashes(ctx context.Context, q *db.Queries) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		rows, err := q.ListHashes(ctx, indexes)
		if err != nil {
			return nil, err
		}
		found := make(map[int64]tlog.Hash, len(rows))
		for _, r := range rows {
			found[r.Idx] = tlog.Hash(r.Hash)
		}
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			h, ok := found[index]
			if !ok {
				return nil, fmt.Errorf("hash %d is not stored", index)
			}
			out[i] = h
		}
		return out, nil
	})
}

func store(ctx context.Context, q *db.Queries, events []tree.Numbered, b tree.Batch) error {
	leaves := db.InsertLeavesParams{}
	for i, e := range events {
		leaves.Seqs = append(leaves.Seqs, e.Seq)
		leaves.Events = append(leaves.Events, e.Event.ID)
		leaves.Hashes = append(leaves.Hashes, b.Leaves[i][:])
	}
	nodes := db.InsertHashesParams{}
	for i := range b.Hashes {
		nodes.Indexes = append(nodes.Indexes, b.FirstHash+int64(i))
		nodes.Hashes = append(nodes.Hashes, b.Hashes[i][:])
	}
	if err := q.InsertLeaves(ctx, leaves); err != nil {
		return fmt.Errorf("store leaves: %w", err)
	}
	if err := q.InsertHashes(ctx, nodes); err != nil {
		return fmt.Errorf("store hashes: %w", err)
	}
	if err := q.InsertCheckpoint(ctx, db.InsertCheckpointParams{Size: b.Checkpoint.Size, Note: string(b.Signed), MadeAt: b.Checkpoint.At}); err != nil {
		return fmt.Errorf("store checkpoint: %w", err)
	}
	return nil
}

// numbered reads a row as the tree knows it.
func numbered(seq int64, r db.AuditEvent) (tree.Numbered, error) {
	var detail map[string]string
	if err := json.Unmarshal(r.Detail, &detail); err != nil {
		return tree.Numbered{}, fmt.Errorf("read detail of event %s: %w", r.ID, err)
	}
	return tree.Numbered{Seq: seq, Event: tree.Event{ID: r.ID, At: r.At.UTC(), OrganisationID: postgres.Value(r.OrganisationID), ServiceID: postgres.Value(r.ServiceID),
		ActorAccount: postgres.Value(r.ActorAccount), ActorPerson: postgres.Value(r.ActorPerson), Role: r.Role, Wall: r.Wall, Action: r.Action, ObjectKind: r.ObjectKind,
		ObjectID: postgres.Value(r.ObjectID), Subject: postgres.Value(r.SubjectPerson), Ground: r.Ground, Outcome: r.Outcome, Detail: detail,
		SessionHash: r.SessionHash, RequestID: r.RequestID, ActorName: r.ActorName, Channel: r.Channel, Address: r.Address, Strength: r.Strength}}, nil
}

// lateID is the least id that can still be committed when this one has been. The first 48 bits of a version 7 id
// are its time in milliseconds.
func lateID(id uuid.UUID) (low uuid.UUID) {
	made := binary.BigEndian.Uint64(id[:8]) >> 16
	binary.BigEndian.PutUint64(low[:8], (made-uint64(lateBy.Milliseconds()))<<16)
	return low
}
