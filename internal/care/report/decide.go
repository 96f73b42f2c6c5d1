package report

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// EventKind is what a person said about their report.
type EventKind string

// The kinds of consent event.
const (
	Choice          EventKind = "choice"
	Given           EventKind = "given"
	Refused         EventKind = "refused"
	Withdrawn       EventKind = "withdrawn"
	CorrectionAsked EventKind = "correction_asked"
)

// Way is how a report may go, chosen before it is signed.
type Way string

// The ways; AfterRead holds when nothing was chosen.
const (
	AfterRead Way = "after_read"
	Now       Way = "now"
	AfterDays Way = "after_days"
)

// Ways lists them as a page offers them.
var Ways = []Way{AfterRead, Now, AfterDays}

// MaxDays bounds "after N days": a month, as the database does.
const MaxDays = 30

// Version is what Decide needs to know of one version.
type Version struct {
	N        int
	SignedAt time.Time // zero for a draft
}

// Event is one thing the person said.
type Event struct {
	No         int
	Kind       EventKind
	Way        Way // of a choice
	Days       int // of AfterDays
	Version    int // of given, refused and correction asked
	Recipients []uuid.UUID
	At         time.Time
}

// Standing is how things stand with one report.
type Standing struct {
	Recipients []uuid.UUID // to whom it could go at all
	Versions   []Version
	Events     []Event // in order
}

// Decide says whether a version may be released to these recipients at this time, and which event allows it.
// It mirrors the trigger released_report_needs_consent.
func Decide(s Standing, version int, recipients []uuid.UUID, at time.Time) (event int, ok bool) {
	if len(s.Events) == 0 || len(recipients) == 0 {
		return 0, false
	}
	v, last := s.version(version), s.LatestSigned()
	if v.SignedAt.IsZero() || v.N != last.N || v.SignedAt.After(at) {
		return 0, false
	}
	e := s.Events[len(s.Events)-1]
	if e.At.After(at) || !within(recipients, s.Recipients) || !within(recipients, e.Recipients) {
		return 0, false
	}
	switch {
	case e.Kind == Given:
		return e.No, e.Version == version
	case e.Kind != Choice || e.Way == AfterRead:
		return 0, false
	case s.firstSigned().N != version || e.At.After(v.SignedAt):
		return 0, false
	case e.Way == AfterDays && at.Before(v.SignedAt.Add(days(e.Days))):
		return 0, false
	}
	return e.No, true
}

// Early gives the live choice that will release the version by itself, and when: at its signature for "send
// now", N whole days later for "after N days". ok is false when the person reads first.
func (s Standing) Early(version int) (at time.Time, recipients []uuid.UUID, ok bool) {
	v := s.version(version)
	if v.SignedAt.IsZero() || len(s.Events) == 0 {
		return time.Time{}, nil, false
	}
	e := s.Events[len(s.Events)-1]
	at = v.SignedAt.Add(days(e.Days))
	_, ok = Decide(s, version, e.Recipients, at)
	return at, e.Recipients, ok && e.Kind == Choice
}

// Last is the person's latest word; ok is false when they said nothing.
func (s Standing) Last() (Event, bool) {
	if len(s.Events) == 0 {
		return Event{}, false
	}
	return s.Events[len(s.Events)-1], true
}

// LatestSigned is the newest signed version; N is 0 when none is.
func (s Standing) LatestSigned() (v Version) {
	for _, w := range s.Versions {
		if !w.SignedAt.IsZero() && w.N > v.N {
			v = w
		}
	}
	return v
}

// Draft is the version being written; N is 0 when none is.
func (s Standing) Draft() (v Version) {
	for _, w := range s.Versions {
		if w.SignedAt.IsZero() && w.N > v.N {
			v = w
		}
	}
	return v
}

func (s Standing) firstSigned() (v Version) {
	for _, w := range s.Versions {
		if !w.SignedAt.IsZero() && (v.N == 0 || w.N < v.N) {
			v = w
		}
	}
	return v
}

func (s Standing) version(n int) Version {
	for _, w := range s.Versions {
		if w.N == n {
			return w
		}
	}
	return Version{}
}

func within(some, all []uuid.UUID) bool {
	for _, id := range some {
		if !slices.Contains(all, id) {
			return false
		}
	}
	return true
}

// days are whole days of 24 hours, as PostgreSQL adds them in UTC.
func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
