package activity

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// rollVoices counts who was asked for feedback and answered, by group, and what comments were about. Of a comment the last reading
// stands; one that is set aside, as it may show who wrote it, counts no more.
func rollVoices(ctx context.Context, tx *postgres.Tx, service uuid.UUID) error {
	for _, sql := range []string{
		`delete from rollup_feedback_asked where service_id = $1`,
		`delete from rollup_feedback_theme where service_id = $1`,
		`insert into rollup_feedback_asked (service_id, organisation_id, month, audience, dimension, code, asked, answered)
 select a.service_id, a.organisation_id, a.month, a.audience, d.dimension, d.code, count(*), count(*) filter (where a.answered)
 from feedback_asked a cross join lateral (values ('all', ''), ('source', a.source), ('staff_group', a.staff_group), ('site', a.site)) as d (dimension, code)
 where a.service_id = $1 and (d.dimension = 'all' or a.audience = 'person' and d.code <> '') group by 1, 2, 3, 4, 5, 6`,
		`insert into rollup_feedback_theme (service_id, organisation_id, month, audience, theme, tone, n)
 select r.service_id, r.organisation_id, r.month, r.audience, x.theme, r.tone, count(*)
 from (select distinct on (feedback_id) service_id, organisation_id, month, audience, themes, tone, aside from feedback_reading where service_id = $1 order by feedback_id, version desc) r
 cross join lateral unnest(r.themes) as x (theme) where not r.aside group by 1, 2, 3, 4, 5, 6`,
	} {
		if _, err := tx.Exec(ctx, sql, service); err != nil {
			return fmt.Errorf("roll up who answered, and themes: %w", err)
		}
	}
	return nil
}
