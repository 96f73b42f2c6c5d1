package note

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Withholding keeps a note from the person's own view, from its signature on or later. An empty reason shows it.
type Withholding struct {
	Reason   string // a code of WithholdReasons
	Why      string // in words, for who reviews it
	ReviewOn time.Time
}

// WithholdReasons are the two grounds there are.
var WithholdReasons = []string{"serious_harm", "third_party"}

// Check says what is missing: why, and a review day after today and within a year, so that nothing is hidden for good
// unseen.
func (w Withholding) Check(today time.Time) (faults fault.Fields) {
	if w.Reason == "" {
		return nil
	}
	if !slices.Contains(WithholdReasons, w.Reason) {
		faults.Add("reason", "note.withhold.reason.empty")
	}
	if w.Why == "" {
		faults.Add("why", "note.withhold_why.empty")
	}
	switch {
	case w.ReviewOn.IsZero():
		faults.Add("review", "note.withhold_review.empty")
	case !w.ReviewOn.After(today) || w.ReviewOn.After(today.AddDate(1, 0, 0)):
		faults.Add("review", "note.withhold_review.range")
	}
	return faults
}

// seal gives what the columns hold: nothing for what is empty.
func (w Withholding) seal(box sealed.Box, service, note uuid.UUID) (reason, why []byte, err error) {
	if w.Reason != "" {
		if reason, err = box.Seal(sealed.NoteWithheld, service, note, w.Reason); err != nil {
			return nil, nil, err
		}
	}
	if w.Why != "" {
		why, err = box.Seal(sealed.NoteWithheldWhy, service, note, w.Why)
	}
	return reason, why, err
}

// Withhold keeps a signed note from the person's own view, looks at that again, or shows the note; what was added to it
// goes with it. It is possible for as long as the record is kept: once the case is closed to who wrote in it, or led it
// last. Nothing happens where Check finds faults. The audit row does not say why: the person's own login may read it.
func (s *Service) Withhold(ctx context.Context, a access.Actor, at time.Time, o access.Object, id uuid.UUID, w Withholding) (fault.Fields, error) {
	if faults := w.Check(casefile.DayOf(at)); len(faults) > 0 {
		return faults, nil
	}
	return nil, s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if _, err := s.find(ctx, tx, o.ID, id); err != nil {
			return err
		}
		action := "note.withheld"
		if w.Reason == "" {
			w, action = Withholding{}, "note.shown"
		}
		row := db.WithholdNoteParams{ServiceID: a.Service, CasefileID: o.ID, ID: id, ReviewOn: opt(w.ReviewOn)}
		var err error
		if row.Reason, row.Why, err = w.seal(s.d.Box, a.Service, id); err != nil {
			return err
		}
		n, err := db.New(tx).WithholdNote(ctx, row)
		if err != nil {
			return fmt.Errorf("withhold note: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "fault.conflict")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "note", Object: id, Subject: o.Subject, Ground: o.Ground})
	})
}
