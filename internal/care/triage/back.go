package triage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/care/triage/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// returned is the reason of the pause that a return begins.
const returned = "returned"

// SendBack is a referral returned for information without a triage decision: what an administrator may do.
type SendBack struct {
	ID, Case uuid.UUID
	Message  string // code of a fixed text
	Missing  string // what is missing, for colleagues
}

// Return sends a referral back for information and stops its clock.
func (s *Service) Return(ctx context.Context, actor access.Actor, at time.Time, in SendBack) (faults fault.Fields, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, err := lock(ctx, tx, in.Case)
		if err != nil {
			return err
		}
		q := db.New(tx)
		if again, err := decided(ctx, q, actor.Service, in.ID, in.Case); again || err != nil {
			return err
		}
		outcome := outcomeOf(in.Message)
		if c.Source == SelfReferral {
			outcome = "RETURN-INFO"
		} else if outcome == "" {
			faults.Add("message", "triage.message.empty")
		}
		faults.Text("missing", "triage.missing.empty", in.Missing, rationaleLimit)
		if len(faults) > 0 {
			return nil
		}
		missing, err := s.d.Box.Seal(sealed.TriageRationale, actor.Service, in.ID, in.Missing)
		if err != nil {
			return err
		}
		err = q.InsertDecision(ctx, db.InsertDecisionParams{ServiceID: actor.Service, ID: in.ID, CasefileID: c.ID, Outcome: outcome,
			Rationale: missing, MessageToReferrer: postgres.Null(in.Message), ByAccount: actor.Account, At: at})
		if err != nil {
			return fmt.Errorf("insert return: %w", err)
		}
		return s.sendBack(ctx, tx, c, at, in.ID, outcome, in.Message)
	})
	return faults, err
}

// outcomeOf finds the return that a fixed text belongs to.
func outcomeOf(message string) string {
	for _, o := range Lists().Outcomes {
		if o.Act == Return && slices.Contains(o.Messages, message) {
			return o.Code
		}
	}
	return ""
}

func (s *Service) sendBack(ctx context.Context, tx *postgres.Tx, c Case, at time.Time, decision uuid.UUID, outcome, message string) error {
	err := flow.Move(ctx, tx, flow.Step{Service: tx.Actor.Service, Case: c.ID, To: flow.Returned, At: at, SeenReason: outcome, SeenNote: seenWords(ctx, message)})
	if err != nil {
		return err
	}
	err = db.New(tx).InsertPause(ctx, db.InsertPauseParams{ServiceID: tx.Actor.Service, ID: uuid.New(), CasefileID: c.ID, Reason: returned, StartsAt: at, ByAccount: &tx.Actor.Account})
	if err != nil {
		return fmt.Errorf("pause the clock: %w", err)
	}
	if err := s.tellReferrer(ctx, tx, c, at, "referral_returned", decision); err != nil {
		return err
	}
	if c.Source == SelfReferral { // nobody else can answer
		if err := s.tellPerson(ctx, tx, c, at, "case_returned", decision); err != nil {
			return err
		}
	}
	if err := s.record(ctx, tx, c, activity.ReferralReturned, at, activity.Codes{Outcome: outcome}); err != nil {
		return err
	}
	return s.record(ctx, tx, c, activity.ClockPaused, at, activity.Codes{Outcome: returned})
}

// Resume takes a returned case back into the queue when the answer came by telephone, by post or from the
// person. A referrer who amends a referral online does the same through the referral slice.
func (s *Service) Resume(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, err := lock(ctx, tx, id)
		if err != nil || c.State == flow.Received {
			return err
		}
		if err := flow.Move(ctx, tx, flow.Step{Service: actor.Service, Case: c.ID, To: flow.Received, At: at}); err != nil {
			return err
		}
		n, err := db.New(tx).EndPauses(ctx, db.EndPausesParams{ServiceID: actor.Service, CasefileID: c.ID, Reason: returned, At: at})
		if err != nil {
			return fmt.Errorf("start the clock: %w", err)
		}
		if n == 0 {
			return nil
		}
		return s.record(ctx, tx, c, activity.ClockResumed, at, activity.Codes{Outcome: returned})
	})
}

// Complete records that a referral has all that a clinician needs: every item of the list must be ticked.
func (s *Service) Complete(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID, ticked []string) (faults fault.Fields, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, err := lock(ctx, tx, id)
		if err != nil || c.CompleteAt != nil {
			return err
		}
		for _, item := range Lists().Checks(c.Source) {
			if !slices.Contains(ticked, item) {
				faults.Add("checks", "triage.checks.all")
				return nil
			}
		}
		if err := db.New(tx).SetComplete(ctx, db.SetCompleteParams{ServiceID: actor.Service, ID: id, At: &at}); err != nil {
			return fmt.Errorf("mark complete: %w", err)
		}
		return s.note(ctx, tx, c, "referral.completed", at, nil)
	})
	return faults, err
}
