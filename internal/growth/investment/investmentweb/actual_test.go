package investmentweb_test

import (
	"context"
	"net/url"
	"testing"
	"time"

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

// TestOwnRecords: the page takes waits and posts from Rowan's own records, says so, and lets the lead put another number in
// their place for a reason; and it says which quarters the plan for people does not cover.
func TestOwnRecords(t *testing.T) {
	db := world.Open(t)
	w, july := world.New(t, db), civil.Date{Year: 2026, Month: 7, Day: 1}
	own := func(value float64, source, path string) func(context.Context, access.Actor, time.Time, []civil.Date) ([]investment.Own, error) {
		return func(context.Context, access.Actor, time.Time, []civil.Date) ([]investment.Own, error) {
			return []investment.Own{{Quarter: july, Value: value, From: july, Till: july.AddMonths(3).AddDays(-1), Source: source, Path: path}}, nil
		}
	}
	begins := july.AddMonths(9)
	var simulated []investment.Wait
	s := investment.New(investment.Deps{DB: db, Figures: figure.NewLibrary(), Waited: own(13, "Wait to be seen", "/capacity"), InPost: func(ctx context.Context, a access.Actor, at time.Time, _ option.Option, quarters []civil.Date) ([]investment.Own, error) {
		return own(0.6, "The posts", "/workforce/pipeline")(ctx, a, at, quarters)
	},
		Waits: func(context.Context, *postgres.Tx) (map[option.Option][]investment.Wait, error) {
			return map[option.Option][]investment.Wait{option.Preferred: simulated}, nil
		},
		Posts: func(context.Context, *postgres.Tx, bool, *pay.Awards) (investment.Posts, error) {
			return investment.Posts{Start: begins, End: begins.AddMonths(60), Of: map[option.Option][]investment.PostCost{option.Preferred: {{Quarter: begins, Line: "Evening nurse", Post: uuid.New(), Total: 12_000, On: 1}}}}, nil
		}})
	leader := w.OHLead.As(access.Lead, access.Growth)
	if err := s.SavePlan(t.Context(), leader, now, investment.Plan{Start: july, Chosen: option.Preferred}); err != nil {
		t.Fatal(err)
	}
	site := webtest.New(t, now, investmentweb.Routes(s, fivecase.New(fivecase.Deps{Plan: s})), investment.Rules)
	lead, guardian := site.As(leader), site.As(w.Guardian.As(access.Guardian, access.Growth))
	guardian.Get("/investment").Want(200).Says("The plan for people begins in April 2027 and ends in March 2032", "Evening nurse")
	guardian.Get("/investment/actual?quarter=0").Want(200).Says("From Rowan's own records: Wait to be seen, 1 July 2026 to 30 September 2026", "From Rowan's own records: The posts", "13 (working days)", "0.6 WTE", "Does not apply", "Nobody has entered it",
		"No case is before the board, so the plan is as it stands today")
	// A quarter without a planned wait says why; what was simulated for another time is said wherever there are sums.
	guardian.Get("/investment/actual?quarter=0").Says("No wait of “Preferred” was simulated for the quarters of the plan")
	for q := range investment.Quarters {
		simulated = append(simulated, investment.Wait{Start: july.AddMonths(3 + 3*q), Median: 12})
	}
	guardian.Get("/investment/actual?quarter=0").Says("The plan has waits for October 2026 to June 2031, for which they were simulated. It has none for this quarter.")
	guardian.Get("/investment/actual?quarter=1").Says("12 (working days)").Hides("It has none for this quarter")
	guardian.Get("/investment/case/print").Says("Waits (Preferred) were simulated for October 2026 to September 2031; the investment plan runs from July 2026 to June 2031. 1 of its quarters has no planned wait.")
	form := lead.Get("/investment/actual/enter?quarter=0").Want(200).Says("Of July 2026 to September 2026 Rowan's own records say 13 (working days), 1 July 2026 to 30 September 2026. Leave it empty to take that").Form()
	if form.Get("wait") != "" || form.Get("posts") != "" {
		t.Errorf("the form shows what nobody typed: %v", form)
	}
	lead.Post("/investment/actual/enter", webtest.Fill(form, "spend", "2500", "wait", "11")).Refuses("Enter why this goes before Rowan's own records, or leave the number empty")
	lead.Post("/investment/actual/enter", webtest.Fill(form, "wait_reason", "A clinic was not in the diary")).To("/investment/actual?quarter=0")
	guardian.Get("/investment/actual?quarter=0").Want(200).Says("Entered by "+leader.Name+" on 10 November 2026: A clinic was not in the diary. Rowan's own records say 13 (working days): Wait to be seen", "11 (working days)")
	form = lead.Get("/investment/actual/enter?quarter=0").Form()
	if form.Get("wait") != "11" || form.Get("wait_reason") != "A clinic was not in the diary" {
		t.Errorf("the form shows %v", form)
	}
	lead.Post("/investment/actual/enter", webtest.Fill(form, "wait", "", "wait_reason", "")).To("/investment/actual?quarter=0")
	guardian.Get("/investment/actual?quarter=0").Want(200).Says("From Rowan's own records: Wait to be seen").Hides("A clinic was not")
	lead.Post("/investment/actual/enter", url.Values{"quarter": {"0"}}).Refuses("Enter at least one number")
}
