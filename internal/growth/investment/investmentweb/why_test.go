package investmentweb_test

import (
	"context"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/investmentweb"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestWhy: where options are laid side by side, and in the paper, it is said why the preferred one is asked for; not where another is.
func TestWhy(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := investment.New(investment.Deps{DB: db, Figures: figure.NewLibrary()})
	const said = "For less money, 1 more nurse would bring as many people in time as Preferred."
	cases := fivecase.New(fivecase.Deps{Plan: s, Why: func(context.Context, access.Actor) ([]string, error) { return []string{said}, nil }})
	actor := w.OHLead.As(access.Lead, access.Growth)
	site := webtest.New(t, now, investmentweb.Routes(s, cases), investment.Rules)
	lead, executive := site.As(actor), site.As(w.Executive.As(access.Executive, access.Growth))
	pages := []string{"/investment/appraisal", "/investment/case", "/investment/case/print"}
	plan := investment.Plan{Start: civil.MustParse("2026-07-01"), PayUplift: 2.5, Inflation: 2, Chosen: option.Preferred}
	if err := s.SavePlan(t.Context(), actor, now, plan); err != nil {
		t.Fatal(err)
	}
	for _, path := range pages {
		lead.Get(path).Want(200).Says("Why this option?", said)
		executive.Get(path).Want(200).Says(said)
	}
	r, err := s.Read(t.Context(), actor, now)
	if err != nil {
		t.Fatal(err)
	}
	plan = r.Plan
	plan.Chosen = option.Minimum
	if err := s.SavePlan(t.Context(), actor, now, plan); err != nil {
		t.Fatal(err)
	}
	for _, path := range pages {
		lead.Get(path).Want(200).Hides("Why this option?", said)
	}
}
