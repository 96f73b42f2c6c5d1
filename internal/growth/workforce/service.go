package workforce

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs. Now is asked where another slice asks for the plan of an organisation that has set none.
// Actions lists the actions of the strategy, which a change may be for; Doubts says in words where the plan and its money do not
// fit together. Both may be nil.
type Deps struct {
	DB      *postgres.DB
	Now     func() time.Time
	Actions func(ctx context.Context, a access.Actor) ([]Action, error)
	Doubts  func(ctx context.Context, a access.Actor) ([]Doubt, error)
	// Load says what of the team needs a look before it grows, to whoever may know how people are; nil where nothing does.
	Load func(ctx context.Context, a access.Actor) (*Doubt, error)
	// Withdrawn is told in its transaction that something was taken out of the plan; nil where nobody asks.
	Withdrawn func(ctx context.Context, tx *postgres.Tx, at time.Time) error
}

// Action is an action of the strategy.
type Action struct {
	ID    uuid.UUID
	Title string
	Open  bool // neither done nor stopped
}

// Service keeps the posts and the plan.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service. The pack is compiled in and a test reads it, so one that does not load is a broken build.
func New(d Deps) *Service {
	pack, err := LoadPack(content.FS)
	if err != nil {
		panic(err)
	}
	return &Service{d, pack}
}

// Pack is the roles, skills and assumptions.
func (s *Service) Pack() Pack { return s.pack }

// do runs a command in one transaction with its audit row; one that changes nothing leaves none.
func (s *Service) do(ctx context.Context, a access.Actor, at time.Time, action, kind string, object uuid.UUID, fn func(*postgres.Tx) (changed bool, err error)) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		changed, err := fn(tx)
		if err != nil || !changed {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: kind, Object: object})
	})
}

// Find gives all of it.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time) (t Team, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		t, err = s.team(ctx, tx, now)
		return err
	})
	if err == nil && s.d.Actions != nil {
		t.Actions, err = s.d.Actions(ctx, a)
	}
	return t, err
}

// Doubt says where the plan and its money do not fit together, and the ways to where that is set.
type Doubt struct {
	Text string
	Ways []Way
}

// Way is a page and what it is for.
type Way struct{ Path, Text string }

// Doubts lists what is to be doubted.
func (s *Service) Doubts(ctx context.Context, a access.Actor) ([]Doubt, error) {
	if s.d.Doubts == nil {
		return nil, nil
	}
	return s.d.Doubts(ctx, a)
}

// Load says what of the team needs a look before it grows; nil where nothing does, or whoever asks may not know.
func (s *Service) Load(ctx context.Context, a access.Actor) (*Doubt, error) {
	if s.d.Load == nil {
		return nil, nil
	}
	return s.d.Load(ctx, a)
}

func (s *Service) team(ctx context.Context, tx *postgres.Tx, now time.Time) (t Team, err error) {
	t.Pack, t.AsAt = s.pack, locale.Day(now)
	if t.Posts, err = posts(ctx, tx); err != nil {
		return t, err
	}
	if t.Changes, err = changes(ctx, tx); err != nil {
		return t, err
	}
	if t.Vacancies, err = vacancies(ctx, tx); err != nil {
		return t, err
	}
	t.Setting, err = s.setting(ctx, tx, now)
	return t, err
}

func (s *Service) setting(ctx context.Context, tx *postgres.Tx, now time.Time) (Setting, error) {
	q := db.New(tx)
	out := s.pack.assumed(now)
	r, err := q.FindPlan(ctx, tx.Actor.Organisation)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return out, fmt.Errorf("find plan: %w", err)
	}
	if err == nil {
		out.PlanIn = PlanIn{Start: civil.Of(r.StartsOn), Uplift: r.Uplift, Leave: r.LeaveDays, Study: r.StudyDays, Sickness: r.Sickness, RampMonths: r.RampMonths, Zone: pay.Zone(r.Zone)}
		if out.Awards, err = pay.ReadAwards(r.Awards); err != nil {
			return out, err
		}
		if r.Served != nil {
			out.Served = int(*r.Served)
		}
		out.Changed, out.By = r.ChangedAt, r.ChangedBy
	}
	rates, err := q.ListRates(ctx, tx.Actor.Organisation)
	if err != nil {
		return out, fmt.Errorf("list rates: %w", err)
	}
	for _, r := range rates {
		out.Rates[r.Role] = Rate{RateIn: RateIn{Role: r.Role, Clinical: r.Clinical, Leavers: r.Leavers, Retire: r.Retire}, Changed: r.ChangedAt, By: r.ChangedBy}
	}
	return out, nil
}

// refuse makes an error of what a command's caller should have seen on the form.
func refuse(f fault.Fields) error {
	if len(f) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, f[0].Key)
}

// settled is the answer of a change to something that may have changed meanwhile.
func settled(n int64, what string, err error) (bool, error) {
	if err != nil {
		return false, fmt.Errorf("%s: %w", what, err)
	}
	if n == 0 {
		return false, fault.New(fault.Conflict, "workforce.conflict")
	}
	return true, nil
}

func pounds(n int) *int64 {
	if n == 0 {
		return nil
	}
	x := int64(n)
	return &x
}
