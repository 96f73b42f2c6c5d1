package casefile

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Day is what one has to do today.
type Day struct {
	Whole        bool // the service's day, not one clinician's
	ToTriage     int  // of the whole service, for those who check and triage
	Appointments []Visit
	Tasks        []Duty
	Asked        []Duty // steps asked of the role, or taken and not finished
	Drafts       []Duty
	Reports      []Duty
	Reviews      []Duty // withheld entries whose day of review has come
	Decisions    []Duty // disclosures without consent that one is asked to decide on
}

// Visit is an appointment of the day.
type Visit struct {
	Appointment
	Case   uuid.UUID
	Person string
	Next   Next
	Draft  uuid.UUID // the note to go on with, when Next is SignNote
}

// Next is what the clinician of an appointment has still to write after it.
type Next string

// What comes after an appointment; nothing when all is written, or when it is somebody else's.
const (
	WriteNote   Next = "write_note"
	SignNote    Next = "sign_note"
	WriteReport Next = "write_report"
	SignReport  Next = "sign_report"
)

// next says what is missing: first the note, then the report, where the case has one and the role writes it.
func next(a access.Actor, x db.ListDayRow) Next {
	switch {
	case x.State != "attended" || x.ClinicianAccount != a.Account:
		return ""
	case !x.Noted && x.Draft != uuid.Nil:
		return SignNote
	case !x.Noted:
		return WriteNote
	case !SightOf(a.Role).Clinical || !x.ReportedOn:
		return ""
	case x.Drafting:
		return SignReport
	case !x.Reported:
		return WriteReport
	}
	return ""
}

// Duty is one thing to do about a case.
type Duty struct {
	ID, Case       uuid.UUID
	Person         string
	Kind, Priority string
	At             time.Time // due, asked or last saved
}

// Day reads the actor's day in London; an administrator's is the whole service's.
func (s *Service) Day(ctx context.Context, a access.Actor, at time.Time) (Day, error) {
	from := DayOf(at)
	list := Day{Whole: a.Role == access.OHAdmin}
	var mine *uuid.UUID
	if !list.Whole {
		mine = &a.Account
	}
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		visits, err := q.ListDay(ctx, db.ListDayParams{ServiceID: a.Service, FromAt: from, ToAt: from.AddDate(0, 0, 1), Clinician: mine})
		if err != nil {
			return fmt.Errorf("list appointments: %w", err)
		}
		for _, x := range visits {
			list.Appointments = append(list.Appointments, Visit{Case: x.CasefileID, Person: x.GivenName + " " + x.FamilyName, Next: next(a, x), Draft: x.Draft,
				Appointment: Appointment{ID: x.ID, Clinician: x.ClinicianAccount, Name: x.ClinicianName, Role: x.Role, Kind: x.Kind, Mode: x.Mode,
					Site: x.Site, State: x.State, At: x.StartsAt, Minutes: int(x.Minutes)}})
		}
		if list.Whole || a.Role == access.Nurse {
			n, err := q.CountToTriage(ctx, db.CountToTriageParams{ServiceID: a.Service, Reader: a.Person})
			if err != nil {
				return fmt.Errorf("count cases to triage: %w", err)
			}
			list.ToTriage = int(n)
		}
		tasks, err := q.ListTasks(ctx, db.ListTasksParams{ServiceID: a.Service, Owner: mine})
		if err != nil {
			return fmt.Errorf("list tasks: %w", err)
		}
		for _, x := range tasks {
			list.Tasks = append(list.Tasks, Duty{x.ID, x.CasefileID, x.GivenName + " " + x.FamilyName, x.Kind, x.Priority, x.DueAt})
		}
		if list.Whole {
			return nil
		}
		return list.clinical(ctx, q, a, from)
	})
	return list, err
}

func (d *Day) clinical(ctx context.Context, q *db.Queries, a access.Actor, today time.Time) error {
	asked, err := q.ListAsked(ctx, db.ListAskedParams{ServiceID: a.Service, Role: string(a.Role), Account: &a.Account})
	if err != nil {
		return fmt.Errorf("list steps: %w", err)
	}
	for _, x := range asked {
		d.Asked = append(d.Asked, Duty{ID: x.ID, Case: x.CasefileID, Person: x.GivenName + " " + x.FamilyName, Kind: x.State, At: x.AskedAt})
	}
	drafts, err := q.ListDrafts(ctx, db.ListDraftsParams{ServiceID: a.Service, Account: a.Account})
	if err != nil {
		return fmt.Errorf("list drafts: %w", err)
	}
	for _, x := range drafts {
		d.Drafts = append(d.Drafts, Duty{ID: x.ID, Case: x.CasefileID, Person: x.GivenName + " " + x.FamilyName, At: x.SavedAt})
	}
	reports, err := q.ListReportsToSign(ctx, db.ListReportsToSignParams{ServiceID: a.Service, Account: a.Account})
	if err != nil {
		return fmt.Errorf("list reports: %w", err)
	}
	for _, x := range reports {
		d.Reports = append(d.Reports, Duty{Case: x.CasefileID, Person: x.GivenName + " " + x.FamilyName, At: x.SavedAt})
	}
	reviews, err := q.ListReviews(ctx, db.ListReviewsParams{ServiceID: a.Service, Account: a.Account, Reader: a.Person, Today: today})
	if err != nil {
		return fmt.Errorf("list reviews: %w", err)
	}
	for _, x := range reviews {
		d.Reviews = append(d.Reviews, Duty{ID: x.ID, Case: x.CasefileID, Person: x.GivenName + " " + x.FamilyName, At: x.ReviewOn})
	}
	decisions, err := q.ListDecisions(ctx, db.ListDecisionsParams{ServiceID: a.Service, Account: a.Account})
	if err != nil {
		return fmt.Errorf("list decisions: %w", err)
	}
	for _, x := range decisions {
		d.Decisions = append(d.Decisions, Duty{ID: x.ID, Case: x.CasefileID, Person: x.GivenName + " " + x.FamilyName, At: x.FirstAt})
	}
	return nil
}
