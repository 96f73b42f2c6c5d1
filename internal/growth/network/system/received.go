package system

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/organisation"
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

// Told gives everything of a metric that an ICS or a nation has received, to itself or to whoever shares with it.
func (s *Service) Told(ctx context.Context, a access.Actor, of uuid.UUID, metric string) (out []Value, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		last, err := newest(ctx, tx, of)
		if err != nil {
			return err
		}
		out, err = s.values(ctx, tx, of, last, 2*s.pack.Back)
		out = slices.DeleteFunc(out, func(v Value) bool { return v.Metric != metric })
		return err
	})
	return out, err
}

// AsAt gives an ICS or a nation as it was on a day, and how many organisations it had that have figures of their own.
func (s *Service) AsAt(ctx context.Context, a access.Actor, of uuid.UUID, day civil.Date) (m organisation.Member, n int, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if m, err = organisation.On(ctx, tx, of, day.UTC()); err != nil {
			return err
		}
		members, err := organisation.MembersOf(ctx, tx, of, day.UTC())
		n = len(members)
		return err
	})
	return m, n, err
}
