package joints_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestCosted: a case study bears what the strategy says that its action costs, and the lines that have begun; posts that start later, and what is
// for another action, are no cost of it.
func TestCosted(t *testing.T) {
	h, ctx := strategytest.New(t), context.Background()
	lead, start := h.Lead, civil.MustParse("2026-04-01")
	one := h.Fill(t)
	clinics := one.Action
	money := investment.New(investment.Deps{DB: h.DB, Figures: figure.NewLibrary(), Posts: func(context.Context, *postgres.Tx, bool, []float64) (investment.Posts, error) {
		return investment.Posts{Start: start, End: start.AddMonths(60), Of: map[option.Option][]investment.PostCost{option.Preferred: {{Quarter: start.AddMonths(12), Line: "Evening nurse", Post: uuid.New(), Total: 40_000, On: 1, Action: clinics}}}}, nil
	}})
	const theirs = "The strategy: Within budget."
	costed := func(at time.Time) string {
		t.Helper()
		text, err := joints.Costed(h.Plan, money)(ctx, lead, at, clinics)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	line := func(title string, action uuid.UUID, from civil.Date) investment.Line {
		return investment.Line{ID: uuid.New(), Title: title, Kind: "licence", Treatment: "revenue", Action: action, Pence: 100_000, Recurrent: true, Start: from, In: investment.In{Preferred: true}, Type: "fixed"}
	}
	do := func(all ...error) {
		t.Helper()
		for _, err := range all {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if text := costed(now); text != theirs {
		t.Errorf("the strategy alone: %q", text)
	}
	if text, err := joints.Costed(h.Plan, money)(ctx, lead, now, uuid.New()); text != "" || err != nil {
		t.Errorf("no plan says %q, %v", text, err)
	}
	do(money.SavePlan(ctx, lead, now, investment.Plan{Start: start, Chosen: option.Preferred}),
		money.WriteLine(ctx, lead, now, line("Reminders", clinics, start)), money.WriteLine(ctx, lead, now, line("Something else", uuid.Nil, start)), money.WriteLine(ctx, lead, now, line("More reminders", clinics, start.AddMonths(9))))
	const borne = theirs + " The investment plan: £5,000 in the trust's budget over 5 years from 1 April 2026, without optimism bias, for “Reminders” (option Preferred)."
	if text := costed(now); text != borne {
		t.Errorf("in November 2026: %q", text)
	}
	if text := costed(time.Date(2027, 4, 2, 9, 0, 0, 0, time.UTC)); !strings.Contains(text, "£49,250 ") || !strings.Contains(text, "3 lines: “") || !strings.Contains(text, "“Evening nurse”") {
		t.Errorf("in April 2027: %q", text)
	}
}
