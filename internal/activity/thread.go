package activity

import (
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// thread is what has to be remembered of one case while its events pass.
type thread struct {
	submitted, attended, signed   civil.Date // attended: not yet reported on; signed: not yet released
	released                      civil.Date // the first release: what was advised is known from then on
	triaged, offered, seen, total bool       // waits that end once only
	source, priority              string
	pauses                        []pause
	paused                        bool
	state                         string
	since                         time.Time
}

// pause is a time in which the clock stood still; an open one has no end.
type pause struct{ from, to civil.Date }

// note keeps what an event says of its case.
func (t *thread) note(e event) {
	if e.priority != "" {
		t.priority = e.priority
	}
	if t.source == "" && e.kind == ReferralSubmitted {
		t.source = e.source
	}
}

// side is the employer's only where that is certain: a case without a known beginning is kept from them.
func (t *thread) side() string { return sideOf(t.source) }

func sideOf(source string) string {
	if source == "management" || source == "hr" {
		return SideEmployer
	}
	return SideOwn
}

// adjustmentDone is the answer of an employer who made the adjustment; the others are reasons and promises.
const adjustmentDone = "done"

// follow measures what an event ends and begins.
func (r *roll) follow(e event, day, month civil.Date) {
	t := &r.thread
	once := func(done *bool, measure Measure) {
		if !*done && !t.submitted.IsZero() {
			*done = true
			r.wait(e, measure, t.submitted, day, month)
		}
	}
	switch e.kind {
	case ReferralSubmitted:
		if t.submitted.IsZero() {
			t.submitted = day
		}
	case ReferralTriaged:
		once(&t.triaged, WaitTriage)
	case AppointmentOffered, AppointmentBooked:
		once(&t.offered, WaitFirstOffer)
	case AppointmentHeld:
		once(&t.seen, WaitFirstSeen)
		t.attended = day
	case ReportSigned:
		if !t.attended.IsZero() {
			r.wait(e, WaitReport, t.attended, day, month)
		}
		t.attended, t.signed = civil.Date{}, day
	case ReportReleased:
		if !t.signed.IsZero() {
			r.wait(e, WaitRelease, t.signed, day, month)
		}
		t.signed = civil.Date{}
		if t.released.IsZero() {
			t.released = day
		}
		once(&t.total, WaitTotal)
	case AdjustmentAnswered:
		if e.outcome == adjustmentDone && !t.released.IsZero() {
			r.wait(e, WaitAdjustment, t.released, day, month)
		}
	case ClockPaused:
		if !t.paused {
			t.pauses = append(t.pauses, pause{from: day})
		}
	}
	if t.paused && resumes(e.kind) {
		t.pauses[len(t.pauses)-1].to = day
	}
	r.move(e, month)
}

// move adds up the hours in the state that the event ends.
func (r *roll) move(e event, month civil.Date) {
	t := &r.thread
	next, paused := t.state, t.paused
	if state, moves := enters[e.kind]; moves {
		next = state
	}
	switch {
	case e.kind == ReferralAmended && t.state == StateReturned:
		next = StateReceived
	case e.kind == ClockPaused:
		paused = true
	case resumes(e.kind):
		paused = false
	}
	before, after := where(t.state, t.paused), where(next, paused)
	t.state, t.paused = next, paused
	if before == after {
		return
	}
	if before != "" && e.at.After(t.since) { // a state passed through in one moment is no wait
		k := stateKey{e.organisation, month, t.side(), before}
		s := r.states[k]
		r.states[k] = stateSum{s.cases + 1, s.hours + e.at.Sub(t.since).Hours()}
	}
	t.since = e.at
}

// resumes: the end of a case ends its pause too.
func resumes(k Kind) bool {
	state, moves := enters[k]
	return k == ClockResumed || moves && state == ""
}

// where is the state that the time counts under.
func where(state string, paused bool) string {
	if paused && state != "" {
		return StatePaused
	}
	return state
}

// wait counts a wait under both clocks.
func (r *roll) wait(e event, measure Measure, from, to, month civil.Date) {
	priority := r.thread.priority
	if priority == "" {
		priority = NoPriority
	}
	raw := r.between(from, to)
	adjusted := raw
	for _, p := range r.thread.pauses {
		begin, end := p.from, p.to
		if end.IsZero() || end.After(to) {
			end = to
		}
		if begin.Before(from) {
			begin = from
		}
		if begin.Before(end) {
			adjusted -= r.between(begin, end)
		}
	}
	r.waits[waitKey{e.organisation, month, measure, Raw, r.thread.side(), priority, raw}]++
	r.waits[waitKey{e.organisation, month, measure, Adjusted, r.thread.side(), priority, adjusted}]++
}

// between is 0 at least: two events of one moment may be read in either order.
func (r *roll) between(from, to civil.Date) int {
	days, _ := r.calendar.Between(from, to)
	return max(days, 0)
}
