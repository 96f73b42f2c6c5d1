package testimony

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimony/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// purpose is what the giver's link is minted for.
const purpose = "testimonial"

// Links makes and opens sealed links; platform/seal does.
type Links interface {
	MintLink(seal.Link) (string, error)
	OpenLink(token, purpose string, now time.Time) (seal.Link, error)
}

// Service keeps testimonials.
type Service struct {
	db    *postgres.DB
	links Links
}

// New makes the service.
func New(db *postgres.DB, links Links) *Service { return &Service{db, links} }

// errChanged answers a command that found the testimonial otherwise than it was shown.
var errChanged = fault.New(fault.Conflict, "testimony.changed")

// List gives every testimonial that the reader may see: those who do not keep them read what is shown in any place.
func (s *Service) List(ctx context.Context, a access.Actor, now time.Time) (out []Testimonial, err error) {
	all, err := s.all(ctx, a)
	for _, x := range all {
		if keeps(a) || x.seen(a, locale.Day(now)) {
			out = append(out, x)
		}
	}
	return out, err
}

func (s *Service) all(ctx context.Context, a access.Actor) (out []Testimonial, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListTestimonials(ctx, db.ListTestimonialsParams{OrganisationID: a.Organisation, ServiceID: a.Service})
		if err != nil {
			return fmt.Errorf("list testimonials: %w", err)
		}
		for _, r := range rows {
			x := Testimonial{ID: r.ID, Quote: postgres.Value(r.QuoteID), Words: r.Words, Audience: r.Audience, Named: r.Named, Giver: r.Giver, Places: r.Asked, Agreed: r.Agreed, Ends: civil.Of(r.EndsOn), State: State(r.State),
				Held: r.Held, Found: int(r.Found), ClearedBy: postgres.Value(r.ClearedBy), Cleared: r.ClearedWhy, By: r.MadeBy, maker: r.Maker, AgreedAt: postgres.Value(r.AgreedAt), EndedBy: postgres.Value(r.EndedBy)}
			if r.EndedAt != nil {
				x.EndedOn = locale.Day(*r.EndedAt)
			}
			if x.Quote != uuid.Nil {
				x.Words, x.Gone = postgres.Value(r.Quoted), r.Quoted == nil
			}
			out = append(out, x)
		}
		return nil
	})
	return out, err
}

func keeps(a access.Actor) bool { return a.Role == access.Lead || a.Role == access.OHAdmin }

// seen says whether somebody who does not keep testimonials reads one. Communications, who are the employer's, read what is public.
func (x Testimonial) seen(a access.Actor, today civil.Date) bool {
	if a.Role == access.Communications {
		return x.ShownIn(Public, today)
	}
	return x.ShownIn(Inside, today) || x.ShownIn(Public, today)
}

// Find gives one.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (Testimonial, error) {
	all, err := s.List(ctx, a, now)
	if err != nil {
		return Testimonial{}, err
	}
	i := slices.IndexFunc(all, func(x Testimonial) bool { return x.ID == id })
	if i < 0 {
		return Testimonial{}, fault.Missing("testimonial")
	}
	return all[i], nil
}

// Quote is a quote of feedback that could become a testimonial.
type Quote struct {
	ID              uuid.UUID
	Month           civil.Date
	Audience, Words string
}

// Quotes lists them, the newest first.
func (s *Service) Quotes(ctx context.Context, a access.Actor) (out []Quote, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListQuotes(ctx, db.ListQuotesParams{OrganisationID: a.Organisation, ServiceID: a.Service})
		for _, r := range rows {
			out = append(out, Quote{r.ID, civil.Of(r.Month), r.Audience, r.Words})
		}
		return err
	})
	return out, err
}

// Ask writes down what somebody said, to be put to them. Words that look like a person are held first. The same one again does nothing.
func (s *Service) Ask(ctx context.Context, a access.Actor, now time.Time, x Testimonial) error {
	today := locale.Day(now)
	x.Words, x.Giver, x.Quote = strings.TrimSpace(x.Words), strings.TrimSpace(x.Giver), uuid.Nil
	if f := x.Check(today); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	n := len(x.Findings(today))
	return s.insert(ctx, a, now, "testimonial.asked", db.InsertTestimonialParams{ID: x.ID, Words: x.Words, Audience: x.Audience, Named: x.Named, Giver: x.Giver, Asked: x.Places, Agreed: []string{}, EndsOn: x.Ends.UTC(),
		State: string(Asked), Held: n > 0, Found: int32(n)}) //nolint:gosec // at most a few hundred in so many words
}

// Adopt makes a testimonial of a quote of feedback: inside and without a name, as its tick says.
func (s *Service) Adopt(ctx context.Context, a access.Actor, now time.Time, id, quote uuid.UUID, ends civil.Date) error {
	var f fault.Fields
	if checkEnds(&f, ends, locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	all, err := s.Quotes(ctx, a)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(q Quote) bool { return q.ID == quote })
	if i < 0 {
		return fault.Missing("quote")
	}
	audience := all[i].Audience
	if !slices.Contains(Audiences, audience) {
		audience = "person"
	}
	return s.insert(ctx, a, now, "testimonial.adopted", db.InsertTestimonialParams{ID: id, QuoteID: &quote, Audience: audience, Named: Nobody, Asked: []string{Inside}, Agreed: []string{Inside}, EndsOn: ends.UTC(),
		State: string(Agreed), AgreedAt: &now})
}

func (s *Service) insert(ctx context.Context, a access.Actor, now time.Time, action string, p db.InsertTestimonialParams) error {
	p.OrganisationID, p.ServiceID, p.At, p.ByName, p.Maker = a.Organisation, a.Service, now, a.Name, a.Account
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).InsertTestimonial(ctx, p)
		if err != nil {
			return fmt.Errorf("write testimonial: %w", err)
		}
		if n == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: action, Kind: "testimonial", Object: p.ID})
	})
}

// do changes one with its audit row; nothing changed is a conflict.
func (s *Service) do(ctx context.Context, a access.Actor, now time.Time, action string, id uuid.UUID, change func(*db.Queries) (int64, error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := change(db.New(tx))
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", action, err)
		case n == 0:
			return errChanged
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: action, Kind: "testimonial", Object: id})
	})
}

// Clear says why words that look like a person may stand. Who wrote them down cannot.
func (s *Service) Clear(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, why string) error {
	if f := CheckReason(why); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	x, err := s.Find(ctx, a, now, id)
	if err != nil {
		return err
	}
	if x.WrittenBy(a.Account) {
		return fault.New(fault.Conflict, "testimony.own")
	}
	return s.do(ctx, a, now, "testimonial.cleared", id, func(q *db.Queries) (int64, error) {
		return q.ClearTestimonial(ctx, db.ClearTestimonialParams{OrganisationID: a.Organisation, ID: id, ByName: a.Name, Why: strings.TrimSpace(why), Clearer: a.Account})
	})
}

// Withdraw takes one away for staff.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.do(ctx, a, now, "testimonial.withdrawn", id, func(q *db.Queries) (int64, error) {
		return q.WithdrawTestimonial(ctx, db.WithdrawTestimonialParams{OrganisationID: a.Organisation, ID: id, At: now, ByName: a.Name})
	})
}

// Token is what stands in the giver's link, until the last day; "" where there is no giver to ask, or the words are held.
func (s *Service) Token(a access.Actor, x Testimonial, today civil.Date) (string, error) {
	if x.Quote != uuid.Nil || x.Held || x.On(today) != Asked && x.On(today) != Agreed {
		return "", nil
	}
	return s.links.MintLink(seal.Link{ID: x.ID, Purpose: purpose, Organisation: a.Organisation, Service: a.Service, Object: x.ID, Expires: x.Ends.AddDays(1).UTC()})
}

// open reads a link. One that is none of ours, or too old, is missing.
func (s *Service) open(token string, now time.Time) (access.Actor, uuid.UUID, error) {
	l, err := s.links.OpenLink(token, purpose, now)
	if errors.Is(err, seal.ErrLink) || errors.Is(err, seal.ErrExpired) {
		return access.Actor{}, uuid.Nil, fault.Missing("link")
	}
	return access.SystemActor(access.Hall, l.Organisation, l.Service), l.Object, err
}

// Given is what the giver reads by their link.
func (s *Service) Given(ctx context.Context, token string, now time.Time) (x Testimonial, err error) {
	house, id, err := s.open(token, now)
	if err != nil {
		return x, err
	}
	err = s.db.InTenant(ctx, house, func(tx *postgres.Tx) error {
		r, err := db.New(tx).FindAsked(ctx, db.FindAskedParams{OrganisationID: house.Organisation, ID: id})
		if errors.Is(err, pgx.ErrNoRows) || err == nil && r.Held {
			return fault.Missing("link")
		}
		if err != nil {
			return fmt.Errorf("find what a link is about: %w", err)
		}
		x = Testimonial{ID: r.ID, Words: r.Words, Audience: r.Audience, Named: r.Named, Giver: r.Giver, Places: r.Asked, Agreed: r.Agreed, Ends: civil.Of(r.EndsOn), State: State(r.State), AgreedAt: postgres.Value(r.AgreedAt)}
		return nil
	})
	return x, err
}

// Agree shows the words in the places that the giver ticked.
func (s *Service) Agree(ctx context.Context, token string, now time.Time, places []string) error {
	x, err := s.Given(ctx, token, now)
	if err != nil {
		return err
	}
	if f := x.CheckPlaces(places); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	house, id, err := s.open(token, now)
	if err != nil {
		return err
	}
	return s.do(ctx, house, now, "testimonial.agreed", id, func(q *db.Queries) (int64, error) {
		return q.AgreeTo(ctx, db.AgreeToParams{OrganisationID: house.Organisation, ID: id, Agreed: places, At: now})
	})
}

// TakeBack says no, or takes back what the giver agreed to: from now on it is shown nowhere.
func (s *Service) TakeBack(ctx context.Context, token string, now time.Time) error {
	house, id, err := s.open(token, now)
	if err != nil {
		return err
	}
	return s.do(ctx, house, now, "testimonial.taken_back", id, func(q *db.Queries) (int64, error) {
		return q.TakeBack(ctx, db.TakeBackParams{OrganisationID: house.Organisation, ID: id, At: now})
	})
}

// Published is what the public site of a service shows. The house reads it: whoever is not signed in cannot (hall).
func (s *Service) Published(ctx context.Context, organisation, service uuid.UUID, now time.Time) (out []Testimonial, err error) {
	err = s.db.InTenant(ctx, access.SystemActor(access.Hall, organisation, service), func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListShown(ctx, db.ListShownParams{ServiceID: service, Today: locale.Day(now).UTC()})
		if err != nil {
			return fmt.Errorf("list shown testimonials: %w", err)
		}
		for _, r := range rows {
			out = append(out, Testimonial{ID: r.ID, Words: r.Words, Audience: r.Audience, Named: r.Named, Giver: r.Giver, Ends: civil.Of(r.EndsOn), State: Agreed, Agreed: []string{Public}})
		}
		return nil
	})
	return out, err
}

// With lists what may be shown in a place today.
func (s *Service) With(ctx context.Context, a access.Actor, now time.Time, place string) (out []Testimonial, err error) {
	all, err := s.all(ctx, a)
	for _, x := range all {
		if x.ShownIn(place, locale.Day(now)) {
			out = append(out, x)
		}
	}
	return out, err
}
