package report

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/report/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice is wired to.
type Deps struct {
	DB     *postgres.DB
	Ledger activity.Ledger
	Box    sealed.Box
	Log    *slog.Logger
	// Clock is the time of a job; a request brings its own.
	Clock func() time.Time
	// Colleagues lists the registered staff of a service; accounts live behind the hall wall.
	Colleagues func(ctx context.Context, service uuid.UUID) ([]Colleague, error)
	// HR lists the people who are HR of an organisation today; roles live there too.
	HR func(ctx context.Context, organisation uuid.UUID) ([]uuid.UUID, error)
	// CountLink counts a link that is sent again; false where no more may go to the person today. Links are the hall's, so it
	// counts in a transaction of its own: one that is not sent after all counts too.
	CountLink func(ctx context.Context, organisation, person uuid.UUID) (bool, error)
}

// Service runs the commands and reads of reports.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Jobs registers what the commands leave for afterwards.
func (s *Service) Jobs(r *job.Runner) {
	job.Register(r, access.Clinical, s.Release)
	job.Register(r, access.Clinical, s.NotReported)
	job.Register(r, access.Clinical, s.CorrectionAsked)
}

// File is a report with all that was written and said about it.
type File struct {
	ID, Organisation, Service, Case, Referral, Person uuid.UUID
	RecipientNames                                    []string
	ServiceName, Phone                                string
	ReviewDays                                        int
	OpenedAt                                          time.Time
	Standing                                          Standing
	Texts                                             map[int]Text // by version
	Said                                              []Said
	Corrections                                       []Correction
	Released                                          []ReleasedVersion
}

// Text is one version as it was written.
type Text struct {
	Content  Content
	Author   uuid.UUID
	Name     string
	SavedAt  time.Time
	SignedAt time.Time
}

// Said is one consent event with its words.
type Said struct {
	Event
	Method   string
	Assisted bool
	Words    string
}

// Correction is what the person says is wrong, and what the clinician answered.
type Correction struct {
	ID      uuid.UUID
	Version int
	Text    string
	At      time.Time
	Answer  string
}

// ReleasedVersion is one version that went to the employer.
type ReleasedVersion struct {
	ID         uuid.UUID
	Version    int
	Recipients []uuid.UUID
	At         time.Time
}

// Released says whether a version went, and when.
func (f File) ReleasedAt(version int) (time.Time, bool) {
	for _, r := range f.Released {
		if r.Version == version {
			return r.At, true
		}
	}
	return time.Time{}, false
}

// Waits says whether the newest signed version waits for the person: it has not gone, and they have said nothing of it.
func (f File) Waits() bool {
	v := f.Standing.LatestSigned()
	if _, gone := f.ReleasedAt(v.N); gone || v.N == 0 {
		return false
	}
	last, spoke := f.Standing.Last()
	return !spoke || last.Version != v.N && last.Kind != Withdrawn
}

// file reads a report by its id behind the transaction's wall: a person sees signed versions of their own only.
func file(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (File, error) {
	q := db.New(tx)
	service := tx.Actor.Service
	r, err := q.FindReport(ctx, db.FindReportParams{ServiceID: service, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return File{}, fault.Missing("report")
	}
	if err != nil {
		return File{}, fmt.Errorf("find report: %w", err)
	}
	f := File{ID: r.ID, Organisation: r.OrganisationID, Service: r.ServiceID, Case: r.CasefileID, Referral: r.ReferralID, Person: r.PersonID,
		RecipientNames: r.RecipientNames, ServiceName: r.ServiceName, Phone: r.Phone, ReviewDays: int(r.ReviewDays), OpenedAt: r.OpenedAt,
		Standing: Standing{Recipients: r.Recipients}, Texts: map[int]Text{}}
	if err := f.versions(ctx, q); err != nil {
		return File{}, err
	}
	if err := f.said(ctx, q); err != nil {
		return File{}, err
	}
	return f, nil
}

func (f *File) versions(ctx context.Context, q *db.Queries) error {
	versions, err := q.ListVersions(ctx, db.ListVersionsParams{ServiceID: f.Service, ReportID: f.ID})
	if err != nil {
		return fmt.Errorf("list versions: %w", err)
	}
	for _, v := range versions {
		t := Text{Author: v.AuthorAccount, Name: v.AuthorName, SavedAt: v.SavedAt}
		t.SignedAt = postgres.Value(v.SignedAt)
		if t.Content, err = Decode(v.Content); err != nil {
			return err
		}
		f.Texts[int(v.Version)] = t
		f.Standing.Versions = append(f.Standing.Versions, Version{int(v.Version), t.SignedAt})
	}
	released, err := q.ListReleasedVersions(ctx, db.ListReleasedVersionsParams{ServiceID: f.Service, ReportID: f.ID})
	if err != nil {
		return fmt.Errorf("list released versions: %w", err)
	}
	for _, r := range released {
		f.Released = append(f.Released, ReleasedVersion{r.ID, int(r.Version), r.Recipients, r.ReleasedAt})
	}
	return nil
}

func (f *File) said(ctx context.Context, q *db.Queries) error {
	events, err := q.ListEvents(ctx, db.ListEventsParams{ServiceID: f.Service, ReportID: f.ID})
	if err != nil {
		return fmt.Errorf("list consent events: %w", err)
	}
	for _, e := range events {
		x := Event{No: int(e.EventNo), Kind: EventKind(e.Kind), Way: Way(postgres.Value(e.Choice)), Days: int(postgres.Value(e.Days)), Version: int(postgres.Value(e.Version)), Recipients: e.Recipients, At: e.At}
		f.Standing.Events = append(f.Standing.Events, x)
		f.Said = append(f.Said, Said{x, e.Method, e.Assisted, e.Words})
	}
	corrections, err := q.ListCorrections(ctx, db.ListCorrectionsParams{ServiceID: f.Service, ReportID: f.ID})
	if err != nil {
		return fmt.Errorf("list corrections: %w", err)
	}
	for _, c := range corrections {
		f.Corrections = append(f.Corrections, Correction{c.ID, int(c.Version), c.Text, c.At, postgres.Value(c.Answer)})
	}
	return nil
}

// record is the audit entry and, where the ledger knows the kind, the activity row of one effect on a report.
func (s *Service) record(ctx context.Context, tx *postgres.Tx, f File, at time.Time, action, ground string, detail map[string]string) error {
	return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "report", Object: f.ID, Subject: f.Person, Ground: ground, Detail: detail})
}

// count appends to the activity ledger, with the codes of the case (clinical wall).
func (s *Service) count(ctx context.Context, tx *postgres.Tx, f File, at time.Time, kind activity.Kind, outcome string) error {
	c, err := db.New(tx).CaseCodes(ctx, db.CaseCodesParams{ServiceID: f.Service, ID: f.Case})
	if err != nil {
		return fmt.Errorf("read the codes of a case: %w", err)
	}
	return s.d.Ledger.Append(ctx, tx, activity.Row{Kind: kind, At: at, Organisation: f.Organisation, Service: f.Service,
		Person: f.Person, Case: f.Case, Actor: tx.Actor.Account,
		Codes: activity.Codes{Source: c.Source, Reason: c.Reason, Priority: c.Priority, StaffGroup: c.StaffGroup, Band: c.Band, Site: c.Site, Team: c.Team, Outcome: outcome}})
}

// early turns the database's refusal of an untimely word into what a page can say: somebody was faster.
func early(err error) error {
	if postgres.Code(err) == postgres.BadConsent {
		return fault.Wrap(fault.Conflict, "fault.conflict", err)
	}
	return err
}

// entitled gives those of some people who may receive a report at this time, behind either wall. Recipients are named
// when the referral is made; this asks whether they still are what they were (security.md A.3, 22). Who never was the
// person's manager or delegate, but was named for themselves and agreed to by name, may while they keep their post.
func (s *Service) entitled(ctx context.Context, tx *postgres.Tx, in Where, referral uuid.UUID, at time.Time, people []uuid.UUID) ([]uuid.UUID, error) {
	hr, err := s.d.HR(ctx, in.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list HR: %w", err)
	}
	if hr == nil {
		hr = []uuid.UUID{} // null would make the whole condition null
	}
	list, err := db.New(tx).ListEntitled(ctx, db.ListEntitledParams{People: people, ServiceID: in.Service, OrganisationID: in.Organisation,
		ReferralID: referral, OnDay: locale.Day(at).UTC(), Hr: hr})
	if err != nil {
		return nil, fmt.Errorf("list who may still receive: %w", err)
	}
	return list, nil
}

// hold keeps back what the person agreed to because nobody remains who may have it: OH gets a task, and the release is
// tried again every morning while the case is open, since a workforce record may be mended or a delegation confirmed.
func (s *Service) hold(ctx context.Context, tx *postgres.Tx, f File, a ReleaseArgs, at time.Time) error {
	q := db.New(tx)
	c, err := q.CaseCodes(ctx, db.CaseCodesParams{ServiceID: f.Service, ID: f.Case})
	if err != nil {
		return fmt.Errorf("read the state of a case: %w", err)
	}
	if flow.State(c.State) == flow.Closed {
		return nil
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	last, _ := f.Standing.Last()
	due, _ := workday.England().Add(locale.Day(at), 1)
	err = q.InsertHeldTask(ctx, db.InsertHeldTaskParams{ServiceID: f.Service, ID: id, CasefileID: f.Case, Priority: priority(c.Priority), CreatedAt: at,
		DueAt: time.Date(due.Year, due.Month, due.Day, 17, 0, 0, 0, locale.London), Since: last.At})
	if err != nil {
		return fmt.Errorf("tell OH that a recipient has changed: %w", err)
	}
	if err := s.record(ctx, tx, f, at, "report.held", "consent", map[string]string{"version": fmt.Sprint(a.Version)}); err != nil {
		return err
	}
	return job.Add(ctx, tx, a, at.Add(days(1)))
}
