package activity

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Referred is a referral by a manager, as far as it tells how they refer: by the key of whoever sent it, never by the person's.
type Referred struct {
	Actor        string // pseudonym
	At           time.Time
	Completeness int // per cent
	AbsentDays   int // 0 where the person was at work
}

// ReadReferred reads the referrals by managers that a service received, behind the worker wall; those of another system, which do not
// say by whom, are left out.
func ReadReferred(ctx context.Context, tx *postgres.Tx, keys Keys, service uuid.UUID) ([]Referred, error) {
	rows, err := tx.Query(ctx, `select actor_key, at, coalesce(completeness, 0), coalesce(absent_days, 0) from activity
 where service_id = $1 and kind = $2 and source = 'management' and actor_key <> $3 order by at, id`, service, string(ReferralSubmitted), keys.Pseudonym(service, "actor", uuid.Nil))
	if err != nil {
		return nil, fmt.Errorf("read referrals of managers: %w", err)
	}
	defer rows.Close()
	var out []Referred
	for rows.Next() {
		var r Referred
		var key []byte
		if err := rows.Scan(&key, &r.At, &r.Completeness, &r.AbsentDays); err != nil {
			return nil, fmt.Errorf("read referrals of managers: %w", err)
		}
		r.Actor = string(key)
		out = append(out, r)
	}
	return out, rows.Err()
}
