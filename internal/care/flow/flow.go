// Package flow is the life of a case: the states, the moves between them, and what the employer may know of
// each. Every slice of the care wing moves a case through Move, so the history (casefile_state), the state
// that the referrer sees (referral.state) and the case itself can never disagree.
//
//	received -> returned -> received          triage asks for more; the clock pauses
//	received -> awaiting_booking              triage accepts
//	received -> closed | merged               triage declines, redirects, or finds an open case
//	awaiting_booking <-> booked               booked, cancelled, did not attend
//	awaiting_booking -> report_draft          written advice without an appointment
//	booked -> attended -> report_draft -> report_signed -> with_person
//	with_person -> report_draft               a factual correction makes a new version
//	attended | with_person -> awaiting_booking  a review is planned
//	any live state -> closed                  with a reason; a referrer may withdraw; attended and not agreeing to be
//	                                          assessed, of which the referrer learns later (Held, ShowHeld)
package flow

import (
	"slices"

	"github.com/rowan-ohwb/rowan/internal/fault"
)

// State of a case, on the clinical side.
type State string

// The states.
const (
	Received        State = "received"
	Returned        State = "returned"
	AwaitingBooking State = "awaiting_booking"
	Booked          State = "booked"
	Attended        State = "attended"
	ReportDraft     State = "report_draft"
	ReportSigned    State = "report_signed"
	WithPerson      State = "with_person"
	Closed          State = "closed"
	Merged          State = "merged"
)

// States lists them in the order a case meets them.
var States = []State{Received, Returned, AwaitingBooking, Booked, Attended, ReportDraft, ReportSigned, WithPerson, Closed, Merged}

var moves = map[State][]State{
	"":              {Received},
	Received:        {Returned, AwaitingBooking, Closed, Merged},
	Returned:        {Received, Closed},
	AwaitingBooking: {Booked, ReportDraft, Closed, Merged},
	Booked:          {AwaitingBooking, Attended, Closed},
	Attended:        {ReportDraft, AwaitingBooking, Booked, Closed},
	ReportDraft:     {ReportSigned, Closed},
	ReportSigned:    {WithPerson, ReportDraft, Closed},
	WithPerson:      {ReportDraft, AwaitingBooking, Booked, Closed},
}

// Live says whether a case still needs somebody to do something.
func (s State) Live() bool { return s != Closed && s != Merged }

// Can says whether a case may go from one state to another.
func Can(from, to State) bool { return slices.Contains(moves[from], to) }

// ErrMove is the answer to a move that the life of a case does not have: somebody else was faster.
var ErrMove = fault.New(fault.Conflict, "fault.conflict")

// Seen is the state a referrer sees. It has no clinical meaning: merged equals accepted, and nothing tells
// why a report did not come.
type Seen string

// What a referrer sees.
const (
	SeenSubmitted     Seen = "submitted"
	SeenReturned      Seen = "returned"
	SeenAccepted      Seen = "accepted"
	SeenBooked        Seen = "booked"
	SeenAttended      Seen = "attended"
	SeenReportPending Seen = "report_pending"
	SeenReported      Seen = "reported"
	SeenNotReported   Seen = "not_reported"
	SeenDeclined      Seen = "declined"
	SeenWithdrawn     Seen = "withdrawn"
	SeenClosed        Seen = "closed"
)

// ToReferrer gives what the referrer sees of a live state. The slices that end a case say themselves which
// end the referrer sees (Ending in Step).
func (s State) ToReferrer() Seen {
	switch s {
	case Received:
		return SeenSubmitted
	case Returned:
		return SeenReturned
	case AwaitingBooking, Merged:
		return SeenAccepted
	case Booked:
		return SeenBooked
	case Attended:
		return SeenAttended
	case ReportDraft, ReportSigned, WithPerson:
		return SeenReportPending
	default:
		return SeenClosed
	}
}
