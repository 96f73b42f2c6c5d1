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
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/clock"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Pause is a time in which the clock of a case stood; a zero To means that it still does.
type Pause struct {
	ID       uuid.UUID
	Reason   string
	From, To time.Time
}

// Clock is how long a case has taken so far, or took until it closed, with and without its pauses.
type Clock struct {
	clock.Wait
	Pauses []Pause
}

// Open is the pause that the case is in, or nil.
func (c Clock) Open() *Pause {
	for i := range c.Pauses {
		if c.Pauses[i].To.IsZero() {
			return &c.Pauses[i]
		}
	}
	return nil
}

// Startable says whether the clock stands because somebody stopped it by hand.
func (c Clock) Startable() bool {
	p := c.Open()
	return p != nil && slices.Contains(flow.Reasons, p.Reason)
}

// Stoppable says whether the clock runs and may be stopped in a state.
func (c Clock) Stoppable(s flow.State) bool { return flow.MayPause(s) && c.Open() == nil }

func (r reader) clock() (err error) {
	r.rec.Clock, err = clockOf(r.ctx, r.q, r.rec.Case, r.at)
	return err
}

func clockOf(ctx context.Context, q *db.Queries, c Case, at time.Time) (out Clock, err error) {
	rows, err := q.ListPauses(ctx, db.ListPausesParams{ServiceID: c.Service, CasefileID: c.ID})
	if err != nil {
		return out, fmt.Errorf("list pauses: %w", err)
	}
	end := at
	if !c.ClosedAt.IsZero() {
		end = c.ClosedAt
	}
	var stood []clock.Pause
	for _, x := range rows {
		p := Pause{x.ID, x.Reason, x.StartsAt, val(x.EndsAt)}
		out.Pauses, stood = append(out.Pauses, p), append(stood, clock.Pause{From: p.From, To: p.To})
	}
	out.Wait = clock.Measure(workday.England(), c.ReceivedAt, end, stood)
	return out, nil
}

// StopClock stops the clock of a case for a reason of flow.Reasons. The pause ends when somebody starts the clock
// again, when the person attends, and when the case goes to somebody else or is over. A page sends the id, so the
// same click twice stops it once; of two people who stop it at once one is too late.
func (s *Service) StopClock(ctx context.Context, a access.Actor, at time.Time, c Case, id uuid.UUID, reason string) error {
	if !slices.Contains(flow.Reasons, reason) {
		return fault.New(fault.Invalid, "fault.not_found")
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		now, err := lockClock(ctx, tx, c, at)
		if err != nil {
			return err
		}
		if open := now.Open(); open != nil && open.ID == id {
			return nil
		}
		if !now.Stoppable(now.state) {
			return flow.ErrMove
		}
		if err := db.New(tx).InsertPause(ctx, db.InsertPauseParams{ServiceID: c.Service, ID: id, CasefileID: c.ID, Reason: reason, StartsAt: at, ByAccount: &a.Account}); err != nil {
			return fmt.Errorf("stop the clock: %w", err)
		}
		return s.ticked(ctx, tx, at, c, activity.ClockPaused, reason)
	})
}

// StartClock lets the clock run again that was stopped by hand; one that runs is left as it is.
func (s *Service) StartClock(ctx context.Context, a access.Actor, at time.Time, c Case) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if _, err := lockClock(ctx, tx, c, at); err != nil {
			return err
		}
		reasons, err := flow.EndPauses(ctx, tx, c.Service, c.ID, at)
		if err != nil {
			return err
		}
		for _, reason := range reasons {
			if err := s.ticked(ctx, tx, at, c, activity.ClockResumed, reason); err != nil {
				return err
			}
		}
		return nil
	})
}

// lockedClock is a clock with the state that its case has under the lock.
type lockedClock struct {
	Clock
	state flow.State
}

func lockClock(ctx context.Context, tx *postgres.Tx, c Case, at time.Time) (lockedClock, error) {
	q := db.New(tx)
	state, err := q.LockCase(ctx, db.LockCaseParams{ServiceID: c.Service, ID: c.ID})
	if err != nil {
		return lockedClock{}, fmt.Errorf("lock case: %w", err)
	}
	now, err := clockOf(ctx, q, c, at)
	return lockedClock{now, flow.State(state)}, err
}

// ticked writes that the clock stopped or runs again, for the audit trail and the ledger.
func (s *Service) ticked(ctx context.Context, tx *postgres.Tx, at time.Time, c Case, kind activity.Kind, reason string) error {
	if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: string(kind), Kind: "casefile", Object: c.ID, Subject: c.Person, Detail: map[string]string{"reason": reason}}); err != nil {
		return err
	}
	row, err := Activity(ctx, tx, c, kind, at)
	if err != nil {
		return err
	}
	row.Codes.Outcome = reason
	return s.d.Ledger.Append(ctx, tx, row)
}
