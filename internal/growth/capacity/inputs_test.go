package capacity

import (
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
)

// TestHorizon: a plan for people that begins within a year says which five years are simulated; one that has begun, or begins later, does
// not.
func TestHorizon(t *testing.T) {
	for begins, want := range map[string]string{"2026-10-01": "2027-01-01", "2027-01-01": "2027-01-01", "2027-04-01": "2027-04-01", "2027-10-01": "2027-10-01", "2028-01-01": "2027-01-01", "2029-04-01": "2027-01-01"} {
		in := Inputs{}
		in.plan(civil.MustParse("2026-11-15"), civil.MustParse(begins))
		if got := in.Quarters[0].String(); got != want || in.Start.String() != "2026-11-16" || len(in.Quarters) != Quarters+1 || in.Quarters[Quarters] != in.Quarters[0].AddMonths(60) {
			t.Errorf("a plan from %s is simulated from %s on, want %s", begins, got, want)
		}
	}
}

// TestDiffer names what went in otherwise, a replaced number once.
func TestDiffer(t *testing.T) {
	base := Inputs{Staff: []Staff{{Hours: map[string]float64{"nurse": 40}}}, Fits: demand.Fits{AsAt: civil.MustParse("2026-11-15"), List: 60}, Target: 10}
	with := func(change func(*Inputs)) Inputs {
		in := base
		change(&in)
		return in
	}
	people := func(in *Inputs) { in.Staff = []Staff{{Hours: map[string]float64{"nurse": 60}}} }
	number := func(in *Inputs) { in.Replaced, in.Fits.List = map[string][]float64{"dna": {4}}, 61 }
	week := func(in *Inputs) { in.Fits.AsAt = civil.MustParse("2026-11-22") }
	for name, c := range map[string]struct {
		in   Inputs
		want []string
	}{
		"nothing": {base, nil}, "people": {with(people), []string{"people"}}, "number": {with(number), []string{"number"}}, "week": {with(week), []string{"activity"}}, "rules": {with(func(in *Inputs) { in.Target = 15 }), []string{"rules"}},
		"all": {with(func(in *Inputs) { people(in); number(in); week(in) }), []string{"people", "number", "activity"}},
	} {
		if got := c.in.differ(base); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
