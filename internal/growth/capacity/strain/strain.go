// Package strain says when a scenario leaves a team without room: growth must not burn it out.
package strain

import (
	"context"
	"math"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Says is that at the end of the plan the team is called to more percent of its appointments than the pack's bound, and to more than in the
// result that it is compared with, or than when the plan begins where it is compared with none; "" where it is not.
func Says(ctx context.Context, r, against *capacity.Result, bound int) string {
	end := r.Quarters[len(r.Quarters)-1]
	used, before := end.Measures[capacity.Utilisation].P50, r.Quarters[0].Measures[capacity.Utilisation].P50
	if against != nil {
		before = against.Quarters[len(against.Quarters)-1].Measures[capacity.Utilisation].P50
	}
	if used <= float64(bound) || math.Round(used) <= math.Round(before) {
		return ""
	}
	return locale.T(ctx, "capacity.strained", "quarter", locale.Quarter(end.Start), "used", math.Round(used), "before", math.Round(before), "bound", bound)
}
