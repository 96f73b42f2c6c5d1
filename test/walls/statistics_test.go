package walls_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestStatisticsRefused has every login ask how many rows a table was given, by each view that PostgreSQL has to tell it and the
// functions behind them. Who polls it would count what another wing writes, the answers to a pulse question among it.
func TestStatisticsRefused(t *testing.T) {
	ctx := context.Background()
	conn := connect(t)
	list := func(sql string) []string {
		rows, err := conn.Query(ctx, sql)
		if err != nil {
			t.Fatal(err)
		}
		out, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	views := list(`select 'select 1 from ' || c.oid::regclass from pg_class c where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'v' and c.relname ~ '^pg_stat'`)
	if len(views) < 30 {
		t.Errorf("only %d views: the test looks at the wrong place", len(views))
	}
	db := world.Open(t)
	for _, wall := range access.Walls {
		for _, sql := range append(views, `select n_tup_ins from pg_stat_user_tables where relname = 'pulse_voice'`, `select pg_stat_get_tuples_inserted('pulse_voice'::regclass)`, `select pg_stat_get_xact_tuples_inserted('note'::regclass)`) {
			err := db.InTenant(ctx, access.SystemActor(wall, [16]byte{1}, [16]byte{2}), func(tx *postgres.Tx) error {
				_, err := tx.Exec(ctx, sql)
				return err
			})
			if postgres.Code(err) != postgres.PermissionDenied {
				t.Errorf("%s login: %s: %v, want permission denied", wall, sql, err)
			}
		}
		for _, f := range list(`select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ '^pg_stat_get_' and has_function_privilege('` + postgres.LoginPrefix + string(wall) + `', p.oid, 'execute')`) {
			t.Errorf("%s login may call %s", wall, f)
		}
	}
	// A monitor that was given PostgreSQL's own role for it still reads them.
	if _, err := conn.Exec(ctx, `begin; set local role pg_monitor; select n_tup_ins from pg_stat_user_tables; rollback`); err != nil {
		t.Errorf("a monitor: %v", err)
	}
	// Where they are open, as an administrator who is no superuser leaves them, that is told.
	for want, sql := range map[bool]string{true: `grant select on pg_stat_user_tables to public`, false: `revoke select on pg_stat_user_tables from public`} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
		if tells, err := postgres.TellsRows(ctx, world.Super(t)); err != nil || tells != want {
			t.Errorf("%s: told %v, %v", sql, tells, err)
		}
	}
	if _, err := conn.Exec(ctx, `revoke select on pg_stat_user_tables from public`); err != nil {
		t.Fatal(err)
	}
}
