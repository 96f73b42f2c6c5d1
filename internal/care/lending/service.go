package lending

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/halfday"
	"github.com/rowan-ohwb/rowan/internal/care/lending/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB *postgres.DB
	// Able says what somebody of the service may practise, read in the transaction: in a role, or in their own for "".
	Able func(ctx context.Context, tx *postgres.Tx, account uuid.UUID, acting access.Role, role string, at time.Time) (Able, error)
	// Named names a competence.
	Named func(key string) string
}

// Service does what the package says.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Named names a competence.
func (s *Service) Named(key string) string { return s.d.Named(key) }

// Board is what a professional sees of their own offers.
type Board struct {
	Able   Able
	Places []Place // organisations that take part, without their own; none where their own does not
	Takes  bool    // their own takes part
	Offers []Offer // the newest first
}

// Find finds one of the offers.
func (b Board) Find(id uuid.UUID) (Offer, bool) {
	i := slices.IndexFunc(b.Offers, func(o Offer) bool { return o.ID == id })
	if i < 0 {
		return Offer{}, false
	}
	return b.Offers[i], true
}

// Session finds one that was asked of one of the offers.
func (b Board) Session(organisation, id uuid.UUID) (Session, Offer, bool) {
	for _, o := range b.Offers {
		for _, x := range o.Asked {
			if x.ID == id && x.Organisation == organisation {
				return x, o, true
			}
		}
	}
	return Session{}, Offer{}, false
}

// sessions lists all.
func (b Board) sessions() (out []Session) {
	for _, o := range b.Offers {
		out = append(out, o.Asked...)
	}
	return out
}

// Board reads one's own offers, and what one could offer.
func (s *Service) Board(ctx context.Context, a access.Actor, now time.Time) (b Board, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		b, err = s.board(ctx, tx, now)
		return err
	})
	return b, err
}

func (s *Service) board(ctx context.Context, tx *postgres.Tx, now time.Time) (b Board, err error) {
	a, q := tx.Actor, db.New(tx)
	if b.Able, err = s.d.Able(ctx, tx, a.Account, a.Role, "", now); err != nil {
		return b, err
	}
	ids, err := q.Partners(ctx)
	if err != nil {
		return b, fmt.Errorf("list who takes part: %w", err)
	}
	for _, id := range ids {
		o, err := organisation.On(ctx, tx, id, locale.Day(now).UTC())
		if err != nil {
			return b, err
		}
		if id == a.Organisation {
			b.Takes = true
			continue
		}
		b.Places = append(b.Places, Place{id.String(), o.Name})
	}
	slices.SortFunc(b.Places, func(x, y Place) int { return strings.Compare(x.Name+x.ID, y.Name+y.ID) })
	if b.Offers, err = offers(ctx, q, a); err != nil {
		return b, err
	}
	return b, asked(ctx, tx, &b, now)
}

func offers(ctx context.Context, q *db.Queries, a access.Actor) (out []Offer, err error) {
	rows, err := q.ListOwn(ctx, a.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list offers: %w", err)
	}
	held, err := q.ListHeld(ctx, db.ListHeldParams{OrganisationID: a.Organisation, AccountID: a.Account})
	if err != nil {
		return nil, fmt.Errorf("list what offers hold: %w", err)
	}
	for _, r := range rows {
		o := Offer{In: In{ID: r.ID, Band: r.Band, Slots: r.Slots, Places: r.Places, From: civil.Of(r.FromOn), Until: civil.Of(r.UntilOn)}, Role: r.Role, State: State(r.State), DecidedBy: postgres.Value(r.DecidedBy)}
		for _, h := range held {
			if h.OfferID == r.ID {
				o.Held = append(o.Held, Holding{h.Competence, civil.Of(h.UntilOn)})
				o.Competencies = append(o.Competencies, h.Competence)
			}
		}
		out = append(out, o)
	}
	return out, nil
}

// asked reads what is asked of the offers. Where an organisation takes part no more its need is no longer told, and the session stays.
func asked(ctx context.Context, tx *postgres.Tx, b *Board, now time.Time) error {
	rows, err := db.New(tx).ListAsked(ctx, tx.Actor.Organisation)
	if err != nil {
		return fmt.Errorf("list what is asked: %w", err)
	}
	for _, r := range rows {
		i := slices.IndexFunc(b.Offers, func(o Offer) bool { return o.ID == r.OfferID })
		if i < 0 {
			continue
		}
		o, err := organisation.On(ctx, tx, r.OrganisationID, locale.Day(now).UTC())
		if err != nil {
			return err
		}
		b.Offers[i].Asked = append(b.Offers[i].Asked, Session{r.OrganisationID, r.ID, r.OfferID, o.Name, r.Place, r.Competence, civil.Of(r.OnDate), r.Slot, int(r.Hours), r.State})
	}
	return nil
}

// errNoPart answers whose organisation does not take part.
var errNoPart = fault.New(fault.Conflict, "lending.no_part")

// Add offers oneself. The same id again does nothing.
func (s *Service) Add(ctx context.Context, a access.Actor, now time.Time, in In) error {
	today := locale.Day(now)
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		b, err := s.board(ctx, tx, now)
		if err != nil {
			return err
		}
		if !b.Takes {
			return errNoPart
		}
		if f := in.Check(b.Able, b.Places, today); len(f) > 0 {
			return fault.New(fault.Invalid, f[0].Key)
		}
		q := db.New(tx)
		n, err := q.InsertPerson(ctx, db.InsertPersonParams{OrganisationID: a.Organisation, OfferID: in.ID, AccountID: a.Account, Name: a.Name, Role: b.Able.Role})
		if err != nil {
			return fmt.Errorf("say who offers: %w", err)
		}
		if n == 0 {
			return nil
		}
		if err := q.InsertOffer(ctx, db.InsertOfferParams{OrganisationID: a.Organisation, ID: in.ID, Role: b.Able.Role, Band: in.Band, Slots: halfday.Clean(in.Slots), Places: in.Places, FromOn: in.From.UTC(), UntilOn: in.Until.UTC(), At: now}); err != nil {
			return fmt.Errorf("offer: %w", err)
		}
		for _, key := range in.Competencies {
			if err := q.InsertHeld(ctx, db.InsertHeldParams{OrganisationID: a.Organisation, OfferID: in.ID, Competence: key, UntilOn: b.Able.Until[key].UTC()}); err != nil {
				return fmt.Errorf("say what an offer holds: %w", err)
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "lending.offered", Kind: "skills_offer", Object: in.ID})
	})
}

// Withdraw withdraws an offer, with whatever was asked of it and is not over.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		b, err := s.board(ctx, tx, now)
		if err != nil {
			return err
		}
		if _, ok := b.Find(id); !ok {
			return fault.Missing("offer")
		}
		q := db.New(tx)
		n, err := q.WithdrawOffer(ctx, db.WithdrawOfferParams{OrganisationID: a.Organisation, ID: id, At: &now})
		if err != nil {
			return fmt.Errorf("withdraw an offer: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "lending.over")
		}
		if err := q.CancelAsked(ctx, db.CancelAskedParams{OrganisationID: a.Organisation, OfferID: id, At: &now}); err != nil {
			return fmt.Errorf("call off what was asked: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "lending.withdrawn", Kind: "skills_offer", Object: id})
	})
}

// Answer says yes to a session, by which the name is seen where it was asked, or no.
func (s *Service) Answer(ctx context.Context, a access.Actor, now time.Time, organisation, id uuid.UUID, yes bool) error {
	today := locale.Day(now)
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if err := q.LockPerson(ctx, a.Account); err != nil {
			return fmt.Errorf("wait for another answer: %w", err)
		}
		b, err := s.board(ctx, tx, now)
		if err != nil {
			return err
		}
		x, o, ok := b.Session(organisation, id)
		switch {
		case !ok:
			return fault.Missing("session")
		case x.State != "asked" || yes && (!x.Waits(today) || !o.Listed(today) || !b.Takes):
			return fault.New(fault.Conflict, "lending.over")
		case yes && clash(b.sessions(), x):
			return fault.New(fault.Conflict, "lending.clash")
		}
		state, ended := "offered", (*time.Time)(nil)
		if !yes {
			state, ended = "declined", &now
		}
		n, err := q.Answer(ctx, db.AnswerParams{State: state, At: &now, EndedAt: ended, AskingID: organisation, ID: id, OrganisationID: a.Organisation})
		if err != nil {
			return fmt.Errorf("answer: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "lending.over")
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "lending.answered", Kind: "skills_request", Object: id, Detail: map[string]string{"answer": state}})
	})
}

// Refresh shortens or lengthens what the offers of somebody hold, in the transaction in which what they may practise changed.
func (s *Service) Refresh(ctx context.Context, tx *postgres.Tx, account uuid.UUID, at time.Time) error {
	q := db.New(tx)
	held, err := q.ListHeld(ctx, db.ListHeldParams{OrganisationID: tx.Actor.Organisation, AccountID: account})
	if err != nil || len(held) == 0 {
		return err
	}
	today, known := locale.Day(at), map[string]Able{}
	for _, h := range held {
		able, ok := known[h.Role]
		if !ok {
			if able, err = s.d.Able(ctx, tx, account, "", h.Role, at); err != nil {
				return err
			}
			known[h.Role] = able
		}
		until, ok := able.Until[h.Competence]
		if !ok {
			until = today.AddDays(-1)
		}
		if _, err := q.SetUntil(ctx, db.SetUntilParams{UntilOn: until.UTC(), OrganisationID: tx.Actor.Organisation, OfferID: h.OfferID, Competence: h.Competence}); err != nil {
			return fmt.Errorf("change what an offer holds: %w", err)
		}
	}
	return nil
}
