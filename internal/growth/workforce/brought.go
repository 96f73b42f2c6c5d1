package workforce

import (
	"context"
	"fmt"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Brought gives the whole-time equivalents that the plan has brought into post on each of some days, whichever option they are
// of; known is false where no post was ever planned. A gap between two holders of a post shows until it is filled again.
func (s *Service) Brought(ctx context.Context, a access.Actor, days []civil.Date) (wte []float64, known bool, err error) {
	wte = make([]float64, len(days))
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		planned, err := changes(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := db.New(tx).ListBrought(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list posts that were planned: %w", err)
		}
		known = len(rows) > 0 || slices.ContainsFunc(planned, func(c Change) bool { return c.Kind.Adds() })
		for _, r := range rows {
			for i, day := range days {
				heads := r.InPost
				switch started, ended, vacant := date(r.StartedOn), date(r.EndedOn), date(r.VacantSince); {
				case started.After(day) || !ended.IsZero() && !ended.After(day):
					continue
				case !vacant.IsZero() && day.Before(vacant):
					heads = r.Heads
				}
				wte[i] += float64(heads) * r.Wte
			}
		}
		return nil
	})
	return wte, known, err
}
