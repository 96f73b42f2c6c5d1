// Package due says how a thing stands that somebody promised for a day: a milestone, a commitment, an action. It is a value and a rule;
// what was promised is kept by whoever asks.
package due

import (
	"cmp"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// State is how a promise stands.
type State string

// The states.
const (
	Done    State = "done"
	Late    State = "late"    // done, after its day
	Overdue State = "overdue" // not done, and its day is over
	Soon    State = "soon"    // due within 30 days
	Ahead   State = "ahead"
)

// soon is how many days before its day a promise is marked.
const soon = 30

// Promise is when a thing is due, and when it was done; the zero day for not yet.
type Promise struct{ Due, Done civil.Date }

// State says how it stands on a day.
func (p Promise) State(today civil.Date) State {
	switch {
	case !p.Done.IsZero() && p.Done.After(p.Due):
		return Late
	case !p.Done.IsZero():
		return Done
	case p.Due.Before(today):
		return Overdue
	case !p.Due.After(today.AddDays(soon)):
		return Soon
	}
	return Ahead
}

// Open says that it is still to be done.
func (p Promise) Open() bool { return p.Done.IsZero() }

// Days is how many days it is late: of what is done by its day, of what is not by today; 0 for none.
func (p Promise) Days(today civil.Date) int {
	until := p.Done
	if p.Open() {
		until = today
	}
	return max(0, until.DaysSince(p.Due))
}

// Compare puts what is open first, the longest overdue on top, then what is done, the newest on top.
func (p Promise) Compare(q Promise) int {
	switch {
	case p.Open() && q.Open():
		return p.Due.Compare(q.Due)
	case p.Open() || q.Open():
		return cmp.Compare(rank(p.Open()), rank(q.Open()))
	}
	return q.Done.Compare(p.Done)
}

func rank(open bool) int {
	if open {
		return 0
	}
	return 1
}

// Tally is how many of some promises stand how.
type Tally struct{ Done, Late, Overdue, Open, Of int }

// Count counts promises on a day. Late are done too, and overdue ones open too.
func Count(all []Promise, today civil.Date) (t Tally) {
	for _, p := range all {
		t.Of++
		switch p.State(today) {
		case Done:
			t.Done++
		case Late:
			t.Done, t.Late = t.Done+1, t.Late+1
		case Overdue:
			t.Overdue, t.Open = t.Overdue+1, t.Open+1
		default:
			t.Open++
		}
	}
	return t
}
