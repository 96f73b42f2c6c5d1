package training

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/training/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Mine is a place of the actor's own.
type Mine struct {
	ID        uuid.UUID
	State     string
	Turn      int // the lower, the sooner: who asked first has the lowest
	Certified bool
	Evaluated bool
	Session
}

// Offer is a course with the sessions that one can come to.
type Offer struct {
	Course
	Sessions []Session
}

// Page is what somebody sees of training.
type Page struct {
	Leads  bool // they are somebody's manager
	Places []Mine
	Offers []Offer // what is meant for them first
}

// Own reads it: behind the portal login of what is for all staff, behind the clinical login of what is for the team.
func (s *Service) Own(ctx context.Context, a access.Actor, now time.Time) (p Page, err error) {
	err = s.read(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		p, err = own(ctx, q, a, now)
		return err
	})
	return p, err
}

func own(ctx context.Context, q *db.Queries, a access.Actor, now time.Time) (p Page, err error) {
	if p.Places, err = places(ctx, q, a); err != nil {
		return p, err
	}
	if a.Wall == access.Portal {
		if p.Leads, err = q.Leads(ctx); err != nil {
			return p, fmt.Errorf("ask whether they lead: %w", err)
		}
	}
	all, err := courses(ctx, q, a.Service, nil)
	if err != nil {
		return p, err
	}
	coming, err := sessions(ctx, q, a.Service, now, nil, nil)
	if err != nil {
		return p, err
	}
	for _, c := range all {
		if !c.Open() || !mayCome(c, a) {
			continue
		}
		o := Offer{Course: c}
		for _, x := range coming {
			if x.Course == c.ID && x.Coming(now) {
				o.Sessions = append(o.Sessions, x)
			}
		}
		p.Offers = append(p.Offers, o)
	}
	first := Everyone
	if p.Leads {
		first = Managers
	}
	slices.SortStableFunc(p.Offers, func(x, y Offer) int { return rank(x.Course, first) - rank(y.Course, first) })
	return p, nil
}

// mayCome says whether a course is for somebody: the team's own behind its login, by role; all others behind the portal.
func mayCome(c Course, a access.Actor) bool {
	if a.Wall == access.Clinical {
		return c.For(a.Role)
	}
	return c.Audience != OfTeam
}

func rank(c Course, first string) int {
	if c.Audience == first {
		return 0
	}
	return 1
}

func places(ctx context.Context, q *db.Queries, a access.Actor) (out []Mine, err error) {
	if a.Wall == access.Clinical { // which does not learn who said what they think
		rows, err := q.ListOwnTeam(ctx, db.ListOwnTeamParams{ServiceID: a.Service, OrganisationID: a.Organisation, PersonID: a.Person})
		if err != nil {
			return nil, fmt.Errorf("list own places: %w", err)
		}
		for _, r := range rows {
			out = append(out, Mine{ID: r.ID, State: r.State, Turn: int(r.Turn), Session: Session{ID: r.SessionID, Course: r.CourseID, Title: r.Title, Starts: r.StartsAt, Minutes: int(r.Minutes), Online: r.Online, Place: r.Place,
				Places: int(r.Places), Trainer: r.Trainer, Cancelled: r.CancelledAt != nil, Marked: r.MarkedAt != nil}})
		}
		return out, nil
	}
	rows, err := q.ListOwn(ctx, db.ListOwnParams{ServiceID: a.Service, OrganisationID: a.Organisation, PersonID: a.Person})
	if err != nil {
		return nil, fmt.Errorf("list own places: %w", err)
	}
	for _, r := range rows {
		out = append(out, Mine{ID: r.ID, State: r.State, Turn: int(r.Turn), Certified: r.Certified, Evaluated: r.Evaluated, Session: Session{ID: r.SessionID, Course: r.CourseID, Title: r.Title, Starts: r.StartsAt, Minutes: int(r.Minutes),
			Online: r.Online, Place: r.Place, Places: int(r.Places), Trainer: r.Trainer, Cancelled: r.CancelledAt != nil, Marked: r.MarkedAt != nil}})
	}
	return out, nil
}

// Choice is a session that somebody looks at, with their own place in it.
type Choice struct {
	Session
	Of   Course
	Mine *Mine
}

// Choice reads it.
func (s *Service) Choice(ctx context.Context, a access.Actor, id uuid.UUID) (c Choice, err error) {
	err = s.read(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		c, err = choice(ctx, q, a, id)
		return err
	})
	return c, err
}

func choice(ctx context.Context, q *db.Queries, a access.Actor, id uuid.UUID) (c Choice, err error) {
	if c.Session, err = session(ctx, q, a.Service, id); err != nil {
		return c, err
	}
	if c.Of, err = course(ctx, q, a.Service, c.Course); err != nil {
		return c, err
	}
	if !mayCome(c.Of, a) {
		return c, fault.Missing("session")
	}
	all, err := places(ctx, q, a)
	if err != nil {
		return c, err
	}
	if i := slices.IndexFunc(all, func(m Mine) bool { return m.Session.ID == id }); i >= 0 {
		c.Mine = &all[i]
	}
	return c, nil
}

// Take takes a place in a session, or a turn on its waiting list, and says which. At the same time as another place of theirs it is
// refused: they would keep one from somebody.
func (s *Service) Take(ctx context.Context, a access.Actor, at time.Time, sessionID, booking uuid.UUID) (state string, err error) {
	e := audit.Entry{At: at, Action: "training.taken", Kind: "training_booking", Object: booking, Subject: a.Person}
	err = s.do(ctx, a, e, func(tx *postgres.Tx, q *db.Queries) (int64, error) {
		c, err := choice(ctx, q, a, sessionID)
		if err != nil {
			return 0, err
		}
		if c.Mine != nil { // the same button twice
			state = c.Mine.State
			return 0, nil
		}
		if !c.Coming(at) || !c.Of.Open() {
			return 0, changed()
		}
		all, err := places(ctx, q, a)
		if err != nil {
			return 0, err
		}
		if slices.ContainsFunc(all, func(m Mine) bool {
			return m.State == Booked && m.Starts.Before(c.Ends()) && c.Starts.Before(m.Ends())
		}) {
			return 0, fault.New(fault.Conflict, "training.take.clash")
		}
		if state, err = q.Take(ctx, db.TakeParams{Session: sessionID, Booking: booking, Called: a.Name, At: at}); err != nil {
			return 0, fmt.Errorf("take a place: %w", err)
		}
		if state == "" {
			return 0, changed()
		}
		return 1, job.Add(ctx, tx, tellArgs{a.Organisation, a.Service, sessionID}, time.Time{})
	})
	return state, err
}

// Leave gives up the actor's place, or their turn; whoever waits longest has the place at once, and is told.
func (s *Service) Leave(ctx context.Context, a access.Actor, at time.Time, sessionID uuid.UUID) error {
	e := audit.Entry{At: at, Action: "training.left", Kind: "training_session", Object: sessionID, Subject: a.Person}
	return s.do(ctx, a, e, func(tx *postgres.Tx, q *db.Queries) (int64, error) {
		c, err := choice(ctx, q, a, sessionID)
		if err != nil {
			return 0, err
		}
		if !c.Coming(at) {
			return 0, changed()
		}
		n, err := q.Leave(ctx, sessionID)
		if err != nil {
			return 0, fmt.Errorf("give up a place: %w", err)
		}
		if n == 0 {
			return 0, nil
		}
		return int64(n), job.Add(ctx, tx, tellArgs{a.Organisation, a.Service, sessionID}, time.Time{})
	})
}

// Certificate is what one says.
type Certificate struct {
	Number, Name, Course, Provider string
	Held                           civil.Date
	Minutes                        int
	Until                          civil.Date // zero where it does not end
}

// Certificate reads the actor's own.
func (s *Service) Certificate(ctx context.Context, a access.Actor, id uuid.UUID) (c Certificate, err error) {
	err = s.read(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		r, err := q.FindCertificate(ctx, db.FindCertificateParams{ServiceID: a.Service, ID: id, OrganisationID: a.Organisation, PersonID: a.Person})
		if err != nil {
			return missing(err, "certificate")
		}
		c = Certificate{r.Number, r.Name, r.Course, r.Provider, civil.Of(r.HeldOn), int(r.Minutes), civil.FromNull(r.ValidUntil)}
		return nil
	})
	return c, err
}

// Check finds the certificate with a number, for anybody who was given it; found is false where there is none.
func (s *Service) Check(ctx context.Context, a access.Actor, typed string) (c Certificate, found bool, err error) {
	number, ok := ReadNumber(typed)
	if !ok {
		return c, false, nil
	}
	err = s.read(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		r, err := q.CheckNumber(ctx, number)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("check a certificate: %w", err)
		}
		c, found = Certificate{r.Number, r.Name, r.Course, r.Provider, civil.Of(r.HeldOn), int(r.Minutes), civil.FromNull(r.ValidUntil)}, true
		return nil
	})
	return c, found, err
}

// missing turns "no rows" into what is not there, for everybody who may not see it too.
func missing(err error, what string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Missing(what)
	}
	return fmt.Errorf("find %s: %w", what, err)
}
