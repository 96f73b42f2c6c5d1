package model

import "time"

// The sources of a case, by the names of the database.
const (
	Management = "management"
	HR         = "hr"
	Self       = "self"
)

// Kind names what happened.
type Kind string

// What can happen to a case, in the order in which it mostly does.
const (
	Submitted   Kind = "submitted"
	Checked     Kind = "checked"  // found complete by the office
	Returned    Kind = "returned" // sent back for information
	Answered    Kind = "answered"
	Declined    Kind = "declined"
	Merged      Kind = "merged"
	Accepted    Kind = "accepted"
	Chose       Kind = "chose" // how the report may go, before it is signed
	Booked      Kind = "booked"
	Cancelled   Kind = "cancelled"
	Missed      Kind = "missed"
	Attended    Kind = "attended"
	ReferredOn  Kind = "referred_on"
	StepTaken   Kind = "step_taken" // the colleague accepts, and the case waits for their clinic
	StepDone    Kind = "step_done"
	Drafted     Kind = "drafted"
	Signed      Kind = "signed"
	Said        Kind = "said" // given, refused or correction_asked, in Code
	Released    Kind = "released"
	NotReleased Kind = "not_released"
	Read        Kind = "read" // by the manager
	Adjusted    Kind = "adjusted"
	Review      Kind = "review" // the case goes back to be booked
	Feedback    Kind = "feedback"
	Withdrawn   Kind = "withdrawn"
	Closed      Kind = "closed"
)

// Event is one thing that happened to a case.
type Event struct {
	At      time.Time
	Kind    Kind
	Code    string // outcome, reason or answer, by the codes of the house
	Role    string // the profession it concerns
	Version int    // of the report
	Days    int    // of "after N days"
	Visit   int    // index into Visits; -1 for none
}

// Visit is an appointment.
type Visit struct {
	Slot     *Slot
	Kind     string // new or review
	BookedAt time.Time
	ByPerson bool
}

// Slot is a bookable time.
type Slot struct {
	Clinic   int // index into Plan.Clinics
	Number   int // in its session
	Day      time.Time
	StartsAt time.Time
	Minutes  int
	taken    bool
}

// Case is a referral and all that came of it until the cutoff.
type Case struct {
	N          int
	Source     string
	Reason     string
	Priority   string
	Pathway    string // the profession of the first appointment
	Into       *Case  // the open case it was merged into
	Complete   int    // per cent of the optional parts of the form
	Fitness    string
	Events     []Event
	Visits     []Visit
	luck       chance
	missed     int
	waitsSince int  // day number
	next       turn // what a booking is for
}

// turn is what the next appointment of a case is for.
type turn struct {
	role   string
	kind   string
	step   bool // inside the case, with the profession it was referred on to
	review bool
}

func (c *Case) add(e Event) { c.Events = append(c.Events, e) }

func (c *Case) happened(k Kind, at time.Time) { c.add(Event{At: at, Kind: k, Visit: -1}) }

// Last is when something of a kind last happened; zero when it did not.
func (c *Case) Last(k Kind) time.Time {
	for i := len(c.Events) - 1; i >= 0; i-- {
		if c.Events[i].Kind == k {
			return c.Events[i].At
		}
	}
	return time.Time{}
}

// First is when something of a kind first happened; zero when it did not.
func (c *Case) First(k Kind) time.Time {
	for _, e := range c.Events {
		if e.Kind == k {
			return e.At
		}
	}
	return time.Time{}
}
