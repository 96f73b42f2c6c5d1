package joints_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
)

// TestAbout: a gap's page is told the whole line of the plan, of its own sub-section and no other.
func TestAbout(t *testing.T) {
	h := strategytest.New(t)
	one := h.Fill(t)
	about := joints.About(func() *strategy.Service { return h.Plan })
	got, err := about(context.Background(), h.Guardian, "E7.1")
	if err != nil || len(got) != 1 || len(got[0].Objectives) != 1 || len(got[0].Objectives[0].Actions) != 1 {
		t.Fatalf("%+v (%v)", got, err)
	}
	if need := got[0].Part; need != (diagnostic.Part{Text: "Staff wait too long to be seen", Status: "Agreed", Path: "/plan/needs/" + one.Need.String()}) {
		t.Errorf("%+v", need)
	}
	if action := got[0].Objectives[0].Actions[0]; action != (diagnostic.Part{Text: "Nurse-led triage", Status: "Planned", Path: "/plan/actions/" + one.Action.String()}) {
		t.Errorf("%+v", action)
	}
	if other, err := about(context.Background(), h.Guardian, "E1.1"); err != nil || len(other) != 0 {
		t.Errorf("%+v (%v)", other, err)
	}
}

// TestWeighed: what is no gap, or a gap of a round that is not there, was weighed by nobody, and is no fault.
func TestWeighed(t *testing.T) {
	h := strategytest.New(t)
	weighed := joints.Weighed(diagnostic.New(diagnostic.Deps{DB: h.DB}))
	for _, ref := range []figure.Ref{{Kind: "indicator", Name: "K02"}, {Kind: diagnostic.Gap, Name: "a-round.E1.1"}, diagnostic.Ref(uuid.New(), "E1.1")} {
		if w, err := weighed(context.Background(), h.Lead, ref); err != nil || w != (strategy.Weight{}) {
			t.Errorf("%v: %+v (%v)", ref, w, err)
		}
	}
}
