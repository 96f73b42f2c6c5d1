// Package clock measures how long work waits, in working days of England, and says when a target will be
// missed. It is pure: time comes in as a parameter.
//
// Days are those of the calendar in London. The day of an event is day 0, so a wait from Monday to Tuesday is
// one working day, whatever the hours. Every wait is told twice: raw, and adjusted for the clock's pauses
// (returned to the referrer, evidence awaited, report with the person, person unavailable). A pause from one
// day to another takes out the working days after its first day, up to and including its last: a referral
// returned and answered on the same day takes out nothing. Pauses that overlap count once. A pause that has
// not ended runs until now.
package clock

import (
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Pause is one stop of the clock; a zero To means that it has not ended.
type Pause struct{ From, To time.Time }

// Wait is how long something took, in working days.
type Wait struct {
	Raw, Adjusted int
	Known         bool // bank holidays are known for all of it
}

// Midnight is the instant at which a day begins in London.
func Midnight(d civil.Date) time.Time { return locale.CivilDate(d.Year, d.Month, d.Day) }

// Measure gives the wait from start to end.
func Measure(cal *workday.Calendar, start, end time.Time, pauses []Pause) Wait {
	from, to := locale.Day(start), locale.Day(end)
	raw, known := cal.Between(from, to)
	return Wait{Raw: raw, Adjusted: raw - paused(cal, from, to, spans(pauses, end)), Known: known}
}

// Due gives the day by which a target in working days is kept: as many working days after start as the target
// has, not counting the pauses. While a pause is open the day moves on with now: it is the day that would hold
// if the clock ran again today.
func Due(cal *workday.Calendar, start time.Time, target int, pauses []Pause, now time.Time) (due civil.Date, known bool) {
	from := locale.Day(start)
	stopped := spans(pauses, now)
	due, _ = cal.Add(from, target)
	// Each pause inside the wait moves the end, which may bring another pause inside; the end only grows and
	// there are finitely many paused days, so this settles.
	for {
		next, ok := cal.Add(from, target+paused(cal, from, due, stopped))
		if next == due {
			return due, ok
		}
		due = next
	}
}

// Standing is where a piece of work stands against its target today.
type Standing struct {
	Due    civil.Date
	Left   int // working days until Due; negative when late
	Paused bool
	Known  bool
}

// Late says whether the target has been missed.
func (s Standing) Late() bool { return s.Left < 0 }

// Stand predicts the breach of a target.
func Stand(cal *workday.Calendar, start time.Time, target int, pauses []Pause, now time.Time) Standing {
	due, known := Due(cal, start, target, pauses, now)
	s := Standing{Due: due, Known: known}
	today := locale.Day(now)
	s.Left, _ = cal.Between(today, due)
	if s.Left == 0 && due.Before(today) {
		s.Left = -1 // a deadline that passed at the weekend is missed, although no working day has gone by
	}
	for _, p := range pauses {
		s.Paused = s.Paused || p.To.IsZero()
	}
	return s
}

type span struct{ from, to civil.Date }

// spans gives the pauses as days, in order, merged where they touch.
func spans(pauses []Pause, now time.Time) []span {
	out := make([]span, 0, len(pauses))
	for _, p := range pauses {
		if p.To.IsZero() || p.To.After(now) {
			p.To = now
		}
		if s := (span{locale.Day(p.From), locale.Day(p.To)}); s.from.Before(s.to) {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b span) int { return a.from.Compare(b.from) })
	merged := out[:0]
	for _, s := range out {
		if n := len(merged); n > 0 && !s.from.After(merged[n-1].to) {
			if s.to.After(merged[n-1].to) {
				merged[n-1].to = s.to
			}
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// paused counts the working days after from, up to and including to, on which the clock stood.
func paused(cal *workday.Calendar, from, to civil.Date, stopped []span) (days int) {
	for _, s := range stopped {
		if s.from.Before(from) {
			s.from = from
		}
		if s.to.After(to) {
			s.to = to
		}
		if s.from.Before(s.to) {
			n, _ := cal.Between(s.from, s.to)
			days += n
		}
	}
	return days
}
