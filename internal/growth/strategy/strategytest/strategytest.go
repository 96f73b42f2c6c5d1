// Package strategytest is what the tests of the plan share: a book of figures whose values a test changes, and a
// plan with one of everything.
package strategytest

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Now is the time of the tests.
var Now = time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)

// Waits is the figure of the book; Rest has none to show.
const (
	Waits = "test/waits"
	Rest  = "test/rest"
)

// Shelf is a book of two figures and a gap.
type Shelf struct {
	Value string
	Round string // that was closed last; its gap is on the shelf
}

// Kinds is part of figure.Book.
func (s *Shelf) Kinds() []string { return []string{"test", "gap"} }

// List is part of figure.Book.
func (s *Shelf) List(context.Context, access.Actor, time.Time) ([]figure.Figure, error) {
	return []figure.Figure{
		{Ref: figure.Ref{Kind: "test", Name: "waits"}, Title: "Wait to be seen", State: figure.Known, Value: s.Value, Period: civil.Date{Year: 2026, Month: 10, Day: 1},
			PeriodText: "October 2026", Definition: "Days from referral to first contact", Version: "waits, version 1", Source: "a test"},
		{Ref: figure.Ref{Kind: "test", Name: "rest"}, Title: "Rooms to rest in", State: figure.NotCollected, PeriodText: "2026", Definition: "d", Version: "rest, version 1", Source: "a test"},
		{Ref: figure.Ref{Kind: "gap", Name: s.Round + ".E5.2"}, Title: "Gap: facilities to rest", State: figure.Known, Value: "40%", PeriodText: "2026", Definition: "d", Version: "v1", Source: "a test"},
	}, nil
}

// Figure is part of figure.Book.
func (s *Shelf) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, _ civil.Date) (figure.Figure, error) {
	all, err := s.List(ctx, a, now)
	for _, f := range all {
		if f.Ref == ref {
			return f, err
		}
	}
	return figure.Figure{}, fault.Missing("figure")
}

// House is a world with the plan and the board in it.
type House struct {
	DB                        *postgres.DB
	W                         *world.World
	Shelf                     *Shelf
	Plan                      *strategy.Service
	Board                     *board.Service
	Lead, Guardian, Executive access.Actor
}

// New makes a house.
func New(t testing.TB) *House {
	t.Helper()
	db := world.Open(t)
	h := &House{DB: db, W: world.New(t, db), Shelf: &Shelf{Value: "12 days", Round: "a-round"}}
	h.Plan = strategy.New(strategy.Deps{DB: db, Figures: figure.NewLibrary(h.Shelf), Forecasts: func(context.Context, access.Actor, uuid.UUID) ([]strategy.Link, error) {
		return []strategy.Link{{Text: "Waits will fall by 2 days", Path: "/effect/forecasts/1"}}, nil
	}, Interventions: func() []strategy.Intervention {
		return []strategy.Intervention{{Code: "I05", Name: "Vaccination"}, {Code: "I07", Name: "Nurse-led advice"}}
	}, Weighed: func(_ context.Context, _ access.Actor, gap figure.Ref) (strategy.Weight, error) {
		if gap.Kind != "gap" {
			return strategy.Weight{}, nil
		}
		return strategy.Weight{Importance: 5, Reach: 45}, nil
	}})
	h.Board = board.New(board.Deps{DB: db, Plan: h.Plan})
	h.Lead, h.Guardian, h.Executive = h.W.OHLead.As(access.Lead, access.Growth), h.W.Guardian.As(access.Guardian, access.Growth), h.W.Executive.As(access.Executive, access.Growth)
	return h
}

// One is what Fill made.
type One struct{ Need, Objective, Measure, Action uuid.UUID }

// Fill writes an agreed need, an objective that answers it, a measure and an action.
func (h *House) Fill(t testing.TB) One {
	t.Helper()
	ctx := context.Background()
	one := One{uuid.New(), uuid.New(), uuid.New(), uuid.New()}
	for _, err := range []error{
		h.Plan.ProposeNeed(ctx, h.Lead, Now, Need(one.Need)),
		h.Plan.MoveNeed(ctx, h.Lead, Now, one.Need, strategy.Proposed, strategy.Agreed, ""),
		h.Plan.SetObjective(ctx, h.Lead, Now, Objective(one.Objective, one.Need)),
		h.Plan.Measure(ctx, h.Lead, Now, one.Measure, one.Objective, Waits),
		h.Plan.PlanAction(ctx, h.Lead, Now, Action(one.Action, one.Objective)),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return one
}

// Need is a need as somebody writes it.
func Need(id uuid.UUID) strategy.NeedIn {
	return strategy.NeedIn{ID: id, Statement: "Staff wait too long to be seen", Figure: Waits, Subsection: "E7.1", Importance: 4, Reach: 30}
}

// Objective is one that answers some needs.
func Objective(id uuid.UUID, needs ...uuid.UUID) strategy.ObjectiveIn {
	return strategy.ObjectiveIn{ID: id, Title: "Seen within ten working days", Driver: "D2", Element: "E7", Horizon: "year", Serves: "Fewer days lost to sickness", Needs: needs}
}

// Action is one for an objective.
func Action(id, objective uuid.UUID) strategy.ActionIn {
	return strategy.ActionIn{ID: id, Objective: objective, Title: "Nurse-led triage", Owner: "Lead OH nurse", Class: "diagnostic", Catalogue: "I07", Figure: Waits,
		Start: civil.Date{Year: 2026, Month: 12, Day: 1}, End: civil.Date{Year: 2027, Month: 3, Day: 31}, Likelihood: 2, Impact: 3,
		Mitigation: "Train two more nurses", Cost: "Within budget", Equality: "Evening clinics for night staff"}
}

// Complete gives a version what a signature needs.
func (h *House) Complete(t testing.TB, n int) {
	t.Helper()
	ctx := context.Background()
	if err := h.Board.LogTalk(ctx, h.Lead, Now, n, board.Talk{ID: uuid.New(), On: civil.Date{Year: 2026, Month: 11, Day: 3}, Who: "Staff side committee", Asked: "Which times suit?", Changed: "Evening clinics"}); err != nil {
		t.Fatal(err)
	}
	if err := h.Board.Judge(ctx, h.Lead, Now, n, h.Plan.Pack().AllCharacteristics(), board.Impact{Effect: board.None, Evidence: "Uptake by group, 2026"}); err != nil {
		t.Fatal(err)
	}
}

// Enforce puts the first version of the plan in force.
func (h *House) Enforce(t testing.TB) {
	t.Helper()
	ctx := context.Background()
	n, err := h.Board.Open(ctx, h.Lead, Now, "Staff who are well")
	if err == nil {
		err = h.Board.Submit(ctx, h.Lead, Now, n)
	}
	if err != nil {
		t.Fatal(err)
	}
	h.Complete(t, n)
	if err = h.Board.Sign(ctx, h.Executive, Now, n, board.Signing{Approve: true, Name: h.Executive.Name, Post: "Chief people officer"}); err == nil {
		err = h.Board.Enforce(ctx, h.Lead, Now, n)
	}
	if err != nil {
		t.Fatal(err)
	}
}
