package cycle_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/cycle"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

func TestCycle(t *testing.T) {
	db := world.Open(t)
	w, ctx, now := world.New(t, db), context.Background(), strategytest.Now
	lead := w.OHLead.As(access.Lead, access.Growth)
	action := uuid.New()
	shelf := &strategytest.Shelf{Value: "12 days"}
	s := cycle.New(cycle.Deps{DB: db, Figures: figure.NewLibrary(shelf), Actions: func(context.Context, access.Actor) ([]cycle.Action, error) {
		return []cycle.Action{{ID: action, Title: "Night clinic"}}, nil
	}})
	want := func(kind fault.Kind, err error, what string) {
		t.Helper()
		if fault.KindOf(err) != kind || (kind == fault.Internal) != (err == nil) {
			t.Errorf("%s: %v", what, err)
		}
	}
	const fine = fault.Internal // the kind of no error
	day := func(d int) civil.Date { return civil.Date{Year: 2026, Month: 11, Day: d} }
	plan := cycle.Cycle{ID: uuid.New(), Question: "Do they come?", Prediction: "Half do", Plan: "The nurse asks", PlanOn: day(1)}

	want(fault.NotFound, s.Begin(ctx, lead, now, action, plan), "a cycle without an aim")
	want(fault.NotFound, s.Measure(ctx, lead, now, uuid.New(), action, "outcome", strategytest.Waits), "a measure without an aim")
	want(fault.NotFound, s.SetAim(ctx, lead, now, uuid.New(), "x", day(30)), "an aim of no action")
	want(fault.Invalid, s.SetAim(ctx, lead, now, action, "", day(30)), "an empty aim")
	want(fine, s.SetAim(ctx, lead, now, action, "9 of 10 are offered", day(30)), "an aim")

	measure := uuid.New()
	want(fine, s.Measure(ctx, lead, now, measure, action, "outcome", strategytest.Waits), "a measure")
	want(fine, s.Measure(ctx, lead, now, measure, action, "outcome", strategytest.Waits), "the same again")
	want(fault.Invalid, s.Measure(ctx, lead, now, uuid.New(), action, "outcome", "test/none"), "a figure that is not there")
	shelf.Value = "13 days"
	p, err := s.Find(ctx, lead, now, action)
	if err != nil || len(p.Measures) != 1 || p.Measures[0].Cited.Value != "12 days" || p.Measures[0].Cited.Standing != figure.Stale {
		t.Fatalf("%+v, %v", p.Measures, err)
	}
	want(fine, s.Drop(ctx, lead, now, action, measure), "drop")

	want(fine, s.Begin(ctx, lead, now, action, plan), "a cycle")
	want(fine, s.Begin(ctx, lead, now, action, plan), "the same again")
	second := plan
	second.ID = uuid.New()
	want(fault.Conflict, s.Begin(ctx, lead, now, action, second), "another while one runs")
	write := func(step cycle.Step) error {
		p, err := s.Find(ctx, lead, now, action)
		if err != nil {
			t.Fatal(err)
		}
		return s.Write(ctx, lead, now, p.Cycles[0], step)
	}
	if p, err = s.Find(ctx, lead, now, action); err != nil {
		t.Fatal(err)
	}
	old := p.Cycles[0]
	want(fault.Conflict, write(cycle.Step{Stage: cycle.Study, Text: "x", On: day(2)}), "study before it was done")
	want(fault.Invalid, write(cycle.Step{Stage: cycle.Do, Text: "x", On: civil.Date{Year: 2026, Month: 10, Day: 31}}), "done before it was planned")
	want(fault.Invalid, write(cycle.Step{Stage: cycle.Do, Text: "x", On: day(11)}), "done tomorrow")
	want(fine, write(cycle.Step{Stage: cycle.Do, Text: "Ten were asked", On: day(2)}), "do")
	want(fault.Conflict, s.Write(ctx, lead, now, old, cycle.Step{Stage: cycle.Do, Text: "Twenty", On: day(2)}), "do again, from a page that is old")
	want(fine, write(cycle.Step{Stage: cycle.Study, Text: "Seven came", On: day(3)}), "study")
	want(fault.Invalid, write(cycle.Step{Stage: cycle.Act, Act: "other", Text: "x", On: day(4)}), "an act that is none")
	want(fine, write(cycle.Step{Stage: cycle.Act, Act: "adapt", Text: "Ask earlier", On: day(4)}), "act")
	want(fault.Conflict, write(cycle.Step{Stage: cycle.Over, Text: "x", On: day(5)}), "more")
	want(fine, s.Begin(ctx, lead, now.Add(time.Hour), action, second), "the next")
	if p, err = s.Find(ctx, lead, now, action); err != nil || len(p.Cycles) != 2 || p.Cycles[0].N != 2 || p.Cycles[1].Stage() != cycle.Over || len(p.Measures) != 0 {
		t.Errorf("%+v, %v", p, err)
	}

	// The database keeps what was written.
	err = db.InTenant(ctx, lead, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update improvement_cycle set did = 'Twenty' where id = $1`, plan.ID)
		return err
	})
	if postgres.Code(err) != "RW001" {
		t.Errorf("a step that was written is overwritten: %v", err)
	}
	stranger := w.Foreign.As(access.Lead, access.Growth)
	if p, err := s.Find(ctx, stranger, now, action); err != nil || p.Begun() || len(p.Cycles) > 0 {
		t.Errorf("another trust sees %+v, %v", p, err)
	}
}
