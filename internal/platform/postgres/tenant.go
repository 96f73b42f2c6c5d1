package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rowan-ohwb/rowan/internal/access"
)

// DB holds one pool for each wall. InTenant is its only door.
type DB struct {
	pools map[access.Wall]*pgxpool.Pool
}

// setTenant carries who acts into the transaction; the policies read it (migration 00001, wall.rule).
const setTenant = `select set_config('app.organisation', $1, true), set_config('app.service', $2, true),
 set_config('app.person', $3, true), set_config('app.account', $4, true), set_config('app.sealer', $5, true)`

// Rebind queues, in a batch, the tenant of another actor of the same wall: the statements queued after it run as
// that actor, under the same policies. Only the sample writes like this: its history has thousands of authors, and
// a transaction for each would take minutes. A command has one actor and one transaction.
func (t *Tx) Rebind(b *pgx.Batch, actor access.Actor) {
	b.Queue(setTenant, tenant(actor)...)
}

// InTenant runs fn in one transaction behind the actor's wall. Everything fn does happens, or nothing.
func (db *DB) InTenant(ctx context.Context, actor access.Actor, fn func(*Tx) error) error {
	pool := db.pools[actor.Wall]
	if pool == nil {
		return fmt.Errorf("no login for wall %q", actor.Wall)
	}
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("acquire %s connection: %w", actor.Wall, err)
	}
	defer conn.Release()
	tx := &Tx{Actor: actor, conn: conn}
	// After a commit this does nothing. A connection that cannot roll back is closed, and Release throws it away.
	defer tx.rollback(ctx)
	if err := fn(tx); err != nil {
		return err
	}
	return tx.commit(ctx)
}

// errDry ends a dry run.
var errDry = errors.New("dry run")

// InTenantDry is InTenant that, when it is dry, undoes in the end what fn did: all of it was possible, and nothing is kept.
func (db *DB) InTenantDry(ctx context.Context, actor access.Actor, dry bool, fn func(*Tx) error) error {
	err := db.InTenant(ctx, actor, func(tx *Tx) error {
		if err := fn(tx); err != nil || !dry {
			return err
		}
		return errDry
	})
	if errors.Is(err, errDry) {
		return nil
	}
	return err
}

// tenant is what setTenant takes of an actor. Only the sealer itself may number the audit trail.
func tenant(a access.Actor) []any {
	sealer := ""
	if a.Role == access.System && a.Wall == access.Audit {
		sealer = "on"
	}
	return []any{setting(a.Organisation), setting(a.Service), setting(a.Person), setting(a.Account), sealer}
}

func setting(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}

// Close closes every pool.
func (db *DB) Close() {
	for _, p := range db.pools {
		p.Close()
	}
}

// Ping asks every login once: /readyz.
func (db *DB) Ping(ctx context.Context) error {
	for w, p := range db.pools {
		if err := p.Ping(ctx); err != nil {
			return fmt.Errorf("%s login: %w", w, err)
		}
	}
	return nil
}

// WorkerPool gives the job runner its own pool: River manages its transactions itself.
func (db *DB) WorkerPool() *pgxpool.Pool { return db.pools[access.Worker] }

// Code gives the SQLSTATE of an error, or "".
func Code(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}

// Constraint gives the name of the constraint that an error is about, or "".
func Constraint(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.ConstraintName
	}
	return ""
}

// The SQLSTATEs that commands look at; RW… are raised by our triggers.
const (
	UniqueViolation    = "23505"
	ExclusionViolation = "23P01"
	PermissionDenied   = "42501"
	Locked             = "RW001" // a row that never changes
	BadConsent         = "RW002"
	ReleaseRefused     = "RW003"
	PulseOver          = "RW004" // a question that is not open, or was counted
)
