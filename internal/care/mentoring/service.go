package mentoring

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Member is somebody of the team of a service.
type Member struct {
	Account, Organisation, Person uuid.UUID // organisation and person are zero for somebody without a workforce record
	Name                          string
	Role                          access.Role
}

// Deps is what the slice needs.
type Deps struct {
	DB       *postgres.DB
	Box      sealed.Box
	Links    *seal.Keys                                                                         // of calendars
	Now      func() time.Time                                                                   // of the jobs
	Areas    []string                                                                           // of a development plan
	Team     func(ctx context.Context, service uuid.UUID) ([]Member, error)                     // accounts are the hall's alone
	Standing func(ctx context.Context, a access.Actor, now time.Time) (has Standing, err error) // the actor's own
	Named    func(competence string) string                                                     // in words
}

// Service does what the package says.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, Lists()} }

// Pack gives the lists and rhythms that hold.
func (s *Service) Pack() Pack { return s.pack }

// Areas are those of a development plan.
func (s *Service) Areas() []string { return s.d.Areas }

// Named says a competence in words.
func (s *Service) Named(competence string) string { return s.d.Named(competence) }

// Standing is what the actor brings.
func (s *Service) Standing(ctx context.Context, a access.Actor, now time.Time) (Standing, error) {
	return s.d.Standing(ctx, a, now)
}

// team lists who works in a service, each once.
func (s *Service) team(ctx context.Context, service uuid.UUID) (map[uuid.UUID]Member, error) {
	all, err := s.d.Team(ctx, service)
	if err != nil {
		return nil, fmt.Errorf("list the team: %w", err)
	}
	out := make(map[uuid.UUID]Member, len(all))
	for _, m := range all {
		if _, there := out[m.Account]; !there {
			out[m.Account] = m
		}
	}
	return out, nil
}

// do runs a command in one transaction with its audit row; one that changes nothing leaves none.
func (s *Service) do(ctx context.Context, a access.Actor, e audit.Entry, fn func(*postgres.Tx, *db.Queries) (n int64, err error)) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := fn(tx, db.New(tx))
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, e)
	})
}

// read is a transaction that changes nothing.
func (s *Service) read(ctx context.Context, a access.Actor, fn func(*db.Queries) error) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return fn(db.New(tx)) })
}

// tell queues a message to somebody of the team. Who has no workforce record has no address here, and sees it on their page.
func tell(ctx context.Context, tx *postgres.Tx, team map[uuid.UUID]Member, to uuid.UUID, template string, at time.Time) error {
	m := team[to]
	if m.Person == uuid.Nil {
		return nil
	}
	return message.Queue(ctx, tx, message.Out{Key: template + ":" + uuid.NewString(), Organisation: m.Organisation, Service: tx.Actor.Service, To: m.Person, Capacity: message.Work, Template: template, At: at})
}

// The messages that the slice sends. None says more than that there is something to see.
const (
	toldAsked    = "mentoring_asked"
	toldAnswered = "mentoring_answered"
	toldEnded    = "mentoring_ended"
	toldDue      = "mentoring_due"
)

// changed is what somebody is told whose page is older than what it shows.
func changed() error { return fault.New(fault.Conflict, "mentoring.changed") }

// refuse makes an error of what a command's caller should have seen on the form.
func refuse(f fault.Fields) error {
	if len(f) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, f[0].Key)
}

// Mentors lists who offers to be one, the actor among them whether they take anybody or not. Who has left is none.
func (s *Service) Mentors(ctx context.Context, a access.Actor) (out []Profile, err error) {
	team, err := s.team(ctx, a.Service)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, a, func(q *db.Queries) error {
		rows, err := q.ListMentors(ctx, a.Service)
		if err != nil {
			return fmt.Errorf("list mentors: %w", err)
		}
		for _, r := range rows {
			m, there := team[r.AccountID]
			if !there {
				continue
			}
			p := Profile{Account: r.AccountID, Name: m.Name, Role: m.Role, Taking: !r.Paused, Places: int(r.Places), Offers: r.Offers, How: r.How, Taken: int(r.Counted[0]), Queue: int(r.Counted[1])}
			for _, d := range r.Days {
				p.Days = append(p.Days, fmt.Sprint(d))
			}
			out = append(out, p)
		}
		return nil
	})
	return out, err
}

// Mentor finds one whom the actor may ask; nobody asks themselves.
func (s *Service) Mentor(ctx context.Context, a access.Actor, account uuid.UUID) (Profile, error) {
	all, err := s.Mentors(ctx, a)
	if err != nil {
		return Profile{}, err
	}
	i := slices.IndexFunc(all, func(p Profile) bool { return p.Account == account && p.Taking && account != a.Account })
	if i < 0 {
		return Profile{}, fault.Missing("mentor")
	}
	return all[i], nil
}
