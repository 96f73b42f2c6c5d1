package number_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/number"
)

// TestEveryNumberIsKnown: of a service of three years every number has its sample and says how far off it may be; what nobody can replace
// is only what says why.
func TestEveryNumberIsKnown(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	f.Level = demand.Level{SD: 0.1, Memory: 0.5, Weeks: 156, SDRange: demand.Range{Low: 0.05, High: 0.15}, MemoryRange: demand.Range{Low: 0.2, High: 0.8}}
	f.Priority = []demand.Part{{Name: "P1", Share: 0.2, N: 300, SE: 0.01}, {Name: "P2", Share: 0.8, N: 1200, SE: 0.01}}
	f.FollowUps, f.Gap = demand.Mean{Value: 0.6, N: 900, SE: 0.02}, demand.Mean{Value: 30, N: 500, SE: 0.5} // the history has none
	var kinds, fixed []string
	for _, p := range number.Of(f, loaded(t), nil) {
		kinds = append(kinds, p.Kind)
		if p.Fixed {
			fixed = append(fixed, p.Kind)
		}
		none := p.Kind == "minutes" || p.Kind == "unseen" || p.Kind == "unseen_for" || p.Kind == "rebook" // that history has nobody of these
		i := 0
		if p.Kind == "priority" {
			i = 2
		}
		p.Fitted[0] = p.Fitted[i]
		if low, high, ok := p.Likely(i); !p.Counted && !none && (!ok || low > p.Fitted[0] || high < p.Fitted[0] || p.N == 0) {
			t.Errorf("%s is %v of %d, likely %v to %v", p.Name, p.Fitted, p.N, low, high)
		}
	}
	for _, kind := range []string{"trend", "wander", "wander_memory", "given", "react", "given_range", "list", "unseen_for", "follow_ups", "gap", "lead", "priority", "route", "wait"} {
		if !slices.Contains(kinds, kind) {
			t.Errorf("%s is not among the numbers", kind)
		}
	}
	if slices.Sort(fixed); !slices.Equal(slices.Compact(fixed), []string{"given_sd", "wait"}) {
		t.Errorf("nobody can replace %v", fixed)
	}
}

// TestTrend: growth is always there to be replaced, and says why there is none.
func TestTrend(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	for name, c := range map[string]struct {
		change      func(*demand.Rate)
		short, none bool
		se          bool
	}{
		"found": {func(r *demand.Rate) { r.Trended, r.Trend, r.TrendSE = true, 0.05, 0.01 }, false, false, true},
		"none":  {func(r *demand.Rate) { r.Trended, r.Trend, r.TrendSE = true, 0, 0.04 }, false, true, true},
		"short": {func(r *demand.Rate) { r.Trended, r.Trend, r.TrendSE = false, 0, 0 }, true, false, false},
	} {
		f.Rates = slices.Clone(f.Rates)
		c.change(&f.Rates[0])
		p := of(t, number.Of(f, loaded(t), nil), "trend.management")
		if _, _, ok := p.Likely(0); p.Short != c.short || p.None != c.none || ok != c.se {
			t.Errorf("%s: %+v", name, p)
		}
		if p.Least != -50 || p.Most != 50 {
			t.Errorf("%s may be %v to %v", name, p.Least, p.Most)
		}
		g := number.Apply(f, loaded(t), map[string][]float64{"trend.management": {5}}, map[string]float64{})
		if r := g.Rates[0]; math.Abs(r.Mean(r.To.AddDays(364*2), false)/r.Mean(r.To.AddDays(364), false)-math.Pow(1.05, 364/365.25)) > 1e-9 {
			t.Errorf("%s: replaced by 5 percent a year it grows by %v", name, r.Trend)
		}
	}
}

// TestApplyOfTheTeam: how the team answers its list, the list, and who is urgent can be replaced; the fits that they came from stay.
func TestApplyOfTheTeam(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	g := number.Apply(f, loaded(t), map[string][]float64{"given": {50}, "given_range": {44, 52}, "react": {0.5}, "list": {70}, "unseen_for": {12}, "priority": {0, 25, 75, 0}}, map[string]float64{})
	if g.Given.Mean != 50 || g.Given.Least != 44 || g.Given.Most != 52 || g.Given.React != 0.05 || g.List != 70 || g.UnseenFor.Value != 12 {
		t.Errorf("%+v, %d, %+v", g.Given, g.List, g.UnseenFor)
	}
	if want := []demand.Part{{Name: "P1", Share: 0.25}, {Name: "P2", Share: 0.75}}; !slices.Equal(g.Priority, want) {
		t.Errorf("priorities %+v, want %+v", g.Priority, want)
	}
	if old := number.Apply(f, loaded(t), map[string][]float64{"priority": {50, 50}}, map[string]float64{}); !slices.Equal(old.Priority, f.Priority) {
		t.Errorf("values of other priorities made %+v", old.Priority)
	}
	if f.Given.Most == 52 || f.List == 70 || len(f.Priority) != 1 {
		t.Error("the fits themselves were changed")
	}
	p := of(t, number.Of(f, loaded(t), nil), "priority")
	if !slices.Equal(p.Parts, []string{"P0", "P1", "P2", "P3"}) || !slices.Equal(p.Fitted, []float64{0, 0, 100, 0}) || p.N != f.Priority[0].N {
		t.Errorf("priorities %+v", p)
	}
}

// TestCheckOfTheTeam: these have bounds too, beside their fields.
func TestCheckOfTheTeam(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	all := number.Of(f, loaded(t), nil)
	for _, c := range []struct {
		name   string
		values []float64
		want   []string
	}{
		{"given_range", []float64{20, 40}, nil}, {"given_range", []float64{40, 20}, []string{"value_1 capacity.replace.order"}}, {"given_range", []float64{-1, 20}, []string{"value_0 capacity.replace.range"}},
		{"priority", []float64{1, 9, 80, 10}, nil}, {"priority", []float64{1, 9, 80, 20}, []string{"value_0 capacity.replace.sum.priority"}},
		{"react", []float64{11}, []string{"value capacity.replace.range"}}, {"react", []float64{0}, nil}, {"list", []float64{-1}, []string{"value capacity.replace.range"}}, {"unseen_for", []float64{366}, []string{"value capacity.replace.range"}},
	} {
		var got []string
		for _, x := range of(t, all, c.name).Check(c.values, "r") {
			got = append(got, x.Name+" "+x.Key)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %v: %q, want %q", c.name, c.values, got, c.want)
		}
	}
}

// TestOutside: whoever is no part of the team sees no number of a few.
func TestOutside(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	f.Priority = []demand.Part{{Name: "P1", Share: 0.02, N: 29}, {Name: "P2", Share: 0.98, N: 1400}}
	f.UnseenFor = demand.Mean{Value: 20, N: 29}
	kinds := func() (out []string) {
		for _, p := range number.Shown(number.Of(number.Outside(f), loaded(t), nil)) {
			out = append(out, p.Kind)
		}
		return out
	}
	if got := kinds(); slices.Contains(got, "priority") || slices.Contains(got, "unseen_for") {
		t.Errorf("%v", got)
	}
	f.Priority[0].N, f.UnseenFor.N = 30, 30
	if got := kinds(); !slices.Contains(got, "priority") || !slices.Contains(got, "unseen_for") {
		t.Errorf("%v", got)
	}
}

// TestOlderFits: numbers of a fit that was stored before doubts were worked out are there, and claim none.
func TestOlderFits(t *testing.T) {
	var f demand.Fits
	if err := json.Unmarshal([]byte(`{"follow_ups":{"value":0.7,"n":300},"gap":{"value":30,"n":200},"lead":{"value":4,"n":300},"level":{"sd":0.1,"memory":0.5,"weeks":60},"roles":[{"name":"oh_nurse","share":0.7,"n":400}]}`), &f); err != nil {
		t.Fatal(err)
	}
	all := number.Of(f, loaded(t), nil)
	for _, name := range []string{"follow_ups", "gap", "lead", "wander", "wander_memory", "react", "given_range", "route.oh_nurse"} {
		p := of(t, all, name)
		for i := range p.Fitted {
			if low, high, ok := p.Likely(i); ok {
				t.Errorf("%s claims to be in %v to %v", name, low, high)
			}
		}
	}
}
