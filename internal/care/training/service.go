package training

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/care/training/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB   *postgres.DB
	Keys activity.Keys // tell whose referrals are whose in the ledger, for the worker alone
	Now  func() time.Time
	// Feedback is the service's own, of which what people think of courses is a part; nil where nobody listens.
	Feedback *feedback.Service
	Signing
}

// Service runs the courses.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, Lists()} }

// Pack gives the rules that hold.
func (s *Service) Pack() Pack { return s.pack }

// do runs a command in one transaction with its audit row; one that changes nothing leaves none.
func (s *Service) do(ctx context.Context, a access.Actor, e audit.Entry, fn func(*postgres.Tx, *db.Queries) (n int64, err error)) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := fn(tx, db.New(tx))
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, e)
	})
}

// read is a transaction that changes nothing.
func (s *Service) read(ctx context.Context, a access.Actor, fn func(*postgres.Tx, *db.Queries) error) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return fn(tx, db.New(tx)) })
}

func courses(ctx context.Context, q *db.Queries, service uuid.UUID, id *uuid.UUID) ([]Course, error) {
	rows, err := q.ListCourses(ctx, db.ListCoursesParams{ServiceID: service, ID: id})
	if err != nil {
		return nil, fmt.Errorf("list courses: %w", err)
	}
	out := make([]Course, len(rows))
	for i, r := range rows {
		out[i] = Course{ID: r.ID, Code: r.Code, Title: r.Title, About: r.About, Audience: r.Audience, Role: r.Role, Minutes: int(r.Minutes), Renew: int(postgres.Value(r.RenewMonths)), Judged: r.Judged, Added: locale.Day(r.AddedAt), By: r.ByName, Ended: locale.DayIf(r.EndedAt)}
	}
	return out, nil
}

func course(ctx context.Context, q *db.Queries, service, id uuid.UUID) (Course, error) {
	all, err := courses(ctx, q, service, &id)
	if err != nil {
		return Course{}, err
	}
	if len(all) == 0 {
		return Course{}, fault.Missing("course")
	}
	return all[0], nil
}

// sessions lists those that start from a moment on: of one course, or one alone, where they are not nil.
func sessions(ctx context.Context, q *db.Queries, service uuid.UUID, since time.Time, of, id *uuid.UUID) ([]Session, error) {
	rows, err := q.ListSessions(ctx, db.ListSessionsParams{ServiceID: service, Since: since, Course: of, ID: id})
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	out := make([]Session, len(rows))
	for i, r := range rows {
		out[i] = Session{ID: r.ID, Course: r.CourseID, Title: r.Title, Starts: r.StartsAt, Minutes: int(r.Minutes), Online: r.Online, Place: r.Place, Places: int(r.Places), Trainer: r.Trainer,
			Taken: int(r.Counted[0]), Waiting: int(r.Counted[1]), Cancelled: r.CancelledAt != nil, Marked: r.MarkedAt != nil}
	}
	return out, nil
}

func session(ctx context.Context, q *db.Queries, service, id uuid.UUID) (Session, error) {
	all, err := sessions(ctx, q, service, time.Time{}, nil, &id)
	if err != nil {
		return Session{}, err
	}
	if len(all) == 0 {
		return Session{}, fault.Missing("session")
	}
	return all[0], nil
}

// changed is what somebody is told whose page is older than what it shows.
func changed() error { return fault.New(fault.Conflict, "training.changed") }

// refuse makes an error of what a command's caller should have seen on the form.
func refuse(f fault.Fields) error {
	if len(f) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, f[0].Key)
}
