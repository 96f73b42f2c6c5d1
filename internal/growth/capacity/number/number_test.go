package number_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/assumed"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/number"
)

func loaded(t *testing.T) assumed.Pack {
	t.Helper()
	p, err := assumed.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func of(t *testing.T, all []number.Parameter, name string) number.Parameter {
	t.Helper()
	i := slices.IndexFunc(all, func(p number.Parameter) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("there is no %s", name)
	}
	return all[i]
}

func sum(x []float64) (s float64) {
	for _, v := range x {
		s += v
	}
	return s
}

// TestApply: numbers go into the fits, and the fits that they came from stay.
func TestApply(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	minutes := map[string]float64{}
	days, months := []float64{30, 20, 20, 20, 10, 0, 0}, slices.Repeat([]float64{100}, 12)
	months[0], months[7] = 150, 50
	g := number.Apply(f, loaded(t), map[string][]float64{"weekly.self": {20}, "trend.management": {5}, "given": {50}, "dna": {12}, "rebook": {60}, "unseen": {9}, "follow_ups": {1.5}, "gap": {40}, "lead": {3},
		"route.oh_nurse": {90}, "minutes.nurse": {30}, "weekday.self": days, "month.self": months, "wander": {15}, "wander_memory": {60}}, minutes)
	i := slices.IndexFunc(g.Rates, func(r demand.Rate) bool { return r.Type == "self" })
	self, was := g.Rates[i], f.Rates[i]
	if math.Abs(sum(self.Day[:demand.Closed])-20) > 1e-9 || g.Given.Mean != 50 || g.DNA.Value != 0.12 || g.Rebook.Value != 0.6 || g.Unseen.Value != 0.09 || g.FollowUps.Value != 1.5 || g.Gap.Value != 40 || g.Lead.Value != 3 || minutes["nurse"] != 30 {
		t.Errorf("%+v", g)
	}
	if math.Abs(self.Day[1]-6) > 1e-9 || math.Abs(self.Day[5]-2) > 1e-9 || self.Day[0] != 0 || self.Month[0] != 1.5 || self.Month[7] != 0.5 || self.LevelSE != 0 {
		t.Errorf("days %v, months %v", self.Day, self.Month)
	}
	if math.Abs(self.Day[demand.Closed]-was.Day[demand.Closed]*20/was.Weekly) > 1e-9 {
		t.Errorf("a bank holiday has %v, it was %v", self.Day[demand.Closed], was.Day[demand.Closed])
	}
	if g.Level.SD != 0.15 || g.Level.Memory != 0.6 {
		t.Errorf("it wanders by %+v", g.Level)
	}
	if math.Abs(g.Rates[0].Trend-math.Log(1.05)) > 1e-12 || g.Roles[0].Name != "nurse" || g.Roles[0].Share != 0.9 {
		t.Errorf("trend %v, routing %+v", g.Rates[0].Trend, g.Roles)
	}
	if was.Weekly == 20 || was.Month[0] == 1.5 || f.Roles[0].Share == 0.9 {
		t.Error("the fits themselves were changed")
	}
}

// TestOf: days and months say what was fitted, to how many, how good it is and how far they may be off; short of two years the months
// are alike, and say so.
func TestOf(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	all := number.Of(f, loaded(t), nil)
	days, months, wander := of(t, all, "weekday.management"), of(t, all, "month.management"), of(t, all, "wander")
	if math.Abs(sum(days.Fitted)-100) > 1e-9 || len(days.Fitted) != 7 || days.N != f.Rates[0].N || days.Quality == "" || days.Fitted[6] != 0 || days.SE[0] <= 0 || days.SE[0] > 5 {
		t.Errorf("days %+v", days)
	}
	if math.Abs(sum(months.Fitted)-1200) > 1e-6 || len(months.Fitted) != 12 || months.Alike || months.SE[0] <= 0 || months.SE[0] > 30 {
		t.Errorf("months %+v", months)
	}
	if wander.N != f.Level.Weeks || wander.N == 0 || wander.Fitted[0] != 100*f.Level.SD {
		t.Errorf("wanders %+v", wander)
	}
	for _, p := range []number.Parameter{days, months} {
		r := p.Rounded()
		if math.Abs(sum(r)-p.Sum) > 1e-9 || len(p.Check(r, "as fitted")) > 0 {
			t.Errorf("%s rounds to %v, which add up to %v", p.Name, r, sum(r))
		}
	}
	f.Rates = slices.Clone(f.Rates)
	f.Rates[0].Monthly = false
	if months = of(t, number.Of(f, loaded(t), nil), "month.management"); !months.Alike || months.SE != nil || months.Quality != "" {
		t.Errorf("months of a short history %+v", months)
	}
}

// TestCheck is the rule of a replacement as a table; each fault stands beside its field.
func TestCheck(t *testing.T) {
	_, f := capacitytest.Fits(t, 1, 1)
	all := number.Of(f, loaded(t), nil)
	flat := slices.Repeat([]float64{100}, 12)
	for _, c := range []struct {
		name   string
		values []float64
		reason string
		want   []string
	}{
		{"dna", []float64{4}, "r", nil}, {"dna", nil, "r", nil}, {"dna", []float64{51}, "", []string{"value capacity.replace.range", "reason capacity.replace.reason.empty"}},
		{"weekday.self", []float64{20, 20, 20, 20, 20, 0, 0}, "r", nil}, {"weekday.self", []float64{20, 20, 20, 20, 20.1, 0, 0}, "r", nil},
		{"weekday.self", []float64{20, 20, 20, 20, 21, 0, 0}, "r", []string{"value_0 capacity.replace.sum.weekday"}},
		{"weekday.self", []float64{20, -20, 20, 20, 20, 20, 20}, "r", []string{"value_1 capacity.replace.range"}},
		{"weekday.self", []float64{math.NaN(), 20, 20, 20, 20, 20, 0}, "r", []string{"value_0 capacity.replace.range"}},
		{"weekday.self", []float64{50, 50}, "r", []string{"value_0 capacity.replace.all"}},
		{"month.self", flat, "r", nil}, {"month.self", append(flat[:11:11], 90), "r", nil}, {"wander", []float64{101}, "r", []string{"value capacity.replace.range"}}, {"wander_memory", []float64{90}, "r", nil},
	} {
		if c.name == "month.self" && c.values[11] == 90 {
			c.want = []string{"value_0 capacity.replace.sum.month"}
		}
		var got []string
		for _, x := range of(t, all, c.name).Check(c.values, c.reason) {
			got = append(got, x.Name+" "+x.Key)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %v: %q, want %q", c.name, c.values, got, c.want)
		}
	}
}

// TestInForce: the last of a name holds, and one without numbers takes away those before it.
func TestInForce(t *testing.T) {
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	got := number.InForce([]number.Override{{Name: "gap", At: at}, {Name: "dna", Values: []float64{4}}, {Name: "dna", Values: []float64{5}}, {Name: "gap", Values: []float64{9}}})
	if len(got) != 1 || got["dna"][0] != 4 {
		t.Errorf("%v", got)
	}
}
