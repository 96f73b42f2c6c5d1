package system

import (
	"context"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Received gives what was received of some months, to put together otherwise.
func (s *Service) Received(ctx context.Context, a access.Actor, from, to civil.Date) (out []Value, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = s.values(ctx, tx, a.Organisation, to, between(from, to))
		out = slices.DeleteFunc(out, func(v Value) bool { return v.Month.Before(from) })
		return err
	})
	return out, err
}

// between is how many months lie between two.
func between(from, to civil.Date) int {
	return 12*(to.Year-from.Year) + int(to.Month) - int(from.Month)
}

// Newest gives the newest month of which anything was received; zero for nothing.
func (s *Service) Newest(ctx context.Context, a access.Actor) (m civil.Date, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		m, err = newest(ctx, tx, a.Organisation)
		return err
	})
	return m, err
}
