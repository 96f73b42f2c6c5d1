package plan

import (
	"context"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/queueing"
)

func silent(int) {}

// level has the same expected number on each weekday.
func level(days int, x float64) (out []float64) {
	for d := range days {
		if d%week < 5 {
			out = append(out, x)
		} else {
			out = append(out, 0)
		}
	}
	return out
}

func weekdays(days int) (out []bool) {
	for d := range days {
		out = append(out, d%week < 5)
	}
	return out
}

// fridays has a clinic on Fridays only.
func fridays(days int, slots float64) []float64 {
	out := make([]float64, days)
	for d := 4; d < days; d += week {
		out[d] = slots
	}
	return out
}

func simple(weeks int, demand float64, slots []float64, backlog int) *Spec {
	days := weeks * week
	return &Spec{Working: weekdays(days), Periods: []int{days}, Target: 10, Gap: 28, Demand: []Demand{{Daily: level(days, demand/5)}}, Classes: []Class{{Share: 1}},
		Pools: []Pool{{Name: "nurse", Share: []float64{1}, Slots: slots, Backlog: backlog}}}
}

// rich is a service with everything.
func rich(weeks int) *Spec {
	days := weeks * week
	return &Spec{Working: weekdays(days), Periods: []int{days / 2, days}, Target: 10, Unseen: 0.08, UnseenFor: 6, DNA: 0.1, Rebook: 0.7, FollowUps: 0.8, Gap: 28, Level: Level{0.1, 0.5},
		Demand:  []Demand{{Daily: level(days, 6), LevelSE: 0.03, TrendSE: 0.02, Corr: 0.4}, {Daily: level(days, 2), LevelSE: 0.05}},
		Classes: []Class{{0.1, 1, 3}, {0.6, 3, 14}, {0.3, 5, 28}},
		Pools: []Pool{{Name: "nurse", Share: []float64{0.7, 0.5}, Slots: level(days, 11), Backlog: 60, Due: 3, Weekly: 55, React: 0.2, Mean: 60, SD: 4, SE: 1, Least: 40, Most: 70},
			{Name: "physician", Share: []float64{0.3, 0.5}, Slots: level(days, 5.5), Backlog: 25, Due: 1, Weekly: 27, React: 0.2, Mean: 25, SD: 3, SE: 1, Least: 18, Most: 36}}}
}

func run(t testing.TB, s *Spec, replications, workers int) *Result {
	t.Helper()
	r, err := Run(context.Background(), s, 7, replications, workers, silent)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestWeeklyClinic: without follow-ups, absences and lead times it is X' = max(X + Poisson - slots, 0), whose distribution
// after each week is known exactly.
func TestWeeklyClinic(t *testing.T) {
	const replications = 2000
	for _, c := range []struct {
		referrals      float64
		slots, backlog int
	}{{30, 32, 0}, {30, 32, 80}, {30, 28, 10}, {4, 5, 3}, {90, 92, 300}} {
		weeks := []int{1, 4, 13, 52}
		exact, err := queueing.Clinic{Referrals: c.referrals, Slots: c.slots, Initial: c.backlog, Weeks: weeks}.Solve()
		if err != nil {
			t.Fatal(err)
		}
		r := run(t, simple(52, c.referrals, fridays(52*week, float64(c.slots)), c.backlog), replications, 2)
		for i, w := range weeks {
			var x []float64
			for _, o := range r.Weeks[w-1] {
				x = append(x, float64(o.List))
			}
			b, want := Over(x), exact.Weeks[i]
			if se := want.SD / math.Sqrt(replications); math.Abs(b.Mean-want.Mean) > 4*se {
				t.Errorf("%+v after %d weeks: list %.3f, exact %.3f, standard error %.3f", c, w, b.Mean, want.Mean, se)
			}
		}
	}
}

// TestSingleServer: in steps so short that hardly two things happen in one, referrals and appointments that are both Poisson
// make the list of an M/M/1 queue, the one in service counted: a walk that goes up at one rate and down at the other.
func TestSingleServer(t *testing.T) {
	const lambda, mu, weeks, warm, replications = 0.03, 0.06, 520, 150, 300
	days := weeks * week
	s := simple(weeks, 0, make([]float64, days), 0)
	for d := range days {
		s.Working[d], s.Demand[0].Daily[d] = true, lambda
	}
	var mean []float64
	for i := range uint64(replications) {
		service := des.NewStream(i, 0, "service")
		for d := range days { // at random moments, others in each replication
			s.Pools[0].Slots[d] = float64(service.Poisson(mu))
		}
		r, err := Run(context.Background(), s, i, 1, 1, silent)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, w := range r.Weeks[warm:] {
			sum += float64(w[0].List)
		}
		mean = append(mean, sum/float64(weeks-warm))
	}
	exact, err := queueing.MMC{Lambda: lambda, Mu: mu, C: 1}.Solve()
	if err != nil {
		t.Fatal(err)
	}
	// Steps of this length hide a passing of two events in one: a share mu/2 of the list at most.
	if b := Over(mean); math.Abs(b.Mean-*exact.L) > 4*b.SE+mu/2**exact.L {
		t.Errorf("mean list %.4f (standard error %.4f), M/M/1 %.4f", b.Mean, b.SE, *exact.L)
	} else {
		t.Logf("mean list %.4f (standard error %.4f), M/M/1 %.4f", b.Mean, b.SE, *exact.L)
	}
}

// TestNoChangeNoDifference: two equal plans differ by exactly nothing, whatever the number of workers, to the last bit.
func TestNoChangeNoDifference(t *testing.T) {
	one, two := run(t, rich(60), 40, 1), run(t, rich(60), 40, 5)
	if !reflect.DeepEqual(one, two) {
		t.Error("the number of workers changes the result")
	}
}

// TestPoolsAreAlone: what a pool has of the last period is the same to the person whatever another one gives, and the parts add up.
func TestPoolsAreAlone(t *testing.T) {
	a, more := run(t, rich(30), 20, 2), rich(30)
	more.Pools[1].Slots = level(30*week, 9)
	b := run(t, more, 20, 1)
	for i := range a.Pools {
		if !reflect.DeepEqual(a.Pools[i][0], b.Pools[i][0]) || reflect.DeepEqual(a.Pools[i][1], b.Pools[i][1]) {
			t.Fatalf("replication %d: nurses have %+v and %+v", i, a.Pools[i][0], b.Pools[i][0])
		}
		for d := range LongestTarget + 1 {
			part, all := 0, 0
			for _, p := range a.Pools[i] {
				part, all = part+int(p.Seen[d]), all+int(p.Seen[LongestTarget+1])
			}
			if math.Abs(float64(part)/float64(all)-a.Within[i][d]) > 1e-12 {
				t.Fatalf("replication %d: %d of %d seen in %d days, want a share of %v", i, part, all, d, a.Within[i][d])
			}
		}
	}
}

// TestMoreIsNoWorse: with common random numbers, more appointments make no list longer on average, by far more than chance.
func TestMoreIsNoWorse(t *testing.T) {
	base, more := rich(104), rich(104)
	for d := range base.Working {
		base.Demand[0].Daily[d] *= 1.3
		more.Demand[0].Daily[d] *= 1.3
	}
	for d := range more.Pools[0].Slots {
		more.Pools[0].Slots[d] *= 1.1
	}
	a, b := run(t, base, 60, 2), run(t, more, 60, 2)
	var diff, apart []float64
	for i := range a.Periods[1] {
		diff = append(diff, b.Periods[1][i].List-a.Periods[1][i].List)
		apart = append(apart, a.Periods[1][i].List)
	}
	d, alone := Over(diff), Over(apart)
	if d.Mean > -4*d.SE {
		t.Errorf("the list changes by %.2f, standard error %.2f", d.Mean, d.SE)
	}
	if d.SE >= alone.SE {
		t.Errorf("common random numbers do not help: %.2f against %.2f", d.SE, alone.SE)
	}
}

// TestNobodyIsLost: who came is on the list, seen, or left; with a lead time nobody is seen before it.
func TestNobodyIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rich(20)
		s.DNA, s.Rebook = rapid.Float64Range(0, 0.5).Draw(t, "dna"), 1
		s.FollowUps = rapid.Float64Range(0, 3).Draw(t, "follow")
		s.Unseen = 0
		s.Classes[0].Lead = rapid.IntRange(0, 9).Draw(t, "lead")
		s.Pools[0].Backlog = rapid.IntRange(0, 200).Draw(t, "backlog")
		r, err := Run(context.Background(), s, rapid.Uint64().Draw(t, "seed"), 1, 1, silent)
		if err != nil {
			t.Fatal(err)
		}
		came, seen := float64(s.Pools[0].Backlog+s.Pools[1].Backlog), 0.0
		for _, p := range r.Periods {
			came, seen = came+p[0].Came, seen+p[0].Seen
			if p[0].Utilisation < 0 || p[0].Utilisation > 1 || p[0].Within < 0 || p[0].Within > 1 || p[0].Median > p[0].P90 {
				t.Fatalf("%+v", p[0])
			}
		}
		if list := r.Periods[1][0].List; came-seen != list {
			t.Fatalf("%v came, %v were seen, %v are on the list", came, seen, list)
		}
	})
}

// TestFollowUps: with room for all, everybody comes again so often as they should, also where that falls on a weekend.
func TestFollowUps(t *testing.T) {
	const weeks, replications = 104, 50
	for _, follow := range []float64{0.5, 1.5, 2.5} {
		s := simple(weeks, 30, level(weeks*week, 60), 0)
		s.FollowUps, s.Periods = follow, []int{weeks * week / 2, weeks * week}
		var each []float64
		for _, m := range run(t, s, replications, 2).Periods[1] {
			each = append(each, m.Given*m.Utilisation/m.Seen)
		}
		if b := Over(each); math.Abs(b.Mean-1-follow) > 0.03 {
			t.Errorf("%.3f appointments for each person seen, want %.1f", b.Mean, 1+follow)
		}
	}
}

// TestWhoIsDueFirst: with too few appointments the urgent wait less than the others, and nobody is left for ever.
func TestWhoIsDueFirst(t *testing.T) {
	s := simple(60, 50, level(60*week, 9.7), 0)
	s.Classes = []Class{{Share: 0.5, Due: 2}, {Share: 0.5, Due: 30}}
	r := run(t, s, 50, 2)
	s.Classes = []Class{{Share: 1}}
	plain := run(t, s, 50, 2)
	var p90, all []float64
	for i, m := range r.Periods[0] {
		p90, all = append(p90, m.P90), append(all, plain.Periods[0][i].P90)
	}
	// Those who can wait do so by some 20 working days more than the others, not by a year.
	if a, b := Over(p90), Over(all); a.Mean < b.Mean || a.Mean > b.Mean+22 {
		t.Errorf("nine in ten wait %.1f days, first come first seen %.1f", a.Mean, b.Mean)
	}
}

// TestWaitOfAList: a list of 60 that 10 join and 10 leave each day is six days long.
func TestWaitOfAList(t *testing.T) {
	s := simple(40, 50, level(40*week, 10), 60)
	s.Demand[0].LevelSE = 0
	r := run(t, s, 200, 2)
	var median []float64
	for _, m := range r.Periods[0] {
		median = append(median, m.Median)
	}
	if b := Over(median); b.Mean < 3 || b.Mean > 10 {
		t.Errorf("median wait %.2f", b.Mean)
	}
}

// TestFutures: each replication is that of the plan with its own team, to the bit, with any number of workers; and fewer than are drawn are
// drawn again.
func TestFutures(t *testing.T) {
	const weeks, half, replications = 40, 20 * week, 5
	futures := [][]float64{{0, -2}, {1.5, 0}, {-20, 0.25}}
	s := rich(weeks)
	s.Stretches, s.Pools[1].Futures = []int{0, half}, futures
	all, alone := run(t, s, replications, 3), run(t, s, replications, 1)
	if !reflect.DeepEqual(all, alone) {
		t.Error("two workers draw otherwise than one")
	}
	for n := range replications {
		one := rich(weeks)
		for d := range one.Pools[1].Slots {
			more := futures[n%len(futures)][0]
			if d >= half {
				more = futures[n%len(futures)][1]
			}
			one.Pools[1].Slots[d] += more
			if !one.Working[d] {
				one.Pools[1].Slots[d] = 0
			}
		}
		if n%len(futures) == 2 { // fewer than none: what the team stretches by is off the same sum
			for d := range half {
				one.Pools[1].Slots[d] = 0
			}
			if one := run(t, one, replications, 1); one.Periods[0][n].Given < all.Periods[0][n].Given {
				t.Errorf("replication %d gives %v, and %v with nobody", n, all.Periods[0][n].Given, one.Periods[0][n].Given)
			}
			continue
		}
		want := run(t, one, replications, 1)
		for k := range want.Periods {
			if want.Periods[k][n] != all.Periods[k][n] {
				t.Errorf("replication %d, period %d: %+v, with its own team %+v", n, k, all.Periods[k][n], want.Periods[k][n])
			}
		}
	}
}

func TestRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*Spec){
		"no pools": func(s *Spec) { s.Pools = nil }, "shares": func(s *Spec) { s.Classes[0].Share = 0.5 }, "periods": func(s *Spec) { s.Periods = []int{50, 20} },
		"demand of some days": func(s *Spec) { s.Demand[0].Daily = s.Demand[0].Daily[:3] }, "a share of 2": func(s *Spec) { s.Unseen = 2 }, "NaN": func(s *Spec) { s.Demand[0].Daily[0] = math.NaN() },
		"appointments":          func(s *Spec) { s.Pools[0].Slots[3] = -1 },
		"futures of no stretch": func(s *Spec) { s.Pools[0].Futures = [][]float64{{}} }, "a stretch too few": func(s *Spec) { s.Stretches, s.Pools[0].Futures = []int{0, 7}, [][]float64{{1}} },
		"stretches that begin late": func(s *Spec) { s.Stretches = []int{7} }, "stretches backwards": func(s *Spec) { s.Stretches = []int{0, 14, 7} }, "a stretch after the end": func(s *Spec) { s.Stretches = []int{0, 70} },
		"a future that is no number": func(s *Spec) { s.Stretches, s.Pools[0].Futures = []int{0}, [][]float64{{math.NaN()}} },
	} {
		s := rich(10)
		spoil(s)
		if s.Check() == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if err := rich(10).Check(); err != nil {
		t.Error(err)
	}
}

// TestInversion: the counts have the means they should, and a uniform number near 1 ends.
func TestInversion(t *testing.T) {
	s := des.NewStream(1, 0, "u")
	const n = 200_000
	for _, mean := range []float64{0.01, 1, 30, 400} {
		sum := 0.0
		for range n {
			sum += float64(poisson(s.Float(), mean))
		}
		if got := sum / n; math.Abs(got-mean) > 4*math.Sqrt(mean/n) {
			t.Errorf("Poisson of %v has mean %v", mean, got)
		}
	}
	for _, c := range []struct {
		n int
		p float64
	}{{1, 0.1}, {20, 0.5}, {200, 0.97}} {
		sum := 0.0
		for range n {
			sum += float64(binomial(s.Float(), c.n, c.p))
		}
		want := float64(c.n) * c.p
		if got := sum / n; math.Abs(got-want) > 4*math.Sqrt(want*(1-c.p)/n) {
			t.Errorf("binomial of %+v has mean %v", c, got)
		}
	}
	if k := poisson(math.Nextafter(1, 0), 700); k < 700 || k > 2000 {
		t.Errorf("the end of the tail is %d", k)
	}
}

// BenchmarkFiveYears is one replication of five years of a service of 40 referrals a week.
func BenchmarkFiveYears(b *testing.B) {
	s := rich(261)
	x := newSim(s)
	for i := range b.N {
		x.run(1, i)
	}
}
