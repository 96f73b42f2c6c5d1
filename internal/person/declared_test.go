package person_test

import (
	"context"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
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
