package series_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/growth/series/intake"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)
)

const heading = "measure,date,group,numerator,denominator,state,title,counts,unit,per,direction,source,frequency,control\n"

type bench struct {
	t    *testing.T
	w    *world.World
	db   *postgres.DB
	s    *series.Service
	lead access.Actor
}

func open(t *testing.T) *bench {
	db := world.Open(t)
	w := world.New(t, db)
	return &bench{t, w, db, series.New(series.Deps{DB: db}), w.OHLead.As(access.Lead, access.Growth)}
}

func (b *bench) take(file string, dry bool) intake.Report {
	b.t.Helper()
	r, err := b.s.Import(ctx, b.lead, now, "measures.csv", strings.NewReader(file), dry)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func TestPack(t *testing.T) {
	p, err := series.LoadPack(content.FS)
	if err != nil || len(p.Measures) < 10 {
		t.Fatalf("%d measures, %v", len(p.Measures), err)
	}
}

// TestStates: what is suppressed, not collected, not declared, missing, too few, of none and zero stays apart.
func TestStates(t *testing.T) {
	b := open(t)
	r := b.take(heading+strings.Join([]string{
		"turnover,2026-01,,20,400,,,,,,,,,", "turnover,2026-02,,0,400,,,,,,,,,", "turnover,2026-03,,,,suppressed,,,,,,,,", "turnover,2026-04,,,,Not collected,,,,,,,,",
		"turnover,2026-05,,,,not_declared,,,,,,,,", "turnover,2026-07,,3,400,,,,,,,,,", "turnover,2026-08,,0,0,,,,,,,,,", ""}, "\n"), false)
	if r.Rejects.N != 0 || r.Changed != 8 { // seven points and the suggested definition
		t.Fatalf("%+v", r)
	}
	s, err := b.s.Find(ctx, b.lead, "turnover")
	if err != nil || len(s.Parts) != 1 {
		t.Fatal(s, err)
	}
	var got []series.Why
	for _, p := range s.Parts[0].Periods {
		got = append(got, p.Why)
	}
	want := []series.Why{series.Shown, series.Shown, series.Suppressed, series.NotCollected, series.NotDeclared, series.Missing, series.TooFew, series.Nothing}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if p := s.Parts[0].Periods; p[0].Value != 5 || p[1].Value != 0 {
		t.Errorf("values %v %v", p[0], p[1])
	}
	if n, of := s.Parts[0].Coverage(); n != 4 || of != 8 || len(s.Parts[0].Missing()) != 1 || s.Overdue(s.Parts[0], now) != 2 {
		t.Errorf("coverage %d of %d, missing %v, overdue %d", n, of, s.Parts[0].Missing(), s.Overdue(s.Parts[0], now))
	}
	for month, state := range map[time.Month]figure.State{1: figure.Known, 2: figure.Known, 3: figure.Hidden, 4: figure.NotCollected, 5: figure.NotDeclared, 6: figure.NotCollected, 7: figure.Hidden, 8: figure.Nothing} {
		f, err := b.s.Figures().Figure(ctx, b.lead, now, figure.Ref{Kind: "series", Name: "turnover"}, civil.Date{Year: 2026, Month: month, Day: 1})
		if err != nil || f.State != state || (f.Number != nil) != (state == figure.Known) {
			t.Errorf("%s: figure %+v %v", month, f, err)
		}
	}
	if all, err := b.s.List(ctx, b.w.Foreign.As(access.Lead, access.Growth)); err != nil || len(all) != 0 {
		t.Errorf("another trust sees %d series, %v", len(all), err)
	}
}

// TestErrors: 7,000 rows of which some are wrong in every way there is; the second time changes nothing.
func TestErrors(t *testing.T) {
	b := open(t)
	var file strings.Builder
	file.WriteString(heading + "visits,,,,,,Visits,Visits to the gym,visits,0,increase,Gym,month,general\n")
	for i := range 7000 {
		at := civil.MustParse("2010-01-01").AddMonths(i % 200)
		fmt.Fprintf(&file, "visits,%s,Group %d,%d,,,,,,,,,,\n", at, i/200, 10+i%90)
	}
	bad := []string{"Bad Code,2026-01,,1,,,,,,,,,,", "visits,yesterday,,1,,,,,,,,,,", "visits,2026-01,,,,,,,,,,,,", "visits,2026-01,,5,,suppressed,,,,,,,,", "visits,2026-01,,,,unsure,,,,,,,,",
		"visits,2026-01,,many,,,,,,,,,,", "visits,2026-01,,-3,,,,,,,,,,", "visits,2026-01,,4,x,,,,,,,,,", "visits,2026-01,,4,0,,,,,,,,,", "visits,2026-01,!!,4,,,,,,,,,,", "nobody,2026-01,,4,,,,,,,,,,",
		"visits,2010-01,Group 0,4,,,,,,,,,,", "turnover,2026-01,,4,,,,,,,,,,", "turnover,2026-01,,41,40,,,,,,,,,", "visits,,,,,,Other,Something,visits,0,increase,Gym,month,general",
		"gym,,,,,,Gym,,,,,,,", "gym,,,,,,Gym,x,,,sideways,y,,", "gym,,,,,,Gym,x,,1.5,,y,,", "gym,2026", `gym,2026-01,,"a"b,,,,,,,,,,`}
	file.WriteString(strings.Join(bad, "\n") + "\n")
	dry := b.take(file.String(), true)
	if all, err := b.s.List(ctx, b.lead); err != nil || len(all) != 0 || !dry.DryRun {
		t.Fatalf("a dry run left %d series, %v", len(all), err)
	}
	r := b.take(file.String(), false)
	if r.Rows != 7001+len(bad) || r.Rejects.N != len(bad) || r.Changed != 7001 || dry.Changed != r.Changed || dry.Rejects.N != r.Rejects.N {
		t.Errorf("rows %d, rejects %d, changed %d; dry %d %d", r.Rows, r.Rejects.N, r.Changed, dry.Rejects.N, dry.Changed)
	}
	keys := map[string]bool{}
	for _, x := range r.Rejects.List {
		keys[x.Key] = true
		if x.Line < 7003 || x.Line > 7002+len(bad) {
			t.Errorf("line %d", x.Line)
		}
	}
	if len(keys) < 16 {
		t.Errorf("only %d reasons: %v", len(keys), keys)
	}
	again := b.take(file.String(), false)
	if !again.Same || again.ID != r.ID {
		t.Errorf("the second time: %+v", again.ID)
	}
	for _, whole := range []string{"", "a,b\n", "measure,date\n", heading, heading + "x,2026-01,\"open\nx\ny\n", "\xff\xfea"} {
		var refused *sheet.Refused
		if _, err := b.s.Import(ctx, b.lead, now, "x.csv", strings.NewReader(whole), false); !errors.As(err, &refused) {
			t.Errorf("%q: %v", whole, err)
		}
	}
}

// TestRevision: a period that changes makes what was cited stale, and a definition that changes makes it no longer to be
// compared; going back does it again.
func TestRevision(t *testing.T) {
	b := open(t)
	first := heading + "turnover,2026-01,,20,400,,,,,,,,,\n"
	b.take(first, false)
	figures := figure.New(b.db, figure.NewLibrary(b.s.Figures()))
	ref := figure.Ref{Kind: "series", Name: "turnover"}
	f, err := figures.Library().Find(ctx, b.lead, now, ref, civil.Date{})
	if err != nil || f.Value != "5.0%" || f.SourceAt.IsZero() {
		t.Fatalf("%+v %v", f, err)
	}
	var cited figure.Citation
	if err := b.db.InTenant(ctx, b.lead, func(tx *postgres.Tx) (err error) {
		cited, err = figure.Cite(ctx, tx, f, now)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	standing := func(want figure.Standing) {
		t.Helper()
		if got, err := figures.Cited(ctx, b.lead, now, cited.ID); err != nil || got.Standing != want {
			t.Errorf("%s %v, want %s", got.Standing, err, want)
		}
	}
	standing(figure.Current)
	b.take(heading+"turnover,2026-02,,40,400,,,,,,,,,\n", false)
	standing(figure.Newer)
	b.take(heading+"turnover,31/01/2026,,40,400,,,,,,,,,\n", false)
	standing(figure.Stale)
	if r := b.take(first, false); r.Same || r.Changed != 1 {
		t.Errorf("going back: %+v", r)
	}
	standing(figure.Newer)
	// Another title, source or way is the same number in other words; another count, rate, period or rule is not.
	was, err := b.s.Find(ctx, b.lead, "turnover")
	if err != nil {
		t.Fatal(err)
	}
	if r := b.take(heading+"turnover,,,,,,Staff who left,\""+was.Counts+"\",%,100,neutral,Payroll,month,"+was.Control+"\n", false); r.Changed != 1 {
		t.Errorf("%+v", r)
	}
	standing(figure.Newer)
	if s, err := b.s.Find(ctx, b.lead, "turnover"); err != nil || s.Title != "Staff who left" || s.Source != "Payroll" || s.Label() != was.Label() || !s.At.Equal(was.At) {
		t.Errorf("%+v, %v", s.Definition, err)
	}
	b.take(heading+"turnover,,,,,,Turnover,Leavers of all posts,%,100,decrease,ESR,month,general\n", false)
	standing(figure.Recounted)
	for i, row := range []string{"Leavers of all posts,,1000,decrease,ESR,month,general", "Leavers of all posts,,1000,decrease,ESR,month,special", "Leavers of all posts,,1000,decrease,ESR,quarter,special"} {
		b.take(heading+"turnover,,,,,,Turnover,"+row+"\n", false)
		if s, err := b.s.Find(ctx, b.lead, "turnover"); err != nil || s.Version != 3+i {
			t.Errorf("%s: version %d, %v", row, s.Version, err)
		}
	}
}
