package campaign

import (
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/effect"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// Effect is what became of the referrals for a campaign's reason.
type Effect struct {
	Months []civil.Date
	Counts []disclosure.Figure // of each month, as it may be shown
	Start  int                 // the first month that the campaign had from its first day
	// Hidden says that a month is too small to show, so nothing is judged. Early says that there are not yet enough months.
	Hidden, Early bool
	Verdict       effect.Verdict
}

// Window of months that are judged: two years before, so that each season is there twice, and a year from the start on, as later
// months have other causes.
const (
	monthsBefore = 24
	monthsAfter  = 12
)

// first is the first month that a campaign had from its first day.
func first(starts civil.Date) civil.Date {
	m := civil.Date{Year: starts.Year, Month: starts.Month, Day: 1}
	if starts.Day > 1 {
		m = m.AddMonths(1)
	}
	return m
}

// window is the months to read: from, and the one after the last whole month.
func window(starts, today civil.Date) (from, to civil.Date) {
	to = civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	if last := first(starts).AddMonths(monthsAfter); last.Before(to) {
		to = last
	}
	from = civil.Date{Year: starts.Year, Month: starts.Month, Day: 1}.AddMonths(-monthsBefore)
	return from, to
}

// topic is how sensitive the counts are: a reason says something about health, all reasons together do not.
func topic(reason string) disclosure.Topic {
	if reason == Every {
		return disclosure.General
	}
	return disclosure.Special
}

// judge says what became of the counts of the months of a window. begun is the first month of the ledger: before it there are no
// referrals because nobody wrote them down.
func judge(in In, today, begun civil.Date, counts map[civil.Date]int) (Effect, error) {
	from, to := window(in.Starts, today)
	var e Effect
	var values []spc.Number
	start := first(in.Starts)
	for m := from; m.Before(to); m = m.AddMonths(1) {
		if m.Before(begun) {
			continue
		}
		if m == start {
			e.Start = len(e.Months)
		}
		f := disclosure.Count(counts[m], topic(in.Reason))
		value, shown := f.Value()
		e.Hidden = e.Hidden || !shown
		n := spc.Some(float64(value))
		if !shown || m.Before(start) && m.AddMonths(1) == start && in.Starts.Day > 1 { // partly before, partly after
			n = spc.Number{}
		}
		e.Months, e.Counts, values = append(e.Months, m), append(e.Counts, f), append(values, n)
	}
	if !start.Before(to) {
		e.Start = len(e.Months)
	}
	if e.Hidden {
		return e, nil
	}
	direction := spc.Increase
	if in.Hoped == "fewer" {
		direction = spc.Decrease
	}
	var err error
	e.Verdict, err = effect.Judge(effect.Series{Values: values, Start: e.Start, Direction: direction})
	e.Early = e.Verdict.TooFew
	return e, err
}
