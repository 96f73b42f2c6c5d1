package disclosure_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
)

// TestStock: by every two amounts up to 60 in steps of a quarter, a change that is certain is of as many as the threshold or more, and
// what is under the threshold is hidden.
func TestStock(t *testing.T) {
	for _, topic := range []disclosure.Topic{disclosure.General, disclosure.Special} {
		threshold := float64(topic.Rule().Threshold)
		for a := 0.0; a <= 60; a += 0.25 {
			x := disclosure.Stock(a, 60, topic)
			v, shown := x.Value()
			if shown != (a >= threshold) || shown && (!disclosure.MayBeStock(v) || math.Abs(float64(v)-a) > disclosure.StockRounding) {
				t.Errorf("%v is shown as %s", a, x)
			}
			if got := disclosure.Stock(a, int(threshold)-1, topic); !got.Hidden() {
				t.Errorf("%v of %v people is %s", a, threshold-1, got)
			}
			for b := 0.0; b < a; b += 0.25 {
				w, also := disclosure.Stock(b, 60, topic).Value()
				certain := float64(v-w) - 2*disclosure.StockRounding
				if shown && also && certain > 0 && a-b < threshold {
					t.Errorf("%v told as %d and %v told as %d: %v are certain to have left", a, v, b, w, certain)
				}
			}
		}
	}
	for v, want := range map[int]bool{0: false, 5: false, 10: true, 15: false, 20: true, -10: false} {
		if disclosure.MayBeStock(v) != want {
			t.Errorf("%d", v)
		}
	}
}

// TestNarrows: what is told of a total leaves every hidden part as it was, however the seats that everybody knows of may be filled.
func TestNarrows(t *testing.T) {
	part := func(amount, most float64) disclosure.Portion {
		return disclosure.Portion{Shown: disclosure.Stock(amount, int(amount), disclosure.General), Amount: amount, Most: most}
	}
	total := func(parts ...disclosure.Portion) (disclosure.Figure, []disclosure.Portion, disclosure.Topic) {
		sum := 0.0
		for _, p := range parts {
			sum += p.Amount
		}
		return disclosure.Stock(sum, int(sum), disclosure.General), parts, disclosure.General
	}
	if disclosure.Narrows(total(part(10, 10), part(4, 5), part(5, 5))) { // 19 as 20: 15 or more, of which 15 may be elsewhere
		t.Error("15 or more in 20 posts tell of 4 in 5, or of 5 in 5")
	}
	if !disclosure.Narrows(total(part(10, 10), part(5, 7))) { // 15 as 20: 15 or more, of which 10 elsewhere
		t.Error("15 or more in 17 posts do not tell of the 5")
	}
	if !disclosure.Narrows(total(part(2, 30), part(6.5, 30))) { // 8.5 as 10
		t.Error("no more than 15 in 60 posts do not tell of either")
	}
	if disclosure.Narrows(total(part(1, 1), part(2, 2))) {
		t.Error("a total that is hidden tells")
	}
	rapid.Check(t, func(t *rapid.T) {
		var parts []disclosure.Portion
		for range rapid.IntRange(1, 4).Draw(t, "parts") {
			posts := float64(rapid.IntRange(0, 30).Draw(t, "posts")) / 2
			parts = append(parts, part(float64(rapid.IntRange(0, int(2*posts)).Draw(t, "filled"))/2, posts))
		}
		whole, parts, topic := total(parts...)
		v, ok := whole.Value()
		if !ok || disclosure.Narrows(whole, parts, topic) {
			return
		}
		// Every hidden part can be empty, and can be full: greedily, as the rest is free between its ends.
		for i, p := range parts {
			if !p.Shown.Hidden() {
				continue
			}
			for _, at := range []float64{0, p.Most} {
				low, high := at, at
				for j, q := range parts {
					switch n, shown := q.Shown.Value(); {
					case j == i:
					case shown:
						low, high = low+math.Max(0, float64(n-disclosure.StockRounding)), high+math.Min(q.Most, float64(n+disclosure.StockRounding))
					default:
						high += q.Most
					}
				}
				if high < float64(v-disclosure.StockRounding)-1e-9 || low > float64(v+disclosure.StockRounding)+1e-9 {
					t.Fatalf("part %d of %+v cannot be %v beside %d", i, parts, at, v)
				}
			}
		}
	})
}

// TestTells: of every month up to 60 people, the exact counts that fit what is published and the rounded whole leave no small side
// certain; with Share alone they do.
func TestTells(t *testing.T) {
	for _, topic := range []disclosure.Topic{disclosure.General, disclosure.Special} {
		rule := topic.Rule()
		// Share alone, and the same where it is published only if it is what leaves.
		share := func(part, whole int) disclosure.Percentage {
			return disclosure.Share(disclosure.Count(part, topic), disclosure.Count(whole, topic))
		}
		told := func(by func(part, whole int) disclosure.Percentage) (bad int) {
			type seen struct {
				whole   string
				percent disclosure.Percentage
			}
			fits := map[seen][][2]int{}
			for whole := range 61 {
				for part := range whole + 1 {
					k := seen{disclosure.Count(whole, topic).String(), by(part, whole)}
					fits[k] = append(fits[k], [2]int{part, whole})
				}
			}
			for k, all := range fits {
				if _, ok := k.percent.Value(); !ok {
					continue
				}
				for _, x := range all {
					if rest := x[1] - x[0]; rest > 0 && rule.Hides(rest) || x[0] > 0 && rule.Hides(x[0]) {
						bad++
					}
				}
			}
			return bad
		}
		if bad := told(func(part, whole int) disclosure.Percentage {
			if n, ok := share(part, whole).Value(); ok {
				if p, w := disclosure.Split(part, whole, topic); disclosure.Tells(float64(n), p, w) {
					return share(part, whole)
				}
			}
			return disclosure.Percentage{}
		}); bad != 0 {
			t.Errorf("%d months with a small side are told", bad)
		}
		if told(share) == 0 {
			t.Error("Share alone tells no small side: the test proves nothing")
		}
	}
}
