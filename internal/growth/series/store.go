package series

import (
	"context"
	"fmt"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/series/intake"
	"github.com/rowan-ohwb/rowan/internal/growth/series/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Definition is a measure as it is defined now.
type Definition struct {
	seriesfile.Definition
	Version int
	Wording int       // of the version
	At      time.Time // when it was defined so
}

func (d Definition) params(tx *postgres.Tx, r *intake.Report) db.InsertSeriesParams {
	return db.InsertSeriesParams{OrganisationID: tx.Actor.Organisation, Code: d.Code, Version: int32(d.Version), Wording: int32(d.Wording), Title: d.Title, Counts: d.Counts, Unit: d.Unit, Per: int32(d.Per),
		Direction: d.Direction, Source: d.Source, Frequency: d.Frequency, Control: d.Control, ImportID: r.ID, DefinedAt: d.At.UTC()}
}

// definitions are the newest of each measure.
func definitions(ctx context.Context, tx *postgres.Tx) (map[string]Definition, error) {
	rows, err := db.New(tx).ListSeries(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list series: %w", err)
	}
	out := map[string]Definition{}
	for _, r := range rows {
		out[r.Code] = Definition{Version: int(r.Version), Wording: int(r.Wording), At: r.DefinedAt, Definition: seriesfile.Definition{Code: r.Code, Title: r.Title, Counts: r.Counts, Unit: r.Unit,
			Per: int(r.Per), Direction: r.Direction, Source: r.Source, Frequency: r.Frequency, Control: r.Control}}
	}
	return out, nil
}

// stored is a point as the table keeps it, comparable.
type stored struct {
	name                   string
	state                  seriesfile.State
	numerator, denominator float64
	of                     bool
}

func value(p seriesfile.Point) stored {
	return stored{p.PartName, p.State, p.Numerator, p.Denominator, p.Of}
}

// points are what is stored of some measures.
func points(ctx context.Context, tx *postgres.Tx, codes []string) (map[key]stored, error) {
	rows, err := db.New(tx).ListPoints(ctx, db.ListPointsParams{OrganisationID: tx.Actor.Organisation, Codes: codes})
	if err != nil {
		return nil, fmt.Errorf("list points: %w", err)
	}
	out := make(map[key]stored, len(rows))
	for _, r := range rows {
		s := stored{name: r.PartName, state: seriesfile.State(r.State)}
		if r.Numerator != nil {
			s.numerator = *r.Numerator
		}
		if r.Denominator != nil {
			s.denominator, s.of = *r.Denominator, true
		}
		out[key{r.Code, r.Part, civil.Of(r.Period)}] = s
	}
	return out, nil
}
