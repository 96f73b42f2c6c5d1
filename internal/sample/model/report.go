package model

import (
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/locale"
)

// reviewDays is the person's time to read, in working days (clinical.md 1.8, default).
const reviewDays = 5

// report draws how the report comes about, what the person says to it, and how the case ends.
func (q *queue) report(c *Case, attended time.Time) {
	draft := attended.Add(time.Duration(15+c.luck.IntN(60)) * time.Minute)
	c.add(Event{At: draft, Kind: Drafted, Version: 1, Visit: -1})
	signed := q.workAfter(c, draft, of(c.luck, []weighted[int]{{0, 50}, {1, 25}, {2, 15}, {3, 7}, {5, 3}}))
	c.Events = slices.DeleteFunc(c.Events, func(e Event) bool { return e.Kind == Chose && !e.At.Before(signed) })
	c.add(Event{At: signed, Kind: Signed, Version: 1, Visit: -1})
	answer := of(c.luck, []weighted[string]{{"given", 855}, {"refused", 40}, {"silent", 60}, {"correction_asked", 35}, {"withdrawn", 10}})
	read := signed.Add(2*time.Hour + c.luck.after(32*time.Hour))
	q.ask(c, signed.Add(24*time.Hour))
	switch way := c.way(); {
	case way.Code == "now":
		q.release(c, signed.Add(2*time.Minute), 1)
	case way.Code == "after_days" && answer != "refused":
		q.release(c, signed.Add(time.Duration(way.Days)*24*time.Hour+3*time.Minute), 1)
	case answer == "given":
		q.agree(c, read, 1)
	case answer == "correction_asked":
		q.correct(c, read)
	case answer == "silent":
		q.silent(c, signed)
	default:
		q.refuse(c, read, signed, answer)
	}
}

// way is what the person chose before the report was signed.
func (c *Case) way() Event {
	for _, e := range c.Events {
		if e.Kind == Chose {
			return e
		}
	}
	return Event{}
}

func (q *queue) agree(c *Case, at time.Time, version int) {
	if due := deadline(c.Last(Signed), q.days); at.After(due) {
		c.add(Event{At: due, Kind: NotReleased, Version: version, Visit: -1})
	}
	c.add(Event{At: at, Kind: Said, Code: "given", Version: version, Visit: -1})
	q.release(c, at.Add(time.Minute), version)
}

// correct makes a second version, to which the person agrees.
func (q *queue) correct(c *Case, at time.Time) {
	c.add(Event{At: at, Kind: Said, Code: "correction_asked", Version: 1, Visit: -1})
	draft := q.workAfter(c, at, 1)
	c.add(Event{At: draft, Kind: Drafted, Version: 2, Visit: -1})
	signed := q.workAfter(c, draft, c.luck.IntN(3))
	c.add(Event{At: signed, Kind: Signed, Version: 2, Visit: -1})
	q.agree(c, signed.Add(2*time.Hour+c.luck.after(24*time.Hour)), 2)
}

// silent is somebody who says nothing: the notice goes, and some weeks later a nurse asks by telephone.
func (q *queue) silent(c *Case, signed time.Time) {
	due := deadline(signed, q.days)
	c.add(Event{At: due, Kind: NotReleased, Version: 1, Visit: -1})
	call := q.workAfter(c, due, 12+c.luck.IntN(15))
	if c.luck.yes(0.6) {
		c.add(Event{At: call, Kind: Said, Code: "given", Role: Nurse, Version: 1, Visit: -1})
		q.release(c, call.Add(time.Minute), 1)
		return
	}
	c.add(Event{At: call, Kind: Said, Code: "refused", Role: Nurse, Version: 1, Visit: -1})
	q.close(c, call)
}

// refuse is somebody who does not agree, or agrees and takes it back within the minute: the notice comes when it
// would come anyway.
func (q *queue) refuse(c *Case, at, signed time.Time, answer string) {
	c.add(Event{At: at, Kind: Said, Code: "refused", Version: 1, Visit: -1})
	due := deadline(signed, q.days)
	if !due.After(at) {
		due = at.Add(time.Hour)
	}
	c.add(Event{At: due, Kind: NotReleased, Version: 1, Visit: -1})
	q.close(c, due)
}

// release is the report on its way: the manager reads it, says what became of each adjustment, and the case ends
// or comes back for a review.
func (q *queue) release(c *Case, at time.Time, version int) {
	c.add(Event{At: at, Kind: Released, Version: version, Visit: -1})
	read := q.workAfter(c, at, of(c.luck, []weighted[int]{{0, 40}, {1, 35}, {2, 15}, {4, 10}}))
	if c.luck.yes(0.93) {
		c.add(Event{At: read, Kind: Read, Version: version, Visit: -1})
		if c.luck.yes(0.8) {
			c.add(Event{At: q.workAfter(c, read, c.luck.IntN(9)), Kind: Adjusted, Version: version, Visit: -1})
		}
	}
	if c.Fitness != "FIT" && c.luck.yes(0.15) {
		day := q.days.number(at) + 12 + c.luck.IntN(20)
		if day < len(q.days.dates) {
			c.add(Event{At: q.days.at(day, 9*time.Hour), Kind: Review, Visit: -1})
		}
		c.next = turn{role: c.next.role, kind: "review", review: true}
		q.wait(c, day)
		return
	}
	q.close(c, at)
}

func (q *queue) close(c *Case, at time.Time) {
	c.add(Event{At: q.workAfter(c, at, 2+c.luck.IntN(12)), Kind: Closed, Code: c.ending(), Visit: -1})
}

// deadline is eight in the morning of the working day after the person's time to read.
func deadline(signed time.Time, d *days) time.Time {
	last, _ := d.cal.Add(locale.Day(signed), reviewDays+1)
	return onDay(last, 8*time.Hour)
}
