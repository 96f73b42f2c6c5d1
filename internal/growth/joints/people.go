package joints

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/doubt"
	"github.com/rowan-ohwb/rowan/internal/growth/network/unitcost"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/load"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Staffing gives a simulation the hours with patients of the plan for people, by role: bands do not matter to who waits.
func Staffing(s *workforce.Service) func(context.Context, *postgres.Tx, option.Option) ([]capacity.Staff, error) {
	return func(ctx context.Context, tx *postgres.Tx, o option.Option) ([]capacity.Staff, error) {
		quarters, err := s.Staffing(ctx, tx, o)
		if err != nil {
			return nil, err
		}
		var out []capacity.Staff
		for _, q := range quarters {
			if len(q.Roles) == 0 {
				return nil, nil // nobody has written the team down
			}
			hours := map[string]float64{}
			for _, r := range q.Roles {
				hours[r.Role] += r.ClinicalHours
			}
			out = append(out, capacity.Staff{Start: q.Start, Hours: hours})
		}
		return out, nil
	}
}

// kept is a team of the plan for people among the inputs of a simulation.
type kept struct {
	Option option.Option
	Team   outlook.Input
}

// Futures gives a simulation the futures of the team that the plan for people has: who leaves, who follows when, who completes a course.
func Futures(s *workforce.Service) people.Source {
	return people.Source{Draw: DrawFutures, Keep: func(ctx context.Context, tx *postgres.Tx) (map[option.Option]people.Team, error) {
		all, err := s.Teams(ctx, tx)
		if err != nil {
			return nil, err
		}
		out := map[option.Option]people.Team{}
		for o, team := range all {
			if out[o], err = json.Marshal(kept{o, team}); err != nil {
				return nil, fmt.Errorf("encode the team: %w", err)
			}
		}
		return out, nil
	}}
}

// DrawFutures draws those of a team that was kept, from a day on.
func DrawFutures(team people.Team, known civil.Date, seed uint64, futures int) (f people.Futures, err error) {
	var k kept
	if err := json.Unmarshal(team, &k); err != nil {
		return f, fmt.Errorf("decode the team: %w", err)
	}
	k.Team.Plan.Calendar = workday.England()
	c := outlook.Chance(k.Team, k.Option, known, seed, futures)
	f.Roles, f.Middle = c.Roles, c.Middle[:]
	for q := range outlook.Quarters {
		f.Quarters = append(f.Quarters, k.Team.Plan.Start.AddMonths(3*q))
	}
	for i := range c.Draws {
		f.Hours = append(f.Hours, c.Draws[i][:])
	}
	return f, nil
}

// Employed gives an investment what the posts of the plan for people cost in each of its quarters.
func Employed(s *workforce.Service) func(context.Context, *postgres.Tx, bool, *pay.Awards) (investment.Posts, error) {
	return func(ctx context.Context, tx *postgres.Tx, full bool, awards *pay.Awards) (investment.Posts, error) {
		all, err := s.Costs(ctx, tx, full, awards)
		out := investment.Posts{Start: all.Start, End: all.Start.AddMonths(3 * outlook.Quarters), Awards: all.Awards, Zone: all.Zone, Changed: all.Changed, Of: map[option.Option][]investment.PostCost{}}
		for o, costs := range all.Of {
			for _, c := range costs {
				out.Of[o] = append(out.Of[o], investment.PostCost{Quarter: c.Start, Line: c.Title, Post: c.Post, NI: c.NI, Levy: c.Levy, Total: c.Total(), Training: c.Training, On: c.End, Action: all.Actions[c.Post], Added: all.Added[c.Post],
					Parts: investment.Parts{Heads: c.Heads, Salary: c.Salary, HighCost: c.HighCost, BackfillPaid: c.BackfillPaid, BackfillNI: c.BackfillNI}})
			}
		}
		return out, err
	}
}

// Positions names the posts of the plan for people, for an investment: those that there are, and those planned. One that was planned
// is known by its change, before and after somebody starts in it.
func Positions(s *workforce.Service) func(context.Context, access.Actor, time.Time) ([]investment.Position, error) {
	return func(ctx context.Context, a access.Actor, now time.Time) (out []investment.Position, err error) {
		team, err := s.Find(ctx, a, now)
		if err != nil {
			return nil, err
		}
		named := map[uuid.UUID]bool{}
		for _, p := range team.Posts {
			id := p.ID
			if p.Change != uuid.Nil {
				id = p.Change
			}
			if !named[id] {
				named[id] = true
				out = append(out, investment.Position{ID: id, Title: p.Title})
			}
		}
		for _, c := range team.Changes {
			if c.Kind.Adds() && c.Open() && !named[c.ID] {
				out = append(out, investment.Position{ID: c.ID, Title: c.Title, Planned: true})
			}
		}
		return out, nil
	}
}

// Doubted gives the plan for people what its reader should doubt beside the investment plan.
func Doubted(s func() *investment.Service) func(context.Context, access.Actor) ([]workforce.Doubt, error) {
	return func(ctx context.Context, a access.Actor) (out []workforce.Doubt, err error) {
		r, err := s().Written(ctx, a)
		if err != nil {
			return nil, err
		}
		all, err := doubt.Of(r)
		for _, d := range all {
			x := workforce.Doubt{Text: d.Text(ctx)}
			for _, w := range d.Ways(ctx) {
				x.Ways = append(x.Ways, workforce.Way(w))
			}
			out = append(out, x)
		}
		return out, err
	}
}

// Simulated gives an investment the median wait of each quarter, with its interval, of the options that were simulated alike.
func Simulated(s *capacity.Service) func(context.Context, *postgres.Tx) (map[option.Option][]investment.Wait, error) {
	return func(ctx context.Context, tx *postgres.Tx) (map[option.Option][]investment.Wait, error) {
		all, err := s.Outcomes(ctx, tx)
		if err != nil {
			return nil, err
		}
		out := map[option.Option][]investment.Wait{}
		for _, x := range all.Outcomes {
			if median, ok := x.Measures[capacity.Median]; ok {
				out[x.Option] = append(out[x.Option], investment.Wait{Start: x.Quarter, Median: median.P50, Low: median.P10, High: median.P90,
					Made: x.Made, Scenario: x.Title, Changed: !all.Plain(), Stale: x.Stale, Trust: string(all.Tested.Trust())})
			}
		}
		return out, nil
	}
}

// One gives capacity what one person more of a role brings and costs.
func One(s *workforce.Service) func(context.Context, *postgres.Tx) ([]capacity.OnePost, error) {
	return func(ctx context.Context, tx *postgres.Tx) (out []capacity.OnePost, err error) {
		all, err := s.OnePosts(ctx, tx)
		for _, x := range all {
			out = append(out, capacity.OnePost(x))
		}
		return out, err
	}
}

// Added gives capacity what an option of the plan for people adds of each role.
func Added(s *workforce.Service) func(context.Context, *postgres.Tx, option.Option) (map[string]float64, error) {
	return func(ctx context.Context, tx *postgres.Tx, o option.Option) (map[string]float64, error) {
		all, err := s.Added(ctx, tx, o)
		out := map[string]float64{}
		for _, x := range all {
			out[x.Role] = x.WTE
		}
		return out, err
	}
}

// PlannedPosts has the plan for people take posts into an option, full time, from its first quarter on: on top of what it holds, because who
// asks for them has counted that. Doing the maximum is to do no less.
func PlannedPosts(s *workforce.Service) func(context.Context, *postgres.Tx, time.Time, option.Option, []capacity.More) (int, error) {
	return func(ctx context.Context, tx *postgres.Tx, now time.Time, o option.Option, more []capacity.More) (int, error) {
		var all []workforce.ChangeIn
		for _, m := range more {
			all = append(all, workforce.ChangeIn{ID: m.ID, Kind: outlook.New, Role: m.Role, Band: m.Band, Heads: m.Heads, WTE: 1, In: map[option.Option]bool{o: true, option.Maximum: true}, More: true})
		}
		return s.PlanChanges(ctx, tx, now, all)
	}
}

// Followed has what posts that are taken back have made out of date simulated again, as planning them does.
func Followed(s func() *capacity.Service) func(context.Context, *postgres.Tx, time.Time) error {
	return func(ctx context.Context, tx *postgres.Tx, now time.Time) error { return s().Follow(ctx, tx, now) }
}

// yearQuarters are the quarters of a year.
const yearQuarters = 4

// Worked gives unit costs what the plan for people says of the year from the quarter of today on, or of its first year where it begins
// later: full cost, of posts that there are when nothing is done.
func Worked(s *workforce.Service) func(context.Context, *postgres.Tx, time.Time) (unitcost.Team, bool, error) {
	return func(ctx context.Context, tx *postgres.Tx, now time.Time) (t unitcost.Team, ok bool, err error) {
		quarters, err := s.Staffing(ctx, tx, option.Nothing)
		if err != nil {
			return t, false, err
		}
		for len(quarters) > yearQuarters && quarters[0].Start.Before(outlook.QuarterOf(locale.Day(now))) {
			quarters = quarters[1:]
		}
		if len(quarters) < yearQuarters {
			return t, false, nil
		}
		quarters = quarters[:yearQuarters]
		hours := make([]float64, yearQuarters)
		for i, q := range quarters {
			for _, r := range q.Roles {
				hours[i] += r.ClinicalHours
			}
		}
		all, err := s.Costs(ctx, tx, true, nil)
		if err != nil {
			return t, false, err
		}
		for _, c := range all.Of[option.Nothing] {
			if !c.Start.Before(quarters[0].Start) && !c.Start.After(quarters[yearQuarters-1].Start) {
				t.Pounds += c.Total()
			}
		}
		t.Hours = unitcost.WeekHours(hours, quarters[0].Start.Year)
		return t, t.Pounds > 0 && t.Hours > 0, nil
	}
}

// Loaded tells whoever plans to grow that the team needs a look first: the verdict of the page that says how the team is, and the way there.
// It is told to those alone who may open that page: the board sees posts, not how people are.
func Loaded(s func() *load.Service, now func() time.Time) func(context.Context, access.Actor) (*workforce.Doubt, error) {
	return func(ctx context.Context, a access.Actor) (*workforce.Doubt, error) {
		if !slices.ContainsFunc(workforce.Rules, func(r access.Rule) bool { return r.Permission == workforce.Write && len(r.Allow[a.Role]) > 0 }) {
			return nil, nil
		}
		l, err := s().Find(ctx, a, now())
		if err != nil {
			return nil, err
		}
		looks := l.Looks()
		if !load.Poor(looks) {
			return nil, nil
		}
		return &workforce.Doubt{Text: load.Verdict(ctx, looks), Ways: []workforce.Way{{Path: "/workforce/load", Text: locale.T(ctx, "load.way")}}}, nil
	}
}

// LoadedCase tells the case the same.
func LoadedCase(s func() *load.Service, now func() time.Time) func(context.Context, access.Actor) (text, path string, err error) {
	of := Loaded(s, now)
	return func(ctx context.Context, a access.Actor) (text, path string, err error) {
		d, err := of(ctx, a)
		if err != nil || d == nil {
			return "", "", err
		}
		return d.Text, d.Ways[0].Path, nil
	}
}
