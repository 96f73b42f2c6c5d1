package practice

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/practice/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Person is one of the team with what the lead may know of their practice.
type Person struct {
	Member
	Role          string // of the competencies
	States        map[string]State
	Registrations []Registration
	CPD           int        // minutes of the last twelve months
	Supervised    int        // likewise
	LastSession   civil.Date // of supervision; zero for never
	LastWith      string     // with whom that was
	LastCPD       civil.Date // zero for never
}

// Unwritten are the kinds of what is expected again of which they have never written anything down.
func (p Person) Unwritten(pack Pack) (out []string) {
	for kind, last := range map[string]civil.Date{ExpectSupervision: p.LastSession, ExpectCPD: p.LastCPD} {
		if _, ok := pack.Interval(kind, p.Role); ok && last.IsZero() {
			out = append(out, kind)
		}
	}
	slices.Sort(out)
	return out
}

// State is where they stand with a competence.
func (p Person) State(key string) State {
	if s, ok := p.States[key]; ok {
		return s
	}
	return State{Standing: None}
}

// Unregistered says that their role has a register and they have given no entry.
func (p Person) Unregistered() bool {
	return slices.Contains(registered, p.Role) && len(p.Registrations) == 0
}

// Team is the team on a day.
type Team struct {
	Pack   Pack
	Today  civil.Date
	People []Person
}

// In lists those of a role.
func (t Team) In(role string) (out []Person) {
	for _, p := range t.People {
		if p.Role == role {
			out = append(out, p)
		}
	}
	return out
}

// Cover is how many may practise a competence unsupervised, and how many are on the way.
type Cover struct {
	Competence
	Holders, Coming int
	Only            string // who it hangs on, where it is one
}

// Covers counts the competencies of the roles that somebody of the team has.
func (t Team) Covers() (out []Cover) {
	for _, c := range t.Pack.Competencies {
		x, there := Cover{Competence: c}, false
		for _, p := range t.People {
			switch p.State(c.Key).Standing {
			case Unsupervised:
				x.Holders++
				x.Only = p.Name
			case Learning, Waiting, Lapsed:
				x.Coming++
			}
			there = there || slices.Contains(c.Roles, p.Role)
		}
		if x.Holders != 1 {
			x.Only = ""
		}
		if there || x.Holders > 0 {
			out = append(out, x)
		}
	}
	return out
}

// Find gives the team to its lead.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time) (t Team, err error) {
	members, err := s.members(ctx, a.Service)
	if err != nil {
		return t, err
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if t, err = s.read(ctx, tx, members, nil, now); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "practice.team_read", Kind: "service", Object: a.Service})
	})
	return t, err
}

// Member gives one of the team to the lead.
func (s *Service) Member(ctx context.Context, a access.Actor, now time.Time, account uuid.UUID) (p Person, err error) {
	m, err := s.member(ctx, a.Service, account)
	if err != nil {
		return p, err
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if p, err = s.one(ctx, tx, m, now); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "practice.member_read", Kind: "account", Object: account})
	})
	return p, err
}

// Self gives the actor their own practice.
func (s *Service) Self(ctx context.Context, a access.Actor, now time.Time) (p Person, err error) {
	m, err := s.self(ctx, a)
	if err != nil {
		return p, err
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		p, err = s.one(ctx, tx, m, now)
		return err
	})
	return p, err
}

// self is the actor as one of the team: what they are signed in as, should the list not have them.
func (s *Service) self(ctx context.Context, a access.Actor) (Member, error) {
	m, err := s.member(ctx, a.Service, a.Account)
	if fault.KindOf(err) == fault.NotFound {
		return Member{Account: a.Account, Organisation: a.Organisation, Person: a.Person, Name: a.Name, Acting: a.Role}, nil
	}
	return m, err
}

func (s *Service) one(ctx context.Context, tx *postgres.Tx, m Member, now time.Time) (Person, error) {
	t, err := s.read(ctx, tx, []Member{m}, &m.Account, now)
	if err != nil {
		return Person{}, err
	}
	return t.People[0], nil
}

// read gives the members with what is known of them; only narrows it to one.
func (s *Service) read(ctx context.Context, tx *postgres.Tx, members []Member, only *uuid.UUID, now time.Time) (t Team, err error) {
	t.Pack, t.Today = s.pack, locale.Day(now)
	people := map[uuid.UUID]*Person{}
	t.People = make([]Person, len(members))
	for i, m := range members {
		t.People[i] = Person{Member: m, Role: Practises[m.Acting], States: map[string]State{}}
		people[m.Account] = &t.People[i]
	}
	q, service, since := db.New(tx), tx.Actor.Service, t.Today.AddMonths(-12).UTC()
	roles, err := q.ListRoles(ctx, db.ListRolesParams{ServiceID: service, AccountID: only})
	if err != nil {
		return t, fmt.Errorf("list roles: %w", err)
	}
	for _, r := range roles {
		if p := people[r.AccountID]; p != nil {
			p.Role = r.Role
		}
	}
	events, err := q.ListEvents(ctx, db.ListEventsParams{ServiceID: service, AccountID: only})
	if err != nil {
		return t, fmt.Errorf("list events: %w", err)
	}
	for from := 0; from < len(events); {
		end := from
		var list []Event
		for ; end < len(events) && events[end].AccountID == events[from].AccountID && events[end].Competence == events[from].Competence; end++ {
			list = append(list, event(events[end]))
		}
		if p := people[events[from].AccountID]; p != nil {
			p.States[events[from].Competence] = StateOf(list, t.Today)
		}
		from = end
	}
	entries, err := q.ListRegistrations(ctx, db.ListRegistrationsParams{ServiceID: service, AccountID: only})
	if err != nil {
		return t, fmt.Errorf("list registrations: %w", err)
	}
	for _, r := range entries {
		if p := people[r.AccountID]; p != nil && !r.Ended {
			p.Registrations = append(p.Registrations, Registration{Body: r.Body, Number: r.Number, Expires: civil.Of(r.ExpiresOn), Revalidates: civil.FromNull(r.RevalidatesOn)})
		}
	}
	hours, err := q.SumCPD(ctx, db.SumCPDParams{ServiceID: service, AccountID: only, Since: since})
	if err != nil {
		return t, fmt.Errorf("sum development: %w", err)
	}
	for _, r := range hours {
		if p := people[r.AccountID]; p != nil {
			p.CPD, p.LastCPD = int(r.Minutes), civil.Of(r.LastOn)
		}
	}
	sessions, err := q.SumSupervision(ctx, db.SumSupervisionParams{ServiceID: service, AccountID: only, Since: since})
	if err != nil {
		return t, fmt.Errorf("sum supervision: %w", err)
	}
	for _, r := range sessions {
		if p := people[r.AccountID]; p != nil {
			p.Supervised, p.LastSession, p.LastWith = int(r.Minutes), civil.Of(r.LastOn), r.LastWith
		}
	}
	return t, nil
}

func event(r db.ListEventsRow) Event {
	return Event{ID: r.ID, Account: r.AccountID, Competence: r.Competence, Kind: Kind(r.Kind), On: civil.Of(r.OnDate), Expires: civil.FromNull(r.ExpiresOn), Reason: postgres.Value(r.Reason), By: r.ByAccount, ByName: r.ByName}
}

// SetRole says in which role of the competencies somebody practises: a nurse in a development post, a technician.
func (s *Service) SetRole(ctx context.Context, a access.Actor, at time.Time, account uuid.UUID, role string) (f fault.Fields, err error) {
	p, err := s.Member(ctx, a, at, account)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(Roles, role) {
		f.Add("role", "practice.role.empty")
	}
	if len(f) > 0 || p.Role == role {
		return f, nil
	}
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	return nil, s.do(ctx, a, audit.Entry{At: at, Action: "practice.role_set", Kind: "account", Object: account, Detail: map[string]string{"role": role}}, func(tx *postgres.Tx) (bool, error) {
		err := db.New(tx).InsertRole(ctx, db.InsertRoleParams{ServiceID: a.Service, ID: id, AccountID: account, Role: role, ByAccount: a.Account, ByName: a.Name, At: at.UTC()})
		if err != nil {
			return false, fmt.Errorf("insert role: %w", err)
		}
		return true, nil
	})
}
