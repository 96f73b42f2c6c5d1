package model

import (
	"cmp"
	"time"
)

const (
	// Of appointments that are not cancelled, so many are missed: before and after reminders by text.
	missedBefore, missedAfter = 0.13, 0.075
	cancelled                 = 0.07
	// A second missed appointment mostly ends a case (clinical.md 1.7).
	endsAtSecond = 0.8
	refersOn     = 0.05
)

// take books a slot, and draws what will become of the appointment.
func (q *queue) take(c *Case, s *Slot, at time.Time, day, on int) {
	s.taken = true
	c.Visits = append(c.Visits, Visit{Slot: s, Kind: c.next.kind, BookedAt: at, ByPerson: c.luck.yes(0.4)})
	a := appointment{c, len(c.Visits) - 1}
	c.add(Event{At: at, Kind: Booked, Role: c.next.role, Visit: a.visit})
	q.ahead[c.next.role]++
	if c.luck.yes(cancelled) && on-day > 2 {
		n := day + 1 + c.luck.IntN(on-day-1)
		q.freed[n] = append(q.freed[n], a)
		return
	}
	q.visits[on] = append(q.visits[on], a)
}

// cancel frees a slot; the case waits again from the next day.
func (q *queue) cancel(a appointment, day int) {
	c := a.c
	c.Visits[a.visit].Slot.taken = false
	q.ahead[c.next.role]--
	code := of(c.luck, []weighted[string]{{"CANC-EMP", 70}, {"UNWELL", 15}, {"CANC-OH", 15}})
	c.add(Event{At: q.later(c, day), Kind: Cancelled, Code: code, Visit: a.visit})
	q.wait(c, day+1)
}

// hold is the appointment itself.
func (q *queue) hold(a appointment, day int) {
	c, v := a.c, a.c.Visits[a.visit]
	q.ahead[c.next.role]--
	rate := cmp.Or(q.plan.Missed, missedBefore)
	if day >= q.start {
		rate = missedAfter
	}
	if c.luck.yes(rate) {
		q.miss(a, v.Slot.StartsAt.Add(20*time.Minute), day)
		return
	}
	end := v.Slot.StartsAt.Add(time.Duration(v.Slot.Minutes) * time.Minute)
	c.add(Event{At: end, Kind: Attended, Role: c.next.role, Visit: a.visit})
	q.after(c, end, day)
}

func (q *queue) miss(a appointment, at time.Time, day int) {
	c := a.c
	c.add(Event{At: at, Kind: Missed, Code: "DNA", Visit: a.visit})
	c.missed++
	if c.missed >= 2 && c.luck.yes(endsAtSecond) || c.next.review {
		c.add(Event{At: q.workAfter(c, at, 1+c.luck.IntN(4)), Kind: Closed, Code: "NOT_ASSESSED", Visit: -1})
		return
	}
	q.wait(c, day+1)
}

// after is what follows an appointment: a colleague, a report, or the end.
func (q *queue) after(c *Case, at time.Time, day int) {
	switch {
	case c.next.review:
		c.add(Event{At: q.workAfter(c, at, c.luck.IntN(4)), Kind: Closed, Code: c.ending(), Visit: -1})
		return
	case !c.next.step && c.next.role == Nurse && c.luck.yes(refersOn):
		q.referOn(c, at, day)
		return
	case c.next.step:
		at = at.Add(5 * time.Minute)
		c.add(Event{At: at, Kind: StepDone, Role: c.next.role, Visit: -1})
	}
	if c.Source == Self {
		q.ask(c, at)
		c.add(Event{At: q.workAfter(c, at, 1+c.luck.IntN(8)), Kind: Closed, Code: "ADVICE_COMPLETE", Visit: -1})
		return
	}
	q.report(c, at)
}

// referOn asks a colleague of another profession, inside the case.
func (q *queue) referOn(c *Case, at time.Time, day int) {
	role := of(c.luck, []weighted[string]{{Physician, 60}, {Counsellor, 22}, {Physio, 18}})
	c.add(Event{At: at.Add(25 * time.Minute), Kind: ReferredOn, Role: role, Visit: -1})
	c.add(Event{At: q.workAfter(c, at, 1), Kind: StepTaken, Role: role, Visit: -1})
	c.next = turn{role: role, kind: "new", step: true}
	q.wait(c, day+2)
}

// ask draws whether the person answers the questions about how it was.
func (q *queue) ask(c *Case, at time.Time) {
	if c.luck.yes(0.36) {
		c.happened(Feedback, at.Add(20*time.Hour+c.luck.after(60*time.Hour)))
	}
}

// ending is the closing reason that goes with the opinion.
func (c *Case) ending() string {
	switch c.Fitness {
	case "FIT":
		return "FULL_DUTY"
	case "FIT_ADJ_TEMP", "FIT_ADJ_PERM":
		return "WITH_ADJUSTMENTS"
	case "UNFIT_PERM_ROLE":
		return of(c.luck, []weighted[string]{{"REDEPLOYED", 60}, {"IHR", 25}, {"RESIGNED", 15}})
	}
	return "ADVICE_COMPLETE"
}
