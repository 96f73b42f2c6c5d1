package model

import (
	"cmp"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

const (
	// The lead acts when the work in hand is more, or less, than so many weeks of a profession's slots.
	// A quarter of a week above longList every on-demand clinic opens, before that the first one.
	longList  = 2.1
	shortList = 1.2
	// clearingDays is how long the initiative keeps all on-demand clinics open to work off the old list: six weeks.
	clearingDays = 30
	// reached is the chance of agreeing a time with somebody on a given day.
	reached = 0.55
	// leave is the share of sessions that do not take place because the clinician is away.
	leave = 0.05
	// gaveUp is the chance in a day that a referrer withdraws while the person waits for a time.
	gaveUp = 0.0015
	// keptFree is how many working days before its day the last slot of a session goes to anybody.
	keptFree = 2
)

// Notice of an appointment in working days, and the target of a first one, by priority.
var (
	notice = map[string]int{"P0": 0, "P1": 1, "P2": 3, "P3": 3}
	target = map[string]int{"P0": 0, "P1": 5, "P2": 10, "P3": 20}
)

// queue is one run.
type queue struct {
	plan     Plan
	days     *days
	today    int // number of the first day that is not history
	start    int // number of the initiative's first day
	cases    []*Case
	arrivals [][]civil.Date
	ready    [][]*Case            // who begins to wait on a day
	visits   [][]appointment      // on a day
	freed    [][]appointment      // cancelled on a day
	waiting  map[string][]*Case   // by profession
	open     map[string][][]*Slot // by profession, then day
	ahead    map[string]int       // booked and not yet held
	called   map[int]int          // on-demand clinic -> the last day it was opened on
	skip     map[string]bool      // the next session of the profession goes to other work
	rota     chance
}

type appointment struct {
	c     *Case
	visit int
}

// History is what a run leaves: the cases in order of arrival, and every slot that was offered since it began.
type History struct {
	Cases []*Case
	Slots []*Slot
}

// Run makes the cases of a plan, with all that happened before the cutoff.
func Run(p Plan) History {
	today := locale.Day(p.Now)
	d := newDays(p.Begin().AddDays(-warmUp), today.AddDays(2*horizon), today)
	n := len(d.dates)
	q := &queue{plan: p, days: d, today: d.number(p.Now), start: n, arrivals: make([][]civil.Date, n), ready: make([][]*Case, n),
		visits: make([][]appointment, n), freed: make([][]appointment, n), waiting: map[string][]*Case{}, open: map[string][][]*Slot{},
		ahead: map[string]int{}, called: map[int]int{}, skip: map[string]bool{}, rota: newChance(p.Seed, ofRota)}
	if p.Initiative {
		q.start = d.number(midnight(p.InitiativeBegin()))
	}
	for _, r := range roles {
		q.open[r] = make([][]*Slot, n)
	}
	q.arrive()
	for day := range min(horizon, n) {
		q.openDay(day)
	}
	for day := range q.today {
		q.work(day)
	}
	return q.history()
}

// work is one working day of the service.
func (q *queue) work(day int) {
	if next := day + horizon; next < len(q.days.dates) {
		q.openDay(next)
	}
	if q.days.dates[day].Weekday() == time.Monday {
		q.regulate(day)
	}
	for _, d := range q.arrivals[day] {
		q.newCase(d)
	}
	for _, a := range q.freed[day] {
		q.cancel(a, day)
	}
	for _, a := range q.visits[day] {
		q.hold(a, day)
	}
	for _, c := range q.ready[day] {
		c.waitsSince = day
		q.waiting[c.next.role] = append(q.waiting[c.next.role], c)
	}
	for _, r := range roles {
		q.book(r, day)
	}
}

// openDay makes the slots of a day.
func (q *queue) openDay(day int) {
	date := q.days.dates[day]
	for i, c := range q.plan.Clinics {
		if day == q.days.duty {
			if c.When == Always {
				q.session(i, day)
			}
			continue
		}
		away := q.rota.yes(leave) // drawn for every clinic and day: the twins must not drift apart
		held := c.Weekday == date.Weekday() && !away
		switch c.When {
		case FromInitiative:
			held = held && day >= q.start
		case OnDemand:
			held = false // call opens these
		case Always:
			if held && q.skip[c.Role] {
				q.skip[c.Role], held = false, false
			}
		}
		if held {
			q.session(i, day)
		}
	}
}

func (q *queue) session(clinic, day int) {
	c := q.plan.Clinics[clinic]
	for n := range c.Slots {
		at := q.days.at(day, c.From+time.Duration(n*c.Minutes)*time.Minute)
		q.open[c.Role][day] = append(q.open[c.Role][day], &Slot{Clinic: clinic, Number: n, Day: q.days.at(day, 0), StartsAt: at, Minutes: c.Minutes})
	}
}

// regulate compares the work in hand with a week's slots and decides on the clinics of the weeks to come.
func (q *queue) regulate(day int) {
	for _, r := range roles {
		weekly := 0
		for _, c := range q.plan.Clinics {
			if c.Role == r && (c.When == Always || c.When == FromInitiative && day >= q.start) {
				weekly += c.Slots
			}
		}
		weeks := float64(len(q.waiting[r])+q.ahead[r]) / float64(max(weekly, 1))
		clearing := day >= q.start && day < q.start+clearingDays
		switch {
		case weeks > longList || clearing && weeks > shortList+0.5:
			for i, c := range q.plan.Clinics {
				if c.Role == r && c.When == OnDemand {
					q.call(i, day)
					if weeks < longList+0.25 && !clearing {
						break
					}
				}
			}
		case weeks < shortList:
			q.skip[r] = true
		}
	}
}

// call opens an on-demand clinic in the week after next; those further ahead wait for the next look.
func (q *queue) call(clinic, day int) {
	for n := day + 5; n < min(day+10, len(q.days.dates)); n++ {
		c := q.plan.Clinics[clinic]
		if q.days.dates[n].Weekday() == c.Weekday && q.called[clinic] < n && n != q.days.duty {
			q.called[clinic] = n
			q.session(clinic, n)
			return
		}
	}
}

// book gives times to those who wait for a profession, by the day their target is missed: urgent ones have days,
// a review has weeks, and nobody is overtaken for ever.
func (q *queue) book(role string, day int) {
	list := q.waiting[role]
	slices.SortStableFunc(list, func(a, b *Case) int {
		return cmp.Compare(a.waitsSince+target[a.Priority], b.waitsSince+target[b.Priority])
	})
	left := list[:0]
	for _, c := range list {
		if c.Source != Self && c.next.kind == "new" && c.luck.yes(gaveUp) {
			c.happened(Withdrawn, q.later(c, day))
			continue
		}
		if c.Priority != "P0" && !c.luck.yes(reached) {
			left = append(left, c)
			continue
		}
		at := q.later(c, day)
		slot, on := q.free(role, c, day, at)
		if slot == nil {
			left = append(left, c)
			continue
		}
		q.take(c, slot, at, day, on)
	}
	q.waiting[role] = left
}

// free finds the earliest slot. The last one of a session waits for somebody urgent until it nears.
func (q *queue) free(role string, c *Case, day int, at time.Time) (*Slot, int) {
	for n := day + notice[c.Priority]; n < min(day+horizon, len(q.days.dates)); n++ {
		list := q.open[role][n]
		for _, s := range list {
			kept := c.Priority > "P1" && n > day+keptFree && s.Number == q.plan.Clinics[s.Clinic].Slots-1 && s.Number > 0
			if !s.taken && !kept && s.StartsAt.After(at) {
				return s, n
			}
		}
	}
	return nil, 0
}

// later is a time on this working day after everything that has happened to the case.
func (q *queue) later(c *Case, day int) time.Time {
	at := q.days.at(day, c.luck.office())
	if last := c.Events[len(c.Events)-1].At; !at.After(last) {
		at = last.Add(time.Duration(5+c.luck.IntN(20)) * time.Minute)
	}
	return at
}

// history drops what is not history yet, and the cases that were over before history begins.
func (q *queue) history() History {
	cutoff, begin := q.plan.Cutoff(), midnight(q.plan.Begin())
	var out History
	used := map[*Slot]bool{}
	keep := map[*Case]bool{}
	for _, c := range slices.Backward(q.cases) {
		slices.SortStableFunc(c.Events, func(a, b Event) int { return a.At.Compare(b.At) })
		if i := slices.IndexFunc(c.Events, func(e Event) bool { return !e.At.Before(cutoff) }); i >= 0 {
			c.Events = c.Events[:i]
		}
		// Cases that were seen after the beginning count in its first months, so they belong to history however
		// early they came; all others from then on do too, and what they were merged into.
		if len(c.Events) > 0 && (keep[c] || !c.Events[0].At.Before(begin) || c.First(Attended).After(begin)) {
			keep[c] = true
			if !c.Last(Merged).IsZero() {
				keep[c.Into] = true
			}
		}
	}
	for _, c := range q.cases {
		if keep[c] {
			out.Cases = append(out.Cases, c)
			for _, v := range c.Visits {
				used[v.Slot] = true
			}
		}
	}
	for _, r := range roles {
		for _, list := range q.open[r] {
			for _, s := range list {
				if used[s] || !s.StartsAt.Before(begin) {
					out.Slots = append(out.Slots, s)
				}
			}
		}
	}
	return out
}
