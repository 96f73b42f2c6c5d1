package foretold_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/foretold"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

var (
	ctx   = context.Background()
	start = civil.MustParse("2027-04-01")
	made  = time.Date(2027, 3, 2, 9, 0, 0, 0, time.UTC)
)

func wait(q int, title string, median, low, high float64) *investment.Wait {
	return &investment.Wait{Start: start.AddMonths(3 * q), Median: median, Low: low, High: high, Made: made, Scenario: title, Trust: "passed"}
}

// promised is a plan with waits of quarters 0 to a last one of each of the two options.
func promised(with, nothing int) investment.Promised {
	p := investment.Promised{Start: start, Chosen: option.Preferred, Options: map[option.Option]investment.Told{}}
	var a, b investment.Told
	for q := range with {
		a.Wait[q] = wait(q, "Two nurses", 9.5, 2, 54)
	}
	for q := range nothing {
		b.Wait[q] = wait(q, "Nothing changes", 31, 12, 80)
	}
	p.Options[option.Preferred], p.Options[option.Nothing] = a, b
	return p
}

// TestSentence: the middle and where 8 in 10 futures lie, of the last quarter that both options know, or of the option alone; and what
// nobody simulated is said, not left out.
func TestSentence(t *testing.T) {
	for _, c := range []struct {
		with, nothing int
		says, hides   []string
	}{
		{20, 20, []string{"in January to March 2032 half of people would wait 9.5 working days or less (between 2 and 54 working days in 8 of 10 simulated runs)", "If nothing is done: 31 working days or less (between 12 and 80 working days in 8 of 10 simulated runs)", "“Two nurses”", "“Nothing changes”"}, nil},
		{19, 20, []string{"in October to December 2031"}, nil}, // the simulation ends a quarter before the plan
		{20, 18, []string{"in July to September 2031", "31 working days"}, []string{"Nobody"}},
		{20, 0, []string{"January to March 2032", "Nobody has simulated doing nothing with the same demand"}, []string{"If nothing is done", "Nothing changes"}},
		{0, 20, []string{"Nobody has simulated the wait in this option"}, []string{"31"}},
	} {
		p := foretold.Last(promised(c.with, c.nothing))
		text := p.Sentence(ctx) + " " + p.Basis(ctx)
		for _, s := range c.says {
			if !strings.Contains(text, s) {
				t.Errorf("%d and %d: %q lacks %q", c.with, c.nothing, text, s)
			}
		}
		for _, s := range c.hides {
			if strings.Contains(text, s) {
				t.Errorf("%d and %d: %q has %q", c.with, c.nothing, text, s)
			}
		}
	}
}

// TestDoubts: out of date, failed, never tested and tested long ago are told apart; the frozen JSON keeps them; and nothing is said of a
// simulation that holds.
func TestDoubts(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*investment.Wait)
		want   []string
	}{
		"holds":         {func(*investment.Wait) {}, nil},
		"out of date":   {func(w *investment.Wait) { w.Stale = true }, []string{"Out of date"}},
		"failed":        {func(w *investment.Wait) { w.Trust = "failed" }, []string{"failed its test"}},
		"never":         {func(w *investment.Wait) { w.Trust = "never" }, []string{"never tested"}},
		"old":           {func(w *investment.Wait) { w.Trust = "old" }, []string{"newer activity"}},
		"stale, failed": {func(w *investment.Wait) { w.Stale, w.Trust = true, "failed" }, []string{"Out of date", "failed its test"}},
	} {
		p := promised(20, 20)
		told := p.Options[option.Preferred]
		c.change(told.Wait[19])
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var again investment.Promised
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatal(err)
		}
		got := foretold.Last(again).Doubts(ctx)
		if len(got) != len(c.want) || slices.ContainsFunc(c.want, func(s string) bool {
			return !slices.ContainsFunc(got, func(g string) bool { return strings.Contains(g, s) })
		}) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestSince: what came to light after the case was frozen is said, once.
func TestSince(t *testing.T) {
	p := foretold.Last(promised(20, 20))
	for name, c := range map[string]struct {
		change func(*investment.Wait)
		want   string
	}{
		"nothing":   {func(*investment.Wait) {}, ""},
		"stale":     {func(w *investment.Wait) { w.Stale = true }, "gone out of date"},
		"again":     {func(w *investment.Wait) { w.Made, w.Median = w.Made.AddDate(0, 1, 0), 12 }, "newer or another simulation"},
		"failed":    {func(w *investment.Wait) { w.Trust = "failed" }, "has failed its test since"},
		"other day": {func(w *investment.Wait) { w.Start = w.Start.AddMonths(3) }, "not there any more"},
	} {
		live := map[option.Option][]investment.Wait{option.Preferred: {*p.With}, option.Nothing: {*p.Nothing}}
		for o := range live {
			c.change(&live[o][0])
		}
		got := strings.Join(p.Since(ctx, live), " ")
		if !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
