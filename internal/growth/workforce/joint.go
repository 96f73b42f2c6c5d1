package workforce

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// RoleStaff is a role in a band during a quarter: expected heads, WTE in post and clinical hours in a week of five working days. Whoever
// takes hours for appointments knows the bank holidays: in hours of a mean week they would count twice, and a team that does not change
// would have fewer in the spring.
type RoleStaff struct {
	Role, Band                string
	Heads, WTE, ClinicalHours float64
}

// QuarterStaff is the team of a quarter.
type QuarterStaff struct {
	Start civil.Date
	Roles []RoleStaff
}

// Staffing gives the twenty quarters of the plan under an option, by the middle of its ranges, in the caller's transaction.
func (s *Service) Staffing(ctx context.Context, tx *postgres.Tx, o option.Option) ([]QuarterStaff, error) {
	if !o.Valid() {
		return nil, fault.Missing("option")
	}
	t, err := s.team(ctx, tx, s.d.Now())
	if err != nil {
		return nil, err
	}
	var out []QuarterStaff
	in := t.Input()
	for _, q := range outlook.Project(in, o, middle) {
		x, week := QuarterStaff{Start: q.Start}, in.Plan.FiveDays(q.Start)
		for _, r := range q.Staff {
			x.Roles = append(x.Roles, RoleStaff{Role: r.Role, Band: r.Band, Heads: r.Heads, WTE: r.WTE, ClinicalHours: r.ClinicalHours * week})
		}
		out = append(out, x)
	}
	return out, nil
}

// Teams gives of each option what its hours with patients are made of, in the caller's transaction; none where nobody has written the team
// down.
func (s *Service) Teams(ctx context.Context, tx *postgres.Tx) (map[option.Option]outlook.Input, error) {
	t, err := s.team(ctx, tx, s.d.Now())
	out := map[option.Option]outlook.Input{}
	if err != nil || len(t.Posts)+len(t.Changes) == 0 {
		return out, err
	}
	in := t.Input()
	for _, o := range option.All {
		out[o] = in.For(o)
	}
	return out, nil
}

// middle is the middle of the ranges of completion and retention.
const middle = 0.5

// YearCost is what a post, or a change that adds one, costs in a financial year, in pounds. The first and the last year are
// whole only where the plan begins in April.
type YearCost struct {
	Year       string // "2026/27"
	Line       string
	PostID     uuid.UUID
	Heads, WTE float64 // expected in post, on average over the quarters of the plan in this year

	Salary, HighCost, NI, Pension, Levy, Training, Backfill, Total float64
}

// Costs is the first day of the plan's outlook.Quarters, and for every option what every line costs in each of them.
// Actions are those of the strategy that lines are for, where somebody said so.
type Costs struct {
	Start   civil.Date
	Awards  pay.Awards // of the plan
	Zone    pay.Zone   // of the plan
	Of      map[option.Option][]outlook.Cost
	Actions map[uuid.UUID]uuid.UUID // by the line's id
	Changed time.Time               // when the plan or the establishment was last written
	Added   map[uuid.UUID]bool      // lines that a change adds, whoever has started in them; the others are posts that are there anyway
}

// Costs gives them in the caller's transaction. full adds the pension that is met centrally; awards are those of another plan;
// none takes the plan's.
func (s *Service) Costs(ctx context.Context, tx *postgres.Tx, full bool, awards *pay.Awards) (Costs, error) {
	t, err := s.team(ctx, tx, s.d.Now())
	if err != nil {
		return Costs{}, err
	}
	out := Costs{Start: t.Setting.Start, Awards: t.Setting.Pay(), Zone: t.Setting.Zone, Of: map[option.Option][]outlook.Cost{}, Actions: map[uuid.UUID]uuid.UUID{}, Added: map[uuid.UUID]bool{}}
	for _, at := range t.written() {
		if at.After(out.Changed) {
			out.Changed = at
		}
	}
	for _, c := range t.Changes {
		line := c.Post
		if c.Kind.Adds() {
			line, out.Added[c.ID] = c.ID, true
		}
		if c.Action != uuid.Nil {
			out.Actions[line] = c.Action
		}
	}
	var uplift []float64
	if awards != nil {
		uplift = awards.After(outlook.Table(t.Setting.Start))
	}
	for _, o := range option.All {
		if out.Of[o], err = outlook.Costs(t.Input(), o, full, uplift, outlook.Without{}); err != nil {
			return Costs{}, fmt.Errorf("cost the plan: %w", err)
		}
	}
	return out, nil
}

// written is when what the plan is reckoned from was last written, thing by thing.
func (t Team) written() []time.Time {
	out := []time.Time{t.Setting.Changed}
	for _, x := range t.Changes {
		out = append(out, x.Changed)
	}
	for _, x := range t.Posts {
		out = append(out, x.Changed)
	}
	return out
}

// ByYear adds up the quarters of each line and financial year.
func ByYear(costs []outlook.Cost) (out []YearCost) {
	quarters, counted := map[string]float64{}, map[civil.Date]bool{}
	for _, c := range costs {
		if !counted[c.Start] {
			counted[c.Start] = true
			quarters[outlook.Year(c.Start)]++
		}
	}
	type key struct {
		post uuid.UUID
		year string
	}
	at := map[key]int{}
	for _, c := range costs {
		k := key{c.Post, outlook.Year(c.Start)}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, YearCost{Year: k.year, Line: c.Title, PostID: c.Post})
		}
		y := &out[i]
		y.Heads += c.Heads / quarters[k.year]
		y.WTE += c.WTE / quarters[k.year]
		y.Salary += c.Salary
		y.HighCost += c.HighCost
		y.NI += c.NI
		y.Pension += c.Pension
		y.Levy += c.Levy
		y.Training += c.Training
		y.Backfill += c.Backfill
		y.Total += c.Total()
	}
	return out
}

// OnePost is what one full-time person of a role brings and costs.
type OnePost struct {
	Role, Band string
	Hours      float64 // with patients in a week of five working days, as those of the role give on average over the plan
	Cost       float64 // pounds a year, on average over five years from the entry point, at the prices of the pay table
	Salary     float64 // of a doctor, who has no band: the mean of those in the establishment; else 0
	Funded     float64 // whole-time equivalents of the establishment, today
	Vacant     float64 // of these, that nobody is in
	Expected   float64 // in post on average over the plan, when nothing else is done: somebody leaves, and it takes a while to find another
}

// OnePosts gives it for each role that the team has, in the band that most of the role are in.
func (s *Service) OnePosts(ctx context.Context, tx *postgres.Tx) (out []OnePost, err error) {
	quarters, err := s.Staffing(ctx, tx, option.Nothing)
	if err != nil {
		return nil, err
	}
	type sum struct{ wte, hours float64 }
	roles, bands := map[string]sum{}, map[string]map[string]float64{}
	for _, q := range quarters {
		for _, r := range q.Roles {
			x := roles[r.Role]
			roles[r.Role] = sum{x.wte + r.WTE, x.hours + r.ClinicalHours}
			if bands[r.Role] == nil {
				bands[r.Role] = map[string]float64{}
			}
			bands[r.Role][r.Band] += r.WTE
		}
	}
	t, err := s.team(ctx, tx, s.d.Now())
	if err != nil {
		return nil, err
	}
	lines, _ := t.ByRole()
	for _, role := range slices.Sorted(maps.Keys(roles)) {
		band, most := "", 0.0
		for _, b := range slices.Sorted(maps.Keys(bands[role])) {
			if bands[role][b] > most {
				band, most = b, bands[role][b]
			}
		}
		if roles[role].wte == 0 {
			continue
		}
		one := OnePost{Role: role, Band: band, Hours: roles[role].hours / roles[role].wte, Expected: roles[role].wte / float64(len(quarters))}
		if l, ok := find(lines, func(l RoleLine) bool { return l.Role.Key == role }); ok {
			one.Funded, one.Vacant = l.Funded, l.Vacancy()
		}
		if band == outlook.Medical {
			one.Salary = t.salary(role)
			one.Cost, err = outlook.OfSalary(t.Setting.Start, one.Salary)
		} else {
			one.Cost, err = outlook.OfOne(t.Setting.Start, band, t.Setting.Zone)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// Added are the posts that an option adds of a role and that nobody has started in yet.
type Added struct {
	Role string
	WTE  float64
}

// Added gives them for each role that an option adds to, in the caller's transaction.
func (s *Service) Added(ctx context.Context, tx *postgres.Tx, o option.Option) (out []Added, err error) {
	t, err := s.team(ctx, tx, s.d.Now())
	if err != nil {
		return nil, err
	}
	for _, r := range t.Pack.Roles {
		sum := 0.0
		for _, c := range t.InOption(o) {
			if c.Role == r.Key {
				sum += c.New()
			}
		}
		if sum > 0 {
			out = append(out, Added{r.Key, sum})
		}
	}
	return out, nil
}

// PlanChanges plans several changes in the caller's transaction, in which one that is refused takes all with it. It says how many there
// are now that were not there before: those with the same ids again are none. A title that nobody gave is the role's, and a doctor whose
// salary nobody gave has that of the others.
func (s *Service) PlanChanges(ctx context.Context, tx *postgres.Tx, at time.Time, all []ChangeIn) (n int, err error) {
	t, err := s.team(ctx, tx, at)
	if err != nil {
		return 0, err
	}
	for _, in := range all {
		if r, ok := t.Pack.Role(in.Role); ok && in.Title == "" {
			in.Title = r.Name
		}
		if in.Band == outlook.Medical && in.Salary == 0 {
			in.Salary = int(math.Round(t.salary(in.Role)))
		}
		if in.From.IsZero() {
			in.From = Coming(t.Setting.Start, locale.Day(at))
		}
		fresh, err := s.insert(ctx, tx, at, in)
		if err != nil {
			return n, err
		}
		if !fresh {
			continue
		}
		n++
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: planned, Kind: changeKind, Object: in.ID}); err != nil {
			return n, err
		}
	}
	return n, nil
}

// salary is the mean of a role's doctors, full time, by the time of their posts.
func (t Team) salary(role string) float64 {
	sum, wte := 0.0, 0.0
	for _, p := range t.Posts {
		if p.Role == role && p.Band == outlook.Medical {
			sum, wte = sum+float64(p.Salary)*p.Funded(), wte+p.Funded()
		}
	}
	if wte == 0 {
		return 0
	}
	return sum / wte
}
