package outlook

import (
	"math"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// Without leaves something out, to show what it does. Without gaps people leave, and somebody new takes their place at once.
type Without struct{ Turnover, Gaps, Increments, Uplift bool }

// terms are what a line is from a place on.
type terms struct {
	from       float64
	role, band string
	wte        float64
	salary     float64
	hours      float64 // of leadership
	banded     float64 // where the band changed
}

// line is a post, or a change that adds one, through the plan. Where it begins, ends and changes is a place: see Plan.place.
type line struct {
	id          uuid.UUID
	title       string
	zone        pay.Zone
	heads       float64
	first, last float64 // funded from first up to last
	terms       []terms
	dev         *Development
	annex       pay.Annex21
	cohorts     []cohort
	joining     []cohort  // whose first day is known and in the plan
	vacant      []opening // at the beginning of the plan, or of the line
	trainees    []float64 // who arrives at the beginning of which quarter
	qualified   []float64
	luck        *luck // of its one seat; nil: what is expected
}

// cohort is who came on the same day, and has come as far.
type cohort struct {
	began     float64 // before the plan: negative
	heads     float64 // expected
	years     float64 // in the band at the beginning of the quarter in which they came, or when the plan began
	there     bool    // in post when the plan began
	until     float64 // where they left, if somebody said so; 0: nobody did
	trained   bool
	stayed    bool    // did not complete
	completed float64 // or did not
	promoted  float64
}

// hired is the quarter in which they came.
func (c cohort) hired() int { return int(math.Floor(c.began)) }

// since is where they came to be as they are.
func (c cohort) since() float64 {
	if c.trained || c.stayed {
		return max(c.began, c.completed)
	}
	return c.began
}

// holding is a cohort as it is during a quarter, or a part of it.
type holding struct {
	line       *line
	t          int
	part       float64 // of the days of the quarter
	ends       bool    // so it is on the last day of the quarter
	comes      bool    // so it is when they come
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

// retained is for how many quarters the share of those who stay is given.
const retained = 8

// mostLeave keeps a yearly share below everybody.
const mostLeave = 0.95

// watch sees the plan go by: everybody who is in post, the heads that are not, on average over the quarter, and who leaves and retires. What is nil is not told.
type watch struct {
	visit func(holding)
	empty func(t int, now terms, heads float64)
	gone  func(t int, leaving, retiring float64)
}

// place is where in the ranges of completion and retention: 0 the low and 1 the high end.
type place struct{ complete, retain float64 }

// walk goes through the plan quarter by quarter, with what is expected.
func walk(in Input, o option.Option, at float64, w Without, see watch) {
	in.through(expected(in, o), place{at, at}, w, see)
}

// through goes through some lines.
func (in Input) through(all []*line, at place, w Without, see watch) {
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
		if c.trained && t-int(math.Floor(c.completed)) < retained {
			return 1 - math.Pow(l.dev.Retain.At(at.retain), 1.0/retained), 0
		}
		if yearly > 0 {
			retiring = retire / yearly
		}
		return 1 - math.Pow(1-min(yearly, mostLeave), 0.25), retiring
	}
	annex := Table(in.Plan.Start).Annex21
	for _, l := range all {
		l.annex = annex
		for t := int(l.first); float64(t) < l.last; t++ {
			for _, c := range l.joining {
				if c.hired() == t {
					l.cohorts = append(l.cohorts, c)
				}
			}
			if x := l.trainees[t]; x > 0 {
				l.cohorts = append(l.cohorts, cohort{began: float64(t), heads: x})
			}
			if x := l.qualified[t]; x > 0 {
				l.cohorts = append(l.cohorts, cohort{began: float64(t), heads: x, trained: true, completed: float64(t - retained), promoted: float64(t)})
			}
			present, left, leftTrained := map[float64]float64{}, 0.0, 0.0
			visit := func(c cohort, until float64) {
				l.visit(c, t, until, w.Increments, func(now terms, h holding) {
					see.visit(h)
					present[now.from] += h.heads * h.part
				})
			}
			l.complete(t, at.complete, visit)
			for i := range l.cohorts {
				c := &l.cohorts[i]
				visit(*c, float64(t+1))
				if w.Turnover || c.until > 0 || t < in.over { // of whom it is known until when they stayed, nobody is expected to leave
					continue
				}
				share, retiring := leave(l, *c, t, l.at(float64(t)))
				gone := l.luck.of(c.heads, share, leaves, t)
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
				from, to := l.within(t)
				l.pieces(from, to, nil, func(from, to float64, now terms) {
					see.empty(t, now, max(l.heads*(to-from)-present[now.from], 0))
				})
			}
			fill := in.Plan.Fill
			if w.Gaps {
				fill = atOnce
			}
			if left > 0 {
				l.open(float64(t+1), left, l.trainees, l.luck.fill(fill, t+1))
			}
			if leftTrained > 0 {
				l.open(float64(t+1), leftTrained, l.qualified, l.luck.fill(fill, t+1))
			}
		}
	}
}

// within is the part of a quarter in which a line is funded.
func (l *line) within(t int) (from, to float64) {
	return max(l.first, float64(t)), min(l.last, float64(t+1))
}

// pieces splits what lies between two places where the terms of a line change, and at other places.
func (l *line) pieces(from, to float64, cuts []float64, each func(from, to float64, now terms)) {
	cuts = slices.Clone(cuts)
	for _, x := range l.terms {
		cuts = append(cuts, x.from)
	}
	slices.Sort(cuts)
	for _, cut := range append(cuts, to) {
		if cut = min(cut, to); cut > from+tiny {
			each(from, cut, l.at(from))
			from = cut
		}
	}
}

// tiny is less than a second of a quarter.
const tiny = 1e-8

// visit shows a cohort in a quarter, up to a place in it, in pieces in which nothing changes.
func (l *line) visit(c cohort, t int, until float64, pinned bool, see func(terms, holding)) {
	from, to := l.within(t)
	from, to = max(from, c.since()), min(to, until)
	if c.until > 0 {
		to = min(to, c.until)
	}
	cuts := []float64{c.promoted, float64(t) + c.began - math.Floor(c.began)} // of annex 21 a step is so long after they came
	l.pieces(from, to, cuts, func(a, b float64, now terms) {
		h := l.holding(c, t, a, now, pinned)
		h.part, h.ends, h.comes = b-a, b > float64(t+1)-tiny, c.hired() == t && a <= max(c.began, l.first)
		see(now, h)
	})
}

// atOnce fills a vacancy in the quarter in which it opens.
var atOnce = []float64{}

// complete moves those whose course is over in a quarter, having shown them as they were until that day.
func (l *line) complete(t int, at float64, visit func(cohort, float64)) {
	if l.dev == nil {
		return
	}
	var split []cohort
	for i := range l.cohorts {
		c := &l.cohorts[i]
		over := max(c.began+float64(l.dev.quarters()), l.first) // who was trained long ago is told apart when the plan begins
		if c.trained || c.stayed || over >= float64(t+1) {
			continue
		}
		if over > float64(t) {
			visit(*c, over)
		}
		done := *c
		done.trained, done.completed, done.promoted = true, over, over
		if l.dev.Pay == Promotion {
			done.promoted += float64(l.dev.Apply)
		}
		done.heads = l.luck.of(c.heads, l.dev.Complete.At(at), completes, t)
		c.stayed, c.completed, c.heads = true, over, c.heads-done.heads
		split = append(split, done)
	}
	l.cohorts = append(l.cohorts, split...)
}

// quarters is how many the course takes.
func (d Development) quarters() int { return (d.Months + 2) / 3 }

// holding is what a cohort is in a quarter from a place in it on. Its years are those at the beginning of the quarter, below 0 where they
// are of less than the quarter.
func (l *line) holding(c cohort, t int, from float64, now terms, pinned bool) holding {
	h := holding{line: l, t: t, heads: c.heads, role: now.role, band: now.band, wte: now.wte, salary: now.salary, hours: now.hours, came: t - c.hired()}
	if c.there {
		h.came = longAgo
	}
	began := max(float64(c.hired()), 0) // when the years in the band began to count
	h.years = c.years
	switch {
	case c.trained:
		h.role = l.dev.Role
		if from >= c.promoted {
			h.band, began, h.years = l.dev.Band, c.promoted, 0
		}
	case l.dev != nil && !c.stayed:
		h.course = true
		if l.dev.Pay == Annex21 {
			h.annex = l.annex.Percent(l.dev.Months - 3*int(math.Floor(from-c.began+tiny)))
		}
	}
	if !c.trained && now.banded > max(c.began, -1) { // who came before the plan was there when it began
		began, h.years = now.banded, 0
	}
	if !pinned {
		h.years += (float64(t) - began) / 4
	}
	return h
}

// at are the terms in a place.
func (l *line) at(t float64) terms {
	now := l.terms[0]
	for _, x := range l.terms[1:] {
		if x.from <= t {
			now = x
		}
	}
	return now
}
