package activity

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// thread is what has to be remembered of one case while its events pass.
type thread struct {
	submitted, attended, signed   civil.Date // attended: not yet reported on; signed: not yet released
	released                      civil.Date // the first release: what was advised is known from then on
	accepted                      civil.Date // the first time
	missed                        civil.Date // the last appointment to which the person did not come
	triaged, offered, seen, total bool       // waits that end once only
	contacted, waited             bool       // of the first contact, and from acceptance
	decided, reported             bool       // at triage; the first report is signed
	stopped                       bool       // the case ended, or nothing more is known of it
	organisation                  uuid.UUID
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
	t.organisation = e.organisation
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
	since := func(done *bool, measure Measure, from civil.Date) {
		if !*done && !from.IsZero() {
			*done = true
			r.wait(e, measure, from, day, month)
		}
	}
	once := func(done *bool, measure Measure) { since(done, measure, t.submitted) }
	switch e.kind {
	case ReferralSubmitted:
		if t.submitted.IsZero() {
			t.submitted = day
		}
	case ReferralTriaged:
		once(&t.triaged, WaitTriage)
	case AppointmentOffered, AppointmentBooked:
		once(&t.offered, WaitFirstOffer)
	case ReferralAccepted:
		t.decided = true
		if t.accepted.IsZero() {
			t.accepted = day
		}
	case ReferralDeclined:
		t.decided = true
	case AppointmentDNA:
		if !slices.Contains(notTheirs, e.outcome) {
			t.missed = day
		}
	case ContactRecorded:
		once(&t.contacted, WaitFirstContact)
	case AppointmentHeld:
		if !t.seen && !t.submitted.IsZero() {
			r.counts[countKey{e.organisation, month, string(FirstSeen), t.side(), "all", "all"}]++
			if !t.missed.IsZero() {
				r.counts[countKey{e.organisation, month, string(WaitRestarted), t.side(), "all", "all"}]++
			}
		}
		if t.accepted.IsZero() {
			t.accepted = t.submitted
		}
		since(&t.waited, WaitAccepted, t.accepted)
		once(&t.seen, WaitFirstSeen)
		once(&t.contacted, WaitFirstContact)
		t.attended = day
	case ReportSigned:
		if !t.attended.IsZero() {
			r.wait(e, WaitReport, t.attended, day, month)
		}
		t.attended, t.signed, t.reported = civil.Date{}, day, true
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
	switch e.kind {
	case ReferralWithdrawn, ReferralDeclined, CaseClosed:
		r.stop(day, givenUp)
	case CaseMerged: // it waits on in the case that it went into
		t.stopped = true
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

// wait counts a wait under both clocks, by the month in which it ended and, where it is followed, by that in which it began.
func (r *roll) wait(e event, measure Measure, from, to, month civil.Date) {
	priority := cmp.Or(r.thread.priority, NoPriority)
	raw, adjusted := r.lasted(measure, from, to)
	r.waits[waitKey{e.organisation, month, measure, Raw, r.thread.side(), priority, raw}]++
	r.waits[waitKey{e.organisation, month, measure, Adjusted, r.thread.side(), priority, adjusted}]++
	if followed[measure] {
		r.cohort(e.organisation, measure, from, to, ended)
	}
}

// lasted is the length of a wait under both clocks.
func (r *roll) lasted(measure Measure, from, to civil.Date) (raw, adjusted int) {
	raw = r.between(from, to)
	if missed := r.thread.missed; restarts[measure] && missed.After(from) && !missed.After(to) {
		from = missed
	}
	adjusted = r.between(from, to)
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
	return raw, adjusted
}

// between is 0 at least: two events of one moment may be read in either order.
func (r *roll) between(from, to civil.Date) int {
	days, _ := r.calendar.Between(from, to)
	return max(days, 0)
}

// restarts are the waits whose adjusted clock starts again when the person did not come.
var restarts = map[Measure]bool{WaitAccepted: true, WaitFirstContact: true}

// notTheirs are the missed appointments that are not the person's doing.
var notTheirs = []string{"CANC-OH", "TECH-FAIL"}

// FirstSeen and WaitRestarted are no events of the ledger: the roll-up counts under them the referrals whose first
// appointment was attended in the month, and those of them for which the person had missed one before.
const (
	FirstSeen     Kind = "wait.first_seen"
	WaitRestarted Kind = "wait.restarted"
)
