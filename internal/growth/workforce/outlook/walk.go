package outlook

import (
	"math"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// Without leaves something out, to show what it does. Without gaps people leave, and somebody new takes their place at once.
type Without struct{ Turnover, Gaps, Increments, Uplift bool }

// terms are what a line is from a quarter on.
type terms struct {
	from       int
	role, band string
	wte        float64
	salary     float64
	hours      float64 // of leadership
	banded     int     // quarter in which the band changed
}

// line is a post, or a change that adds one, through the plan.
type line struct {
	id          uuid.UUID
	title       string
	zone        pay.Zone
	heads       float64
	first, last int // funded from first up to, not with, last
	terms       []terms
	dev         *Development
	cohorts     []cohort
	joining     []cohort  // whose first day is known and in the plan
	trainees    []float64 // who arrives in which quarter
	qualified   []float64
}

// cohort is who came in the same quarter, and has come as far.
type cohort struct {
	hired     int     // before the plan: negative
	heads     float64 // expected
	years     float64 // in the band in the quarter in which they came, or when the plan began
	there     bool    // in post when the plan began
	trained   bool
	stayed    bool // did not complete
	completed int
	promoted  int
}

// holding is a cohort as it is during a quarter.
type holding struct {
	line       *line
	t          int
	heads      float64
	role, band string
	wte        float64
	salary     float64
	hours      float64
	years      float64
	course     bool
	annex      float64 // percent of the top of the target band; 0 if not so paid
	came       int     // quarters since
}

// longAgo is before every plan: nobody of that time is new.
const longAgo = -1000

// promotedAfter is how many quarters a post of Band 6 takes to be applied for.
const promotedAfter = 2

// retained is for how many quarters the share of those who stay is given.
const retained = 8

// mostLeave keeps a yearly share below everybody.
const mostLeave = 0.95

// watch sees the plan go by: everybody who is in post, the heads that are not, and who leaves and retires. What is nil is not told.
type watch struct {
	visit func(holding)
	empty func(t int, now terms, heads float64)
	gone  func(t int, leaving, retiring float64)
}

// walk goes through the plan quarter by quarter.
func walk(in Input, o option.Option, at float64, w Without, see watch) {
	there := map[string]float64{} // heads in post when the plan begins
	for _, p := range in.Posts {
		if p.Of == nil { // retirements are expected of the team as it was before the plan
			there[p.Role] += float64(p.InPost)
		}
	}
	roles := map[string]Role{}
	for _, r := range in.Roles {
		roles[r.Key] = r
	}
	// leave is the share of a cohort that goes at the end of a quarter, and which share of these retires.
	leave := func(l *line, c cohort, t int, now terms) (share, retiring float64) {
		role := now.role
		if c.trained {
			role = l.dev.Role
		}
		yearly, retire := roles[role].Leavers, 0.0
		if c.there && !c.trained && there[role] > 0 {
			retire = roles[role].Retire / 5 / there[role]
			yearly += retire
		}
		if c.trained && t-c.completed < retained {
			return 1 - math.Pow(l.dev.Retain.At(at), 1.0/retained), 0
		}
		if yearly > 0 {
			retiring = retire / yearly
		}
		return 1 - math.Pow(1-min(yearly, mostLeave), 0.25), retiring
	}
	for _, l := range lines(in, o) {
		for t := l.first; t < l.last; t++ {
			now := l.at(t)
			for _, c := range l.joining {
				if c.hired == t {
					l.cohorts = append(l.cohorts, c)
				}
			}
			if x := l.trainees[t]; x > 0 {
				l.cohorts = append(l.cohorts, cohort{hired: t, heads: x})
			}
			if x := l.qualified[t]; x > 0 {
				l.cohorts = append(l.cohorts, cohort{hired: t, heads: x, trained: true, completed: t - retained, promoted: t})
			}
			l.complete(t, at)
			present, left, leftTrained := 0.0, 0.0, 0.0
			for i := range l.cohorts {
				c := &l.cohorts[i]
				see.visit(l.holding(*c, t, now, w.Increments))
				present += c.heads
				if w.Turnover {
					continue
				}
				share, retiring := leave(l, *c, t, now)
				gone := c.heads * share
				c.heads -= gone
				if see.gone != nil {
					see.gone(t, gone*(1-retiring), gone*retiring)
				}
				if c.trained {
					leftTrained += gone
				} else {
					left += gone
				}
			}
			if see.empty != nil {
				see.empty(t, now, max(l.heads-present, 0))
			}
			fill := in.Plan.Fill
			if w.Gaps {
				fill = atOnce
			}
			l.open(t+1, left, l.trainees, fill)
			l.open(t+1, leftTrained, l.qualified, fill)
		}
	}
}

// atOnce fills a vacancy in the quarter in which it opens.
var atOnce = []float64{}

// open has heads recruited from a quarter on.
func (l *line) open(t int, heads float64, arrive, fill []float64) {
	if len(fill) == 0 && t < len(arrive) {
		arrive[t] += heads
	}
	for k, share := range fill {
		if at := t + k + 1; at < len(arrive) {
			arrive[at] += heads * share
		}
	}
}

// complete moves those whose course is over.
func (l *line) complete(t int, at float64) {
	if l.dev == nil {
		return
	}
	var split []cohort
	for i := range l.cohorts {
		c := &l.cohorts[i]
		if c.trained || c.stayed || t-c.hired < l.dev.quarters() {
			continue
		}
		done := *c
		done.trained, done.completed, done.promoted = true, t, t
		if l.dev.Pay == Promotion {
			done.promoted += promotedAfter
		}
		done.heads *= l.dev.Complete.At(at)
		c.stayed, c.heads = true, c.heads-done.heads
		split = append(split, done)
	}
	l.cohorts = append(l.cohorts, split...)
}

// quarters is how many the course takes.
func (d Development) quarters() int { return (d.Months + 2) / 3 }

// holding is what a cohort is during a quarter.
func (l *line) holding(c cohort, t int, now terms, pinned bool) holding {
	h := holding{line: l, t: t, heads: c.heads, role: now.role, band: now.band, wte: now.wte, salary: now.salary, hours: now.hours, came: t - c.hired}
	if c.there {
		h.came = longAgo
	}
	began := max(c.hired, 0) // when the years in the band began to count
	h.years = c.years
	switch {
	case c.trained:
		h.role = l.dev.Role
		if t >= c.promoted {
			h.band, began, h.years = l.dev.Band, c.promoted, 0
		}
	case l.dev != nil && !c.stayed:
		h.course = true
		if l.dev.Pay == Annex21 {
			h.annex = annex(l.dev.Months - 3*(t-c.hired))
		}
	}
	if !c.trained && now.banded > max(c.hired, -1) { // who came before the plan was there when it began
		began, h.years = now.banded, 0
	}
	if !pinned {
		h.years += float64(t-began) / 4
	}
	return h
}

// annex is the percentage by the months to go (growth.md 7.5).
func annex(left int) float64 {
	switch {
	case left <= 12:
		return 75
	case left <= 24:
		return 70
	case left <= 36:
		return 65
	}
	return 60
}

func (l *line) at(t int) terms {
	now := l.terms[0]
	for _, x := range l.terms[1:] {
		if x.from <= t {
			now = x
		}
	}
	return now
}

// lines are the posts with the changes of an option.
func lines(in Input, o option.Option) (out []*line) {
	changes := slices.Clone(in.Changes)
	slices.SortStableFunc(changes, func(a, b Change) int { return a.From.Compare(b.From) })
	for _, p := range in.Posts {
		if p.Of == nil || p.Of.In[o] {
			out = append(out, of(in.Plan, p, changes, o))
		}
	}
	for _, c := range changes {
		if !c.In[o] || !c.Kind.Adds() {
			continue
		}
		from := max(in.Plan.index(c.From), 0)
		first := from
		for _, d := range c.Starting { // somebody may come sooner than was planned
			first = min(first, max(in.Plan.index(d), 0))
		}
		l := newLine(c.ID, c.Title, c.Zone, c.Heads, first, Quarters, terms{role: c.Role, band: c.Band, wte: c.WTE, salary: c.Salary, banded: longAgo}, c.Development)
		l.open(from, l.agreed(in.Plan, c.Starting), l.trainees, in.Plan.Fill)
		out = append(out, l)
	}
	return out
}

func newLine(id uuid.UUID, title string, zone pay.Zone, heads, first, last int, t terms, d *Development) *line {
	return &line{id: id, title: title, zone: zone, heads: float64(heads), first: first, last: min(last, Quarters), terms: []terms{t}, dev: d, trainees: make([]float64, Quarters), qualified: make([]float64, Quarters)}
}

// agreed has those arrive whose start is agreed, and gives the heads that are still to be found.
func (l *line) agreed(p Plan, starts []civil.Date) float64 {
	left := l.heads
	for _, c := range slices.Concat(l.cohorts, l.joining) {
		left -= c.heads
	}
	for _, d := range starts {
		switch t := p.index(d); {
		case t >= Quarters || left < 1:
			continue
		case t < 0: // before the plan begins
			l.cohorts = append(l.cohorts, cohort{hired: t, heads: 1, years: YearsAt(0, d, p.Start)})
		default:
			l.joining = append(l.joining, cohort{hired: t, heads: 1, years: YearsAt(0, d, p.quarter(t))})
		}
		left--
	}
	return left
}

// of is a post through the plan, with what an option changes about it.
func of(plan Plan, p Post, changes []Change, o option.Option) *line {
	id, first := p.ID, 0
	if p.Of != nil { // the line of the change, with the day that was planned or an earlier one that came true
		id, first = p.Of.ID, max(min(plan.index(p.Of.From), plan.index(p.Since)), 0)
	}
	l := newLine(id, p.Title, p.Zone, p.Heads, first, Quarters, terms{role: p.Role, band: p.Band, wte: p.WTE, salary: p.Salary, banded: longAgo}, p.Development)
	if !p.Ends.IsZero() {
		l.last = max(min(l.last, plan.index(p.Ends)+1), 0)
	}
	if p.InPost > 0 {
		c := cohort{hired: longAgo, heads: float64(p.InPost), there: p.Of == nil}
		if p.Of != nil {
			c.hired = plan.index(p.Since)
		}
		if c.years = p.Years; !p.YearsOn.IsZero() {
			c.years = YearsAt(p.Years, p.YearsOn, plan.quarter(max(c.hired, 0)))
		}
		if c.hired < first {
			l.cohorts = append(l.cohorts, c)
		} else {
			l.joining = append(l.joining, c)
		}
	}
	l.open(first, l.agreed(plan, p.Starting), l.trainees, plan.Fill)
	for _, c := range changes {
		if !c.In[o] || c.Post != p.ID {
			continue
		}
		t := max(plan.index(c.From), 0)
		if c.Kind == End {
			l.last = min(l.last, t)
			continue
		}
		next := l.terms[len(l.terms)-1]
		next.from = t
		if c.Band != "" && c.Band != next.band {
			next.band, next.banded = c.Band, t
		}
		if c.WTE > 0 {
			next.wte = c.WTE
		}
		if c.Kind == Leadership {
			next.hours = c.Hours
		}
		l.terms = append(l.terms, next)
	}
	return l
}
