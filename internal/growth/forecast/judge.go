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
	More       Judgement = "more"
	Less       Judgement = "less"
	NoClaim    Judgement = "no_claim"
	OtherWay   Judgement = "other_way"
	Impossible Judgement = "impossible"
	Never      Judgement = "never"   // the action had not started by the end of the due month, or was given up before it did
	Stopped    Judgement = "stopped" // the action was given up after it started and before the forecast fell due
)

// Outcome is the judgement with its numbers.
type Outcome struct {
	Judgement Judgement
	Reason    Reason     // of Impossible
	Until     civil.Date // too early: the first day on which it can be judged
	Verdict   effect.Verdict
}

// Reason is why a forecast that is due cannot be judged.
type Reason string

// The reasons.
const (
	Few    Reason = "few"    // too few months with figures
	Gone   Reason = "gone"   // the figure is no longer counted as it was
	Silent Reason = "silent" // no figures came for the due month
)

// Settled says whether it can be counted as having come true or not.
func (o Outcome) Settled() bool {
	switch o.Judgement {
	case Consistent, More, Less, NoClaim, OtherWay:
		return true
	}
	return false
}

// Came says that what was foretold came, or more than that.
func (o Outcome) Came() bool { return o.Judgement == Consistent || o.Judgement == More }

// patience is how many months after the due one its figures may take to come. After that their absence is said, or a month
// that nobody sends would keep a forecast from ever being counted.
const patience = 3

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

// Judge compares the months after the start with those before it. Pure: the same forecast, months and day give the same.
func Judge(f Forecast, s Series, today civil.Date) (Outcome, error) {
	out := Outcome{Judgement: TooEarly, Until: f.end()}
	over := !today.Before(out.Until)
	if f.Held() {
		running := !f.Started.IsZero() && f.Started.Before(out.Until)
		switch given := !f.Stopped.IsZero() && f.Stopped.Before(out.Until); {
		case !running && (given || over):
			out.Judgement = Never
			return out, nil
		case given:
			out.Judgement = Stopped
			return out, nil
		case !running:
			return out, nil
		}
	}
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
	if out.Verdict, err = effect.Judge(effect.Series{Values: values, Start: start, Direction: f.Direction}); err != nil || !over {
		return out, err
	}
	if !due {
		if !today.Before(out.Until.AddMonths(patience)) {
			out.Judgement, out.Reason = Impossible, Silent
		}
		return out, nil
	}
	v := out.Verdict
	switch {
	case v.TooFew:
		out.Judgement, out.Reason = Impossible, Few
	case v.Judgement == effect.NoClaim:
		out.Judgement = NoClaim
	case v.Judgement == effect.OtherWay:
		out.Judgement = OtherWay
	case math.Abs(v.Change())+chance(v) < f.Change:
		out.Judgement = Less
	case math.Abs(v.Change())-chance(v) > f.Change:
		out.Judgement = More
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

// Season says that the months after the start are not whole years, so that a yearly wave can pass for a change, or hide one.
func (o Outcome) Season() bool {
	return o.Verdict.MonthsBefore > 0 && !o.Verdict.TooFew && o.Verdict.MonthsAfter%12 != 0
}
