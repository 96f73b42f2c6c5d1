package advice_test

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/advice"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/mix"
)

// answer has so many of 100 with 0, 1, 2... people more, and with the vacant posts filled; filled 0 is without a vacancy.
func answer(filled float64, shares ...float64) (s capacity.Staffed) {
	at := func(x float64) []mix.Share { return []mix.Share{{Low: x - 5, Middle: x, High: x + 5}} }
	for n, x := range shares {
		s.Table = append(s.Table, capacity.With{Posts: n, Within: at(x)})
	}
	if filled > 0 {
		s.Filled = &capacity.With{Within: at(filled)}
	}
	return s
}

// TestOf is the rule as a table.
func TestOf(t *testing.T) {
	for name, c := range map[string]struct {
		s              capacity.Staffed
		percent, added float64
		want           advice.Next
	}{
		"enough":                      {answer(95, 91, 95), 90, 0, advice.Next{Kind: advice.Enough, Bring: 91}},
		"posts do":                    {answer(0, 68, 80, 92), 90, 0, advice.Next{Kind: advice.Plan, Posts: 2, Bring: 92, More: 2}},
		"some are planned":            {answer(0, 68, 80, 92), 90, 0.4, advice.Next{Kind: advice.Plan, Posts: 2, Bring: 92, More: 1.6}},
		"all are planned":             {answer(0, 68, 80, 92), 90, 2, advice.Next{Kind: advice.Held, Posts: 2, Bring: 92}},
		"more than all":               {answer(0, 68, 80, 92), 90, 3.2, advice.Next{Kind: advice.Held, Posts: 2, Bring: 92}},
		"filling reaches it":          {answer(90, 68, 80, 97), 90, 0, advice.Next{Kind: advice.Fill, Posts: 2, Bring: 97, More: 2}},
		"filling does not":            {answer(75, 68, 80, 97), 90, 0, advice.Next{Kind: advice.Plan, Posts: 2, Bring: 97, More: 2}},
		"filling does as well":        {answer(70.2, 68, 70.4, 70.8, 71), 90, 0, advice.Next{Kind: advice.Fill, Posts: 1, Bring: 70.4, More: 1}},
		"none reaches, one is best":   {answer(0, 68, 72.4, 72.8, 73), 90, 0, advice.Next{Kind: advice.Plan, Posts: 1, Bring: 72.4, More: 1}},
		"none helps":                  {answer(0, 70.2, 70.4, 70.8, 71), 90, 0, advice.Next{Kind: advice.None, Bring: 70.2}},
		"none helps, nor filling":     {answer(70.5, 70.2, 70.4, 71), 90, 0, advice.Next{Kind: advice.None, Bring: 70.2}},
		"what is best is planned too": {answer(0, 68, 72.4, 72.8), 90, 1.6, advice.Next{Kind: advice.Held, Posts: 1, Bring: 72.4}},
	} {
		if got := advice.Of(c.s, 0, c.percent, c.added, false); got.Kind != c.want.Kind || got.Posts != c.want.Posts || got.Bring != c.want.Bring || got.More < c.want.More-1e-9 || got.More > c.want.More+1e-9 {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// TestHeads: what is to be planned is shared out in equal parts.
func TestHeads(t *testing.T) {
	for more, want := range map[float64]struct {
		heads int
		wte   float64
	}{1: {1, 1}, 2: {2, 1}, 0.6: {1, 0.6}, 1.6: {2, 0.8}, 2.2: {3, 0.73}} {
		if heads, wte := (advice.Next{More: more}).Heads(); heads != want.heads || wte != want.wte {
			t.Errorf("%v is %d of %v, want %+v", more, heads, wte, want)
		}
	}
}

// TestFew: where hardly any hours are recorded nobody is led to posts, nor to filling them, and enough is enough.
func TestFew(t *testing.T) {
	for name, s := range map[string]capacity.Staffed{"posts do": answer(0, 68, 80, 92), "filling reaches it": answer(90, 68, 80, 97), "none helps": answer(0, 70.2, 70.4, 70.8, 71)} {
		for _, added := range []float64{0, 2} {
			if got := advice.Of(s, 0, 90, added, true); got.Kind != advice.Record || got.More != 0 || got.Posts != 0 {
				t.Errorf("%s, %v added: %+v", name, added, got)
			}
		}
	}
	if got := advice.Of(answer(95, 91, 95), 0, 90, 0, true); got.Kind != advice.Enough {
		t.Errorf("enough are seen, and it is %+v", got)
	}
}
