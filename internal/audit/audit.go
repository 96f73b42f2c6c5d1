// Package audit records who did and saw what. An entry is written in the transaction of its effect; a read is
// written before the answer is sent. Nobody can change a row: no login has the right, and a trigger refuses.
// The sealer (seal.go) numbers the rows, builds the Merkle tree of audit/tree over them and signs checkpoints
// that are kept outside the database, so an outsider can prove offline that nothing was altered.
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Entry is what a command or page says of its effect; the rest of the row is the actor's.
type Entry struct {
	At      time.Time
	Action  string // "referral.submitted", "casefile.opened"
	Kind    string // of the object
	Object  uuid.UUID
	Subject uuid.UUID         // the person it is about: they will read it under "who looked"
	Ground  string            // the relation that opened the object: "case", "appointment", "task", "glass:<id>", "own"
	Denied  bool              // an attempt that was refused
	Detail  map[string]string // codes only, never text that somebody wrote
}

const insert = `insert into audit_event (id, at, organisation_id, service_id, actor_account, actor_person, actor_name, role, wall,
 action, object_kind, object_id, subject_person, ground, outcome, detail, session_hash, request_id, channel, address, strength)
 values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)`

// Append writes an entry in the caller's transaction, as the transaction's actor.
func Append(ctx context.Context, tx *postgres.Tx, e Entry) error {
	values, err := e.values(tx.Actor)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, insert, values...); err != nil {
		return fmt.Errorf("append audit event: %w", err)
	}
	return nil
}

// AppendAll writes many entries at once: an import touches thousands of people and answers for each.
func AppendAll(ctx context.Context, tx *postgres.Tx, entries []Entry) error {
	batch := &pgx.Batch{}
	for _, e := range entries {
		values, err := e.values(tx.Actor)
		if err != nil {
			return err
		}
		batch.Queue(insert, values...)
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("append audit events: %w", err)
	}
	return nil
}

// values are the columns of an entry, in the order of insert. The database keeps microseconds, and what is hashed
// must be what is kept.
func (e Entry) values(a access.Actor) ([]any, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	if e.Detail == nil {
		e.Detail = map[string]string{}
	}
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return nil, fmt.Errorf("encode audit detail: %w", err)
	}
	outcome := "ok"
	if e.Denied {
		outcome = "denied"
	}
	return []any{id, postgres.Stamp(e.At), postgres.Null(a.Organisation), postgres.Null(a.Service), postgres.Null(a.Account), postgres.Null(a.Person),
		WorkName(a), string(a.Role), string(a.Wall), e.Action, e.Kind, postgres.Null(e.Object), postgres.Null(e.Subject), e.Ground, outcome, detail, a.SessionHash, a.RequestID,
		string(a.Channel), a.Address, string(a.Strength)}, nil
}

// WorkName is the name of somebody who acts for their work, as it is on that day: the person whom an event is about has a
// right to know who it was, and accounts change and go. Who acts for themselves needs no name, and the house has none.
func WorkName(a access.Actor) string {
	switch a.Role {
	case access.Person, access.Anonymous, access.System:
		return ""
	default:
		return a.Name
	}
}
