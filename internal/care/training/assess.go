package training

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/training/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Member is somebody of the team of a service.
type Member struct{ Account, Person uuid.UUID }

// SignIn is a sign-off as an assessor gives it.
type SignIn struct {
	ID      uuid.UUID
	On      civil.Date
	Expires civil.Date
}

// Signing is what the slice needs of the team's competencies (care/practice), to which a programme in house leads.
type Signing struct {
	Team    func(ctx context.Context, service uuid.UUID) ([]Member, error)
	Holds   func(ctx context.Context, a access.Actor, now time.Time) ([]string, error) // competencies that the actor practises unsupervised
	Named   func(competence string) (name, about string, months int)                   // months: when a sign-off is usually looked at again
	SignOff func(ctx context.Context, tx *postgres.Tx, at time.Time, account uuid.UUID, competence string, in SignIn) (fault.Fields, error)
}

// Completed is that a colleague came to a programme in house and can be signed off for what it teaches.
type Completed struct {
	Booking         uuid.UUID
	Account         uuid.UUID
	Name, Programme string
	Competence      string // its key
	Called, About   string // in words
	Months          int    // when a sign-off for it is usually looked at again
	On              civil.Date
}

// Path is where it is signed.
func (c Completed) Path() string { return "/team-training/assess/" + c.Booking.String() }

// assessWithin is for how many months after a programme somebody can be signed off by it.
const assessWithin = 12

// Completed lists colleagues who completed a programme and wait for a sign-off that the actor may give: for a competence that the actor
// holds, and never the actor.
func (s *Service) Completed(ctx context.Context, a access.Actor, now time.Time) ([]Completed, error) {
	return s.completed(ctx, a, now, nil)
}

// Assessed finds one of them.
func (s *Service) Assessed(ctx context.Context, a access.Actor, now time.Time, booking uuid.UUID) (Completed, error) {
	all, err := s.completed(ctx, a, now, &booking)
	if err != nil {
		return Completed{}, err
	}
	if len(all) == 0 {
		return Completed{}, fault.Missing("place")
	}
	return all[0], nil
}

func (s *Service) completed(ctx context.Context, a access.Actor, now time.Time, id *uuid.UUID) (out []Completed, err error) {
	holds, err := s.d.Holds(ctx, a, now)
	if err != nil {
		return nil, err
	}
	team, err := s.d.Team(ctx, a.Service)
	if err != nil {
		return nil, fmt.Errorf("list the team: %w", err)
	}
	err = s.read(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		rows, err := q.ListCompleted(ctx, db.ListCompletedParams{ServiceID: a.Service, Since: locale.Day(now).AddMonths(-assessWithin).UTC(), ID: id})
		if err != nil {
			return fmt.Errorf("list who completed a programme: %w", err)
		}
		for _, r := range rows {
			k, _ := s.pack.Kind(r.Code)
			i := slices.IndexFunc(team, func(m Member) bool { return m.Person == r.PersonID })
			if i < 0 || team[i].Account == a.Account || r.PersonID == a.Person || k.Competence == "" || !slices.Contains(holds, k.Competence) {
				continue
			}
			c := Completed{Booking: r.ID, Account: team[i].Account, Name: r.Name, Programme: r.Title, Competence: k.Competence, On: locale.Day(r.StartsAt)}
			c.Called, c.About, c.Months = s.d.Named(k.Competence)
			out = append(out, c)
		}
		return nil
	})
	return out, err
}

// CheckAssess says what is wrong with a sign-off beside what the competence's own rule says: it comes after the programme.
func CheckAssess(in SignIn, c Completed) (f fault.Fields) {
	if !in.On.IsZero() && in.On.Before(c.On) {
		f.Add("on", "training.assess.before", "day", c.On.Long())
	}
	return f
}

// Assess signs a colleague off for the competence of a programme that they completed. That the programme led to it and the sign-off are
// one transaction: neither is there without the other, and each place leads to one.
func (s *Service) Assess(ctx context.Context, a access.Actor, at time.Time, booking uuid.UUID, in SignIn) (f fault.Fields, err error) {
	c, err := s.Assessed(ctx, a, at, booking)
	if err != nil {
		return nil, err
	}
	if f = CheckAssess(in, c); len(f) > 0 {
		return f, nil
	}
	e := audit.Entry{At: at, Action: "training.assessed", Kind: "training_booking", Object: booking, Detail: map[string]string{"competence": c.Competence}}
	err = s.do(ctx, a, e, func(tx *postgres.Tx, q *db.Queries) (int64, error) {
		if f, err = s.d.SignOff(ctx, tx, at, c.Account, c.Competence, in); err != nil || len(f) > 0 {
			return 0, err
		}
		n, err := q.InsertAssessment(ctx, db.InsertAssessmentParams{ServiceID: a.Service, BookingID: booking, Competence: c.Competence, AccountID: c.Account, AssessorAccount: a.Account, At: at})
		if err != nil {
			return 0, fmt.Errorf("insert assessment: %w", err)
		}
		if n == 0 { // somebody else signed a moment ago
			return 0, changed()
		}
		return n, nil
	})
	return f, err
}
