package casefile

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Step is one request for help inside a case.
type Step struct {
	ID, Account                 uuid.UUID
	To                          access.Role
	Why, State                  string // requested | accepted | done
	AskedAt, AcceptedAt, DoneAt time.Time
}

// Asked is a step with the person it is about, for whoever is asked.
type Asked struct {
	Step
	Case Case
}

// ReferOn asks a profession of the service to help inside a case. Its id comes from the page, so the same
// request twice asks once.
type ReferOn struct {
	ID  uuid.UUID
	To  access.Role
	Why string
}

// ReferOn asks. The case stays where it is in its life: booking with the new clinician is a move of its own.
func (s *Service) ReferOn(ctx context.Context, a access.Actor, at time.Time, c Case, in ReferOn) error {
	if !in.To.IsClinician() || in.Why == "" {
		return fault.New(fault.Invalid, "fault.not_found")
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		why, err := s.d.Box.Seal(sealed.StepWhy, a.Service, in.ID, in.Why)
		if err != nil {
			return err
		}
		n, err := db.New(tx).InsertStep(ctx, db.InsertStepParams{ServiceID: a.Service, ID: in.ID, CasefileID: c.ID, ToRole: string(in.To), Why: why, AskedBy: a.Account, AskedAt: at})
		if err != nil {
			return fmt.Errorf("insert step: %w", err)
		}
		if n == 0 {
			return nil
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: string(activity.CaseReferredOn), Kind: "case_step", Object: in.ID, Subject: c.Person,
			Detail: map[string]string{"to": string(in.To)}}); err != nil {
			return err
		}
		row, err := Activity(ctx, tx, c, activity.CaseReferredOn, at)
		if err != nil {
			return err
		}
		row.Codes.Outcome = string(in.To)
		return s.d.Ledger.Append(ctx, tx, row)
	})
}

// LoadStep is the loader of /cases/{id}/steps/{step}. Somebody of the asked profession is its Viewer: while it is
// asked everybody of the role, once accepted only who took it. They see what was asked, not the record.
func (s *Service) LoadStep(ctx context.Context, a access.Actor, r *http.Request) (object access.Object, err error) {
	caseID, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	id, err := web.PathID(r, "step")
	if err != nil {
		return access.Object{}, err
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		x, err := db.New(tx).FindStep(ctx, db.FindStepParams{ServiceID: a.Service, CasefileID: caseID, ID: id})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("step")
		}
		if err != nil {
			return fmt.Errorf("find step: %w", err)
		}
		c, err := Find(ctx, tx, caseID)
		if err != nil {
			return err
		}
		why, err := s.d.Box.Open(sealed.StepWhy, a.Service, id, x.Why)
		if err != nil {
			return err
		}
		step := Step{ID: x.ID, To: access.Role(x.ToRole), Account: val(x.ToAccount), Why: why, State: x.State, AskedAt: x.AskedAt}
		object = access.Object{Kind: "case_step", ID: x.ID, Subject: x.PersonID, State: string(c.State), Ground: "step", Value: Asked{step, c}}
		free := step.State == "requested" && step.To == a.Role
		if a.Person != x.PersonID && (free || step.Account == a.Account) {
			object.Relations = []access.Relation{access.Viewer}
		}
		return nil
	})
	return object, err
}

// Accept takes a step: from now on the case is open to the actor. Of two who accept at once one is too late.
func (s *Service) Accept(ctx context.Context, a access.Actor, at time.Time, step Asked) error {
	return s.answer(ctx, a, at, step, "casefile.step_accepted", func(q *db.Queries) (int64, error) {
		return q.AcceptStep(ctx, db.AcceptStepParams{ServiceID: a.Service, ID: step.ID, Account: &a.Account, At: &at})
	})
}

// Finish ends a step, and the relationship that it gave. With a note begun and not signed it is refused: its author
// could not come back to it.
func (s *Service) Finish(ctx context.Context, a access.Actor, at time.Time, step Asked) error {
	return s.answer(ctx, a, at, step, "casefile.step_done", func(q *db.Queries) (int64, error) {
		_, err := q.FindDraft(ctx, db.FindDraftParams{ServiceID: a.Service, CasefileID: step.Case.ID, Account: a.Account})
		if err == nil {
			return 0, fault.New(fault.Conflict, "casefile.step.draft")
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			return 0, err
		}
		return q.FinishStep(ctx, db.FinishStepParams{ServiceID: a.Service, ID: step.ID, Account: &a.Account, At: &at})
	})
}

func (s *Service) answer(ctx context.Context, a access.Actor, at time.Time, step Asked, action string, do func(*db.Queries) (int64, error)) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := do(db.New(tx))
		if err != nil {
			return fmt.Errorf("answer step: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "fault.conflict")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "case_step", Object: step.ID, Subject: step.Case.Person, Ground: "step"})
	})
}
