package watch

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/audit/watch/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// What is worth a question. None of it proves anything, so the page says so.
const (
	// RefusalsADay: one refusal is a wrong click, two a second try, three a search.
	RefusalsADay = 3
	// PeopleADay: an OH nurse sees about 12 people a day and triages as many again; administrators touch some 30.
	PeopleADay = 40
	// snoopDays is how far the page looks back.
	snoopDays = 28
	snoopRows = 100
)

// Day is somebody's day that is worth a question.
type Day struct {
	Day       time.Time
	Who, Role string
	Account   uuid.UUID
	N, People int
}

// Patterns are the three lists.
type Patterns struct{ Refused, Many, Own []Day }

// Snooping lists days on which somebody was refused again and again, touched very many people's records, or their
// own in a professional role.
func (s *Service) Snooping(ctx context.Context, actor access.Actor, at time.Time) (p Patterns, err error) {
	from := at.AddDate(0, 0, -snoopDays)
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		refused, err := q.ListRefusals(ctx, db.ListRefusalsParams{FromAt: from, Least: RefusalsADay, Most: snoopRows})
		if err != nil {
			return fmt.Errorf("list refusals: %w", err)
		}
		many, err := q.ListFanOut(ctx, db.ListFanOutParams{FromAt: from, Over: PeopleADay, Most: snoopRows})
		if err != nil {
			return fmt.Errorf("list fan-out: %w", err)
		}
		own, err := q.ListOwn(ctx, db.ListOwnParams{FromAt: from, Most: snoopRows})
		if err != nil {
			return fmt.Errorf("list own records: %w", err)
		}
		for _, r := range refused {
			p.Refused = append(p.Refused, day(r))
		}
		for _, r := range many {
			p.Many = append(p.Many, day(db.ListRefusalsRow(r)))
		}
		for _, r := range own {
			p.Own = append(p.Own, day(db.ListRefusalsRow(r)))
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "audit.patterns_read", Kind: "audit"})
	})
	if err != nil {
		return Patterns{}, fmt.Errorf("look for patterns: %w", err)
	}
	for _, list := range [][]Day{p.Refused, p.Many, p.Own} {
		events := make([]Event, len(list))
		for i, d := range list {
			events[i].ActorAccount = d.Account
		}
		if err := s.name(ctx, actor, at, events); err != nil {
			return Patterns{}, err
		}
		for i := range list {
			list[i].Who = events[i].Actor
		}
	}
	return p, nil
}

func day(r db.ListRefusalsRow) Day {
	return Day{Day: r.Day, Role: r.Role, Account: postgres.Value(r.ActorAccount), N: int(r.N), People: int(r.People)}
}

// detail gives one code of an event's detail.
func detail(raw []byte, key string) string {
	var m map[string]string
	if json.Unmarshal(raw, &m) != nil {
		return ""
	}
	return m[key]
}
