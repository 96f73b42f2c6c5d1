package model

import (
	"math"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Month is the wait from submission to the first attended appointment, of those seen first in that month, in
// working days.
type Month struct {
	First             civil.Date
	N                 int
	Median, P90, Mean float64
}

// StudyNow is the moment at which studies without a database stand.
var StudyNow = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// Waits gives the 36 whole months before StudyNow for the large service: the series a chart shows.
func Waits(seed uint64, withInitiative bool) []Month {
	p := Plan{Seed: seed, Now: StudyNow, PerYear: 1500, Clinics: Large(), Initiative: withInitiative}
	return Monthly(p, Run(p).Cases)
}

// Monthly gives the waits of the cases of a plan by month.
func Monthly(p Plan, cases []*Case) []Month {
	d := newDays(p.Begin().AddDays(-3*warmUp), civil.Of(p.Now), civil.Date{})
	begin := p.Begin()
	all := make([][]float64, 12*Years)
	for _, c := range cases {
		seen := c.First(Attended)
		if seen.IsZero() {
			continue
		}
		day := locale.Day(seen)
		m := (day.Year-begin.Year)*12 + int(day.Month-begin.Month)
		if m < 0 || m >= len(all) {
			continue
		}
		wait, _ := d.cal.Between(locale.Day(c.Events[0].At), day)
		all[m] = append(all[m], float64(wait))
	}
	out := make([]Month, len(all))
	for m, waits := range all {
		out[m] = summary(waits)
		out[m].First = civil.Of(time.Date(begin.Year, begin.Month+time.Month(m), 1, 0, 0, 0, 0, time.UTC))
	}
	return out
}

func summary(waits []float64) Month {
	slices.Sort(waits)
	out := Month{N: len(waits)}
	if out.N == 0 {
		return out
	}
	for _, w := range waits {
		out.Mean += w / float64(out.N)
	}
	out.Median, out.P90 = quantile(waits, 0.5), quantile(waits, 0.9)
	return out
}

// quantile is linear between the two values around rank p(n-1), as activity.Histogram.Quantile.
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	lo := sorted[int(math.Floor(at))]
	return lo + (at-math.Floor(at))*(sorted[int(math.Ceil(at))]-lo)
}
