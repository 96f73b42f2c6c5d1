// Package investmenttest makes an investment plan as large as a usual one, for tests of what is made from it.
package investmenttest

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// Record has every kind of line and class of benefit: recurrent and once, with and without an end, priced by pay and by
// amount, transfers, own uplifts, shared measures.
func Record(t testing.TB) investment.Record {
	t.Helper()
	pack, err := investment.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	april := civil.Date{Year: 2027, Month: 4, Day: 1}
	all, more := investment.In{Minimum: true, Preferred: true, Maximum: true}, investment.In{Preferred: true, Maximum: true}
	three := 3.0
	people := func(title, band, role string, heads int, wte float64, start civil.Date, in investment.In) investment.Line {
		return investment.Line{ID: uuid.New(), Title: title, Kind: "people", Treatment: "revenue", Role: role, Band: band, Heads: heads, WTE: wte, Recurrent: true, Start: start, In: in, Type: "staffing", Bias: 10}
	}
	money := func(title, kind, treatment string, pounds int64, recurrent bool, start, end civil.Date, in investment.In, kindOf string, bias float64) investment.Line {
		return investment.Line{ID: uuid.New(), Title: title, Kind: kind, Treatment: treatment, Pence: pounds * 100, Recurrent: recurrent, Start: start, End: end, In: in, Type: kindOf, Bias: bias, BiasReason: "The price is quoted"}
	}
	lines := []investment.Line{
		people("Nurse for the second clinic", "6", "nurse", 1, 1, april.AddMonths(3), more),
		people("Development posts", "5", "development-nurse", 2, 0.8, april.AddMonths(6), more),
		people("Administrator", "3", "administrator", 1, 0.5, april, all),
		people("Physiotherapist", "7", "physiotherapist", 1, 0.6, april.AddMonths(12), investment.In{Maximum: true}),
		money("Course fees", "training", "revenue", 9_500, true, april.AddMonths(6), april.AddMonths(30), more, "fixed", 0),
		money("Second clinic room", "estate", "capital", 48_000, false, april.AddMonths(3), civil.Date{}, more, "building", 24),
		money("Booking software", "licence", "revenue", 14_400, true, april, civil.Date{}, all, "equipment", 60),
		money("Physiotherapy contract", "contract", "revenue", 32_000, true, april.AddMonths(9), april.AddMonths(45), more, "outsourcing", 20),
		money("VAT that cannot be reclaimed", "licence", "transfer", 2_880, true, april, civil.Date{}, all, "fixed", 0),
	}
	lines[6].Uplift = &three
	benefit := func(title, class, owner, measure string, low, mode, high float64, pence int64, attribution, share float64, ramp ...int) investment.Benefit {
		return investment.Benefit{ID: uuid.New(), Title: title, Class: class, Owner: owner, Measure: measure, Population: "All staff", Unit: "days", Low: low, Mode: mode, High: high, UnitPence: pence, Attribution: attribution,
			Share: share, Ramp: ramp, Start: april.AddMonths(9), In: more}
	}
	benefits := []investment.Benefit{
		benefit("Less agency cover", "cash", "Director of finance", "Days lost", 400, 900, 1_400, 21_500, 40, 60, 0, 25, 50, 75, 100),
		benefit("Days worked in place of days lost", "public", "Director of nursing", "Days lost", 800, 1_600, 2_600, 17_250, 35, 40, 0, 25, 50, 75, 100),
		benefit("Less pain while waiting", "staff", "Head of occupational health", "Days waited", 500, 1_500, 3_000, 2_000, 50, 100, 50, 100),
	}
	benefits[1].In = all
	return investment.NewRecord(pack, investment.Plan{Start: april, PayUplift: 2.5, Inflation: 2, Delay: 2, Chosen: option.Preferred}, lines, benefits)
}
