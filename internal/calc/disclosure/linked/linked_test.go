package linked_test

import (
	"math/rand/v2"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/linked"
)

func n(x int) *int { return &x }

// TestByHand: what one division hides another tells, and further knowledge narrows.
func TestByHand(t *testing.T) {
	divisions := [][]linked.Shown{
		{{Part: n(20), Whole: n(100)}, {Whole: n(50)}},
		{{Part: n(30), Whole: n(150)}},
	}
	all, err := linked.Intervals(divisions)
	if err != nil {
		t.Fatal(err)
	}
	// 28 to 32 less 18 to 22.
	if got := all[0][1].Part; got != (linked.Span{Low: 6, High: 14}) {
		t.Errorf("%+v", got)
	}
	if got := all[0][1].Rest; got != (linked.Span{Low: 34, High: 46}) {
		t.Errorf("%+v", got)
	}
	apart, err := linked.Apart(divisions)
	if err != nil {
		t.Fatal(err)
	}
	if got := apart[0][1].Part; got != (linked.Span{Low: 0, High: 52}) {
		t.Errorf("%+v", got)
	}
	more, err := linked.Intervals(divisions, linked.Row{Parts: map[[2]int]float64{{0, 0}: 1, {0, 1}: 1}, Low: 28, High: 28})
	if err != nil {
		t.Fatal(err)
	}
	if got := more[0][1].Part; got != (linked.Span{Low: 6, High: 10}) {
		t.Errorf("%+v", got)
	}
	if _, err := linked.Intervals([][]linked.Shown{{{Part: n(100), Whole: n(100)}}, {{Part: n(10), Whole: n(10)}}}); err == nil {
		t.Error("100 people are 10")
	}
}

// TestAgainstEnumeration: the ends of every interval are those of all tables that fit, tried one by one.
func TestAgainstEnumeration(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	const most = 9
	for range 40 {
		// Two divisions of two groups, of few people, so that all can be tried.
		a, b := rng.IntN(most), rng.IntN(most)
		all := a + b
		c := rng.IntN(all + 1)
		truth := [2][2]int{{a, b}, {c, all - c}}
		shown := make([][]linked.Shown, 2)
		for d := range truth {
			for _, x := range truth[d] {
				s := linked.Shown{Whole: n(0)} // of the wholes nothing is hidden: they are the parts
				if rng.IntN(2) == 0 {
					s.Part = n(disclosure.Round(x))
				}
				s.Whole = n(disclosure.Round(x))
				shown[d] = append(shown[d], s)
			}
		}
		got, err := linked.Intervals(shown)
		if err != nil {
			t.Fatal(err)
		}
		fits := func(s linked.Shown, part, whole int) bool {
			ok := func(n *int, x int) bool {
				return n == nil || x >= *n-disclosure.Rounding && x <= *n+disclosure.Rounding
			}
			return part <= whole && ok(s.Part, part) && ok(s.Whole, whole)
		}
		want := [2][2]linked.Span{}
		for d := range want {
			for g := range want[d] {
				want[d][g] = linked.Span{Low: linked.Open}
			}
		}
		type sum struct{ part, whole int }
		sums := [2]map[sum][][4]int{{}, {}}
		for d := range 2 {
			for w0 := range most + all + 3 {
				for p0 := range w0 + 1 {
					if !fits(shown[d][0], p0, w0) {
						continue
					}
					for w1 := range most + all + 3 {
						for p1 := range w1 + 1 {
							if fits(shown[d][1], p1, w1) {
								k := sum{p0 + p1, w0 + w1}
								sums[d][k] = append(sums[d][k], [4]int{p0, w0, p1, w1})
							}
						}
					}
				}
			}
		}
		for k, first := range sums[0] {
			second, ok := sums[1][k]
			if !ok {
				continue
			}
			for d, list := range [][][4]int{first, second} {
				for _, x := range list {
					for g := range 2 {
						s := &want[d][g]
						s.Low, s.High = min(s.Low, x[2*g]), max(s.High, x[2*g])
					}
				}
			}
		}
		for d := range want {
			for g := range want[d] {
				if got[d][g].Part != want[d][g] {
					t.Errorf("%v shown %v: group %d of %d is %+v, tried %+v", truth, shown, g, d, got[d][g].Part, want[d][g])
				}
			}
		}
	}
}

// TestProtect: whatever the people, nothing small is pinned down in what Protect lets out, and where nothing is hidden much is; large
// groups are not hidden for nothing.
func TestProtect(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 11))
	threshold := disclosure.Special.Rule().Threshold
	exact, kept, cells, more := 0, 0, 0, 0
	for round := range 60 {
		people := 40 + rng.IntN(400)
		if round%10 == 0 {
			people = rng.IntN(25)
		}
		divisions := [][]linked.Count{make([]linked.Count, 5), make([]linked.Count, 3), make([]linked.Count, 2), make([]linked.Count, 4)}
		for range people {
			seen := rng.IntN(4) == 0
			for d := range divisions {
				g := min(rng.IntN(len(divisions[d])), rng.IntN(len(divisions[d])))
				divisions[d][g].Whole++
				if seen {
					divisions[d][g].Part++
				}
			}
		}
		shown, err := linked.Protect(divisions, disclosure.Special)
		if err != nil {
			t.Fatal(err)
		}
		count := func(shown [][]linked.Shown) (bad int) {
			known, err := linked.Intervals(shown)
			if err != nil {
				t.Fatal(err)
			}
			for d := range divisions {
				for g, c := range divisions[d] {
					for _, x := range []struct {
						n    int
						span linked.Span
					}{{c.Part, known[d][g].Part}, {c.Whole - c.Part, known[d][g].Rest}, {c.Whole, known[d][g].Whole}} {
						if x.n < x.span.Low || x.n > x.span.High {
							t.Fatalf("%+v: %d is outside %+v", divisions, x.n, x.span)
						}
						if x.n > 0 && x.n < threshold && x.span.Pinned(threshold) {
							bad++
						}
					}
				}
			}
			return bad
		}
		if bad := count(shown); bad > 0 {
			t.Errorf("%+v: %d pinned down in %v", divisions, bad, shown)
		}
		raw, primary := make([][]linked.Shown, len(divisions)), make([][]linked.Shown, len(divisions))
		for d := range divisions {
			for g, c := range divisions[d] {
				raw[d] = append(raw[d], linked.Shown{Part: n(disclosure.Round(c.Part)), Whole: n(disclosure.Round(c.Whole))})
				p, w := disclosure.Split(c.Part, c.Whole, disclosure.Special)
				x := linked.Shown{}
				if v, ok := p.Value(); ok {
					x.Part = &v
					cells++
					if shown[d][g].Part != nil {
						kept++
					}
				}
				if v, ok := w.Value(); ok {
					x.Whole = &v
				}
				primary[d] = append(primary[d], x)
			}
		}
		exact += count(raw)
		more += count(primary)
	}
	if exact == 0 || more == 0 {
		t.Errorf("nothing is pinned down without suppression (%d), or with the primary alone (%d): the test proves nothing", exact, more)
	}
	if kept*2 < cells {
		t.Errorf("of %d parts that might be shown %d are", cells, kept)
	}
	t.Logf("without suppression %d pinned down, with the primary alone %d, with both none; of %d parts that are not small %d are shown", exact, more, cells, kept)
}
