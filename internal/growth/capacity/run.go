package capacity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/reckoning"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// RunArgs is the job that does a run.
type RunArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
	Run          uuid.UUID `json:"run"`
}

// Kind names the job.
func (RunArgs) Kind() string { return "capacity.run" }

// Tenant is where the job works.
func (a RunArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// Ask freezes the inputs of a scenario and has them run, and the other scenarios that are out of date, so that all are of the same. The
// same id again changes nothing.
func (s *Service) Ask(ctx context.Context, a access.Actor, now time.Time, scenario, run uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		k, err := s.know(ctx, tx)
		if err != nil {
			return err
		}
		if !k.ok {
			return fault.New(fault.Conflict, "capacity.run.short")
		}
		rows, err := db.New(tx).ListScenarios(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list scenarios: %w", err)
		}
		for _, r := range rows {
			if r.ID == scenario && r.WithdrawnAt == nil {
				x, err := fromScenario(r)
				if err != nil {
					return err
				}
				if err := s.queue(ctx, tx, now, &scenario, run, s.inputs(k, x)); err != nil {
					return err
				}
				return s.follow(ctx, tx, now, k)
			}
		}
		return fault.Missing("scenario")
	})
}

// backReplications are those of a back-test: its band is of one year.
const backReplications = 500

// AskBack has the model tested on the last 52 weeks.
func (s *Service) AskBack(ctx context.Context, a access.Actor, now time.Time, run uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		in, ok, err := s.back(ctx, tx)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "capacity.back.short")
		}
		return s.queue(ctx, tx, now, nil, run, in)
	})
}

// back are the inputs of a back-test as it would be now.
func (s *Service) back(ctx context.Context, tx *postgres.Tx) (in Inputs, ok bool, err error) {
	if tx.Actor.Service == uuid.Nil {
		return in, false, nil
	}
	then, ok, err := activity.ReadFits(ctx, tx, activity.YearAgo)
	if err != nil || !ok {
		return in, false, err
	}
	now, ok, err := activity.ReadFits(ctx, tx, activity.Now)
	if err != nil || !ok {
		return in, false, err
	}
	return backInputs(then, now, backReplications, s.pack.TargetDays), true, nil
}

func (s *Service) queue(ctx context.Context, tx *postgres.Tx, now time.Time, scenario *uuid.UUID, run uuid.UUID, in Inputs) error {
	text, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("encode inputs: %w", err)
	}
	print, err := in.Fingerprint()
	if err != nil {
		return err
	}
	a := tx.Actor
	n, err := db.New(tx).InsertRun(ctx, db.InsertRunParams{OrganisationID: a.Organisation, ID: run, ScenarioID: scenario, Kind: in.kind(), Total: int32(in.Replications), Inputs: text, Fingerprint: print, AskedAt: now.UTC(), AskedBy: a.Name}) //nolint:gosec // at most mostReplications
	if err != nil {
		return fmt.Errorf("insert run: %w", err)
	}
	if n == 0 {
		return nil
	}
	if err := audit.Append(ctx, tx, audit.Entry{At: now, Action: "capacity.asked", Kind: "run", Object: run}); err != nil {
		return err
	}
	return job.Add(ctx, tx, RunArgs{a.Organisation, a.Service, run}, time.Time{})
}

// Register has runs done in the background.
func (s *Service) Register(r *job.Runner, now func() time.Time) {
	job.Register(r, access.Growth, func(ctx context.Context, tx *postgres.Tx, args RunArgs) error {
		return s.do(ctx, tx, args.Run, now)
	})
}

// Do does a run at once, for who has no worker yet: the sample.
func (s *Service) Do(ctx context.Context, a access.Actor, run uuid.UUID, now func() time.Time) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return s.do(ctx, tx, run, now) })
}

// steps is how often a run tells how far it is: often enough that its transaction, which waits meanwhile, is not taken for a forgotten one.
const steps = 50

// longest is how long a run may take, on a machine that does much else: less than what a job is given before it is tried again.
const longest = 4 * time.Minute

// Longest is the patience with a run.
func (RunArgs) Longest() time.Duration { return longest }

// do simulates. What it says of its progress is committed on the way, beside the transaction of its result.
func (s *Service) do(ctx context.Context, tx *postgres.Tx, id uuid.UUID, now func() time.Time) error {
	q, organisation := db.New(tx), tx.Actor.Organisation
	row, err := q.FindRun(ctx, db.FindRunParams{OrganisationID: organisation, ID: id})
	if errors.Is(err, pgx.ErrNoRows) || err == nil && State(row.State) == Done {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find run: %w", err)
	}
	var lost error
	said := 0
	told := func(done int) {
		if done == said || done%max(int(row.Total)/steps, 1) != 0 || lost != nil {
			return
		}
		said = done
		if lost = q.Awake(ctx); lost != nil {
			return
		}
		lost = s.d.DB.InTenant(ctx, tx.Actor, func(aside *postgres.Tx) error {
			return db.New(aside).ProgressRun(ctx, db.ProgressRunParams{OrganisationID: organisation, ID: id, Done: int32(done)}) //nolint:gosec // at most mostReplications
		})
	}
	result, draws, err := s.Answer(ctx, row.Inputs, told)
	if lost != nil {
		return fmt.Errorf("tell progress: %w", lost)
	}
	at := now().UTC()
	if errors.Is(err, errNothing) {
		return q.FailRun(ctx, db.FailRunParams{OrganisationID: organisation, ID: id, FinishedAt: &at})
	}
	if err != nil {
		return err
	}
	if err := q.FinishRun(ctx, db.FinishRunParams{OrganisationID: organisation, ID: id, FinishedAt: &at, Result: result, Draws: draws}); err != nil {
		return fmt.Errorf("store result: %w", err)
	}
	return nil
}

// Answer simulates inputs as they are kept, and gives the result and the draws as they are: all that a run does but to read and write. The
// same inputs have the same answer.
func (s *Service) Answer(ctx context.Context, inputs []byte, told func(done int)) (result, draws []byte, err error) {
	var in Inputs
	if err := json.Unmarshal(inputs, &in); err != nil {
		return nil, nil, fmt.Errorf("decode inputs: %w", err)
	}
	r, draws, err := s.simulate(ctx, in, told)
	if err != nil {
		return nil, nil, err
	}
	if result, err = json.Marshal(r); err != nil {
		return nil, nil, fmt.Errorf("encode result: %w", err)
	}
	return result, draws, nil
}

func (s *Service) simulate(ctx context.Context, in Inputs, told func(int)) (*Result, []byte, error) {
	workers := runtime.GOMAXPROCS(0)
	if in.Weeks > 0 {
		b, err := in.backTest(ctx, s.calendar, workers, told)
		return &Result{Back: b}, nil, err
	}
	if in.Post != nil {
		x, err := s.withPosts(ctx, in, told)
		return &Result{Staffed: x}, nil, err
	}
	futures, err := s.futures(in, in.People)
	if err != nil {
		return nil, nil, err
	}
	spec, err := s.model(in, futures)
	if err != nil {
		return nil, nil, err
	}
	r, err := plan.Run(ctx, spec, in.Seed, in.Replications, workers, told)
	if err != nil {
		return nil, nil, err
	}
	quarters, draws := in.report(r)
	out := &Result{Begins: in.begins(r), Hours: s.hoursOf(in, futures), Quarters: quarters}
	came, given := 0.0, 0.0
	for _, q := range quarters[len(quarters)-reckoning.Year:] {
		came, given = came+q.Came/reckoning.Year, given+q.Given/reckoning.Year
	}
	if out.Formula, err = reckoning.Of(in.Fits, spec, r, came, given); err == nil && len(out.Formula.WhyNot) > 0 {
		out.Formula.Bare, err = reckoning.LeaveOut(ctx, spec, out.Formula.PerPerson, in.Seed, in.Replications, workers)
	}
	return out, draws.Encode(), err
}

// runs are those of a kind, newest first.
func runs(ctx context.Context, tx *postgres.Tx, kind string) (out []Run, err error) {
	rows, err := db.New(tx).ListRuns(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	for _, row := range rows {
		if row.Kind != kind {
			continue
		}
		r, err := fromRun(row)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// Worked are the hours with patients a week that the plan for people says the team had in the year before the newest back-test, and in
// its year; none where it says nothing of both.
func (s *Service) Worked(ctx context.Context, a access.Actor, b Back) (before, year float64, err error) {
	if s.d.Staffing == nil || s.d.Gained == nil || len(b.Weeks) == 0 {
		return 0, 0, nil
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		staff, err := s.d.Staffing(ctx, tx, option.Nothing)
		if err != nil || len(staff) == 0 {
			return err
		}
		k := known{staff: map[option.Option][]Staff{option.Nothing: people.Gather(s.pack, staff)}}
		first := b.Weeks[0].Start
		for _, x := range []struct {
			from civil.Date
			sum  *float64
		}{{first.AddDays(-yearDays), &before}, {first, &year}} {
			next := x.from.AddDays(yearDays)
			gained, err := s.d.Gained(ctx, tx, x.from, next.AddDays(-1))
			if err != nil {
				return fmt.Errorf("ask what the team has gained since %s: %w", x.from, err)
			}
			k.gained = people.Gather(s.pack, []Staff{{Hours: gained}})[0].Hours
			for _, p := range s.pack.Pools { // the same professions, and the same reckoning, as where a run begins
				*x.sum += k.present(p.Role, next)
			}
		}
		return nil
	})
	return max(before, 0), max(year, 0), err
}

// BackTested is the newest back-test, and the newest that has ended; nil where there is none.
func (s *Service) BackTested(ctx context.Context, a access.Actor) (last, best *Run, can bool, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		last, best, can, err = s.backTests(ctx, tx)
		return err
	})
	return last, best, can, err
}
