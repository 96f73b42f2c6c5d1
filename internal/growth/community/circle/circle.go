// Package circle keeps the groups of a community of practice: who is in one, who asks to be, and who keeps it.
//
// Every member sees that there is a group and what it is about. Its papers are read by who is in it, by row security: not by other
// members, and not by the host. Who makes a group keeps it; a keeper admits who asks, takes somebody out, asks somebody to keep it with
// them, and recalls a paper. A paper is written, held, returned and withdrawn as everything is (community/post): while one is held, a
// moderator reads that one.
package circle

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/circle/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/screen"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Lengths of what is written.
const (
	mostName  = 100
	MostAbout = 500
)

// In is a group as somebody makes it.
type In struct {
	ID          uuid.UUID
	Name, About string
}

// Check says what is wrong with it; every member reads it, so it names nobody.
func Check(in In, found []screen.Finding) (f fault.Fields) {
	f.Text("name", "circle.name.empty", in.Name, mostName)
	f.Text("about", "circle.about.empty", in.About, MostAbout)
	if len(f) == 0 && len(found) > 0 {
		f.Add("about", "circle.about.person", "words", found[0].Text)
	}
	return f
}

// Person is somebody in a group, or who asks to be.
type Person struct {
	Account          uuid.UUID
	Name             string
	Admitted, Keeper bool
	Asked            time.Time
}

// Group is one with its people, as the reader sees it.
type Group struct {
	In
	Made   time.Time
	By     string
	People []Person
}

// Path is its page.
func (g Group) Path() string { return "/community/groups/" + g.ID.String() }

// Of finds somebody in it.
func (g Group) Of(account uuid.UUID) (Person, bool) {
	i := slices.IndexFunc(g.People, func(p Person) bool { return p.Account == account })
	if i < 0 {
		return Person{}, false
	}
	return g.People[i], true
}

// Admits says whether an account is in it.
func (g Group) Admits(account uuid.UUID) bool {
	p, ok := g.Of(account)
	return ok && p.Admitted
}

// Keeps says whether an account keeps it.
func (g Group) Keeps(account uuid.UUID) bool {
	p, ok := g.Of(account)
	return ok && p.Keeper
}

// Inside lists who is in it, keepers first; Asking who would be.
func (g Group) Inside() []Person { return g.those(true) }

// Asking lists who asks to be in it.
func (g Group) Asking() []Person { return g.those(false) }

func (g Group) those(admitted bool) (out []Person) {
	for _, p := range g.People {
		if p.Admitted == admitted {
			out = append(out, p)
		}
	}
	return out
}

// Service keeps groups.
type Service struct {
	db     *postgres.DB
	screen *screen.Screen
}

// New makes the service.
func New(d *postgres.DB) *Service { return &Service{d, screen.Ours()} }

// Found lists what looks like a person in a group's name or what it is about.
func (s *Service) Found(at time.Time, in In) []screen.Finding {
	return s.screen.Find(locale.Day(at), in.Name, in.About)
}

// List gives the groups of the community, by name.
func (s *Service) List(ctx context.Context, a access.Actor) (out []Group, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := member.Entered(ctx, tx)
		if err == nil {
			out, err = list(ctx, tx, c)
		}
		return err
	})
	return out, err
}

func list(ctx context.Context, tx *postgres.Tx, c member.Community) (out []Group, err error) {
	q := db.New(tx)
	groups, err := q.ListGroups(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("list groups: %w", err)
	}
	people, err := q.ListPeople(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("list who is in groups: %w", err)
	}
	for _, r := range groups {
		g := Group{In: In{r.ID, r.Name, r.About}, Made: r.MadeAt, By: r.MadeBy}
		for _, p := range people {
			if p.GroupID == r.ID {
				g.People = append(g.People, Person{p.AccountID, p.Name, p.Admitted, p.Keeper, p.AskedAt})
			}
		}
		out = append(out, g)
	}
	return out, nil
}

// Find finds one.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (Group, error) {
	all, err := s.List(ctx, a)
	return pick(all, id, err)
}

func pick(all []Group, id uuid.UUID, err error) (Group, error) {
	i := slices.IndexFunc(all, func(g Group) bool { return g.ID == id })
	if err == nil && i < 0 {
		err = fault.Missing("group")
	}
	if err != nil {
		return Group{}, err
	}
	return all[i], nil
}

// Inside is Find for what only those in it may see.
func (s *Service) Inside(ctx context.Context, a access.Actor, id uuid.UUID) (Group, error) {
	g, err := s.Find(ctx, a, id)
	if err == nil && !g.Admits(a.Account) {
		err = fault.Missing("group")
	}
	return g, err
}

// change runs a command on a group in one transaction with its audit row; it changes something, or the page is old.
func (s *Service) change(ctx context.Context, a access.Actor, at time.Time, action string, id uuid.UUID, may func(Group) bool, fn func(*db.Queries, member.Community, Group) (int64, error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := member.Joined(ctx, tx)
		if err != nil {
			return err
		}
		all, err := list(ctx, tx, c)
		g, err := pick(all, id, err)
		if err == nil && !may(g) {
			err = fault.Missing("group")
		}
		if err != nil {
			return err
		}
		n, err := fn(db.New(tx), c, g)
		if err != nil {
			return fmt.Errorf("change a group: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "circle.changed")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "community_group", Object: id})
	})
}

// Make makes a group, whose keeper the actor is. The same id again changes nothing.
func (s *Service) Make(ctx context.Context, a access.Actor, at time.Time, in In) error {
	if f := Check(in, s.Found(at, in)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := member.Joined(ctx, tx)
		if err != nil {
			return err
		}
		q := db.New(tx)
		n, err := q.InsertGroup(ctx, db.InsertGroupParams{OrganisationID: c.ID, ID: in.ID, Name: in.Name, About: in.About, At: postgres.Stamp(at), MadeAccount: a.Account, MadeBy: a.Name})
		if err != nil || n == 0 {
			return err
		}
		if _, err := q.InsertPerson(ctx, db.InsertPersonParams{OrganisationID: c.ID, GroupID: in.ID, AccountID: a.Account, Name: a.Name, Admitted: true, Keeper: true, At: postgres.Stamp(at)}); err != nil {
			return fmt.Errorf("keep a group: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "community.group_made", Kind: "community_group", Object: in.ID})
	})
}

// Ask asks to be in a group.
func (s *Service) Ask(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.change(ctx, a, at, "community.group_asked", id, func(Group) bool { return true }, func(q *db.Queries, c member.Community, _ Group) (int64, error) {
		return q.InsertPerson(ctx, db.InsertPersonParams{OrganisationID: c.ID, GroupID: id, AccountID: a.Account, Name: a.Name, At: postgres.Stamp(at)})
	})
}

// Leave leaves a group, or takes back what was asked. The only keeper asks somebody to keep it first.
func (s *Service) Leave(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.change(ctx, a, at, "community.group_left", id, func(Group) bool { return true }, func(q *db.Queries, c member.Community, g Group) (int64, error) {
		others := slices.ContainsFunc(g.People, func(p Person) bool { return p.Keeper && p.Account != a.Account })
		if g.Keeps(a.Account) && !others && len(g.Inside()) > 1 {
			return 0, fault.New(fault.Conflict, "circle.keeper.last")
		}
		return q.DeletePerson(ctx, db.DeletePersonParams{OrganisationID: c.ID, GroupID: id, AccountID: a.Account})
	})
}

// Admit lets somebody in who asked, or asks them to keep the group too; only a keeper does.
func (s *Service) Admit(ctx context.Context, a access.Actor, at time.Time, id, account uuid.UUID, keeper bool) error {
	return s.change(ctx, a, at, "community.group_admitted", id, s.keeping(a, account), func(q *db.Queries, c member.Community, _ Group) (int64, error) {
		return q.AdmitPerson(ctx, db.AdmitPersonParams{OrganisationID: c.ID, GroupID: id, AccountID: account, Keeper: keeper})
	})
}

// Remove takes somebody out, or refuses who asks; only a keeper does, and not another keeper.
func (s *Service) Remove(ctx context.Context, a access.Actor, at time.Time, id, account uuid.UUID) error {
	return s.change(ctx, a, at, "community.group_removed", id, s.keeping(a, account), func(q *db.Queries, c member.Community, g Group) (int64, error) {
		if g.Keeps(account) {
			return 0, nil
		}
		return q.DeletePerson(ctx, db.DeletePersonParams{OrganisationID: c.ID, GroupID: id, AccountID: account})
	})
}

// keeping says whether the actor keeps a group that somebody is in or asks to be.
func (s *Service) keeping(a access.Actor, account uuid.UUID) func(Group) bool {
	return func(g Group) bool {
		_, there := g.Of(account)
		return g.Keeps(a.Account) && there
	}
}
