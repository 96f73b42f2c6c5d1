package demand

import (
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

// Follower makes a history of cases that come one after another, the events of each in order of time.
type Follower struct {
	History  *History
	Calendar *workday.Calendar
	Until    civil.Date // the last day that is known
	this     followed
}

// followed is what has to be remembered of one case.
type followed struct {
	referred, held, last civil.Date
	listed, missed       bool
	waited               int    // working days, to the first appointment
	unsaid               bool   // who it was with
	role                 string // of whom has the case: who saw it last; "" for nobody
}

// forgotten is after how many days without any event somebody on the list is taken to have left it: many systems never
// note that a referral ended.
const forgotten = 400

// Begin forgets the case before; after the last case it closes that too.
func (f *Follower) Begin() {
	if t := &f.this; t.listed && t.last.AddDays(forgotten).Before(f.Until) {
		f.leave(t.last)
	}
	if f.this.last.AddDays(forgotten).Before(f.Until) {
		f.lose(f.this.last)
		f.hold("", f.this.last)
	}
	f.this = followed{}
}

// Referred is the beginning of a case.
func (f *Follower) Referred(d civil.Date, kind string) {
	if t := &f.this; t.referred.IsZero() && t.held.IsZero() && kind != "" {
		t.referred, t.listed = d, true
		Count(f.History.Referrals, kind, d)
	}
	f.this.last = d
}

// Held is an appointment that the person attended.
func (f *Follower) Held(d civil.Date, priority string) {
	t, h := &f.this, f.History
	h.Attended.Add(d, 1)
	if t.missed {
		t.missed = false
		h.CameBack.Add(d, 1)
	}
	switch {
	case t.listed:
		t.listed = false
		h.Seen.Add(d, 1)
		days, _ := f.Calendar.Between(t.referred, d)
		t.waited, t.unsaid = max(days, 0), true
		h.Waited(d, t.waited)
		if priority != "" {
			Count(h.Priority, priority, d)
		}
	case !t.held.IsZero():
		h.Follow.Add(d, 1)
		h.FollowDays.Add(d, max(d.DaysSince(t.held), 0))
	}
	t.held, t.last = d, d
}

// Contact is one that was written up, with the minutes that it took if somebody says. Where no appointment of the case was
// noted as attended, it stands for one.
func (f *Follower) Contact(d civil.Date, role, priority string, minutes int) {
	if role != "" {
		Count(f.History.Roles, role, d)
		f.hold(role, d)
		f.this.last = d
		if minutes > 0 {
			f.History.Took(d, role, minutes)
		}
	}
	if f.this.held.IsZero() {
		f.Held(d, priority)
	}
	if t := &f.this; t.unsaid && role != "" {
		t.unsaid = false
		f.History.SeenBy(d, role, t.waited)
	}
}

// Missed is an appointment to which the person did not come.
func (f *Follower) Missed(d civil.Date) {
	f.History.Missed.Add(d, 1)
	if f.this.missed {
		f.History.CameBack.Add(d, 1)
	}
	f.this.missed, f.this.last = true, d
}

// Ended is the end of a case, by whatever reason.
func (f *Follower) Ended(d civil.Date) {
	if f.this.listed {
		f.leave(d)
	}
	f.lose(d)
	f.hold("", d)
}

// hold gives the case to a role; to none when it is over.
func (f *Follower) hold(role string, d civil.Date) {
	t := &f.this
	if t.role == role {
		return
	}
	if t.role != "" {
		count(f.History.Held, t.role, d, -1)
	}
	if role != "" {
		count(f.History.Held, role, d, 1)
	}
	t.role = role
}

func (f *Follower) leave(d civil.Date) {
	t := &f.this
	t.listed = false
	f.History.GaveUp.Add(d, 1)
	if t.missed {
		f.History.Dropped.Add(d, 1)
		return
	}
	f.History.GaveUpDays.Add(d, max(d.DaysSince(t.referred), 0))
}

// lose is the end of a case of which the last appointment was missed.
func (f *Follower) lose(d civil.Date) {
	if t := &f.this; t.missed {
		t.missed = false
		f.History.Lost.Add(d, 1)
	}
}
