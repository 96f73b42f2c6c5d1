package report

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/invite"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/report/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Where is the tenant of a job.
type Where struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
}

// Tenant gives it to the runner.
func (w Where) Tenant() (organisation, service uuid.UUID) { return w.Organisation, w.Service }

// ReleaseArgs names the version to release; whether it may go is decided when the job runs.
type ReleaseArgs struct {
	Where
	Report  uuid.UUID `json:"report"`
	Version int       `json:"version"`
}

// Kind names the job.
func (ReleaseArgs) Kind() string { return "report.release" }

// NotReportedArgs names the version whose reader's time is over.
type NotReportedArgs struct {
	Where
	Report  uuid.UUID `json:"report"`
	Version int       `json:"version"`
}

// Kind names the job.
func (NotReportedArgs) Kind() string { return "report.refused" }

// CorrectionArgs names the version that a person asked to correct.
type CorrectionArgs struct {
	Where
	Report  uuid.UUID `json:"report"`
	Version int       `json:"version"`
}

// Kind names the job.
func (CorrectionArgs) Kind() string { return "report.correction" }

// Release lets a version out, if the person's last word allows it at this moment. Everything happens under the
// report's lock, so a withdrawal is either before it or after it, never beside it. Where it may not go the job
// ends without effect: consent may come later, with a job of its own.
func (s *Service) Release(ctx context.Context, tx *postgres.Tx, a ReleaseArgs) error {
	at := s.d.Clock()
	if err := db.New(tx).LockReport(ctx, a.Report); err != nil {
		return fmt.Errorf("lock report: %w", err)
	}
	f, err := file(ctx, tx, a.Report)
	if err != nil {
		return err
	}
	if _, done := f.ReleasedAt(a.Version); done {
		return nil
	}
	last, _ := f.Standing.Last()
	event, ok := Decide(f.Standing, a.Version, last.Recipients, at)
	if !ok {
		s.d.Log.InfoContext(ctx, "release not allowed", "report", a.Report, "code", "no_live_consent")
		return nil
	}
	to, err := s.entitled(ctx, tx, Where{f.Organisation, f.Service}, f.Referral, at, last.Recipients)
	if err != nil {
		return err
	}
	if len(to) == 0 {
		return s.hold(ctx, tx, f, a, at)
	}
	id, err := s.insertReleased(ctx, tx, f, a.Version, event, to, at)
	if err != nil || id == uuid.Nil {
		return err
	}
	return s.announce(ctx, tx, f, id, to, at, a.Version)
}

// insertReleased writes the row that the trigger guards. Its refusal ends the attempt, not the transaction.
func (s *Service) insertReleased(ctx context.Context, tx *postgres.Tx, f File, version, event int, recipients []uuid.UUID, at time.Time) (uuid.UUID, error) {
	q, t := db.New(tx), f.Texts[version]
	b, err := t.Content.Encode()
	if err != nil {
		return uuid.Nil, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, err
	}
	if _, err := tx.Exec(ctx, `savepoint released`); err != nil {
		return uuid.Nil, fmt.Errorf("set savepoint: %w", err)
	}
	err = q.InsertReleased(ctx, db.InsertReleasedParams{OrganisationID: f.Organisation, ServiceID: f.Service, ID: id, ReportID: f.ID, Version: int32(version),
		ReferralID: f.Referral, PersonID: f.Person, Recipients: recipients, Content: b, AuthorName: t.Name, ConsentNo: int32(event), ReleasedAt: at})
	if code := postgres.Code(err); code == postgres.ReleaseRefused {
		s.d.Log.WarnContext(ctx, "release refused by the database", "report", f.ID, "code", code)
		_, err := tx.Exec(ctx, `rollback to savepoint released`)
		return uuid.Nil, err
	}
	if err != nil {
		return uuid.Nil, fmt.Errorf("release report: %w", err)
	}
	for i, a := range t.Content.Adjustments {
		err := q.InsertAdjustment(ctx, db.InsertAdjustmentParams{OrganisationID: f.Organisation, ServiceID: f.Service, ReleasedID: id, N: int32(i + 1),
			PersonID: f.Person, ReferralID: f.Referral, Kind: a.Kind, Detail: a.Detail, StartsOn: a.StartsOn.Null(), EndsOn: a.EndsOn.Null()})
		if err != nil {
			return uuid.Nil, fmt.Errorf("release adjustment %d: %w", i+1, err)
		}
	}
	return id, nil
}

func (s *Service) announce(ctx context.Context, tx *postgres.Tx, f File, released uuid.UUID, recipients []uuid.UUID, at time.Time, version int) error {
	if _, err := flow.Show(ctx, tx, flow.End{Organisation: f.Organisation, Referral: f.Referral, Seen: flow.SeenReported, At: at}); err != nil {
		return err
	}
	if err := s.resume(ctx, tx, f, at); err != nil {
		return err
	}
	if err := db.New(tx).EndHeldTasks(ctx, db.EndHeldTasksParams{DoneAt: &at, ServiceID: f.Service, CasefileID: f.Case}); err != nil {
		return fmt.Errorf("end the tasks of a held release: %w", err)
	}
	if err := s.record(ctx, tx, f, at, "report.released", "consent", map[string]string{"version": fmt.Sprint(version)}); err != nil {
		return err
	}
	if err := s.count(ctx, tx, f, at, activity.ReportReleased, ""); err != nil {
		return err
	}
	for _, to := range recipients {
		err := message.Queue(ctx, tx, message.Out{Key: fmt.Sprintf("report_released:%s:%s", released, to), Organisation: f.Organisation, Service: f.Service,
			To: to, Capacity: message.Work, Template: "report_released", At: at})
		if err != nil {
			return err
		}
	}
	if err := invite.AskReferrer(ctx, tx, asked(f), recipients, at); err != nil {
		return err
	}
	return s.askFeedback(ctx, tx, f, at)
}

// NotReported tells the manager that there will be no report for now: one text at one time, whatever the reason.
// It does nothing where the report went, is being corrected, or was superseded; come too early, it waits for its time.
func (s *Service) NotReported(ctx context.Context, tx *postgres.Tx, a NotReportedArgs) error {
	at := s.d.Clock()
	if err := db.New(tx).LockReport(ctx, a.Report); err != nil {
		return fmt.Errorf("lock report: %w", err)
	}
	f, err := file(ctx, tx, a.Report)
	if err != nil {
		return err
	}
	_, released := f.ReleasedAt(a.Version)
	if released || f.Standing.LatestSigned().N != a.Version || f.Standing.Draft().N > 0 {
		return nil
	}
	if due := f.NoticeAt(a.Version); at.Before(due) {
		return job.Wait(due.Sub(at))
	}
	last, _ := f.Standing.Last()
	if _, going := Decide(f.Standing, a.Version, last.Recipients, at); going || (last.Kind == CorrectionAsked && last.Version == a.Version) {
		return nil
	}
	if err := db.New(tx).SetNotice(ctx, db.SetNoticeParams{NoticeVersion: int32(a.Version), ServiceID: f.Service, ID: f.ID}); err != nil {
		return fmt.Errorf("remember that the time is over: %w", err)
	}
	shown, err := flow.Show(ctx, tx, flow.End{Organisation: f.Organisation, Referral: f.Referral, Seen: flow.SeenNotReported, At: at})
	if err != nil || !shown {
		return err
	}
	if err := s.resume(ctx, tx, f, at); err != nil {
		return err
	}
	if err := s.record(ctx, tx, f, at, "report.not_released", "time", map[string]string{"version": fmt.Sprint(a.Version)}); err != nil {
		return err
	}
	if err := s.count(ctx, tx, f, at, activity.ReportNotReleased, ""); err != nil {
		return err
	}
	still, err := s.entitled(ctx, tx, Where{f.Organisation, f.Service}, f.Referral, at, f.Standing.Recipients)
	if err != nil {
		return err
	}
	for _, to := range still {
		err := message.Queue(ctx, tx, message.Out{Key: fmt.Sprintf("report_not_released:%s:%d:%s", f.ID, a.Version, to), Organisation: f.Organisation, Service: f.Service,
			To: to, Capacity: message.Work, Template: "report_not_released", At: at})
		if err != nil {
			return err
		}
	}
	return s.askFeedback(ctx, tx, f, at)
}

func asked(f File) invite.Case {
	return invite.Case{Organisation: f.Organisation, Service: f.Service, ID: f.Case, Person: f.Person}
}

// askFeedback asks the person how it was, whatever became of their report, unless an appointment of the case has
// asked them already.
func (s *Service) askFeedback(ctx context.Context, tx *postgres.Tx, f File, at time.Time) error {
	return invite.Ask(ctx, tx, asked(f), at)
}

// correctionDays is the clinician's time for a factual correction: as long as a report has by the sample's own
// targets (clinical.md 1.10 leaves it to the service).
const correctionDays = 3

// CorrectionAsked brings the case back to the clinician, with a task.
func (s *Service) CorrectionAsked(ctx context.Context, tx *postgres.Tx, a CorrectionArgs) error {
	q, at := db.New(tx), s.d.Clock()
	f, err := file(ctx, tx, a.Report)
	if err != nil {
		return err
	}
	c, err := q.CaseCodes(ctx, db.CaseCodesParams{ServiceID: f.Service, ID: f.Case})
	if err != nil {
		return fmt.Errorf("read the state of a case: %w", err)
	}
	if flow.State(c.State) == flow.WithPerson {
		if err := s.backToDraft(ctx, tx, f, at); err != nil {
			return err
		}
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	due, _ := workday.England().Add(locale.Day(at), correctionDays)
	author := f.Texts[a.Version].Author
	err = q.InsertTask(ctx, db.InsertTaskParams{ServiceID: f.Service, ID: id, CasefileID: f.Case, Kind: "correction", Priority: priority(c.Priority), OwnerAccount: &author,
		CreatedAt: at, DueAt: time.Date(due.Year, due.Month, due.Day, 17, 0, 0, 0, locale.London)})
	if err != nil {
		return fmt.Errorf("give the clinician a task: %w", err)
	}
	return nil
}

// priority of a task is the case's; a case without one is routine.
func priority(p string) string {
	if p == "" {
		return "P3"
	}
	return p
}
