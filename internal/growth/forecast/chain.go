package forecast

import (
	"context"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
)

// Link is a step of the value chain with its figure of today, if there is one.
type Link struct {
	Arrow
	Live *figure.Figure
}

// Chain gives the value chain, from occupational health to patients.
func (s *Service) Chain(ctx context.Context, a access.Actor, now time.Time) ([]Link, error) {
	var out []Link
	for _, arrow := range s.packs.Arrows {
		l := Link{Arrow: arrow}
		if ref, ok := arrow.Ref(); ok {
			f, err := s.d.Figures.Find(ctx, a, now, ref, civil.Date{})
			switch {
			case err == nil:
				l.Live = &f
			case fault.KindOf(err) != fault.NotFound:
				return nil, err
			}
		}
		out = append(out, l)
	}
	return out, nil
}
