package activity

import (
	"fmt"
	"regexp"

	"github.com/google/uuid"
)

// needs says which codes an event of a kind must carry: without them the roll-ups would count it nowhere.
var needs = map[Kind][]string{
	ReferralSubmitted:  {"source", "reason"},
	ReferralReturned:   {"source"},
	ReferralAmended:    {"source"},
	ReferralWithdrawn:  {"source"},
	ReferralTriaged:    {"source", "priority", "outcome"},
	ReferralAccepted:   {"source", "priority"},
	ReferralDeclined:   {"source", "outcome"},
	CaseMerged:         {"source"},
	ClockPaused:        {"outcome"},
	ClockResumed:       {"outcome"},
	AppointmentOffered: {"source"},
	AppointmentBooked:  {"source"},
	AppointmentMoved:   {"source", "outcome"},
	AppointmentDNA:     {"source", "outcome"},
	AppointmentHeld:    {"source"},
	ContactRecorded:    {"class", "outcome"},
	OutcomeRecorded:    {"outcome"},
	CaseReferredOn:     {"outcome"},
	ReportSigned:       {"source"},
	ReportReleased:     {"source"},
	ReportNotReleased:  {"source"},
	ReportAnswered:     {"source", "outcome"},
	AdjustmentAnswered: {"outcome"},
	FeedbackGiven:      {},
	CaseClosed:         {"source", "outcome"},
}

// LongestContact is in minutes: a working day. Whatever is longer is no contact but a slip of the pen.
const LongestContact = 480

// LongestAbsence is in days: ten years. Whoever says more has slipped with the year.
const LongestAbsence = 3660

// code is what a code may look like: short, one line, no sentence. Site and team names come from the staff
// feed and may hold spaces.
var code = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N} &'/().,_-]{0,79}$`)

// Needs says which codes an event of a kind must carry; ok is false for a kind that nobody knows.
func Needs(k Kind) (codes []string, ok bool) {
	codes, ok = needs[k]
	return codes, ok
}

func (r Row) check() error {
	need, known := needs[r.Kind]
	if !known {
		return fmt.Errorf("activity kind %q is not known", r.Kind)
	}
	if r.Organisation == uuid.Nil || r.Service == uuid.Nil || r.At.IsZero() {
		return fmt.Errorf("activity %s lacks organisation, service or time", r.Kind)
	}
	c := r.Codes
	all := map[string]string{"staff_group": c.StaffGroup, "band": c.Band, "site": c.Site, "team": c.Team, "reason": c.Reason,
		"class": c.Class, "source": c.Source, "priority": c.Priority, "outcome": c.Outcome}
	for name, v := range all {
		if v != "" && !code.MatchString(v) {
			return fmt.Errorf("activity %s: %s is not a code", r.Kind, name)
		}
	}
	if c.Minutes < 0 || c.Minutes > LongestContact {
		return fmt.Errorf("activity %s: %d minutes", r.Kind, c.Minutes)
	}
	if c.AbsentDays < 0 || c.AbsentDays > LongestAbsence {
		return fmt.Errorf("activity %s: off for %d days", r.Kind, c.AbsentDays)
	}
	for _, name := range need {
		if all[name] == "" {
			return fmt.Errorf("activity %s needs %s", r.Kind, name)
		}
	}
	return nil
}
