package triage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/triage/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Task is an open P0 task: somebody needs help today.
type Task struct {
	ID, Case       uuid.UUID
	Person         uuid.UUID
	Name           string
	Kind           string // urgent_help: the person asked; see_person: triage found it
	Contact        string // where the person can be reached at once
	CaseState      flow.State
	CreatedAt      time.Time
	DueAt          time.Time
	AcknowledgedAt *time.Time
	Owner          *uuid.UUID
}

// Urgent lists the open P0 tasks, the longest waiting first.
func (s *Service) Urgent(ctx context.Context, actor access.Actor) (out []Task, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListUrgentTasks(ctx, db.ListUrgentTasksParams{ServiceID: actor.Service, Reader: actor.Person})
		if err != nil {
			return fmt.Errorf("list urgent tasks: %w", err)
		}
		for _, r := range rows {
			t := Task{ID: r.ID, Case: r.CasefileID, Person: r.PersonID, Name: name(r.GivenName, r.FamilyName), Kind: r.Kind, CaseState: flow.State(r.State),
				CreatedAt: r.CreatedAt, DueAt: r.DueAt, AcknowledgedAt: r.AcknowledgedAt, Owner: r.OwnerAccount, Contact: postgres.Value(r.SafeContact)}
			if t.Contact == "" {
				t.Contact = postgres.Value(r.Mobile)
			}
			out = append(out, t)
		}
		return nil
	})
	return out, err
}

// FindTask loads a task for a loader: it is its own ground for care, except for the person it is about.
func (s *Service) FindTask(ctx context.Context, actor access.Actor, id uuid.UUID) (access.Object, error) {
	var o access.Object
	err := s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		t, err := lockTask(ctx, tx, id)
		if err != nil {
			return err
		}
		o = access.Object{Kind: "task", ID: id, Subject: t.PersonID, Ground: "task", Relations: []access.Relation{access.Care}}
		if t.PersonID == actor.Person {
			o.Relations = []access.Relation{access.Own}
		}
		return nil
	})
	return o, err
}

// Acknowledge takes a task on: it stops the acknowledgement clock and makes the actor its owner if it has none.
// The second to come changes nothing.
func (s *Service) Acknowledge(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID) error {
	return s.onTask(ctx, actor, id, func(tx *postgres.Tx, t db.LockTaskRow, c Case) error {
		if t.AcknowledgedAt != nil {
			return nil
		}
		if err := db.New(tx).AcknowledgeTask(ctx, db.AcknowledgeTaskParams{ServiceID: actor.Service, ID: id, At: &at, Account: &actor.Account}); err != nil {
			return fmt.Errorf("acknowledge task: %w", err)
		}
		return s.note(ctx, tx, c, "task.acknowledged", at, map[string]string{"task": id.String()})
	})
}

// Finish says that the person has been helped. It needs an acknowledged task.
func (s *Service) Finish(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID) error {
	return s.onTask(ctx, actor, id, func(tx *postgres.Tx, t db.LockTaskRow, c Case) error {
		if t.DoneAt != nil {
			return nil
		}
		if t.AcknowledgedAt == nil {
			return fault.New(fault.Conflict, "triage.task.not_acknowledged")
		}
		if err := db.New(tx).FinishTask(ctx, db.FinishTaskParams{ServiceID: actor.Service, ID: id, At: &at}); err != nil {
			return fmt.Errorf("finish task: %w", err)
		}
		return s.note(ctx, tx, c, "task.finished", at, map[string]string{"task": id.String()})
	})
}

func (s *Service) onTask(ctx context.Context, actor access.Actor, id uuid.UUID, do func(*postgres.Tx, db.LockTaskRow, Case) error) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		t, err := lockTask(ctx, tx, id)
		if err != nil {
			return err
		}
		if t.PersonID == actor.Person {
			return fault.Missing("task")
		}
		return do(tx, t, Case{ID: t.CasefileID, Organisation: t.OrganisationID, Person: t.PersonID, State: flow.State(t.State)})
	})
}

func lockTask(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (db.LockTaskRow, error) {
	t, err := db.New(tx).LockTask(ctx, db.LockTaskParams{ServiceID: tx.Actor.Service, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return t, fault.Missing("task")
	}
	if err != nil {
		return t, fmt.Errorf("lock task: %w", err)
	}
	return t, nil
}
