package pooled

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB     *postgres.DB
	System *system.Service // what was released
	Due    map[string]int  // days after the referral by which a priority should be seen
	Target int             // working days
}

// Service simulates common lists.
type Service struct {
	d        Deps
	calendar *workday.Calendar
	metric   release.Metric
}

// New makes the service. The pack is compiled in and tested, so one without the metric is a broken build.
func New(d Deps) *Service {
	m, ok := d.System.Pack().Find(Metric)
	if !ok {
		panic("no metric of " + Metric)
	}
	return &Service{d, workday.England(), m}
}

// Target is within how many working days people should be seen.
func (s *Service) Target() int { return s.d.Target }

// Inputs are everything that a run is made of.
type Inputs struct {
	Definition   string     `json:"definition"` // of what the members are in numbers
	Members      []Member   `json:"members"`
	Professions  []string   `json:"professions"`
	Lost         int        `json:"lost"`
	Replications int        `json:"replications"`
	Seed         uint64     `json:"seed"`
	Start        civil.Date `json:"start"` // a Monday
	Target       int        `json:"target"`
}

// From and To are the first and last day of the year that is reported.
func (in Inputs) From() civil.Date { return in.Start.AddDays(year) }

// To is the last day of that year.
func (in Inputs) To() civil.Date { return in.Start.AddDays(2*year - 1) }

// State of a run.
type State string

// The states.
const (
	Queued  State = "queued"
	Running State = "running"
	Done    State = "done"
)

// Ran is a simulation.
type Ran struct {
	ID          uuid.UUID
	State       State
	Done, Total int
	Inputs      Inputs
	At          time.Time
	By          string
	Result      *Result // nil until it is done
}

// monday is the first one after a day.
func monday(d civil.Date) civil.Date { return d.AddDays((week-int(d.Weekday()))%week + 1) }

// seed is one for all: replication n of every run has the same luck.
const seed = 20_260_401

// Ask freezes the inputs and has them simulated. The same id again changes nothing.
func (s *Service) Ask(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, x Answers) error {
	o, err := s.Offer(ctx, a)
	if err != nil {
		return err
	}
	if f := o.Check(x); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	in := Inputs{Definition: Definition, Members: o.chosen(x.Members), Professions: o.pooled(x.Professions), Lost: x.Lost, Replications: replications, Seed: seed, Start: monday(locale.Day(now)), Target: s.d.Target}
	text, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("encode inputs: %w", err)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).InsertRun(ctx, db.InsertRunParams{OrganisationID: a.Organisation, ID: id, Total: int32((len(in.Members) + 1) * replications), Inputs: text, AskedAt: now.UTC(), AskedBy: a.Name}) //nolint:gosec // few members
		if err != nil {
			return fmt.Errorf("insert run: %w", err)
		}
		if n == 0 {
			return nil
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: now, Action: "pooled.asked", Kind: "pooled_run", Object: id}); err != nil {
			return err
		}
		return job.Add(ctx, tx, RunArgs{a.Organisation, id}, time.Time{})
	})
}

func ran(id uuid.UUID, state string, done, total int32, inputs []byte, at time.Time, by string, result []byte) (r Ran, err error) {
	r = Ran{ID: id, State: State(state), Done: int(done), Total: int(total), At: at, By: by}
	if err := json.Unmarshal(inputs, &r.Inputs); err != nil {
		return r, fmt.Errorf("decode the inputs of run %s: %w", id, err)
	}
	if result != nil {
		r.Result = &Result{}
		if err := json.Unmarshal(result, r.Result); err != nil {
			return r, fmt.Errorf("decode the result of run %s: %w", id, err)
		}
	}
	return r, nil
}

// List gives the newest runs.
func (s *Service) List(ctx context.Context, a access.Actor) (out []Ran, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListRuns(ctx, db.ListRunsParams{OrganisationID: a.Organisation, Most: mostRuns})
		if err != nil {
			return fmt.Errorf("list runs: %w", err)
		}
		for _, x := range rows {
			r, err := ran(x.ID, x.State, x.Done, x.Total, x.Inputs, x.AskedAt, x.AskedBy, x.Result)
			if err != nil {
				return err
			}
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

func find(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (r Ran, err error) {
	x, err := db.New(tx).FindRun(ctx, db.FindRunParams{OrganisationID: tx.Actor.Organisation, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return r, fault.Missing("run")
	}
	if err != nil {
		return r, fmt.Errorf("find run: %w", err)
	}
	return ran(x.ID, x.State, x.Done, x.Total, x.Inputs, x.AskedAt, x.AskedBy, x.Result)
}

// Find gives a run, and whether organisations have released other numbers since it was asked for.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (r Ran, stale bool, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err = find(ctx, tx, id)
		return err
	})
	if err != nil {
		return r, false, err
	}
	o, err := s.Offer(ctx, a)
	for _, m := range r.Inputs.Members {
		stale = stale || slices.ContainsFunc(o.Members, func(x Member) bool { return x.Who == m.Who && x.Month.After(m.Month) })
	}
	return r, stale, err
}
