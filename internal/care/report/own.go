package report

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/report/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Own is one line of a person's list of reports.
type Own struct {
	ID            uuid.UUID
	Names         []string
	OpenedAt      time.Time
	SignedVersion int
	Released      bool
	Referral      uuid.UUID
	Due           time.Time // until when they can decide before the manager is told; zero when nothing waits for them
}

// Told is a disclosure without consent that the person has been told of.
type Told struct {
	Recipient, Ground, Statement string
	At                           time.Time
}

// ListOwn lists the reports about the actor, and what was told about them without their agreement.
func (s *Service) ListOwn(ctx context.Context, actor access.Actor) (reports []Own, told []Told, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		rows, err := q.ListOwnReports(ctx, db.ListOwnReportsParams{OrganisationID: actor.Organisation, PersonID: actor.Person})
		if err != nil {
			return fmt.Errorf("list own reports: %w", err)
		}
		for _, r := range rows {
			own := Own{ID: r.ID, Names: r.RecipientNames, OpenedAt: r.OpenedAt, SignedVersion: int(r.SignedVersion), Released: r.Released, Referral: r.ReferralID}
			if r.WaitsSince.Unix() > 0 {
				own.Due = Deadline(r.WaitsSince, int(r.ReviewDays))
			}
			reports = append(reports, own)
		}
		disclosures, err := q.ListOwnDisclosures(ctx, db.ListOwnDisclosuresParams{OrganisationID: actor.Organisation, PersonID: actor.Person})
		if err != nil {
			return fmt.Errorf("list own disclosures: %w", err)
		}
		for _, d := range disclosures {
			statement, err := s.d.Box.Open(sealed.DisclosureStatement, d.ServiceID, d.ID, d.Statement)
			if err != nil {
				return err
			}
			told = append(told, Told{d.Recipient, d.Ground, statement, *d.SecondAt})
		}
		return nil
	})
	return reports, told, err
}

// FindOwn reads a report about the actor (portal wall): signed versions and their own words only.
func (s *Service) FindOwn(ctx context.Context, actor access.Actor, id uuid.UUID) (f File, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		f, err = file(ctx, tx, id)
		return err
	})
	return f, err
}

// NoteOwnReading writes the audit row of a person who opens their report; the page calls it before it answers.
func (s *Service) NoteOwnReading(ctx context.Context, actor access.Actor, at time.Time, f File) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		return s.record(ctx, tx, f, at, "report.opened", "own", nil)
	})
}

// ForCase reads what OH must know to record a choice made elsewhere (clinical wall): who gets the report, what
// was said, which version is signed. It is audited, since it tells that a report exists.
func (s *Service) ForCase(ctx context.Context, actor access.Actor, at time.Time, caseID uuid.UUID) (d Desk, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		if d, err = s.desk(ctx, tx, caseID); err != nil {
			return err
		}
		return s.record(ctx, tx, d.File, at, "consent.opened", "case", nil)
	})
	return d, err
}

// AnswerCorrection says what became of a correction that the person asked for. The opinion stays the clinician's.
type AnswerCorrection struct {
	Case, Correction uuid.UUID
	Text             string
}

// AnswerCorrection records the answer, which the person reads beside the next version, and ends the task that asked for
// it: that task is not ended in another way, but for the signature.
func (s *Service) AnswerCorrection(ctx context.Context, actor access.Actor, at time.Time, in AnswerCorrection) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		d, err := s.desk(ctx, tx, in.Case)
		if err != nil {
			return err
		}
		n, err := db.New(tx).AnswerCorrection(ctx, db.AnswerCorrectionParams{Answer: &in.Text, AnsweredAt: &at, AnsweredBy: &actor.Account,
			ServiceID: d.Service, ReportID: d.ID, ID: in.Correction})
		if err != nil {
			return fmt.Errorf("answer correction: %w", err)
		}
		if n == 0 {
			for _, c := range d.Corrections {
				if c.ID == in.Correction && c.Answer == in.Text {
					return nil // the same click twice
				}
			}
			return fault.New(fault.Conflict, "fault.conflict")
		}
		if err := db.New(tx).EndCorrectionTasks(ctx, db.EndCorrectionTasksParams{At: at, ServiceID: d.Service, CasefileID: d.Case}); err != nil {
			return fmt.Errorf("end the tasks to answer: %w", err)
		}
		err = message.Queue(ctx, tx, message.Out{Key: "correction_answered:" + in.Correction.String(), Organisation: d.Organisation, Service: d.Service,
			To: d.Person, Capacity: message.Self, Template: "correction_answered", LinkPurpose: "my", LinkObject: d.ID, At: at})
		if err != nil {
			return err
		}
		return s.record(ctx, tx, d.File, at, "correction.answered", "case", nil)
	})
}
