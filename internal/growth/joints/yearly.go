package joints

import (
	"context"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
)

// Yearly says in the guardian's year when the evidence for accreditation is frozen next. The evidence room is made after
// the guardian's part, so it is asked for when it is needed.
func Yearly(room func() *evidence.Service) func(context.Context, access.Actor, time.Time) (assurance.Yearly, error) {
	return func(ctx context.Context, a access.Actor, now time.Time) (assurance.Yearly, error) {
		r, err := room().Read(ctx, a, now)
		return assurance.Yearly{Begun: len(r.Standards) > 0, Due: r.SnapshotDue(), Late: r.SnapshotLate()}, err
	}
}
