package indicator

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Lack is a measure of the catalogue that cannot be shown, and the source that would give it.
type Lack struct{ Code, What, Source string }

// Lacking lists what the catalogue has and this organisation does not: the indicators for which nothing came in during
// the months of a chart, and those that nothing in Rowan computes (Missing). What is there and too small to show is not
// lacking.
func (s *Service) Lacking(ctx context.Context, a access.Actor, now time.Time) (here, nowhere []Lack, err error) {
	coded := only(s.pack.Current(), func(d Definition) bool { return d.Code != "" })
	charted := only(coded, Definition.Charted)
	err = s.d.DB.InTenant(ctx, scope(a), func(tx *postgres.Tx) error {
		data, _, err := s.read(ctx, tx, a, Months(now, s.d.Months), charted, rawClock)
		if err != nil {
			return err
		}
		for _, d := range coded {
			var there bool
			if d.Charted() {
				there = slices.ContainsFunc(compute(d, activity.Raw, data, Outside(a)), func(p Point) bool { return p.Value.Known || p.Small })
			} else {
				e, err := s.equity(ctx, tx, a, d, Months(now, 1)[0], Outside(a))
				if err != nil {
					return fmt.Errorf("indicator %s: %w", d.ID, err)
				}
				there = len(e.Groups) > 0
			}
			if !there {
				here = append(here, Lack{d.Code, d.Words(ctx, "title"), locale.T(ctx, "indicator.missing."+d.Code+".source")})
			}
		}
		return nil
	})
	slices.SortFunc(here, func(a, b Lack) int { return cmp.Compare(a.Code, b.Code) })
	for _, code := range s.pack.Missing {
		nowhere = append(nowhere, Lack{code, locale.T(ctx, "indicator.missing."+code+".what"), locale.T(ctx, "indicator.missing."+code+".source")})
	}
	return here, nowhere, err
}
