// Package activity is the corridor between the wings: the ledger of what happened, and its roll-ups.
//
// Care appends a row for each event: a kind, a time, the organisation and service, three pseudonymous keys
// (person, case, actor: keyed hashes whose key is outside the database) and codes. No row holds a name, an id
// that another table knows, or text that somebody wrote. A row is still special-category data, so only the
// worker login reads rows; growth reads the roll-ups that the worker makes, which hold no keys at all.
package activity

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Kind names an event; it equals the audit action of the same event.
type Kind string

// The kinds, in the order in which a case meets them.
const (
	ReferralSubmitted  Kind = "referral.submitted"
	ReferralReturned   Kind = "referral.returned"
	ReferralAmended    Kind = "referral.amended"
	ReferralWithdrawn  Kind = "referral.withdrawn"
	ReferralTriaged    Kind = "referral.triaged"
	ReferralAccepted   Kind = "referral.accepted"
	ReferralDeclined   Kind = "referral.declined"
	CaseMerged         Kind = "casefile.merged"
	ClockPaused        Kind = "casefile.paused"
	ClockResumed       Kind = "casefile.resumed"
	AppointmentOffered Kind = "appointment.offered"
	AppointmentBooked  Kind = "appointment.booked"
	AppointmentMoved   Kind = "appointment.cancelled"
	AppointmentDNA     Kind = "appointment.missed"
	AppointmentHeld    Kind = "appointment.attended"
	ContactRecorded    Kind = "contact.recorded"
	OutcomeRecorded    Kind = "outcome.recorded"
	CaseReferredOn     Kind = "casefile.referred_on"
	ReportSigned       Kind = "report.signed"
	ReportReleased     Kind = "report.released"
	ReportNotReleased  Kind = "report.not_released"
	ReportAnswered     Kind = "report.answered" // its recipient says whether it answered their questions: yes, partly, no
	AdjustmentAnswered Kind = "adjustment.answered"
	FeedbackGiven      Kind = "feedback.given"
	CaseClosed         Kind = "casefile.closed"
)

// Kinds lists them in that order.
var Kinds = []Kind{ReferralSubmitted, ReferralReturned, ReferralAmended, ReferralWithdrawn, ReferralTriaged, ReferralAccepted, ReferralDeclined, CaseMerged, ClockPaused, ClockResumed,
	AppointmentOffered, AppointmentBooked, AppointmentMoved, AppointmentDNA, AppointmentHeld, ContactRecorded, OutcomeRecorded, CaseReferredOn, ReportSigned, ReportReleased,
	ReportNotReleased, ReportAnswered, AdjustmentAnswered, FeedbackGiven, CaseClosed}

// Codes are what is known of an event besides its kind; each is a code from a list of the house, or "".
type Codes struct {
	StaffGroup, Band, Site, Team string // of the person's primary post at the time
	Reason                       string // referral reason (clinical.md 1.2)
	Class                        string // preventative | diagnostic | treatment
	Source                       string // management | hr | self
	Priority                     string // P0..P3
	Outcome                      string // triage outcome, fitness, non-attendance or pause reason, role of a contact, score of another system's feedback
	Completeness                 int    // 0..100, share of the referral form's optional parts that were filled; 0 when not asked
	Minutes                      int    // that a contact took; 0 where nobody says
	AbsentDays                   int    // off when they were referred, the first day counted; 0 where they were at work, or nobody says
}

// Row is one event.
type Row struct {
	Kind                  Kind
	At                    time.Time
	Organisation, Service uuid.UUID
	Person, Case, Actor   uuid.UUID // pseudonymised on the way in
	Codes                 Codes
}

// Keys turns ids into pseudonyms; platform/seal holds the key.
type Keys interface {
	Pseudonym(service uuid.UUID, kind string, id uuid.UUID) []byte
}

// Ledger appends events.
type Ledger struct{ Keys Keys }

const insert = `insert into activity (id, organisation_id, service_id, kind, person_key, case_key, actor_key, at,
 staff_group, band, site, team, reason, class, source, priority, outcome, completeness, minutes, absent_days)
 values ($1,$2,$3,$4,$5,$6,$7,$8,nullif($9,''),nullif($10,''),nullif($11,''),nullif($12,''),nullif($13,''),nullif($14,''),nullif($15,''),nullif($16,''),nullif($17,''),nullif($18,0),nullif($19,0),nullif($20,0))`

// Append writes an event in the caller's transaction, after checking its codes.
func (l Ledger) Append(ctx context.Context, tx *postgres.Tx, r Row) error {
	args, err := l.values(r)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, insert, args...); err != nil {
		return fmt.Errorf("append activity: %w", err)
	}
	return nil
}

func (l Ledger) values(r Row) ([]any, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	c := r.Codes
	return []any{id, r.Organisation, r.Service, string(r.Kind),
		l.Keys.Pseudonym(r.Service, "person", r.Person), l.Keys.Pseudonym(r.Service, "case", r.Case), l.Keys.Pseudonym(r.Service, "actor", r.Actor),
		r.At.UTC(), c.StaffGroup, c.Band, c.Site, c.Team, c.Reason, c.Class, c.Source, c.Priority, c.Outcome, c.Completeness, c.Minutes, c.AbsentDays}, nil
}
