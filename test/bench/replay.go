package main

import (
	"context"
	"reflect"
	"strings"
	"sync"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// statement is one thing that was asked of the database.
type statement struct {
	sql  string
	args []any
}

// recorder sees every statement while it is on.
type recorder struct {
	mu   sync.Mutex
	on   bool
	seen []statement
}

func (r *recorder) note(sql string, args []any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.on {
		r.seen = append(r.seen, statement{sql, args})
	}
}

// TraceQueryStart notes a statement.
func (r *recorder) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	r.note(d.SQL, d.Args)
	return ctx
}

// TraceBatchStart notes the statements that travel together.
func (r *recorder) TraceBatchStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceBatchStartData) context.Context {
	for _, q := range d.Batch.QueuedQueries {
		r.note(q.SQL, q.Arguments)
	}
	return ctx
}

// TraceBatchQuery and TraceBatchEnd complete pgx.BatchTracer.
func (r *recorder) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

// TraceBatchEnd has nothing to note.
func (r *recorder) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

// TraceQueryEnd completes pgx.QueryTracer.
func (r *recorder) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// record gives the statements that do sends.
func (r *recorder) record(do func() error) ([]statement, error) {
	r.mu.Lock()
	r.on, r.seen = true, nil
	r.mu.Unlock()
	err := do()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.on = false
	return r.seen, err
}

// fresh gives the statements with every id that is not known replaced by a new one, the same everywhere: what
// the next run of the same command would send.
func fresh(list []statement, known map[uuid.UUID]bool, given map[uuid.UUID]uuid.UUID) []statement {
	swap := func(id uuid.UUID) uuid.UUID {
		if id == uuid.Nil || known[id] {
			return id
		}
		if given[id] == uuid.Nil {
			given[id] = uuid.New()
		}
		return given[id]
	}
	out := make([]statement, len(list))
	// ids first, so that texts that quote them find them
	for i, s := range list {
		out[i] = statement{s.sql, make([]any, len(s.args))}
		for j, a := range s.args {
			switch v := a.(type) {
			case uuid.UUID:
				out[i].args[j] = swap(v)
			case *uuid.UUID:
				if v != nil {
					id := swap(*v)
					out[i].args[j] = &id
				} else {
					out[i].args[j] = v
				}
			default:
				out[i].args[j] = a
			}
		}
	}
	pairs := []string{}
	for old, id := range given {
		pairs = append(pairs, old.String(), id.String())
	}
	text := strings.NewReplacer(pairs...)
	for i := range out {
		for j, a := range out[i].args {
			switch v := a.(type) {
			case string:
				out[i].args[j] = text.Replace(v)
			case []byte:
				out[i].args[j] = []byte(text.Replace(string(v)))
			default:
				if r := reflect.ValueOf(a); r.IsValid() && r.Kind() == reflect.String {
					out[i].args[j] = text.Replace(r.String())
				}
			}
		}
	}
	return out
}

// bare opens a connection with nothing but pgx, signed in and set as the wall's login is.
func bare(b *bed, w access.Wall) (*pgx.Conn, error) {
	cfg, err := pgx.ParseConfig(b.child.DSN(postgres.LoginPrefix+string(w), "postgres"))
	if err != nil {
		return nil, err
	}
	postgres.Settings(cfg, w)
	return pgx.ConnectConfig(b.ctx, cfg)
}

// raw sends statements one after another, begin and commit among them (in the simple protocol, as pgx itself does),
// and throws the rows away unread.
func raw(ctx context.Context, conn *pgx.Conn, list []statement) error {
	for _, s := range list {
		if s.sql == "begin" || s.sql == "commit" {
			if _, err := conn.Exec(ctx, s.sql); err != nil {
				return err
			}
			continue
		}
		rows, err := conn.Query(ctx, s.sql, s.args...)
		if err != nil {
			return err
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return err
		}
	}
	return nil
}
