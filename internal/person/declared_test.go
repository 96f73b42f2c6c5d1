package person_test

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestDeclared: what people declared is kept, replaced by the next feed that says it and by no other; only the login that counts reads it.
func TestDeclared(t *testing.T) {
	e := newEmployer(t)
	take := func(text string) {
		t.Helper()
		if _, err := e.s.Import(context.Background(), e.actor, monday, strings.NewReader(text), false); err != nil {
			t.Fatal(err)
		}
	}
	one := line{number: "10000001", family: "Bell", given: "Ann", title: "Nurse"}
	with := func(declared string) string {
		return strings.TrimSuffix(heading, "\n") + ",sex,ethnic_group,disability\n" + strings.TrimSuffix(one.String(), "\n") + "," + declared + "\n"
	}
	kept := func() string {
		return e.query(access.Worker, `select coalesce(string_agg(sex || ' ' || ethnic_group || ' ' || disability, ';'), '') from person_declared`)
	}
	take(with("Female,A White - British,"))
	if got := kept(); got != "female white not_declared" {
		t.Errorf("kept %q", got)
	}
	take(with("Female,C,Yes"))
	take(file(one)) // a feed that does not say it
	if got := kept(); got != "female white yes" {
		t.Errorf("kept %q", got)
	}
	for _, wall := range []access.Wall{access.Employer, access.Clinical, access.Portal, access.Growth, access.Hall, access.Audit} {
		err := e.db.InTenant(context.Background(), e.actor.At(wall), func(tx *postgres.Tx) error {
			_, err := tx.Exec(context.Background(), `select disability from person_declared`)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s reads what people declared: %v", wall, err)
		}
	}
}

// TestManyAfterFew: a large feed is not read by what was planned for a small one. The check that everybody who declared something is in the record
// keeps its plan with the connection: made of a table of a few people it reads all of them for each of thousands.
func TestManyAfterFew(t *testing.T) {
	e := newEmployer(t)
	const few, many = 12, 3000
	feed := func(n int) string {
		var b strings.Builder
		b.WriteString(strings.TrimSuffix(heading, "\n") + ",sex,ethnic_group,disability\n")
		for i := range n {
			one := line{number: strconv.Itoa(10000001 + i), family: "Bell", given: "Ann", title: "Nurse"}
			b.WriteString(strings.TrimSuffix(one.String(), "\n") + ",Female,C,Yes\n")
		}
		return b.String()
	}
	conn, err := pgx.Connect(context.Background(), world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	read := func(atLeast int64) (rows int64) {
		t.Helper()
		for range 600 { // counts come a moment after the transaction
			var written int64
			if err := conn.QueryRow(context.Background(), `select n_tup_ins, seq_tup_read from pg_stat_user_tables where relname = 'person'`).Scan(&written, &rows); err != nil {
				t.Fatal(err)
			}
			if written >= atLeast {
				return rows
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Fatal("nobody counts what is read")
		return 0
	}
	for _, n := range []int{few, few, few, many} {
		if n == few { // as the database does by itself, some time after the first
			if _, err := conn.Exec(context.Background(), `analyze person`); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := e.s.Import(context.Background(), e.actor, monday, strings.NewReader(feed(n)), false); err != nil {
			t.Fatal(err)
		}
	}
	if rows := read(many); rows > 20*many {
		t.Errorf("%d rows of people are read to check %d", rows, many)
	}
}
