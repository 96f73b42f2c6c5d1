package model

import "time"

// intake is what happens before somebody waits for a time: the office checks, a clinician triages.
func (q *queue) intake(c *Case) {
	t := c.Events[0].At
	if c.Priority == "P0" {
		t = t.Add(time.Duration(10+c.luck.IntN(30)) * time.Minute)
		c.happened(Checked, t)
		q.accept(c, t.Add(time.Duration(5+c.luck.IntN(20))*time.Minute))
		return
	}
	t = q.workAfter(c, t, of(c.luck, []weighted[int]{{0, 35}, {1, 60}, {2, 5}}))
	if c.Source != Self && c.luck.yes(0.08) {
		c.add(Event{At: t, Kind: Returned, Code: "RETURN-INFO", Visit: -1})
		if c.luck.yes(0.05) { // nobody answers: after a month the referrer gives up
			c.happened(Withdrawn, q.workAfter(c, t, 21))
			return
		}
		t = q.workAfter(c, t, 1+c.luck.IntN(8))
		c.happened(Answered, t)
		t = q.workAfter(c, t, c.luck.IntN(2))
	}
	c.happened(Checked, t)
	wait := of(c.luck, []weighted[int]{{0, 15}, {1, 45}, {2, 28}, {3, 12}})
	if c.Priority == "P1" {
		wait = 0
	}
	q.triage(c, q.workAfter(c, t, wait))
}

func (q *queue) triage(c *Case, t time.Time) {
	if c.Source == Self {
		q.accept(c, t)
		return
	}
	merges, declines := c.luck.yes(0.018), c.luck.yes(0.035)
	if into := q.openCase(c); merges && into != nil {
		c.Into = into
		c.happened(Merged, t)
		return
	}
	if declines {
		c.add(Event{At: t, Kind: Declined, Code: of(c.luck, []weighted[string]{{"REJECT-NOT-OH", 70}, {"REDIRECT-SELF", 30}}), Visit: -1})
		return
	}
	q.accept(c, t)
}

// openCase finds a case that waits for a time: the person of the new one has it already.
func (q *queue) openCase(c *Case) *Case {
	list := q.waiting[Nurse]
	if len(list) == 0 {
		return nil
	}
	into := list[c.luck.IntN(len(list))]
	if into.Source == Self {
		return nil
	}
	return into
}

// accept sends a case to the queue, and has the person say how their report may go, if they say it early.
func (q *queue) accept(c *Case, t time.Time) {
	c.add(Event{At: t, Kind: Accepted, Role: c.Pathway, Visit: -1})
	if c.Source != Self {
		chosen := Event{At: t.Add(time.Hour + c.luck.after(40*time.Hour)), Kind: Chose, Visit: -1}
		chosen.Code = of(c.luck, []weighted[string]{{"", 47}, {"after_read", 25}, {"now", 20}, {"after_days", 8}})
		if chosen.Code == "after_days" {
			chosen.Days = 3 + c.luck.IntN(3)
		}
		if chosen.Code != "" {
			c.add(chosen)
		}
	}
	c.next = turn{role: c.Pathway, kind: "new"}
	wait := 1
	if c.Priority == "P0" {
		wait = 0
	}
	q.wait(c, q.days.number(t)+wait)
}

func (q *queue) wait(c *Case, day int) {
	if day < len(q.ready) {
		q.ready[day] = append(q.ready[day], c)
	}
}

// workAfter is a time on the n-th working day after t, and after t.
func (q *queue) workAfter(c *Case, t time.Time, n int) time.Time {
	at := q.days.at(q.days.number(t)+n, c.luck.office())
	if !at.After(t) {
		at = t.Add(time.Duration(10+c.luck.IntN(50)) * time.Minute)
	}
	return at
}
