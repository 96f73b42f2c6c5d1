// Package measured is what Rowan's own records say of the last year, in the terms of the simulation, so that the two can stand side by
// side: waits in working days from the referral to the first appointment attended, of everybody who was referred and however, against
// one target for all. They are those of the roll-ups that the indicators are made of (activity.WaitFirstSeen, as people lived through
// it), over twelve whole months.
//
// The page of the indicators shows single months. Its middle wait begins when a referral is accepted and is of managers' and HR's alone, and its
// share in time is against the target of each priority: so Accepted is the median of the same year counted as there.
package measured

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Least is how many people have to have been seen before their waits are shown: nine in ten of fewer is a handful.
const Least = 30

// recent is how many months tell how it is going.
const recent = 3

// Waits are those that ended in some months.
type Waits struct {
	N      int // people seen; under Least nothing else is known
	Median float64
	P90    float64
	Within float64 // percent
}

// Year is what was measured.
type Year struct {
	From, Till   civil.Date // first and last day of the twelve months
	Seen, Recent Waits      // of the year, and of its last three months
	Accepted     Waits      // as the indicators' page counts: from acceptance, of managers' and HR's referrals
	Waiting      float64    // people on the list at the ends of the last 52 weeks, on average
	Lately       float64    // the same of the last 13
	Now          int        // and at the end of the last one
	At           civil.Date // which is that day
	Came, Given  float64    // referrals, and appointments attended or missed, a week of these
}

// seen is what a wait is, here and of a quarter: from the referral to the first appointment attended, of everybody.
var seen = activity.Wanted{Measure: activity.WaitFirstSeen, Clock: activity.Raw}

// Read reads it, as known at the end of a day.
func Read(ctx context.Context, tx *postgres.Tx, f demand.Fits, target int) (y Year, err error) {
	to := f.AsAt.AddDays(1)
	to.Day = 1
	y = weeks(f)
	y.Now, y.At = f.List, f.AsAt
	y.From, y.Till = to.AddMonths(-12), to.AddDays(-1)
	accepted := activity.Wanted{Measure: activity.WaitAccepted, Clock: activity.Raw, Side: activity.SideEmployer}
	lots, _, err := activity.ReadWantedWaits(ctx, tx, y.From, to, []activity.Wanted{seen, accepted})
	if err != nil {
		return y, err
	}
	y.Seen, y.Recent, y.Accepted = waits(lots[seen], y.From, to, target), waits(lots[seen], to.AddMonths(-recent), to, target), waits(lots[accepted], y.From, to, target)
	return y, nil
}

// weeks are the means of the last 52.
func weeks(f demand.Fits) (y Year) {
	last := f.Weeks[max(len(f.Weeks)-52, 0):]
	lately := last[max(len(last)-13, 0):]
	for _, w := range lately {
		y.Lately += float64(w.List) / float64(len(lately))
	}
	for _, w := range last {
		n := float64(len(last))
		y.Waiting += float64(w.List) / n
		y.Came += float64(w.Referrals) / n
		y.Given += float64(w.Given) / n
	}
	return y
}

// waits adds up those of the months from one up to, not with, another.
func waits(lots []activity.Waits, from, to civil.Date, target int) (w Waits) {
	var all activity.Histogram
	for _, l := range lots {
		if !l.Month.Before(from) && l.Month.Before(to) {
			all.Merge(l.Lengths)
		}
	}
	if w.N = all.N(); w.N < Least {
		return w
	}
	w.Median, _ = all.Quantile(0.5)
	w.P90, _ = all.Quantile(0.9)
	w.Within = 100 * float64(all.Within(target)) / float64(w.N)
	return w
}
