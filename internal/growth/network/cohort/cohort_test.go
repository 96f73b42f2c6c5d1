package cohort

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestShown: a small count, and one that leaves a small rest of any stage before, is not shown; what is shown is rounded.
func TestShown(t *testing.T) {
	for _, c := range []struct {
		applied, started, completed int
		want                        string
	}{
		{62, 40, 21, "60 40 20"}, {62, 58, 30, "60 hidden 30"}, {62, 40, 37, "60 40 hidden"}, {62, 40, 3, "60 40 hidden"}, {7, 7, 7, "hidden hidden hidden"}, {62, 40, 40, "60 40 40"}, {62, 58, 54, "60 hidden hidden"},
	} {
		shown := Cohort{counts: map[Stage]int{Applied: c.applied, Started: c.started, Completed: c.completed}}.Shown()
		got := ""
		for i, s := range Stages {
			if i > 0 {
				got += " "
			}
			if n, ok := shown[s].Value(); ok {
				got += string(rune('0'+n/10)) + string(rune('0'+n%10))
			} else if shown[s].Hidden() {
				got += "hidden"
			}
		}
		if got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	if (Cohort{}).Shown()[Applied].Collected() {
		t.Error("what nobody counted is shown")
	}
}

// TestLife: each stage is counted when its day has come, in its order, once.
func TestLife(t *testing.T) {
	ctx, now := context.Background(), time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
	db := world.Open(t)
	w := world.New(t, db)
	s, lead := New(db), w.NationalLead().As(access.NationalLead, access.Growth)
	day := civil.MustParse
	in := In{ID: uuid.New(), Title: "Leaders", About: "For leads", Places: 40, Closes: day("2026-12-01"), Starts: day("2027-01-10"), Ends: day("2027-06-30")}
	if err := s.Add(ctx, lead, now, in); err != nil {
		t.Fatal(err)
	}
	at := func(d string) time.Time { return day(d).UTC().Add(10 * time.Hour) }
	for _, step := range []struct {
		on     string
		stage  Stage
		people int
		kind   fault.Kind
	}{
		{"2026-12-01", Applied, 62, fault.Conflict}, {"2026-12-02", Started, 40, fault.Conflict}, {"2026-12-02", Applied, -1, fault.Invalid}, {"2026-12-02", Applied, 62, 0}, {"2026-12-03", Applied, 63, fault.Conflict},
		{"2027-01-10", Started, 63, fault.Invalid}, {"2027-01-10", Started, 41, fault.Invalid}, {"2027-01-10", Started, 40, 0}, {"2027-06-30", Completed, 20, fault.Conflict}, {"2027-07-01", Completed, 41, fault.Invalid}, {"2027-07-01", Completed, 30, 0},
	} {
		err := s.Count(ctx, lead, at(step.on), in.ID, step.stage, step.people)
		if (err != nil) != (step.kind != 0) || err != nil && fault.KindOf(err) != step.kind {
			t.Errorf("%+v: %v", step, err)
		}
	}
	if c, err := s.Find(ctx, lead, in.ID); err != nil || c.Phase(day("2026-12-15")) != Chosen || c.Phase(day("2027-02-01")) != Running || c.Phase(day("2027-07-01")) != Over {
		t.Errorf("%+v %v", c, err)
	}
	for _, sql := range []string{`update nation_cohort_count set people = 1`, `delete from nation_cohort_count`, `update nation_cohort set places = 1`} {
		err := db.InTenant(ctx, lead, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql); return err })
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", sql, err)
		}
	}
	if _, err := s.Find(ctx, w.SystemLead().As(access.SystemLead, access.Growth), in.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an ICS finds it: %v", err)
	}
}
