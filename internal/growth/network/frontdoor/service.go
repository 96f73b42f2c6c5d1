package frontdoor

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/frontdoor/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Contracts finds the newest contract of a client: the hall's.
type Contracts interface {
	Find(context.Context, access.Actor, time.Time, uuid.UUID) (client.Contract, error)
}

// Service keeps the front door.
type Service struct {
	db        *postgres.DB
	contracts Contracts
}

// New makes the service.
func New(db *postgres.DB, contracts Contracts) *Service { return &Service{db, contracts} }

// Listed is a client that is named in public.
type Listed struct {
	ID     uuid.UUID
	Name   string
	Kind   organisation.Kind
	Taking bool // new referrals
	Sites  []Site
}

// Listed lists who is named in public by a service and its host, behind the hall.
func (s *Service) Listed(ctx context.Context, a access.Actor, now time.Time, host, service uuid.UUID) (out []Listed, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		rows, err := q.ListListed(ctx, db.ListListedParams{ServiceID: service, OnDay: locale.Day(now).Null()})
		if err != nil {
			return fmt.Errorf("list who is named: %w", err)
		}
		sites, err := q.ListOpenSites(ctx, host)
		if err != nil {
			return fmt.Errorf("list sites: %w", err)
		}
		for _, r := range rows {
			x := Listed{ID: r.OrganisationID, Name: r.Name, Kind: organisation.Kind(r.Kind), Taking: r.Taking}
			for _, p := range sites {
				if p.ClientID == r.OrganisationID {
					x.Sites = append(x.Sites, Site{p.ID, p.Kind, p.Name, p.Days})
				}
			}
			out = append(out, x)
		}
		return nil
	})
	return out, err
}

// Named is a client that is named in public, and the service that looks after its staff.
type Named struct {
	ID, Service uuid.UUID
	Name        string
}

// Everywhere lists who is named in public by any service of the installation, by name, behind the hall.
func (s *Service) Everywhere(ctx context.Context, a access.Actor, now time.Time) (out []Named, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListEverywhere(ctx, locale.Day(now).UTC())
		if err != nil {
			return fmt.Errorf("list who is named anywhere: %w", err)
		}
		for _, r := range rows {
			out = append(out, Named{ID: r.OrganisationID, Service: r.ServiceID, Name: r.Name})
		}
		return nil
	})
	return out, err
}

// Listing is what a client said about being named.
type Listing struct {
	Service string // that looks after its staff
	Listed  bool
	At      time.Time // zero where nobody has said anything
	By      string
}

// Listing reads what the actor's own organisation said.
func (s *Service) Listing(ctx context.Context, a access.Actor, now time.Time) (l Listing, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		of, err := organisation.ServiceFor(ctx, tx, a.Organisation, locale.Day(now).UTC())
		if err != nil {
			return err
		}
		l.Service = of.Name
		r, err := db.New(tx).NewestListing(ctx, db.NewestListingParams{OrganisationID: a.Organisation, ServiceID: of.ID})
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		l.Listed, l.At, l.By = r.Listed, r.SavedAt, r.ByName
		return err
	})
	return l, err
}

// SetListing says whether the actor's own organisation is named. The same again changes nothing.
func (s *Service) SetListing(ctx context.Context, a access.Actor, at time.Time, listed bool) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		of, err := organisation.ServiceFor(ctx, tx, a.Organisation, locale.Day(at).UTC())
		if err != nil {
			return err
		}
		q := db.New(tx)
		r, err := q.NewestListing(ctx, db.NewestListingParams{OrganisationID: a.Organisation, ServiceID: of.ID})
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find what was said: %w", err)
		}
		if r.Listed == listed {
			return nil
		}
		if err := q.RetireListing(ctx, db.RetireListingParams{OrganisationID: a.Organisation, ServiceID: of.ID}); err != nil {
			return fmt.Errorf("retire what was said: %w", err)
		}
		err = q.InsertListing(ctx, db.InsertListingParams{OrganisationID: a.Organisation, ServiceID: of.ID, SavedAt: postgres.Stamp(at), Listed: listed, ByName: a.Name})
		if postgres.Code(err) == postgres.UniqueViolation {
			return fault.Wrap(fault.Conflict, "frontdoor.changed", err)
		}
		if err != nil {
			return fmt.Errorf("say whether to be named: %w", err)
		}
		action := "frontdoor.unlisted"
		if listed {
			action = "frontdoor.listed"
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "front_door", Object: a.Organisation})
	})
}

// Board is where clinics for a client run, for its service.
type Board struct {
	Contract client.Contract
	Sites    []Site
	Listed   bool
}

// Board reads where clinics for a client of the actor's service run, and whether the client is named.
func (s *Service) Board(ctx context.Context, a access.Actor, now time.Time, clientID uuid.UUID) (b Board, err error) {
	if b.Contract, err = s.contracts.Find(ctx, a, now, clientID); err != nil {
		return b, err
	}
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if b.Sites, err = sites(ctx, q, clientID, &a.Organisation); err != nil {
			return err
		}
		all, err := q.ListListings(ctx, a.Service)
		for _, l := range all {
			b.Listed = b.Listed || l.OrganisationID == clientID && l.Listed
		}
		return err
	})
	return b, err
}

// Ours reads where clinics for the actor's own organisation run.
func (s *Service) Ours(ctx context.Context, a access.Actor) (out []Site, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = sites(ctx, db.New(tx), a.Organisation, nil)
		return err
	})
	return out, err
}

func sites(ctx context.Context, q *db.Queries, clientID uuid.UUID, host *uuid.UUID) (out []Site, err error) {
	rows, err := q.ListSites(ctx, db.ListSitesParams{ClientID: clientID, OrganisationID: host})
	if err != nil {
		return nil, fmt.Errorf("list sites: %w", err)
	}
	for _, r := range rows {
		out = append(out, Site{r.ID, r.Kind, r.Name, r.Days})
	}
	return out, nil
}

// AddSite writes down where clinics for a client run.
func (s *Service) AddSite(ctx context.Context, a access.Actor, at time.Time, clientID uuid.UUID, x Site) error {
	c, err := s.contracts.Find(ctx, a, at, clientID)
	if err != nil {
		return err
	}
	if f := Check(x); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if !c.Open(locale.Day(at)) {
		return fault.New(fault.Conflict, "contract.closed")
	}
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).InsertSite(ctx, db.InsertSiteParams{OrganisationID: a.Organisation, ID: x.ID, ClientID: clientID, Kind: x.Kind, Name: x.Name, Days: x.Days, SavedAt: postgres.Stamp(at), ByName: a.Name})
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "frontdoor.site_added", Kind: "contract_site", Object: x.ID})
	})
}

// EndSite says that clinics run somewhere no longer.
func (s *Service) EndSite(ctx context.Context, a access.Actor, at time.Time, clientID, id uuid.UUID) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		r, err := q.FindSite(ctx, db.FindSiteParams{OrganisationID: a.Organisation, ID: id})
		if errors.Is(err, pgx.ErrNoRows) || err == nil && r.ClientID != clientID {
			return fault.Missing("site")
		}
		if err != nil {
			return fmt.Errorf("find site: %w", err)
		}
		n, err := q.EndSite(ctx, db.EndSiteParams{OrganisationID: a.Organisation, ID: id, EndedAt: postgres.Null(postgres.Stamp(at))})
		if err != nil {
			return fmt.Errorf("end site: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "contract.ended_before")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "frontdoor.site_ended", Kind: "contract_site", Object: id})
	})
}
