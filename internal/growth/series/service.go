package series

import (
	"context"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/series/intake"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB *postgres.DB
}

// Service takes series in and reads them.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service. The pack is compiled in and tested, so one that does not load is a broken build.
func New(d Deps) *Service {
	pack, err := LoadPack(content.FS)
	if err != nil {
		panic(err)
	}
	return &Service{d, pack}
}

// Suggested is the measures that a file needs not define.
func (s *Service) Suggested() Pack { return s.pack }

// FindImport gives the report of a file of series or survey results.
func (s *Service) FindImport(ctx context.Context, a access.Actor, id uuid.UUID) (r intake.Report, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		r, err = intake.Load(ctx, tx, id)
		return err
	})
	return r, err
}

// Imports lists the last files of either kind, newest first.
func (s *Service) Imports(ctx context.Context, a access.Actor) (all []intake.Report, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		all, err = intake.List(ctx, tx)
		return err
	})
	return all, err
}
