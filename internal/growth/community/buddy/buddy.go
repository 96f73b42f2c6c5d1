// Package buddy is two members of a community of practice who keep each other company: one who works alone in their profession asks
// another who fits them (community/match), who accepts or does not. No reason is asked for. Either ends it.
//
// It is between the two, by row security: no other member, no host and no lead has a row of it, and the audit trail says that somebody
// asked, and not whom. A mentor is something else (care/mentoring): a buddy has no goals and signs nothing off.
package buddy

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
	"github.com/rowan-ohwb/rowan/internal/growth/community/buddy/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/community/match"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Take is the permission of the slice; who may ask whom is the community's to say.
const Take access.Permission = "community.buddy"

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Take, Wall: access.Growth, Data: access.D1, Purpose: "Ask a member of a community of practice to be one's buddy, and answer", Allow: access.Allow(access.Any, member.Everybody...)},
}

// State is how two people stand to each other.
type State string

// The states.
const (
	Asked    State = "asked"
	Declined State = "declined"
	Buddies  State = "buddies"
)

// Pair is somebody with whom the reader has to do.
type Pair struct {
	member.Profile
	State State
	Mine  bool // the reader asked
	On    civil.Date
}

// Book is what the reader has to do with others, and whom they can ask.
type Book struct {
	Pairs []Pair
	Alone bool // the reader says that they are the only one of their profession
	Fits  []match.Match
}

// Those lists the pairs of a state, that the reader asked or that others did.
func (b Book) Those(s State, mine bool) (out []Pair) {
	for _, p := range b.Pairs {
		if p.State == s && p.Mine == mine {
			out = append(out, p)
		}
	}
	return out
}

// Buddies lists those who agreed, whoever asked.
func (b Book) Buddies() []Pair { return slices.Concat(b.Those(Buddies, true), b.Those(Buddies, false)) }

// Service keeps who is whose buddy.
type Service struct {
	db      *postgres.DB
	members *member.Service
}

// New makes the service.
func New(d *postgres.DB, m *member.Service) *Service { return &Service{d, m} }

// Read gives the reader's book. One who may ask nobody has no fits.
func (s *Service) Read(ctx context.Context, a access.Actor, now time.Time) (b Book, err error) {
	all, err := s.members.Members(ctx, a)
	if err != nil {
		return b, err
	}
	me := slices.IndexFunc(all, func(x member.Profile) bool { return x.Account == a.Account })
	if me < 0 {
		return b, fault.Missing("member")
	}
	b.Alone = all[me].Alone
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := member.Joined(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := db.New(tx).ListOwn(ctx, c.ID)
		if err != nil {
			return fmt.Errorf("list buddies: %w", err)
		}
		for _, r := range rows {
			p := Pair{State: State(r.State), Mine: r.AskerID == a.Account, On: civil.Of(r.AskedOn)}
			other := r.AskerID
			if p.Mine {
				other = r.AskedID
			}
			if i := slices.IndexFunc(all, func(x member.Profile) bool { return x.Account == other }); i >= 0 {
				p.Profile = all[i]
				b.Pairs = append(b.Pairs, p)
			}
		}
		return nil
	})
	if err != nil || !b.Alone {
		return b, err
	}
	b.Fits, err = s.members.Matches(ctx, a, now)
	b.Fits = slices.DeleteFunc(b.Fits, func(m match.Match) bool {
		return slices.ContainsFunc(b.Pairs, func(p Pair) bool { return p.Account == m.Account })
	})
	return b, err
}

// do makes one change with its audit row, which does not say with whom.
func (s *Service) do(ctx context.Context, a access.Actor, now time.Time, action string, change func(*db.Queries, member.Community) (int64, error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := member.Joined(ctx, tx)
		if err != nil {
			return err
		}
		n, err := change(db.New(tx), c)
		if err != nil {
			return fmt.Errorf("%s: %w", action, err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "buddy.changed")
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: action, Kind: "community", Object: c.ID})
	})
}

// Ask asks somebody who fits, once.
func (s *Service) Ask(ctx context.Context, a access.Actor, now time.Time, other uuid.UUID) error {
	b, err := s.Read(ctx, a, now)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(b.Fits, func(m match.Match) bool { return m.Account == other }) {
		return s.unless(b, other)
	}
	return s.do(ctx, a, now, "community.buddy_asked", func(q *db.Queries, c member.Community) (int64, error) {
		return q.InsertAsked(ctx, db.InsertAskedParams{OrganisationID: c.ID, AskerID: a.Account, AskedID: other, OnDay: locale.Day(now).UTC()})
	})
}

// unless says why a command about somebody is refused: the page is old, or there was nothing between the two.
func (s *Service) unless(b Book, other uuid.UUID) error {
	if slices.ContainsFunc(b.Pairs, func(p Pair) bool { return p.Account == other }) {
		return fault.New(fault.Conflict, "buddy.changed")
	}
	return fault.Missing("member")
}

// with refuses a command about somebody with whom the actor has nothing to do.
func (s *Service) with(ctx context.Context, a access.Actor, now time.Time, other uuid.UUID) error {
	b, err := s.Read(ctx, a, now)
	if err == nil && fault.KindOf(s.unless(b, other)) == fault.NotFound {
		err = fault.Missing("member")
	}
	return err
}

// Answer accepts what somebody asked, or declines it.
func (s *Service) Answer(ctx context.Context, a access.Actor, now time.Time, other uuid.UUID, accept bool) error {
	if err := s.with(ctx, a, now, other); err != nil {
		return err
	}
	state := Declined
	if accept {
		state = Buddies
	}
	return s.do(ctx, a, now, "community.buddy_answered", func(q *db.Queries, c member.Community) (int64, error) {
		return q.AnswerAsked(ctx, db.AnswerAskedParams{OrganisationID: c.ID, AskerID: other, AskedID: a.Account, State: string(state), OnDay: locale.Day(now).UTC()})
	})
}

// End ends it, or takes back what the actor asked.
func (s *Service) End(ctx context.Context, a access.Actor, now time.Time, other uuid.UUID) error {
	if err := s.with(ctx, a, now, other); err != nil {
		return err
	}
	return s.do(ctx, a, now, "community.buddy_ended", func(q *db.Queries, c member.Community) (int64, error) {
		return q.EndBuddies(ctx, db.EndBuddiesParams{OrganisationID: c.ID, AccountID: a.Account, OtherID: other})
	})
}
