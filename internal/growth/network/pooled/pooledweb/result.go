package pooledweb

import (
	"context"
	"math"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func whole(x float64) string { return strconv.Itoa(int(math.Round(x))) }

func tenth(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// way is what a change is called: longer and shorter only where nine in ten futures agree.
func way(s pooled.Side) string {
	switch c := s.Change[pooled.Within]; {
	case c.Low > 0:
		return "sooner"
	case c.High < 0:
		return "later"
	case c == pooled.Band{}:
		return "same"
	}
	return "unsure"
}

// says is the sentence that a board member can repeat.
func says(ctx context.Context, r pooled.Ran) string {
	all := r.Result.All
	c := all.Change[pooled.Within]
	low, high := signed(c.Low), signed(c.High)
	switch way(all) {
	case "sooner":
		low, high = whole(c.Low), whole(c.High)
	case "later":
		low, high = whole(-c.High), whole(-c.Low)
	}
	return locale.T(ctx, "pooled.says", "professions", names(ctx, r.Inputs.Professions), "before", whole(all.Apart[pooled.Within].Middle), "after", whole(all.Together[pooled.Within].Middle), "n", r.Inputs.Target,
		"change", locale.Key("pooled.way."+way(all)), "low", low, "high", high)
}

// signed says a change with its sign.
func signed(x float64) string {
	if math.Round(x) > 0 {
		return "+" + whole(x)
	}
	return whole(x)
}

// tally says for how many services pooling is what.
func tally(ctx context.Context, r pooled.Ran) string {
	n := map[string]int{}
	for _, s := range r.Result.Services {
		n[way(s)]++
	}
	return locale.T(ctx, "pooled.tally", "n", len(r.Result.Services), "sooner", n["sooner"], "later", n["later"], "rest", n["same"]+n["unsure"])
}

func pairs(ctx context.Context, r pooled.Ran) chart.Pairs {
	p := chart.Pairs{ID: "pooled", Title: locale.T(ctx, "pooled.chart", "n", r.Inputs.Target), Unit: "%", First: locale.T(ctx, "pooled.apart"), Second: locale.T(ctx, "pooled.together"), Says: tally(ctx, r)}
	for i, s := range r.Result.Services {
		p.Rows = append(p.Rows, chart.Pair{Label: label(ctx, r.Inputs.Members[i]), First: s.Apart[pooled.Within].Middle, Second: s.Together[pooled.Within].Middle})
	}
	return p
}

// days says a wait: what is longer than the simulation tells apart is said to be.
func days(ctx context.Context, b pooled.Band) string {
	if b.Middle >= pooled.Longest {
		return locale.T(ctx, "pooled.longest", "n", pooled.Longest-1)
	}
	return whole(b.Middle)
}

func table(ctx context.Context, r pooled.Ran) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "pooled.table", "definition", r.Inputs.Definition), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "network.organisation"), locale.T(ctx, "pooled.within", "n", r.Inputs.Target), locale.T(ctx, "pooled.median"), locale.T(ctx, "pooled.p90"), locale.T(ctx, "pooled.list"))}
	row := func(name string, s pooled.Side) {
		from := func(k pooled.Measure, say func(pooled.Band) string) string {
			return locale.T(ctx, "pooled.from_to", "before", say(s.Apart[k]), "after", say(s.Together[k]))
		}
		number := func(b pooled.Band) string { return whole(b.Middle) }
		wait := func(b pooled.Band) string { return days(ctx, b) }
		c := s.Change[pooled.Within]
		t.Rows = append(t.Rows, nhsuk.Cells(name, locale.T(ctx, "pooled.cell", "value", from(pooled.Within, number), "low", signed(c.Low), "high", signed(c.High)), from(pooled.Median, wait), from(pooled.P90, wait), from(pooled.List, number)))
	}
	for i, s := range r.Result.Services {
		row(label(ctx, r.Inputs.Members[i]), s)
	}
	row(locale.T(ctx, "pooled.all"), r.Result.All)
	return t
}
