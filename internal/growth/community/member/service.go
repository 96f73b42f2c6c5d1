package member

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/match"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice is wired to.
type Deps struct {
	DB       *postgres.DB
	Elements []Element // of the framework, in order
	// Scores gives what the newest closed self-assessment of the actor's organisation shows, and when it was closed; none where there
	// is none.
	Scores func(ctx context.Context, a access.Actor) ([]Score, civil.Date, error)
}

// Service keeps who is in a community.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, Lists()} }

// Pack is what a profile can say.
func (s *Service) Pack() Pack { return s.pack }

// Elements of the framework.
func (s *Service) Elements() []Element { return s.d.Elements }

// Community is one as the actor sees it.
type Community struct {
	ID             uuid.UUID // of its host
	Name, About    string
	By             string
	Opened, Seen   time.Time
	Mine           bool // the actor is a member, where they act now
	Moderated      bool // the actor moderates it, as a member whom the host named or as the host
	Hosted         bool // the actor's organisation is the host
	HostName, Home string
}

// In says that the actor reads what is in it: as a member, or as its host.
func (c Community) In() bool { return c.Mine || c.Hosted }

// Of finds the community that the actor is in or could join, in a transaction of theirs; false where nobody above them has opened one.
func Of(ctx context.Context, tx *postgres.Tx) (c Community, ok bool, err error) {
	all, err := above(ctx, tx)
	if err != nil || len(all) == 0 {
		return c, false, err
	}
	return all[0], true, nil
}

// above lists the communities above the actor: first the one that they are in, then the nearest.
func above(ctx context.Context, tx *postgres.Tx) (out []Community, err error) {
	rows, err := db.New(tx).ListCommunities(ctx)
	if err != nil {
		return nil, fmt.Errorf("list communities: %w", err)
	}
	for _, r := range rows {
		out = append(out, Community{ID: r.OrganisationID, Name: r.Name, About: r.About, By: r.ByName, Opened: r.OpenedAt, Seen: r.ChangedAt, Mine: r.Mine, Moderated: r.Moderated, Hosted: r.OrganisationID == tx.Actor.Organisation})
	}
	return out, nil
}

// Entered is Of for what only a member or the host may see: to everybody else it is not there.
func Entered(ctx context.Context, tx *postgres.Tx) (Community, error) {
	c, ok, err := Of(ctx, tx)
	if err == nil && (!ok || !c.In()) {
		err = fault.Missing("community")
	}
	return c, err
}

// Joined is Of for what only a member may do.
func Joined(ctx context.Context, tx *postgres.Tx) (Community, error) {
	c, err := Entered(ctx, tx)
	if err == nil && !c.Mine {
		err = fault.New(fault.Conflict, "member.join.first")
	}
	return c, err
}

// Above lists the communities among which the actor chooses, with the names of their hosts and of where they act: first the one that they
// are in, then the nearest. home names where they act also where there is none.
func (s *Service) Above(ctx context.Context, a access.Actor, now time.Time) (out []Community, home string, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		at, err := organisation.On(ctx, tx, a.Organisation, now)
		if err != nil {
			return err
		}
		home = at.Name
		if out, err = above(ctx, tx); err != nil {
			return err
		}
		for i := range out {
			host, err := organisation.On(ctx, tx, out[i].ID, now)
			if err != nil {
				return err
			}
			out[i].HostName, out[i].Home = host.Name, home
		}
		return nil
	})
	return out, home, err
}

// Find is the first of them; false where there is none.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time) (c Community, ok bool, err error) {
	all, home, err := s.Above(ctx, a, now)
	if err != nil || len(all) == 0 {
		return Community{Home: home}, false, err
	}
	return all[0], true, nil
}

// Enter is Find for what only a member or the host may see.
func (s *Service) Enter(ctx context.Context, a access.Actor, now time.Time) (Community, error) {
	c, ok, err := s.Find(ctx, a, now)
	if err == nil && (!ok || !c.In()) {
		err = fault.Missing("community")
	}
	return c, err
}

// Open opens the community of the actor's organisation.
func (s *Service) Open(ctx context.Context, a access.Actor, at time.Time, in OpenIn) error {
	if f := CheckOpen(in); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).OpenCommunity(ctx, db.OpenCommunityParams{OrganisationID: a.Organisation, Name: in.Name, About: in.About, At: postgres.Stamp(at), ByName: a.Name})
		if err != nil {
			return fmt.Errorf("open a community: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "member.changed")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "community.opened", Kind: "community", Object: a.Organisation})
	})
}

// Describe changes what the community of the actor's organisation is called and for.
func (s *Service) Describe(ctx context.Context, a access.Actor, at, seen time.Time, in OpenIn) error {
	if f := CheckOpen(in); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).ChangeCommunity(ctx, db.ChangeCommunityParams{OrganisationID: a.Organisation, Name: in.Name, About: in.About, At: postgres.Stamp(at), ByName: a.Name, Seen: postgres.Stamp(seen)})
		if err != nil {
			return fmt.Errorf("change a community: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "member.changed")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "community.described", Kind: "community", Object: a.Organisation})
	})
}

// Members lists everybody who joined, confirmed or not: only for who is in, and its host.
func (s *Service) Members(ctx context.Context, a access.Actor) (out []Profile, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := Entered(ctx, tx)
		if err == nil {
			out, err = members(ctx, tx, c)
		}
		return err
	})
	return out, err
}

func members(ctx context.Context, tx *postgres.Tx, c Community) (out []Profile, err error) {
	rows, err := db.New(tx).ListMembers(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	for _, r := range rows {
		out = append(out, Profile{Account: r.AccountID, Home: r.HomeID, Name: r.Name, HomeName: r.HomeName, Profession: r.Profession, Alone: r.Alone, Mentors: r.Mentors, Moderates: r.Moderates, Contact: r.Contact, About: r.About,
			Skills: r.Skills, Interests: r.Interests, Offers: r.Offers, Wants: r.Wants, Joined: r.JoinedAt, Confirmed: r.ConfirmedAt})
	}
	return out, nil
}

// Member finds one who is listed, or the reader themselves; the host finds everybody.
func (s *Service) Member(ctx context.Context, a access.Actor, now time.Time, account uuid.UUID) (Profile, error) {
	var all []Profile
	var c Community
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		if c, err = Entered(ctx, tx); err == nil {
			all, err = members(ctx, tx, c)
		}
		return err
	})
	if err != nil {
		return Profile{}, err
	}
	i := slices.IndexFunc(all, func(x Profile) bool { return x.Account == account })
	if i < 0 || !s.pack.Listed(all[i], locale.Day(now)) && account != a.Account && !c.Hosted {
		return Profile{}, fault.Missing("member")
	}
	return all[i], nil
}

// Matches lists who fits the actor, with why.
func (s *Service) Matches(ctx context.Context, a access.Actor, now time.Time) (out []match.Match, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := Joined(ctx, tx)
		if err != nil {
			return err
		}
		all, err := members(ctx, tx, c)
		if err != nil {
			return err
		}
		bands, err := bands(ctx, tx, c)
		var me match.Person
		var others []match.Person
		for _, x := range all {
			switch {
			case x.Account == a.Account:
				me = person(x, bands)
			case s.pack.Listed(x, locale.Day(now)):
				others = append(others, person(x, bands))
			}
		}
		out = match.Find(me, others)
		return err
	})
	return out, err
}

func bands(ctx context.Context, tx *postgres.Tx, c Community) (out []Band, err error) {
	rows, err := db.New(tx).ListBands(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("list bands: %w", err)
	}
	for _, r := range rows {
		out = append(out, Band{r.HomeID, r.Element, r.Band, civil.Of(r.RoundOn), r.OfferedAt, r.ByName})
	}
	return out, nil
}
