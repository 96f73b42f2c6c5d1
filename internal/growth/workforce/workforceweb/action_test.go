package workforceweb_test

import (
	"slices"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/investmentweb"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategyweb"
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
	site := webtest.New(t, now, slices.Concat(workforceweb.Routes(team), strategyweb.Routes(plan), investmentweb.Routes(money, fivecase.New(fivecase.Deps{Plan: money}))),
		slices.Concat(workforce.Rules, strategy.Rules, investment.Rules))
	lead, guardian := site.As(h.Lead), site.As(h.W.Guardian.As(access.Guardian, access.Growth))
	action := "/plan/actions/" + one.Action.String()
	guardian.Get(action).Want(200).Hides("Posts planned for it")
	f := lead.Get("/workforce/changes/add?kind=new").Want(200).Says("Which action of the strategy is it for?", "No action", "Nurse-led triage").Form()
	f["in"] = []string{"preferred", "maximum"}
	f = with(f, "title", "Evening nurse", "role", "nurse", "band", "6", "heads", "1", "wte", "1", "action", one.Action.String())
	lead.Post("/workforce/changes/add", f).To("/workforce/plan")
	guardian.Get("/workforce/plan").Want(200).Says("For which action", "Nurse-led triage")
	guardian.Get(action).Want(200).Says("Posts planned for it", "Evening nurse, from April 2027: 1 planned, 0 started")
	guardian.Get("/investment").Want(200).Says("Evening nurse (Nurse-led triage)")
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
	guardian.Get(action).Want(200).Hides("Posts planned for it")
}
