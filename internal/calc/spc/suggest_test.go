package spc_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// level is n points about a level, so that none lies on a mean.
func level(n int, at float64) (out []float64) {
	for i := range n {
		out = append(out, at+float64(i%3)*0.1)
	}
	return out
}

func months(n int) (out []civil.Date) {
	for i := range n {
		out = append(out, civil.MustParse("2024-01-01").AddMonths(i))
	}
	return out
}

func TestSuggest(t *testing.T) {
	for _, c := range []struct {
		name    string
		values  []float64
		rebase  []int
		missing []int
		ghost   []int
		want    spc.LongShift
		found   bool
	}{
		{"nothing has changed", []float64{1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3}, nil, nil, nil, spc.LongShift{}, false},
		{"twelve points lower", slices.Concat(level(12, 20), level(12, 10)), nil, nil, nil, spc.LongShift{Row: 12, Points: 12}, true},
		{"twelve points higher", slices.Concat(level(12, 10), level(12, 20)), nil, nil, nil, spc.LongShift{Row: 12, Points: 12, High: true}, true},
		{"eleven are too few to stand on", slices.Concat(level(12, 20), level(11, 10)), nil, nil, nil, spc.LongShift{}, false},
		{"a shift of eight, then both sides", slices.Concat(level(14, 20), level(8, 10), []float64{16, 12, 19, 11}), nil, nil, nil, spc.LongShift{Row: 14, Points: 12}, true},
		{"a shift of seven, then both sides", slices.Concat(level(14, 20), level(7, 10), []float64{18, 12, 19, 11, 18}), nil, nil, nil, spc.LongShift{}, false},
		{"it went back: the later shift counts, and is too short", slices.Concat(level(9, 20), level(12, 10), level(9, 20)), nil, nil, nil, spc.LongShift{}, false},
		{"recalculated since", slices.Concat(level(12, 20), level(14, 10)), []int{12}, nil, nil, spc.LongShift{}, false},
		{"recalculated too early", slices.Concat(level(12, 20), level(14, 10)), []int{2}, nil, nil, spc.LongShift{Row: 12, Points: 14}, true},
		{"missing and ghosted points do not count", slices.Concat(level(12, 20), level(13, 10)), nil, []int{15}, []int{16}, spc.LongShift{}, false},
		{"a gap does not end a shift", slices.Concat(level(12, 20), level(13, 10)), nil, []int{15}, nil, spc.LongShift{Row: 12, Points: 12}, true},
		{"no points", nil, nil, nil, nil, spc.LongShift{}, false},
	} {
		in := spc.Input{Values: spc.Series(c.values...), Dates: months(len(c.values)), Ghost: make([]bool, len(c.values))}
		for _, i := range c.missing {
			in.Values[i] = spc.Number{}
		}
		for _, i := range c.ghost {
			in.Ghost[i] = true
		}
		for _, i := range c.rebase {
			in.Rebase = append(in.Rebase, in.Dates[i])
		}
		out, err := spc.Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		got, found := spc.Suggest(in, out)
		if found != c.found || found && got != c.want {
			t.Errorf("%s: %+v %v, want %+v %v", c.name, got, found, c.want, c.found)
		}
	}
}

// Whatever is suggested begins inside the last segment, at a flagged shift, with enough points after it; the order
// of the rows does not matter; and who follows it has nothing suggested for the same points again.
func TestSuggestHolds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(13, 40).Draw(rt, "n")
		in := spc.Input{Dates: months(n)}
		shift := rapid.IntRange(1, n).Draw(rt, "shift")
		for i := range n {
			x := float64(rapid.IntRange(0, 20).Draw(rt, "x"))
			if i >= shift {
				x += 15
			}
			in.Values = append(in.Values, spc.Some(x))
		}
		out, err := spc.Compute(in)
		if err != nil {
			rt.Fatal(err)
		}
		got, found := spc.Suggest(in, out)
		turned := in
		turned.Values, turned.Dates = slices.Clone(in.Values), slices.Clone(in.Dates)
		slices.Reverse(turned.Values)
		slices.Reverse(turned.Dates)
		turnedOut, err := spc.Compute(turned)
		if err != nil {
			rt.Fatal(err)
		}
		if other, also := spc.Suggest(turned, turnedOut); also != found || found && (in.Dates[got.Row] != turned.Dates[other.Row] || got.Points != other.Points) {
			rt.Fatalf("turned round: %+v %v, before %+v %v", other, also, got, found)
		}
		if !found {
			return
		}
		if got.Row == 0 || n-got.Row != got.Points || got.Points < 12 || !out.Rules[got.Row].Has(spc.Shift) {
			rt.Fatalf("suggests %+v of %d points, rules %v", got, n, out.Rules[got.Row])
		}
		in.Rebase = []civil.Date{in.Dates[got.Row]}
		if out, err = spc.Compute(in); err != nil {
			rt.Fatal(err)
		}
		if again, found := spc.Suggest(in, out); found && again.Row <= got.Row {
			rt.Fatalf("suggested %+v, then %+v", got, again)
		}
	})
}
