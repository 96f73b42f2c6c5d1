package chart

import (
	"fmt"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/effect"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// Sentence says in plain words what the chart shows: how the last months compare
// with what is usual, and what that means for the target.
func (c XmR) Sentence() string {
	n := c.points()
	switch {
	case n == 0:
		return "There is no data yet."
	case c.IsRunChart():
		return fmt.Sprintf("There %s of data. From %d months on, the chart shows whether changes are more than chance.", are(n, "month"), runChartUnder)
	}
	parts := []string{c.variationSentence()}
	if s := c.assuranceSentence(); s != "" {
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

func (c XmR) variationSentence() string {
	k, last := c.lastRun()
	months, show, be := "The last month", "shows", "is"
	if k > 1 {
		months, show, be = fmt.Sprintf("The last %d months", k), "show", "are"
	}
	mean := fmt.Sprintf("The mean is %s.", c.amount(c.Out.Mean[last].Value))
	switch c.Out.Variation {
	case spc.VariationImprovementHigh, spc.VariationImprovementLow:
		return fmt.Sprintf("%s %s improvement, more than chance explains. %s", months, show, mean)
	case spc.VariationConcernHigh, spc.VariationConcernLow:
		return fmt.Sprintf("%s %s a change for the worse, more than chance explains. %s", months, show, mean)
	case spc.VariationNeutralHigh:
		return fmt.Sprintf("%s %s unusually high, more than chance explains. %s", months, be, mean)
	case spc.VariationNeutralLow:
		return fmt.Sprintf("%s %s unusually low, more than chance explains. %s", months, be, mean)
	}
	return fmt.Sprintf("%s %s only usual variation. %s", months, show, mean)
}

func (c XmR) assuranceSentence() string {
	target := ""
	if c.In.Target != nil {
		target = c.target()
	}
	switch c.Out.Assurance {
	case spc.Pass:
		return fmt.Sprintf("As things are, the target of %s will be met every month.", target)
	case spc.Fail:
		return fmt.Sprintf("As things are, the target of %s will not be met: it needs a change in how the service works.", target)
	case spc.HitOrMiss:
		return fmt.Sprintf("As things are, the target of %s will be met in some months and missed in others.", target)
	}
	return ""
}

// EffectSentence says what may be claimed since a marked start, with its numbers.
func EffectSentence(v effect.Verdict, unit string, decimals int) string {
	if v.TooFew {
		return fmt.Sprintf("There are %d months before the start and %d after it: too few to claim an effect.", v.MonthsBefore, v.MonthsAfter)
	}
	value := func(x float64) string { return number(x, decimals) }
	verdict := map[effect.Judgement]string{
		effect.Improved: "It improved as expected",
		effect.OtherWay: "It went the other way",
		effect.NoClaim:  "No effect is claimed",
	}[v.Judgement]
	return fmt.Sprintf("%s: the mean was %s before the start and is %s after it. With no change it would lie between %s and %s, 19 times in 20.",
		verdict, withUnit(value(v.Before), unit), withUnit(value(v.After), unit), value(v.Low), withUnit(value(v.High), unit))
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
func (c XmR) amount(x float64) string { return withUnit(number(x, c.Decimals), c.Unit) }

// target is the target with no more decimals than it needs.
func (c XmR) target() string {
	s := number(*c.In.Target, c.Decimals)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
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

func are(n int, noun string) string {
	if n == 1 {
		return "is 1 " + noun
	}
	return fmt.Sprintf("are %d %ss", n, noun)
}

// description is what a screen reader says of the drawing before the table.
func (c XmR) description() string {
	what := "Control chart"
	switch {
	case c.plain:
		what = "Line chart"
	case c.IsRunChart():
		what = "Run chart"
	}
	if n := len(c.In.Dates); n > 0 {
		return fmt.Sprintf("%s by month from %s to %s. The values are in the table below.", what, c.In.Dates[0].MonthYear(), c.In.Dates[n-1].MonthYear())
	}
	return what + ". The values are in the table below."
}

// classWords names the classes of points in the key and in the table.
var classWords = map[string]string{
	"common":      "usual variation",
	"improvement": "improvement",
	"concern":     "concern",
	"neutral":     "unusual",
	"ghost":       "left out of the calculation",
}

// pointWords says in the table what a point shows, and by which rules.
func (c XmR) pointWords(i int) string {
	class := c.dotClass(i)
	words := classWords[class]
	if class == "common" || class == "ghost" {
		return words
	}
	var rules []string
	for _, r := range []struct {
		rule spc.Rules
		word string
	}{{spc.Outlier, "outside the limits"}, {spc.Shift, "part of a shift"}, {spc.Trend, "part of a trend"}, {spc.TwoInThree, "two of three near a limit"}} {
		if c.Out.Rules[i].Has(r.rule) {
			rules = append(rules, r.word)
		}
	}
	return words + ": " + strings.Join(rules, ", ")
}

// variationWords are the name of each variation icon.
var variationWords = map[spc.Variation]string{
	spc.VariationCommonCause:     "Usual variation",
	spc.VariationImprovementHigh: "Improvement: high",
	spc.VariationImprovementLow:  "Improvement: low",
	spc.VariationConcernHigh:     "Concern: high",
	spc.VariationConcernLow:      "Concern: low",
	spc.VariationNeutralHigh:     "Unusually high",
	spc.VariationNeutralLow:      "Unusually low",
}

// assuranceWords are the name of each assurance icon.
var assuranceWords = map[spc.Assurance]string{
	spc.Pass:      "Target met every month",
	spc.Fail:      "Target not met",
	spc.HitOrMiss: "Target hit or missed by chance",
}

// shortMonth is "Mar 26", for the axis.
func shortMonth(d civil.Date) string { return fmt.Sprintf("%s %02d", d.Month.String()[:3], d.Year%100) }
