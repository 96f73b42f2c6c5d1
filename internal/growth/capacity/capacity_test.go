package capacity

import (
	"context"
	"maps"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/assumed"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/draws"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/mix"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/number"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/quarters"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/reckoning"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

func quiet(int) {}

// made are the inputs of a scenario of the invented service, with a plan of two nurses' and one physician's hours.
func made(t testing.TB, f demand.Fits, o option.Option, terms Terms, nurse func(quarter int) float64) Inputs {
	t.Helper()
	s := &Service{calendar: workday.England()}
	var err error
	if s.pack, err = assumed.Load(content.FS); err != nil {
		t.Fatal(err)
	}
	k := known{fits: f, ok: true, replaced: map[string][]float64{}, minutes: map[string]float64{}, staff: map[option.Option][]Staff{}}
	k.fits = number.Apply(f, s.pack, nil, k.minutes)
	for q := range 24 {
		start := civil.MustParse("2026-10-01").AddMonths(3 * q)
		base := map[string]float64{"nurse": 40, "physician": 20, "administrator": 90}
		more := map[string]float64{"nurse": 40, "development-nurse": nurse(q), "physician": 20}
		k.staff[option.Nothing] = append(k.staff[option.Nothing], Staff{Start: start, Hours: base})
		k.staff[option.Preferred] = append(k.staff[option.Preferred], Staff{Start: start, Hours: more})
	}
	for o := range k.staff {
		k.staff[o] = people.Gather(s.pack, k.staff[o])
	}
	return s.inputs(k, Scenario{Option: o, Terms: terms, Replications: 60})
}

func simulated(t testing.TB, in Inputs) (*Result, draws.Draws) {
	t.Helper()
	s := &Service{calendar: workday.England()}
	r, b, err := s.simulate(context.Background(), in, quiet)
	if err != nil {
		t.Fatal(err)
	}
	d, err := draws.Decode(b, Quarters, len(Measures), in.Replications)
	if err != nil {
		t.Fatal(err)
	}
	return r, d
}

// TestNoChangeIsExactlyNothing: an option that changes nobody's hours differs from doing nothing by zero, not by little.
func TestNoChangeIsExactlyNothing(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	nothing, a := simulated(t, made(t, f, option.Nothing, Terms{}, nil0))
	_, b := simulated(t, made(t, f, option.Preferred, Terms{}, nil0))
	for _, d := range quarters.Differences(nothing.Quarters, b, a) {
		for m, band := range d.Measures {
			if band != (Band{}) {
				t.Fatalf("%s in %s differs by %+v", m, d.Start, band)
			}
		}
	}
}

func nil0(int) float64 { return 0 }

// TestPostsShortenTheWait: with demand that grows, a development nurse shortens the wait by more than chance; and from the quarter
// in which she comes, not before.
func TestPostsShortenTheWait(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	grow := Terms{Population: 4}
	nothing, a := simulated(t, made(t, f, option.Nothing, grow, nil0))
	preferred, b := simulated(t, made(t, f, option.Preferred, grow, func(q int) float64 {
		if q < 5 {
			return 0
		}
		return 10
	}))
	d := quarters.Differences(preferred.Quarters, b, a)
	if d[0].Measures[List] != (Band{}) || d[3].Measures[Median] != (Band{}) {
		t.Errorf("the list changes before anybody comes: %+v", d[0].Measures[List])
	}
	end := d[Quarters-1].Measures
	if end[Median].P90 >= 0 || end[Median].Mean > -4*end[Median].SE || end[Within].Mean <= 0 {
		t.Errorf("the wait changes by %+v, the share in time by %+v", end[Median], end[Within])
	}
	if first, last := nothing.Quarters[0].Measures[Median].P50, nothing.Quarters[Quarters-1].Measures[Median].P50; last <= first {
		t.Errorf("with growing demand and nobody more the wait goes from %.1f to %.1f", first, last)
	}
	if q := preferred.Quarters[0]; q.Start != civil.MustParse("2027-01-01") || len(preferred.Quarters) != Quarters {
		t.Errorf("the plan begins in %s", q.Start)
	}
}

// TestRelief: a profession that nobody is routed to shortens the list of the others too.
func TestRelief(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	in := made(t, f, option.Nothing, Terms{Population: 4}, nil0)
	in.Minutes = map[string]float64{"nurse": 60, "physician": 60, "counsellor": 60}
	_, a := simulated(t, in)
	for i := range in.Staff {
		hours := map[string]float64{"counsellor": 8}
		for k, h := range in.Staff[i].Hours {
			hours[k] = h
		}
		in.Staff[i].Hours = hours
	}
	r, b := simulated(t, in)
	if d := quarters.Differences(r.Quarters, b, a)[Quarters-1].Measures[List]; d.Mean > -4*d.SE || d.Mean == 0 {
		t.Errorf("the list changes by %+v", d)
	}
}

// TestClinics: a template that gives what the profession gives now changes nothing, whatever the plan for its people is; one
// that gives more shortens the list, and so does one of a profession that nobody is routed to.
func TestClinics(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	with := func(o option.Option, c Clinic, nurse func(int) float64) Inputs {
		in := made(t, f, o, Terms{Population: 4, Clinic: c}, nurse)
		in.Minutes = map[string]float64{"nurse": 60, "physician": 60, "counsellor": 60}
		return in
	}
	_, base := simulated(t, with(option.Nothing, Clinic{}, nil0))
	routing := with(option.Nothing, Clinic{}, nil0).routing()
	gives := f.Given.Mean * routing["nurse"]
	lost := func(int) float64 { return -10 } // the plan loses a quarter of its nurses
	for name, c := range map[string]struct {
		clinic Clinic
		holds  func(Band) bool
	}{
		"as now":    {Clinic{Role: "nurse", Sessions: gives / 4, Slots: 4, Off: 0}, func(b Band) bool { return b == Band{} }},
		"weeks off": {Clinic{Role: "nurse", Sessions: gives / 4 * 52 / 44, Slots: 4, Off: 8}, func(b Band) bool { return math.Abs(b.Mean) < 1e-6 }},
		"more":      {Clinic{Role: "nurse", Sessions: gives / 4 * 1.2, Slots: 4, Off: 0}, func(b Band) bool { return b.Mean < -4*b.SE && b.P90 < 0 }},
		"fewer":     {Clinic{Role: "nurse", Sessions: gives / 4 * 0.8, Slots: 4, Off: 0}, func(b Band) bool { return b.Mean > 4*b.SE }},
		"new":       {Clinic{Role: "counsellor", Sessions: 2, Slots: 4, Off: 0}, func(b Band) bool { return b.Mean < -4*b.SE }},
	} {
		plan := lost
		if c.clinic.Role != "nurse" {
			plan = nil0
		}
		r, d := simulated(t, with(option.Preferred, c.clinic, plan))
		if got := quarters.Differences(r.Quarters, d, base)[Quarters-1].Measures[List]; !c.holds(got) {
			t.Errorf("%s: the list changes by %+v", name, got)
		}
	}
	if w := (Clinic{Role: "nurse", Sessions: 10, Slots: 6, Off: 13}).Weekly(); w != 45 {
		t.Errorf("ten sessions of six in three weeks of four are %v a week, want 45", w)
	}
}

// TestPosts: each post more leaves fewer people waiting, none changes nothing, and the answer is the fewest that do.
func TestPosts(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	in := made(t, f, option.Nothing, Terms{}, nil0)
	in.Post = &OnePost{Role: "development-nurse", Band: "5", Hours: 5, Cost: 50_000}
	told := 0
	s := &Service{calendar: workday.England()}
	var err error
	if s.pack, err = assumed.Load(content.FS); err != nil {
		t.Fatal(err)
	}
	x, err := s.withPosts(context.Background(), in, func(n int) { told = n })
	if err != nil {
		t.Fatal(err)
	}
	in.Post = nil
	base, _ := simulated(t, in)
	if got, want := x.Table[0].Measures, base.Quarters[Quarters-1].Measures; got[List] != want[List] || got[Within] != want[Within] {
		t.Errorf("nobody more gives %+v, doing nothing %+v", got, want)
	}
	for i, w := range x.Table[1:] {
		before := x.Table[i].Measures
		if w.Posts != i+1 || w.Measures[List].Mean > before[List].Mean || w.Measures[Within].Mean < before[Within].Mean {
			t.Errorf("%d posts: %+v, one fewer %+v", w.Posts, w.Measures, before)
		}
	}
	if len(x.Table) != MostPosts+1 || told != in.Replications {
		t.Errorf("%d rows, told of %d of %d", len(x.Table), told, in.Replications)
	}
	if in.Staff[0].Hours["nurse"] != 40 {
		t.Error("the plan itself was changed")
	}
	for d := range LongestTarget {
		for _, w := range x.Table {
			if w.Within[d+1].Middle < w.Within[d].Middle || w.Within[d].Middle > x.Ceiling[d].Middle+1 || x.Ceiling[d].Middle > x.Everyone[d].Middle+1 {
				t.Fatalf("%d posts, %d days: %v, then %v; at most %v, with everybody %v", w.Posts, d, w.Within[d], w.Within[d+1], x.Ceiling[d], x.Everyone[d])
			}
		}
	}
	if got, want := x.Table[2].Within[in.Target].Middle, x.Table[2].Measures[Within].P50; got != want {
		t.Errorf("%v in time, and %v", got, want)
	}
	// One in ten is seen within the lead time now, so with no waiting at all nobody but the urgent is sooner, and those who come are later
	// by no more than the days off.
	lead := int(in.Fits.Lead.Value)
	if lead < 3 || x.Everyone[lead-1].High > 20 || x.Everyone[lead+3].Low < 80 {
		t.Errorf("with appointments without end %v are seen in %d working days, %v in %d", x.Everyone[lead-1], lead-1, x.Everyone[lead+3], lead+3)
	}
	if bound, reach := x.Bound(lead-1, 90); bound != Booked || reach != x.Everyone[lead-1] {
		t.Errorf("bound is %q at %v", bound, reach)
	}
}

// TestSeveral: a combination of which one profession has none is the same as the table of the other; nurses and doctors together reach
// more than either; and the cheapest is cheaper than any that reaches as many.
func TestSeveral(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	s := &Service{calendar: workday.England()}
	var err error
	if s.pack, err = assumed.Load(content.FS); err != nil {
		t.Fatal(err)
	}
	nurse, doctor := OnePost{Role: "nurse", Hours: 5, Cost: 50_000, Funded: 3, Vacant: 1, Expected: 2.4}, OnePost{Role: "physician", Hours: 4, Cost: 150_000}
	ask := func(post OnePost, team []OnePost) *Staffed {
		in := made(t, f, option.Nothing, Terms{Population: 5}, nil0)
		in.Post, in.Team = &post, team
		x, err := s.withPosts(context.Background(), in, quiet)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	team := s.together(made(t, f, option.Nothing, Terms{}, nil0), []OnePost{nurse, doctor, {Role: "manager"}})
	if len(team) != 2 || team[0].Role != "nurse" || s.together(made(t, f, option.Nothing, Terms{}, nil0), []OnePost{nurse}) != nil {
		t.Fatalf("%+v are put together", team)
	}
	alone, all := ask(nurse, nil), ask(OnePost{Role: Several}, team)
	if alone.Filled == nil || alone.Filled.Measures[List].Mean >= alone.Table[0].Measures[List].Mean || len(all.Table) != 1 || all.Filled == nil {
		t.Fatalf("filled: %+v, nobody more: %+v", alone.Filled, alone.Table[0])
	}
	const days = 10
	for _, m := range all.Mixes[days] {
		if m.Posts[1] == 0 {
			if w := alone.Table[m.Posts[0]].Within[days]; math.Abs(w.Middle-m.Middle) > 1e-9 || math.Abs(w.Low-m.Low) > 1e-9 {
				t.Errorf("%d nurses bring %+v alone and %+v among several", m.Posts[0], w, m)
			}
		}
	}
	if m := all.Mixes[days][0]; m.Cost != 0 || m.Middle != all.Table[0].Within[days].Middle {
		t.Errorf("nobody more: %+v, %+v", m, all.Table[0].Within[days])
	}
	reached := all.Mixes[days][len(all.Mixes[days])-1]
	if best := alone.Table[MostPosts].Within[days].Middle; reached.Posts[0] == 0 || reached.Posts[1] == 0 || reached.Middle < best+1 {
		t.Errorf("together %+v, nurses alone %.1f", reached, best)
	}
	if alone.Brings <= 0 {
		t.Errorf("one more brings %.2f a week", alone.Brings)
	}
	// The question of several begins with what the preferred option has, that of one with the team as it is, and says what that brings.
	k := known{fits: f, ok: true, staff: map[option.Option][]Staff{}}
	for o, nurses := range map[option.Option]float64{option.Nothing: 40, option.Preferred: 55} {
		for q := range Quarters {
			k.staff[o] = append(k.staff[o], Staff{Start: civil.MustParse("2027-01-01").AddMonths(3 * q), Hours: map[string]float64{"nurse": nurses, "physician": 20}})
		}
	}
	k.fits = number.Apply(f, s.pack, nil, map[string]float64{})
	one, _ := s.posts(k, []OnePost{nurse, doctor}, "nurse")
	both, _ := s.posts(k, []OnePost{nurse, doctor}, Several)
	if one.Option != option.Nothing || one.Staff[0].Hours["nurse"] != 40 || one.Planned[0].Hours["nurse"] != 55 || both.Option != option.Preferred || both.Staff[0].Hours["nurse"] != 55 || both.Planned != nil {
		t.Fatalf("of one: %+v, %+v; of several: %+v, %+v", one.Staff[0], one.Planned, both.Staff[0], both.Planned)
	}
	one.Replications, both.Replications = 50, 50
	x, err := s.withPosts(context.Background(), one, quiet)
	if err != nil {
		t.Fatal(err)
	}
	y, err := s.withPosts(context.Background(), both, quiet)
	if err != nil {
		t.Fatal(err)
	}
	chosen := s.inputs(k, Scenario{Option: option.Preferred, Replications: 50})
	r, _ := simulated(t, chosen)
	for name, got := range map[string]With{"the row of one": *x.Planned, "nobody more of several": y.Table[0]} {
		if got.Measures[Within] != r.Quarters[Quarters-1].Measures[Within] || got.Within[days].Middle <= x.Table[0].Within[days].Middle {
			t.Errorf("%s: %+v, the scenario %+v", name, got.Measures[Within], r.Quarters[Quarters-1].Measures[Within])
		}
	}
	in := made(t, f, option.Nothing, Terms{}, nil0)
	if got, want := alone.Brings, in.Fits.Given.Mean*in.routing()["nurse"]*5/40; math.Abs(got-want) > 1e-9 {
		t.Errorf("5 hours of 40 bring %.3f appointments, want %.3f", got, want)
	}
}

// TestRecorded: 22 appointments of an hour in 325 hours are far too few; 16.5 hours in 21.9 are not; and of a profession without a plan, or
// with no contacts, nothing is said.
func TestRecorded(t *testing.T) {
	s := &Service{}
	var err error
	if s.pack, err = assumed.Load(content.FS); err != nil {
		t.Fatal(err)
	}
	fits := demand.Fits{Roles: []demand.Part{{Name: "oh_nurse", Share: 0.8, N: 800}, {Name: "oh_physician", Share: 0.2, N: 200}}, Lengths: []demand.Length{{Role: "oh_nurse", Mean: 45, N: 30}}}
	for _, c := range []struct {
		hours float64
		low   bool
	}{{325, true}, {22.1, true}, {21.9, false}, {17, false}} {
		got := s.recorded(Inputs{Present: map[string]float64{"nurse": c.hours, "counsellor": 70}}, fits, 27.5, []OnePost{{Role: "nurse", Hours: 20}})
		if len(got) != 1 || math.Abs(got[0].Appointments-22) > 1e-9 || math.Abs(got[0].Hours()-16.5) > 1e-9 || got[0].Low != c.low || math.Abs(got[0].PerWTE()-22*20/c.hours) > 1e-9 {
			t.Errorf("of %.1f hours: %+v", c.hours, got)
		}
	}
}

// TestBegins: a run says where it starts from, what a year of it is, and of how many hours it is made.
func TestBegins(t *testing.T) {
	_, f := capacitytest.Fits(t, 2, 1)
	in := made(t, f, option.Preferred, Terms{}, func(q int) float64 { return float64(min(q, 8)) })
	r, _ := simulated(t, in)
	if r.Begins == nil || r.Begins.Start != in.Start || math.Abs(r.Begins.Measures[List].P50-float64(f.List)) > 25 || math.Abs(r.Begins.Measures[Median].P50-f.Wait.Value) > 3 {
		t.Errorf("begins with %+v; the list was %d, the wait %.1f", r.Begins, f.List, f.Wait.Value)
	}
	if h := r.Hours; h == nil || h.Before != 60 || h.After != 68 {
		t.Errorf("hours %+v", h)
	}
	sum := 0.0
	for _, q := range r.Quarters[16:20] {
		sum += q.Measures[P90].P50
	}
	if got := r.Year(4, P90); math.Abs(got-sum/4) > 1e-9 {
		t.Errorf("year five has %v, want %v", got, sum/4)
	}
	if came, given := r.Flow(0); came < 25 || came > 35 || given < came*0.9 || given > came*1.3 {
		t.Errorf("%.1f come and there are %.1f appointments", came, given)
	}
	in.Staff = nil
	if (&Service{}).hoursOf(in, people.Futures{}) != nil || in.begins(&plan.Result{Periods: make([][]plan.Measures, Quarters)}) != nil {
		t.Error("hours without a plan, or days before the first")
	}
}

// TestLists: who waits longer has more of those waiting, by Little's law; a profession that nobody knows the wait of waits as the others.
func TestLists(t *testing.T) {
	role := func(name string, share, wait float64) demand.Part {
		return demand.Part{Name: name, Share: share, Wait: wait}
	}
	for name, c := range map[string]struct {
		roles []demand.Part
		want  map[string]float64
	}{
		"no wait is known":    {[]demand.Part{role("nurse", 0.75, 0), role("physician", 0.25, 0)}, map[string]float64{"nurse": 0.75, "physician": 0.25}},
		"doctors take longer": {[]demand.Part{role("nurse", 0.75, 10), role("physician", 0.25, 30)}, map[string]float64{"nurse": 0.5, "physician": 0.5}},
		"one is not known":    {[]demand.Part{role("nurse", 0.6, 10), role("physician", 0.2, 30), role("physiotherapist", 0.2, 0)}, map[string]float64{"nurse": 6. / 15, "physician": 6. / 15, "physiotherapist": 3. / 15}},
		"no professions":      {nil, map[string]float64{everybody: 1}},
	} {
		in := Inputs{Fits: demand.Fits{Roles: c.roles}}
		got := in.lists(in.routing())
		for role, want := range c.want {
			if len(got) != len(c.want) || math.Abs(got[role]-want) > 1e-9 {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
	}
}

// TestNeeded is the rule of the answer as a table: the fewest posts that do, and what bounds them.
func TestNeeded(t *testing.T) {
	at := func(x float64) []mix.Share { return []mix.Share{{}, {Low: x - 5, Middle: x, High: x + 5}} }
	table := Staffed{Table: []With{{Posts: 0, Within: at(40)}, {Posts: 1, Within: at(70)}, {Posts: 2, Within: at(78)}}, Ceiling: at(85), Everyone: at(95)}
	for share, want := range map[float64]int{40: 0, 41: 1, 70: 1, 78: 2} {
		if w, ok := table.Needed(1, share); !ok || w.Posts != want {
			t.Errorf("%v%% take %d, want %d", share, w.Posts, want)
		}
	}
	if _, ok := table.Needed(1, 79); ok {
		t.Error("a share that no number reaches is reached")
	}
	for share, want := range map[float64]struct {
		bound Bound
		reach float64
	}{80: {Unbound, 85}, 85: {Unbound, 85}, 86: {Others, 85}, 95: {Others, 85}, 96: {Booked, 95}} {
		if bound, reach := table.Bound(1, share); bound != want.bound || reach.Middle != want.reach {
			t.Errorf("%v%% are bound by %q at %v, want %+v", share, bound, reach, want)
		}
	}
}

// TestStartsFromTheListAsItIs: the first weeks have the list and the wait that the service has.
func TestStartsFromTheListAsItIs(t *testing.T) {
	_, f := capacitytest.Fits(t, 2, 1)
	r, _ := simulated(t, made(t, f, option.Nothing, Terms{}, nil0))
	q := r.Quarters[0].Measures
	if math.Abs(q[List].P50-float64(f.List)) > 40 || math.Abs(q[Median].P50-f.Wait.Value) > 4 {
		t.Errorf("list %.0f was %d, wait %.1f was %.1f", q[List].P50, f.List, q[Median].P50, f.Wait.Value)
	}
}

// steady is the invented service without anything that the formula does not know, its lead time and its professions kept, at a load.
func steady(t testing.TB, load float64, replications int) Inputs {
	t.Helper()
	_, f := capacitytest.Fits(t, 3, 1)
	f = capacitytest.Steady(f, load)
	in := made(t, f, option.Nothing, Terms{}, nil0)
	in.Staff, in.Present, in.Replications = nil, nil, replications
	return in
}

// TestFormulaAgrees: where nothing is that the formula does not know, it and the simulation are the same process. The tolerance is
// derived, not looked at: four standard errors. A list near a load of 1 is nearly exponential and keeps its level for about as long
// as the year that it is averaged over, so a year's mean has a coefficient of variation of at most 1, and so has the wait: with 1,600
// replications the standard error is at most 1/40 of the number, which the test insists on. Weekly clinics of whole appointments,
// as they were taken before, are off by 20 to 80 in 100 and fail.
func TestFormulaAgrees(t *testing.T) {
	const replications = 1600
	for name, one := range map[string]bool{"one list without a lead time": true, "a list for each profession": false} {
		for _, load := range []float64{0.9, 0.955, 0.97} {
			in := steady(t, load, replications)
			if one {
				in.Fits.Roles, in.Fits.Lead.Value, in.Fits.Unseen.Value = nil, 0, 0
				in.Fits.Given.Mean = capacitytest.Weekly / load
			}
			r, _ := simulated(t, in)
			x := r.Formula
			if len(x.WhyNot) > 0 || math.Abs(x.Load-load) > 0.005 {
				t.Fatalf("%s: at a load of %.3f the formula is %+v", name, load, x)
			}
			for what, b := range map[string]reckoning.Beside{"list": x.List, "wait": x.Wait} {
				if b.SE <= 0 || b.SE > b.Formula/40 {
					t.Errorf("%s: a standard error of %.3f of a %s of %.2f", name, b.SE, what, b.Formula)
				}
				if math.Abs(b.Formula-b.Simulated) > 4*b.SE || !b.Agrees() {
					t.Errorf("%s: at a load of %.3f the %s is %.2f simulated (standard error %.2f), %.2f by the formula", name, load, what, b.Simulated, b.SE, b.Formula)
				}
				t.Logf("%s, load %.3f: %s %.2f simulated (standard error %.2f), %.2f by the formula", name, load, what, b.Simulated, b.SE, b.Formula)
			}
		}
	}
}

// TestFormulaSaysWhyNot: everything that the simulation has and the chain has not is named, and only that.
func TestFormulaSaysWhyNot(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Inputs)
		want   []string
	}{
		"nothing":         {func(*Inputs) {}, nil},
		"reacts":          {func(in *Inputs) { in.Fits.Given.React = 0.05 }, []string{"react"}},
		"weeks differ":    {func(in *Inputs) { in.Fits.Given.SD = 2 }, []string{"given"}},
		"wanders":         {func(in *Inputs) { in.Fits.Level.SD = 0.01 }, []string{"level"}},
		"doubt":           {func(in *Inputs) { in.Fits.Rates[0].LevelSE = 0.02 }, []string{"doubt"}},
		"follow-ups":      {func(in *Inputs) { in.Fits.FollowUps.Value = 0.05 }, []string{"follow"}},
		"do not come":     {func(in *Inputs) { in.Fits.DNA.Value = 0.1 }, []string{"missed"}},
		"growth":          {func(in *Inputs) { in.Terms.Population = 1 }, nil},
		"too many":        {func(in *Inputs) { in.Terms.Population = 5 }, []string{"moving"}},
		"season and hols": {func(in *Inputs) { in.Fits.Rates[0].Monthly, in.Fits.Rates[0].Month[2] = true, 1.1 }, nil},
	} {
		in := steady(t, 0.9, 100)
		c.change(&in)
		if r, _ := simulated(t, in); !slices.Equal(r.Formula.WhyNot, c.want) {
			t.Errorf("%s: %v, want %v", name, r.Formula.WhyNot, c.want)
		} else if len(c.want) == 0 && (!r.Formula.List.Agrees() || !r.Formula.Wait.Agrees()) {
			t.Errorf("%s: should agree, and is %+v", name, r.Formula)
		}
	}
}

// TestAlike: the options that a case compares come from scenarios of the same terms, whatever is newer; those that nobody ran with these
// are said to be missing, not taken from others.
func TestAlike(t *testing.T) {
	grows, faster := Terms{Population: 3}, Terms{Productivity: 8}
	type run struct {
		title string
		o     option.Option
		terms Terms
		day   int // on which it was run; 0: never
	}
	for name, c := range map[string]struct {
		runs  []run
		terms Terms
		want  map[option.Option]string
	}{
		"nothing was run":    {[]run{{"a", option.Nothing, Terms{}, 0}}, Terms{}, map[option.Option]string{}},
		"alike":              {[]run{{"a", option.Nothing, Terms{}, 1}, {"b", option.Preferred, Terms{}, 2}}, Terms{}, map[option.Option]string{option.Nothing: "a", option.Preferred: "b"}},
		"the newest of two":  {[]run{{"a", option.Nothing, Terms{}, 1}, {"b", option.Nothing, Terms{}, 3}, {"c", option.Nothing, Terms{}, 2}}, Terms{}, map[option.Option]string{option.Nothing: "b"}},
		"unlike are no pair": {[]run{{"a", option.Nothing, grows, 1}, {"b", option.Preferred, Terms{}, 2}}, Terms{}, map[option.Option]string{option.Preferred: "b"}},
		"a pair goes first":  {[]run{{"a", option.Nothing, grows, 1}, {"b", option.Preferred, grows, 2}, {"c", option.Preferred, Terms{}, 3}, {"d", option.Maximum, Terms{}, 4}, {"e", option.Minimum, Terms{}, 5}}, grows, map[option.Option]string{option.Nothing: "a", option.Preferred: "b"}},
		"then most options":  {[]run{{"a", option.Nothing, Terms{}, 1}, {"b", option.Preferred, Terms{}, 2}, {"c", option.Nothing, faster, 3}, {"d", option.Preferred, faster, 4}, {"e", option.Maximum, faster, 5}}, faster, map[option.Option]string{option.Nothing: "c", option.Preferred: "d", option.Maximum: "e"}},
		"then people alone":  {[]run{{"a", option.Nothing, grows, 8}, {"b", option.Preferred, grows, 9}, {"c", option.Nothing, Terms{}, 1}, {"d", option.Preferred, Terms{}, 2}}, Terms{}, map[option.Option]string{option.Nothing: "c", option.Preferred: "d"}},
		"then the newest":    {[]run{{"a", option.Nothing, grows, 8}, {"b", option.Preferred, grows, 9}, {"c", option.Nothing, faster, 1}, {"d", option.Preferred, faster, 10}}, faster, map[option.Option]string{option.Nothing: "c", option.Preferred: "d"}},
	} {
		var all []Told
		for _, r := range c.runs {
			x := Told{Scenario: Scenario{Title: r.title, Option: r.o, Terms: r.terms}}
			if r.day > 0 {
				x.Best = &Run{Finished: time.Date(2026, 11, r.day, 9, 0, 0, 0, time.UTC)}
			}
			all = append(all, x)
		}
		terms, of := alike(all)
		got := map[option.Option]string{}
		for o, x := range of {
			got[o] = x.Title
		}
		if !terms.Same(c.terms) || !maps.Equal(got, c.want) {
			t.Errorf("%s: %+v %v, want %+v %v", name, terms, got, c.terms, c.want)
		}
	}
}

// TestTrust tells apart a model that failed, one that nobody tested, and one that passed with other activity.
func TestTrust(t *testing.T) {
	for want, x := range map[Trust]Tested{Untested: {Can: true}, Broken: {Back: &Back{Verdict: Drifted}, Stale: true}, Old: {Back: &Back{Verdict: Holds}, Stale: true}, Passed: {Back: &Back{Verdict: Holds}}} {
		if got := x.Trust(); got != want {
			t.Errorf("%+v is %s, want %s", x, got, want)
		}
	}
}

// TestBackTestSaysItFailed: with 40% more referrals than were known of, and not without.
func TestBackTestSaysItFailed(t *testing.T) {
	for drift, want := range map[float64]Verdict{1: Holds, 1.4: Drifted} {
		then, now := capacitytest.Fits(t, 5, drift)
		b, err := BackTest(context.Background(), then, now, 200, 2)
		if err != nil {
			t.Fatal(err)
		}
		if b.Verdict != want || len(b.Weeks) != 52 {
			t.Errorf("with %.1f times the demand: %s, covered in %.0f%% of %d weeks; %v referrals, %v to %v", drift, b.Verdict, 100*b.Covered, len(b.Weeks), b.Came, b.CameLow, b.CameHigh)
		}
	}
}

// TestVerdict is the rule as a table.
func TestVerdict(t *testing.T) {
	for _, c := range []struct {
		b    Back
		want Verdict
	}{
		{Back{Covered: 0.8, Came: 100, CameLow: 90, CameHigh: 110}, Holds}, {Back{Covered: 0.5, Came: 90, CameLow: 90, CameHigh: 110}, Holds},
		{Back{Covered: 0.49, Came: 100, CameLow: 90, CameHigh: 110}, Missed}, {Back{Covered: 0.9, Came: 111, CameLow: 90, CameHigh: 110}, Drifted},
		{Back{Covered: 0, Came: 89, CameLow: 90, CameHigh: 110}, Drifted},
	} {
		if got := c.b.Judge(); got != c.want {
			t.Errorf("%+v is %s, want %s", c.b, got, c.want)
		}
	}
}

// TestFingerprint: the same inputs have the same one, and every change another.
func TestFingerprint(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	of := func(change func(*Inputs)) string {
		in := made(t, f, option.Preferred, Terms{Population: 1}, nil0)
		change(&in)
		print, err := in.Fingerprint()
		if err != nil {
			t.Fatal(err)
		}
		return print
	}
	same := of(func(*Inputs) {})
	if same != of(func(*Inputs) {}) {
		t.Error("the same inputs have two fingerprints")
	}
	for name, change := range map[string]func(*Inputs){
		"a fit": func(in *Inputs) { in.Fits.DNA.Value = 0.5 }, "an hour": func(in *Inputs) { in.Staff[3].Hours["nurse"]++ }, "terms": func(in *Inputs) { in.Terms.Productivity = 1 },
		"a number replaced": func(in *Inputs) { in.Replaced["gap"] = []float64{3} }, "replications": func(in *Inputs) { in.Replications++ },
	} {
		if of(change) == same {
			t.Errorf("%s changes no fingerprint", name)
		}
	}
}

// TestExtra: a contract of 10 a week brings 10 in every whole week of the model, at Christmas and in year five as well, with growth,
// trend and season; a campaign brings as many days' worth as it has working days; neither comes on a day that is not worked.
func TestExtra(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	for i := range f.Rates {
		f.Rates[i].Trend, f.Rates[i].Trended = math.Log(1.05), true
		f.Rates[i].Monthly, f.Rates[i].Month[11] = true, 0.6
	}
	daily := func(terms Terms) (*plan.Spec, civil.Date) {
		in := made(t, f, option.Nothing, terms, nil0)
		s, err := in.build(workday.England())
		if err != nil {
			t.Fatal(err)
		}
		return s, in.Start
	}
	base, start := daily(Terms{Population: 3})
	terms := Terms{Population: 3, Contract: 10, ContractFrom: civil.MustParse("2027-01-04"), Campaign: 7, CampaignFrom: civil.MustParse("2027-03-24"), CampaignTo: civil.MustParse("2027-04-06")}
	more, _ := daily(terms)
	sum := func(s *plan.Spec, d int) (n float64) {
		for _, x := range s.Demand {
			n += x.Daily[d]
		}
		return n
	}
	// Wednesday 24 March to Tuesday 6 April, with Good Friday on 26 March and Easter Monday on 29 March: 2 of 4 days, 4 of 4, 2 of 5.
	campaign := map[string]float64{"2027-03-22": 7. / 2, "2027-03-29": 7, "2027-04-05": 7 * 2. / 5}
	weeks := 0
	for monday := 0; monday+week <= len(base.Working); monday += week {
		got, day := 0.0, start.AddDays(monday)
		for d := monday; d < monday+week; d++ {
			x := sum(more, d) - sum(base, d)
			if !base.Working[d] && x != 0 {
				t.Errorf("%s is not worked and brings %.2f", start.AddDays(d), x)
			}
			got += x
		}
		want := campaign[day.String()]
		if !day.Before(terms.ContractFrom) {
			want += 10
			weeks++
		}
		if math.Abs(got-want) > 1e-9 {
			t.Fatalf("the week of %s brings %.4f more, want %.4f", day, got, want)
		}
	}
	if weeks < 250 {
		t.Errorf("looked at %d weeks of the contract", weeks)
	}
	// What is agreed is not in doubt: its errors are none, and those of the rest are as they were.
	last := more.Demand[len(more.Demand)-1]
	if len(more.Demand) != len(base.Demand)+1 || last.LevelSE != 0 || last.TrendSE != 0 || more.Demand[0].LevelSE != base.Demand[0].LevelSE {
		t.Errorf("%d types of demand, the contract with %v and %v", len(more.Demand), last.LevelSE, last.TrendSE)
	}
}

// TestLengthReplaced: 60 minutes that become 40 make three appointments of two, of a profession that is there, with a plan for people and
// without, also where the ledger names no professions, and of one that relieves the others; and the list falls.
func TestLengthReplaced(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	slots := func(change func(*Inputs)) (out map[string]float64) {
		in := made(t, f, option.Nothing, Terms{}, nil0)
		in.Fitted = map[string]float64{"nurse": 60, "physician": 60, "counsellor": 60}
		in.Minutes = maps.Clone(in.Fitted)
		change(&in)
		s, err := in.build(workday.England())
		if err != nil {
			t.Fatal(err)
		}
		out = map[string]float64{}
		for _, p := range s.Pools {
			for _, x := range p.Slots[:week] {
				out[p.Name] += x
			}
		}
		return out
	}
	shorter := func(role string) func(*Inputs) { return func(in *Inputs) { in.Minutes[role] = 40 } }
	noPlan := func(in *Inputs) { in.Staff, in.Present = nil, nil }
	noRoles := func(in *Inputs) { in.Fits.Roles = nil }
	counsellor := func(in *Inputs) {
		in.Present["counsellor"] = 8
		for i := range in.Staff {
			in.Staff[i].Hours = maps.Clone(in.Staff[i].Hours)
			in.Staff[i].Hours["counsellor"] = 8
		}
	}
	for name, c := range map[string]struct {
		with func(*Inputs)
		role string
		pool string
		want func(before map[string]float64) float64
	}{
		"with a plan":    {func(*Inputs) {}, "nurse", "nurse", func(b map[string]float64) float64 { return 1.5 * b["nurse"] }},
		"another's":      {func(*Inputs) {}, "nurse", "physician", func(b map[string]float64) float64 { return b["physician"] }},
		"without a plan": {noPlan, "nurse", "nurse", func(b map[string]float64) float64 { return 1.5 * b["nurse"] }},
		"no professions": {noRoles, "nurse", everybody, func(b map[string]float64) float64 { return b[everybody] * (40*1.5 + 20) / 60 }},
		"relief": {counsellor, "counsellor", "nurse", func(b map[string]float64) float64 {
			return b["nurse"] + 4*b["nurse"]/(b["nurse"]+b["physician"]) // 8 hours are 12 appointments, not 8
		}},
	} {
		before, after := slots(c.with), slots(func(in *Inputs) { c.with(in); shorter(c.role)(in) })
		if got, want := after[c.pool], c.want(before); math.Abs(got-want) > 1e-9 || before[c.pool] == 0 {
			t.Errorf("%s: %s gives %.3f a week, want %.3f; it was %.3f", name, c.pool, got, want, before[c.pool])
		}
	}
	in := made(t, f, option.Nothing, Terms{Population: 4}, nil0)
	_, long := simulated(t, in)
	in.Fitted, in.Minutes = map[string]float64{"nurse": 60}, map[string]float64{"nurse": 40}
	r, short := simulated(t, in)
	if d := quarters.Differences(r.Quarters, short, long)[Quarters-1].Measures[List]; d.Mean > -3*d.SE || d.P90 >= 0 {
		t.Errorf("the list changes by %+v", d)
	}
}

// TestPresent: the appointments of the last year were given by those who were there in it. A nurse who came in the middle of it gives
// the other half on top; the refill of one who left in the middle gives no more than the half that is missing; and one who has only
// just come gives her hours over the minutes of an appointment, not a multiple of next to nothing.
func TestPresent(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	s := &Service{}
	var err error
	if s.pack, err = assumed.Load(content.FS); err != nil {
		t.Fatal(err)
	}
	nurse := func(now, refilled, gained float64) (first, last float64) {
		k := known{fits: number.Apply(f, s.pack, nil, nil), staff: map[option.Option][]Staff{}, gained: map[string]float64{"nurse": gained}}
		k.staff[option.Nothing] = []Staff{{Start: civil.MustParse("2026-10-01"), Hours: map[string]float64{"nurse": now, "physician": 20}}, {Start: civil.MustParse("2027-10-01"), Hours: map[string]float64{"nurse": refilled, "physician": 20}}}
		in := s.inputs(k, Scenario{Option: option.Nothing, Replications: 20})
		base := in.Fits.Given.Mean * in.routing()["nurse"]
		return in.slots(civil.MustParse("2027-01-05"), "nurse", base) / base, in.slots(civil.MustParse("2028-01-05"), "nurse", base) / base
	}
	for name, c := range map[string]struct{ now, refilled, gained, first, last float64 }{
		"nobody came or left":             {60, 60, 0, 1, 1},
		"one of three came in the middle": {60, 60, 10, 60. / 50, 60. / 50},
		"one of three left in the middle": {40, 60, -10, 40. / 50, 60. / 50},
		"the only one left in the middle": {0, 20, -10, 0, 2},
	} {
		if first, last := nurse(c.now, c.refilled, c.gained); math.Abs(first-c.first) > 1e-9 || math.Abs(last-c.last) > 1e-9 {
			t.Errorf("%s: %.3f and %.3f of the appointments, want %.3f and %.3f", name, first, last, c.first, c.last)
		}
	}
	base := f.Given.Mean * (Inputs{Fits: number.Apply(f, s.pack, nil, nil)}).routing()["nurse"]
	if first, _ := nurse(20, 20, 19.5); math.Abs(first*base-(base+20)) > 1e-9 {
		t.Errorf("who has only just come gives %.2f times the appointments, want %.2f", first, (base+20)/base)
	}
}

// TestDraws come back as they went.
func TestDraws(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	in := made(t, f, option.Nothing, Terms{}, nil0)
	in.Replications = 20
	_, d := simulated(t, in)
	again, err := draws.Decode(d.Encode(), Quarters, len(Measures), 20)
	if err != nil || !reflect.DeepEqual(d, again) {
		t.Error("draws change on the way")
	}
	if _, err := draws.Decode(d.Encode()[4:], Quarters, len(Measures), 20); err == nil {
		t.Error("draws with a hole are taken")
	}
}

// TestReplacedChangesTheRun: days, months and how demand wanders change what is simulated when somebody replaces them, by what one would
// expect of them; with the fit back in place it is the same run to the last bit.
func TestReplacedChangesTheRun(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	pack, err := assumed.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	f.Level = demand.Level{SD: 0.05, Memory: 0.3, Weeks: 150}
	run := func(replaced map[string][]float64) (*Result, draws.Draws) {
		in := made(t, f, option.Nothing, Terms{}, nil0)
		in.Fits = number.Apply(f, pack, replaced, map[string]float64{})
		return simulated(t, in)
	}
	base, draws := run(nil)
	flat := slices.Repeat([]float64{100}, 12)
	late := slices.Clone(flat)
	late[9], late[10], late[11], late[3], late[4], late[5] = 130, 130, 130, 70, 70, 70 // more from October to December than from April to June
	came := func(r *Result, q int) float64 { return r.Quarters[q].Came }
	spread := func(r *Result) float64 {
		b := r.Quarters[Quarters-1].Measures[List]
		return b.P90 - b.P10
	}
	for name, c := range map[string]struct {
		with  map[string][]float64
		holds func(r *Result) bool
	}{
		"months":          {map[string][]float64{"month.management": late, "month.self": late}, func(r *Result) bool { return came(r, 3) > 1.6*came(r, 1) && came(base, 3) < 1.2*came(base, 1) }},
		"days":            {map[string][]float64{"weekday.management": {100, 0, 0, 0, 0, 0, 0}}, func(r *Result) bool { return math.Abs(came(r, 4)/came(base, 4)-1) < 0.15 }},
		"how far":         {map[string][]float64{"wander": {40}}, func(r *Result) bool { return spread(r) > 1.2*spread(base) }},
		"how much of it":  {map[string][]float64{"wander": {40}, "wander_memory": {90}}, func(r *Result) bool { return spread(r) > 1.5*spread(base) }},
		"as it was again": {nil, func(r *Result) bool { return reflect.DeepEqual(r, base) }},
	} {
		r, d := run(c.with)
		if same := reflect.DeepEqual(d, draws); same != (c.with == nil) || !c.holds(r) {
			t.Errorf("%s: the same %v; referrals a week %.1f and %.1f, spread %.1f, it was %.1f", name, same, came(r, 1), came(r, 3), spread(r), spread(base))
		}
	}
}

// TestBuildRefusesNothing: fits without referrals or appointments are no service.
func TestBuildRefusesNothing(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	f.Given.Mean = 0
	if _, err := made(t, f, option.Nothing, Terms{}, nil0).build(workday.England()); err == nil {
		t.Error("a service that gives no appointments is simulated")
	}
}
