package conversation

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Mine is what somebody sees of their own conversations.
type Mine struct {
	All     []Conversation // the newest first
	Manager bool           // they have a manager to ask for one
}

// May says whether they can ask for one: not while one is open.
func (m Mine) May() bool {
	_, found := open(m.All)
	return m.Manager && !found
}

// MayTakeBack says whether an answer of theirs can be taken back: while nothing else is open, and nothing came of a later day.
func (m Mine) MayTakeBack(c Conversation) bool {
	return c.ByPerson && !slices.ContainsFunc(m.All, func(x Conversation) bool { return x.Awaits() || x.Day().After(c.Answered) })
}

// Mine reads the actor's own conversations, as they and their manager recorded them: all of them, however old.
func (s *Service) Mine(ctx context.Context, a access.Actor, now time.Time) (m Mine, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		m, err = mine(ctx, tx, now)
		return err
	})
	return m, err
}

func mine(ctx context.Context, tx *postgres.Tx, now time.Time) (m Mine, err error) {
	a := tx.Actor
	all, _, err := list(ctx, tx, []uuid.UUID{a.Person})
	if err != nil {
		return m, err
	}
	to, err := manager(ctx, tx, now)
	return Mine{all[a.Person], to != uuid.Nil}, err
}

// LoadOwn finds one of the actor's own; everybody else's is missing.
func (s *Service) LoadOwn(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	m, err := s.Mine(ctx, a, s.d.Now())
	if err != nil {
		return access.Object{}, err
	}
	if !slices.ContainsFunc(m.All, func(c Conversation) bool { return c.ID == id }) {
		return access.Object{}, fault.Missing("conversation")
	}
	return access.Object{Kind: "conversation", ID: id, Subject: a.Person, Relations: []access.Relation{access.Own}}, nil
}

// Ask asks one's manager for a conversation. They are told that somebody of their team asks; no reason is asked.
func (s *Service) Ask(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		to, err := manager(ctx, tx, at)
		if err != nil {
			return err
		}
		if to == uuid.Nil {
			return fault.New(fault.Conflict, "conversation.ask.nobody")
		}
		n, err := db.New(tx).InsertAsk(ctx, db.InsertAskParams{OrganisationID: a.Organisation, ID: id, PersonID: a.Person, OnDay: locale.Day(at).Null(), At: postgres.Stamp(at)})
		if err != nil {
			return fmt.Errorf("ask for a conversation: %w", err)
		}
		if n == 0 {
			if _, err := find(ctx, db.New(tx), a, id, a.Person); !errors.Is(err, pgx.ErrNoRows) {
				return err // nil: the same form again
			}
			return fault.New(fault.Conflict, "conversation.ask.open")
		}
		if err := audit.Append(ctx, tx, entry(at, "conversation.asked", id, a.Person)); err != nil {
			return err
		}
		return tell(ctx, tx, "conversation_asked", id.String(), to, at)
	})
}

// TakeBack takes back what the actor said: that they want a conversation, or their answer to an offer, which is open again then and of
// which their manager is told.
func (s *Service) TakeBack(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.own(ctx, a, entry(at, "conversation.taken_back", id, a.Person), func(tx *postgres.Tx) (int64, error) {
		q := db.New(tx)
		m, err := mine(ctx, tx, at)
		if err != nil {
			return 0, err
		}
		i := slices.IndexFunc(m.All, func(c Conversation) bool { return c.ID == id })
		switch {
		case i < 0:
			return 0, fault.Missing("conversation")
		case m.All[i].State == Requested:
			return q.TakeBackAsk(ctx, db.TakeBackAskParams{OrganisationID: a.Organisation, ID: id, PersonID: a.Person})
		case !m.MayTakeBack(m.All[i]):
			return 0, nil
		}
		n, err := q.TakeBackAnswer(ctx, db.TakeBackAnswerParams{OrganisationID: a.Organisation, ID: id, PersonID: a.Person})
		if postgres.Constraint(err) == "conversation_open" { // somebody opened another at this moment
			return 0, fault.New(fault.Conflict, "conversation.changed")
		}
		if err != nil || n == 0 {
			return 0, err
		}
		to, err := manager(ctx, tx, at)
		if err != nil || to == uuid.Nil {
			return n, err
		}
		return n, tell(ctx, tx, "conversation_asked", id.String()+":"+postgres.Stamp(at).Format(time.RFC3339Nano), to, at)
	})
}

// Answer is the person's own answer to an offer: declined, or elsewhere.
func (s *Service) Answer(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, state string) error {
	if state != Declined && state != Elsewhere {
		return fault.New(fault.Invalid, "conversation.answer.empty")
	}
	return s.own(ctx, a, entry(at, "conversation."+state, id, a.Person), func(tx *postgres.Tx) (int64, error) {
		return db.New(tx).AnswerOffer(ctx, db.AnswerOfferParams{OrganisationID: a.Organisation, ID: id, PersonID: a.Person, State: state, OnDay: locale.Day(at).Null()})
	})
}

// Dispute says that what the manager recorded is not right; said again of what was changed since, it is said anew.
func (s *Service) Dispute(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.own(ctx, a, entry(at, "conversation.disputed", id, a.Person), func(tx *postgres.Tx) (int64, error) {
		q := db.New(tx)
		m, err := mine(ctx, tx, at)
		if err != nil {
			return 0, err
		}
		if slices.ContainsFunc(m.All, func(c Conversation) bool { return c.ID == id && c.Changed }) {
			if _, err := q.SettleObjection(ctx, db.SettleObjectionParams{OrganisationID: a.Organisation, ID: id, PersonID: a.Person, At: postgres.Stamp(at)}); err != nil {
				return 0, err
			}
		}
		return q.InsertObjection(ctx, db.InsertObjectionParams{OrganisationID: a.Organisation, ID: id, PersonID: a.Person, At: postgres.Stamp(at)})
	})
}

// Settle says that it is right now. Nobody else can say so.
func (s *Service) Settle(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.own(ctx, a, entry(at, "conversation.settled", id, a.Person), func(tx *postgres.Tx) (int64, error) {
		return db.New(tx).SettleObjection(ctx, db.SettleObjectionParams{OrganisationID: a.Organisation, ID: id, PersonID: a.Person, At: postgres.Stamp(at)})
	})
}

// own changes something of the actor's own; what changes nothing was changed meanwhile.
func (s *Service) own(ctx context.Context, a access.Actor, e audit.Entry, change func(*postgres.Tx) (int64, error)) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := change(tx)
		if err != nil {
			return fmt.Errorf("change own conversation: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "conversation.changed")
		}
		return audit.Append(ctx, tx, e)
	})
}
