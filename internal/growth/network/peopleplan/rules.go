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

// versions of the definitions.
var versions = map[string]string{Posts: Posts + ", version 1", Staffing: Staffing + ", version 2", Retirements: Retirements + ", version 2"}

// Definition is the version of the definition of a metric: figures of another are not in the plan.
func Definition(metric string) string { return versions[metric] }

// Years is how many years are planned.
const Years = 5

// All stands in the place of a profession for the whole team.
const All = "all"

// topic is how sensitive the numbers of people are.
const topic = disclosure.General

// Place is a profession in a band.
type Place struct{ Role, Band string }

func (p Place) item() string { return p.Role + "." + p.Band }

// Staff are people in post.
type Staff struct {
	WTE   float64
	Heads float64 // as they are, or as they are expected
}

// Team is what an organisation says of its posts.
type Team struct {
	Now      map[Place]float64         // WTE of the posts there are
	Planned  map[int]map[Place]float64 // likewise in the last quarter before April of a year, with the changes of the preferred option
	InPost   map[string]Staff          // by profession
	Expected map[int]map[string]Staff  // in post at that time if nothing is done, by profession
	Retire   float64                   // people, expected within five years
}

// Figures are what leaves of it as a metric.
func (t Team) Figures(m release.Metric, month civil.Date) (out []release.Figure) {
	rate := func(item string, value float64) {
		out = append(out, release.OfRate(m, item, versions[m.ID], month, value))
	}
	stocks := func(item, after string, all map[string]Staff) {
		shown := t.shown(all)
		for _, r := range slices.Sorted(maps.Keys(shown)) {
			out = append(out, release.OfStock(m, item+"."+r+after, versions[m.ID], month, shown[r]))
		}
	}
	switch m.ID {
	case Posts:
		for _, p := range places(t.Now) {
			rate("now."+p.item(), t.Now[p])
		}
		for _, y := range slices.Sorted(maps.Keys(t.Planned)) {
			for _, p := range places(t.Planned[y]) {
				rate("planned."+p.item()+"."+strconv.Itoa(y), t.Planned[y][p])
			}
		}
	case Staffing:
		stocks("in_post", "", t.InPost)
		for _, y := range slices.Sorted(maps.Keys(t.Expected)) {
			stocks("expected", "."+strconv.Itoa(y), t.Expected[y])
		}
	case Retirements:
		out = append(out, release.OfStock(m, "retire", versions[m.ID], month, disclosure.Stock(t.Retire, int(t.Retire), topic)))
	}
	return out
}

// shown puts people under disclosure control: each profession by itself, and the whole team where that tells no more of a profession that
// is hidden than its posts do, which are told.
func (t Team) shown(all map[string]Staff) map[string]disclosure.Figure {
	posts := map[string]float64{}
	for p, wte := range t.Now {
		posts[p.Role] += math.Round(2*wte) / 2 // as it is told
	}
	out := map[string]disclosure.Figure{}
	var sum Staff
	var parts []disclosure.Portion
	for _, r := range slices.Sorted(maps.Keys(all)) {
		x := all[r]
		out[r] = disclosure.Stock(x.WTE, int(x.Heads), topic)
		sum.WTE, sum.Heads = sum.WTE+x.WTE, sum.Heads+x.Heads
		parts = append(parts, disclosure.Portion{Shown: out[r], Amount: x.WTE, Most: math.Max(posts[r], x.WTE)})
	}
	if len(all) == 0 {
		return out
	}
	out[All] = disclosure.Stock(sum.WTE, int(sum.Heads), topic)
	if disclosure.Narrows(out[All], parts, topic) {
		out[All] = disclosure.Stock(0, 0, topic)
	}
	return out
}

func places(m map[Place]float64) []Place {
	return slices.SortedFunc(maps.Keys(m), func(a, b Place) int { return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Band, b.Band)) })
}

// Told is what was released of one organisation: a team, in which what is hidden is not there.
type Told struct {
	Now      map[Place]float64
	Planned  map[int]map[Place]float64
	InPost   map[string]float64 // and of All
	Expected map[int]map[string]float64
	Retire   Span
}

func newTold() Told {
	return Told{Now: map[Place]float64{}, Planned: map[int]map[Place]float64{}, InPost: map[string]float64{}, Expected: map[int]map[string]float64{}}
}

// Received makes it of figures, of the newest month of each metric; has says which are there.
func Received(p release.Pack, figures []release.Figure) (t Told, has map[string]civil.Date) {
	t, has = newTold(), map[string]civil.Date{}
	for _, f := range figures {
		if versions[f.Metric] == f.Definition && f.Month.After(has[f.Metric]) {
			has[f.Metric] = f.Month
		}
	}
	for _, f := range figures {
		m, ok := p.Find(f.Metric)
		if !ok || f.Month != has[f.Metric] || f.Definition != versions[f.Metric] {
			continue
		}
		value, known := f.Rate(m)
		item, of, _ := strings.Cut(f.Item, ".")
		parts := strings.Split(of, ".")
		year, _ := strconv.Atoi(parts[len(parts)-1])
		switch {
		case item == "retire" && known:
			t.Retire = Span{value - disclosure.StockRounding, value + disclosure.StockRounding, 1}
		case item == "retire":
			t.Retire = Span{0, float64(topic.Rule().Threshold - 1), 1}
		case !known:
		case item == "now" && len(parts) == 2:
			t.Now[Place{parts[0], parts[1]}] = value
		case item == "planned" && len(parts) == 3:
			put(t.Planned, year, Place{parts[0], parts[1]}, value)
		case item == "in_post" && len(parts) == 1:
			t.InPost[parts[0]] = value
		case item == "expected" && len(parts) == 2:
			put(t.Expected, year, parts[0], value)
		}
	}
	return t, has
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
	Told                             // added up
	Both    int                      // whose posts, and people expected in the whole team, are told of every planned year: of them there is a gap
	Gap     map[int]float64          // posts planned less people expected, by year
	Needed  map[int]float64          // posts planned, of them
	Coming  map[int]float64          // people expected, of them
	InPostN map[string]int           // organisations whose people in post are told, by profession
	told    map[int]int              // organisations that planned a year
}

// Collect adds up what organisations have released.
func Collect(p release.Pack, rows []system.Side, of int) Plan {
	out := Plan{Of: max(of, system.Most(rows)), N: map[string]int{}, told: map[int]int{}, AsAt: map[string][2]civil.Date{}, Gap: map[int]float64{}, Needed: map[int]float64{}, Coming: map[int]float64{},
		InPostN: map[string]int{}, Told: newTold()}
	var each []Told
	for _, row := range rows {
		t, has := Received(p, slices.Collect(maps.Values(row.Figures)))
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
		each = append(each, t)
	}
	years := out.PlannedYears()
	for _, t := range each {
		if len(years) == 0 || slices.ContainsFunc(years, func(y int) bool { _, ok := t.Expected[y][All]; return !ok || len(t.Planned[y]) == 0 }) {
			continue
		}
		out.Both++
		for _, y := range years {
			for _, wte := range t.Planned[y] {
				out.Needed[y] += wte
			}
			out.Coming[y] += t.Expected[y][All]
			out.Gap[y] = out.Needed[y] - out.Coming[y]
		}
	}
	return out
}

func (out *Plan) add(t Told) {
	for k, v := range t.Now {
		out.Now[k] += v
	}
	for k, v := range t.InPost {
		out.InPost[k] += v
		out.InPostN[k]++
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
	out.Retire = Span{out.Retire.Low + t.Retire.Low, out.Retire.High + t.Retire.High, out.Retire.N + t.Retire.N}
}

// Places are the professions and bands that there are, or will be.
func (t Told) Places() []Place {
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
	N        int        // organisations of whom this quarter and the one before the action began are told
	Change   float64    // in WTE in post over them
}

// Follow sets an action beside what was released: the change in people in post of its profession since the last quarter before it began,
// over the organisations of whom both are told. baseline is false where nobody had told anything by then.
func Follow(p release.Pack, a Action, values []system.Value) (out []Reading, baseline bool) {
	by := map[system.Who]map[civil.Date]float64{}
	var months []civil.Date
	m, _ := p.Find(Staffing)
	for _, v := range values {
		if v.Metric != Staffing || v.Definition != versions[Staffing] {
			continue
		}
		if !slices.Contains(months, v.Month) {
			months = append(months, v.Month)
		}
		if wte, known := v.Rate(m); known && v.Item == "in_post."+a.Role {
			if by[v.Who] == nil {
				by[v.Who] = map[civil.Date]float64{}
			}
			by[v.Who][v.Month] = wte
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
	for _, m := range months {
		if !m.After(base) {
			continue
		}
		r := Reading{Month: m}
		if !a.Due.After(m.AddMonths(1)) {
			r.Expected = a.WTE
		}
		for _, x := range by {
			before, ok := x[base]
			after, now := x[m]
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
