package outlook

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

var d = civil.MustParse

var roles = []Role{{Key: "nurse", Clinical: 0.68, Leavers: 0.12, Retire: 1}, {Key: "development-nurse", Clinical: 0.42, Leavers: 0.1}, {Key: "physician", Clinical: 0.65, Leavers: 0.08}}

func plan() Plan {
	return Plan{Start: d("2027-04-01"), Leave: 29, Study: 5, Sickness: 0.05, RampMonths: 6, RampBegins: 0.5, Fill: []float64{0.1, 0.6, 0.3}, Awards: pay.Awards{Every: 3.3}, Calendar: workday.England()}
}

// still is the roles with nobody leaving.
func still() (out []Role) {
	for _, r := range roles {
		out = append(out, Role{Key: r.Key, Clinical: r.Clinical})
	}
	return out
}

func training() *Development {
	return &Development{Role: "nurse", Band: "6", Months: 12, Study: 40, Supervision: 2, Backfill: 1, Fee: 4000, Complete: Range{0.8, 0.9}, Retain: Range{0.7, 0.9}, Pay: Completion, Apply: 2}
}

func near(t testing.TB, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// TestDays: what growth.md 7.7 computes for a year of 27 days of leave, within the days by which years differ.
func TestDays(t *testing.T) {
	p := Plan{Leave: 27, Study: 5, Sickness: 0.05}
	for _, calendar := range []*workday.Calendar{nil, workday.England()} {
		p.Calendar = calendar
		days := 0.0
		for _, q := range []string{"2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01"} {
			days += p.days(p.span(d(q)), p.Study)
		}
		near(t, "days of 2025/26", days, 209, 1)
	}
	if got := (Plan{Leave: 400}).days(span{60, 13}, 0); got != 0 {
		t.Errorf("more leave than days: %v", got)
	}
	p = plan()
	for j, want := range map[int]float64{longAgo: 1, 0: 0.625, 1: 0.875, 2: 1, 9: 1} {
		near(t, "ramp", p.ramp(j), want, 1e-9)
	}
}

func TestFull(t *testing.T) {
	in := Input{Plan: plan(), Roles: still(), Posts: []Post{{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 0.8, Heads: 3, InPost: 3}}}
	for _, q := range Project(in, option.Maximum, 0.5) {
		s := q.Total()
		near(t, "WTE", s.WTE, 2.4, 1e-9)
		near(t, "funded", s.Funded, 2.4, 1e-9)
		near(t, "hours", s.ClinicalHours, 2.4*in.Plan.hours(in.Plan.span(q.Start), 5)*0.68, 1e-9)
	}
}

// TestFill: a vacancy is filled by the shares, a new post begins to be recruited in its quarter, an agreed start is a date.
func TestFill(t *testing.T) {
	in := Input{Plan: plan(), Roles: still(), Posts: []Post{{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 1, Heads: 1}},
		Changes: []Change{{ID: uuid.New(), Kind: New, Role: "nurse", Band: "7", WTE: 0.5, Heads: 2, From: d("2028-04-01"), Starting: []civil.Date{d("2028-05-09")}, In: map[option.Option]bool{option.Preferred: true}}}}
	heads := func(o option.Option) (out []float64) {
		for _, q := range Project(in, o, 0.5) {
			out = append(out, q.Total().Heads)
		}
		return out
	}
	for t1, want := range []float64{0, 0.1, 0.7, 1, 1, 1} {
		near(t, "do nothing", heads(option.Minimum)[t1], want, 1e-9)
	}
	for i, want := range []float64{1 + 53.0/91, 2.1, 2.7, 3, 3} { // from 9 May on it is 53 of 91 days
		near(t, "preferred", heads(option.Preferred)[4+i], want, 1e-9)
	}
	in.Posts[0].Ends = d("2027-12-31")
	if got := heads(option.Nothing); got[2] != 1*0.7 || got[3] != 0 {
		t.Errorf("a contract that ends: %v", got)
	}
}

// TestDevelopment: in training, then qualified as often as said; supervision and backfill are another's hours.
func TestDevelopment(t *testing.T) {
	in := Input{Plan: plan(), Roles: still(), Posts: []Post{{ID: uuid.New(), Role: "nurse", Band: "7", WTE: 1, Heads: 1, InPost: 1}},
		Changes: []Change{{ID: uuid.New(), Kind: Develop, Role: "development-nurse", Band: "5", WTE: 1, Heads: 2, From: d("2027-04-01"), Starting: []civil.Date{d("2027-04-01"), d("2027-04-01")}, Development: training(), In: map[option.Option]bool{option.Preferred: true}}}}
	get := func(q Quarter, role, band string) (s Staff) {
		for _, x := range q.Staff {
			if x.Role == role && x.Band == band {
				s = x
			}
		}
		return s
	}
	base, all := Project(in, option.Nothing, 0), Project(in, option.Preferred, 0)
	near(t, "in training", get(all[3], "development-nurse", "5").Heads, 2, 1e-9)
	near(t, "hours of the supervisor", base[0].Total().ClinicalHours-get(all[0], "nurse", "7").ClinicalHours, 2*(2-1), 1e-9)
	near(t, "completed", get(all[4], "nurse", "6").Heads, 1.6, 1e-9)
	near(t, "not completed", get(all[4], "development-nurse", "5").Heads, 0.4, 1e-9)

	for i := range all {
		near(t, "funded", all[i].Total().Funded, 3, 1e-9)
	}
	kept := 1.6
	for range retained {
		kept *= math.Pow(0.7, 1.0/retained)
	}
	near(t, "retention over two years", kept, 1.6*0.7, 1e-9)
	if low, high := all[10].Total().ClinicalHours, Project(in, option.Preferred, 1)[10].Total().ClinicalHours; low >= high {
		t.Errorf("hours by the low end %v, by the high end %v", low, high)
	}

	// The three ways of pay, for one who stays: quarters 3, 4 and 6 after a course of a year.
	in.Changes[0].Heads, in.Changes[0].Starting, in.Changes[0].Development.Complete, in.Changes[0].Development.Retain = 1, in.Changes[0].Starting[:1], Range{1, 1}, Range{1, 1}
	in.Changes[0].Development.Months = 24
	for way, want := range map[Pay][]float64{Annex21: {0.70 * 48117, 0.75 * 48117, 39959}, Promotion: {32074, 32074, 34592}, Completion: {32074, 32074, 39959}} {
		in.Changes[0].Development.Pay = way
		costs, err := Costs(in, option.Preferred, false, []float64{0}, Without{})
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for _, c := range costs {
			if q := in.Plan.index(c.Start); c.Post == in.Changes[0].ID && (q == 0 || q == 4 || q == 8) {
				near(t, string(way)+" "+c.Start.String(), c.Salary*4, want[i], 1e-6)
				if training := map[int]float64{0: 1000, 4: 1000, 8: 0}[q]; c.Training != training || (c.Backfill > 0) != (q < 8) {
					t.Errorf("%s: course %v, backfill %v", c.Start, c.Training, c.Backfill)
				}
				i++
			}
		}
	}
}

func TestChanges(t *testing.T) {
	id := uuid.New()
	in := Input{Plan: plan(), Roles: still(), Posts: []Post{{ID: id, Role: "nurse", Band: "6", WTE: 1, Heads: 1, InPost: 1, Years: 6}}}
	in.Plan.Awards = pay.Awards{}
	change := func(c Change) (q Quarter, cost float64) {
		c.Post, c.From, c.In = id, d("2028-01-01"), map[option.Option]bool{option.Minimum: true}
		in.Changes = []Change{c}
		costs, err := Costs(in, option.Minimum, false, nil, Without{})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range costs {
			if x.Start == c.From {
				cost = 4 * x.Salary
			}
		}
		return Project(in, option.Minimum, 0.5)[3], cost
	}
	hours := Project(in, option.Nothing, 0)[3].Total().ClinicalHours
	if q, cost := change(Change{Kind: End}); q.Total().Heads != 0 || cost != 0 {
		t.Errorf("ended: %+v costs %v", q, cost)
	}
	if q, cost := change(Change{Kind: Alter, WTE: 0.6}); q.Total().WTE != 0.6 || math.Abs(cost-0.6*48117) > 1e-6 {
		t.Errorf("fewer hours: %+v costs %v", q, cost)
	}
	if q, cost := change(Change{Kind: Leadership, Band: "7", Hours: 10}); q.Staff[0].Band != "7" || math.Abs(cost-49388) > 1e-6 || math.Abs(hours-10-q.Total().ClinicalHours) > 1e-9 {
		t.Errorf("a leader: %+v costs %v", q, cost)
	}
	if q, _ := change(Change{Kind: Leadership, Hours: 100}); q.Total().ClinicalHours != 0 {
		t.Errorf("more hours of leadership than there are: %+v", q)
	}
}

// TestCostsAreThoseOfCalcPay: with nobody leaving, the plan costs what calc/pay says of the same people; a doctor has awards
// and no increments.
func TestCostsAreThoseOfCalcPay(t *testing.T) {
	in := Input{Plan: plan(), Roles: still(), Posts: []Post{{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 0.5, Heads: 2, InPost: 2, Years: 1}, {ID: uuid.New(), Role: "physician", Band: Medical, WTE: 1, Heads: 1, InPost: 1, Salary: 120000}}}
	in.Plan.Start = d("2026-04-01")
	for _, full := range []bool{false, true} {
		costs, err := Costs(in, option.Nothing, full, nil, Without{})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]float64{}
		for _, c := range costs {
			got[Year(c.Start)] += c.Total()
		}
		half, two, five, salary, pension := 0.5, 2, 5, 120000.0, pay.Employer
		if full {
			pension = pay.Full
		}
		want, err := pay.Compute(pay.Input{Year: "2026/27", Years: &five, Uplift: []float64{0.033, 0.033, 0.033, 0.033}, Pension: pension, People: []pay.Person{{Band: "6", WTE: &half, Count: &two, YearsInBand: 1}, {Salary: &salary}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, y := range want.Years {
			near(t, y.Year, got[y.Year], y.Total, 0.01)
		}
	}
	in.Plan.Start = d("2020-04-01")
	if _, err := Costs(in, option.Nothing, false, nil, Without{}); err == nil {
		t.Error("a plan before the oldest table is costed")
	}
}

// TestWithout: with nothing of the three every quarter costs the same; each of them does what it is said to.
func TestWithout(t *testing.T) {
	in := Input{Plan: plan(), Roles: roles, Posts: []Post{{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 1, Heads: 4, InPost: 4, Years: 1}}}
	s, err := Steps(in, option.Nothing, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, y := range s[1:] {
		near(t, "flat", y.Flat, s[0].Flat, 0.01)
	}
	last := s[4]
	if !(last.Increments > last.Flat && last.Uplift > last.Increments && last.Plan < last.Uplift) {
		t.Errorf("year five: %+v", last)
	}
	near(t, "increments from the first point to the top", last.Increments/last.Flat, 48117/39959.0, 0.02)
	none := []float64{0}
	costs, err := Costs(in, option.Nothing, false, none, Without{Turnover: true})
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, c := range costs[16:] {
		sum += c.Total()
	}
	near(t, "awards left out", sum, last.Increments, 0.01)
}

func team(t *rapid.T) Input {
	in := Input{Plan: plan(), Roles: roles}
	one := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	for range rapid.IntRange(1, 5).Draw(t, "posts") {
		p := Post{ID: uuid.New(), Role: one("role", "nurse", "development-nurse"), Band: one("band", "5", "6", "7"), WTE: rapid.Float64Range(0.1, 1).Draw(t, "wte"), Heads: rapid.IntRange(1, 4).Draw(t, "heads"), Years: rapid.Float64Range(0, 12).Draw(t, "years")}
		p.InPost = rapid.IntRange(0, p.Heads).Draw(t, "in post")
		if p.Role == "development-nurse" {
			p.Development, p.Since = training(), d("2026-10-01")
		}
		in.Posts = append(in.Posts, p)
	}
	for range rapid.IntRange(0, 4).Draw(t, "changes") {
		c := Change{ID: uuid.New(), Kind: rapid.SampledFrom(Kinds).Draw(t, "kind"), From: in.Plan.quarter(rapid.IntRange(-2, Quarters+2).Draw(t, "from")), Role: "nurse", Band: "6", WTE: 0.8, Heads: 1, Hours: 5, Post: in.Posts[0].ID,
			In: map[option.Option]bool{option.Preferred: rapid.Bool().Draw(t, "preferred"), option.Maximum: rapid.Bool().Draw(t, "maximum")}}
		if c.Kind.Adds() {
			c.Post = uuid.Nil
		}
		if c.Kind == Develop {
			c.Role, c.Band, c.Development = "development-nurse", "5", training()
			c.Development.Pay = rapid.SampledFrom(Pays).Draw(t, "pay")
		}
		if c.Post != uuid.Nil {
			c.Heads = 0
		}
		in.Changes = append(in.Changes, c)
	}
	return in
}

// inQuarter says that a change begins while the plan runs.
func inQuarter(c Change) bool { return c.From.Before(plan().quarter(Quarters)) }

func TestProjectHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := team(t)
		for i := range in.Changes {
			if !inQuarter(in.Changes[i]) {
				in.Changes[i].From = plan().quarter(Quarters - 1)
			}
		}
		base, preferred := Project(in, option.Nothing, 0.5), Project(in, option.Preferred, 0.5)
		if len(in.Changes) == 0 && !reflect.DeepEqual(base, preferred) {
			t.Error("no change is not the baseline")
		}
		if !reflect.DeepEqual(base, Project(in, option.Minimum, 0.5)) {
			t.Error("changes of another option change this one")
		}
		additive, nested, maximum := true, true, Project(in, option.Maximum, 0.5)
		for _, c := range in.Changes {
			additive = additive && c.Kind.Adds()
			nested = nested && (c.In[option.Maximum] || !c.In[option.Preferred])
		}
		for i, q := range preferred {
			for _, s := range q.Staff {
				if s.Heads < 0 || s.WTE < 0 || s.ClinicalHours < 0 || s.WTE > s.Funded+1e-9 || math.IsNaN(s.ClinicalHours) {
					t.Fatalf("%s: %+v", q.Start, s)
				}
			}
			if additive && q.Total().WTE < base[i].Total().WTE-1e-9 {
				t.Errorf("%s: posts were added, and there are fewer people", q.Start)
			}
			if additive && nested && maximum[i].Total().WTE < q.Total().WTE-1e-9 {
				t.Errorf("%s: every post of the preferred option is in the maximum, which has fewer people", q.Start)
			}
		}
		costs, err := Costs(in, option.Preferred, true, nil, Without{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range costs {
			if !(c.Salary >= 0 && c.NI >= 0 && c.Training >= 0 && c.Total() >= c.Salary) {
				t.Fatalf("%+v", c)
			}
		}
	})
}

// TestAnnex: 75% of the top of Band 6 is less than the top of Band 5, so a nurse who is there would earn less (growth.md 7.5:
// £34,935 against £37,796 in 2025/26); 60% is less than everybody of Band 5 has.
func TestAnnex(t *testing.T) {
	bands := Table(d("2025-04-01")).Bands
	for months, share := range map[int]float64{12: 0.75, 24: 0.70, 36: 0.65, 48: 0.60} {
		x := Annex(d("2025-04-01"), Development{Band: "6", Months: months}, "5")
		top := bands["6"].Points[len(bands["6"].Points)-1]
		near(t, "when it begins", x.First, share*top, 0.01)
		near(t, "in the last year", x.Last, 0.75*top, 0.01)
		if !x.Lower() || x.Entry >= x.Top || x.Top != bands["5"].Points[len(bands["5"].Points)-1] {
			t.Errorf("%d months: %+v", months, x)
		}
	}
	near(t, "75% of Band 6 in 2025/26", Annex(d("2025-04-01"), Development{Band: "6", Months: 12}, "5").Last, 34_935, 1)
	if x := Annex(d("2025-04-01"), Development{Band: "8a", Months: 12}, "5"); x.Lower() {
		t.Errorf("nobody earns less: %+v", x)
	}
}

// TestTurnover: what people who leave change is their newcomers' pay and the posts that stand empty, and no more than that: with
// nobody leaving both are nothing, and where vacancies are filled at once the posts are never empty.
func TestTurnover(t *testing.T) {
	in := Input{Plan: plan(), Roles: roles, Posts: []Post{{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 1, Heads: 10, InPost: 10, Years: 9}}}
	costs, err := Costs(in, option.Nothing, false, nil, Without{Gaps: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range costs {
		near(t, "heads without gaps, "+c.Start.String(), c.Heads, 10, 1e-9)
	}
	s, err := Steps(in, option.Nothing, false)
	if err != nil {
		t.Fatal(err)
	}
	last := s[4]
	if !(last.Newcomers < last.Uplift && last.Plan < last.Newcomers) {
		t.Errorf("year five: %+v", last)
	}
	in.Roles = still()
	if s, err = Steps(in, option.Nothing, false); err != nil || s[4].Newcomers != s[4].Uplift || s[4].Plan != s[4].Newcomers {
		t.Errorf("nobody leaves: %+v, %v", s[4], err)
	}
}

// TestBefore: the quarters before the plan are those of the team as it is, whichever option is looked at, and the plan's are not.
func TestBefore(t *testing.T) {
	in := Input{Plan: plan(), Roles: still(), Posts: []Post{{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 1, Heads: 2, InPost: 2, Years: 6}},
		Changes: []Change{{ID: uuid.New(), Kind: New, Role: "nurse", Band: "6", WTE: 1, Heads: 3, From: d("2027-04-01"), In: map[option.Option]bool{option.Preferred: true}}}}
	var first float64
	for _, o := range []option.Option{option.Nothing, option.Preferred} {
		costs, err := Before(in, o, d("2026-11-10"), false)
		if err != nil || len(costs) != 2 || costs[0].Start != d("2026-10-01") || costs[1].Start != d("2027-01-01") {
			t.Fatalf("%s: %+v, %v", o, costs, err)
		}
		near(t, "two at the top for half a year, without a later award", costs[0].Salary+costs[1].Salary, 48117, 1e-6)
		if o == option.Nothing {
			first = costs[0].Total()
		}
		near(t, string(o), costs[0].Total(), first, 1e-9)
	}
	if costs, err := Before(in, option.Nothing, d("2027-04-20"), false); len(costs) > 0 || err != nil {
		t.Errorf("the plan has begun: %+v, %v", costs, err)
	}
}

// TestHighCost: a post in a zone costs its supplement and what is reckoned from that; one elsewhere and a doctor do not.
func TestHighCost(t *testing.T) {
	in := Input{Plan: plan(), Roles: still(), Posts: []Post{{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 0.5, Heads: 2, InPost: 2, Years: 6}, {ID: uuid.New(), Role: "physician", Band: Medical, WTE: 1, Heads: 1, InPost: 1, Salary: 120000, Zone: pay.Inner}}}
	in.Plan.Start = d("2026-04-01")
	year := func() (supplement, total float64) {
		costs, err := Costs(in, option.Nothing, false, nil, Without{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range costs {
			if in.Plan.index(c.Start) < 4 {
				supplement, total = supplement+c.HighCost, total+c.Total()
			}
		}
		return supplement, total
	}
	none, cheap := year()
	in.Posts[0].Zone = pay.Inner
	some, dear := year()
	near(t, "elsewhere", none, 0, 0)
	near(t, "the maximum of inner London, two half posts", some, 8744, 0.01)
	near(t, "with on-costs", dear-cheap, 8744*(1+0.15+0.1438+0.005), 0.01)
	one, err := OfOne(d("2026-04-01"), "6", "")
	if err != nil {
		t.Fatal(err)
	}
	if there, err := OfOne(d("2026-04-01"), "6", pay.Outer); err != nil || there-one < 5000*1.29 {
		t.Errorf("one more person costs %v there and %v elsewhere, %v", there, one, err)
	}
}

// salaries are the full-time salaries of a line of one head by quarter, of nothing but increments.
func salaries(t testing.TB, costs []Cost, err error) map[civil.Date]float64 {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	out := map[civil.Date]float64{}
	for _, c := range costs {
		out[c.Start] += 4 * c.Salary
	}
	return out
}

// TestIncrementsPassTheStart: 1.75 years in Band 6 on 1 January are two on 1 April, when the plan begins, and pay rises then; and the same
// typed half a year before. What is not of the plan, and a plan that begins later, say the same of the same quarter.
func TestIncrementsPassTheStart(t *testing.T) {
	const entry, mid = 39959.0, 42170.0
	in := Input{Plan: plan(), Roles: still(), Posts: []Post{{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 1, Heads: 1, InPost: 1, Years: 1.75, YearsOn: d("2027-01-01")}}}
	in.Plan.Awards = pay.Awards{}
	before, err := Before(in, option.Nothing, d("2026-11-10"), false)
	was := salaries(t, before, err)
	costs, err := Costs(in, option.Nothing, false, nil, Without{})
	is := salaries(t, costs, err)
	near(t, "the quarter before the plan", was[d("2027-01-01")], entry, 1e-6)
	near(t, "its first quarter", is[d("2027-04-01")], mid, 1e-6)
	near(t, "the last before five years", is[d("2030-01-01")], mid, 1e-6)
	near(t, "five years", is[d("2030-04-01")], 48117, 1e-6)
	in.Posts[0].Years, in.Posts[0].YearsOn = 1.25, d("2026-07-01")
	costs, err = Costs(in, option.Nothing, false, nil, Without{})
	near(t, "typed earlier", salaries(t, costs, err)[d("2027-04-01")], mid, 1e-6)

	in.Plan.Start = d("2027-10-01")
	before, err = Before(in, option.Nothing, d("2026-11-10"), false)
	for quarter, salary := range salaries(t, before, err) {
		want := was[quarter]
		if want == 0 {
			want = is[quarter]
		}
		near(t, "a plan that begins later, "+quarter.String(), salary, want, 1e-6)
	}

	// Today's point of the pay scale is that point through every quarter, wherever in it the increment would be.
	in.Posts[0].Years, in.Posts[0].YearsOn, in.Plan.Start = 1.9, d("2027-04-01"), d("2027-04-01")
	costs, err = Costs(in, option.Nothing, false, nil, Without{Increments: true})
	for quarter, salary := range salaries(t, costs, err) {
		near(t, "without increments, "+quarter.String(), salary, entry, 1e-6)
	}
}

// TestYearsGoOn: whatever was typed on whatever day, the quarters before the plan and those of it are one scale, as if the plan had
// begun with the first of them.
func TestYearsGoOn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := d("2026-04-01").AddDays(rapid.IntRange(0, 700).Draw(t, "today"))
		in := Input{Plan: plan(), Roles: still(), Posts: []Post{{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 1, Heads: 1, InPost: 1, Years: float64(rapid.IntRange(0, 700).Draw(t, "years")) / 100, YearsOn: today.AddDays(-rapid.IntRange(0, 900).Draw(t, "ago"))}}}
		in.Plan.Awards, in.Plan.Start = pay.Awards{}, QuarterOf(today).AddMonths(3*rapid.IntRange(0, 5).Draw(t, "later"))
		early := in
		early.Plan.Start = QuarterOf(today)
		whole, err := Costs(early, option.Nothing, false, nil, Without{})
		if err != nil {
			t.Fatal(err)
		}
		before, err := Before(in, option.Nothing, today, false)
		if err != nil {
			t.Fatal(err)
		}
		costs, err := Costs(in, option.Nothing, false, nil, Without{})
		if err != nil {
			t.Fatal(err)
		}
		all := slices.Concat(before, costs)
		for i, c := range whole {
			if all[i].Start != c.Start || math.Abs(all[i].Total()-c.Total()) > 1e-6 {
				t.Errorf("%s: %v, and %v of a plan from %s on", c.Start, all[i].Total(), c.Total(), in.Plan.Start)
			}
		}
	})
}

// TestFillDoesNotJump: an empty post whose first day is agreed costs from then on what it costs once somebody has started, before the
// plan begins and in it; and so does a planned one.
func TestFillDoesNotJump(t *testing.T) {
	for _, start := range []string{"2026-11-09", "2027-01-01", "2027-05-20", "2028-02-29"} {
		post := Post{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 1, Heads: 1}
		agreed, filled := post, post
		agreed.Starting = []civil.Date{d(start)}
		filled.InPost, filled.YearsOn = 1, d(start)
		taken := filled
		if d(start).After(plan().Start) {
			filled.Came = []Came{{On: d(start)}}
		}
		change := Change{ID: uuid.New(), Kind: New, Role: "nurse", Band: "6", WTE: 1, Heads: 1, From: d("2027-04-01"), In: map[option.Option]bool{option.Preferred: true}}
		planned := change
		planned.Starting = agreed.Starting
		taken.Of, taken.Since = &change, d(start)
		for name, c := range map[string][2]Input{
			"a post":       {{Posts: []Post{agreed}}, {Posts: []Post{filled}}},
			"planned post": {{Changes: []Change{planned}}, {Posts: []Post{taken}}},
		} {
			var by [2]map[civil.Date]float64
			for i, in := range c {
				in.Plan, in.Roles = plan(), still()
				costs, err := Costs(in, option.Preferred, false, nil, Without{})
				by[i] = salaries(t, costs, err)
			}
			for quarter, salary := range by[1] {
				near(t, name+" filled on "+start+", "+quarter.String(), salary, by[0][quarter], 1e-6)
			}
		}
	}
}

// TestPromotedAtTheStart: a band that changes with the plan's first quarter begins at its entry, however long somebody was in the one before.
func TestPromotedAtTheStart(t *testing.T) {
	id := uuid.New()
	in := Input{Plan: plan(), Roles: still(), Posts: []Post{{ID: id, Role: "nurse", Band: "6", WTE: 1, Heads: 1, InPost: 1, Years: 6}},
		Changes: []Change{{ID: uuid.New(), Kind: Leadership, Post: id, Band: "7", Hours: 4, From: d("2027-04-01"), In: map[option.Option]bool{option.Preferred: true}}}}
	costs, err := Costs(in, option.Preferred, false, []float64{0}, Without{})
	near(t, "Band 7 in the first quarter", salaries(t, costs, err)[d("2027-04-01")], 49388, 1e-6)
}

// TestLeastPay: 60% of the top of Band 6 is above the law's least and the lowest point; 60% of Band 4 is below both, and the plan costs
// such a trainee at the national living wage; 80% of it would be lawful, and below the lowest point.
func TestLeastPay(t *testing.T) {
	at := d("2026-04-01")
	if x := Annex(at, Development{Band: "6", Months: 48}, "5"); x.Unlawful() || x.Bottom() {
		t.Errorf("60%% of Band 6: %+v", x)
	}
	if x := Annex(at, Development{Band: "4", Months: 48}, "3"); !x.Unlawful() || !x.Bottom() {
		t.Errorf("60%% of Band 4: %+v", x)
	}
	if x := (Annexed{First: 25_000, Table: Table(at)}); x.Unlawful() || !x.Bottom() {
		t.Errorf("between the two: %+v", x)
	}
	of := training()
	of.Band, of.Months, of.Pay = "4", 48, Annex21
	in := Input{Plan: plan(), Roles: still(), Changes: []Change{{ID: uuid.New(), Kind: Develop, Role: "development-nurse", Band: "3", WTE: 1, Heads: 1, From: d("2027-04-01"), Starting: []civil.Date{d("2027-04-01")}, Development: of, In: map[option.Option]bool{option.Preferred: true}}}}
	costs, err := Costs(in, option.Preferred, false, []float64{0}, Without{})
	near(t, "a trainee below the national living wage", salaries(t, costs, err)[d("2027-04-01")], 12.71*37.5*365/7, 0.01)
}

// TestMoves: who is in post in a quarter is who was, less who left and retired, with who came; a tenth leaves a year and one of four
// retires in five, so that a twentieth of them does a year.
func TestMoves(t *testing.T) {
	in := Input{Plan: plan(), Roles: []Role{{Key: "nurse", Clinical: 0.6, Leavers: 0.10, Retire: 1}}, Posts: []Post{{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 1, Heads: 5, InPost: 4, Years: 6, Starting: []civil.Date{d("2027-05-01")}}}}
	all := Project(in, option.Nothing, 0.5)
	gone := 4 * (1 - math.Pow(1-0.15, 0.25)) // of the four who are there; the fifth does not retire
	fifth := 1 - math.Pow(1-0.10, 0.25)
	near(t, "started", all[0].Joining, 1, 1e-9)
	near(t, "left", all[0].Leaving, gone*2/3+fifth, 1e-9)
	near(t, "retired", all[0].Retiring, gone/3, 1e-9)
	near(t, "in post in the quarter of the start", all[0].Total().Heads, 4+61.0/91, 1e-9)
	for i, q := range all[1:] {
		before, late := all[i], 0.0
		if i == 0 {
			late = 30.0 / 91 // April, before they came
		}
		near(t, "in post, "+q.Start.String(), q.Total().Heads, late+before.Total().Heads-before.Leaving-before.Retiring+q.Joining, 1e-9)
	}
}
