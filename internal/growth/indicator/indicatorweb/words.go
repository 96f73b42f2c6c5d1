package indicatorweb

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/effect"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
)

// last writes the newest month, or why there is none.
func last(ctx context.Context, v indicator.View) string {
	p, ok := v.Last()
	switch {
	case ok:
		return v.Amount(ctx, p.Value.Value)
	case v.SmallSkips > 0:
		return locale.T(ctx, "indicator.board.too_few")
	}
	return locale.T(ctx, "indicator.board.no_value")
}

// drawn is the chart of a view: counts, waits and shares are never drawn below nought.
func drawn(ctx context.Context, v indicator.View) chart.XmR {
	floor, full := 0.0, 100.0
	c := chart.XmR{ID: "chart", Title: v.Words(ctx, "title"), Unit: locale.T(ctx, "indicator.unit."+v.Unit),
		UnitOne: locale.T(ctx, "indicator.unit."+v.Unit, "n", 1), Decimals: v.Decimals,
		In: v.In, Out: v.Out, Floor: &floor}
	if v.Clocked() {
		c.Title += ", " + locale.T(ctx, "indicator.clock."+string(v.Clock))
	}
	if v.Unit == "percent" {
		c.Ceiling = &full
	}
	for _, m := range v.Marks {
		c.Marks = append(c.Marks, chart.Mark{Date: m.Month, Text: locale.T(ctx, "indicator.note."+string(m.Kind), "text", m.Text, "author", m.Author)})
	}
	return c
}

// sentence says what may be said about an initiative, and no more.
func sentence(ctx context.Context, v indicator.View, e indicator.Effect) string {
	name, month := e.Mark.Text, e.Mark.Month.MonthYear()
	if e.Verdict.TooFew {
		return locale.T(ctx, "indicator.effect.too_few", "name", name, "month", month, "before", e.Verdict.MonthsBefore, "after", e.Verdict.MonthsAfter)
	}
	key := map[effect.Judgement]string{effect.Improved: "improved", effect.NoClaim: "no_claim", effect.OtherWay: "other_way"}[e.Verdict.Judgement]
	say := func(x float64) string { return v.Amount(ctx, max(x, 0)) }
	return locale.T(ctx, "indicator.effect."+key, "name", name, "month", month,
		"before", say(e.Verdict.Before), "after", say(e.Verdict.After), "low", say(e.Verdict.Low), "high", say(e.Verdict.High))
}

// suggestion says why a recalculation may be due, and from when. There is one where v has one.
func suggestion(ctx context.Context, v indicator.View) string {
	key := "low"
	if v.Suggestion.High {
		key = "high"
	}
	return locale.T(ctx, "indicator.page.suggestion."+key, "month", v.Suggestion.From.MonthYear(), "n", v.Suggestion.Months)
}

// where is the bar of time in each state.
func where(ctx context.Context, states []indicator.State) chart.Stack {
	s := chart.Stack{ID: "states", Title: locale.T(ctx, "indicator.board.states.chart"), Unit: locale.T(ctx, "indicator.unit.days"), Decimals: 1}
	for _, st := range states {
		s.Parts = append(s.Parts, chart.Part{Label: locale.T(ctx, "indicator.state."+st.Code), Value: st.Days})
	}
	return s
}

// groups of the board, each with its indicators by how they begin.
var groups = []struct {
	key string
	has func(indicator.Definition) bool
}{
	{"demand", func(d indicator.Definition) bool { return d.Kind == indicator.KindCount }},
	{"waits", func(d indicator.Definition) bool {
		return d.Clocked() && !ofReport(d) && d.Measure != activity.WaitAdjustment
	}},
	{"reports", ofReport},
	{"attendance", func(d indicator.Definition) bool { return d.Kind == indicator.KindRate }},
	{"after", func(d indicator.Definition) bool {
		return d.Kind == indicator.KindPart || d.Measure == activity.WaitAdjustment
	}},
	{"feedback", func(d indicator.Definition) bool {
		return d.Kind == indicator.KindScore || d.Kind == indicator.KindGood
	}},
}

func ofReport(d indicator.Definition) bool {
	return d.Measure == activity.WaitReport || d.Measure == activity.WaitRelease || d.Measure == activity.WaitTotal
}
