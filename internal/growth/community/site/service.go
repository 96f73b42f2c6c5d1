package site

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs. Advertised lists the vacancies of the workforce plan that take applications.
type Deps struct {
	DB         *postgres.DB
	Figures    *figure.Library
	Advertised func(ctx context.Context, a access.Actor, now time.Time) ([]Opening, error)
}

// Service keeps the site.
type Service struct {
	d       Deps
	changes atomic.Int64
}

// New makes the service.
func New(d Deps) *Service { return &Service{d: d} }

// Changes counts what this process has changed, so that a page that was kept ready is made anew at once.
func (s *Service) Changes() int64 { return s.changes.Load() }

// Address is where a site is, and whose.
type Address struct {
	Slug                  string // "" while the service has no site
	Service, Organisation uuid.UUID
	Name, Phone, Urgent   string // of the service
}

// Path is the address of its first page.
func (a Address) Path() string { return "/site/" + a.Slug }

// Editor is what the editors see.
type Editor struct {
	Address
	Pages     []Page
	Setting   Setting
	Vacancies []Vacancy
}

// Page finds a page by its path. A fixed one is always there.
func (e Editor) Page(path string) (Page, bool) {
	for _, p := range e.Pages {
		if p.Path == path {
			return p, true
		}
	}
	return Page{}, false
}

// address finds the site of the actor's service. Only who works for the host of the service keeps it.
func address(ctx context.Context, tx *postgres.Tx) (a Address, err error) {
	q := db.New(tx)
	host, err := q.FindHost(ctx, tx.Actor.Service)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && host.OrganisationID != tx.Actor.Organisation {
		return a, fault.Missing("site")
	}
	if err != nil {
		return a, fmt.Errorf("find service: %w", err)
	}
	a = Address{Service: tx.Actor.Service, Organisation: host.OrganisationID, Name: host.Name, Phone: host.Phone, Urgent: host.UrgentText}
	r, err := q.FindAddress(ctx, tx.Actor.Service)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return a, fmt.Errorf("find site: %w", err)
	}
	a.Slug = r.Slug
	return a, nil
}

// Find gives the editors everything but old versions.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time) (e Editor, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if e.Address, err = address(ctx, tx); err != nil {
			return err
		}
		rows, err := db.New(tx).ListVersions(ctx, db.ListVersionsParams{OrganisationID: a.Organisation, ServiceID: a.Service})
		if err != nil {
			return fmt.Errorf("list pages: %w", err)
		}
		var all []Version
		for _, r := range rows {
			all = append(all, version(db.ListHistoryRow(r)))
		}
		e.Pages = pages(all)
		if e.Setting, err = setting(ctx, tx); err != nil {
			return err
		}
		e.Vacancies, err = shown(ctx, tx)
		return err
	})
	return e, err
}

// History gives every version of a page, the newest first.
func (s *Service) History(ctx context.Context, a access.Actor, path string) (all []Version, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListHistory(ctx, db.ListHistoryParams{OrganisationID: a.Organisation, ServiceID: a.Service, Path: path})
		if err != nil {
			return fmt.Errorf("list versions: %w", err)
		}
		for _, r := range rows {
			all = append(all, version(r))
		}
		return nil
	})
	return all, err
}

func version(r db.ListHistoryRow) Version {
	return Version{Path: r.Path, Version: int(r.Version), Kind: Kind(r.Kind), Title: r.Title, Words: r.Words, Easy: r.Easy, ReviewOn: civil.Of(r.ReviewOn), State: State(r.State),
		Returned: r.Returned, Saved: r.SavedAt, By: r.SavedBy, Decided: postgres.Value(r.DecidedAt), Decider: postgres.Value(r.DecidedBy)}
}

// do runs a command in one transaction with its audit row, for a service that has a site; one that changes nothing leaves none.
func (s *Service) do(ctx context.Context, a access.Actor, e audit.Entry, fn func(*postgres.Tx, *db.Queries) (int64, error)) error {
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if _, err := address(ctx, tx); err != nil {
			return err
		}
		n, err := fn(tx, db.New(tx))
		if err != nil || n == 0 {
			return err
		}
		e.Object = a.Service
		return audit.Append(ctx, tx, e)
	})
	s.changes.Add(1)
	return err
}
