package activity

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Measure names a wait.
type Measure string

// The waits. Each begins and ends with an event, and counts in the month in which it ended. A wait that has not
// ended is in no month yet.
const (
	WaitTriage       Measure = "triage"        // referral submitted to first triage decision
	WaitFirstOffer   Measure = "first_offer"   // referral submitted to first appointment offered or booked
	WaitFirstSeen    Measure = "first_seen"    // referral submitted to first attended appointment
	WaitReport       Measure = "report"        // last attended appointment to the signed report about it
	WaitRelease      Measure = "release"       // signed to released; a new version starts it again
	WaitTotal        Measure = "total"         // referral submitted to first released report
	WaitAccepted     Measure = "accepted_seen" // referral accepted (submitted, where nobody recorded that) to first attended appointment
	WaitFirstContact Measure = "first_contact" // referral submitted to first contact: an attended appointment, or one that was written up
	WaitAdjustment   Measure = "adjustment"    // first released report to an adjustment that the employer says is in place
)

// Measures lists them in the order in which a case meets them.
var Measures = []Measure{WaitTriage, WaitFirstOffer, WaitFirstSeen, WaitReport, WaitRelease, WaitTotal, WaitAccepted, WaitFirstContact, WaitAdjustment}

// Clock says whether the time in which the service waited for somebody else counts.
type Clock string

// Raw is what the person lived through; Adjusted takes out the working days between a pause and its end. Where a person did
// not come to the first appointment, the adjusted clock of the waits to be seen and to be in contact starts again that day.
const (
	Raw      Clock = "raw"
	Adjusted Clock = "adjusted"
)

// The places where work waits: the states that the ledger can tell, and Paused, which takes the time of
// whatever state the clock stood still in.
const (
	StateReceived   = "received"
	StateReturned   = "returned"
	StateBooking    = "awaiting_booking"
	StateBooked     = "booked"
	StateAttended   = "attended"
	StateWithPerson = "with_person"
	StateReported   = "reported"
	StatePaused     = "paused"
)

// NoPriority stands where nobody had set one when the wait ended.
const NoPriority = "none"

// enters says which state an event takes a case into; "" ends it. Events that are not here move nothing.
var enters = map[Kind]string{
	ReferralSubmitted: StateReceived, ReferralReturned: StateReturned, ReferralAccepted: StateBooking,
	AppointmentBooked: StateBooked, AppointmentMoved: StateBooking, AppointmentDNA: StateBooking,
	AppointmentHeld: StateAttended, ReportSigned: StateWithPerson, ReportReleased: StateReported, ReportNotReleased: StateReported,
	ReferralWithdrawn: "", ReferralDeclined: "", CaseMerged: "", CaseClosed: "",
}

// The two sides of a case: one that a manager or HR opened, which the employer knows, and every other one, which
// the employer must not even count.
const (
	SideEmployer = "employer"
	SideOwn      = "own"
)

// event is a ledger row as far as the roll-ups read it.
type event struct {
	organisation                                         uuid.UUID
	at                                                   time.Time
	kind                                                 Kind
	source, reason, staffGroup, class, outcome, priority string
	minutes                                              int
}

type countKey struct {
	organisation                uuid.UUID
	month                       civil.Date
	kind, side, dimension, code string
}

type waitKey struct {
	organisation uuid.UUID
	month        civil.Date
	measure      Measure
	clock        Clock
	side         string
	priority     string
	days         int
}

type stateKey struct {
	organisation uuid.UUID
	month        civil.Date
	side         string
	state        string
}

type stateSum struct {
	cases int
	hours float64
}

type scoreKey struct {
	organisation uuid.UUID
	month        civil.Date
	score        int
}

// roll is the work of one rebuild. Events come case by case, each case in order of time.
type roll struct {
	calendar *workday.Calendar
	counts   map[countKey]int
	waits    map[waitKey]int
	states   map[stateKey]stateSum
	cohorts  map[cohortKey]int
	until    civil.Date // the last day that the ledger knows
	scores   map[scoreKey]int
	read     int
	thread   thread
	demand   demand.Follower
}

func newRoll(c *workday.Calendar) *roll {
	return &roll{calendar: c, counts: map[countKey]int{}, waits: map[waitKey]int{}, states: map[stateKey]stateSum{}, cohorts: map[cohortKey]int{}, scores: map[scoreKey]int{},
		demand: demand.Follower{History: demand.NewHistory(), Calendar: c}}
}

// add takes the next event of the case.
func (r *roll) add(e event) {
	r.read++
	day := locale.Day(e.at)
	month := civil.Date{Year: day.Year, Month: day.Month, Day: 1}
	r.thread.note(e)
	count := func(dimension, code string) {
		if code != "" {
			r.counts[countKey{e.organisation, month, string(e.kind), r.thread.side(), dimension, code}]++
		}
	}
	// Site, team and band are not rolled up: with a month and a reason they would point at one person.
	count("all", "all")
	count("source", e.source)
	count("reason", e.reason)
	count("staff_group", e.staffGroup)
	count("class", e.class)
	if score := scored(e); score > 0 { // an opinion is counted with no side: the service alone reads it
		r.scores[scoreKey{e.organisation, month, score}]++
	} else {
		count("outcome", e.outcome)
	}
	count("priority", e.priority)
	r.follow(e, day, month)
	r.ask(e, day)
}

// bestScore is the highest of the five answers that feedback asks for.
const bestScore = 5

// scored is the score that feedback of another system came with. Rowan's own answers are no codes of the ledger: they
// are kept apart from person and case (table feedback).
func scored(e event) int {
	if e.kind != FeedbackGiven {
		return 0
	}
	if n, err := strconv.Atoi(e.outcome); err == nil && n >= 1 && n <= bestScore {
		return n
	}
	return 0
}
