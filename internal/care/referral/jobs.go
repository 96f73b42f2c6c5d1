package referral

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// ReceiveArgs opens the case of a referral on the clinical side.
type ReceiveArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
	Referral     uuid.UUID `json:"referral"`
}

// Kind names the job.
func (ReceiveArgs) Kind() string { return "referral.receive" }

// Tenant is where the job works.
func (a ReceiveArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// WithdrawArgs closes the case of a referral that was taken back.
type WithdrawArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
	Referral     uuid.UUID `json:"referral"`
}

// Kind names the job.
func (WithdrawArgs) Kind() string { return "referral.withdraw" }

// Tenant is where the job works.
func (a WithdrawArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// ResubmitArgs takes the case of a returned referral back into the queue.
type ResubmitArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
	Referral     uuid.UUID `json:"referral"`
}

// Kind names the job.
func (ResubmitArgs) Kind() string { return "referral.resubmit" }

// Tenant is where the job works.
func (a ResubmitArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// Register gives the runner the jobs of the slice. All work behind the clinical wall. Their times are those of
// the referral, not of the run, so a late job does not shorten anybody's wait.
func (s *Service) Register(r *job.Runner) {
	job.Register(r, access.Clinical, s.Receive)
	job.Register(r, access.Clinical, s.withdrawn)
	job.Register(r, access.Clinical, s.resubmitted)
}

// Receive opens the case of a referral. The lock orders it with a withdrawal: whichever comes second sees the
// other, so no case stays open behind a withdrawn referral. The sample's bulk path calls it too.
func (s *Service) Receive(ctx context.Context, tx *postgres.Tx, a ReceiveArgs) error {
	r, err := lock(ctx, tx, a.Referral)
	if err != nil {
		return err
	}
	var t sheet.Text
	if err := json.Unmarshal(r.Text, &t); err != nil {
		return fmt.Errorf("read referral text: %w", err)
	}
	if err := db.New(tx).InsertCase(ctx, db.InsertCaseParams{ServiceID: r.ServiceID, ID: r.ID, OrganisationID: r.OrganisationID, PersonID: r.PersonID,
		Source: r.Kind, ReferralID: &r.ID, StateAt: r.SubmittedAt, ReceivedAt: r.SubmittedAt, Reason: t.Reason}); err != nil {
		return fmt.Errorf("insert case: %w", err)
	}
	if err := flow.Open(ctx, tx, r.ServiceID, r.ID, r.SubmittedAt); err != nil {
		return err
	}
	if err := audit.Append(ctx, tx, audit.Entry{At: r.SubmittedAt, Action: "casefile.received", Kind: "casefile", Object: r.ID, Subject: r.PersonID, Detail: map[string]string{"source": r.Kind}}); err != nil {
		return err
	}
	if flow.Seen(r.State) == flow.SeenWithdrawn {
		return s.close(ctx, tx, r)
	}
	return nil
}

func (s *Service) withdrawn(ctx context.Context, tx *postgres.Tx, a WithdrawArgs) error {
	q := db.New(tx)
	c, err := q.FindCaseOf(ctx, db.FindCaseOfParams{ServiceID: a.Service, ReferralID: &a.Referral})
	if errors.Is(err, pgx.ErrNoRows) {
		// Receive has not committed: wait for its lock and look again. If there still is no case, Receive
		// comes later and finds the referral withdrawn. The case is looked for first because moves lock case,
		// then referral.
		if _, err := lock(ctx, tx, a.Referral); err != nil {
			return err
		}
		c, err = q.FindCaseOf(ctx, db.FindCaseOfParams{ServiceID: a.Service, ReferralID: &a.Referral})
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("find case: %w", err)
	}
	if !flow.State(c.State).Live() {
		return nil
	}
	r, err := q.FindReferral(ctx, a.Referral)
	if err != nil {
		return fmt.Errorf("find referral: %w", err)
	}
	return s.close(ctx, tx, db.LockReferralRow{OrganisationID: r.OrganisationID, ServiceID: r.ServiceID, ID: r.ID, Kind: r.Kind, PersonID: r.PersonID, StateAt: r.StateAt})
}

func (s *Service) close(ctx context.Context, tx *postgres.Tx, r db.LockReferralRow) error {
	if s.d.Free != nil {
		if err := s.d.Free(ctx, tx, r.ServiceID, r.ID, r.StateAt); err != nil {
			return err
		}
	}
	if err := flow.Move(ctx, tx, flow.Step{Service: r.ServiceID, Case: r.ID, To: flow.Closed, At: r.StateAt, Seen: flow.SeenWithdrawn, Closing: "withdrawn"}); err != nil {
		return err
	}
	if err := s.resume(ctx, tx, r, r.StateAt); err != nil {
		return err
	}
	if err := audit.Append(ctx, tx, audit.Entry{At: r.StateAt, Action: "casefile.closed", Kind: "casefile", Object: r.ID, Subject: r.PersonID, Detail: map[string]string{"reason": "withdrawn"}}); err != nil {
		return err
	}
	return s.d.Ledger.Append(ctx, tx, activity.Row{Kind: activity.CaseClosed, At: r.StateAt, Organisation: r.OrganisationID, Service: r.ServiceID,
		Person: r.PersonID, Case: r.ID, Codes: activity.Codes{Source: r.Kind, Outcome: "withdrawn"}})
}

func (s *Service) resubmitted(ctx context.Context, tx *postgres.Tx, a ResubmitArgs) error {
	q := db.New(tx)
	c, err := q.FindCaseOf(ctx, db.FindCaseOfParams{ServiceID: a.Service, ReferralID: &a.Referral})
	if err != nil {
		return fmt.Errorf("find case: %w", err)
	}
	if flow.State(c.State) != flow.Returned {
		return nil // withdrawn or closed since
	}
	at, err := q.LatestVersionAt(ctx, a.Referral)
	if err != nil {
		return fmt.Errorf("find version: %w", err)
	}
	if err := flow.Move(ctx, tx, flow.Step{Service: a.Service, Case: c.ID, To: flow.Received, At: at}); err != nil {
		return err
	}
	r, err := lock(ctx, tx, a.Referral)
	if err != nil {
		return err
	}
	if err := s.resume(ctx, tx, r, at); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{At: at, Action: "casefile.resubmitted", Kind: "casefile", Object: c.ID, Subject: r.PersonID})
}

// resume ends the pause that a return began.
func (s *Service) resume(ctx context.Context, tx *postgres.Tx, r db.LockReferralRow, at time.Time) error {
	n, err := db.New(tx).EndPause(ctx, db.EndPauseParams{ServiceID: r.ServiceID, CasefileID: r.ID, At: &at})
	if err != nil {
		return fmt.Errorf("end pause: %w", err)
	}
	if n == 0 {
		return nil
	}
	return s.d.Ledger.Append(ctx, tx, activity.Row{Kind: activity.ClockResumed, At: at, Organisation: r.OrganisationID, Service: r.ServiceID,
		Person: r.PersonID, Case: r.ID, Codes: activity.Codes{Source: r.Kind, Outcome: "returned"}})
}
