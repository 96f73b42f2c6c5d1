package cycle

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/cycle/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs. Actions lists those of the plan.
type Deps struct {
	DB      *postgres.DB
	Figures *figure.Library
	Actions func(ctx context.Context, a access.Actor) ([]Action, error)
}

// Service keeps small steps.
type Service struct {
	d       Deps
	figures *figure.Service
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, figure.New(d.DB, d.Figures)} }

// Project is an action with its aim, measures and cycles, newest first.
type Project struct {
	Action   Action
	Aim      Aim // zero until somebody has written one
	Measures []Measure
	Cycles   []Cycle
}

// Begun says whether there is an aim.
func (p Project) Begun() bool { return p.Aim.Text != "" }

// Running is the cycle that is not over.
func (p Project) Running() (Cycle, bool) {
	if len(p.Cycles) == 0 || p.Cycles[0].Stage() == Over {
		return Cycle{}, false
	}
	return p.Cycles[0], true
}

// Cycle finds one.
func (p Project) Cycle(id uuid.UUID) (Cycle, bool) {
	if i := slices.IndexFunc(p.Cycles, func(c Cycle) bool { return c.ID == id }); i >= 0 {
		return p.Cycles[i], true
	}
	return Cycle{}, false
}

// List gives every action that has an aim, and those of the plan that have none yet. Measures are not loaded.
func (s *Service) List(ctx context.Context, a access.Actor) (begun []Project, without []Action, err error) {
	actions, err := s.d.Actions(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	aims, cycles, err := s.read(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range aims {
		if i := slices.IndexFunc(actions, func(y Action) bool { return y.ID == x.Action }); i >= 0 {
			begun = append(begun, Project{Action: actions[i], Aim: x, Cycles: cycles[x.Action]})
		}
	}
	for _, x := range actions {
		if !slices.ContainsFunc(aims, func(y Aim) bool { return y.Action == x.ID }) {
			without = append(without, x)
		}
	}
	return begun, without, nil
}

func (s *Service) read(ctx context.Context, a access.Actor) (aims []Aim, cycles map[uuid.UUID][]Cycle, err error) {
	cycles = map[uuid.UUID][]Cycle{}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		found, err := db.New(tx).ListAims(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list aims: %w", err)
		}
		for _, r := range found {
			aims = append(aims, Aim{r.ActionID, r.Aim, civil.Of(r.ByDate), r.ChangedAt, r.ChangedBy})
		}
		all, err := db.New(tx).ListCycles(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list cycles: %w", err)
		}
		for _, r := range all {
			cycles[r.ActionID] = append(cycles[r.ActionID], cycleOf(r))
		}
		return nil
	})
	return aims, cycles, err
}

func cycleOf(r db.ImprovementCycle) Cycle {
	c := Cycle{ID: r.ID, N: int(r.N), Question: r.Question, Prediction: r.Prediction, Plan: r.Plan, PlanOn: civil.Of(r.PlanOn), By: r.ChangedBy}
	if r.Did != nil {
		c.Did, c.DidOn = *r.Did, civil.Of(*r.DidOn)
	}
	if r.Studied != nil {
		c.Studied, c.StudiedOn = *r.Studied, civil.Of(*r.StudiedOn)
	}
	if r.Act != nil {
		c.Act, c.ActWords, c.ActedOn = *r.Act, *r.ActWords, civil.Of(*r.ActedOn)
	}
	return c
}

// Find gives the project of an action, with its figures checked. An action that is not in the plan is missing.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, action uuid.UUID) (Project, error) {
	actions, err := s.d.Actions(ctx, a)
	if err != nil {
		return Project{}, err
	}
	i := slices.IndexFunc(actions, func(x Action) bool { return x.ID == action })
	if i < 0 {
		return Project{}, fault.Missing("action")
	}
	aims, cycles, err := s.read(ctx, a)
	if err != nil {
		return Project{}, err
	}
	p := Project{Action: actions[i], Cycles: cycles[action]}
	if at := slices.IndexFunc(aims, func(x Aim) bool { return x.Action == action }); at >= 0 {
		p.Aim = aims[at]
	}
	p.Measures, err = s.measures(ctx, a, now, action)
	return p, err
}

func (s *Service) measures(ctx context.Context, a access.Actor, now time.Time, action uuid.UUID) (out []Measure, err error) {
	var cited map[uuid.UUID]figure.Citation
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		found, err := db.New(tx).ListMeasures(ctx, db.ListMeasuresParams{OrganisationID: a.Organisation, ActionID: action})
		if err != nil {
			return fmt.Errorf("list measures: %w", err)
		}
		var ids []uuid.UUID
		for _, r := range found {
			out, ids = append(out, Measure{ID: r.ID, Kind: r.Kind, Citation: r.CitationID}), append(ids, r.CitationID)
		}
		cited, err = figure.Load(ctx, tx, ids...)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range out {
		if out[i].Cited, err = s.figures.Check(ctx, a, now, cited[out[i].Citation]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Figures lists what can be a measure.
func (s *Service) Figures(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	return s.d.Figures.List(ctx, a, now)
}
