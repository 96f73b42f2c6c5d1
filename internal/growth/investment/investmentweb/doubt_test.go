package investmentweb_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/investmentweb"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestDoubts: every page with sums says where the two plans differ, what costs more and brings nothing, and which figure is
// claimed twice; and which total has optimism bias in it.
func TestDoubts(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	begins := civil.MustParse("2027-04-01")
	s := investment.New(investment.Deps{DB: db, Figures: figure.NewLibrary(), Posts: func(context.Context, *postgres.Tx, bool, *pay.Awards) (investment.Posts, error) {
		return investment.Posts{Start: begins, End: begins.AddMonths(60), Awards: pay.Awards{Every: 3}, Of: map[option.Option][]investment.PostCost{option.Maximum: {{Quarter: begins, Line: "Evening nurse", Post: uuid.New(), Total: 12_000, On: 1}}}}, nil
	}})
	actor := w.OHLead.As(access.Lead, access.Growth)
	site := webtest.New(t, now, investmentweb.Routes(s, fivecase.New(fivecase.Deps{Plan: s, Load: func(_ context.Context, a access.Actor) (string, string, error) {
		if a.Role != access.Lead {
			return "", "", nil
		}
		return "What needs a look: 1 thing is red.", "/workforce/load", nil
	}})), investment.Rules)
	lead, executive := site.As(actor), site.As(w.Executive.As(access.Executive, access.Growth))
	start := civil.MustParse("2026-07-01")
	if err := s.SavePlan(t.Context(), actor, now, investment.Plan{Start: start, PayUplift: 2.5, Inflation: 2, Chosen: option.Maximum}); err != nil {
		t.Fatal(err)
	}
	for population, measure := range map[string]string{"Nurses": "Days lost to absence", "All staff": "Absence, days lost"} {
		if err := s.WriteBenefit(t.Context(), actor, now, investment.Benefit{ID: uuid.New(), Title: population, Class: "public", Owner: "Director of nursing", Measure: measure, Population: population, Unit: "days", Low: 1, Mode: 2, High: 3, UnitPence: 100,
			Attribution: 70, Share: 100, Ramp: []int{100}, Start: start, In: investment.In{Preferred: true, Maximum: true}}, figure.Ref{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"/investment", "/investment/benefits", "/investment/appraisal", "/investment/case/print"} {
		lead.Get(path).Want(200).Says("Check before you rely on these sums", "The plan for people runs from April 2027 to March 2032 with a pay award of 3% a year; the investment plan runs from July 2026 to June 2031 with 2.5%",
			"Do maximum costs £12,000 more over five years than Preferred, and its benefits are no larger", "together claim 140% of the change of")
	}
	lead.Get("/investment/case").Want(200).Says("How the team is", "What needs a look: 1 thing is red.", "See how the team is").Link("/workforce/load")
	executive.Get("/investment/case").Want(200).Hides("How the team is")
	lead.Get("/investment/case/print").Want(200).Hides("What needs a look")
	for _, path := range []string{"/investment", "/investment/benefits", "/investment/appraisal"} {
		p := lead.Get(path)
		p.Link("/workforce/plan/assumptions")
		lead.Get(p.Link("/investment/plan")).Want(200)
		executive.Get(path).Says("The two plans differ").Hides("Set the years and the pay award")
	}
	lead.Get("/investment").Says("over five years with optimism bias (£", " without)", "Costs of each option with optimism bias", "Costs as planned, without optimism bias", "Optimism bias on top", "Costs with optimism bias", "To be funded")
	lead.Get("/investment/appraisal").Says("Costs with optimism bias, present value")
}
