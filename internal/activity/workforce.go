package activity

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// countWorkforce: a post of 37.5 hours a week (full time under Agenda for Change) is available on every calendar
// day, as in the national absence rate. Four years are what a chart of three can need.
const countWorkforce = `insert into rollup_workforce (organisation_id, month, staff_group, fte_days)
 select $1, m.first::date, p.staff_group,
  sum(p.hours / 37.5 * (least(coalesce(p.ends_on, m.last::date), m.last::date) - greatest(p.starts_on, m.first::date) + 1))
 from generate_series(date_trunc('month', $2::date - interval '4 years'), date_trunc('month', $2::date), interval '1 month') as s (first)
 cross join lateral (select s.first as first, s.first + interval '1 month' - interval '1 day' as last) m
 join post p on p.organisation_id = $1 and p.starts_on <= m.last::date and (p.ends_on is null or p.ends_on >= m.first::date)
 group by 2, 3`

// CountWorkforce rolls the staff feed up into days available by month and staff group: the denominator of an
// absence rate. It runs behind the worker wall; growth cannot read a post.
func CountWorkforce(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, at time.Time) error {
	if _, err := tx.Exec(ctx, `delete from rollup_workforce where organisation_id = $1`, organisation); err != nil {
		return fmt.Errorf("clear workforce roll-up: %w", err)
	}
	if _, err := tx.Exec(ctx, countWorkforce, organisation, at); err != nil {
		return fmt.Errorf("roll up the workforce: %w", err)
	}
	return nil
}
