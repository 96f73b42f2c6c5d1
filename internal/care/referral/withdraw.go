package referral

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// WithdrawReasons are why a referrer takes a referral back: codes, so that nobody explains health here.
var WithdrawReasons = []string{"back_at_work", "left", "not_needed", "made_in_error", "person_asked"}

// Withdraw takes a referral back. The person is told; the case is closed and its booked time freed by job.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID, reason string) error {
	if !slices.Contains(WithdrawReasons, reason) {
		return fault.New(fault.Invalid, "fault.not_found")
	}
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		r, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.ReferrerPersonID != actor.Person {
			return fault.Missing("referral")
		}
		if flow.Seen(r.State) == flow.SeenWithdrawn {
			return nil
		}
		if !isOpen(r.State) {
			return fault.New(fault.Conflict, "referral.withdraw.late")
		}
		if err := db.New(tx).WithdrawReferral(ctx, db.WithdrawReferralParams{OrganisationID: r.OrganisationID, ID: id, Reason: &reason, At: at}); err != nil {
			return fmt.Errorf("withdraw referral: %w", err)
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "referral.withdrawn", Kind: "referral", Object: id, Subject: r.PersonID, Detail: map[string]string{"reason": reason}}); err != nil {
			return err
		}
		if err := s.d.Ledger.Append(ctx, tx, activity.Row{Kind: activity.ReferralWithdrawn, At: at, Organisation: r.OrganisationID, Service: r.ServiceID,
			Person: r.PersonID, Case: id, Actor: actor.Person, Codes: activity.Codes{Source: r.Kind, Outcome: reason}}); err != nil {
			return err
		}
		if err := message.Queue(ctx, tx, message.Out{Key: "referral_withdrawn:" + id.String(), Organisation: r.OrganisationID, Service: r.ServiceID,
			To: r.PersonID, Capacity: message.Self, Template: "referral_withdrawn", LinkPurpose: "my", At: at}); err != nil {
			return err
		}
		return job.Add(ctx, tx, WithdrawArgs{r.OrganisationID, r.ServiceID, id}, time.Time{})
	})
}

func lock(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (db.LockReferralRow, error) {
	r, err := db.New(tx).LockReferral(ctx, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, fault.Missing("referral")
	}
	if err != nil {
		return r, fmt.Errorf("lock referral: %w", err)
	}
	return r, nil
}
