package forecast

import (
	"context"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Amount writes a value with its unit.
type Amount func(context.Context, float64) string

// Write gives a value with the unit of the series; the number alone where the figure has no months any more.
func (s Series) Write(ctx context.Context, x float64) string { return write(ctx, s.Amount, x) }

func write(ctx context.Context, amount Amount, x float64) string {
	if amount == nil {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return amount(ctx, max(x, 0))
}

// difference writes by how much something is to move, with its unit. Between two percentages lie percentage points. Where
// writing it with its unit would round it, the number stands alone: it was locked as it is.
func difference(ctx context.Context, amount Amount, x float64) string {
	bare, said := write(ctx, nil, x), write(ctx, amount, x)
	unit := strings.TrimLeft(said, "0123456789.")
	switch shown, err := strconv.ParseFloat(strings.TrimSuffix(said, unit), 64); {
	case err != nil || shown != x:
		return bare
	case unit == "%" && x == 1:
		return locale.T(ctx, "forecast.says.point")
	case unit == "%":
		return locale.T(ctx, "forecast.says.points", "by", bare)
	}
	return said
}

// Path is the page of a forecast.
func (f Forecast) Path() string { return "/effect/forecasts/" + f.ID.String() }

// Says puts in one line what was registered. Without a unit it gives the numbers alone.
func (f Forecast) Says(ctx context.Context, amount Amount) string {
	if f.From != nil && f.To != nil {
		return locale.T(ctx, "forecast.says.from."+string(f.Direction), "figure", f.Cited.Title, "from", write(ctx, amount, *f.From), "to", write(ctx, amount, *f.To), "month", f.Due.MonthYear())
	}
	return locale.T(ctx, "forecast.says.by."+string(f.Direction), "figure", f.Cited.Title, "by", difference(ctx, amount, f.Change), "month", f.Due.MonthYear())
}

// Word is the judgement in a few words.
func (j Judged) Word(ctx context.Context) string {
	return j.Outcome.Word(ctx, j)
}

// Word is an outcome of a forecast in a few words.
func (o Outcome) Word(ctx context.Context, j Judged) string {
	return locale.T(ctx, "forecast.tag."+string(o.Judgement), "stopped", j.Stopped.Long())
}

// Sentence is what may be said of an outcome of a forecast, and no more.
func (o Outcome) Sentence(ctx context.Context, j Judged) string {
	v, key := o.Verdict, string(o.Judgement)
	switch {
	case o.Reason != "":
		key += "." + string(o.Reason)
	case o.Judgement == TooEarly && j.Start().IsZero():
		key += ".planned"
	}
	amount := func(x float64) string { return j.Series.Write(ctx, x) }
	return locale.T(ctx, "forecast.judgement."+key, "until", o.Until.Long(), "due", j.Due.MonthYear(), "version", j.Cited.Version, "stopped", j.Stopped.Long(), "before", amount(v.Before), "after", amount(v.After),
		"low", amount(v.Low), "high", amount(v.High), "b", v.MonthsBefore, "a", v.MonthsAfter)
}

// Sentence says how good the forecasts of the plan's actions were, with everything that is due and could not be settled.
func (c Calibration) Sentence(ctx context.Context) string {
	var out []string
	if c.Due > 0 {
		out = append(out, locale.T(ctx, "forecast.calibration.sentence", "n", c.Due, "true", strconv.Itoa(c.True)))
	} else {
		out = append(out, locale.T(ctx, "forecast.calibration.none"))
	}
	return strings.Join(append(out, c.unsettled(ctx)...), " ")
}

// Apart says the same of those without an action; "" if none is due.
func (c Calibration) Apart(ctx context.Context) string {
	if c.Alone.Due+c.Alone.Unsettled() == 0 {
		return ""
	}
	out := []string{locale.T(ctx, "forecast.calibration.alone", "n", c.Alone.Due, "true", strconv.Itoa(c.Alone.True))}
	return strings.Join(append(out, c.Alone.unsettled(ctx)...), " ")
}

func (t Tally) unsettled(ctx context.Context) (out []string) {
	for _, x := range []struct {
		key string
		n   int
	}{{"unjudged", t.Unjudged}, {"never", t.Never}, {"stopped", t.Stopped}} {
		if x.n > 0 {
			out = append(out, locale.T(ctx, "forecast.calibration.also."+x.key, "n", x.n))
		}
	}
	return out
}
