package investmentweb_test

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
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

// TestPageAndPrint: what has to be funded, and what each option costs, stand in the paper as they stand on the page, row by row; what is below
// the lines follows from what is above it; and the sentence that is repeated has the same numbers.
func TestPageAndPrint(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	start := civil.MustParse("2026-07-01")
	nurse := uuid.New()
	s := investment.New(investment.Deps{DB: db, Figures: figure.NewLibrary(), Posts: func(context.Context, *postgres.Tx, bool, *pay.Awards) (investment.Posts, error) {
		var of []investment.PostCost
		for q := range investment.Quarters {
			of = append(of, investment.PostCost{Quarter: start.AddMonths(3 * q), Line: "Evening nurse", Post: nurse, Total: 9_801.37 + 57.77*float64(q), On: 0.4})
		}
		return investment.Posts{Start: start, End: start.AddMonths(60), Awards: pay.Awards{Every: 2.5}, Of: map[option.Option][]investment.PostCost{option.Preferred: of, option.Maximum: of}}, nil
	}})
	actor := w.OHLead.As(access.Lead, access.Growth)
	lead := webtest.New(t, now, investmentweb.Routes(s, fivecase.New(fivecase.Deps{Plan: s})), investment.Rules).As(actor)
	in := investment.In{Preferred: true, Maximum: true}
	for _, err := range []error{
		s.SavePlan(t.Context(), actor, now, investment.Plan{Start: start, PayUplift: 2.5, Inflation: 2.3, Delay: 2, Chosen: option.Preferred}),
		s.WriteLine(t.Context(), actor, now, investment.Line{ID: uuid.New(), Title: "Text reminders", Kind: "licence", Treatment: "revenue", Pence: 1_443_333, Recurrent: true, Start: start, In: investment.In{Minimum: true, Preferred: true, Maximum: true}, Type: "equipment", Bias: 200}),
		s.WriteLine(t.Context(), actor, now, investment.Line{ID: uuid.New(), Title: "Clinic room", Kind: "estate", Treatment: "capital", Pence: 3_799_999, Start: start.AddMonths(6), In: in, Type: "building", Bias: 24}),
		s.WriteBenefit(t.Context(), actor, now, investment.Benefit{ID: uuid.New(), Title: "Less agency cover", Class: "cash", Owner: "Director of finance", Measure: "Days lost", Population: "Nurses", Unit: "days", Low: 100, Mode: 333, High: 500, UnitPence: 16_411,
			Attribution: 50, Share: 60, Ramp: []int{0, 25, 50, 100}, Start: start, In: in}, figure.Ref{}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	page, paper := lead.Get("/investment").Want(200), lead.Get("/investment/case/print").Want(200)
	for _, caption := range []string{"What has to be funded, in the prices of each year: Preferred", "Costs of each option with optimism bias, in the prices of each year"} {
		here, there := page.Table(caption), paper.Table(caption)
		if len(here) < 4 || !slices.EqualFunc(here, there, slices.Equal) {
			t.Errorf("%s: the page has\n%q\nand the paper\n%q", caption, here, there)
		}
	}
	rows := map[string][]float64{}
	lines := []string{"Text reminders", "Clinic room", "Evening nurse"}
	for _, row := range page.Table("What has to be funded, in the prices of each year: Preferred")[1:] {
		for _, cell := range row[1:] {
			x, err := strconv.ParseFloat(strings.NewReplacer("£", "", ",", "").Replace(cell), 64)
			if err != nil {
				t.Fatal(err)
			}
			rows[row[0]] = append(rows[row[0]], x)
		}
	}
	follows := func(sum string, from ...string) {
		t.Helper()
		for y, got := range rows[sum] {
			want := 0.0
			for _, f := range from {
				name, less := strings.CutPrefix(f, "-")
				if len(rows[name]) == 0 {
					t.Fatalf("no row %s in %v", name, rows)
				}
				if less {
					want -= rows[name][y]
				} else {
					want += rows[name][y]
				}
			}
			if math.Abs(got-want) > float64(len(from)+1)/2 { // each is rounded to whole pounds
				t.Errorf("%s of year %d is %.0f, and what is above it makes %.0f", sum, y+1, got, want)
			}
		}
		if len(rows[sum]) != investment.Years+1 || rows[sum][investment.Years] == 0 {
			t.Errorf("%s: %v", sum, rows[sum])
		}
	}
	follows("Costs as planned, without optimism bias", lines...)
	follows("Costs with optimism bias", "Costs as planned, without optimism bias", "Optimism bias on top")
	follows("To be funded", "Costs with optimism bias", "-Benefits that release cash")
	total := func(row string) string { return investment.Pounds(rows[row][investment.Years]) }
	page.Says("Preferred costs "+total("Costs with optimism bias")+" over five years with optimism bias ("+total("Costs as planned, without optimism bias")+" without)",
		total("Benefits that release cash")+" comes back as cash, so that "+total("To be funded")+" has to be found")
}
