package flow

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Reasons are why somebody in OH stops the clock of a case by hand (clinical.md 1.11): a letter is awaited from the
// person's own doctor, or the person cannot be seen for now. Returning a referral and handing over a report stop it
// by themselves.
var Reasons = []string{"awaiting_evidence", "person_unavailable"}

// MayPause says whether the clock of a case in a state may be stopped by hand. While the case is with the referrer or
// with the person it stands already.
func MayPause(s State) bool { return s.Live() && s != Returned && s != WithPerson }

// endsPauses says whether coming to a state ends what was stopped by hand, because another pause takes over or
// because the case is over. In the ledger the new pause goes on where the old one ends, and the end of a case ends
// its pauses, so neither needs an event. That the person attends needs one: the appointment slice writes it.
func endsPauses(to State) bool { return !MayPause(to) }

// EndPauses starts the clock again where it was stopped by hand, and gives the reasons that ended.
func EndPauses(ctx context.Context, tx *postgres.Tx, service, id uuid.UUID, at time.Time) (reasons []string, err error) {
	rows, err := tx.Query(ctx, `update clock_pause set ends_at = greatest(starts_at, $3::timestamptz)
 where service_id = $1 and casefile_id = $2 and reason = any ($4::text[]) and ends_at is null returning reason`, service, id, at, Reasons)
	if err != nil {
		return nil, fmt.Errorf("start the clock: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var reason string
		if err := rows.Scan(&reason); err != nil {
			return nil, fmt.Errorf("start the clock: %w", err)
		}
		reasons = append(reasons, reason)
	}
	slices.Sort(reasons)
	return reasons, rows.Err()
}
