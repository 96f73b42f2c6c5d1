package workforceweb_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/workforceweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestDoubts plans a nurse without a benefit, in two plans that differ: every page with a sum of either says so, and so does the
// paper. With one horizon and one award it is silent about them.
func TestDoubts(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	actor := w.OHLead.As(access.Lead, access.Growth)
	var money *investment.Service
	team := workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }, Doubts: joints.Doubted(func() *investment.Service { return money })})
	money = investment.New(investment.Deps{DB: db, Figures: figure.NewLibrary(), Posts: joints.Employed(team)})
	cases := fivecase.New(fivecase.Deps{Plan: money})
	site := webtest.New(t, now, workforceweb.Routes(team), workforce.Rules)
	lead, executive := site.As(actor), site.As(w.Executive.As(access.Executive, access.Growth))
	pages := []string{"/workforce/plan", "/workforce/costs"}
	paper := func() string {
		t.Helper()
		draft, err := cases.Draft(t.Context(), actor, now)
		if err != nil {
			t.Fatal(err)
		}
		text, err := fivecase.Render(t.Context(), draft, now, nil)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(team.SetPlan(t.Context(), actor, now, workforce.PlanIn{Start: civil.MustParse("2027-04-01"), Uplift: 3, Leave: 29, Study: 5, Sickness: 5, RampMonths: 6}))
	must(team.PlanChange(t.Context(), actor, now, workforce.ChangeIn{ID: uuid.New(), Kind: outlook.New, Title: "Nurse", Role: "nurse", Band: "6", From: civil.MustParse("2027-04-01"), WTE: 1, Heads: 1, In: map[option.Option]bool{option.Preferred: true}}))
	lead.Get("/workforce/plan").Want(200).Hides("Check before you rely on these sums") // no investment plan, nothing to compare
	must(money.SavePlan(t.Context(), actor, now, investment.Plan{Start: civil.MustParse("2026-04-01"), PayUplift: 2.5, Chosen: option.Preferred}))
	for _, path := range pages {
		lead.Get(path).Want(200).Says("Check before you rely on these sums",
			"The plan for people runs from April 2027 to March 2032 with a pay award of 3% a year; the investment plan runs from April 2026 to March 2031 with 2.5% a year.",
			"more over five years than Do minimum, and its benefits are no larger. Review the benefits.", "less over five years than Preferred", "Do maximum has fewer posts at the end of the plan than Preferred")
	}
	// Where it is said, the way leads to both dates, for whoever sets them.
	for _, path := range pages {
		p := lead.Get(path)
		lead.Get(p.Link("/workforce/plan/assumptions")).Want(200)
		p.Link("/investment/plan")
		executive.Get(path).Want(200).Says("The two plans differ").Hides("Set the years and the pay award")
	}
	const differ = "The two plans differ. The plan for people runs from April 2027 to March 2032 with a pay award of 3% a year"
	if text := paper(); !strings.Contains(text, differ) {
		t.Errorf("the paper does not say so: %s", text)
	}
	must(money.SavePlan(t.Context(), actor, now, investment.Plan{Start: civil.MustParse("2027-04-01"), PayUplift: 3, Chosen: option.Preferred}))
	for _, path := range pages {
		lead.Get(path).Want(200).Says("Check before you rely on these sums").Hides("The two plans differ")
	}
	if text := paper(); strings.Contains(text, "The two plans differ") || !strings.Contains(text, "Review the benefits") {
		t.Errorf("the paper says %s", text)
	}
}
