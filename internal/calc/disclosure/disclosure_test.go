package disclosure

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

func TestCount(t *testing.T) {
	for _, c := range []struct {
		exact            int
		general, special string
	}{
		{0, "0", "fewer than 10"},
		{1, "fewer than 8", "fewer than 10"},
		{7, "fewer than 8", "fewer than 10"},
		{8, "10", "fewer than 10"},
		{9, "10", "fewer than 10"},
		{10, "10", "10"},
		{12, "10", "10"},
		{13, "15", "15"},
		{17, "15", "15"},
		{18, "20", "20"},
		{1502, "1500", "1500"},
	} {
		if got := Count(c.exact, General).String(); got != c.general {
			t.Errorf("%d: %s, want %s", c.exact, got, c.general)
		}
		if got := Count(c.exact, Special).String(); got != c.special {
			t.Errorf("%d special: %s, want %s", c.exact, got, c.special)
		}
	}
	if got := NotCollected.String(); got != "not collected" || NotCollected.Collected() || NotCollected.Hidden() {
		t.Error(got)
	}
}

func TestShare(t *testing.T) {
	for _, c := range []struct {
		part, whole Figure
		want        string
	}{
		{Count(9, General), Count(38, General), "25%"}, // 10 of 40
		{Count(0, General), Count(38, General), "0%"},
		{Count(5, General), Count(38, General), "too few to show"},
		{Count(8, General), Count(12, General), "too few to show"}, // 12 is shown as 10, under 11
		{Count(13, General), Count(13, General), "100%"},
		{Count(13, General), Count(12, General), "too few to show"},
		{Count(38, General), Count(36, General), "100%"}, // 40 of 35
		{NotCollected, Count(38, General), "not collected"},
		{Count(9, General), NotCollected, "not collected"},
	} {
		if got := Share(c.part, c.whole).String(); got != c.want {
			t.Errorf("%s of %s: %s, want %s", c.part, c.whole, got, c.want)
		}
	}
}

// What is published cannot be undone: each figure fits at least three exact counts,
// except a general nought.
func TestNothingCanBeUndone(t *testing.T) {
	for _, topic := range []Topic{General, Special} {
		fits := map[Figure]int{}
		for exact := range 1000 {
			fits[Count(exact, topic)]++
		}
		for f, n := range fits {
			if zero := Count(0, General); n < 3 && f != zero && f.rounded < 995 {
				t.Errorf("%s fits only %d counts", f, n)
			}
		}
	}
}

func TestRounding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		exact := rapid.IntRange(0, 1_000_000).Draw(t, "exact")
		f := Count(exact, rapid.SampledFrom([]Topic{General, Special}).Draw(t, "topic"))
		v, ok := f.Value()
		if ok && (v%5 != 0 || v-exact > 2 || exact-v > 2) {
			t.Fatalf("%d shown as %d", exact, v)
		}
		if ok == f.Hidden() {
			t.Fatalf("%d is both or neither", exact)
		}
	})
}

func TestJSON(t *testing.T) {
	got, err := json.Marshal([]Figure{Count(12, General), Count(3, General), NotCollected})
	if err != nil || string(got) != "[10,null,null]" {
		t.Errorf("%s %v", got, err)
	}
}

func TestStatistic(t *testing.T) {
	if Statistic(7, General) || !Statistic(8, General) || Statistic(9, Special) || !Statistic(10, Special) {
		t.Error("thresholds are 8 and 10")
	}
}

func TestRate(t *testing.T) {
	for _, c := range []struct {
		part, whole int
		per, want   float64
		shown       bool
	}{
		{12, 398, 1000, 25, true}, // 10 of 400
		{0, 398, 1000, 0, true},
		{7, 398, 1000, 0, false},
		{8, 10, 100, 0, false},
		{13, 12, 100, 0, false},
		{38, 36, 100, 100, true},
	} {
		if got, ok := Rate(Count(c.part, General), Count(c.whole, General), c.per); got != c.want || ok != c.shown {
			t.Errorf("%d of %d: %v %v, want %v %v", c.part, c.whole, got, ok, c.want, c.shown)
		}
	}
	if Group(10) || !Group(11) {
		t.Error("a survey group has 11 people")
	}
}
