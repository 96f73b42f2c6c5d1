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
			list.Appointments = append(list.Appointments, Visit{Case: x.CasefileID, Person: x.GivenName + " " + x.FamilyName,
				Appointment: Appointment{ID: x.ID, Clinician: x.ClinicianAccount, Name: x.ClinicianName, Role: x.Role, Kind: x.Kind, Mode: x.Mode,
					Site: x.Site, State: x.State, At: x.StartsAt, Minutes: int(x.Minutes)}})
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
