package casefile

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/reach"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Record is a case as its reader may see it: what [SightOf] leaves out was never read.
type Record struct {
	Case         Case
	Sight        Sight
	ReadOnly     bool // opened by break-glass
	Employer     string
	Post         *Post
	Contact      reach.Ways
	Referral     *Referral
	Self         *SelfReferral
	Shared       []Comment // for OH and the manager
	ForOH        []Comment // for OH only
	States       []State
	Appointments []Appointment
	Notes        []Note
	Outcomes     []Outcome
	Contacts     []Touch
	Steps        []Step
	Tasks        []Task
	Reports      []Report // one for each referral
	Clock        Clock
}

// The parts of a record.
type (
	// Post is the person's post today.
	Post struct {
		Title, Band, StaffGroup, Site, Department, Team, Shift string
		Hours                                                  float64
	}
	// Referral is what the referrer wrote, latest version; Text is referral.Text, which the referral's own view draws.
	Referral struct {
		ID      uuid.UUID
		Kind    string
		Version int
		Text    []byte
		At      time.Time
	}
	// SelfReferral is what the person wrote when they came by themselves.
	SelfReferral struct {
		Reason, Text, Contact string
		At                    time.Time
	}
	// Comment is what the person wrote beside a referral.
	Comment struct {
		Text string
		At   time.Time
	}
	// State is one entry of the life of the case.
	State struct {
		State string
		At    time.Time
	}
	// Appointment is one appointment of the case.
	Appointment struct {
		ID, Clinician                       uuid.UUID
		Name, Role, Kind, Mode, Site, State string
		Outcome                             string
		Agreed                              *bool // to be assessed; nil where nobody was asked
		At                                  time.Time
		Minutes                             int
	}
	// Note is a line of the record: the note itself is read on its own page or in full below the case.
	Note struct {
		ID, Author, AddendumTo uuid.UUID
		Name, Role, Body       string
		Findings               string // note.Decode reads them
		Restricted             bool
		SavedAt, SignedAt      time.Time
		Withheld               string
		WithheldReview         time.Time
		UnderWithheld          bool // an addendum that goes with its withheld note
	}
	// Outcome is an opinion on fitness.
	Outcome struct {
		ID, Note          uuid.UUID
		Fitness, Words    string
		Effective, Review time.Time
		Adjustments       []byte
		At                time.Time
		Author            string
	}
	// Touch is a contact with the person, coded for the framework's three classes.
	Touch struct {
		Class, Role string
		Minutes     int
		At          time.Time
	}
	// Task is something outstanding.
	Task struct {
		ID, Owner      uuid.UUID
		Kind, Priority string
		Due            time.Time
	}
	// Report is how far one report of the case is.
	Report struct {
		ID                         uuid.UUID
		Drafting, Signed, Released bool
		Pending                    bool   // signed, not sent, and its time is not over
		Consent                    string // kind of the person's last word
	}
)

// Record reads a loaded case as the actor may see it, and writes first that it was opened.
func (s *Service) Record(ctx context.Context, a access.Actor, at time.Time, o access.Object) (Record, error) {
	c, ok := o.Value.(Case)
	if !ok {
		return Record{}, fmt.Errorf("record of a %s: not a loaded case", o.Kind)
	}
	rec := Record{Case: c, Sight: SightOf(a.Role), ReadOnly: len(o.Relations) == 1 && o.Relations[0] == access.Glass}
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if err := looked(ctx, tx, at, o, "casefile.opened"); err != nil {
			return err
		}
		r := reader{ctx, db.New(tx), s.d.Box, &rec, a, at}
		for _, part := range []struct {
			name string
			read func() error
		}{{"person", r.person}, {"referral", r.referral}, {"states", r.states}, {"clock", r.clock}, {"appointments", r.appointments}, {"notes", r.notes},
			{"opinions", r.opinions}, {"steps", r.steps}, {"tasks", r.tasks}, {"report", r.report}} {
			if err := part.read(); err != nil {
				return fmt.Errorf("read %s of the record: %w", part.name, err)
			}
		}
		return nil
	})
	return rec, err
}

type reader struct {
	ctx context.Context
	q   *db.Queries
	box sealed.Box
	rec *Record
	a   access.Actor
	at  time.Time
}

func (r reader) person() error {
	c := r.rec.Case
	p, err := r.q.FindPerson(r.ctx, db.FindPersonParams{OrganisationID: c.Organisation, ID: c.Person})
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Missing("person")
	}
	if err != nil {
		return err
	}
	r.rec.Contact = reach.Of(p.SafeContactKind, p.SafeContact, p.SafeContactVerifiedAt, p.Mobile, p.PersonalEmail, p.WorkEmail)
	if r.rec.Employer, err = r.q.OrganisationName(r.ctx, db.OrganisationNameParams{OrganisationID: c.Organisation, OnDay: DayOf(r.at)}); err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	post, err := r.q.FindPost(r.ctx, db.FindPostParams{OrganisationID: c.Organisation, PersonID: c.Person, OnDay: DayOf(r.at)})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	r.rec.Post = &Post{Title: post.Title, Band: post.Band, StaffGroup: post.StaffGroup, Site: post.Site, Department: post.Department,
		Team: post.Team, Shift: val(post.ShiftPattern), Hours: post.Hours}
	return err
}

func (r reader) referral() error {
	c := r.rec.Case
	if r.rec.Sight.Comments && c.SelfReferral != uuid.Nil {
		x, err := r.q.FindSelfReferral(r.ctx, db.FindSelfReferralParams{ServiceID: c.Service, ID: c.SelfReferral})
		if err != nil {
			return err
		}
		text, err := r.box.Open(sealed.SelfReferral, c.Service, c.SelfReferral, x.Text)
		if err != nil {
			return err
		}
		r.rec.Self = &SelfReferral{Reason: x.Reason, Text: text, Contact: x.Contact, At: x.At}
	}
	if !r.rec.Sight.Referral || c.Referral == uuid.Nil {
		return nil
	}
	x, err := r.q.FindReferral(r.ctx, db.FindReferralParams{ServiceID: c.Service, ID: c.Referral})
	if err != nil {
		return err
	}
	r.rec.Referral = &Referral{ID: x.ID, Kind: x.Kind, Version: int(x.Version), Text: x.Text, At: x.SubmittedAt}
	shared, err := r.q.ListSharedComments(r.ctx, db.ListSharedCommentsParams{ServiceID: c.Service, ReferralID: c.Referral})
	if err != nil {
		return err
	}
	for _, x := range shared {
		r.rec.Shared = append(r.rec.Shared, Comment{x.Text, x.At})
	}
	if !r.rec.Sight.Comments {
		return nil
	}
	forOH, err := r.q.ListOHComments(r.ctx, db.ListOHCommentsParams{ServiceID: c.Service, ReferralID: c.Referral})
	if err != nil {
		return err
	}
	for _, x := range forOH {
		text, err := r.box.Open(sealed.OHComment, c.Service, x.ID, x.Text)
		if err != nil {
			return err
		}
		r.rec.ForOH = append(r.rec.ForOH, Comment{text, x.At})
	}
	return nil
}

func (r reader) states() error {
	list, err := r.q.ListStates(r.ctx, db.ListStatesParams{ServiceID: r.a.Service, CasefileID: r.rec.Case.ID})
	for _, x := range list {
		r.rec.States = append(r.rec.States, State{x.State, x.At})
	}
	return err
}

func (r reader) appointments() error {
	list, err := r.q.ListAppointments(r.ctx, db.ListAppointmentsParams{ServiceID: r.a.Service, CasefileID: r.rec.Case.ID})
	for _, x := range list {
		if !r.rec.Sight.Appointments && x.ClinicianAccount != r.a.Account {
			continue
		}
		r.rec.Appointments = append(r.rec.Appointments, Appointment{ID: x.ID, Clinician: x.ClinicianAccount, Name: x.ClinicianName, Role: x.Role,
			Kind: x.Kind, Mode: x.Mode, Site: x.Site, State: x.State, Outcome: val(x.OutcomeCode), Agreed: x.Agreed, At: x.StartsAt, Minutes: int(x.Minutes)})
	}
	return err
}

func (r reader) notes() error {
	if !r.rec.Sight.Clinical && !r.rec.Sight.OwnNotes {
		return nil
	}
	list, err := r.q.ListNotes(r.ctx, db.ListNotesParams{ServiceID: r.a.Service, CasefileID: r.rec.Case.ID, Account: r.a.Account})
	if err != nil {
		return err
	}
	for _, x := range list {
		if !r.rec.Sight.Clinical && x.AuthorAccount != r.a.Account {
			continue
		}
		n := Note{ID: x.ID, Author: x.AuthorAccount, AddendumTo: val(x.AddendumTo), Name: x.AuthorName, Role: x.AuthorRole,
			Restricted: x.Restricted, SavedAt: x.SavedAt, SignedAt: val(x.SignedAt), WithheldReview: val(x.WithheldReviewOn), UnderWithheld: x.UnderWithheld}
		for _, part := range []struct {
			column sealed.Column
			from   []byte
			to     *string
		}{{sealed.NoteBody, x.Body, &n.Body}, {sealed.NoteFindings, x.Findings, &n.Findings}, {sealed.NoteWithheld, x.WithheldReason, &n.Withheld}} {
			if *part.to, err = r.box.Open(part.column, r.a.Service, x.ID, part.from); err != nil {
				return err
			}
		}
		r.rec.Notes = append(r.rec.Notes, n)
	}
	return nil
}

func (r reader) opinions() error {
	if !r.rec.Sight.Clinical {
		return nil
	}
	outcomes, err := r.q.ListOutcomes(r.ctx, db.ListOutcomesParams{ServiceID: r.a.Service, CasefileID: r.rec.Case.ID})
	if err != nil {
		return err
	}
	for _, x := range outcomes {
		r.rec.Outcomes = append(r.rec.Outcomes, Outcome{ID: x.ID, Note: x.NoteID, Fitness: x.Fitness, Words: val(x.Timescale), Effective: val(x.EffectiveOn),
			Review: val(x.ReviewOn), Adjustments: x.Adjustments, At: x.At, Author: val(x.AuthorName)})
	}
	contacts, err := r.q.ListContacts(r.ctx, db.ListContactsParams{ServiceID: r.a.Service, CasefileID: r.rec.Case.ID})
	for _, x := range contacts {
		r.rec.Contacts = append(r.rec.Contacts, Touch{x.Class, x.Role, int(x.Minutes), x.At})
	}
	return err
}

func (r reader) steps() error {
	list, err := r.q.ListSteps(r.ctx, db.ListStepsParams{ServiceID: r.a.Service, CasefileID: r.rec.Case.ID})
	if err != nil {
		return err
	}
	for _, x := range list {
		mine := access.Role(x.ToRole) == r.a.Role
		if r.a.Role == access.Counsellor && !mine {
			continue
		}
		step := Step{ID: x.ID, To: access.Role(x.ToRole), Account: val(x.ToAccount), State: x.State, AskedAt: x.AskedAt, AcceptedAt: val(x.AcceptedAt), DoneAt: val(x.DoneAt)}
		if r.rec.Sight.Clinical || mine {
			if step.Why, err = r.box.Open(sealed.StepWhy, r.a.Service, x.ID, x.Why); err != nil {
				return err
			}
		}
		r.rec.Steps = append(r.rec.Steps, step)
	}
	return nil
}

func (r reader) tasks() error {
	if !r.rec.Sight.Tasks {
		return nil
	}
	list, err := r.q.ListOpenTasks(r.ctx, db.ListOpenTasksParams{ServiceID: r.a.Service, CasefileID: r.rec.Case.ID})
	for _, x := range list {
		r.rec.Tasks = append(r.rec.Tasks, Task{ID: x.ID, Owner: val(x.OwnerAccount), Kind: x.Kind, Priority: x.Priority, Due: x.DueAt})
	}
	return err
}

func (r reader) report() error {
	if !r.rec.Sight.Report {
		return nil
	}
	reports, err := listReports(r.ctx, r.q, r.a.Service, r.rec.Case.ID)
	r.rec.Reports = reports
	return err
}

// listReports gives how far each report of a case is; a case without a referral has none.
func listReports(ctx context.Context, q *db.Queries, service, casefile uuid.UUID) (out []Report, err error) {
	list, err := q.ListReportStates(ctx, db.ListReportStatesParams{ServiceID: service, CasefileID: casefile})
	for _, x := range list {
		out = append(out, Report{ID: x.ID, Drafting: x.Drafting, Signed: x.Signed, Released: x.Released, Pending: x.Pending, Consent: x.Consent})
	}
	return out, err
}

// ReferralOf reads what was referred, for those who write on the case; nil where nobody did, or the role does not see it.
func (s *Service) ReferralOf(ctx context.Context, a access.Actor, c Case) (out *Referral, err error) {
	if !SightOf(a.Role).Referral || c.Referral == uuid.Nil {
		return nil, nil
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		x, err := db.New(tx).FindReferral(ctx, db.FindReferralParams{ServiceID: c.Service, ID: c.Referral})
		if err != nil {
			return fmt.Errorf("find referral: %w", err)
		}
		out = &Referral{ID: x.ID, Kind: x.Kind, Version: int(x.Version), Text: x.Text, At: x.SubmittedAt}
		return nil
	})
	return out, err
}
