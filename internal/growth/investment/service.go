package investment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Wait is what the capacity plan foretells of a quarter, in working days, and how far that may be relied on. Low to High is where 8 in
// 10 simulated futures lie. Its JSON is frozen with the case.
type Wait struct {
	Start    civil.Date `json:"start"`
	Median   float64    `json:"median"`
	Low      float64    `json:"low"`
	High     float64    `json:"high"`
	Made     time.Time  `json:"made"`     // when the simulation ended
	Scenario string     `json:"scenario"` // its title
	Changed  bool       `json:"changed"`  // it has changes besides people, the same in every option: of demand, productivity or clinics
	Stale    bool       `json:"stale"`    // what went in has changed since
	Trust    string     `json:"trust"`    // what the newest test of the model says: passed, failed, never, old
}

// Deps is what the slice needs. Every func may be nil: then nobody knows.
type Deps struct {
	DB      *postgres.DB
	Figures *figure.Library
	// Posts prices the posts of the workforce plan by option and quarter, with the awards of this plan.
	Posts func(ctx context.Context, tx *postgres.Tx, full bool, awards *pay.Awards) (Posts, error)
	// Waits gives the median wait that each quarter of each option would bring, of options that were simulated with the same demand.
	Waits func(ctx context.Context, tx *postgres.Tx) (map[option.Option][]Wait, error)
	// Verdicts gives what the board said of cases, by their ids; a case on which it has not said anything has none.
	Verdicts func(ctx context.Context, a access.Actor) (map[uuid.UUID]Verdict, error)
	// Waited and InPost are what Rowan's own records say of quarters, which are given by their first days: how long everybody waited
	// from the referral, as Waits foretells it, and who is in the posts that an option plans in addition.
	Waited func(ctx context.Context, a access.Actor, now time.Time, quarters []civil.Date) ([]Own, error)
	InPost func(ctx context.Context, a access.Actor, now time.Time, o option.Option, quarters []civil.Date) ([]Own, error)
	// Actions names the actions of the plan.
	Actions func(ctx context.Context, a access.Actor) ([]Action, error)
	// Positions names the posts of the plan for people.
	Positions func(ctx context.Context, a access.Actor, now time.Time) ([]Position, error)
}

// Position is a post of the plan for people. One that is planned keeps its id when somebody starts in it.
type Position struct {
	ID      uuid.UUID
	Title   string
	Planned bool
}

// Action is an action of the strategy.
type Action struct {
	ID    uuid.UUID
	Title string
}

// Service keeps the investment plan.
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

// Pack is what the plan reckons with.
func (s *Service) Pack() Pack { return s.pack }

// Figures is where numbers of other slices are found.
func (s *Service) Figures() *figure.Library { return s.d.Figures }

// DB is where the case that is written on the plan is kept, too.
func (s *Service) DB() *postgres.DB { return s.d.DB }

// Bands are those of the newest pay table, in order.
func (s *Service) Bands() []string { return bands() }

// Actions lists the actions that a line may belong to.
func (s *Service) Actions(ctx context.Context, a access.Actor) ([]Action, error) {
	if s.d.Actions == nil {
		return nil, nil
	}
	return s.d.Actions(ctx, a)
}

// Positions lists the posts that a line may belong to.
func (s *Service) Positions(ctx context.Context, a access.Actor, now time.Time) ([]Position, error) {
	if s.d.Positions == nil {
		return nil, nil
	}
	return s.d.Positions(ctx, a, now)
}

// Read gives everything that is written down.
func (s *Service) Read(ctx context.Context, a access.Actor, now time.Time) (r Record, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err = s.read(ctx, tx)
		return err
	})
	if err != nil {
		return r, err
	}
	if r.frozen, r.asked, err = s.promise(ctx, a); err != nil {
		return r, err
	}
	actions, err := s.Actions(ctx, a)
	if err != nil {
		return r, err
	}
	r.Names = map[uuid.UUID]string{}
	for _, x := range actions {
		r.Names[x.ID] = x.Title
	}
	positions, err := s.Positions(ctx, a, now)
	if err != nil {
		return r, err
	}
	for _, x := range positions {
		for i, l := range r.Lines {
			if l.Tied == x.ID {
				r.Lines[i].Post = x.Title // it may have another name by now
			}
		}
	}
	figures := figure.New(s.d.DB, s.d.Figures)
	for i, b := range r.Benefits {
		if b.Cited == nil {
			continue
		}
		checked, err := figures.Check(ctx, a, now, b.Cited.Citation)
		if err != nil {
			return r, err
		}
		r.Benefits[i].Cited = &checked
	}
	return r, nil
}

// Written gives what is written down, without what others say of it now: whether cited figures hold, what happened, what the
// actions are called.
func (s *Service) Written(ctx context.Context, a access.Actor) (r Record, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err = s.read(ctx, tx)
		return err
	})
	return r, err
}

// read gives it within a transaction; what became of cited figures is not asked.
func (s *Service) read(ctx context.Context, tx *postgres.Tx) (r Record, err error) {
	q, org := db.New(tx), tx.Actor.Organisation
	r.pack = s.pack
	row, err := q.FindPlan(ctx, org)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, nil
	}
	if err != nil {
		return r, fmt.Errorf("find plan: %w", err)
	}
	r.Plan = Plan{Start: civil.Of(row.StartsOn), PayUplift: row.PayUplift, Inflation: row.Inflation, Delay: int(row.Delay), Chosen: option.Option(row.Chosen), At: row.ChangedAt, By: row.ChangedBy}
	if r.Plan.Awards, err = pay.ReadAwards(row.Awards); err != nil {
		return r, err
	}
	if r.Lines, err = lines(ctx, q, org); err != nil {
		return r, err
	}
	if r.Benefits, err = benefits(ctx, tx, q); err != nil {
		return r, err
	}
	if r.Actual, err = actuals(ctx, q, org); err != nil {
		return r, err
	}
	if err := s.posts(ctx, tx, &r); err != nil {
		return r, err
	}
	if s.d.Waits != nil {
		if r.Waits, err = s.d.Waits(ctx, tx); err != nil {
			return r, fmt.Errorf("ask for waits: %w", err)
		}
	}
	return r, nil
}

// posts asks for the workforce plan, and takes off what doing nothing costs.
func (s *Service) posts(ctx context.Context, tx *postgres.Tx, r *Record) error {
	r.posts = map[option.Option]map[View][]PostCost{}
	if s.d.Posts == nil {
		return nil
	}
	awards := r.Plan.Pay()
	for _, full := range []bool{false, true} {
		costs, err := s.d.Posts(ctx, tx, full, &awards)
		if err != nil {
			return fmt.Errorf("ask for posts: %w", err)
		}
		r.people = Posts{Start: costs.Start, End: costs.End, Awards: costs.Awards, Zone: costs.Zone, Changed: costs.Changed}
		for _, o := range option.All {
			if r.posts[o] == nil {
				r.posts[o] = map[View][]PostCost{}
			}
			more := beyond(costs.Of[o], costs.Of[option.Nothing])
			if full {
				r.posts[o][Full], r.posts[o][Social] = more, more
			} else {
				r.posts[o][Budget] = more
			}
		}
	}
	return nil
}

// beyond takes one list of posts off another; what is the same in both is left out.
func beyond(all, base []PostCost) (out []PostCost) {
	type key struct {
		quarter civil.Date
		line    string
		post    uuid.UUID
	}
	at := map[key]int{}
	add := func(list []PostCost, sign float64) {
		for _, x := range list {
			k := key{x.Quarter, x.Line, x.Post}
			i, there := at[k]
			if !there {
				i = len(out)
				at[k], out = i, append(out, PostCost{Quarter: x.Quarter, Line: x.Line, Post: x.Post, Action: x.Action, Added: x.Added})
			}
			out[i].NI, out[i].Levy, out[i].Total, out[i].On = out[i].NI+sign*x.NI, out[i].Levy+sign*x.Levy, out[i].Total+sign*x.Total, out[i].On+sign*x.On
			out[i].Training += sign * x.Training
			p, y := &out[i].Parts, x.Parts
			p.Heads, p.Salary, p.HighCost, p.BackfillPaid, p.BackfillNI = p.Heads+sign*y.Heads, p.Salary+sign*y.Salary, p.HighCost+sign*y.HighCost, p.BackfillPaid+sign*y.BackfillPaid, p.BackfillNI+sign*y.BackfillNI
		}
	}
	add(all, 1)
	add(base, -1)
	return slices.DeleteFunc(out, func(x PostCost) bool { return x.Total == 0 && x.On == 0 })
}

// SavePlan sets the plan up. Lines and benefits that are no part of it any more refuse the change.
func (s *Service) SavePlan(ctx context.Context, a access.Actor, now time.Time, p Plan) error {
	if f := CheckPlan(p); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	r, err := s.Read(ctx, a, now)
	if err != nil {
		return err
	}
	if f := r.CheckMove(p); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	awards, err := pay.WriteAwards(p.Awards)
	if err != nil {
		return err
	}
	return s.audited(ctx, a, now, "investment.plan_saved", "invest_plan", a.Organisation, func(tx *postgres.Tx) (bool, error) {
		err := db.New(tx).SavePlan(ctx, db.SavePlanParams{OrganisationID: a.Organisation, StartsOn: p.Start.UTC(), PayUplift: p.PayUplift, Awards: awards, Inflation: p.Inflation, Delay: int32(p.Delay), //nolint:gosec // 0 to 8
			Chosen: string(p.Chosen), ChangedAt: now.UTC(), ChangedBy: a.Name})
		return err == nil, wrap("save plan", err)
	})
}

// CheckMove says which lines and benefits would not fit a plan that starts otherwise.
func (r Record) CheckMove(p Plan) (f fault.Fields) {
	for _, l := range r.Lines {
		if q := p.QuarterOf(l.Start); q < 0 || q >= Quarters {
			f.Add("start", "investment.plan.start.outside", "title", l.Title)
			return f
		}
	}
	for _, b := range r.Benefits {
		if q := p.QuarterOf(b.Start); q < 0 || q >= Quarters {
			f.Add("start", "investment.plan.start.outside", "title", b.Title)
			return f
		}
	}
	return f
}

// audited runs a command in one transaction with its audit row; one that changes nothing leaves none.
func (s *Service) audited(ctx context.Context, a access.Actor, at time.Time, action, kind string, id uuid.UUID, fn func(*postgres.Tx) (changed bool, err error)) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		changed, err := fn(tx)
		if err != nil || !changed {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: kind, Object: id})
	})
}

func wrap(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
