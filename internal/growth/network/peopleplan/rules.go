package peopleplan

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
)

// The metrics that an organisation agrees to share, each by itself.
const (
	Posts       = "posts"
	Staffing    = "staffing"
	Retirements = "retirements"
)

// Metrics in their order.
var Metrics = []string{Posts, Staffing, Retirements}

// version of the definitions.
const version = ", version 1"

// Years is how many years are planned.
const Years = 5

// leastTeam is under how many people in post nothing is told of who may retire: the threshold of disclosure control. step is in which
// steps it is told of others.
var leastTeam = disclosure.General.Rule().Threshold

const step = 5

// Place is a profession in a band.
type Place struct{ Role, Band string }

func (p Place) item() string { return p.Role + "." + p.Band }

// Team is what an organisation says of its posts.
type Team struct {
	Now      map[Place]float64          // WTE of the posts there are
	Planned  map[int]map[Place]float64  // likewise in the last quarter before April of a year, with the changes of the preferred option
	Vacant   map[string]float64         // WTE without anybody, by profession
	Expected map[int]map[string]float64 // WTE in post at that time if nothing is done, by profession
	InPost   int                        // people
	Retire   float64                    // of them, expected within five years
}

// Figures are what leaves of it as a metric.
func (t Team) Figures(m release.Metric, month civil.Date) (out []release.Figure) {
	add := func(item string, value float64) {
		out = append(out, release.OfRate(m, item, m.ID+version, month, value))
	}
	switch m.ID {
	case Posts:
		for _, p := range places(t.Now) {
			add("now."+p.item(), t.Now[p])
		}
		for _, y := range slices.Sorted(maps.Keys(t.Planned)) {
			for _, p := range places(t.Planned[y]) {
				add("planned."+p.item()+"."+strconv.Itoa(y), t.Planned[y][p])
			}
		}
	case Staffing:
		for _, r := range slices.Sorted(maps.Keys(t.Vacant)) {
			add("vacant."+r, t.Vacant[r])
		}
		for _, y := range slices.Sorted(maps.Keys(t.Expected)) {
			for _, r := range slices.Sorted(maps.Keys(t.Expected[y])) {
				add("expected."+r+"."+strconv.Itoa(y), t.Expected[y][r])
			}
		}
	case Retirements:
		f := release.OfRate(m, "retire", m.ID+version, month, step*math.Floor(t.Retire/step))
		if t.InPost < leastTeam {
			f.State, f.Score = release.Hidden, nil
		}
		out = append(out, f)
	}
	return out
}

func places(m map[Place]float64) []Place {
	return slices.SortedFunc(maps.Keys(m), func(a, b Place) int { return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Band, b.Band)) })
}

// Received makes a team again of what was released of one organisation, of the newest month of each metric; has says which are there.
func Received(p release.Pack, figures []release.Figure) (t Team, has map[string]civil.Date, retire Span) {
	t = Team{Now: map[Place]float64{}, Planned: map[int]map[Place]float64{}, Vacant: map[string]float64{}, Expected: map[int]map[string]float64{}}
	has = map[string]civil.Date{}
	for _, f := range figures {
		if slices.Contains(Metrics, f.Metric) && f.Definition == f.Metric+version && f.Month.After(has[f.Metric]) {
			has[f.Metric] = f.Month
		}
	}
	for _, f := range figures {
		m, ok := p.Find(f.Metric)
		value, known := f.Rate(m)
		if !ok || f.Month != has[f.Metric] || f.Definition != f.Metric+version {
			continue
		}
		item, of, _ := strings.Cut(f.Item, ".")
		parts := strings.Split(of, ".")
		year, _ := strconv.Atoi(parts[len(parts)-1])
		switch {
		case item == "retire" && known:
			retire = Span{value, value + step - 1, 1}
		case !known || len(parts) < 1:
		case item == "now" && len(parts) == 2:
			t.Now[Place{parts[0], parts[1]}] = value
		case item == "planned" && len(parts) == 3:
			put(t.Planned, year, Place{parts[0], parts[1]}, value)
		case item == "vacant" && len(parts) == 1:
			t.Vacant[parts[0]] = value
		case item == "expected" && len(parts) == 2:
			put(t.Expected, year, parts[0], value)
		}
	}
	return t, has, retire
}

func put[K comparable](m map[int]map[K]float64, year int, k K, value float64) {
	if m[year] == nil {
		m[year] = map[K]float64{}
	}
	m[year][k] += value
}

// Span is a number between two, of so many organisations.
type Span struct {
	Low, High float64
	N         int
}

// Plan is what all together have released.
type Plan struct {
	Of      int                      // organisations of the ICS
	N       map[string]int           // that have released each metric
	AsAt    map[string][2]civil.Date // the oldest and newest month told
	Team                             // added up
	Both    int                      // that have released posts and staffing, so that there is a gap
	Gap     map[int]float64          // of them, posts planned less people expected, by year
	Needed  map[int]float64          // posts planned, of them
	Coming  map[int]float64          // people expected, of them
	Retired Span                     // expected within five years, of those who told it
	told    map[int]int              // organisations that planned a year
	Small   int                      // whose team is too small to tell it
}

// Collect adds up what organisations have released.
func Collect(p release.Pack, rows []system.Side, of int) Plan {
	out := Plan{Of: max(of, len(rows)), N: map[string]int{}, told: map[int]int{}, AsAt: map[string][2]civil.Date{}, Gap: map[int]float64{}, Needed: map[int]float64{}, Coming: map[int]float64{},
		Team: Team{Now: map[Place]float64{}, Planned: map[int]map[Place]float64{}, Vacant: map[string]float64{}, Expected: map[int]map[string]float64{}}}
	for _, row := range rows {
		t, has, retire := Received(p, slices.Collect(maps.Values(row.Figures)))
		for m, month := range has {
			out.N[m]++
			span := out.AsAt[m]
			if span[0].IsZero() || month.Before(span[0]) {
				span[0] = month
			}
			if month.After(span[1]) {
				span[1] = month
			}
			out.AsAt[m] = span
		}
		out.add(t)
		if _, told := has[Retirements]; told && retire.N == 0 {
			out.Small++
		}
		out.Retired = Span{out.Retired.Low + retire.Low, out.Retired.High + retire.High, out.Retired.N + retire.N}
		if !has[Posts].IsZero() && !has[Staffing].IsZero() {
			out.Both++
			for y := range t.Planned {
				for _, wte := range t.Planned[y] {
					out.Needed[y] += wte
				}
				for _, wte := range t.Expected[y] {
					out.Coming[y] += wte
				}
				out.Gap[y] = out.Needed[y] - out.Coming[y]
			}
		}
	}
	return out
}

func (out *Plan) add(t Team) {
	for k, v := range t.Now {
		out.Now[k] += v
	}
	for k, v := range t.Vacant {
		out.Vacant[k] += v
	}
	for y, m := range t.Planned {
		out.told[y]++
		for k, v := range m {
			put(out.Planned, y, k, v)
		}
	}
	for y, m := range t.Expected {
		for k, v := range m {
			put(out.Expected, y, k, v)
		}
	}
}

// Places are the professions and bands that there are, or will be.
func (t Team) Places() []Place {
	all := maps.Clone(t.Now)
	for _, m := range t.Planned {
		for k := range m {
			all[k] += 0
		}
	}
	return places(all)
}

// PlannedYears are the years that every organisation that told its posts has planned, the first first and no more than five: a year of
// some of them beside one of all would look like fewer posts.
func (out Plan) PlannedYears() (years []int) {
	for _, y := range slices.Sorted(maps.Keys(out.Planned)) {
		if out.told[y] == out.N[Posts] && len(years) < Years {
			years = append(years, y)
		}
	}
	return years
}

// Reading is a quarter of an action: what was expected of it by then, and what organisations have released.
type Reading struct {
	Month    civil.Date // the last of the quarter
	Expected float64    // WTE
	N        int        // organisations that told this quarter and the one before the action began
	Change   float64    // in WTE in post over them
}

// Follow sets an action beside what was released: the change in people in post of its profession since the last quarter before it began,
// over the organisations that told both. baseline is false where nobody had told anything by then.
func Follow(p release.Pack, a Action, values []system.Value) (out []Reading, baseline bool) {
	type told struct {
		months map[civil.Date][]release.Figure
	}
	by := map[system.Who]told{}
	var months []civil.Date
	for _, v := range values {
		if !slices.Contains([]string{Posts, Staffing}, v.Metric) {
			continue
		}
		if by[v.Who].months == nil {
			by[v.Who] = told{map[civil.Date][]release.Figure{}}
		}
		by[v.Who].months[v.Month] = append(by[v.Who].months[v.Month], v.Figure)
		if !slices.Contains(months, v.Month) {
			months = append(months, v.Month)
		}
	}
	slices.SortFunc(months, civil.Date.Compare)
	base := civil.Date{}
	for _, m := range months {
		if m.AddMonths(1).Compare(a.Began) <= 0 {
			base = m
		}
	}
	if base.IsZero() {
		return nil, false
	}
	in := func(fs []release.Figure) (float64, bool) {
		t, has, _ := Received(p, fs)
		wte := -t.Vacant[a.Role]
		for k, v := range t.Now {
			if k.Role == a.Role {
				wte += v
			}
		}
		return wte, len(has) == 2
	}
	for _, m := range months {
		if !m.After(base) {
			continue
		}
		r := Reading{Month: m}
		if !a.Due.After(m.AddMonths(1)) {
			r.Expected = a.WTE
		}
		for _, x := range by {
			before, ok := in(x.months[base])
			after, now := in(x.months[m])
			if ok && now {
				r.N, r.Change = r.N+1, r.Change+after-before
			}
		}
		out = append(out, r)
	}
	return out, true
}

// Kinds of actions.
var Kinds = []string{"recruitment", "rotation", "development", "other"}

// Roles are the professions of content/packs/workforce-roles.yaml.
var Roles = []string{"nurse", "development-nurse", "physician", "physiotherapist", "counsellor", "technician", "administrator", "manager"}

// Bounds of what is written.
const (
	mostTitle   = 120
	MostOutcome = 1000
	mostWTE     = 1000
)

// In is an action as it is written.
type In struct {
	ID           uuid.UUID
	Kind, Title  string
	Role, Owner  string
	Due          civil.Date
	WTE          float64
	Organisation []uuid.UUID // that are asked to take part
}

// Check finds what is wrong with it.
func (in In) Check(members []uuid.UUID, today civil.Date) (f fault.Fields) {
	if !slices.Contains(Kinds, in.Kind) {
		f.Add("kind", "people.kind.empty")
	}
	f.Text("title", "people.title.empty", in.Title, mostTitle)
	if !slices.Contains(Roles, in.Role) {
		f.Add("role", "people.role.empty")
	}
	f.Text("owner", "people.owner.empty", in.Owner, mostTitle)
	switch {
	case in.Due.IsZero():
		f.Add("due", "people.due.empty")
	case !in.Due.After(today):
		f.Add("due", "people.due.past")
	case in.Due.After(today.AddMonths(12 * Years)):
		f.Add("due", "people.due.far")
	}
	if !(in.WTE > 0 && in.WTE <= mostWTE) {
		f.Add("wte", "people.wte.bad", "most", mostWTE)
	}
	if len(in.Organisation) == 0 || slices.ContainsFunc(in.Organisation, func(id uuid.UUID) bool { return !slices.Contains(members, id) }) {
		f.Add("organisations", "people.organisations.empty")
	}
	return f
}

// Part is whether an organisation takes part.
type Part struct {
	Member uuid.UUID
	Name   string
	State  string // asked, agreed, declined
}

// Action is one of the people plan.
type Action struct {
	In
	System  uuid.UUID
	State   string // open, done, stopped
	Began   civil.Date
	Outcome string
	Parts   []Part
}

// Late says whether an open action is past its day.
func (a Action) Late(today civil.Date) bool { return a.State == "open" && a.Due.Before(today) }

// Agreed is how many of the organisations take part.
func (a Action) Agreed() (n int) {
	for _, p := range a.Parts {
		if p.State == "agreed" {
			n++
		}
	}
	return n
}

// CheckEnd finds what is wrong with the end of an action.
func CheckEnd(state, outcome string) (f fault.Fields) {
	if state != "done" && state != "stopped" {
		f.Add("state", "people.end.empty")
	}
	f.Text("outcome", "people.outcome.empty", outcome, MostOutcome)
	return f
}
