package conversation

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Deps is what the slice needs.
type Deps struct {
	DB  *postgres.DB
	Box sealed.Box
	Now func() time.Time
}

// Service keeps conversations and plans.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, Lists()} }

// Pack gives the rules that hold.
func (s *Service) Pack() Pack { return s.pack }

// Member is somebody of the actor's team.
type Member struct {
	Person      uuid.UUID
	Name, Title string
	All         []Conversation // the newest first
	Standing    string
	Due         civil.Date
	seen        []string // the mark of each
}

// Last is the newest conversation, if there is one.
func (m Member) Last() (Conversation, bool) {
	if len(m.All) == 0 {
		return Conversation{}, false
	}
	return m.All[0], true
}

// Open finds what is asked for or offered and not answered: one at a time, to be answered before another is made.
func (m Member) Open() (Conversation, bool) { return open(m.All) }

func open(all []Conversation) (Conversation, bool) {
	i := slices.IndexFunc(all, Conversation.Awaits)
	if i < 0 {
		return Conversation{}, false
	}
	return all[i], true
}

// Find gives one of the member's conversations, and the mark that a form about it gives back.
func (m Member) Find(id uuid.UUID) (c Conversation, seen string, ok bool) {
	i := slices.IndexFunc(m.All, func(c Conversation) bool { return c.ID == id })
	if i < 0 {
		return c, seen, false
	}
	return m.All[i], m.seen[i], true
}

// Team lists the actor's team: who is due first.
func (s *Service) Team(ctx context.Context, a access.Actor, now time.Time) (out []Member, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = s.team(ctx, tx, now)
		return err
	})
	slices.SortStableFunc(out, func(a, b Member) int {
		return slices.Index(Standings, a.Standing) - slices.Index(Standings, b.Standing)
	})
	return out, err
}

func (s *Service) team(ctx context.Context, tx *postgres.Tx, now time.Time) (out []Member, err error) {
	a, today := tx.Actor, locale.Day(now)
	reports, err := delegation.Reports(ctx, tx, now)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(reports))
	for i, r := range reports {
		ids[i] = r.ID
	}
	starts, err := db.New(tx).ListStarts(ctx, db.ListStartsParams{OrganisationID: a.Organisation, People: ids})
	if err != nil {
		return nil, fmt.Errorf("list starts: %w", err)
	}
	since := map[uuid.UUID]civil.Date{}
	for _, r := range starts {
		since[r.PersonID] = civil.Of(r.Since)
	}
	all, seen, err := list(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	for _, r := range reports {
		m := Member{Person: r.ID, Name: r.Name, Title: r.Title, All: all[r.ID], seen: seen[r.ID]}
		m.Standing, m.Due = s.pack.Stand(m.All, since[r.ID], today)
		out = append(out, m)
	}
	return out, nil
}

// list reads the conversations of some people.
func list(ctx context.Context, tx *postgres.Tx, people []uuid.UUID) (map[uuid.UUID][]Conversation, map[uuid.UUID][]string, error) {
	q, org := db.New(tx), tx.Actor.Organisation
	rows, err := q.ListConversations(ctx, db.ListConversationsParams{OrganisationID: org, People: people})
	if err != nil {
		return nil, nil, fmt.Errorf("list conversations: %w", err)
	}
	agreed, err := q.ListAgreed(ctx, db.ListAgreedParams{OrganisationID: org, People: people})
	if err != nil {
		return nil, nil, fmt.Errorf("list actions: %w", err)
	}
	actions := map[uuid.UUID][]Agreed{}
	for _, r := range agreed {
		actions[r.ConversationID] = append(actions[r.ConversationID], Agreed{r.Code, civil.FromNull(r.DoneOn)})
	}
	pointed, err := q.ListSignposts(ctx, db.ListSignpostsParams{OrganisationID: org, People: people})
	if err != nil {
		return nil, nil, fmt.Errorf("list signposts: %w", err)
	}
	signposts := map[uuid.UUID][]string{}
	for _, r := range pointed {
		signposts[r.ConversationID] = append(signposts[r.ConversationID], r.Code)
	}
	out, seen := map[uuid.UUID][]Conversation{}, map[uuid.UUID][]string{}
	for _, r := range rows {
		x := of(r)
		x.Actions, x.Signposts = actions[r.ID], signposts[r.ID]
		out[r.PersonID] = append(out[r.PersonID], x)
		seen[r.PersonID] = append(seen[r.PersonID], mark(r))
	}
	return out, seen, nil
}

// of is a conversation as its row has it, without what hangs on it.
func of(r db.ListConversationsRow) Conversation {
	return Conversation{ID: r.ID, State: r.State, Requested: civil.FromNull(r.AskedOn), Offered: civil.FromNull(r.OfferedOn), Held: civil.FromNull(r.HeldOn), Answered: civil.FromNull(r.AnsweredOn),
		With: postgres.Value(r.WithRole), Next: civil.FromNull(r.NextOn), ByPerson: postgres.Value(r.AnsweredBy) == "person", Disputed: r.SaidAt != nil, Changed: r.SaidAt != nil && r.RecordedAt.After(*r.SaidAt)}
}

// LoadMember finds somebody of the actor's team; everybody else is missing.
func (s *Service) LoadMember(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "person")
	if err != nil {
		return access.Object{}, err
	}
	all, err := s.Team(ctx, a, s.d.Now())
	if err != nil {
		return access.Object{}, err
	}
	i := slices.IndexFunc(all, func(m Member) bool { return m.Person == id })
	if i < 0 {
		return access.Object{}, fault.Missing("person")
	}
	return access.Object{Kind: "person", ID: id, Subject: id, Relations: []access.Relation{access.Line}, Value: all[i]}, nil
}

func entry(at time.Time, action string, id, person uuid.UUID) audit.Entry {
	return audit.Entry{At: at, Action: action, Kind: "conversation", Object: id, Subject: person}
}

// Offer says that a conversation is offered: by the id of one that they asked for, or of a new one. The person is told, and can answer
// themselves. One is open at a time.
func (s *Service) Offer(ctx context.Context, a access.Actor, at time.Time, id, person uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q, today := db.New(tx), locale.Day(at)
		n, err := q.TakeUp(ctx, db.TakeUpParams{OrganisationID: a.Organisation, ID: id, PersonID: person, OnDay: today.Null(), RecordedBy: &a.Person, At: postgres.Stamp(at)})
		if err == nil && n == 0 {
			n, err = q.InsertOffer(ctx, db.InsertOfferParams{OrganisationID: a.Organisation, ID: id, PersonID: person, OnDay: today.Null(), RecordedBy: &a.Person, At: postgres.Stamp(at)})
		}
		if err != nil {
			return fmt.Errorf("insert offer: %w", err)
		}
		if n == 0 {
			switch _, err := find(ctx, q, a, id, person); {
			case errors.Is(err, pgx.ErrNoRows):
				return fault.New(fault.Conflict, "conversation.offer.open")
			default:
				return err // nil: the same form again
			}
		}
		if err := audit.Append(ctx, tx, entry(at, "conversation.offered", id, person)); err != nil {
			return err
		}
		return tell(ctx, tx, "conversation_offered", id.String(), person, at)
	})
}

// tell queues a message, once for each key.
func tell(ctx context.Context, tx *postgres.Tx, template, key string, to uuid.UUID, at time.Time) error {
	a := tx.Actor
	return message.Queue(ctx, tx, message.Out{Key: template + ":" + key, Organisation: a.Organisation, Service: a.Service, To: to, Capacity: message.Work, Template: template, At: at})
}

func find(ctx context.Context, q *db.Queries, a access.Actor, id, person uuid.UUID) (db.FindConversationRow, error) {
	r, err := q.FindConversation(ctx, db.FindConversationParams{OrganisationID: a.Organisation, ID: id, PersonID: person})
	if err != nil {
		return r, fmt.Errorf("find conversation: %w", err)
	}
	return r, nil
}

// Record keeps what came of a conversation: of an offer, of one that nobody had put down, or put right. seen is the mark of
// what the form showed, so that nobody writes over what another said meanwhile; "" for a new one. What the person answered themselves
// stands, and their objection does too: they are told that something is recorded, and settle it themselves.
func (s *Service) Record(ctx context.Context, a access.Actor, at time.Time, id, person uuid.UUID, seen string, in In) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		var had Conversation
		if seen != "" {
			var err error
			if had, err = stands(ctx, tx, id, person, seen); err != nil {
				return err
			}
		}
		if f := s.pack.Check(in, had, locale.Day(at)); len(f) > 0 {
			return fault.New(fault.Invalid, f[0].Key)
		}
		var held, answered civil.Date
		if in.Outcome == Held {
			held = in.On
		} else {
			answered, in.Actions, in.Signposts = in.On, nil, nil
		}
		if in.Outcome == Declined {
			in.With = ""
		}
		if seen == "" {
			n, err := q.InsertRecord(ctx, db.InsertRecordParams{OrganisationID: a.Organisation, ID: id, PersonID: person, State: in.Outcome, HeldOn: held.Null(), AnsweredOn: answered.Null(), WithRole: postgres.Null(in.With), NextOn: in.Next.Null(), RecordedBy: &a.Person, At: postgres.Stamp(at)})
			if err != nil {
				return fmt.Errorf("insert conversation: %w", err)
			}
			if n == 0 {
				return again(ctx, q, a, id, person, in)
			}
		} else if _, err := q.RecordConversation(ctx, db.RecordConversationParams{OrganisationID: a.Organisation, ID: id, State: in.Outcome, HeldOn: held.Null(), AnsweredOn: answered.Null(), WithRole: postgres.Null(in.With), NextOn: in.Next.Null(), RecordedBy: &a.Person, At: postgres.Stamp(at)}); err != nil {
			return fmt.Errorf("record conversation: %w", err)
		}
		if err := codes(ctx, q, a.Organisation, id, person, in); err != nil {
			return err
		}
		if err := audit.Append(ctx, tx, entry(at, "conversation."+in.Outcome, id, person)); err != nil {
			return err
		}
		return tell(ctx, tx, "conversation_recorded", id.String()+":"+postgres.Stamp(at).Format(time.RFC3339Nano), person, at)
	})
}

// again is a form that is sent a second time: nothing, if it says the same; else the second is not kept, and its sender must know.
func again(ctx context.Context, q *db.Queries, a access.Actor, id, person uuid.UUID, in In) error {
	r, err := find(ctx, q, a, id, person)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	on := r.HeldOn
	if on == nil {
		on = r.AnsweredOn
	}
	if err == nil && r.State == in.Outcome && civil.FromNull(on) == in.On && postgres.Value(r.WithRole) == in.With && civil.FromNull(r.NextOn) == in.Next {
		return nil
	}
	return fault.New(fault.Conflict, "conversation.changed")
}

// stands gives a conversation as it stands, kept from changing until the transaction is over; it must still be as it was seen, and not
// be the person's own answer, which row security does not lend for a change.
func stands(ctx context.Context, tx *postgres.Tx, id, person uuid.UUID, seen string) (Conversation, error) {
	q := db.New(tx)
	r, err := q.LockConversation(ctx, db.LockConversationParams{OrganisationID: tx.Actor.Organisation, ID: id, PersonID: person})
	if errors.Is(err, pgx.ErrNoRows) {
		switch _, err := find(ctx, q, tx.Actor, id, person); {
		case errors.Is(err, pgx.ErrNoRows):
			return Conversation{}, fault.Missing("conversation")
		case err != nil:
			return Conversation{}, err
		}
		return Conversation{}, fault.New(fault.Conflict, "conversation.answered.stands")
	}
	if err != nil {
		return Conversation{}, fmt.Errorf("lock conversation: %w", err)
	}
	row := db.ListConversationsRow(r)
	if mark(row) != seen {
		return Conversation{}, fault.New(fault.Conflict, "conversation.changed")
	}
	return of(row), nil
}

func codes(ctx context.Context, q *db.Queries, organisation, id, person uuid.UUID, in In) error {
	if err := q.ClearAgreed(ctx, db.ClearAgreedParams{OrganisationID: organisation, ConversationID: id, Keep: some(in.Actions)}); err != nil {
		return fmt.Errorf("clear actions: %w", err)
	}
	for _, code := range in.Actions {
		if err := q.InsertAgreed(ctx, db.InsertAgreedParams{OrganisationID: organisation, ConversationID: id, PersonID: person, Code: code}); err != nil {
			return fmt.Errorf("insert action: %w", err)
		}
	}
	if err := q.ClearSignposts(ctx, db.ClearSignpostsParams{OrganisationID: organisation, ConversationID: id, Keep: some(in.Signposts)}); err != nil {
		return fmt.Errorf("clear signposts: %w", err)
	}
	for _, code := range in.Signposts {
		if err := q.InsertSignpost(ctx, db.InsertSignpostParams{OrganisationID: organisation, ConversationID: id, PersonID: person, Code: code}); err != nil {
			return fmt.Errorf("insert signpost: %w", err)
		}
	}
	return nil
}

// Done says that an agreed action is done.
func (s *Service) Done(ctx context.Context, a access.Actor, at time.Time, id, person uuid.UUID, code string) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		today := locale.Day(at)
		n, err := db.New(tx).MarkDone(ctx, db.MarkDoneParams{OrganisationID: a.Organisation, ConversationID: id, Code: code, DoneOn: today.Null()})
		if err != nil {
			return fmt.Errorf("mark done: %w", err)
		}
		if n == 0 {
			return nil // done already
		}
		return audit.Append(ctx, tx, entry(at, "conversation.action_done", id, person))
	})
}

// mark says in a word how a conversation stands: who answered it and what, when it was recorded, and whether the person objects. What
// the person does leaves recorded_at alone, which orders the records.
func mark(r db.ListConversationsRow) string {
	return strings.Join([]string{r.State, postgres.Value(r.AnsweredBy), postgres.Stamp(r.RecordedAt).Format(time.RFC3339Nano), postgres.Stamp(postgres.Value(r.SaidAt)).Format(time.RFC3339Nano)}, " ")
}

func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
