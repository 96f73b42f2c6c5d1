package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rowan-ohwb/rowan/internal/access"
)

// Tx is a transaction that knows its actor. It cannot be made outside this package, so whoever holds one came
// through InTenant: behind a wall, with the tenant set. It is the DBTX that sqlc's code takes.
//
// It begins with its first statement: begin, the tenant and that statement travel together, because most pages ask
// two or three things and each journey to the database costs as much as the answer. The server takes them in order,
// so no statement runs before the tenant is set.
type Tx struct {
	Actor access.Actor
	conn  *pgxpool.Conn
	tx    pgx.Tx // nil until the first statement
}

// Exec runs a statement.
func (t *Tx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	if t.tx != nil {
		return t.tx.Exec(ctx, sql, args...)
	}
	br, err := t.begin(ctx, sql, args...)
	if err != nil {
		return pgconn.CommandTag{}, err
	}
	tag, err := br.Exec()
	return tag, finish(br, err)
}

// Query runs a statement that answers rows.
func (t *Tx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if t.tx != nil {
		return t.tx.Query(ctx, sql, args...)
	}
	br, err := t.begin(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	rows, err := br.Query()
	if err != nil {
		return rows, finish(br, err)
	}
	return &firstRows{Rows: rows, br: br}, nil
}

// QueryRow runs a statement that answers at most one row.
func (t *Tx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	if t.tx != nil {
		return t.tx.QueryRow(ctx, sql, args...)
	}
	br, err := t.begin(ctx, sql, args...)
	return firstRow{br, err}
}

// SendBatch sends several statements in one round trip.
func (t *Tx) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	if err := t.beginAlone(ctx); err != nil {
		return pgx.FailedBatchResults(b, err)
	}
	return t.tx.SendBatch(ctx, b)
}

// CopyFrom loads many rows.
func (t *Tx) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, src pgx.CopyFromSource) (int64, error) {
	if err := t.beginAlone(ctx); err != nil {
		return 0, err
	}
	return t.tx.CopyFrom(ctx, table, columns, src)
}

// begin sends begin, the tenant and, if there is one, the first statement, whose result is next in the answer.
func (t *Tx) begin(ctx context.Context, first string, args ...any) (pgx.BatchResults, error) {
	b := &pgx.Batch{}
	b.BeginTx(pgx.TxOptions{})
	b.Queue(setTenant, tenant(t.Actor)...)
	if first != "" {
		b.Queue(first, args...)
	}
	br := t.conn.SendBatch(ctx, b)
	t.tx = br.Tx()
	for range 2 { // begin and the tenant
		if _, err := br.Exec(); err != nil {
			return nil, finish(br, err)
		}
	}
	return br, nil
}

// beginAlone begins before something that cannot travel with it.
func (t *Tx) beginAlone(ctx context.Context) error {
	if t.tx != nil {
		return nil
	}
	br, err := t.begin(ctx, "")
	if err != nil {
		return err
	}
	return br.Close()
}

func (t *Tx) commit(ctx context.Context) error {
	if t.tx == nil { // nothing was asked
		return nil
	}
	return t.tx.Commit(ctx)
}

func (t *Tx) rollback(ctx context.Context) {
	if t.tx != nil {
		_ = t.tx.Rollback(ctx)
	}
}

// finish ends an answer, so that the connection can be asked again; the first error is the one that says why.
func finish(br pgx.BatchResults, err error) error {
	if ended := br.Close(); err == nil {
		err = ended
	}
	return err
}

// firstRows are the rows of the first statement. Where they end, the answer that they came in ends.
type firstRows struct {
	pgx.Rows
	br  pgx.BatchResults
	err error
}

// Next goes to the next row.
func (r *firstRows) Next() bool {
	if r.Rows.Next() {
		return true
	}
	r.Close()
	return false
}

// Close ends the rows; a second time it does nothing.
func (r *firstRows) Close() {
	r.Rows.Close()
	r.err = finish(r.br, r.Rows.Err())
}

// Err says why the rows ended early.
func (r *firstRows) Err() error {
	if err := r.Rows.Err(); err != nil {
		return err
	}
	return r.err
}

// firstRow is the row of the first statement, or why there is none.
type firstRow struct {
	br  pgx.BatchResults
	err error
}

// Scan reads the row.
func (r firstRow) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	return finish(r.br, r.br.QueryRow().Scan(dest...))
}
