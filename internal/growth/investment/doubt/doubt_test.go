package doubt_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/doubt"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

var (
	april = civil.Date{Year: 2027, Month: 4, Day: 1}
	all   = investment.In{Minimum: true, Preferred: true, Maximum: true}
	most  = investment.In{Preferred: true, Maximum: true}
)

func costs(pounds int64, in investment.In) investment.Line {
	return investment.Line{ID: uuid.New(), Title: "Licence", Kind: "licence", Treatment: "revenue", Pence: pounds * 100, Recurrent: true, Start: april, In: in, Type: "fixed"}
}

func brings(title, class, measure string, attribution, share float64, in investment.In) investment.Benefit {
	return investment.Benefit{ID: uuid.New(), Title: title, Class: class, Measure: measure, Population: title, Low: 1, Mode: 10, High: 20, UnitPence: 10_000, Attribution: attribution, Share: share, Ramp: []int{100}, Start: april, In: in}
}

func of(t *testing.T, lines []investment.Line, benefits []investment.Benefit) (keys []string, text string) {
	t.Helper()
	pack, err := investment.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	found, err := doubt.Of(investment.NewRecord(pack, investment.Plan{Start: april, Chosen: option.Preferred}, lines, benefits))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range found {
		keys = append(keys, d.Key)
	}
	text = strings.Join(doubt.Texts(context.Background(), found), "\n")
	if strings.Contains(text, "doubt.about") || strings.Contains(text, "{") {
		t.Errorf("words are missing: %s", text)
	}
	return keys, text
}

// TestOptions: an option that costs more must bring more, and the maximum is no less than the preferred one.
func TestOptions(t *testing.T) {
	nurse := func(heads int, in investment.In) investment.Line {
		return investment.Line{ID: uuid.New(), Title: "Nurse", Kind: "people", Treatment: "revenue", Role: "nurse", Band: "6", Heads: heads, WTE: 1, Recurrent: true, Start: april, In: in, Type: "staffing"}
	}
	days := brings("Days", "public", "Days lost", 100, 100, most)
	for name, c := range map[string]struct {
		lines    []investment.Line
		benefits []investment.Benefit
		want     []string
		says     string
	}{
		"nothing":                       {},
		"all options alike, worth it":   {[]investment.Line{costs(100, all)}, []investment.Benefit{brings("Days", "public", "Days lost", 100, 100, all)}, nil, ""},
		"a cost and no benefit":         {[]investment.Line{costs(1000, most)}, nil, []string{"idle"}, "Preferred costs £5,000 more over five years than Do minimum, and its benefits are no larger. Review the benefits."},
		"posts on top, benefits as was": {[]investment.Line{costs(100, most), costs(2000, investment.In{Maximum: true})}, []investment.Benefit{days}, []string{"idle"}, "Do maximum costs £10,000 more over five years than Preferred"},
		"the maximum is smaller": {[]investment.Line{nurse(2, investment.In{Preferred: true}), nurse(1, investment.In{Maximum: true})}, []investment.Benefit{days}, []string{"smaller", "fewer"},
			"Do maximum has fewer posts at the end of the plan than Preferred: 1 WTE against 2."},
	} {
		if got, text := of(t, c.lines, c.benefits); !slices.Equal(got, c.want) || !strings.Contains(text, c.says) {
			t.Errorf("%s: %q, %s", name, got, text)
		}
	}
	if found, err := doubt.Of(investment.Record{}); len(found) > 0 || err != nil {
		t.Errorf("no plan: %v, %v", found, err)
	}
}

// TestSimulated: waits that were simulated for other quarters than the plan's are told once for each such time; for the same, not.
func TestSimulated(t *testing.T) {
	from := func(start civil.Date) (out []investment.Wait) {
		for q := range investment.Quarters {
			out = append(out, investment.Wait{Start: start.AddMonths(3 * q), Median: 12})
		}
		return out
	}
	// at is the same, simulated within the plan: what had begun by then has no wait, and nobody can help that.
	at := func(made time.Time, start civil.Date) (out []investment.Wait) {
		for _, w := range from(start) {
			w.Made = made
			out = append(out, w)
		}
		return out
	}
	may := time.Date(2027, 5, 20, 9, 0, 0, 0, time.UTC)
	pack, err := investment.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	r := investment.NewRecord(pack, investment.Plan{Start: april, Chosen: option.Preferred}, nil, nil)
	for name, c := range map[string]struct {
		waits map[option.Option][]investment.Wait
		want  string
	}{
		"nothing was simulated":           {},
		"the same quarters":               {waits: map[option.Option][]investment.Wait{option.Preferred: from(april)}},
		"the quarters that had not begun": {waits: map[option.Option][]investment.Wait{option.Preferred: at(may, april.AddMonths(3))}},
		"one more than had begun": {map[option.Option][]investment.Wait{option.Preferred: at(may, april.AddMonths(6))},
			"Waits (Preferred) were simulated for October 2027 to September 2032; the investment plan runs from April 2027 to March 2032. 1 of its quarters has no planned wait."},
		"a quarter later": {map[option.Option][]investment.Wait{option.Preferred: from(april.AddMonths(3)), option.Nothing: from(april.AddMonths(3))},
			"Waits (Do nothing, Preferred) were simulated for July 2027 to June 2032; the investment plan runs from April 2027 to March 2032. 1 of its quarters has no planned wait."},
		"a year sooner, one of them": {map[option.Option][]investment.Wait{option.Preferred: from(april), option.Nothing: from(april.AddMonths(-12))},
			"Waits (Do nothing) were simulated for April 2026 to March 2031; the investment plan runs from April 2027 to March 2032. 4 of its quarters have no planned wait."},
	} {
		r.Waits = c.waits
		found, err := doubt.Of(r)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(doubt.Texts(context.Background(), found), "\n"); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestClaimed: one figure, more than all of its change: however the figure is written, as whichever kind, and whoever it is said to be for.
func TestClaimed(t *testing.T) {
	cited := func(b investment.Benefit, name string) investment.Benefit {
		b.Cited = &figure.Checked{Citation: figure.Citation{Figure: figure.Figure{Ref: figure.Ref{Kind: "indicator", Name: name}}}}
		return b
	}
	first := brings("Nurses", "public", "Sickness absence days", 80, 100, most)
	for name, c := range map[string]struct {
		second investment.Benefit
		says   string
	}{
		"other words for the same":        {brings("Everybody", "public", "Days of sickness absence", 50, 100, all), "“Nurses”, “Everybody” together claim 130% of the change of “Sickness absence days” in Do maximum, all as one kind of benefit: other public value."},
		"what is left of it":              {brings("Everybody", "public", "Days of sickness absence", 80, 50, all), "together claim 120%"},
		"half each":                       {brings("Everybody", "cash", "Days of sickness absence", 50, 100, all), "together claim 130%"},
		"another figure":                  {brings("Everybody", "public", "Days waited", 100, 100, all), ""},
		"another kind":                    {brings("Everybody", "cash", "Sickness absence days", 100, 100, all), "together claim 180% of the change of “Sickness absence days” in Do maximum, as 2 kinds of benefit: other public value, cash-releasing."},
		"another kind, of what is left":   {brings("Everybody", "cash", "Sickness absence days", 20, 100, all), ""},
		"figures apart under one name":    {cited(brings("Everybody", "public", "Sickness absence days", 100, 100, all), "A2"), ""},
		"never in the same option":        {brings("Everybody", "public", "Sickness absence days", 100, 100, investment.In{Minimum: true}), ""},
		"the same figure, renamed by now": {cited(brings("Everybody", "public", "Absence", 50, 100, all), "A1"), "together claim 130%"},
	} {
		a := first
		if c.second.Cited != nil {
			a = cited(first, "A1")
		}
		keys, text := of(t, nil, []investment.Benefit{a, c.second})
		if slices.Contains(keys, "claimed") != (c.says != "") || !strings.Contains(text, c.says) {
			t.Errorf("%s: %q, %s", name, keys, text)
		}
	}
	shared := []investment.Benefit{brings("A", "cash", "Days lost", 50, 60, all), brings("B", "public", "Lost days", 50, 40, all)}
	for i := range shared {
		shared[i].Population = "Nursing staff"
	}
	if keys, text := of(t, nil, shared); len(keys) != 0 {
		t.Errorf("shared out: %q, %s", keys, text)
	}
	for i := range shared { // half is due to the plan, and each of the two takes all of that half
		shared[i].Share = 100
	}
	if keys, text := of(t, nil, shared); !slices.Contains(keys, "claimed") || !strings.Contains(text, "No more than 50% of it can be due to the plan.") {
		t.Errorf("twice the half that is due: %q, %s", keys, text)
	}
	shared[1].Population = "Everybody else"
	if keys, text := of(t, nil, shared); len(keys) != 0 {
		t.Errorf("half of each of two groups: %q, %s", keys, text)
	}
	three := []investment.Benefit{brings("A", "cash", "Days lost", 50, 100, all), brings("B", "cash", "Days lost", 50, 50, all), brings("C", "cash", "days-lost", 50, 100, all)}
	if keys, text := of(t, nil, three); len(keys) != 1 || !strings.Contains(text, "“A”, “B”, “C” together claim 125%") {
		t.Errorf("three: %q, %s", keys, text)
	}
}
