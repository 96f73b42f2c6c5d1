// Package gauge says what a benefit brought by the figure that measures it, where somebody said at which level the figure stood before and
// at which the benefit is in full. Between the two it is in proportion; past the first it is less than nothing.
package gauge

import (
	"context"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Gauge is the level of a figure before anything was done, and where the benefit is in full, in the figure's own unit. Both are nil where
// nobody said so: then what came is typed.
type Gauge struct{ From, To *float64 }

// Set says whether what came can be worked out.
func (g Gauge) Set() bool { return g.From != nil && g.To != nil && *g.From != *g.To }

// Check says what is wrong with the levels of a benefit that cites a figure, or does not.
func (g Gauge) Check(cited bool) (f fault.Fields) {
	switch {
	case g.From == nil && g.To == nil:
	case !cited:
		f.Add("figure", "investment.gauge.figure.empty")
	case g.From == nil:
		f.Add("from", "investment.gauge.from.empty")
	case g.To == nil:
		f.Add("to", "investment.gauge.to.empty")
	case *g.From == *g.To:
		f.Add("to", "investment.gauge.to.same")
	}
	return f
}

// Reached is which part of the benefit a level is: 0 at From, 1 at To. The gauge is Set.
func (g Gauge) Reached(level float64) float64 { return (level - *g.From) / (*g.To - *g.From) }

// Level is where a figure stood in a quarter: the mean of its months that are over and known.
type Level struct {
	Quarter civil.Date
	Mean    float64
	Months  int        // how many months it is of
	Till    civil.Date // the last day of the last of them
	Version string     // of its definition in that month
}

const monthsOf = 3

// Levels asks the library for the months of quarters, which are given by their first days. A month that is not over, is hidden or has no
// figure is left out; a quarter of such months is not told.
func Levels(ctx context.Context, book *figure.Library, a access.Actor, now time.Time, ref figure.Ref, quarters []civil.Date) (out []Level, err error) {
	today := locale.Day(now)
	for _, q := range quarters {
		l := Level{Quarter: q}
		for month := q; month.Before(q.AddMonths(monthsOf)); month = month.AddMonths(1) {
			if month.AddMonths(1).After(today) {
				break
			}
			f, err := book.Find(ctx, a, now, ref, month)
			if fault.KindOf(err) == fault.NotFound {
				continue
			}
			if err != nil {
				return nil, err
			}
			if f.Number != nil && f.Period == month {
				l.Mean, l.Months, l.Till, l.Version = l.Mean+*f.Number, l.Months+1, month.AddMonths(1).AddDays(-1), f.Version
			}
		}
		if l.Months > 0 {
			l.Mean /= float64(l.Months)
			out = append(out, l)
		}
	}
	return out, nil
}
