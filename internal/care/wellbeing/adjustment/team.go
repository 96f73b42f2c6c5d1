package adjustment

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Member is somebody of the actor's team.
type Member struct {
	Person      uuid.UUID
	Name, Title string
	Asks        []Ask // what they asked the actor for, the newest first
	Todo        string
}

// Count says how many of what they asked for stand so.
func (m Member) Count(in func(Ask) bool) (n int) {
	for _, a := range m.Asks {
		if in(a) {
			n++
		}
	}
	return n
}

// todos lists what a manager has to do, the most urgent first.
var todos = []string{Wait, Open, Review, Set, ""}

// Team lists the actor's team: who waits for an answer first.
func (s *Service) Team(ctx context.Context, a access.Actor, now time.Time) (out []Member, err error) {
	err = s.in(ctx, a, func(tx *postgres.Tx, _ *db.Queries) error {
		reports, err := delegation.Reports(ctx, tx, now)
		if err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(reports))
		for i, r := range reports {
			ids[i] = r.ID
		}
		all, err := asks(ctx, tx, ids)
		if err != nil {
			return err
		}
		for _, r := range reports {
			m := Member{Person: r.ID, Name: r.Name, Title: r.Title, Asks: all[r.ID]}
			for _, x := range m.Asks {
				if t := s.pack.Todo(x, locale.Day(now), locale.Day(x.At)); m.Todo == "" || slices.Index(todos, t) < slices.Index(todos, m.Todo) {
					m.Todo = t
				}
			}
			out = append(out, m)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Member) int { return slices.Index(todos, a.Todo) - slices.Index(todos, b.Todo) })
	return out, err
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

// Find gives one of what a member asked for.
func (m Member) Find(id uuid.UUID) (Ask, bool) { return find(m.Asks, id) }

// Answer answers what somebody asked for; seen is how many answers stood there when the form was shown, so that nobody writes over
// what they have not seen. The person is told that there is an answer.
func (s *Service) Answer(ctx context.Context, a access.Actor, at time.Time, person, id uuid.UUID, seen int, in In) error {
	return s.in(ctx, a, func(tx *postgres.Tx, q *db.Queries) error {
		all, err := asks(ctx, tx, []uuid.UUID{person})
		if err != nil {
			return err
		}
		x, found := find(all[person], id)
		if !found {
			return fault.Missing("adjustment")
		}
		if !x.Ended.IsZero() || len(x.Answers) != seen {
			return fault.New(fault.Conflict, "adjustment.changed")
		}
		had, _ := x.Last()
		if err := refuse(s.pack.Check(in, had, locale.Day(at))); err != nil {
			return err
		}
		in = in.clean()
		n := int32(len(x.Answers) + 1) //nolint:gosec // as many as somebody clicked
		err = q.InsertAnswer(ctx, db.InsertAnswerParams{OrganisationID: a.Organisation, AskID: id, N: n, PersonID: person, ManagerPersonID: a.Person,
			Answer: in.Answer, Reason: postgres.Null(in.Reason), FromOn: in.From.Null(), ReviewOn: in.Review.Null(), At: at})
		if postgres.Code(err) == postgres.UniqueViolation {
			return fault.New(fault.Conflict, "adjustment.changed")
		}
		if err != nil {
			return fmt.Errorf("insert answer: %w", err)
		}
		if err := note(ctx, tx, at, "adjustment."+in.Answer, "adjustment", id, person); err != nil {
			return err
		}
		return message.Queue(ctx, tx, message.Out{Key: fmt.Sprintf("adjustment_answered:%s:%d", id, n), Organisation: a.Organisation, Service: a.Service, To: person, Capacity: message.Work, Template: "adjustment_answered", At: at})
	})
}
