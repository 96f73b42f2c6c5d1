package investment

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

var april = civil.Date{Year: 2027, Month: 4, Day: 1}

func packed(t rapid.TB) Pack {
	t.Helper()
	p, err := LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b)) }

var everywhere = In{true, true, true}

func licence(pounds int64, bias float64) Line {
	return Line{ID: uuid.New(), Title: "Licence", Kind: "licence", Treatment: "revenue", Pence: pounds * 100, Recurrent: true, Start: april, In: everywhere, Type: "equipment", Bias: bias, BiasReason: "signed"}
}

func saved(days float64, pounds int64) Benefit {
	return Benefit{ID: uuid.New(), Title: "Days", Class: "public", Owner: "Head of occupational health", Measure: "Days lost", Population: "Nurses", Unit: "days", Low: days / 2, Mode: days, High: days * 2,
		UnitPence: pounds * 100, Attribution: 100, Share: 100, Ramp: []int{100}, Start: april, In: everywhere}
}

// TestByHand: £1,000 a year with 10% bias against £2,000 a year, no inflation, Green Book rate: factors 1, 1/1.035, ...
func TestByHand(t *testing.T) {
	r := Record{pack: packed(t), Plan: Plan{Start: april, Chosen: option.Preferred}, Lines: []Line{licence(1000, 10)}, Benefits: []Benefit{saved(20, 100)}}
	factors := 0.0
	for y := range 5 {
		factors += math.Pow(1.035, -float64(y))
	}
	a, err := r.Appraise(option.Preferred, Social)
	if err != nil {
		t.Fatal(err)
	}
	if !near(a.Central.PVCosts, 1100*factors) || !near(a.Central.PVBenefits, 2000*factors) || !near(a.Hoped.NPSV, 1000*factors) || !near(*a.Central.BCR, 2000.0/1100) {
		t.Errorf("%+v, factors add up to %v", a.Central, factors)
	}
	if share, ok := a.Keeps(); !ok || !near(share, 0.55) {
		t.Errorf("worth it down to %v of the benefits", share)
	}
	b, err := r.Appraise(option.Preferred, Budget) // days saved release no cash
	if err != nil || b.Central.PVBenefits != 0 || b.Central.PaybackYears != nil {
		t.Errorf("%+v, %v", b.Central, err)
	}
	// Two quarters late: half of the first year's benefits are lost.
	r.Plan.Delay = 2
	late, err := r.Appraise(option.Preferred, Social)
	if err != nil {
		t.Fatal(err)
	}
	// £100 are short in the first year and £900 over in the second: they have come back a ninth into it.
	if p := late.Central.PaybackYears; p == nil || !near(*p, 1+100.0/900) {
		t.Errorf("paid back after %v years", p)
	}
	if !near(late.Central.PVBenefits, 2000*(factors-0.5)) || !near(late.Hoped.NPSV, a.Hoped.NPSV) {
		t.Errorf("late benefits %+v", late.Central)
	}
}

// TestNothing costs and brings nothing, whatever there is.
func TestNothing(t *testing.T) {
	r := Record{pack: packed(t), Plan: Plan{Start: april, Inflation: 2}, Lines: []Line{licence(1000, 10)}, Benefits: []Benefit{saved(20, 100)}}
	a, err := r.Appraise(option.Nothing, Social)
	if err != nil || a.Central.NPSV != 0 || a.Central.PVCosts != 0 || a.Central.BCR != nil {
		t.Errorf("%+v %v", a.Central, err)
	}
	if _, ok, err := r.Risk(a); ok || err != nil {
		t.Error("nothing is uncertain", err)
	}
}

// TestViews: a band 6 nurse costs the budget 14.38% of pension, the full view 23.78%; a transfer costs society nothing.
func TestViews(t *testing.T) {
	nurse := licence(0, 0)
	nurse.Kind, nurse.Band, nurse.Heads, nurse.WTE, nurse.Type = "people", "6", 2, 0.5, "staffing"
	vat := licence(100, 0)
	vat.Treatment = "transfer"
	r := Record{pack: packed(t), Plan: Plan{Start: april, PayUplift: 10}, Lines: []Line{nurse, vat}}
	salary := r.Plan.Table().Bands["6"].Points[0] * 1.1 // the table is of the year before
	ni := 2 * 0.15 * (salary/2 - 5000)
	for view, want := range map[View]float64{
		Budget: salary*(1+0.1438+0.005) + ni + 100,
		Full:   salary*(1+0.2378+0.005) + ni + 100,
		Social: salary * 1.2378,
	} {
		costs, err := r.Costs(option.Minimum, view)
		if got := Total(costs, false).Year(0); err != nil || !near(got, want) {
			t.Errorf("%s: %v, want %v (%v)", view, got, want, err)
		}
	}
	r.Plan.Chosen = option.Minimum
	if r.Posts(3) != 1 {
		t.Errorf("%v in post", r.Posts(3))
	}
}

// TestZone: people who are typed here are paid in the high-cost area in which the plan for people has its posts, society pays it too.
func TestZone(t *testing.T) {
	nurse := licence(0, 0)
	nurse.Kind, nurse.Band, nurse.Heads, nurse.WTE, nurse.Type = "people", "6", 1, 1, "staffing"
	year := func(zone pay.Zone, v View) float64 {
		r := Record{pack: packed(t), Plan: Plan{Start: april}, Lines: []Line{nurse}, people: Posts{Zone: zone}}
		costs, err := r.Costs(option.Minimum, v)
		if err != nil {
			t.Fatal(err)
		}
		return Total(costs, false).Year(0)
	}
	table := Plan{Start: april}.Table()
	more := table.HighCost.Zones[pay.Inner].Of(table.Bands["6"].Points[0])
	if got := year(pay.Inner, Budget) - year("", Budget); !near(got, more*(1+0.15+0.1438+0.005)) {
		t.Errorf("inner London costs the budget %v more", got)
	}
	if got := year(pay.Inner, Social) - year("", Social); !near(got, more*1.2378) {
		t.Errorf("and society %v", got)
	}
}

// TestPosts of the workforce plan count what they cost beyond doing nothing, each quarter in its own, wherever the two plans
// begin: a nurse of £100,000 a year costs £25,000 in every quarter that both plans have, and nothing in the others.
func TestPosts(t *testing.T) {
	id, lead := uuid.New(), uuid.New()
	for name, c := range map[string]struct {
		start, posts string // of the two plans
		first, last  int    // quarters of the investment plan that have costs
		from         string // that the page names; "" for none
	}{
		"alike":                  {"2027-04-01", "2027-04-01", 0, 19, ""},
		"the posts begin later":  {"2026-07-01", "2027-04-01", 3, 19, "2027-04-01"}, // 17 quarters: £425,000
		"the posts begin sooner": {"2027-10-01", "2027-04-01", 0, 17, "2027-04-01"}, // and end sooner
		"a quarter apart":        {"2027-01-01", "2027-04-01", 1, 19, "2027-04-01"},
	} {
		var all, base []PostCost
		begin := civil.MustParse(c.posts)
		for q := range Quarters {
			all = append(all, PostCost{Quarter: begin.AddMonths(3 * q), Line: "Nurse", Post: id, Total: 35_000, NI: 3_000, Levy: 100, On: 1.5}, PostCost{Quarter: begin.AddMonths(3 * q), Line: "Lead", Post: lead, Total: 20_000, On: 1})
			base = append(base, PostCost{Quarter: begin.AddMonths(3 * q), Line: "Nurse", Post: id, Total: 10_000, NI: 1_000, Levy: 50, On: 0.5}, PostCost{Quarter: begin.AddMonths(3 * q), Line: "Lead", Post: lead, Total: 20_000, On: 1})
		}
		more := beyond(all, base)
		r := Record{pack: packed(t), Plan: Plan{Start: civil.MustParse(c.start), Chosen: option.Preferred}, posts: map[option.Option]map[View][]PostCost{option.Preferred: {Budget: more, Social: more}},
			people: Posts{Start: begin, End: begin.AddMonths(3 * Quarters)}}
		for view, each := range map[View]float64{Budget: 25_000, Social: 25_000 - 2_000 - 50} {
			costs, err := r.Costs(option.Preferred, view)
			if err != nil || len(costs) != 1 {
				t.Fatalf("%s: %+v %v", name, costs, err)
			}
			for q, got := range costs[0].Cash {
				want := 0.0
				if q >= c.first && q <= c.last {
					want = each
				}
				if !near(got, want) {
					t.Errorf("%s, %s: quarter %d costs %v, want %v", name, view, q, got, want)
				}
			}
			if sum := costs[0].Cash.Sum(); !near(sum, each*float64(c.last-c.first+1)) {
				t.Errorf("%s, %s: all quarters cost %v", name, view, sum)
			}
		}
		if without, ok := r.Without(id); !ok {
			t.Errorf("%s: the plan cannot do without the nurse", name)
		} else if costs, err := without.Costs(option.Preferred, Budget); err != nil || len(costs) != 0 || len(r.posts[option.Preferred][Budget]) != len(more) {
			t.Errorf("%s: without the nurse there are %d costs (%v), and the plan itself has %d left", name, len(costs), err, len(r.posts[option.Preferred][Budget]))
		}
		if _, ok := r.Without(lead); ok {
			t.Errorf("%s: a post that costs no more than it did can be left out", name)
		}
		for q := range Quarters {
			want := 0.0
			if q >= c.first && q <= c.last {
				want = 1
			}
			if got := r.StaffIn(option.Preferred, q); !near(got, want) {
				t.Errorf("%s: %v in post in quarter %d, want %v", name, got, q, want)
			}
			if got := r.Posts(q); got != 0 {
				t.Errorf("%s: a post that is there anyway and grows is promised as %v in addition", name, got)
			}
		}
		if from, until, ok := r.Uncovered(); ok != (c.from != "") || ok && (from.String() != c.from || until != from.AddMonths(60)) {
			t.Errorf("%s: covered from %s until %s, %v", name, from, until, ok)
		}
	}
	// The quarter in which somebody comes has what that quarter costs, not the mean of its year.
	late := []PostCost{{Quarter: april, Line: "Nurse", Post: id, Total: 1_000, On: 0.1, Added: true}, {Quarter: april.AddMonths(3), Line: "Nurse", Post: id, Total: 6_000, On: 0.6, Added: true}, {Quarter: april.AddMonths(6), Line: "Nurse", Post: id, Total: 9_000, On: 0.9, Added: true}}
	r := Record{pack: packed(t), Plan: Plan{Start: april, Chosen: option.Preferred}, posts: map[option.Option]map[View][]PostCost{option.Preferred: {Budget: late}}}
	costs, err := r.Costs(option.Preferred, Budget)
	if err != nil || costs[0].Cash[0] != 1_000 || costs[0].Cash[1] != 6_000 || costs[0].Cash[2] != 9_000 || costs[0].Cash[3] != 0 || r.Posts(1) != 0.6 || r.Posts(2) != 0.9 {
		t.Errorf("%+v, %v and %v in post, %v", costs, r.Posts(1), r.Posts(2), err)
	}
}

// TestRealIsNominal: real flows at the real rate are worth what nominal flows are worth at the nominal one; and a line
// that rises with inflation has the same real value in every year.
func TestRealIsNominal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inflation := rapid.Float64Range(0, 10).Draw(t, "inflation")
		l := licence(rapid.Int64Range(1, 100000).Draw(t, "pounds"), 0)
		r := Record{pack: packed(t), Plan: Plan{Start: april, Inflation: inflation}, Lines: []Line{l}}
		costs, err := r.Costs(option.Preferred, Budget)
		if err != nil {
			t.Fatal(err)
		}
		cash, nominal := Total(costs, false), 0.0
		for y, x := range cash.Real(inflation) {
			if !near(x, float64(l.Pence)/100) {
				t.Fatalf("year %d: %v", y, x)
			}
			nominal += cash.Year(y) * math.Pow(1.035*(1+inflation/100), -float64(y))
		}
		a, err := r.Appraise(option.Preferred, Budget)
		if err != nil || !near(a.Hoped.PVCosts, nominal) {
			t.Fatalf("%v, nominal %v, %v", a.Hoped.PVCosts, nominal, err)
		}
	})
}

// TestPartsAddUp: a plan is worth what its parts are worth, in both views, and its quarters add up to its years.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := Plan{Start: april, Inflation: rapid.Float64Range(0, 5).Draw(t, "inflation"), PayUplift: rapid.Float64Range(0, 5).Draw(t, "pay"), Delay: rapid.IntRange(0, 4).Draw(t, "delay")}
		whole := Record{pack: packed(t), Plan: plan}
		sum := map[View]float64{}
		part := func(l []Line, b []Benefit) {
			r := Record{pack: whole.pack, Plan: plan, Lines: l, Benefits: b}
			for _, v := range []View{Budget, Social} {
				a, err := r.Appraise(option.Preferred, v)
				if err != nil {
					t.Fatal(err)
				}
				sum[v] += a.Central.NPSV
			}
			whole.Lines, whole.Benefits = append(whole.Lines, l...), append(whole.Benefits, b...)
		}
		for i := range rapid.IntRange(1, 6).Draw(t, "lines") {
			l := licence(rapid.Int64Range(1, 50_000).Draw(t, "pounds"), rapid.Float64Range(10, 200).Draw(t, "bias"))
			l.Start, l.Recurrent, l.Treatment = plan.Quarter(rapid.IntRange(0, 19).Draw(t, "start")), rapid.Bool().Draw(t, "recurrent"), Treatments[i%3]
			if i == 0 {
				l.Kind, l.Band, l.Heads, l.WTE, l.Pence, l.Recurrent, l.Treatment = people, "5", 2, 0.8, 0, true, "revenue"
			}
			if rapid.Bool().Draw(t, "ends") {
				l.End = l.Start.AddMonths(3 * rapid.IntRange(1, 8).Draw(t, "quarters"))
			}
			part([]Line{l}, nil)
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "benefits") {
			b := saved(rapid.Float64Range(0, 500).Draw(t, "days"), 100)
			b.Class, b.Start, b.Ramp = Classes[i%3], plan.Quarter(rapid.IntRange(0, 19).Draw(t, "from")), []int{0, 50, 100}
			part(nil, []Benefit{b})
		}
		for v, want := range sum {
			a, err := whole.Appraise(option.Preferred, v)
			if err != nil || math.Abs(a.Central.NPSV-want) > 1e-6*max(1, math.Abs(want)) {
				t.Fatalf("%s: %v, parts %v, %v", v, a.Central.NPSV, want, err)
			}
			cash := Total(a.costs, false)
			years := 0.0
			for y := range Years {
				years += cash.Year(y)
			}
			if !near(years, cash.Sum()) {
				t.Fatalf("years %v, quarters %v", years, cash.Sum())
			}
		}
	})
}

// TestRisk: at the most likely values the expression is the appraisal; more bias never helps; a switching value switches.
func TestRisk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bias := rapid.Float64Range(10, 200).Draw(t, "bias")
		r := Record{pack: packed(t), Plan: Plan{Start: april, Inflation: 2, Delay: rapid.IntRange(0, 8).Draw(t, "delay")}, Lines: []Line{licence(1000, bias), licence(500, 10)},
			Benefits: []Benefit{saved(rapid.Float64Range(1, 50).Draw(t, "days"), 100)}}
		a, err := r.Appraise(option.Maximum, Social)
		if err != nil {
			t.Fatal(err)
		}
		risk, ok, err := r.Risk(a)
		if err != nil || !ok {
			t.Fatal(err)
		}
		if v := risk.Switching["b_0"]; v == nil || math.Abs(*v*a.present(a.benefits[0].Unit)-a.Central.PVCosts) > 1e-6*a.Central.PVCosts {
			t.Fatalf("switching %v", v)
		}
		for _, bar := range risk.Tornado {
			if bar.Swing == nil || *bar.AtLow > a.Central.NPSV+1e-6 && *bar.AtHigh > a.Central.NPSV+1e-6 {
				t.Fatalf("%+v around %v", bar, a.Central.NPSV)
			}
		}
	})
}

// TestSharedDraw: two owners of the same days win or lose them together.
func TestSharedDraw(t *testing.T) {
	one, two := saved(10, 100), saved(10, 100)
	one.Share, two.Share, two.Title = 60, 40, "Cover"
	spread := func(benefits ...Benefit) (float64, int) {
		r := Record{pack: packed(t), Plan: Plan{Start: april}, Lines: []Line{licence(100, 10)}, Benefits: benefits}
		a, err := r.Appraise(option.Preferred, Social)
		if err != nil {
			t.Fatal(err)
		}
		risk, _, err := r.Risk(a)
		if err != nil {
			t.Fatal(err)
		}
		return *risk.SD, len(risk.Tornado)
	}
	shared, n := spread(one, two)
	whole, _ := spread(saved(10, 100))
	if n != 2 || math.Abs(shared-whole) > 0.01*whole { // the cost is the other
		t.Errorf("%d things move it; the spread of shared days is %v, of the same days in one hand %v", n, shared, whole)
	}
}

// TestGuard: one saved day has one owner.
func TestGuard(t *testing.T) {
	one, two := saved(10, 100), saved(5, 50)
	two.Measure, two.Class = "days  LOST", "cash"
	c, over := Over(two, []Benefit{one})
	if !over || c.Share != 200 || len(c.Benefits) != 2 || c.Option != option.Minimum {
		t.Errorf("%+v %v", c, over)
	}
	one.Share, two.Share = 60, 40
	if _, over := Over(two, []Benefit{one}); over {
		t.Error("shares that add up to one are refused")
	}
	if got := Claims([]Benefit{one, two}); len(got) != 3 || got[0].Share != 100 {
		t.Errorf("%+v", got)
	}
	two.Share = 40.1
	if _, over := Over(two, []Benefit{one}); !over {
		t.Error("more than there is is taken")
	}
	two.In, one.In = In{Minimum: true}, In{Maximum: true}
	if _, over := Over(two, []Benefit{one}); over {
		t.Error("benefits that never meet are refused")
	}
	two.In, two.Population = everywhere, "Porters"
	if _, over := Over(two, []Benefit{one}); over {
		t.Error("another population is refused")
	}
	// A cited figure is known by what it is, not by what it was called when it was cited.
	cites := func(name, title string) Benefit {
		return saved(5, 50).Citing(figure.Figure{Ref: figure.Ref{Kind: "indicator", Name: name}, Title: title})
	}
	if _, over := Over(cites("A1", "Absence"), []Benefit{cites("A1", "Sickness absence")}); !over {
		t.Error("one figure under two names is claimed twice")
	}
	if _, over := Over(cites("A1", "Absence"), []Benefit{cites("A2", "Absence")}); over {
		t.Error("two figures with one name are taken for one")
	}
	rapid.Check(t, func(t *rapid.T) { // whatever is taken one by one, no claim is over
		var all []Benefit
		for range rapid.IntRange(1, 8).Draw(t, "n") {
			b := saved(1, 1)
			b.Share, b.In = rapid.Float64Range(1, 100).Draw(t, "share"), In{rapid.Bool().Draw(t, "min"), rapid.Bool().Draw(t, "pref"), true}
			b.Measure = rapid.SampledFrom([]string{"Days lost", "Agency"}).Draw(t, "measure")
			if _, over := Over(b, all); !over {
				all = append(all, b)
			}
		}
		for _, c := range Claims(all) {
			if c.Over() {
				t.Fatalf("%+v", c)
			}
		}
	})
}

func TestQuarters(t *testing.T) {
	p := Plan{Start: april}
	for day, want := range map[string]int{"2027-04-01": 0, "2027-06-30": 0, "2027-07-01": 1, "2032-03-31": 19, "2032-04-01": 20, "2027-03-31": -1, "2026-12-31": -2, "2026-01-01": -5} {
		if got := p.QuarterOf(civil.MustParse(day)); got != want {
			t.Errorf("%s is in quarter %d, want %d", day, got, want)
		}
	}
	b := saved(40, 100)
	b.Ramp, b.Start = []int{0, 50, 100}, civil.MustParse("2027-10-01")
	for q, want := range map[int]float64{1: 0, 2: 0, 3: 5, 4: 10, 19: 10} {
		if got := p.units(b, q); !near(got, want) {
			t.Errorf("quarter %d: %v units, want %v", q, got, want)
		}
	}
	for _, r := range [][]int{nil, {0}, {101}, {-1, 5}, make([]int, 21)} {
		if CheckRamp(r) {
			t.Errorf("%v is taken", r)
		}
	}
}

// TestKeptPromise: what went to the board before posts were counted as they are now is read as it was.
func TestKeptPromise(t *testing.T) {
	const kept = `{"start":"2026-07-01","chosen":"preferred","options":{"preferred":{"spend":[100,200],"posts":[0,1.5],"waits":[null,{"start":"2026-10-01","median":12.5}],"benefits":[{"id":"0190a0c4-0000-7000-8000-000000000001","title":"Days","unit":"days","units":[0,30]}]}}}`
	var p Promised
	if err := json.Unmarshal([]byte(kept), &p); err != nil {
		t.Fatal(err)
	}
	told, q, ok := p.told(p.Start.AddMonths(3))
	if !ok || q != 1 || told.Posts[1] != 1.5 || told.Spend[1] != 200 || told.Wait[0] != nil || told.Wait[1].Median != 12.5 || told.Benefits[0].Units[1] != 30 {
		t.Errorf("%+v", told)
	}
	if first, last, ok := p.Waits(); !ok || first != p.Start.AddMonths(3) || last != first {
		t.Errorf("waits from %s to %s, %v", first, last, ok)
	}
}
