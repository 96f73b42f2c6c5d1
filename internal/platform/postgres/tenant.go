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

// Tx is a transaction that knows its actor. It cannot be made outside this package, so whoever holds one came
// through InTenant: behind a wall, with the tenant set. It is the DBTX that sqlc's code takes.
type Tx struct {
	tx    pgx.Tx
	Actor access.Actor
}

// Exec runs a statement.
func (t *Tx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return t.tx.Exec(ctx, sql, args...)
}

// Query runs a statement that answers rows.
func (t *Tx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return t.tx.Query(ctx, sql, args...)
}

// QueryRow runs a statement that answers at most one row.
func (t *Tx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return t.tx.QueryRow(ctx, sql, args...)
}

// SendBatch sends several statements in one round trip.
func (t *Tx) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return t.tx.SendBatch(ctx, b)
}

// CopyFrom loads many rows.
func (t *Tx) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, src pgx.CopyFromSource) (int64, error) {
	return t.tx.CopyFrom(ctx, table, columns, src)
}

// setTenant carries who acts into the transaction; the policies read it (migration 00001, wall.rule).
const setTenant = `select set_config('app.organisation', $1, true), set_config('app.service', $2, true),
 set_config('app.person', $3, true), set_config('app.account', $4, true), set_config('app.sealer', $5, true)`

// Rebind queues, in a batch, the tenant of another actor of the same wall: the statements queued after it run as
// that actor, under the same policies. Only the sample writes like this: its history has thousands of authors, and
// a transaction for each would take minutes. A command has one actor and one transaction.
func (t *Tx) Rebind(b *pgx.Batch, actor access.Actor) {
	b.Queue(setTenant, setting(actor.Organisation), setting(actor.Service), setting(actor.Person), setting(actor.Account), "")
}

// InTenant runs fn in one transaction behind the actor's wall. Everything fn does happens, or nothing.
func (db *DB) InTenant(ctx context.Context, actor access.Actor, fn func(*Tx) error) error {
	pool := db.pools[actor.Wall]
	if pool == nil {
		return fmt.Errorf("no login for wall %q", actor.Wall)
	}
	sealer := ""
	if actor.Role == access.System && actor.Wall == access.Audit {
		sealer = "on"
	}
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("acquire %s connection: %w", actor.Wall, err)
	}
	defer conn.Release()
	return pgx.BeginFunc(ctx, tenantBeginner{conn, []any{
		setting(actor.Organisation), setting(actor.Service), setting(actor.Person), setting(actor.Account), sealer,
	}}, func(tx pgx.Tx) error {
		return fn(&Tx{tx: tx, Actor: actor})
	})
}

// tenantBeginner begins a transaction and sets the tenant in the same round trip.
type tenantBeginner struct {
	conn *pgxpool.Conn
	args []any
}

func (b tenantBeginner) Begin(ctx context.Context) (pgx.Tx, error) {
	tx, err := b.conn.Begin(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, setTenant, b.args...); err != nil {
		return nil, errors.Join(err, tx.Rollback(ctx))
	}
	return tx, nil
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

// The SQLSTATEs that commands look at; RW… are raised by our triggers.
const (
	UniqueViolation  = "23505"
	PermissionDenied = "42501"
	Locked           = "RW001" // a row that never changes
	BadConsent       = "RW002"
	ReleaseRefused   = "RW003"
)
