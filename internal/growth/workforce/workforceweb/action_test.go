package workforceweb_test

import (
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/workforceweb"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestAction follows a post from the action that it is for: chosen on its form, it stands in the plan, on the action's page
// and at the post's line of the cash flow.
func TestAction(t *testing.T) {
	h := strategytest.New(t)
	one := h.Fill(t)
	var team *workforce.Service
	plan := strategy.New(strategy.Deps{DB: h.DB, Figures: figure.NewLibrary(h.Shelf), Posts: joints.Posted(func() *workforce.Service { return team })})
	team = workforce.New(workforce.Deps{DB: h.DB, Now: func() time.Time { return now }, Actions: joints.Staffed(plan)})
	money := investment.New(investment.Deps{DB: h.DB, Figures: figure.NewLibrary(), Posts: joints.Employed(team), Actions: joints.Investable(plan)})
	if err := money.SavePlan(t.Context(), h.Lead, now, investment.Plan{Start: civil.MustParse("2027-04-01"), Chosen: option.Preferred}); err != nil {
		t.Fatal(err)
	}
	site := webtest.New(t, now, workforceweb.Routes(team), workforce.Rules)
	lead, guardian := site.As(h.Lead), site.As(h.W.Guardian.As(access.Guardian, access.Growth))
	hangs := func(want ...string) { // on the action's page
		t.Helper()
		links, err := plan.Posts(t.Context(), h.Guardian, one.Action)
		if err != nil || len(links) != len(want) {
			t.Fatalf("%+v, %v", links, err)
		}
		for i, l := range links {
			if l.Text != want[i] || l.Path != "/workforce/plan" {
				t.Errorf("%+v, want %q", l, want[i])
			}
		}
	}
	hangs()
	f := lead.Get("/workforce/changes/add?kind=new").Want(200).Says("Which action of the strategy is it for?", "No action", "Nurse-led triage").Form()
	f["in"] = []string{"preferred", "maximum"}
	f = with(f, "title", "Evening nurse", "role", "nurse", "band", "6", "heads", "1", "wte", "1", "action", one.Action.String())
	lead.Post("/workforce/changes/add", f).To("/workforce/plan")
	guardian.Get("/workforce/plan").Want(200).Says("For which action", "Nurse-led triage")
	hangs("Evening nurse, from April 2027: 1 planned, 0 started")
	r, err := money.Read(t.Context(), h.Guardian, now)
	if err != nil {
		t.Fatal(err)
	}
	if costs, err := r.Costs(option.Preferred, investment.Budget); err != nil || len(costs) != 1 || r.Titled(costs[0]) != "Evening nurse (Nurse-led triage)" {
		t.Errorf("%+v, %v", costs, err)
	}
	saved, err := team.For(t.Context(), h.Lead, one.Action)
	if err != nil || len(saved) != 1 || saved[0].Action != one.Action {
		t.Fatalf("%+v, %v", saved, err)
	}

	// An action that was stopped keeps its posts and is not offered for others.
	if err := plan.MoveAction(t.Context(), h.Lead, now.Add(time.Minute), one.Action, strategy.Planned, strategy.Stopped, "No money"); err != nil {
		t.Fatal(err)
	}
	if got := lead.Get(saved[0].Path()).Want(200).Form().Get("action"); got != one.Action.String() {
		t.Errorf("the form shows %q", got)
	}
	lead.Get("/workforce/changes/add?kind=new").Want(200).Hides("Nurse-led triage")
	lead.Post(saved[0].Path(), with(lead.Get(saved[0].Path()).Form(), "action", "")).To("/workforce/plan")
	hangs()
}
