package forecast

import (
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/effect"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// Judgement is what may be said of a forecast.
type Judgement string

// The judgements; the package's comment explains them.
const (
	TooEarly   Judgement = "too_early"
	Consistent Judgement = "consistent"
	Less       Judgement = "less"
	NoClaim    Judgement = "no_claim"
	OtherWay   Judgement = "other_way"
	Impossible Judgement = "impossible"
)

// Outcome is the judgement with its numbers.
type Outcome struct {
	Judgement Judgement
	Until     civil.Date // too early: the first day on which it can be judged
	Verdict   effect.Verdict
}

// Settled says whether it can be counted as having come true or not.
func (o Outcome) Settled() bool { return o.Judgement != TooEarly && o.Judgement != Impossible }

// leastMonths is what calc/effect asks for after a start; a due month that leaves fewer could never be judged.
const leastMonths = 6

// firstFull is the first month that the action had from its first day to its last.
func firstFull(start civil.Date) civil.Date {
	month := civil.Date{Year: start.Year, Month: start.Month, Day: 1}
	if start.Day > 1 {
		return month.AddMonths(1)
	}
	return month
}

// Judge compares the months after the start with those before it. Pure: the same forecast and months give the same.
func Judge(f Forecast, s Series) (Outcome, error) {
	out := Outcome{Judgement: TooEarly, Until: f.Due.AddMonths(1)}
	first, due := firstFull(f.Start()), false
	var values []spc.Number
	start := -1
	for i, m := range s.Months {
		if m.After(f.Due) {
			break
		}
		due = m == f.Due
		v := s.Values[i]
		if !m.Before(first) && start < 0 {
			start = i
		}
		if m.Before(first) && !m.AddMonths(1).AddDays(-1).Before(f.Start()) {
			v = spc.Number{} // the month in which it started belongs to neither side
		}
		values = append(values, v)
	}
	if start < 0 {
		start = len(values)
	}
	var err error
	if out.Verdict, err = effect.Judge(effect.Series{Values: values, Start: start, Direction: f.Direction}); err != nil || !due {
		return out, err
	}
	v := out.Verdict
	switch {
	case v.TooFew:
		out.Judgement = Impossible
	case v.Judgement == effect.NoClaim:
		out.Judgement = NoClaim
	case v.Judgement == effect.OtherWay:
		out.Judgement = OtherWay
	case math.Abs(v.Change())+chance(v) < f.Change:
		out.Judgement = Less
	default:
		out.Judgement = Consistent
	}
	return out, nil
}

// chance is half the width of the band of no change: how far off the mean of so many months may be by chance.
func chance(v effect.Verdict) float64 { return (v.High - v.Low) / 2 }

// Band is where the mean after the start would lie if the forecast is right.
func (o Outcome) Band(f Forecast) (low, high float64, ok bool) {
	if o.Verdict.MonthsBefore == 0 {
		return 0, 0, false
	}
	centre, half := o.Verdict.Before+f.Signed(), 0.0
	if !o.Verdict.TooFew {
		half = chance(o.Verdict)
	}
	return centre - half, centre + half, true
}
