package outlook

import (
	"math"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// open has heads recruited from a place on.
func (l *line) open(from, heads float64, arrive, fill []float64) {
	come := func(at, heads float64) {
		switch t := int(at); {
		case t >= len(arrive) || heads == 0:
		case at == float64(t):
			arrive[t] += heads
		default: // within a quarter it is nobody who follows somebody, but those whom the line begins with
			l.joining = append(l.joining, cohort{began: at, heads: heads, years: (float64(t) - at) / 4})
		}
	}
	if len(fill) == 0 {
		come(from, heads)
	}
	for k, share := range fill {
		come(from+float64(k+1), heads*share)
	}
}

// opening are heads to be recruited from a place on.
type opening struct{ from, heads float64 }

// recruit has those recruited that the line begins without.
func (l *line) recruit(fill []float64) {
	for _, v := range l.vacant {
		l.open(v.from, v.heads, l.trainees, fill)
	}
}

// expected are the lines of an option with those who are expected to be recruited.
func expected(in Input, o option.Option) []*line {
	all := lines(in, o)
	for _, l := range all {
		l.recruit(in.Plan.Fill)
	}
	return all
}

// lines are the posts with the changes of an option. Nobody is recruited yet: what is vacant now is still to be filled.
func lines(in Input, o option.Option) (out []*line) {
	defer func() {
		for _, l := range out {
			for i := range l.vacant {
				l.vacant[i].from = max(l.vacant[i].from, float64(in.over))
			}
		}
	}()
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
		from := max(in.Plan.place(c.From), 0)
		first := from
		for _, d := range c.Starting { // somebody may come sooner than was planned
			first = min(first, max(in.Plan.place(d), 0))
		}
		l := newLine(c.ID, c.Title, c.Zone, c.Heads, first, terms{role: c.Role, band: c.Band, wte: c.WTE, salary: c.Salary, banded: longAgo}, c.Development)
		l.vacant = append(l.vacant, opening{from, l.agreed(in.Plan, c.Starting)})
		out = append(out, l)
	}
	return out
}

func newLine(id uuid.UUID, title string, zone pay.Zone, heads int, first float64, t terms, d *Development) *line {
	return &line{id: id, title: title, zone: zone, heads: float64(heads), first: first, last: Quarters, terms: []terms{t}, dev: d, trainees: make([]float64, Quarters), qualified: make([]float64, Quarters)}
}

// agreed has those arrive whose start is agreed, and gives the heads that are still to be found.
func (l *line) agreed(p Plan, starts []civil.Date) float64 {
	left := l.heads
	for _, c := range slices.Concat(l.cohorts, l.joining) {
		if c.until == 0 {
			left -= c.heads
		}
	}
	for _, d := range starts {
		if p.index(d) >= Quarters || left < 1 {
			continue
		}
		l.join(p.newcomer(d, 0, d))
		left--
	}
	return left
}

// newcomer is one head that starts on a day, with so many years in the band on another.
func (p Plan) newcomer(d civil.Date, years float64, on civil.Date) cohort {
	at := p.place(d)
	return cohort{began: at, heads: 1, years: YearsAt(years, on, p.quarter(max(int(math.Floor(at)), 0)))}
}

// join has a cohort be there from the beginning, or come when it does.
func (l *line) join(c cohort) {
	if float64(c.hired()) < math.Floor(l.first) {
		l.cohorts = append(l.cohorts, c)
	} else {
		l.joining = append(l.joining, c)
	}
}

// of is a post through the plan, with what an option changes about it.
func of(plan Plan, p Post, changes []Change, o option.Option) *line {
	id, first := p.ID, 0.0
	if p.Of != nil { // the line of the change, with the day that was planned or an earlier one that came true
		id, first = p.Of.ID, max(min(plan.place(p.Of.From), plan.place(p.Since)), 0)
	}
	l := newLine(id, p.Title, p.Zone, p.Heads, first, terms{role: p.Role, band: p.Band, wte: p.WTE, salary: p.Salary, banded: longAgo}, p.Development)
	if !p.Ends.IsZero() {
		l.last = max(min(l.last, plan.place(p.Ends.AddDays(1))), 0)
	}
	l.staff(plan, p)
	vacant := l.agreed(plan, p.Starting)
	for _, d := range p.Left {
		if vacant >= 1 {
			l.vacant = append(l.vacant, opening{plan.place(d), 1})
			vacant--
		}
	}
	l.vacant = append(l.vacant, opening{first, vacant})
	for _, c := range changes {
		if !c.In[o] || c.Post != p.ID {
			continue
		}
		t := max(plan.place(c.From), 0)
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

// staff puts those into a line who are in post, and those who were when the plan began.
func (l *line) staff(plan Plan, p Post) {
	on := p.YearsOn
	if on.IsZero() {
		on = plan.Start
	}
	there := p.InPost
	stayed := func(until civil.Date) {
		l.cohorts = append(l.cohorts, cohort{began: longAgo, heads: 1, years: YearsAt(p.Years, on, plan.Start), there: true, until: plan.place(until)})
	}
	for _, x := range p.Came {
		if there == 0 || plan.index(x.On) >= Quarters {
			continue
		}
		l.join(plan.newcomer(x.On, p.Years, on))
		there--
		if !x.Empty.IsZero() {
			stayed(x.Empty)
		}
	}
	for _, d := range p.Left {
		stayed(d)
	}
	if there == 0 {
		return
	}
	if p.Of == nil {
		l.cohorts = append(l.cohorts, cohort{began: longAgo, heads: float64(there), years: YearsAt(p.Years, on, plan.Start), there: true})
		return
	}
	c := plan.newcomer(p.Since, p.Years, p.YearsOn)
	if p.YearsOn.IsZero() {
		c.years = p.Years
	}
	c.heads = float64(there)
	l.join(c)
}
