package postgres_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

const (
	tenantIs  = `select current_setting('app.organisation', true)`
	countBack = `select n, 6 / (3 - n) from generate_series(1, 3) n` // the third row fails
)

// TestFirstStatement asks by every door of a transaction as its first statement, which travels with begin and the
// tenant, and again as its second: they answer alike, and the connection can be asked afterwards.
func TestFirstStatement(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	ctx := t.Context()
	actor := w.Ward.As(access.Manager, access.Employer)
	doors := map[string]func(t *testing.T, tx *postgres.Tx) error{
		"row": func(t *testing.T, tx *postgres.Tx) error {
			var got string
			err := tx.QueryRow(ctx, tenantIs).Scan(&got)
			same(t, got, w.Trust)
			return err
		},
		"no row": func(t *testing.T, tx *postgres.Tx) error {
			var n int
			if err := tx.QueryRow(ctx, `select 1 where false`).Scan(&n); err != pgx.ErrNoRows {
				t.Errorf("no row: %v", err)
			}
			return nil
		},
		"rows": func(t *testing.T, tx *postgres.Tx) error {
			rows, err := tx.Query(ctx, tenantIs)
			if err != nil {
				return err
			}
			all, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if err == nil {
				same(t, all[0], w.Trust)
			}
			return err
		},
		"rows left early": func(_ *testing.T, tx *postgres.Tx) error {
			rows, err := tx.Query(ctx, `select n from generate_series(1, 1000) n`)
			if err != nil {
				return err
			}
			rows.Next()
			rows.Close()
			rows.Close()
			return rows.Err()
		},
		"exec": func(t *testing.T, tx *postgres.Tx) error {
			tag, err := tx.Exec(ctx, `select n from generate_series(1, 3) n`)
			if tag.RowsAffected() != 3 {
				t.Errorf("exec answered %v", tag)
			}
			return err
		},
		"batch": func(t *testing.T, tx *postgres.Tx) error {
			b := &pgx.Batch{}
			b.Queue(tenantIs).QueryRow(func(row pgx.Row) error {
				var got string
				err := row.Scan(&got)
				same(t, got, w.Trust)
				return err
			})
			return tx.SendBatch(ctx, b).Close()
		},
	}
	for name, ask := range doors {
		for _, turn := range []string{"first", "second"} {
			t.Run(name+" "+turn, func(t *testing.T) {
				err := db.InTenant(ctx, actor, func(tx *postgres.Tx) error {
					if turn == "second" {
						if _, err := tx.Exec(ctx, `select 1`); err != nil {
							return err
						}
					}
					if err := ask(t, tx); err != nil {
						return err
					}
					_, err := tx.Exec(ctx, `select 1`)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// TestFirstStatementFails has the first statement fail in each way: the error says which, what was done is undone,
// and the next transaction finds a clean connection without a tenant of before.
func TestFirstStatementFails(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	ctx := t.Context()
	actor := w.Ward.As(access.Manager, access.Employer)
	ways := map[string]struct {
		code string
		ask  func(tx *postgres.Tx) error
	}{
		"no such table": {"42P01", func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `select 1 from no_such_table`)
			return err
		}},
		"no right": {postgres.PermissionDenied, func(tx *postgres.Tx) error {
			rows, err := tx.Query(ctx, `select 1 from note`)
			if err != nil {
				return err
			}
			rows.Close()
			return rows.Err()
		}},
		"a row": {"22012", func(tx *postgres.Tx) error {
			var n int
			return tx.QueryRow(ctx, `select 1 / $1::int`, 0).Scan(&n)
		}},
		"a later row": {"22012", func(tx *postgres.Tx) error {
			rows, err := tx.Query(ctx, countBack)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() { //nolint:revive // only the end matters
			}
			return rows.Err()
		}},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			err := db.InTenant(ctx, actor, way.ask)
			if code := postgres.Code(err); code != way.code {
				t.Errorf("failed with %q (%v), not %q", code, err, way.code)
			}
			// A command that goes on after a failed statement has committed nothing, and is told.
			if err := db.InTenant(ctx, actor, func(tx *postgres.Tx) error { _ = way.ask(tx); return nil }); err == nil {
				t.Error("a transaction whose first statement failed was committed")
			}
			bare := access.Actor{Role: access.System, Wall: access.Employer}
			if err := db.InTenant(ctx, bare, func(tx *postgres.Tx) error {
				var got string
				err := tx.QueryRow(ctx, tenantIs).Scan(&got)
				if got != "" {
					t.Errorf("the tenant %s of before is still set", got)
				}
				return err
			}); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("nobody waits", func(t *testing.T) {
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if err := db.InTenant(gone, actor, func(tx *postgres.Tx) error { _, err := tx.Exec(gone, `select 1`); return err }); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	})
}

func same(t *testing.T, got string, want uuid.UUID) {
	t.Helper()
	if got != want.String() {
		t.Errorf("the tenant is %q, not %s", got, want)
	}
}
