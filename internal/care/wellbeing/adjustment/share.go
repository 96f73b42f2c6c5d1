package adjustment

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/shared"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// sharedDays is how long a share lasts unless it is taken back: what was agreed is looked at again by then. The table checks it too.
const sharedDays = 365

// Share lets the actor's manager read some items and how they are done, and asks for those that they were not asked for. What was shared
// before is replaced; what was asked of an earlier manager ends, and the new one is told from when it was agreed.
func (s *Service) Share(ctx context.Context, a access.Actor, at time.Time, codes []string) error {
	return s.in(ctx, a, func(tx *postgres.Tx, q *db.Queries) error {
		p, err := s.mine(ctx, tx, at)
		if err != nil {
			return err
		}
		if err := refuse(CheckShare(codes, p.Items)); err != nil {
			return err
		}
		to, err := manager(ctx, tx, at)
		if err != nil {
			return err
		}
		if to == uuid.Nil {
			return fault.New(fault.Conflict, "adjustment.share.nobody")
		}
		if err := share(ctx, tx, to, codes, at, locale.Day(at).AddDays(sharedDays)); err != nil {
			return err
		}
		first := uuid.Nil
		for _, code := range codes {
			item, _ := p.Item(code)
			id, err := s.ask(ctx, tx, at, item, to)
			if err != nil {
				return err
			}
			if first == uuid.Nil {
				first = id
			}
		}
		if first != uuid.Nil {
			if err := message.Queue(ctx, tx, message.Out{Key: "adjustment_asked:" + first.String(), Organisation: a.Organisation, Service: a.Service, To: to, Capacity: message.Work, Template: "adjustment_asked", At: at}); err != nil {
				return err
			}
		}
		return note(ctx, tx, at, "adjustment.passport_shared", "person", to, a.Person)
	})
}

// share replaces the share.
func share(ctx context.Context, tx *postgres.Tx, with uuid.UUID, codes []string, at time.Time, until civil.Date) error {
	q, a := db.New(tx), tx.Actor
	if _, err := q.DeleteShare(ctx, db.DeleteShareParams{OrganisationID: a.Organisation, PersonID: a.Person}); err != nil {
		return fmt.Errorf("replace share: %w", err)
	}
	if err := q.InsertShare(ctx, db.InsertShareParams{OrganisationID: a.Organisation, PersonID: a.Person, WithPersonID: with, Name: a.Name, Codes: codes, At: at, Until: until.UTC()}); err != nil {
		return fmt.Errorf("insert share: %w", err)
	}
	return nil
}

// narrow takes an item out of the share; of the last one nothing is left.
func narrow(ctx context.Context, tx *postgres.Tx, code string) error {
	q, a := db.New(tx), tx.Actor
	had, err := q.FindShare(ctx, db.FindShareParams{OrganisationID: a.Organisation, PersonID: a.Person})
	if err != nil {
		return fmt.Errorf("find share: %w", err)
	}
	rest := slices.DeleteFunc(had.Codes, func(c string) bool { return c == code })
	if len(rest) > 0 {
		return share(ctx, tx, had.WithPersonID, rest, had.At, civil.Of(had.Until))
	}
	if _, err := q.DeleteShare(ctx, db.DeleteShareParams{OrganisationID: a.Organisation, PersonID: a.Person}); err != nil {
		return fmt.Errorf("delete share: %w", err)
	}
	return nil
}

// ask asks a manager for an item, unless they were asked already: then the id is nil.
func (s *Service) ask(ctx context.Context, tx *postgres.Tx, at time.Time, item Item, to uuid.UUID) (uuid.UUID, error) {
	q, a := db.New(tx), tx.Actor
	for _, x := range item.Asks {
		if !x.Ended.IsZero() || x.Manager == to {
			continue
		}
		if _, err := q.EndAsk(ctx, db.EndAskParams{OrganisationID: a.Organisation, ID: x.ID, PersonID: a.Person, At: &at}); err != nil {
			return uuid.Nil, fmt.Errorf("end ask: %w", err)
		}
	}
	id := uuid.New()
	n, err := q.InsertAsk(ctx, db.InsertAskParams{OrganisationID: a.Organisation, ID: id, ServiceID: postgres.Null(a.Service), PersonID: a.Person, ManagerPersonID: to, Code: item.Code, At: at, CarriedOn: item.Before().Null()})
	if err != nil {
		return uuid.Nil, fmt.Errorf("insert ask: %w", err)
	}
	if n == 0 {
		return uuid.Nil, nil
	}
	return id, note(ctx, tx, at, "adjustment.asked", "adjustment", id, a.Person)
}

// Unshare takes the words back, and what was not answered. What was agreed stays agreed.
func (s *Service) Unshare(ctx context.Context, a access.Actor, at time.Time) error {
	return s.in(ctx, a, func(tx *postgres.Tx, q *db.Queries) error {
		p, err := s.mine(ctx, tx, at)
		if err != nil {
			return err
		}
		for _, item := range p.Items {
			for _, x := range item.Asks {
				if x.State() != Asked {
					continue
				}
				if _, err := q.EndAsk(ctx, db.EndAskParams{OrganisationID: a.Organisation, ID: x.ID, PersonID: a.Person, At: &at}); err != nil {
					return fmt.Errorf("end ask: %w", err)
				}
			}
		}
		n, err := q.DeleteShare(ctx, db.DeleteShareParams{OrganisationID: a.Organisation, PersonID: a.Person})
		if err != nil || n == 0 {
			return err
		}
		return note(ctx, tx, at, "adjustment.passport_unshared", "person", a.Person, a.Person)
	})
}

// given is a passport as others read it.
var given = shared.Kind{What: "passport", Action: "adjustment.passport_read", All: func(ctx context.Context, tx *postgres.Tx) ([]shared.From, error) {
	return shared.List(db.New(tx).ListSharedWith(ctx, db.ListSharedWithParams{OrganisationID: tx.Actor.Organisation, WithPersonID: tx.Actor.Person}))
}}

// SharedWithMe lists who shares their passport with the actor, who reads as themselves.
func (s *Service) SharedWithMe(ctx context.Context, a access.Actor) (out []shared.From, err error) {
	err = s.in(ctx, a, func(tx *postgres.Tx, _ *db.Queries) error {
		out, err = given.All(ctx, tx)
		return err
	})
	return out, err
}

// ReadShared reads what somebody shares with the actor; they see who looked.
func (s *Service) ReadShared(ctx context.Context, a access.Actor, at time.Time, r *http.Request) (f shared.From, out []Item, err error) {
	err = s.in(ctx, a, func(tx *postgres.Tx, _ *db.Queries) error {
		if f, err = given.Read(ctx, tx, at, r); err != nil {
			return err
		}
		out, err = s.items(ctx, tx, f.Person)
		return err
	})
	return f, out, err
}
