package equity

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
)

func pack(t *testing.T) (release.Pack, release.Metric) {
	t.Helper()
	p, err := release.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	m, ok := p.Find(Metric)
	if !ok {
		t.Fatal("no metric")
	}
	return p, m
}

func told(who, item string, part, whole int) system.Value {
	f := release.OfGroup(Metric, item, "access, version 1", release.Figure{}.Month, &part, &whole)
	if part < 0 {
		f = release.OfGroup(Metric, item, "access, version 1", f.Month, nil, &whole)
	}
	return system.Value{Who: system.Who{Code: who}, Figure: f}
}

func division(all []Division, id string) Division {
	for _, d := range all {
		if d.ID == id {
			return d
		}
	}
	return Division{}
}

// TestRatio: each organisation is compared with itself, so one that sees more and has more of a group makes no difference; the interval
// is the textbook's, and a little wider for rounding.
func TestRatio(t *testing.T) {
	p, m := pack(t)
	var values []system.Value
	for i, x := range []struct{ women, men, percent int }{{1000, 200, 5}, {800, 400, 10}, {200, 1000, 20}} {
		who := fmt.Sprint(i)
		values = append(values, told(who, "sex.female", x.women*x.percent/100, x.women), told(who, "sex.male", x.men*x.percent/100, x.men), told(who, "sex.not_declared", 40, 400))
	}
	got := division(Divide(m, values, p), "sex")
	women := got.Groups[0]
	if women.N != 3 || math.Abs(women.Ratio-1) > 1e-9 || women.Flagged || Per1000(women.Seen, women.Staff) > 100 || Per1000(women.RestSeen, women.RestOf) < 120 {
		t.Errorf("women: %+v", women)
	}
	if got.None == nil || got.None.N != 3 || got.None.Staff != 1200 || got.None.RestOf != 3600 || got.Share != 25 {
		t.Errorf("not declared: %+v, %g%%", got.None, got.Share)
	}
	// By hand, of one table thrice: 60 of 1,000 against 120 of 1,000: the ratio is 0.5, and its logarithm has the variance
	// (1/60 - 1/1000 + 1/120 - 1/1000) / 3 without rounding.
	values = nil
	for i := range 3 {
		values = append(values, told(fmt.Sprint(i), "sex.female", 60, 1000), told(fmt.Sprint(i), "sex.male", 120, 1000))
	}
	women = division(Divide(m, values, p), "sex").Groups[0]
	plain := 0.5 * math.Exp(-z95*math.Sqrt((1.0/60-1.0/1000+1.0/120-1.0/1000)/3))
	if math.Abs(women.Ratio-0.5) > 1e-9 || women.Low >= plain || women.Low < 0.97*plain || !women.Flagged || math.Abs(women.Low*women.High-0.25) > 1e-9 {
		t.Errorf("%+v, without rounding from %g", women, plain)
	}
}

// TestHidden: an organisation that hides a group is left out of its ratio, and counted; a hidden group is in nobody's rest; too few
// organisations, or one that is nearly all, make no ratio; those who declared nothing are in no group's rest.
func TestHidden(t *testing.T) {
	p, m := pack(t)
	values := []system.Value{}
	for _, who := range []string{"A", "B", "C", "D"} {
		values = append(values, told(who, "ethnic_group.asian", 20, 200), told(who, "ethnic_group.white", 50, 500), told(who, "ethnic_group.not_declared", 500, 1000))
		if who != "D" {
			values = append(values, told(who, "ethnic_group.black", 10, 100))
		} else {
			values = append(values, told(who, "ethnic_group.black", -1, 0))
		}
	}
	d := division(Divide(m, values, p), "ethnic_group")
	if g := d.Groups[1]; g.Code != "black" || g.N != 3 || g.Hidden != 1 || g.RestOf != 2100 || g.RestSeen != 210 || g.Enough != system.Yes {
		t.Errorf("black: %+v", g)
	}
	if g := d.Groups[0]; g.N != 4 || g.RestOf != 2000+300 {
		t.Errorf("asian: %+v", g)
	}
	if g := d.Groups[2]; g.Enough != system.FewUnits || g.N != 0 || g.Ratio != 0 {
		t.Errorf("mixed, of whom nobody told: %+v", g)
	}
	// One that hides a group of 300 makes the interval wider on both sides, and the ratio no other.
	before := d.Groups[1]
	for i := range values {
		if values[i].Code == "D" && values[i].Item == "ethnic_group.black" {
			n := 300
			values[i].Whole = &n
		}
	}
	if g := division(Divide(m, values, p), "ethnic_group").Groups[1]; g.Ratio != before.Ratio || g.Low >= before.Low || g.High < before.High || g.N != 3 {
		t.Errorf("300 hidden: %+v, before %+v", g, before)
	}
	for i := range values {
		if values[i].Code == "A" && values[i].Item == "ethnic_group.asian" {
			n := 100_000
			values[i].Whole = &n
		}
	}
	if g := division(Divide(m, values, p), "ethnic_group").Groups[0]; g.Enough != system.Dominated || g.Ratio != 0 {
		t.Errorf("one makes nearly all: %+v", g)
	}
}

// TestCovers: the interval holds the truth about as often as it says, with counts that are rounded.
func TestCovers(t *testing.T) {
	p, m := pack(t)
	rng := rand.New(rand.NewPCG(5, 6))
	hit, rounds := 0, 400
	const truth = 0.7
	for range rounds {
		var values []system.Value
		for i := range 6 {
			who, rate := fmt.Sprint(i), 0.05+0.1*rng.Float64()
			draw := func(n int, p float64) (k int) {
				for range n {
					if rng.Float64() < p {
						k++
					}
				}
				return disclosure.Round(k)
			}
			women, men := 400+5*rng.IntN(100), 200+5*rng.IntN(60)
			values = append(values, told(who, "sex.female", draw(women, rate*truth), women), told(who, "sex.male", draw(men, rate), men))
		}
		if g := division(Divide(m, values, p), "sex").Groups[0]; g.Low <= truth && truth <= g.High {
			hit++
		}
	}
	if hit < rounds*92/100 || hit > rounds*99/100 {
		t.Errorf("the interval holds the truth %d times of %d", hit, rounds)
	}
}
