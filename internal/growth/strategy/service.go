package strategy

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Link leads to a page of another slice.
type Link struct{ Text, Path string }

// Intervention is an entry of the catalogue from which an action may come.
type Intervention struct{ Code, Name string }

// Weight is what people said of a gap when they looked at the results: importance from 1 to 5, reach as percent of staff.
// Nought is nothing said.
type Weight struct{ Importance, Reach int }

// Deps is what the slice needs. Forecasts lists what was registered for an action, Weighed gives what people said of a
// gap; where they are nil, nothing is shown. Interventions lists the catalogue.
type Deps struct {
	DB        *postgres.DB
	Figures   *figure.Library
	Forecasts func(ctx context.Context, a access.Actor, action uuid.UUID) ([]Link, error)
	// Posts lists the posts that are planned for an action.
	Posts func(ctx context.Context, a access.Actor, action uuid.UUID) ([]Link, error)
	// A function, for the catalogue itself shows the plan and so is made after it.
	Interventions func() []Intervention
	Weighed       func(ctx context.Context, a access.Actor, gap figure.Ref) (Weight, error)
}

// Service reads and writes the plan.
type Service struct {
	d       Deps
	pack    Pack
	figures *figure.Service
}

// New makes the service. The pack is compiled in and a test reads it, so one that does not load is a broken build.
func New(d Deps) *Service {
	pack, err := LoadPack(content.FS)
	if err != nil {
		panic(err)
	}
	return &Service{d: d, pack: pack, figures: figure.New(d.DB, d.Figures)}
}

// Interventions lists the catalogue.
func (s *Service) Interventions() []Intervention { return s.d.Interventions() }

// Pack is what the plan is sorted by.
func (s *Service) Pack() Pack { return s.pack }

// Find gives the whole plan.
func (s *Service) Find(ctx context.Context, a access.Actor) (Plan, error) {
	var p Plan
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		p, err = ReadPlan(ctx, tx)
		return err
	})
	return p, err
}

// ActionView is what others may know of an action.
type ActionView struct {
	ID           uuid.UUID
	Title        string
	Objective    string
	Class        string
	Status       ActionStatus
	PlannedStart civil.Date
	PlannedEnd   civil.Date
	StartedOn    civil.Date // zero until it started
	StoppedOn    civil.Date // zero unless it was given up
	Indicator    figure.Ref // the figure it should change; zero if none was named
}

// Action gives one action for other slices.
func (s *Service) Action(ctx context.Context, a access.Actor, id uuid.UUID) (ActionView, error) {
	p, err := s.Find(ctx, a)
	if err != nil {
		return ActionView{}, err
	}
	x, ok := p.Action(id)
	if !ok {
		return ActionView{}, fault.Missing("action")
	}
	o, _ := p.Objective(x.Objective)
	v := ActionView{ID: x.ID, Title: x.Title, Objective: o.Title, Class: x.Class, Status: x.Status, PlannedStart: x.Start, PlannedEnd: x.End, StartedOn: x.StartedOn, StoppedOn: x.StoppedOn}
	if x.Source != nil {
		v.Indicator, _ = figure.ParseRef(x.Source.Ref)
	}
	return v, nil
}

// Posts lists the posts that are planned for an action.
func (s *Service) Posts(ctx context.Context, a access.Actor, action uuid.UUID) ([]Link, error) {
	if s.d.Posts == nil {
		return nil, nil
	}
	return s.d.Posts(ctx, a, action)
}

// Forecasts lists what was registered for an action.
func (s *Service) Forecasts(ctx context.Context, a access.Actor, action uuid.UUID) ([]Link, error) {
	if s.d.Forecasts == nil {
		return nil, nil
	}
	return s.d.Forecasts(ctx, a, action)
}

// Weighed gives what people said already of the gap "kind/name".
func (s *Service) Weighed(ctx context.Context, a access.Actor, ref string) (Weight, error) {
	r, ok := figure.ParseRef(ref)
	if !ok || s.d.Weighed == nil {
		return Weight{}, nil
	}
	return s.d.Weighed(ctx, a, r)
}

// Figures lists every figure that the plan may rely on.
func (s *Service) Figures(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	return s.d.Figures.List(ctx, a, now)
}

// Successor gives the figure of a later round for the same part of the framework as a gap that the plan relies on. A
// round never changes once it is closed, so a gap that moved on is a figure of another name; the list has those of the
// round that was closed last.
func (s *Service) Successor(ctx context.Context, a access.Actor, now time.Time, of *Source) (found figure.Figure, ok bool, err error) {
	if of == nil || !strings.HasPrefix(of.Ref, "gap/") {
		return found, false, nil
	}
	_, part, _ := strings.Cut(of.Ref, ".")
	all, err := s.Figures(ctx, a, now)
	for _, f := range all {
		if f.Ref.Kind == "gap" && strings.HasSuffix(f.Ref.Name, "."+part) && f.Ref.String() != of.Ref {
			return f, true, err
		}
	}
	return found, false, err
}

// Figure gives the latest figure of "kind/name".
func (s *Service) Figure(ctx context.Context, a access.Actor, now time.Time, ref string) (figure.Figure, error) {
	r, ok := figure.ParseRef(ref)
	if !ok {
		return figure.Figure{}, fault.Missing("figure")
	}
	return s.d.Figures.Find(ctx, a, now, r, civil.Date{})
}

// Check asks the sources of figures again, by citation. A figure that is cited twice is asked for once.
func (s *Service) Check(ctx context.Context, a access.Actor, now time.Time, sources ...Source) (map[uuid.UUID]figure.Checked, error) {
	out := map[uuid.UUID]figure.Checked{}
	if len(sources) == 0 {
		return out, nil
	}
	ids := make([]uuid.UUID, len(sources))
	for i, x := range sources {
		ids[i] = x.Citation
	}
	var cited map[uuid.UUID]figure.Citation
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		cited, err = figure.Load(ctx, tx, ids...)
		return err
	})
	if err != nil {
		return nil, err
	}
	for id, c := range cited {
		if out[id], err = s.figures.Check(ctx, a, now, c); err != nil {
			return nil, fmt.Errorf("check figure %s: %w", c.Ref, err)
		}
	}
	return out, nil
}

// do runs a command: every change of the plan is audited in its own transaction.
func (s *Service) do(ctx context.Context, a access.Actor, at time.Time, action, kind string, id uuid.UUID, fn func(*postgres.Tx) (changed bool, err error)) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		changed, err := fn(tx)
		if err != nil || !changed {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: kind, Object: id})
	})
}

// cite keeps a figure that was found before the transaction began; none gives no citation.
func cite(ctx context.Context, tx *postgres.Tx, f *figure.Figure, at time.Time) (*uuid.UUID, error) {
	if f == nil {
		return nil, nil
	}
	c, err := figure.Cite(ctx, tx, *f, at)
	return &c.ID, err
}

// chosen finds the figure that a form names. A figure that is cited already stays as it was cited: to rely on the one
// of today is a step of its own.
func (s *Service) chosen(ctx context.Context, a access.Actor, at time.Time, ref string, was *Source) (f *figure.Figure, keep *uuid.UUID, err error) {
	switch {
	case ref == "":
		return nil, nil, nil
	case was != nil && was.Ref == ref:
		return nil, &was.Citation, nil
	}
	found, err := s.Figure(ctx, a, at, ref)
	return &found, nil, err
}

// stale is the answer to a form that shows something older than what is stored.
func stale() error { return fault.New(fault.Conflict, "strategy.conflict.changed") }
