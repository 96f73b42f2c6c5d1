package absence

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Beside is absence and the wait to be seen on the same months.
type Beside struct {
	Figures Figures
	Months  []civil.Date
	Absence []spc.Number // rate, or days where no rate is known
	Wait    []spc.Number // median working days to be first seen, raw clock
}

// BesideWaits reads both. Those outside the service see the waits of their own organisation, from 8 a month up.
func (s *Service) BesideWaits(ctx context.Context, a access.Actor, of uuid.UUID, now time.Time) (Beside, error) {
	var b Beside
	var err error
	if b.Figures, err = s.Read(ctx, a, of, "", now); err != nil {
		return b, err
	}
	today := locale.Day(now)
	end := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	from := end.AddMonths(-shownMonths)
	waits := map[civil.Date]activity.Histogram{}
	err = s.d.DB.InTenant(ctx, reader(a, uuid.Nil), func(tx *postgres.Tx) error {
		rows, err := activity.ReadWaits(ctx, tx, from, end, activity.WaitFirstSeen)
		for _, w := range rows {
			if w.Clock == activity.Raw {
				h := waits[w.Month]
				h.Merge(w.Lengths)
				waits[w.Month] = h
			}
		}
		return err
	})
	if err != nil {
		return b, err
	}
	b.align(waits, from, end)
	return b, nil
}

// align puts both series on one axis: from the first month that either has to the last.
func (b *Beside) align(waits map[civil.Date]activity.Histogram, from, end civil.Date) {
	source := b.Figures.Rate
	if !b.Figures.HasRate() {
		source = b.Figures.Days
	}
	absence := map[civil.Date]spc.Number{}
	for i, m := range b.Figures.Months {
		absence[m] = source[i]
	}
	for m := from; m.Before(end); m = m.AddMonths(1) {
		h := waits[m]
		wait := spc.Number{}
		if q, ok := h.Quantile(0.5); ok && (!b.Figures.Outside || disclosure.Statistic(h.N(), disclosure.General)) {
			wait = spc.Some(q)
		}
		if len(b.Months) == 0 && !wait.Known && !absence[m].Known {
			continue
		}
		b.Months, b.Absence, b.Wait = append(b.Months, m), append(b.Absence, absence[m]), append(b.Wait, wait)
	}
	for n := len(b.Months); n > 0 && !b.Absence[n-1].Known && !b.Wait[n-1].Known; n-- {
		b.Months, b.Absence, b.Wait = b.Months[:n-1], b.Absence[:n-1], b.Wait[:n-1]
	}
}
