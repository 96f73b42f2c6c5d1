package joints_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/reach"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// TestShareable: what leaves is what the ledger holds, rounded and hidden, each month under the definition that held in it; months that
// are not complete stay here.
func TestShareable(t *testing.T) {
	ctx, db := context.Background(), world.Open(t)
	w := world.New(t, db)
	growthtest.History(t, db, w)
	p, err := release.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	of := joints.Shareable(indicator.New(indicator.Deps{DB: db}), diagnostic.New(diagnostic.Deps{DB: db}), strategy.New(strategy.Deps{DB: db, Figures: figure.NewLibrary()}), capacity.New(capacity.Deps{DB: db}), reach.Service{DB: db})
	lead, last := w.OHLead.As(access.Lead, access.Growth), civil.MustParse("2026-10-01")
	var months []civil.Date
	for m := last.AddMonths(-11); !m.After(last); m = m.AddMonths(1) {
		months = append(months, m)
	}
	r := release.Release{Format: release.Format, Version: release.Version, ID: uuid.New(), MadeAt: growthtest.Now, AsAt: civil.MustParse("2026-10-31"), System: "QAA", Code: "AAAAAA"}
	known := map[string]int{}
	for _, m := range p.Metrics {
		figures, err := of(ctx, lead, growthtest.Now, m, months)
		if err != nil {
			t.Fatalf("%s: %v", m.ID, err)
		}
		for _, f := range figures {
			if f.State == release.Known {
				known[m.ID]++
			}
		}
		r.Figures = append(r.Figures, figures...)
	}
	if key := r.Check(p, civil.MustParse("2026-11-10")); key != "" {
		t.Errorf("what leaves would be refused: %s", key)
	}
	// 22 appointments a month are kept and 3 missed: too few to show, but of how many is no secret.
	at := func(metric string, m civil.Date) release.Figure {
		i := slices.IndexFunc(r.Figures, func(f release.Figure) bool { return f.Metric == metric && f.Month == m })
		if i < 0 {
			t.Fatalf("no %s of %v", metric, m)
		}
		return r.Figures[i]
	}
	if f := at("K10", civil.MustParse("2026-06-01")); f.State != release.Hidden || f.Part != nil || f.Whole == nil || *f.Whole != 25 || f.Definition != "K10, version 1" {
		t.Errorf("%+v", f)
	}
	if f := at("K04", civil.MustParse("2026-06-01")); f.Definition != "K04, version 1" {
		t.Errorf("%+v", f)
	}
	if len(known) == 0 {
		t.Error("nothing at all is known")
	}
	if f := at("plan", last); f.State != release.Nothing {
		t.Errorf("no plan is %+v", f)
	}
	if all, err := of(ctx, w.ForeignOHAdmin.As(access.Lead, access.Growth), growthtest.Now, p.Metrics[3], months); err != nil || len(all) != 0 {
		t.Errorf("a service without a ledger has %+v, %v", all, err)
	}
}

// TestApart: no two shares of people count the same thing, so that none can be taken from another to find what is hidden.
func TestApart(t *testing.T) {
	p, err := release.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	defined, err := indicator.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, m := range p.Metrics {
		if m.Kind != release.Share {
			continue
		}
		versions := defined.Versions(m.ID)
		if len(versions) == 0 {
			t.Errorf("%s is no indicator", m.ID)
		}
		for _, d := range versions {
			var counted []string
			switch d.Kind {
			case indicator.KindRate, indicator.KindPart:
				for _, k := range slices.Concat(d.Events, d.Of) {
					counted = append(counted, "event "+string(k))
				}
			case indicator.KindWithin:
				counted = []string{"wait " + string(d.Measure) + " " + d.Side}
				if d.Side != "" {
					break
				}
				// Everybody's wait holds each side's.
				counted = append(counted, "wait "+string(d.Measure)+" own", "wait "+string(d.Measure)+" employer")
			case indicator.KindGood:
				counted = []string{"question " + d.Question}
			default:
				t.Errorf("%s, version %d, is no share", m.ID, d.Version)
			}
			for _, c := range counted {
				if other := seen[c]; other != "" && other != m.ID {
					t.Errorf("%s and %s both count %q", other, m.ID, c)
				}
				seen[c] = m.ID
			}
		}
	}
}

// TestSameGroups: the groups that are counted are those that may leave, in the same order.
func TestSameGroups(t *testing.T) {
	p, err := release.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := p.Find("access")
	var may []reach.Division
	for _, g := range m.Groups {
		may = append(may, reach.Division{ID: g.ID, Codes: g.Codes})
	}
	if counted := reach.BuiltIn().Divisions(); !reflect.DeepEqual(counted, may) {
		t.Errorf("counted %v, may leave %v", counted, may)
	}
}
