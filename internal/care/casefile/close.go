package casefile

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Outstanding is what must be done before a case may close, as counts.
type Outstanding struct {
	Tasks, Steps, Notes, Appointments int
	ReportUnsigned                    bool // a version is begun and not signed
	// ReportPending is a signed report that was not sent and whose time is not over. What the person said of it does
	// not count: a case that could close early only after a refusal would tell the referrer of the refusal.
	ReportPending bool
}

// Any says whether anything is outstanding.
func (o Outstanding) Any() bool { return o != Outstanding{} }

// Outstanding reads what stands between a case and its end.
func (s *Service) Outstanding(ctx context.Context, a access.Actor, c Case) (o Outstanding, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		o, err = outstanding(ctx, tx, c)
		return err
	})
	return o, err
}

func outstanding(ctx context.Context, tx *postgres.Tx, c Case) (o Outstanding, err error) {
	q := db.New(tx)
	tasks, err := q.ListOpenTasks(ctx, db.ListOpenTasksParams{ServiceID: c.Service, CasefileID: c.ID})
	if err != nil {
		return o, fmt.Errorf("list tasks: %w", err)
	}
	steps, err := q.ListSteps(ctx, db.ListStepsParams{ServiceID: c.Service, CasefileID: c.ID})
	if err != nil {
		return o, fmt.Errorf("list steps: %w", err)
	}
	notes, err := q.CountUnsigned(ctx, db.CountUnsignedParams{ServiceID: c.Service, CasefileID: c.ID})
	if err != nil {
		return o, fmt.Errorf("count drafts: %w", err)
	}
	booked, err := q.CountBooked(ctx, db.CountBookedParams{ServiceID: c.Service, CasefileID: c.ID})
	if err != nil {
		return o, fmt.Errorf("count appointments: %w", err)
	}
	reports, err := listReports(ctx, q, c.Service, c.ID)
	if err != nil {
		return o, fmt.Errorf("list reports: %w", err)
	}
	o.Tasks, o.Notes, o.Appointments = len(tasks), int(notes), int(booked)
	for _, x := range steps {
		if x.State != "done" {
			o.Steps++
		}
	}
	for _, r := range reports {
		o.ReportUnsigned = o.ReportUnsigned || r.Drafting
		o.ReportPending = o.ReportPending || r.Pending
	}
	return o, nil
}

// Close ends a case with a reason of the pack, unless something is outstanding. The referrer sees "closed" and
// no reason. A case that is closed already is left as it is.
func (s *Service) Close(ctx context.Context, a access.Actor, at time.Time, c Case, reason string) (Outstanding, error) {
	if !slices.Contains(ClosingReasons(), reason) {
		return Outstanding{}, fault.New(fault.Invalid, "fault.not_found")
	}
	return s.end(ctx, a, at, c, reason)
}

// Transferred is the reason of a case with which another provider goes on.
const Transferred = "TRANSFERRED"

// HandOver ends a case with which another provider goes on from now, unless something is outstanding: a plan of the exit of a contract
// says which (package handover).
func (s *Service) HandOver(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) (Outstanding, error) {
	var c Case
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		c, err = Find(ctx, tx, id)
		return err
	})
	if err != nil {
		return Outstanding{}, err
	}
	return s.end(ctx, a, at, c, Transferred)
}

func (s *Service) end(ctx context.Context, a access.Actor, at time.Time, c Case, reason string) (Outstanding, error) {
	var left Outstanding
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		// The move comes first: it locks the case, so nobody books or opens a task between check and end.
		if err := flow.Move(ctx, tx, flow.Step{Service: c.Service, Case: c.ID, To: flow.Closed, At: at, Closing: reason}); err != nil {
			return err
		}
		var err error
		if left, err = outstanding(ctx, tx, c); err != nil {
			return err
		}
		if left.Any() {
			return errOutstanding
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: string(activity.CaseClosed), Kind: "casefile", Object: c.ID, Subject: c.Person,
			Detail: map[string]string{"reason": reason}}); err != nil {
			return err
		}
		row, err := Activity(ctx, tx, c, activity.CaseClosed, at)
		if err != nil {
			return err
		}
		row.Codes.Outcome = reason
		return s.d.Ledger.Append(ctx, tx, row)
	})
	if left.Any() {
		return left, nil // rolled back: nothing moved
	}
	return Outstanding{}, err
}

var errOutstanding = fault.New(fault.Conflict, "fault.conflict")

// PlanReview sends a case back to be booked, to be seen by a day.
func (s *Service) PlanReview(ctx context.Context, a access.Actor, at time.Time, c Case, by time.Time) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if err := flow.Move(ctx, tx, flow.Step{Service: c.Service, Case: c.ID, To: flow.AwaitingBooking, At: at}); err != nil {
			return err
		}
		if err := db.New(tx).PlanReview(ctx, db.PlanReviewParams{ServiceID: c.Service, ID: c.ID, DueOn: &by}); err != nil {
			return fmt.Errorf("plan review: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "casefile.review_planned", Kind: "casefile", Object: c.ID, Subject: c.Person})
	})
}

// ByAnswer says of a kind of task that the answer it asks for ends it, in the slice where that is given, and nobody's word.
func ByAnswer(kind string) bool { return kind == "correction" }

// FinishTask says that a task of a case is done; done twice is done once. A task that its answer ends is refused.
func (s *Service) FinishTask(ctx context.Context, a access.Actor, at time.Time, c Case, task uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		open, err := q.ListOpenTasks(ctx, db.ListOpenTasksParams{ServiceID: c.Service, CasefileID: c.ID})
		if err != nil {
			return fmt.Errorf("list tasks: %w", err)
		}
		if slices.ContainsFunc(open, func(x db.ListOpenTasksRow) bool { return x.ID == task && ByAnswer(x.Kind) }) {
			return fault.New(fault.Conflict, "casefile.task_by_answer")
		}
		n, err := q.FinishTask(ctx, db.FinishTaskParams{ServiceID: c.Service, CasefileID: c.ID, ID: task, At: &at})
		if err != nil {
			return fmt.Errorf("finish task: %w", err)
		}
		if n == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "task.done", Kind: "task", Object: task, Subject: c.Person})
	})
}
