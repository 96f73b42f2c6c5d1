package series

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// headcount is the measure of the pack that says how many staff there are.
const headcount = "headcount"

// Headcount gives the mean headcount of each group over the periods that begin from one day to before another, in the
// caller's transaction: what stands in for a staff feed. Groups are named as the file names them; numbers have passed
// disclosure control, and a group without one is not there.
func Headcount(ctx context.Context, tx *postgres.Tx, from, to civil.Date) (map[string]float64, error) {
	all, err := readIn(ctx, tx, headcount)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	out := map[string]float64{}
	for _, p := range all[0].Parts {
		sum, n := 0.0, 0
		for _, x := range p.Periods {
			if x.Why == Shown && !x.Start.Before(from) && x.Start.Before(to) {
				sum, n = sum+x.Value, n+1
			}
		}
		if p.Part != "" && n > 0 {
			out[p.Name] = sum / float64(n)
		}
	}
	return out, nil
}
