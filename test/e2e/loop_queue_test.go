package e2e

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// How the service of the story works, before and after alike. What becomes of its list comes of the hours of those who are in post, and
// is written nowhere.
//
// It is invented, and obeys what the simulation assumes too: that hours give appointments, and that a service with a long list finds
// more of them and one with a short list has other things to do. So the walk shows that the product carries a plan through to an honest
// judgement, not that services are like that. A real one knows neither its demand to so few decimals nor stays otherwise as it was.
const (
	seedOfStory = 6
	weeksListed = 3.2  // weeks of work on the list when it begins, which the service thinks usual
	booked      = 0.55 // share of the hours with patients that appointments take: the others are calls and reports
	length      = 60.0 // minutes of an appointment
	returns     = 1.5  // appointments after the first
	returnsIn   = 20   // working days from one to the next
	pulls       = 0.2  // appointments a day more for each person on the list above what is usual, and fewer for each below: one a week
	stretches   = 0.25 // of its appointments, by which a list makes them more or fewer at most
	soonest     = 3    // days before which nobody is seen
	sooner      = 0.3  // share of first appointments that somebody takes who can come at short notice
	settles     = 26 * 7
)

const nurses = "oh_nurse"

var professions = []string{nurses, "oh_physician"}

// event is a row of the ledger.
type event struct {
	kind  activity.Kind
	codes activity.Codes
	at    time.Time
	id    uuid.UUID
}

// waits is somebody on a list.
type waits struct {
	from civil.Date
	id   uuid.UUID
}

// list is that of a profession.
type list struct {
	role        string
	comes       float64 // referrals a working day
	usual       float64 // people on it
	on          []waits
	due         map[int][]uuid.UUID // further appointments, by working day
	carried     float64
	come, order *rand.Rand
}

// queue is the service from day to day. Who comes, who is away and who can come at short notice are streams of their own, so that two
// services differ by who works there and by nothing else.
type queue struct {
	next     civil.Date // to be played
	day      int        // working days since the beginning
	calendar *workday.Calendar
	lists    []*list
	there    []*rand.Rand // by seat
	out      []event
}

// mostSeats is more than the team of the story ever has.
const mostSeats = 50

// newQueue is a service in balance with its team: as many come as it can see. It has worked so for half a year on a day.
func newQueue(seed uint64, on civil.Date, team []seat) *queue {
	begin := on.AddDays(-settles)
	q := &queue{next: begin, calendar: workday.England()}
	for i := range mostSeats {
		q.there = append(q.there, rand.New(rand.NewPCG(seed, uint64(100+i))))
	}
	for i, role := range professions {
		minutes := 0.0
		for _, s := range team {
			if s.role == role {
				minutes += s.gives(begin) * (1 - s.away)
			}
		}
		l := &list{role: role, comes: minutes * booked / length / (1 + returns), due: map[int][]uuid.UUID{}, come: rand.New(rand.NewPCG(seed, uint64(10+i))), order: rand.New(rand.NewPCG(seed, uint64(20+i)))}
		l.usual = l.comes * 5 * weeksListed
		for n := range int(l.usual) { // who waits already came over the weeks before
			q.refer(l, begin.AddDays(-int(math.Round((l.usual-float64(n))/l.comes*7/5))))
		}
		for day := range returnsIn { // and who was seen then comes again
			l.due[day] = make([]uuid.UUID, poisson(l.order, l.comes*returns))
		}
		q.lists = append(q.lists, l)
	}
	// The ledger begins on that day, with who is on a list. Who was seen before it comes again, and is not written down.
	before, listed := q.play(team, on), map[uuid.UUID]bool{}
	for _, l := range q.lists {
		for _, x := range l.on {
			listed[x.id] = true
		}
		for _, ids := range l.due {
			clear(ids)
		}
	}
	q.out = slices.DeleteFunc(before, func(e event) bool { return !listed[e.id] })
	return q
}

func (q *queue) add(kind activity.Kind, d civil.Date, hour int, id uuid.UUID, codes activity.Codes) {
	codes.Source, codes.StaffGroup = "management", "Nursing and Midwifery Registered"
	q.out = append(q.out, event{kind, codes, locale.CivilDate(d.Year, d.Month, d.Day).Add(time.Duration(hour) * time.Hour), id})
}

func (q *queue) refer(l *list, d civil.Date) {
	id, outcome := uuid.New(), "ACCEPT-OHP"
	if l.role == nurses {
		outcome = "ACCEPT-OHN"
	}
	q.add(activity.ReferralSubmitted, d, 9, id, activity.Codes{Reason: "LTS"})
	q.add(activity.ReferralTriaged, d, 10, id, activity.Codes{Priority: "P2", Outcome: outcome})
	q.add(activity.ReferralAccepted, d, 11, id, activity.Codes{Priority: "P2"})
	l.on = append(l.on, waits{d, id})
}

// play goes on to a day with a team, and gives what happened.
func (q *queue) play(team []seat, until civil.Date) []event {
	for ; q.next.Before(until); q.next = q.next.AddDays(1) {
		if q.calendar.IsWorking(q.next) {
			q.work(team, q.next)
			q.day++
		}
	}
	out := q.out
	q.out = nil
	slices.SortStableFunc(out, func(a, b event) int { return a.at.Compare(b.at) })
	return out
}

// work is a day: who is there gives appointments to who waits.
func (q *queue) work(team []seat, d civil.Date) {
	minutes := map[string]float64{}
	for i, s := range team {
		if here := q.there[i].Float64() >= s.away; here {
			minutes[s.role] += s.gives(d)
		}
		if !d.Before(s.came) {
			minutes[nurses] += s.lends
		}
	}
	for _, l := range q.lists {
		for range poisson(l.come, l.comes) {
			q.refer(l, d)
		}
		most := stretches * l.comes * (1 + returns)
		l.carried += minutes[l.role]*booked/length + min(max(pulls*(float64(len(l.on))-l.usual), -most), most)
		slots := max(int(l.carried), 0)
		l.carried -= float64(slots)
		q.hold(l, d, slots)
	}
}

// hold gives the appointments of a day: first to who comes again, then to the list.
func (q *queue) hold(l *list, d civil.Date, slots int) {
	due := l.due[q.day]
	delete(l.due, q.day)
	for ; slots > 0 && len(due) > 0; slots, due = slots-1, due[1:] {
		q.see(l, d, due[0])
	}
	l.due[q.day+1] = append(l.due[q.day+1], due...)
	for ; slots > 0 && len(l.on) > 0 && d.DaysSince(l.on[0].from) >= soonest; slots-- {
		i := 0
		if k := l.order.IntN(len(l.on)); l.order.Float64() < sooner && d.DaysSince(l.on[k].from) >= soonest {
			i = k
		}
		x := l.on[i]
		l.on = slices.Delete(l.on, i, i+1)
		q.add(activity.AppointmentBooked, d.AddDays(-3), 12, x.id, activity.Codes{})
		q.see(l, d, x.id)
	}
}

// see is an appointment; another follows, or the case closes. That of a case from before the ledger is not written down.
func (q *queue) see(l *list, d civil.Date, id uuid.UUID) {
	again := l.order.Float64() < returns/(1+returns)
	if again {
		l.due[q.day+returnsIn] = append(l.due[q.day+returnsIn], id)
	}
	if id == uuid.Nil {
		return
	}
	q.add(activity.AppointmentHeld, d, 12, id, activity.Codes{})
	q.add(activity.ContactRecorded, d, 13, id, activity.Codes{Class: "diagnostic", Outcome: l.role})
	if !again {
		q.add(activity.CaseClosed, d, 16, id, activity.Codes{Outcome: "done"})
	}
}

// poisson draws by multiplying uniform numbers (Knuth).
func poisson(rng *rand.Rand, mean float64) (n int) {
	for p := rng.Float64(); p > math.Exp(-mean); p *= rng.Float64() {
		n++
	}
	return n
}

// TestQueue: while nobody starts the list stays about as long; it is the same day for day in two services until somebody starts in one;
// then it gets shorter by the hours of who started, and only for their profession.
func TestQueue(t *testing.T) {
	day := civil.MustParse
	nurse, physician := seat{role: nurses, minutes: 306, away: 0.18}, seat{role: "oh_physician", minutes: 234, away: 0.18}
	team := []seat{nurse, nurse, nurse, nurse, nurse, nurse, physician, physician}
	newcomer := nurse
	newcomer.came, newcomer.begins, newcomer.ramp = day("2026-03-02"), 0.5, 180
	idle := newcomer
	idle.minutes = 0
	days := []string{"2025-12-01", "2026-03-02", "2026-09-01"}
	const seeds = 6
	waiting := map[string][][]float64{}
	for name, more := range map[string][]seat{"nobody": nil, "idle": {idle}, "one": {newcomer}, "two": {newcomer, newcomer}} {
		waiting[name] = [][]float64{make([]float64, len(days)), make([]float64, len(days))}
		for seed := range uint64(seeds) {
			q := newQueue(seed, day("2025-09-01"), team)
			for i, d := range days {
				q.play(append(slices.Clone(team), more...), day(d))
				for k, l := range q.lists {
					waiting[name][k][i] += float64(len(l.on)) / seeds / l.usual
				}
			}
		}
	}
	last := len(days) - 1
	for name, w := range waiting {
		for i := range days {
			if i < last && (w[0][i] != waiting["nobody"][0][i] || w[0][i] < 0.75 || w[0][i] > 1.25) {
				t.Errorf("%s: by %s the list is %.2f of what is usual", name, days[i], w[0][i])
			}
		}
		if w[1][last] != waiting["nobody"][1][last] {
			t.Errorf("%s: nurses who start move the list of physicians", name)
		}
	}
	if got := func(name string) float64 { return waiting[name][0][last] }; got("idle") != got("nobody") || !(got("two") < got("one")-0.1 && got("one") < got("nobody")-0.05) {
		t.Errorf("lists at the end: nobody %.2f, idle %.2f, one %.2f, two %.2f", got("nobody"), got("idle"), got("one"), got("two"))
	}
}
