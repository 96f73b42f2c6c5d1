package measured

import (
	"context"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// months of a quarter.
const months = 3

// Quarter is the waits of a quarter, counted as those of the year, so that a simulated quarter can be held against it.
type Quarter struct {
	Start      civil.Date // of the quarter
	From, Till civil.Date // first and last day of its months that are complete and of which something is known
	N          int        // people seen
	Median     float64
}

// Quarters measures quarters, given by their first days, as far as their months are complete on a day. One without a complete
// month, or in which fewer than Least people were seen, is left out.
func Quarters(ctx context.Context, tx *postgres.Tx, today civil.Date, starts []civil.Date) (out []Quarter, err error) {
	end := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	if len(starts) == 0 {
		return nil, nil
	}
	lots, first, err := activity.ReadWantedWaits(ctx, tx, slices.MinFunc(starts, civil.Date.Compare), end, []activity.Wanted{seen})
	if err != nil {
		return nil, err
	}
	for _, q := range starts {
		from, to := q, q.AddMonths(months)
		if from.Before(first) {
			from = first
		}
		if end.Before(to) {
			to = end
		}
		if w := waits(lots[seen], from, to, 0); w.N >= Least {
			out = append(out, Quarter{Start: q, From: from, Till: to.AddDays(-1), N: w.N, Median: w.Median})
		}
	}
	return out, nil
}
