package flow

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Step is one move of one case.
type Step struct {
	Service, Case uuid.UUID
	To            State
	At            time.Time
	Seen          Seen   // what the referrer sees, when it is not To.ToReferrer()
	SeenReason    string // a code the referrer may see beside it: a triage outcome, nothing clinical
	SeenNote      string // what OH asks of the referrer, in words for the referrer; nothing clinical
	Closing       string // closing reason, when To is Closed
	Held          bool   // the referrer learns of it later, by ShowHeld
}

// Move makes a step in the caller's transaction (clinical or portal login). It locks the case, so of two
// moves at once one is refused with ErrMove.
func Move(ctx context.Context, tx *postgres.Tx, s Step) error {
	var from State
	var organisation uuid.UUID
	var referral *uuid.UUID
	err := tx.QueryRow(ctx, `select state, organisation_id, referral_id from casefile where service_id = $1 and id = $2 for update`,
		s.Service, s.Case).Scan(&from, &organisation, &referral)
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Missing("case")
	}
	if err != nil {
		return fmt.Errorf("lock case: %w", err)
	}
	if !Can(from, s.To) {
		return fmt.Errorf("%s to %s: %w", from, s.To, ErrMove)
	}
	if s.To == Closed {
		_, err = tx.Exec(ctx, `update casefile set state = $3, state_at = $4, closed_at = $4, closing_reason = $5 where service_id = $1 and id = $2`,
			s.Service, s.Case, s.To, s.At, s.Closing)
	} else {
		_, err = tx.Exec(ctx, `update casefile set state = $3, state_at = $4 where service_id = $1 and id = $2`, s.Service, s.Case, s.To, s.At)
	}
	if err != nil {
		return fmt.Errorf("move case to %s: %w", s.To, err)
	}
	if err := remember(ctx, tx, s.Service, s.Case, s.To, s.At); err != nil {
		return err
	}
	if endsPauses(s.To) {
		if _, err := EndPauses(ctx, tx, s.Service, s.Case, s.At); err != nil {
			return err
		}
	}
	if s.Held {
		return nil
	}
	if referral != nil {
		if err := show(ctx, tx, organisation, *referral, s); err != nil {
			return err
		}
	}
	return showMerged(ctx, tx, s)
}

// show tells the referrer of the case what they may know of the step.
func show(ctx context.Context, tx *postgres.Tx, organisation, referral uuid.UUID, s Step) error {
	seen := s.Seen
	if seen == "" {
		seen = s.To.ToReferrer()
	}
	tag, err := tx.Exec(ctx, `update referral set state = $3, state_at = $4 where organisation_id = $1 and id = $2`, organisation, referral, seen, s.At)
	if err == nil && (s.SeenReason != "" || s.SeenNote != "") {
		_, err = tx.Exec(ctx, `update referral set state_reason = nullif($3, ''), state_note = nullif($4, '') where organisation_id = $1 and id = $2`,
			organisation, referral, s.SeenReason, s.SeenNote)
	}
	if err != nil {
		return fmt.Errorf("show the move to the referrer: %w", err)
	}
	if tag.RowsAffected() != 1 {
		return fmt.Errorf("show the move to the referrer: %w", ErrMove)
	}
	return nil
}

// showMerged tells the referrers whose cases were merged into this one. A merge must look like any accepted
// referral, so they see what the referrer of an ordinary case could see, and no more:
//
//   - the case may still be in triage for its own sake: accepted stays accepted;
//   - an appointment that was booked before the merge was not made for them: they see neither its booking nor its
//     end, and go from accepted to report_pending, as with written advice. Of one that is booked later they see all;
//   - nothing moves, the moment neither, while they see the same state; only the stages of a report share one;
//   - why another's referral ended is not theirs to know: only "no report comes" is the same for everybody.
func showMerged(ctx context.Context, tx *postgres.Tx, s Step) error {
	seen := s.To.ToReferrer()
	switch {
	case s.To == Received || s.To == Returned:
		return nil
	case s.Seen == SeenNotReported:
		seen = SeenNotReported
	}
	_, err := tx.Exec(ctx, `update referral r set state = $3, state_at = $4 from casefile c
 where c.service_id = $1 and c.merged_into = $2 and c.state = 'merged' and r.organisation_id = c.organisation_id and r.id = c.referral_id
 and r.state in ('accepted','booked','attended','report_pending') and (r.state <> $3 or $3 = 'report_pending') and (r.state = 'booked' or $3 <> 'attended')`,
		s.Service, s.Case, string(seen), s.At)
	if err != nil {
		return fmt.Errorf("show the move to a merged referral: %w", err)
	}
	return nil
}

// Open records the first state of a new case; the caller has inserted the casefile row with state received.
func Open(ctx context.Context, tx *postgres.Tx, service, id uuid.UUID, at time.Time) error {
	return remember(ctx, tx, service, id, Received, at)
}

func remember(ctx context.Context, tx *postgres.Tx, service, id uuid.UUID, state State, at time.Time) error {
	_, err := tx.Exec(ctx, `insert into casefile_state (service_id, casefile_id, step, state, at, actor_account)
 select $1, $2, coalesce(max(step), 0) + 1, $3, $4, $5 from casefile_state where service_id = $1 and casefile_id = $2`,
		service, id, state, at, postgres.Null(tx.Actor.Account))
	if err != nil {
		return fmt.Errorf("remember case state: %w", err)
	}
	return nil
}

// End is how the reporting of a case ended for the referrer, while the case itself stays where it is.
type End struct {
	Organisation, Referral uuid.UUID
	Seen                   Seen // SeenReported or SeenNotReported
	At                     time.Time
}

// Show tells the referrer how the reporting ended (clinical login). A referral that was withdrawn or declined
// stays so: shown is false. A report may still come after a notice that none came, never the other way round.
func Show(ctx context.Context, tx *postgres.Tx, e End) (shown bool, err error) {
	if e.Seen != SeenReported && e.Seen != SeenNotReported {
		return false, fmt.Errorf("show the referrer %q: not an end of reporting", e.Seen)
	}
	tag, err := tx.Exec(ctx, `update referral set state = $3, state_reason = null, state_at = $4
 where organisation_id = $1 and id = $2 and state not in ('withdrawn', 'declined') and not (state = 'reported' and $3 = 'not_reported')`,
		e.Organisation, e.Referral, string(e.Seen), e.At)
	if err != nil {
		return false, fmt.Errorf("show the end of reporting to the referrer: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// ShowHeld shows what a held step kept back: its end to the referrer of the case, and to those whose cases were merged
// into it that it is over.
func ShowHeld(ctx context.Context, tx *postgres.Tx, service, id uuid.UUID, e End) (shown bool, err error) {
	if err := showMerged(ctx, tx, Step{Service: service, Case: id, To: Closed, At: e.At}); err != nil {
		return false, err
	}
	return Show(ctx, tx, e)
}
