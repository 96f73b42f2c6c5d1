package indicator

import (
	"context"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Stretch is some months of an indicator of waits, taken together: the quantile of all of their waits, which no sum of
// monthly quantiles gives.
type Stretch struct {
	Definition
	From  civil.Date // as it was asked for
	First civil.Date // of the complete months that there are
	Last  civil.Date
	Point
}

// Together takes n months from each of some first days together, under the newest version, rounded and hidden like a figure.
// Stretches without a complete month, or of which nothing may be shown, are left out.
func (s *Service) Together(ctx context.Context, a access.Actor, now time.Time, name string, n int, from ...civil.Date) (out []Stretch, err error) {
	d, there := s.pack.Find(name)
	if !there || d.Kind != KindQuantile {
		return nil, fault.Missing("indicator")
	}
	if len(from) == 0 {
		return nil, nil
	}
	var all []civil.Date
	for m := range months(slices.MinFunc(from, civil.Date.Compare), now) {
		all = append(all, m)
	}
	if len(all) == 0 {
		return nil, nil
	}
	err = s.d.DB.InTenant(ctx, scope(a), func(tx *postgres.Tx) error {
		data, _, err := s.read(ctx, tx, a, all, []Definition{d}, rawClock)
		data = data.about(d, activity.Raw)
		for _, first := range from {
			x, h := Stretch{Definition: d, From: first}, activity.Histogram{}
			for _, m := range data.Months {
				if m.Before(first) || !m.Before(first.AddMonths(n)) {
					continue
				}
				if x.First.IsZero() {
					x.First = m
				}
				x.Last = m
				h.Merge(data.lengths(m))
			}
			q, _ := h.Quantile(d.P)
			x.statistic(q, h.N(), leastFor(d.P, true), true)
			if x.Value.Known {
				out = append(out, x)
			}
		}
		return err
	})
	return out, err
}
