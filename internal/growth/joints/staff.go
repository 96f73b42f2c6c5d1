package joints

import (
	"context"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/absence/absencefile"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Headcount gives the headcount that was taken in as a measure, by the national names of staff groups: those of the
// ledger, however the file wrote them.
func Headcount() func(context.Context, *postgres.Tx, civil.Date, civil.Date) (map[string]float64, error) {
	packs, err := absencefile.LoadPacks(content.FS) // compiled in and tested
	if err != nil {
		panic(err)
	}
	return func(ctx context.Context, tx *postgres.Tx, from, to civil.Date) (map[string]float64, error) {
		named, err := series.Headcount(ctx, tx, from, to)
		if len(named) == 0 || err != nil {
			return nil, err
		}
		out := map[string]float64{}
		for name, n := range named {
			out[packs.Group(name)] += n
		}
		return out, nil
	}
}
