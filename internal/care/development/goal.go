package development

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/development/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Areas are what a plan has goals in: to improve the service, to lead, to be better at one's profession, to go on in one's
// career.
var Areas = []string{"service", "leadership", "competence", "career"}

// The states of a goal. One that is done or dropped stays in the plan, and no offer is laid beside it.
const (
	Planned = "planned"
	Started = "started"
	Done    = "done"
	Dropped = "dropped"
)

// States lists them.
var States = []string{Planned, Started, Done, Dropped}

// Bounds of what is written: a sentence, and half a page.
const (
	MaxLine = 200
	MaxText = 2_000
)

// yearsAhead is how far ahead a goal may lie: a plan further out is a wish.
const yearsAhead = 5

// Words are what somebody says of a goal.
type Words struct {
	What string `json:"what"`
	Why  string `json:"why"`
	Step string `json:"step"` // the first
}

// GoalIn is a goal as it is written.
type GoalIn struct {
	ID    uuid.UUID
	Area  string
	By    civil.Date
	State string
	Words
}

// Goal is a goal of a plan.
type Goal struct {
	GoalIn
	Added, Changed time.Time
}

// Path is where its owner changes it.
func (g Goal) Path() string { return "/development/goals/" + g.ID.String() }

// Open says whether it is still to be reached.
func (g Goal) Open() bool { return g.State == Planned || g.State == Started }

// Late says that it is open after its day.
func (g Goal) Late(today civil.Date) bool { return g.Open() && g.By.Before(today) }

// CheckGoal says what is wrong with a goal. A day that has passed is wrong only where it is newly given to a goal that is open: was
// is the day that it had before.
func CheckGoal(in GoalIn, was, today civil.Date) (f fault.Fields) {
	if !slices.Contains(Areas, in.Area) {
		f.Add("area", "development.area.empty")
	}
	said(&f, "what", in.What, "development.what.empty", MaxLine)
	said(&f, "why", in.Why, "development.why.empty", MaxText)
	said(&f, "step", in.Step, "development.step.empty", MaxText)
	switch open := in.State == Planned || in.State == Started; {
	case in.By.IsZero():
		f.Add("by", "development.by.empty")
	case in.By.Before(today) && open && in.By != was:
		f.Add("by", "development.by.past")
	case in.By.After(today.AddMonths(12 * yearsAhead)):
		f.Add("by", "development.by.far", "n", yearsAhead)
	}
	if !slices.Contains(States, in.State) {
		f.Add("state", "development.state.empty")
	}
	return f
}

// AddGoal adds a goal to the actor's own plan.
func (s *Service) AddGoal(ctx context.Context, a access.Actor, at time.Time, in GoalIn) error {
	if err := refuse(CheckGoal(in, civil.Date{}, locale.Day(at))); err != nil {
		return err
	}
	words, err := s.seal(sealed.DevelopmentGoal, a.Service, in.ID, in.Words)
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "development.goal_added", "development_goal", in.ID, func(tx *postgres.Tx) (int64, error) {
		n, err := db.New(tx).InsertGoal(ctx, db.InsertGoalParams{ServiceID: a.Service, ID: in.ID, AccountID: a.Account, Area: in.Area, ByOn: in.By.UTC(), State: in.State, Words: words, At: postgres.Stamp(at)})
		if err != nil {
			return 0, fmt.Errorf("insert goal: %w", err)
		}
		return n, nil
	})
}

// ChangeGoal writes a goal of the actor's own plan anew; seen is when what the form shows was last changed.
func (s *Service) ChangeGoal(ctx context.Context, a access.Actor, at, seen time.Time, in GoalIn) error {
	words, err := s.seal(sealed.DevelopmentGoal, a.Service, in.ID, in.Words)
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "development.goal_changed", "development_goal", in.ID, func(tx *postgres.Tx) (int64, error) {
		all, err := s.goals(ctx, tx, a.Account)
		if err != nil {
			return 0, err
		}
		i := slices.IndexFunc(all, func(g Goal) bool { return g.ID == in.ID })
		if i < 0 {
			return 0, fault.Missing("goal")
		}
		if err := refuse(CheckGoal(in, all[i].By, locale.Day(at))); err != nil {
			return 0, err
		}
		n, err := db.New(tx).UpdateGoal(ctx, db.UpdateGoalParams{ServiceID: a.Service, ID: in.ID, AccountID: a.Account, Area: in.Area, ByOn: in.By.UTC(), State: in.State, Words: words, At: postgres.Stamp(at), Seen: postgres.Stamp(seen)})
		if err != nil {
			return 0, fmt.Errorf("update goal: %w", err)
		}
		if n == 0 {
			return 0, fault.New(fault.Conflict, "development.conflict")
		}
		return n, nil
	})
}

// goals reads a plan as far as the actor may see it.
func (s *Service) goals(ctx context.Context, tx *postgres.Tx, owner uuid.UUID) ([]Goal, error) {
	rows, err := db.New(tx).ListGoals(ctx, db.ListGoalsParams{ServiceID: tx.Actor.Service, AccountID: owner})
	if err != nil {
		return nil, fmt.Errorf("list goals: %w", err)
	}
	out := make([]Goal, len(rows))
	for i, r := range rows {
		g := Goal{GoalIn: GoalIn{ID: r.ID, Area: r.Area, By: civil.Of(r.ByOn), State: r.State}, Added: r.AddedAt, Changed: r.ChangedAt}
		if err := s.open(sealed.DevelopmentGoal, tx.Actor.Service, r.ID, r.Words, &g.Words); err != nil {
			return nil, err
		}
		out[i] = g
	}
	return out, nil
}
