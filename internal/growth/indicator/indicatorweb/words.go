package indicatorweb

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/effect"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
)

// last writes the newest month, or why there is none.
func last(ctx context.Context, v indicator.View) string {
	p, ok := v.Newest()
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
		In: v.In, Out: v.Out, Targets: v.Targets, Floor: &floor}
	if v.Clocked() {
		c.Title += ", " + locale.T(ctx, "indicator.clock."+string(v.Clock))
	}
	if v.Unit == "percent" {
		c.Ceiling = &full
	}
	if v.Outside && v.Enough() && c.IsRunChart() {
		c.Instead = locale.T(ctx, "indicator.page.judged")
	}
	c.Columns = columns(ctx, v)
	for _, m := range v.Marks {
		c.Marks = append(c.Marks, chart.Mark{Date: m.Month, Text: locale.T(ctx, "indicator.note."+string(m.Kind), "text", m.Text, "author", m.Author)})
	}
	return c
}

// columns stand beside the value: what it is made of, and what a median alone would hide. One that says nothing is left out.
func columns(ctx context.Context, v indicator.View) (out []chart.Column) {
	add := func(key string, decimals int, of func(indicator.Point) spc.Number) {
		c, known := chart.Column{Head: locale.T(ctx, "indicator.column."+key), Decimals: decimals}, false
		for _, p := range v.Points {
			c.Values, known = append(c.Values, of(p)), known || of(p).Known
		}
		if known {
			out = append(out, c)
		}
	}
	if v.Kind != indicator.KindCount {
		add("n", 0, func(p indicator.Point) spc.Number { return p.N })
	}
	if v.P != upper {
		add("p90", v.Decimals, func(p indicator.Point) spc.Number { return p.P90 })
	}
	if steps := slices.Compact(slices.Clone(v.Targets)); len(steps) > 1 {
		out = append(out, chart.Column{Head: locale.T(ctx, "indicator.column.target"), Decimals: v.Decimals, Values: v.Targets})
	}
	add("rate", 0, func(p indicator.Point) spc.Number { return p.Rate })
	return out
}

// upper is the quantile of the column that stands beside a median.
const upper = 0.9

// amount writes what stands beside a value on the board.
func amount(x spc.Number, write func(float64) string) string {
	if !x.Known {
		return ""
	}
	return write(x.Value)
}

// rate says how many of those who were asked have answered.
func rate(ctx context.Context, v indicator.View) string {
	p, ok := v.Newest()
	switch {
	case v.Question == "" || !ok:
		return ""
	case !p.Rate.Known:
		return locale.T(ctx, "indicator.page.rate.none", "month", p.Month.MonthYear())
	}
	return locale.T(ctx, "indicator.page.rate", "rate", locale.Number(int(p.Rate.Value+0.5)), "month", p.Month.MonthYear())
}

// open says what waits now, where that is counted.
func open(ctx context.Context, v indicator.View) string {
	if !v.Cohort() || len(v.Points) == 0 {
		return ""
	}
	say := func(n spc.Number) string {
		if !n.Known {
			return locale.T(ctx, "indicator.board.too_few")
		}
		return locale.Number(int(n.Value))
	}
	return locale.T(ctx, "indicator.page.open", "all", say(v.Open.All), "overdue", say(v.Open.Overdue))
}

// sentence says what may be said about an initiative, and no more.
func sentence(ctx context.Context, v indicator.View, e indicator.Effect) string {
	name, month := e.Mark.Text, e.Mark.Month.MonthYear()
	if e.Verdict.TooFew {
		return locale.T(ctx, "indicator.effect.too_few", "name", name, "month", month, "before", e.Verdict.MonthsBefore, "after", e.Verdict.MonthsAfter)
	}
	key := map[effect.Judgement]string{effect.Improved: "improved", effect.NoClaim: "no_claim", effect.OtherWay: "other_way"}[e.Verdict.Judgement]
	if e.Untold {
		return locale.T(ctx, "indicator.effect.untold."+key, "name", name, "month", month)
	}
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

// where is the bar of time in each state, of the year up to a month.
func where(ctx context.Context, states []indicator.State, last civil.Date) chart.Stack {
	s := chart.Stack{ID: "states", Title: locale.T(ctx, "indicator.board.states.chart"), Unit: locale.T(ctx, "indicator.unit.days"), Decimals: 1}
	for _, st := range states {
		if st.Hidden {
			continue
		}
		name := locale.T(ctx, "indicator.state."+st.Code)
		s.Parts = append(s.Parts, chart.Part{Label: name, Value: st.Days, Say: func(value string) templ.Component {
			return figureview.Number(value, name, indicator.StateRef(st.Code), last)
		}})
	}
	return s
}

// untold names the states that are left out of the bar.
func untold(ctx context.Context, states []indicator.State) string {
	var names []string
	for _, st := range states {
		if st.Hidden {
			names = append(names, locale.T(ctx, "indicator.state."+st.Code))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return locale.T(ctx, "indicator.board.states.hidden", "states", strings.Join(names, "; "))
}

// groups of the board, each with its indicators by how they begin.
var groups = []struct {
	key string
	has func(indicator.Definition) bool
}{
	{"demand", func(d indicator.Definition) bool { return d.Kind == indicator.KindCount && !ofAppointment(d) }},
	{"waits", func(d indicator.Definition) bool {
		return d.Clocked() && !ofReport(d) && d.Measure != activity.WaitAdjustment
	}},
	{"reports", ofReport},
	{"attendance", func(d indicator.Definition) bool { return d.Kind == indicator.KindRate || ofAppointment(d) }},
	{"after", func(d indicator.Definition) bool {
		return d.Kind == indicator.KindPart && !ofAppointment(d) || d.Measure == activity.WaitAdjustment
	}},
	{"feedback", func(d indicator.Definition) bool {
		return d.Kind == indicator.KindScore || d.Kind == indicator.KindGood
	}},
}

// ofAppointment: moved and missed appointments.
func ofAppointment(d indicator.Definition) bool {
	return slices.Contains(d.Events, activity.AppointmentMoved) || slices.Contains(d.Events, activity.WaitRestarted)
}

func ofReport(d indicator.Definition) bool {
	return d.Measure == activity.WaitReport || d.Measure == activity.WaitRelease || d.Measure == activity.WaitTotal
}
