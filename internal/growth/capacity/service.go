package capacity

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/template"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/assumed"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/clinics"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/draws"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/kept"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/number"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/quarters"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The permissions of the slice.
const (
	Read  access.Permission = "capacity.read"
	Write access.Permission = "capacity.write"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See what a plan would do to the list and the wait", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne,
	}},
	{Permission: Write, Wall: access.Growth, Data: access.D0, Purpose: "Make and run scenarios, and replace a number that was fitted, with a reason", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
}

// Deps is what the slice needs.
type Deps struct {
	DB *postgres.DB
	// Staffing is the clinical hours a week of an option, by quarter; nil or none where there is no plan for people yet: then
	// the team stays as it is.
	Staffing func(ctx context.Context, tx *postgres.Tx, o option.Option) ([]Staff, error)
	// Futures are those of the team of that plan. With none of them every replication has its middle.
	Futures people.Source
	// Gained is the hours a week, by role, that the first quarter of that plan has beyond those of the team from a day to a day; nil
	// where nobody knows, and then the team of the plan is the one that gave the appointments of the last year.
	Gained func(ctx context.Context, tx *postgres.Tx, from, to civil.Date) (map[string]float64, error)
	// Posts is what one person more brings and costs, of each role that the team has; nil where there is no plan for people.
	Posts func(ctx context.Context, tx *postgres.Tx) ([]OnePost, error)
	// Added is how many whole-time equivalents an option adds of each role, and Plan adds posts to it, all or none: it says how many were
	// not there before. Both nil where there is no plan for people.
	Added func(ctx context.Context, tx *postgres.Tx, o option.Option) (map[string]float64, error)
	Plan  func(ctx context.Context, tx *postgres.Tx, now time.Time, o option.Option, more []More) (int, error)
}

// Service simulates.
type Service struct {
	d        Deps
	pack     assumed.Pack
	calendar *workday.Calendar
}

// New makes the service. The pack is compiled in and tested, so one that does not load is a broken build.
func New(d Deps) *Service {
	p, err := assumed.Load(content.FS)
	if err != nil {
		panic(err)
	}
	return &Service{d, p, workday.England()}
}

// Pack is what is assumed.
func (s *Service) Pack() assumed.Pack { return s.pack }

// known is everything that a run can be made of, as it is now.
type known struct {
	fits     demand.Fits
	raw      demand.Fits // as fitted, nothing replaced
	ok       bool        // there are fits
	replaced map[string][]float64
	minutes  map[string]float64
	fitted   map[string]float64 // minutes before they were replaced
	staff    map[option.Option][]Staff
	people   map[option.Option]people.Team
	clinics  []clinics.Group    // that the service plans by the week, on the first day that is simulated
	gained   map[string]float64 // hours a week, by pool, that the plan begins with beyond those of the year of the fits
}

// know reads it.
func (s *Service) know(ctx context.Context, tx *postgres.Tx) (k known, err error) {
	if tx.Actor.Service == uuid.Nil {
		return k, nil
	}
	if k.fits, k.ok, err = activity.ReadFits(ctx, tx, activity.Now); err != nil || !k.ok {
		return k, err
	}
	k.raw = k.fits
	planned, err := template.Read(ctx, tx)
	if err != nil {
		return k, err
	}
	k.clinics = clinics.Groups(planned, k.raw.AsAt.AddDays(1), s.pack.Sees)
	overrides, err := kept.Overrides(ctx, tx)
	if err != nil {
		return k, err
	}
	k.replaced, k.minutes = number.InForce(overrides), map[string]float64{}
	for _, p := range s.pack.Pools {
		k.minutes[p.Role] = p.Length(k.raw).Mean
	}
	k.fitted = maps.Clone(k.minutes)
	k.fits = number.Apply(k.fits, s.pack, k.replaced, k.minutes)
	k.staff = map[option.Option][]Staff{}
	if s.d.Staffing == nil {
		return k, nil
	}
	for _, o := range option.All {
		staff, err := s.d.Staffing(ctx, tx, o)
		if err != nil {
			return k, fmt.Errorf("staffing of %s: %w", o, err)
		}
		k.staff[o] = people.Gather(s.pack, staff)
	}
	if s.d.Futures.Keep != nil {
		if k.people, err = s.d.Futures.Keep(ctx, tx); err != nil {
			return k, fmt.Errorf("keep the team: %w", err)
		}
	}
	if s.d.Gained == nil {
		return k, nil
	}
	gained, err := s.d.Gained(ctx, tx, k.fits.AsAt.AddDays(1-yearDays), k.fits.AsAt)
	if err != nil {
		return k, fmt.Errorf("ask what the team has gained: %w", err)
	}
	k.gained = people.Gather(s.pack, []Staff{{Hours: gained}})[0].Hours
	return k, nil
}

// yearDays are the days that the fit of appointments looks back.
const yearDays = 52 * week

// inputs freezes what a scenario is made of.
func (s *Service) inputs(k known, x Scenario) Inputs {
	in := Inputs{Option: x.Option, Terms: x.Terms, Fits: k.fits, Replaced: k.replaced, Minutes: k.minutes, Fitted: k.fitted, Due: s.pack.Due, Target: s.pack.TargetDays, Replications: x.Replications, Seed: seed, Staff: k.staff[x.Option], People: k.people[x.Option]}
	in.Fits.Weeks = nil
	if len(x.Terms.Clinics) > 0 {
		in.Room = clinics.Room(k.clinics)
	}
	base := k.staff[option.Nothing]
	if len(base) == 0 {
		in.plan(in.Fits.AsAt, civil.Date{})
	} else {
		in.plan(in.Fits.AsAt, base[0].Start)
	}
	if len(base) > 0 {
		in.Present = map[string]float64{}
		for _, p := range s.pack.Pools {
			if h := k.present(p.Role, in.Start); h > 0 {
				in.Present[p.Role] = h
			}
		}
	} else {
		in.Staff, in.People = nil, nil
	}
	return in
}

// leastPresent is the share of a profession's hours that were there in the year of the fits, below which its few appointments say
// nothing of what the rest will give: that is taken from minutes instead.
const leastPresent = 0.1

// present are the hours a week of a pool that gave the appointments of the year of the fits, by the time that people were in post
// in it: what doing nothing begins with, less what came since, more what left.
func (k known) present(pool string, start civil.Date) float64 {
	now, _ := Inputs{Staff: k.staff[option.Nothing]}.hours(start, pool)
	then := now - k.gained[pool]
	if then < leastPresent*now {
		return 0
	}
	return then
}

// Scenario is what is to be simulated.
type Scenario struct {
	ID           uuid.UUID
	Title        string
	Option       option.Option
	Terms        Terms
	Replications int
	At           time.Time
	By           string
	Withdrawn    bool
}

// State is how far a run has come.
type State string

// The states.
const (
	Queued  State = "queued"
	Running State = "running"
	Done    State = "done"
	Failed  State = "failed"
)

// Run is a simulation of a scenario or, without one, a back-test.
type Run struct {
	ID, Scenario uuid.UUID
	State        State
	Done, Total  int
	Fingerprint  string
	At           time.Time
	By           string
	Finished     time.Time
	Result       *Result
	Stale        bool // fit, plan or scenario have changed since; false for whoever does not read the fits
}

func fromRun(r db.ListRunsRow) (Run, error) {
	out := Run{ID: r.ID, State: State(r.State), Done: int(r.Done), Total: int(r.Total), Fingerprint: r.Fingerprint, At: r.AskedAt, By: r.AskedBy}
	if r.ScenarioID != nil {
		out.Scenario = *r.ScenarioID
	}
	if r.FinishedAt != nil {
		out.Finished = *r.FinishedAt
	}
	if r.Result != nil {
		out.Result = &Result{}
		if err := json.Unmarshal(r.Result, out.Result); err != nil {
			return out, fmt.Errorf("decode the result of run %s: %w", r.ID, err)
		}
	}
	return out, nil
}

// Told is a scenario with its newest run, the newest that has ended well, and the one that ended well before it.
type Told struct {
	Scenario
	Last, Best, Before *Run
}

// Overview is the first page.
type Overview struct {
	Fits  bool // there are any that the actor reads
	AsAt  demand.Fits
	All   []Told
	Plan  bool // there is a plan for people
	Reads bool // the actor acts for the service and may read its fits

	Tested   Tested // the newest back-test
	Year     measured.Year
	Recorded []measured.Recorded
	Clinics  []clinics.Group // that the service plans by the week
	Gives    []Gives         // by whom
	// The first day of the plan for people and the day after its last, and the same of what a run would simulate now; zero without a
	// plan, and without fits.
	PlanFrom, PlanTo, RunFrom, RunTo civil.Date
}

// Apart says that the plan for people does not cover what is simulated: before it the team is taken as in its first quarter, after it as
// in its last.
func (o Overview) Apart() bool {
	return !o.PlanFrom.IsZero() && !o.RunFrom.IsZero() && (o.PlanFrom != o.RunFrom || o.PlanTo != o.RunTo)
}

// Of is the scenario that stands for an option: one that changes nothing but people goes first, then the newest.
func (o Overview) Of(x option.Option) (t Told, ok bool) {
	for _, y := range o.All {
		if y.Option == x && (!ok || y.Terms.Plain() || !t.Terms.Plain()) {
			t, ok = y, true
		}
	}
	return t, ok
}

// List gives every scenario that was not withdrawn.
func (s *Service) List(ctx context.Context, a access.Actor) (o Overview, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		k, err := s.know(ctx, tx)
		if err != nil {
			return err
		}
		o.Fits, o.AsAt, o.Plan, o.Reads, o.Clinics, o.Gives = k.ok, k.raw, len(k.staff[option.Nothing]) > 0, a.Service != uuid.Nil, k.clinics, s.gives(k)
		if o.Tested, err = s.tested(ctx, tx); err != nil {
			return err
		}
		if k.ok {
			in := s.inputs(k, Scenario{Option: option.Nothing})
			o.RunFrom, o.RunTo = in.Quarters[0], in.Quarters[Quarters]
		}
		if staff := k.staff[option.Nothing]; len(staff) > 0 {
			o.PlanFrom, o.PlanTo = staff[0].Start, staff[len(staff)-1].Start.AddMonths(3)
		}
		if o.Year, o.Recorded, err = s.last(ctx, tx, k); err != nil {
			return err
		}
		o.All, err = s.told(ctx, tx, k)
		return err
	})
	return o, err
}

func (s *Service) told(ctx context.Context, tx *postgres.Tx, k known) (out []Told, err error) {
	rows, err := db.New(tx).ListScenarios(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list scenarios: %w", err)
	}
	newest, err := runs(ctx, tx, kindScenario)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if r.WithdrawnAt != nil {
			continue
		}
		x, err := fromScenario(r)
		if err != nil {
			return nil, err
		}
		t := Told{Scenario: x}
		now := ""
		if k.ok {
			if now, err = s.inputs(k, t.Scenario).Fingerprint(); err != nil {
				return nil, err
			}
		}
		for _, run := range newest {
			if run.Scenario != r.ID {
				continue
			}
			run.Stale = k.ok && now != run.Fingerprint
			if t.Last == nil {
				t.Last = &run
			}
			switch {
			case run.State != Done:
			case t.Best == nil:
				t.Best = &run
			case t.Before == nil:
				t.Before = &run
			}
		}
		out = append(out, t)
	}
	return out, nil
}

// Find gives one scenario, and all with the others that it can be compared with.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (t Told, o Overview, others []Told, err error) {
	if o, err = s.List(ctx, a); err != nil {
		return t, o, nil, err
	}
	found := false
	for _, x := range o.All {
		switch {
		case x.ID == id:
			t, found = x, true
		case x.Best != nil:
			others = append(others, x)
		}
	}
	if !found {
		return t, o, nil, fault.Missing("scenario")
	}
	return t, o, others, nil
}

// Differences is one run less another.
func (s *Service) Differences(ctx context.Context, a access.Actor, of, against Run) (out []Difference, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		x, err := drawsOf(ctx, tx, of)
		if err != nil {
			return err
		}
		y, err := drawsOf(ctx, tx, against)
		if err != nil {
			return err
		}
		out = quarters.Differences(of.Result.Quarters, x, y)
		return nil
	})
	return out, err
}

// Changed says what went into one run otherwise than into another: of "people", "activity", "number", "scenario", in this order.
func (s *Service) Changed(ctx context.Context, a access.Actor, of, against Run) (out []string, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		x, err := inputsOf(ctx, tx, of)
		if err != nil {
			return err
		}
		y, err := inputsOf(ctx, tx, against)
		out = x.differ(y)
		return err
	})
	return out, err
}

func inputsOf(ctx context.Context, tx *postgres.Tx, r Run) (in Inputs, err error) {
	row, err := db.New(tx).FindRun(ctx, db.FindRunParams{OrganisationID: tx.Actor.Organisation, ID: r.ID})
	if err != nil {
		return in, fmt.Errorf("find run: %w", err)
	}
	if err := json.Unmarshal(row.Inputs, &in); err != nil {
		return in, fmt.Errorf("decode inputs: %w", err)
	}
	return in, nil
}

func drawsOf(ctx context.Context, tx *postgres.Tx, r Run) (draws.Draws, error) {
	row, err := db.New(tx).FindRun(ctx, db.FindRunParams{OrganisationID: tx.Actor.Organisation, ID: r.ID})
	if err != nil {
		return nil, fmt.Errorf("find run: %w", err)
	}
	return draws.Decode(row.Draws, Quarters, len(Measures), r.Total)
}
