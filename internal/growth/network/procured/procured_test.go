package procured_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/growth/network/procured"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	now   = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
	today = civil.Of(now)
)

func open(t *testing.T) (*postgres.DB, *world.World, *procured.Keeper) {
	t.Helper()
	db := world.Open(t)
	w := world.New(t, db)
	return db, w, procured.New(procured.Deps{DB: db, Find: client.NewService(db, nil).Find, InForce: func(context.Context, access.Actor, time.Time) (framework.Version, error) {
		return framework.Ours(), nil
	},
		Person: func(_ civil.Date, words ...string) string {
			for _, x := range words {
				if x == "Mrs Winter" {
					return x
				}
			}
			return ""
		}})
}

func in(theme string, level int) procured.In {
	return procured.In{ID: uuid.New(), Theme: theme, Level: level, Evidence: "A pack", Next: "Another", On: today}
}

// TestBothSides: each side says its own, both read both, the newest counts and what was said before stays.
func TestBothSides(t *testing.T) {
	db, w, s := open(t)
	lead := w.OHLead.As(access.Lead, access.Growth)
	hr := access.Actor{Account: uuid.New(), Name: "Hari", Organisation: w.Community, Role: access.HR, Wall: access.Growth}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	own, err := s.OfClient(t.Context(), lead, now, w.Community)
	must(err)
	theirs, err := s.OfProvider(t.Context(), hr, now, w.Trust)
	must(err)
	first := in("M02", 5)
	must(s.Rate(t.Context(), lead, now, own, first))
	must(s.Rate(t.Context(), lead, now, own, first)) // sent twice
	must(s.Rate(t.Context(), hr, now, theirs, in("M02", 4)))
	must(s.Rate(t.Context(), hr, now.Add(time.Hour), theirs, in("M02", 2)))
	for name, read := range map[string]func() (procured.View, error){
		"the service": func() (procured.View, error) { return s.OfClient(t.Context(), lead, now, w.Community) },
		"the client":  func() (procured.View, error) { return s.OfProvider(t.Context(), hr, now, w.Trust) },
	} {
		v, err := read()
		must(err)
		lines := v.Lines()
		if l := lines[1]; len(v.Ratings) != 3 || len(lines) != 6 || l.Client.Level != 2 || l.Service.Level != 5 || !l.Apart() || lines[0].Apart() || l.Client.Words != framework.Ours().Themes[1].Bought[1] || l.Client.Number != 1 {
			t.Errorf("%s reads %+v", name, l)
		}
		if len(v.Of("M02")) != 3 {
			t.Errorf("%s reads %d of the theme", name, len(v.Of("M02")))
		}
	}
	if _, err := theirs.Theme("M99"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a theme of nobody: %v", err)
	}
	bad := in("M01", 3)
	bad.Evidence = "Mrs Winter"
	if err := s.Rate(t.Context(), hr, now, theirs, bad); fault.KeyOf(err) != "procured.person" {
		t.Errorf("it names somebody: %v", err)
	}

	// Nobody else reads it, neither side writes for the other, and nobody changes it.
	stranger, elsewhere := w.Foreign.As(access.Lead, access.Growth), hr
	elsewhere.Organisation = stranger.Organisation
	if _, err := s.OfClient(t.Context(), stranger, now, w.Community); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the service of somebody else reads it: %v", err)
	}
	if _, err := s.OfProvider(t.Context(), elsewhere, now, w.Trust); fault.KindOf(err) != fault.NotFound {
		t.Errorf("who is no client reads it: %v", err)
	}
	const insert = `insert into contract_rating (organisation_id, id, client_id, side, theme, title, level, words, number, source, evidence, next_step, rated_on, saved_at, by_name) values ($1, gen_random_uuid(), $2, $3, 'M01', 'x', 1, 'x', 1, 'x', 'x', '', '2026-11-10', now(), 'x')`
	for name, q := range map[string]struct {
		a    access.Actor
		sql  string
		args []any
	}{
		"the client for the service": {hr, insert, []any{w.Trust, w.Community, "service"}}, "the service for the client": {lead, insert, []any{w.Trust, w.Community, "client"}}, "a client of nobody": {hr, insert, []any{stranger.Organisation, w.Community, "client"}},
		"a service without a contract": {stranger, insert, []any{stranger.Organisation, w.Community, "service"}}, "a change": {lead, `update contract_rating set level = 5`, nil}, "a deletion": {hr, `delete from contract_rating`, nil},
	} {
		err := db.InTenant(t.Context(), q.a, func(tx *postgres.Tx) error {
			_, err := tx.Exec(t.Context(), q.sql, q.args...)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", name, err)
		}
	}
	var n int
	must(db.InTenant(t.Context(), stranger, func(tx *postgres.Tx) error {
		return tx.QueryRow(t.Context(), `select count(*) from contract_rating`).Scan(&n)
	}))
	if n != 0 {
		t.Errorf("a stranger reads %d", n)
	}
}

func TestCheck(t *testing.T) {
	if f := procured.Check(procured.In{}, today, ""); len(f) != 3 {
		t.Errorf("%v", f)
	}
	x := in("M01", 5)
	x.Next = ""
	if f := procured.Check(x, today, ""); len(f) > 0 {
		t.Errorf("the highest level needs no next step: %v", f)
	}
	x.Level, x.On = 3, today.AddDays(1)
	if f := procured.Check(x, today, ""); f.Of("next") == nil || f.Of("on") == nil {
		t.Errorf("%v", f)
	}
}

// TestLines: what was said of a theme that is no longer there stays in sight.
func TestLines(t *testing.T) {
	v := framework.Version{Themes: []framework.Theme{{Code: "A", Use: framework.Internal}, {Code: "B", Use: framework.Both}}}
	lines := procured.Lines(v, []procured.Rating{{Side: procured.Client, Theme: "Z", Title: "Gone", Level: 3}, {Side: procured.Service, Theme: "B", Level: 3}, {Side: procured.Client, Theme: "B", Level: 2}})
	if len(lines) != 2 || lines[0].Theme.Code != "B" || lines[0].Apart() || lines[1].Theme.Title != "Gone" {
		t.Errorf("%+v", lines)
	}
}
