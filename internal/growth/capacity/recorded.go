package capacity

import (
	"context"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// last is what Rowan's own records say of the last year.
func (s *Service) last(ctx context.Context, tx *postgres.Tx, k known) (y measured.Year, all []measured.Recorded, err error) {
	if !k.ok {
		return y, nil, nil
	}
	if y, err = measured.Read(ctx, tx, k.raw, s.pack.TargetDays); err != nil {
		return y, nil, fmt.Errorf("read what was measured: %w", err)
	}
	roles, err := s.roles(ctx, tx)
	if err != nil {
		return y, nil, err
	}
	fits := k.raw
	if !tx.Actor.Role.AtService() {
		fits = outside(fits)
	}
	in := s.inputs(k, Scenario{})
	return y, s.recorded(in, fits, y.Given, roles), nil
}

// recorded is of every profession that the plan has hours of in the year of the fits.
func (s *Service) recorded(in Inputs, fits demand.Fits, given float64, roles []OnePost) (out []measured.Recorded) {
	for _, p := range s.pack.Pools {
		r := measured.Recorded{Role: p.Role, Minutes: p.Length(fits).Mean, Offered: in.Present[p.Role]}
		for _, x := range fits.Roles {
			if s.pack.Named(x.Name) == p.Role {
				r.Appointments += x.Share * given
			}
		}
		if r.Offered <= 0 || r.Appointments <= 0 {
			continue
		}
		for _, one := range roles {
			if one.Role == p.Role {
				r.WTE = r.Offered / one.Hours
			}
		}
		r.Low = r.Share() < float64(s.pack.RecordedPercent)
		out = append(out, r)
	}
	return out
}

// workingWeeks are the weeks of five working days of a year: 365 days without 104 of weekends and 8 bank holidays.
const workingWeeks = 253 / workdays

// brings is how many appointments a week one person more of a role would give, as the simulation has it: in proportion to those that
// there are, or their hours over the minutes of one where nobody is routed to the profession yet.
func (s *Service) brings(in Inputs, one OnePost) float64 {
	pool, base := s.pack.Of(one.Role).Role, in.Fits.Given.Mean
	routing := in.routing()
	if _, all := routing[everybody]; all {
		pool = everybody
	}
	if routing[pool] == 0 {
		return one.Hours * 60 / in.minutes(pool)
	}
	more := in
	at := func(extra float64) float64 {
		more.Staff = in.withMore(map[string]float64{s.pack.Of(one.Role).Role: extra})
		return more.slots(in.Start, pool, base*routing[pool])
	}
	return at(one.Hours) - at(0)
}
