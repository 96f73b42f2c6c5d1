package pathway

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/pathway/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct{ DB *postgres.DB }

// Service keeps pathways.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Pathway is one version of a pathway.
type Pathway struct {
	ID    uuid.UUID
	N     int
	Name  string
	Whom  string
	InUse bool
	Steps []Step
	At    time.Time
	By    string
}

// List gives the newest version of each, those in use first, by name.
func (s *Service) List(ctx context.Context, a access.Actor) ([]Pathway, error) {
	var out []Pathway
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		found, err := db.New(tx).ListPathways(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list pathways: %w", err)
		}
		for _, r := range found {
			p, err := pathwayOf(db.ListVersionsRow(r))
			if err != nil {
				return err
			}
			out = append(out, p)
		}
		return nil
	})
	slices.SortFunc(out, func(x, y Pathway) int {
		if x.InUse != y.InUse {
			if x.InUse {
				return -1
			}
			return 1
		}
		return strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name))
	})
	return out, err
}

func pathwayOf(r db.ListVersionsRow) (Pathway, error) {
	p := Pathway{ID: r.ID, N: int(r.N), Name: r.Name, Whom: r.Whom, InUse: r.InUse, At: r.At, By: r.By}
	if err := json.Unmarshal(r.Steps, &p.Steps); err != nil {
		return p, fmt.Errorf("read steps: %w", err)
	}
	return p, nil
}

// Versions gives every version of a pathway, newest first.
func (s *Service) Versions(ctx context.Context, a access.Actor, id uuid.UUID) ([]Pathway, error) {
	var out []Pathway
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		found, err := db.New(tx).ListVersions(ctx, db.ListVersionsParams{OrganisationID: a.Organisation, ID: id})
		if err != nil {
			return fmt.Errorf("list versions: %w", err)
		}
		for _, r := range found {
			p, err := pathwayOf(r)
			if err != nil {
				return err
			}
			out = append(out, p)
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fault.Missing("pathway")
	}
	return out, err
}

// measuredMonths is the year of waits and states that a pathway is held against.
const measuredMonths = 12

// Times measures the steps of a pathway, in their order, over the twelve whole months before now.
func (s *Service) Times(ctx context.Context, a access.Actor, now time.Time, steps []Step) (times []Time, last civil.Date, err error) {
	last = lastMonth(now)
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		times, err = measure(ctx, tx, last, steps)
		return err
	})
	return times, last, err
}

func lastMonth(now time.Time) civil.Date {
	today := locale.Day(now)
	return civil.Date{Year: today.Year, Month: today.Month, Day: 1}.AddMonths(-1)
}

// measure measures steps over the year up to a month.
func measure(ctx context.Context, tx *postgres.Tx, last civil.Date, steps []Step) (times []Time, err error) {
	end := last.AddMonths(1)
	found := sums{map[string]activity.Histogram{}, map[string]stay{}}
	var measures []activity.Measure
	for _, x := range steps {
		if name, ok := strings.CutPrefix(x.Measured, wait); ok {
			measures = append(measures, activity.Measure(name))
		}
	}
	waits, err := activity.ReadWaits(ctx, tx, end.AddMonths(-measuredMonths), end, measures...)
	if err != nil {
		return nil, err
	}
	for _, w := range waits {
		if w.Clock != activity.Raw { // as people lived through it, pauses included
			continue
		}
		sum := found.waits[string(w.Measure)]
		sum.Merge(w.Lengths)
		found.waits[string(w.Measure)] = sum
	}
	states, err := activity.ReadStates(ctx, tx, end.AddMonths(-measuredMonths), end)
	for _, x := range states {
		in := found.states[x.State]
		found.states[x.State] = stay{in.cases + x.Cases, in.hours + x.Hours}
	}
	for _, x := range steps {
		times = append(times, found.time(x))
	}
	return times, err
}

// Add begins a pathway, without steps. The same id again changes nothing.
func (s *Service) Add(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, name, whom string) error {
	if err := improvement.Refuse(CheckName(name, whom)); err != nil {
		return err
	}
	return s.keep(ctx, a, at, "improvement.pathway_added", Pathway{ID: id, Name: name, Whom: whom, InUse: true}, func(int64) error { return nil })
}

// Take adds a pathway with its steps as one version: a template that another service made. The same id again changes nothing.
func (s *Service) Take(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, name, whom string, steps []Step) error {
	f := CheckName(name, whom)
	for _, x := range steps {
		f = append(f, CheckStep(x)...)
	}
	if len(steps) > mostSteps {
		f.Add("steps", "improvement.step.many", "n", mostSteps)
	}
	if err := improvement.Refuse(f); err != nil {
		return err
	}
	return s.keep(ctx, a, at, "improvement.pathway_added", Pathway{ID: id, Name: name, Whom: whom, InUse: true, Steps: steps}, func(int64) error { return nil })
}

// Rename writes the name and whom it is for, and whether it is in use.
func (s *Service) Rename(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, seen int, name, whom string, inUse bool) error {
	if err := improvement.Refuse(CheckName(name, whom)); err != nil {
		return err
	}
	return s.change(ctx, a, at, id, seen, func(p *Pathway) bool {
		p.Name, p.Whom, p.InUse = name, whom, inUse
		return true
	})
}

// Put writes step n, from 1; one after the last is added.
func (s *Service) Put(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, seen, n int, step Step) error {
	if err := improvement.Refuse(CheckStep(step)); err != nil {
		return err
	}
	return s.change(ctx, a, at, id, seen, func(p *Pathway) (ok bool) {
		p.Steps, ok = put(p.Steps, n, step)
		return ok
	})
}

// Up moves step n before the one before it.
func (s *Service) Up(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, seen, n int) error {
	return s.change(ctx, a, at, id, seen, func(p *Pathway) (ok bool) {
		p.Steps, ok = up(p.Steps, n)
		return ok
	})
}

// Remove takes step n out of the next version.
func (s *Service) Remove(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, seen, n int) error {
	return s.change(ctx, a, at, id, seen, func(p *Pathway) (ok bool) {
		p.Steps, ok = without(p.Steps, n)
		return ok
	})
}

// change makes the next version of the one that the page showed.
func (s *Service) change(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, seen int, fn func(*Pathway) bool) error {
	versions, err := s.Versions(ctx, a, id)
	if err != nil {
		return err
	}
	p := versions[0]
	if p.N != seen {
		return improvement.Changed()
	}
	if !fn(&p) {
		return fault.Missing("step")
	}
	return s.keep(ctx, a, at, "improvement.pathway_changed", p, func(n int64) error {
		if n == 0 {
			return improvement.Changed()
		}
		return nil
	})
}

func (s *Service) keep(ctx context.Context, a access.Actor, at time.Time, action string, p Pathway, written func(int64) error) error {
	steps, err := json.Marshal(append([]Step{}, p.Steps...))
	if err != nil {
		return fmt.Errorf("write steps: %w", err)
	}
	return improvement.Audited(ctx, s.d.DB, a, at, action, "pathway", p.ID, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).InsertVersion(ctx, db.InsertVersionParams{OrganisationID: a.Organisation, ID: p.ID, N: int32(p.N + 1), Name: p.Name, Whom: p.Whom, InUse: p.InUse,
			Steps: steps, At: at.UTC(), By: a.Name})
		if err != nil {
			return false, fmt.Errorf("insert version: %w", err)
		}
		return n > 0, written(n)
	})
}
