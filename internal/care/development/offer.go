package development

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/development/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Kinds are what may be offered.
var Kinds = []string{"course", "shadowing", "project", "leadership"}

// maxPlaces is more than any service has staff for.
const maxPlaces = 200

// OfferIn is an offer as it is published.
type OfferIn struct {
	ID           uuid.UUID
	Kind, Area   string
	Title, About string
	Roles        []string // none: all
	Places       int
	Closes       civil.Date
}

// Offer is what stands.
type Offer struct {
	OfferIn
	Published  time.Time
	By         string
	Mine       bool // the reader published it, and sees whom it interests
	Interested bool // the reader
}

// Path is where who published it sees whom it interests.
func (o Offer) Path() string { return "/development/offers/" + o.ID.String() }

// Open says whether one can still say that it interests one: to the end of its last day.
func (o Offer) Open(today civil.Date) bool { return !o.Closes.Before(today) }

// For says whether it is for a role.
func (o Offer) For(r access.Role) bool {
	return len(o.Roles) == 0 || slices.Contains(o.Roles, string(r))
}

// CheckOffer says what is wrong with an offer.
func CheckOffer(in OfferIn, today civil.Date) (f fault.Fields) {
	if !slices.Contains(Kinds, in.Kind) {
		f.Add("kind", "development.kind.empty")
	}
	if !slices.Contains(Areas, in.Area) {
		f.Add("area", "development.area.empty")
	}
	said(&f, "title", in.Title, "development.title.empty", MaxLine)
	said(&f, "about", in.About, "development.about.empty", MaxText)
	for _, r := range in.Roles {
		if !slices.Contains(access.Team, access.Role(r)) {
			f.Add("roles", "development.roles.bad")
			break
		}
	}
	if in.Places < 1 || in.Places > maxPlaces {
		f.Add("places", "development.places.bad", "n", maxPlaces)
	}
	switch {
	case in.Closes.IsZero():
		f.Add("closes", "development.closes.empty")
	case in.Closes.Before(today) || in.Closes.After(today.AddMonths(24)):
		f.Add("closes", "development.closes.bad")
	}
	return f
}

// PublishOffer publishes an offer to everybody of the service.
func (s *Service) PublishOffer(ctx context.Context, a access.Actor, at time.Time, in OfferIn) error {
	if err := refuse(CheckOffer(in, locale.Day(at))); err != nil {
		return err
	}
	return s.do(ctx, a, at, "development.offer_published", "development_offer", in.ID, func(tx *postgres.Tx) (int64, error) {
		roles := in.Roles
		if roles == nil {
			roles = []string{}
		}
		n, err := db.New(tx).InsertOffer(ctx, db.InsertOfferParams{ServiceID: a.Service, ID: in.ID, Kind: in.Kind, Area: in.Area, Title: in.Title, About: in.About, Roles: roles, Places: int32(in.Places), ClosesOn: in.Closes.UTC(),
			PublishedAt: at, ByAccount: a.Account, ByName: a.Name})
		if err != nil {
			return 0, fmt.Errorf("insert offer: %w", err)
		}
		return n, nil
	})
}

// WithdrawOffer takes an offer down.
func (s *Service) WithdrawOffer(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.do(ctx, a, at, "development.offer_withdrawn", "development_offer", id, func(tx *postgres.Tx) (int64, error) {
		n, err := db.New(tx).WithdrawOffer(ctx, db.WithdrawOfferParams{ServiceID: a.Service, ID: id, At: &at})
		if err != nil {
			return 0, fmt.Errorf("withdraw offer: %w", err)
		}
		if n == 0 {
			return 0, fault.Missing("offer")
		}
		return n, nil
	})
}

// Interest says that an open offer for the actor's role interests the actor, or takes that back.
func (s *Service) Interest(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, on bool) error {
	if !on {
		return s.do(ctx, a, at, "development.interest_ended", "development_offer", id, func(tx *postgres.Tx) (int64, error) {
			if _, err := offer(ctx, tx, at, id); err != nil {
				return 0, err
			}
			n, err := db.New(tx).DeleteInterest(ctx, db.DeleteInterestParams{ServiceID: a.Service, OfferID: id, AccountID: a.Account})
			if err != nil {
				return 0, fmt.Errorf("delete interest: %w", err)
			}
			return n, nil
		})
	}
	return s.do(ctx, a, at, "development.interest_said", "development_offer", id, func(tx *postgres.Tx) (int64, error) {
		o, err := offer(ctx, tx, at, id)
		if err != nil {
			return 0, err
		}
		if !o.Open(locale.Day(at)) {
			return 0, fault.New(fault.Conflict, "development.offer.closed")
		}
		if !o.For(a.Role) || o.Mine {
			return 0, fault.Missing("offer")
		}
		n, err := db.New(tx).InsertInterest(ctx, db.InsertInterestParams{ServiceID: a.Service, OfferID: id, AccountID: a.Account, Name: a.Name, Role: string(a.Role), At: at})
		if err != nil {
			return 0, fmt.Errorf("insert interest: %w", err)
		}
		return n, nil
	})
}

// Interested is somebody whom an offer interests.
type Interested struct {
	Name string
	Role access.Role
	At   time.Time
}

// Offers lists the offers that stand.
func (s *Service) Offers(ctx context.Context, a access.Actor, now time.Time) (out []Offer, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = offers(ctx, tx, now)
		return err
	})
	return out, err
}

// FindOffer reads an offer and, for who published it, whom it interests.
func (s *Service) FindOffer(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (o Offer, who []Interested, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if o, err = offer(ctx, tx, now, id); err != nil || !o.Mine {
			return err
		}
		rows, err := db.New(tx).ListInterest(ctx, db.ListInterestParams{ServiceID: a.Service, OfferID: id})
		if err != nil {
			return fmt.Errorf("list interest: %w", err)
		}
		for _, r := range rows {
			who = append(who, Interested{r.Name, access.Role(r.Role), r.At})
		}
		return nil
	})
	return o, who, err
}

func offer(ctx context.Context, tx *postgres.Tx, now time.Time, id uuid.UUID) (Offer, error) {
	all, err := offers(ctx, tx, now)
	for _, o := range all {
		if o.ID == id {
			return o, nil
		}
	}
	if err != nil {
		return Offer{}, err
	}
	return Offer{}, fault.Missing("offer")
}

func offers(ctx context.Context, tx *postgres.Tx, now time.Time) ([]Offer, error) {
	a := tx.Actor
	rows, err := db.New(tx).ListOffers(ctx, db.ListOffersParams{ServiceID: a.Service, AccountID: a.Account, Since: now.AddDate(-1, 0, 0)})
	if err != nil {
		return nil, fmt.Errorf("list offers: %w", err)
	}
	out := make([]Offer, len(rows))
	for i, r := range rows {
		out[i] = Offer{OfferIn: OfferIn{ID: r.ID, Kind: r.Kind, Area: r.Area, Title: r.Title, About: r.About, Roles: r.Roles, Places: int(r.Places), Closes: civil.Of(r.ClosesOn)},
			Published: r.PublishedAt, By: r.ByName, Mine: r.ByAccount == a.Account, Interested: r.Interested}
	}
	return out, nil
}
