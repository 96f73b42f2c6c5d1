package appointment

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/clock"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/invite"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// ErrEarly refuses to say how an appointment went before its day, or that it was missed before it began.
var ErrEarly = fault.New(fault.Conflict, "appointment.early")

// CanAttend says whether it can be recorded that the person came: on the day, even before the hour, and later.
func CanAttend(a Appointment, at time.Time) bool {
	return !locale.Day(at).Before(locale.Day(a.StartsAt))
}

// early is how long before its time an appointment may begin without a question: people are called in a little
// before their turn, and anything earlier is more likely the wrong line of the list.
const early = 15 * time.Minute

// Early says whether somebody must confirm that the person has come already.
func Early(a Appointment, at time.Time) bool { return a.StartsAt.Sub(at) > early }

// Attend records that the person came, and whether they agree to be assessed (clinical.md C01 a): one row for each
// appointment, never changed. Who does not agree is not assessed: their case ends, and the referrer learns later, in the
// words for every report that does not come, that none comes (NotAssessed). Everybody is asked for feedback, once in a
// case, however many appointments and reports it has.
func (s *Service) Attend(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID, agreed bool) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, a, err := lock(ctx, tx, id)
		if err != nil || a.State == "attended" {
			return err
		}
		if !CanAttend(a, at) {
			return ErrEarly
		}
		if err := s.resume(ctx, tx, c, at); err != nil {
			return err
		}
		if err := s.finish(ctx, tx, a, flow.Attended, "attended", nil, at); err != nil {
			return err
		}
		if err := keepConsent(ctx, tx, a, agreed, at); err != nil {
			return err
		}
		if err := invite.Ask(ctx, tx, invite.Case{Organisation: c.Organisation, Service: actor.Service, ID: a.Case, Person: c.Person}, at); err != nil {
			return err
		}
		if err := s.record(ctx, tx, c, a.ID, activity.AppointmentHeld, at, ""); err != nil || agreed {
			return err
		}
		return s.endUnassessed(ctx, tx, c, a, at)
	})
}

// keepConsent writes what the person said, with the words they were asked in.
func keepConsent(ctx context.Context, tx *postgres.Tx, a Appointment, agreed bool, at time.Time) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	err = db.New(tx).InsertConsent(ctx, db.InsertConsentParams{ServiceID: tx.Actor.Service, ID: id, CasefileID: a.Case, AppointmentID: a.ID,
		OrganisationID: a.Organisation, PersonID: a.Person, Agreed: agreed, Method: a.Mode, Words: locale.T(ctx, "appointment.agrees"),
		RecorderAccount: tx.Actor.Account, RecorderName: tx.Actor.Name, At: at})
	if err != nil {
		return fmt.Errorf("keep consent to be assessed: %w", err)
	}
	action := "assessment.agreed"
	if !agreed {
		action = "assessment.refused"
	}
	return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "appointment", Object: a.ID, Subject: a.Person, Ground: "appointment"})
}

// DidNotAttend records that the person did not come. For a call, tried says that it was made twice. The
// referrer is told the fact at once, so that somebody asks after the person; never a reason.
func (s *Service) DidNotAttend(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID, tried bool) (faults fault.Fields, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, a, err := lock(ctx, tx, id)
		if err != nil || a.State == "dna" {
			return err
		}
		if a.StartsAt.After(at) {
			return ErrEarly
		}
		if a.Mode != "face_to_face" && !tried {
			faults.Add("tried", "appointment.tried.empty")
			return nil
		}
		code := DNA
		if err := s.finish(ctx, tx, a, flow.AwaitingBooking, "dna", &code, at); err != nil {
			return err
		}
		if err := tell(ctx, tx, c, "appointment_missed", a.ID, a.StartsAt, at); err != nil {
			return err
		}
		told, err := db.New(tx).ListReferrers(ctx, db.ListReferrersParams{ServiceID: actor.Service, AppointmentID: a.ID})
		if err != nil {
			return fmt.Errorf("list referrers: %w", err)
		}
		for _, r := range told {
			if err := tellReferrer(ctx, tx, c, "appointment_missed_manager", a.ID, r.ID, r.ReferrerPersonID, at); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, c, a.ID, activity.AppointmentDNA, at, DNA)
	})
	return faults, err
}

func (s *Service) finish(ctx context.Context, tx *postgres.Tx, a Appointment, to flow.State, state string, code *string, at time.Time) error {
	if a.State != "booked" {
		return flow.ErrMove
	}
	if err := flow.Move(ctx, tx, flow.Step{Service: tx.Actor.Service, Case: a.Case, To: to, At: at}); err != nil {
		return err
	}
	err := db.New(tx).EndAppointment(ctx, db.EndAppointmentParams{ServiceID: tx.Actor.Service, ID: a.ID, State: state, OutcomeCode: code, At: &at})
	if err != nil {
		return fmt.Errorf("end appointment: %w", err)
	}
	return nil
}

// CloseNotAssessed closes the case of somebody who missed two appointments. The referrer reads that there will be
// no report, in the words used for every report that does not come.
func (s *Service) CloseNotAssessed(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, a, err := lock(ctx, tx, id)
		if err != nil || c.State == flow.Closed {
			return err
		}
		n, err := db.New(tx).CountMissed(ctx, db.CountMissedParams{ServiceID: actor.Service, CasefileID: c.ID})
		if err != nil {
			return fmt.Errorf("count missed: %w", err)
		}
		if int(n) < Lists().MissedBeforeClosing || c.State != flow.AwaitingBooking {
			return flow.ErrMove
		}
		err = flow.Move(ctx, tx, flow.Step{Service: actor.Service, Case: c.ID, To: flow.Closed, At: at, Closing: notAssessed, Seen: flow.SeenNotReported})
		if err != nil {
			return err
		}
		told, err := db.New(tx).ListReferrersOfCase(ctx, db.ListReferrersOfCaseParams{ServiceID: actor.Service, CasefileID: c.ID, At: at})
		if err != nil {
			return fmt.Errorf("list referrers: %w", err)
		}
		for _, r := range told {
			if err := tellReferrer(ctx, tx, c, "referral_closed", c.ID, r.ID, r.ReferrerPersonID, at); err != nil {
				return err
			}
		}
		if err := tell(ctx, tx, c, "case_closed", c.ID, a.StartsAt, at); err != nil {
			return err
		}
		return s.record(ctx, tx, c, c.ID, activity.CaseClosed, at, notAssessed)
	})
}

// notAssessed is the closing reason of a case in which nobody was seen.
const notAssessed = "NOT_ASSESSED"

// resume starts the clock that somebody stopped by hand: the person is here.
func (s *Service) resume(ctx context.Context, tx *postgres.Tx, c Case, at time.Time) error {
	reasons, err := flow.EndPauses(ctx, tx, tx.Actor.Service, c.ID, at)
	if err != nil {
		return err
	}
	for _, reason := range reasons {
		if err := s.record(ctx, tx, c, c.ID, activity.ClockResumed, at, reason); err != nil {
			return err
		}
	}
	return nil
}

// endUnassessed closes the case of somebody who does not want to be assessed. The referrer goes on seeing that they
// were seen: a case that ended in the same minute would tell them why.
func (s *Service) endUnassessed(ctx context.Context, tx *postgres.Tx, c Case, a Appointment, at time.Time) error {
	err := flow.Move(ctx, tx, flow.Step{Service: tx.Actor.Service, Case: c.ID, To: flow.Closed, At: at, Closing: notAssessed, Held: true})
	if err != nil {
		return err
	}
	if err := tell(ctx, tx, c, "case_closed", c.ID, a.StartsAt, at); err != nil {
		return err
	}
	if err := s.record(ctx, tx, c, c.ID, activity.CaseClosed, at, notAssessed); err != nil || c.referral == nil {
		return err
	}
	due, err := s.noticeDue(ctx, tx, at)
	if err != nil {
		return err
	}
	return job.Add(ctx, tx, NotAssessedArgs{Organisation: c.Organisation, Service: tx.Actor.Service, Case: c.ID}, due)
}

// reportDays is how long a report takes where the service has set no target: the sample's (clinical.md 1.10 leaves
// it to the service).
const reportDays = 3

// noticeDue is when the notice would come to a referrer whose report was written, read and refused: the days of the
// report, the person's days, and eight in the morning of the next working day, as for every refused report.
func (s *Service) noticeDue(ctx context.Context, tx *postgres.Tx, at time.Time) (time.Time, error) {
	q := db.New(tx)
	review, err := q.FindReviewDays(ctx, tx.Actor.Service)
	if err != nil {
		return time.Time{}, fmt.Errorf("find the days for reading: %w", err)
	}
	targets, err := q.ListTargets(ctx, db.ListTargetsParams{ServiceID: tx.Actor.Service, OnDay: locale.Day(at).UTC()})
	if err != nil {
		return time.Time{}, fmt.Errorf("list targets: %w", err)
	}
	days := reportDays
	for _, t := range targets {
		if t.Measure == "report.P2" {
			days = int(t.WorkingDays)
		}
	}
	due, _ := s.d.Calendar.Add(locale.Day(at), days+int(review)+1)
	return clock.Midnight(due).Add(8 * time.Hour), nil
}

// NotAssessedArgs has the referrer of a case told that no report comes.
type NotAssessedArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
	Case         uuid.UUID `json:"case"`
}

// Kind names the job.
func (NotAssessedArgs) Kind() string { return "appointment.not_assessed" }

// Tenant is where the job works.
func (a NotAssessedArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// NotAssessed gives the referrer the one notice of every report that does not come. A referral that was withdrawn
// meanwhile stays so.
func (s *Service) NotAssessed(ctx context.Context, tx *postgres.Tx, at time.Time, in NotAssessedArgs) error {
	c, err := findCase(ctx, tx, in.Case)
	if err != nil || c.referral == nil {
		return err
	}
	shown, err := flow.ShowHeld(ctx, tx, in.Service, in.Case, flow.End{Organisation: c.Organisation, Referral: *c.referral, Seen: flow.SeenNotReported, At: at})
	if err != nil || !shown {
		return err
	}
	viewers, err := db.New(tx).ListViewers(ctx, db.ListViewersParams{ServiceID: in.Service, ID: *c.referral})
	if err != nil {
		return fmt.Errorf("list viewers: %w", err)
	}
	for _, to := range viewers {
		err := message.Queue(ctx, tx, message.Out{Key: "report_not_released:" + c.ID.String() + ":" + to.String(), Organisation: c.Organisation, Service: in.Service,
			To: to, Capacity: message.Work, Template: "report_not_released", At: at})
		if err != nil {
			return err
		}
	}
	return nil
}
