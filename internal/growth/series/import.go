package series

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/series/intake"
	"github.com/rowan-ohwb/rowan/internal/growth/series/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// ImportFile takes in a file of this machine: `rowan import measure FILE.csv`.
func (s *Service) ImportFile(ctx context.Context, a access.Actor, at time.Time, path string, dry bool) (intake.Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return intake.Report{}, fmt.Errorf("open file of measures: %w", err)
	}
	defer f.Close()
	return s.Import(ctx, a, at, filepath.Base(path), f, dry)
}

// Import takes in a file, all or nothing. A *sheet.Refused error says why the file as a whole was not taken; single
// rows are in the report. A dry run does the same and keeps nothing.
func (s *Service) Import(ctx context.Context, a access.Actor, at time.Time, name string, r io.Reader, dry bool) (intake.Report, error) {
	report, err := intake.New(intake.Measure, a, at, name)
	if err != nil {
		return report, err
	}
	file := sheet.NewHashed(r)
	g := &gathered{report: &report, defined: map[string]seriesfile.Definition{}, points: map[key]seriesfile.Point{}}
	if report.Rows, err = seriesfile.Parse(file, g); err != nil {
		return report, err
	}
	sum, err := file.Sum()
	if err != nil {
		return report, err
	}
	err = s.d.DB.InTenantDry(ctx, a, dry, func(tx *postgres.Tx) error {
		if err := intake.Begin(ctx, tx); err != nil {
			return err
		}
		return s.store(ctx, tx, g, sum)
	})
	report.DryRun = dry && err == nil
	return report, err
}

type key struct {
	code, part string
	period     civil.Date
}

// gathered is what a file holds before it is stored.
type gathered struct {
	report  *intake.Report
	defined map[string]seriesfile.Definition
	raw     []seriesfile.Point
	points  map[key]seriesfile.Point
}

// Define keeps a definition; a file defines a measure once.
func (g *gathered) Define(r sheet.Row, d seriesfile.Definition) error {
	if have, twice := g.defined[d.Code]; twice && have != d {
		return r.Fault("measure", "series.reject.defined_twice")
	}
	g.defined[d.Code] = d
	return nil
}

// Point keeps a point until every definition is known.
func (g *gathered) Point(p seriesfile.Point) error {
	g.raw = append(g.raw, p)
	return nil
}

// Reject notes a row that was not taken.
func (g *gathered) Reject(err error) error { return g.report.Add(err) }

// settle gives every point its period, and rejects what no definition covers.
func (g *gathered) settle(defined map[string]Definition) error {
	for _, p := range g.raw {
		if err := g.report.Add(g.fit(p, defined)); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathered) fit(p seriesfile.Point, defined map[string]Definition) error {
	d, ok := defined[p.Code]
	k := key{p.Code, p.Part, seriesfile.Start(d.Frequency, p.Date)}
	_, twice := g.points[k]
	switch {
	case !ok:
		return p.Row.Fault("measure", "series.reject.unknown")
	case twice:
		return p.Row.Fault("date", "series.reject.twice")
	case p.State == seriesfile.Known && d.Per > 0 && !p.Of:
		return p.Row.Fault("denominator", "series.reject.of")
	case p.State == seriesfile.Known && d.Per == 100 && p.Numerator > p.Denominator:
		return p.Row.Fault("numerator", "series.reject.more")
	}
	g.points[k] = p
	return nil
}

// store writes what is new or different. A file that changes nothing and was taken before leaves no trace.
func (s *Service) store(ctx context.Context, tx *postgres.Tx, g *gathered, sum string) error {
	q, org := db.New(tx), tx.Actor.Organisation
	have, err := definitions(ctx, tx)
	if err != nil {
		return err
	}
	fresh := s.define(g, have)
	if err := g.settle(have); err != nil {
		return err
	}
	stored, err := points(ctx, tx, slices.Sorted(maps.Keys(have)))
	if err != nil {
		return err
	}
	p := db.UpsertPointsParams{OrganisationID: org, ImportID: g.report.ID}
	var used []db.InsertSeriesParams
	for _, d := range fresh {
		if _, explicit := g.defined[d.Code]; explicit || slices.ContainsFunc(slices.Collect(maps.Keys(g.points)), func(k key) bool { return k.code == d.Code }) {
			used = append(used, d.params(tx, g.report))
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(g.points), func(a, b key) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.part, b.part), a.period.Compare(b.period))
	}) {
		x := g.points[k]
		if old, ok := stored[k]; ok && old == value(x) {
			continue
		}
		p.Code, p.Part, p.PartName, p.Period = append(p.Code, k.code), append(p.Part, k.part), append(p.PartName, x.PartName), append(p.Period, k.period.UTC())
		p.State, p.Numerator, p.Denominator = append(p.State, string(x.State)), append(p.Numerator, x.Numerator), append(p.Denominator, x.Denominator)
		p.HasNumbers, p.HasOf = append(p.HasNumbers, x.State == seriesfile.Known), append(p.HasOf, x.Of)
	}
	g.report.Changed = len(p.Code) + len(used)
	if g.report.Changed == 0 {
		before, ok, err := intake.Before(ctx, tx, intake.Measure, sum)
		if err != nil {
			return err
		}
		if ok {
			before.Same = true
			*g.report = before
			return nil
		}
	}
	if len(g.points)+len(g.defined) == 0 && g.report.Rejects.N == 0 {
		return &sheet.Refused{Key: "series.import.nothing"}
	}
	if err := intake.Record(ctx, tx, *g.report, sum); err != nil {
		return err
	}
	for _, d := range used {
		if err := q.InsertSeries(ctx, d); err != nil {
			return fmt.Errorf("define %s: %w", d.Code, err)
		}
	}
	if err := q.UpsertPoints(ctx, p); err != nil {
		return fmt.Errorf("store points: %w", err)
	}
	return audit.Append(ctx, tx, audit.Entry{At: g.report.At, Action: "series.imported", Kind: "data_import", Object: g.report.ID,
		Detail: map[string]string{"rows": fmt.Sprint(g.report.Rows), "changed": fmt.Sprint(g.report.Changed), "rejected": fmt.Sprint(g.report.Rejects.N)}})
}

// define adds to what is defined: what the file defines anew, and what the pack suggests for its points. It gives the
// definitions that are new. Only what changes the number makes a new version: under another title, or from another source, the
// months go on, and so does what relies on them.
func (s *Service) define(g *gathered, have map[string]Definition) (fresh []Definition) {
	add := func(d seriesfile.Definition) {
		old, ok := have[d.Code]
		if ok && old.Definition == d {
			return
		}
		next := Definition{Definition: d, Version: old.Version + 1, Wording: 1, At: g.report.At}
		if ok && old.SameNumber(d) {
			next.Version, next.Wording, next.At = old.Version, old.Wording+1, old.At
		}
		have[d.Code] = next
		fresh = append(fresh, have[d.Code])
	}
	for _, code := range slices.Sorted(maps.Keys(g.defined)) {
		add(g.defined[code])
	}
	for _, p := range g.raw {
		if _, ok := have[p.Code]; !ok {
			if d, ok := s.pack.find(p.Code); ok {
				add(d)
			}
		}
	}
	return fresh
}
