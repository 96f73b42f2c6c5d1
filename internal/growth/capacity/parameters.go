package capacity

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/kept"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/number"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Demand is the page of the fits.
type Demand struct {
	Reads      bool // the actor acts for the service
	Fits       demand.Fits
	OK         bool
	Parameters []number.Parameter
	Fitted     []float64 // referrals expected in each week of Fits.Weeks
	Recorded   []measured.Recorded
}

// Demand gives the fits with what replaces them.
func (s *Service) Demand(ctx context.Context, a access.Actor) (d Demand, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		k, err := s.know(ctx, tx)
		if err != nil {
			return err
		}
		if !a.Role.AtService() {
			k.raw = number.Outside(k.raw)
		}
		d.Reads, d.OK, d.Fits = a.Service != uuid.Nil, k.ok, k.raw
		if !k.ok {
			return nil
		}
		if _, d.Recorded, err = s.last(ctx, tx, k); err != nil {
			return err
		}
		history, err := kept.Overrides(ctx, tx)
		if err != nil {
			return err
		}
		if d.Parameters = number.Of(k.raw, s.pack, history); !a.Role.AtService() {
			d.Parameters = number.Shown(d.Parameters)
		}
		for _, w := range k.raw.Weeks {
			sum := 0.0
			for i := range week {
				day := w.Start.AddDays(i)
				for _, r := range k.raw.Rates {
					sum += r.Mean(day, s.calendar.Holiday(day) != "")
				}
			}
			d.Fitted = append(d.Fitted, sum)
		}
		return nil
	})
	return d, err
}

// Known are the fits with what replaces numbers in them; ok is false where there are none.
func (s *Service) Known(ctx context.Context, a access.Actor) (f demand.Fits, ok bool, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		k, err := s.know(ctx, tx)
		f, ok = k.fits, k.ok
		return err
	})
	return f, ok, err
}

// Parameter gives one that can be replaced, by its name.
func (s *Service) Parameter(ctx context.Context, a access.Actor, name string) (number.Parameter, error) {
	d, err := s.Demand(ctx, a)
	if err != nil {
		return number.Parameter{}, err
	}
	for _, p := range d.Parameters {
		if p.Name == name && !p.Fixed {
			return p, nil
		}
	}
	return number.Parameter{}, fault.Missing("parameter")
}

// Replace puts a number, or the several of a week or a year, in the place of what was fitted or assumed; nil takes that away again. Both
// are kept.
func (s *Service) Replace(ctx context.Context, a access.Actor, now time.Time, name string, values []float64, reason string) error {
	p, err := s.Parameter(ctx, a, name)
	if err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	if f := p.Check(values, reason); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		return kept.Replace(ctx, tx, now, name, values, reason)
	})
}
