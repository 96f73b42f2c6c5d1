package fivecase_test

import (
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/foretold"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// TestStaleWaitNeedsConsent: a case that rests on a wait which is out of date goes to the board only if somebody says that it may, as
// one that rests on a figure which has moved.
func TestStaleWaitNeedsConsent(t *testing.T) {
	today := civil.MustParse("2026-11-10")
	asks := func(d fivecase.Draft, consents bool) bool {
		return slices.ContainsFunc(d.CheckPaper(fivecase.Paper{Meeting: today, Recommendation: "Agree", Wellbeing: "Better", Outdated: consents}, today), func(f fault.Field) bool { return f.Name == "outdated" })
	}
	old, fresh := investment.Wait{Median: 9, Stale: true}, investment.Wait{Median: 12}
	for name, c := range map[string]struct {
		wait    foretold.Pair
		figures int
		n       int
	}{
		"nothing is out of date":           {foretold.Pair{Option: option.Preferred, With: &fresh, Nothing: &fresh}, 0, 0},
		"nobody simulated it":              {foretold.Pair{Option: option.Preferred}, 0, 0},
		"the wait of the option":           {foretold.Pair{Option: option.Preferred, With: &old, Nothing: &fresh}, 0, 1},
		"that of doing nothing":            {foretold.Pair{Option: option.Preferred, With: &fresh, Nothing: &old}, 0, 1},
		"both, and a figure in every part": {foretold.Pair{Option: option.Preferred, With: &old, Nothing: &old}, 1, 2 + 5},
	} {
		d := written(t, 300, c.figures)
		d.Wait = c.wait
		if d.Outdated() != c.n {
			t.Errorf("%s: %d things are out of date, want %d", name, d.Outdated(), c.n)
		}
		if asks(d, false) != (c.n > 0) || asks(d, true) {
			t.Errorf("%s: asks %v, and %v of whoever has said so", name, asks(d, false), asks(d, true))
		}
	}
}

// TestLost: a text of which a figure is gone cannot be said to hold as it is.
func TestLost(t *testing.T) {
	text := fivecase.Text{Figures: []figure.Checked{{Standing: figure.Current}, {Standing: figure.Newer}}}
	if text.Lost() || len(text.Changed()) != 1 {
		t.Errorf("lost %v, changed %v", text.Lost(), text.Changed())
	}
	text.Figures = append(text.Figures, figure.Checked{Standing: figure.Gone})
	if !text.Lost() || len(text.Changed()) != 2 {
		t.Errorf("lost %v, changed %v", text.Lost(), text.Changed())
	}
}

// TestOffered: what a part mostly relies on is offered first, and every part has an order of its own.
func TestOffered(t *testing.T) {
	for part, first := range map[string]string{"strategic": "indicator", "economic": "case", "commercial": "workforce", "financial": "case", "management": "forecast"} {
		if fivecase.Offered(part, first) != 0 || fivecase.Offered(part, "another") <= fivecase.Offered(part, "case") {
			t.Errorf("%s does not begin with %s", part, first)
		}
	}
}
