package chart

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Sentence says in plain words what the chart shows: how the last months compare
// with what is usual, and what that means for the target.
func (c XmR) Sentence(ctx context.Context) string {
	n := c.points()
	switch {
	case n == 0:
		return locale.T(ctx, "chart.none")
	case c.Instead != "":
		return c.Instead
	case c.IsRunChart():
		return locale.T(ctx, "chart.run", "n", n, "enough", runChartUnder)
	}
	k, last := c.lastRun()
	text := locale.T(ctx, "chart.last."+string(cmp.Or(c.Out.Variation, spc.VariationCommonCause)), "n", k, "mean", c.amount(c.Out.Mean[last].Value))
	if c.In.Target != nil && c.Out.Assurance != "" {
		text += " " + locale.T(ctx, "chart.target."+string(c.Out.Assurance), "target", c.target())
	}
	return text
}

// lastRun counts the points at the end that share the class of the last one.
func (c XmR) lastRun() (k, last int) {
	last = -1
	for i := len(c.In.Values) - 1; i >= 0; i-- {
		if !c.In.Values[i].Known || c.ghost(i) {
			continue
		}
		if last < 0 {
			last = i
		}
		if c.Out.Point[i] != c.Out.Point[last] || c.Out.Segment[i] != c.Out.Segment[last] {
			break
		}
		k++
	}
	return k, last
}

// amount is a value with its unit.
func (c XmR) amount(x float64) string { return c.withUnit(number(x, c.Decimals)) }

// target is the target with no more decimals than it needs.
func (c XmR) target() string {
	s := number(*c.In.Target, c.Decimals)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return c.withUnit(s)
}

// targetKey is the key of the target line; where none holds any more it has no number.
func (c XmR) targetKey(ctx context.Context) string {
	if c.In.Target == nil {
		return locale.T(ctx, "chart.key.target.past")
	}
	return locale.T(ctx, "chart.key.target", "target", c.target())
}

func (c XmR) withUnit(s string) string {
	if s == "1" {
		return withUnit(s, cmp.Or(c.UnitOne, c.Unit))
	}
	return withUnit(s, c.Unit)
}

func withUnit(s, unit string) string {
	switch unit {
	case "":
		return s
	case "%":
		return s + "%"
	}
	return s + " " + unit
}

// description is what a screen reader says of the drawing before the table.
func (c XmR) description(ctx context.Context) string {
	kind := "xmr"
	switch {
	case c.plain:
		kind = "line"
	case c.IsRunChart():
		kind = "run"
	}
	what := locale.T(ctx, "chart.kind."+kind)
	if n := len(c.In.Dates); n > 0 {
		return locale.T(ctx, "chart.description", "what", what, "from", c.In.Dates[0].MonthYear(), "to", c.In.Dates[n-1].MonthYear())
	}
	return locale.T(ctx, "chart.description.bare", "what", what)
}

// pointWords says in the table what a point shows, and by which rules.
func (c XmR) pointWords(ctx context.Context, i int) string {
	class := c.dotClass(i)
	words := locale.T(ctx, "chart.class."+class)
	if class == "common" || class == "ghost" {
		return words
	}
	var rules []string
	for _, r := range []struct {
		rule spc.Rules
		name string
	}{{spc.Outlier, "outlier"}, {spc.Shift, "shift"}, {spc.Trend, "trend"}, {spc.TwoInThree, "two_in_three"}} {
		if c.Out.Rules[i].Has(r.rule) {
			rules = append(rules, locale.T(ctx, "chart.rule."+r.name))
		}
	}
	return words + ": " + strings.Join(rules, ", ")
}

// shortMonth is "Mar 26", for the axis.
func shortMonth(d civil.Date) string { return fmt.Sprintf("%s %02d", d.Month.String()[:3], d.Year%100) }
