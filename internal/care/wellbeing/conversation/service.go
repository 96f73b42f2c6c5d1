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

// Offers says whether an offer of theirs is open: then it is answered before another is made.
func (m Member) Offers() bool {
	return slices.ContainsFunc(m.All, func(c Conversation) bool { return c.State == Offered })
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
		actions[r.ConversationID] = append(actions[r.ConversationID], Agreed{r.Code, date(r.DoneOn)})
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
		out[r.PersonID] = append(out[r.PersonID], Conversation{ID: r.ID, State: r.State, Offered: civil.Of(r.OfferedOn), Held: date(r.HeldOn), With: value(r.WithRole), Next: date(r.NextOn),
			ByPerson: value(r.AnsweredBy) == "person", Disputed: r.DisputedAt != nil, Actions: actions[r.ID], Signposts: signposts[r.ID]})
		seen[r.PersonID] = append(seen[r.PersonID], mark(r.State, r.AnsweredBy, r.RecordedAt, r.DisputedAt))
	}
	return out, seen, nil
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

// Offer says that a conversation is offered. The person is told, and can answer themselves. One is open at a time.
func (s *Service) Offer(ctx context.Context, a access.Actor, at time.Time, id, person uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		n, err := q.InsertOffer(ctx, db.InsertOfferParams{OrganisationID: a.Organisation, ID: id, PersonID: person, OnDay: locale.Day(at).UTC(), RecordedBy: a.Person, At: stamp(at)})
		if err != nil {
			return fmt.Errorf("insert offer: %w", err)
		}
		if n == 0 {
			same, err := q.HasConversation(ctx, db.HasConversationParams{OrganisationID: a.Organisation, ID: id, PersonID: person})
			if err != nil {
				return fmt.Errorf("find offer: %w", err)
			}
			if !same {
				return fault.New(fault.Conflict, "conversation.offer.open")
			}
			return nil // the same form again
		}
		if err := audit.Append(ctx, tx, entry(at, "conversation.offered", id, person)); err != nil {
			return err
		}
		return message.Queue(ctx, tx, message.Out{Key: "conversation_offered:" + id.String(), Organisation: a.Organisation, Service: a.Service, To: person, Capacity: message.Work, Template: "conversation_offered", At: at})
	})
}

// Record keeps what came of a conversation: of an offer, of one that nobody had put down, or put right. seen is the mark of
// what the form showed, so that nobody writes over what another said meanwhile; "" for a new one.
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
		if in.Outcome != Held {
			in.Actions, in.Signposts = nil, nil
		}
		if in.Outcome == Declined {
			in.With = ""
		}
		held := civil.Date{}
		if in.Outcome == Held {
			held = in.On
		}
		if seen == "" {
			n, err := q.InsertRecord(ctx, db.InsertRecordParams{OrganisationID: a.Organisation, ID: id, PersonID: person, State: in.Outcome, OfferedOn: in.On.UTC(), HeldOn: day(held), WithRole: text(in.With), NextOn: day(in.Next), RecordedBy: a.Person, At: stamp(at)})
			if err != nil {
				return fmt.Errorf("insert conversation: %w", err)
			}
			if n == 0 {
				return nil // the same form again
			}
		} else if err := q.RecordConversation(ctx, db.RecordConversationParams{OrganisationID: a.Organisation, ID: id, State: in.Outcome, HeldOn: day(held), WithRole: text(in.With), NextOn: day(in.Next), RecordedBy: a.Person, At: stamp(at)}); err != nil {
			return fmt.Errorf("record conversation: %w", err)
		}
		if err := codes(ctx, q, a.Organisation, id, person, in); err != nil {
			return err
		}
		return audit.Append(ctx, tx, entry(at, "conversation."+in.Outcome, id, person))
	})
}

// stands gives a conversation as it stands, kept from changing until the transaction is over; it must still be as it was seen.
func stands(ctx context.Context, tx *postgres.Tx, id, person uuid.UUID, seen string) (Conversation, error) {
	r, err := db.New(tx).LockConversation(ctx, db.LockConversationParams{OrganisationID: tx.Actor.Organisation, ID: id, PersonID: person})
	if errors.Is(err, pgx.ErrNoRows) {
		return Conversation{}, fault.Missing("conversation")
	}
	if err != nil {
		return Conversation{}, fmt.Errorf("lock conversation: %w", err)
	}
	if mark(r.State, r.AnsweredBy, r.RecordedAt, r.DisputedAt) != seen {
		return Conversation{}, fault.New(fault.Conflict, "conversation.changed")
	}
	return Conversation{ID: id, State: r.State, Offered: civil.Of(r.OfferedOn), Held: date(r.HeldOn), Next: date(r.NextOn)}, nil
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
		n, err := db.New(tx).MarkDone(ctx, db.MarkDoneParams{OrganisationID: a.Organisation, ConversationID: id, Code: code, DoneOn: day(today)})
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
func mark(state string, by *string, recorded time.Time, disputed *time.Time) string {
	objection := time.Time{}
	if disputed != nil {
		objection = *disputed
	}
	return strings.Join([]string{state, value(by), stamp(recorded).Format(time.RFC3339Nano), stamp(objection).Format(time.RFC3339Nano)}, " ")
}

// stamp is a time as the database keeps it, so that a form can give it back.
func stamp(at time.Time) time.Time { return at.UTC().Truncate(time.Microsecond) }

func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func day(d civil.Date) *time.Time {
	if d.IsZero() {
		return nil
	}
	t := d.UTC()
	return &t
}

func date(t *time.Time) civil.Date {
	if t == nil {
		return civil.Date{}
	}
	return civil.Of(*t)
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
