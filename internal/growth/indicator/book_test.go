package indicator

import (
	"context"
	"math"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

var october = civil.MustParse("2026-10-01")

// TestBook: the lead, the guardian and an executive read the same rounded figures of the whole service.
func TestBook(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	growthtest.History(t, db, w)
	s := New(Deps{DB: db})
	ctx, now := context.Background(), growthtest.Now
	library := figure.NewLibrary(s.Book())
	lead := w.OHLead.As(access.Lead, access.Growth)
	all, err := library.List(ctx, lead, now)
	if err != nil || len(all) != len(s.Definitions())+len(journey) {
		t.Fatalf("%d figures, %v", len(all), err)
	}
	for _, f := range all {
		one, err := library.Find(ctx, lead, now, f.Ref, civil.Date{})
		if err != nil || one.Digest() != f.Digest() || one.PeriodText != f.PeriodText {
			t.Errorf("%s: listed %+v, found %+v, %v", f.Ref, f, one, err)
		}
		for _, part := range []string{f.Title, f.Definition, f.Value, f.Source, f.Changed} {
			if strings.Contains(part, "indicator.") {
				t.Errorf("%s: a key without words: %s", f.Ref, part)
			}
		}
		if (f.Changed == "") != strings.HasSuffix(f.Version, "version 1") {
			t.Errorf("%s, %s: changed %q", f.Ref, f.Version, f.Changed)
		}
		if (f.Number != nil) != (f.State == figure.Known) || f.SourceAt.IsZero() || f.Period != october {
			t.Errorf("%+v", f)
		}
		for _, reader := range []access.Actor{w.Guardian.As(access.Guardian, access.Growth), w.Executive.As(access.Executive, access.Growth)} {
			theirs, err := library.Find(ctx, reader, now, f.Ref, civil.Date{})
			if err != nil || theirs.Digest() != f.Digest() {
				t.Errorf("%s for %s: %+v, %v", f.Ref, reader.Role, theirs, err)
			}
		}
	}
	for _, c := range []struct {
		name   string
		period civil.Date
		state  figure.State
		value  string
	}{
		{"referrals", civil.Date{}, figure.Known, "20 referrals"},
		{"K02", civil.MustParse("2024-08-01"), figure.Known, ""},
		{"first_seen_median", civil.MustParse("2024-08-01"), figure.Known, ""}, // by its id too
		{"K10", october, figure.Hidden, ""},                                    // one or two of some twenty
		{"K18", october, figure.NotCollected, ""},
		{"referrals", civil.MustParse("2024-04-01"), figure.NotCollected, ""},
		{"K09", october, figure.NotCollected, ""},
		{"first_seen_median.adjusted", october, figure.Known, "9 working days"},
		{"first_seen_median.p90", october, figure.Known, "10 working days"},
		{"first_seen_median.n", october, figure.Known, "20 cases"},
		{"K10.n", october, figure.Known, "25 cases"},
	} {
		f, err := library.Find(ctx, lead, now, figure.Ref{Kind: FigureKind, Name: c.name}, c.period)
		if err != nil || f.State != c.state || c.value != "" && f.Value != c.value {
			t.Errorf("%s of %s: %+v, %v", c.name, c.period, f, err)
		}
	}
	for name, period := range map[string]civil.Date{"K02": civil.MustParse("2026-11-01"), "K01": civil.MustParse("2026-10-02"), "K06": {}, "referrals.n": {}, "K10.adjusted": {}, "K02.": {}, "K02.p90.n": {}} {
		if _, err := library.Find(ctx, lead, now, figure.Ref{Kind: FigureKind, Name: name}, period); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s of %s: %v", name, period, err)
		}
	}
	for _, d := range s.Definitions() {
		for _, part := range []string{Adjusted, Ninety, OutOf} {
			f, err := library.Find(ctx, lead, now, d.Beside(part), october)
			if d.has(part) != (err == nil) || err == nil && (f.Ref != d.Beside(part) || strings.Contains(f.Title+f.Definition, "indicator.") || f.Version != d.Label()) {
				t.Errorf("%s of %s: %+v, %v", part, d.ID, f, err)
			}
		}
	}
	if _, err := library.Find(ctx, lead, now, StateRef("nowhere"), october); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a state that is none: %v", err)
	}
	if none, err := library.List(ctx, w.ForeignOHAdmin.As(access.Lead, access.Growth), now); err != nil || len(none) != 0 {
		t.Errorf("the other service has %+v, %v", none, err)
	}
}

// TestPastFigures: a month is computed under the version that held in it, and again under any other on demand.
func TestPastFigures(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	growthtest.History(t, db, w)
	const pack = `
version: 1
source: a test
effective_from: 2024-01-01
indicators:
  - {id: seen, code: K02, version: 1, effective_to: 2026-08-31, kind: within, measure: first_seen, days: 3, direction: increase, unit: percent, decimals: 0}
  - {id: seen, code: K02, version: 2, effective_from: 2026-09-01, kind: within, measure: first_seen, days: 60, direction: increase, unit: percent, decimals: 0}
`
	s := New(Deps{DB: db, Content: fstest.MapFS{"packs/indicators.yaml": {Data: []byte(pack)}}})
	ctx, lead := context.Background(), w.OHLead.As(access.Lead, access.Growth)
	for month, want := range map[string][2]string{"2026-10-01": {"K02, version 2", "100%"}, "2026-09-01": {"K02, version 2", "100%"}, "2026-08-01": {"K02, version 1", "0%"}, "2024-09-01": {"K02, version 1", "0%"}} {
		f, err := s.Book().Figure(ctx, lead, growthtest.Now, figure.Ref{Kind: FigureKind, Name: "K02"}, civil.MustParse(month))
		if err != nil || f.Version != want[0] || f.Value != want[1] {
			t.Errorf("%s: %s %s, %v; want %v", month, f.Version, f.Value, err, want)
		}
	}
	for label, want := range map[string]float64{"": 100, "K02, version 2": 100, "K02, version 1": 0} {
		h, err := s.History(ctx, lead, growthtest.Now, "K02", label, civil.MustParse("2026-01-15"))
		if err != nil || len(h.Months) != 10 || len(h.Values) != 10 || h.Values[9] != spc.Some(want) {
			t.Errorf("%q: %+v, %v", label, h, err)
		}
	}
	if _, err := s.History(ctx, lead, growthtest.Now, "K02", "K02, version 3", october); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a version that never was: %v", err)
	}
}

func TestFindings(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	growthtest.History(t, db, w)
	s := New(Deps{DB: db})
	lead := w.OHLead.As(access.Lead, access.Growth)
	found, _, err := s.Findings(context.Background(), lead, october)
	if err != nil {
		t.Fatal(err)
	}
	for month, want := range map[string]bool{"2026-10-01": true, "2024-06-01": true, "2024-05-01": false, "2019-05-01": false} {
		if _, earlier, err := s.Findings(context.Background(), lead, civil.MustParse(month)); err != nil || earlier != want {
			t.Errorf("a month before %s: %v (%v), the history begins in May 2024", month, earlier, err)
		}
	}
	by := map[string]Finding{}
	for _, f := range found {
		by[f.Ref.Name] = f
	}
	if f := by["K02"]; !f.Improved || f.Missed || f.Concern || !strings.Contains(f.Sentence, "fell") {
		t.Errorf("waits fell in December 2025: %+v", f)
	}
	if _, there := by["referrals"]; there {
		t.Error("the number of referrals has no better side and no target")
	}
}

func TestMissed(t *testing.T) {
	at := 90.0
	for _, c := range []struct {
		direction spc.Direction
		target    *float64
		value     float64
		want      bool
	}{
		{spc.Increase, &at, 89, true}, {spc.Increase, &at, 90, false}, {spc.Increase, &at, 91, false},
		{spc.Decrease, &at, 91, true}, {spc.Decrease, &at, 90, false}, {spc.Neutral, &at, 50, false}, {spc.Increase, nil, 50, false},
	} {
		if got := missed(Definition{Direction: c.direction, Target: c.target}, c.value); got != c.want {
			t.Errorf("%s %v: %v", c.direction, c.value, got)
		}
	}
}

func TestPackRefuses(t *testing.T) {
	entry := func(more string) string {
		return "  - {id: x, kind: score, question: q, direction: increase, unit: score, " + more + "}\n"
	}
	load := func(lines string) error {
		_, err := LoadPack(fstest.MapFS{"packs/indicators.yaml": {Data: []byte("version: 1\nsource: a test\neffective_from: 2026-11-01\nindicators:\n" + lines)}})
		return err
	}
	if err := load(entry("version: 1")); err != nil {
		t.Fatal(err)
	}
	for name, lines := range map[string]string{
		"two newest versions":     entry("version: 1") + entry("version: 2"),
		"the newest has ended":    entry("version: 1, effective_to: 2026-12-31"),
		"a day between":           entry("version: 1, effective_to: 2026-11-30") + entry("version: 2, effective_from: 2026-12-02"),
		"a version left out":      entry("version: 1, effective_to: 2026-11-30") + entry("version: 3, effective_from: 2026-12-01"),
		"another code":            entry("version: 1, effective_to: 2026-11-30, code: K01") + entry("version: 2, effective_from: 2026-12-01, code: K02"),
		"a code that is an id":    entry("version: 1") + "  - {id: y, code: x, version: 1, kind: score, question: q, direction: increase, unit: score}\n",
		"computed and missing":    entry("version: 1, code: K01") + "missing: [K01]\n",
		"ends before it begins":   entry("version: 1, effective_from: 2026-12-05, effective_to: 2026-11-30") + entry("version: 2, effective_from: 2026-12-01"),
		"good without a boundary": "  - {id: x, version: 1, kind: good, question: q, direction: increase, unit: percent}\n",
	} {
		if load(lines) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestEquity(t *testing.T) {
	for _, c := range []struct {
		name           string
		contacts, here int // of the group
		rest, others   int
		outside        bool
		state          figure.State
		ratio          float64
		flagged        bool
	}{
		{"as the rest", 100, 1000, 400, 4000, false, figure.Known, 1, false},
		{"half as many", 50, 1000, 400, 4000, false, figure.Known, 0.5, true},
		{"half as many, but few", 5, 100, 400, 4000, false, figure.Known, 0.5, false},
		{"clear but small", 90, 1000, 8000, 80000, false, figure.Known, 0.9, false},
		{"29 staff are too few", 29, 29, 400, 4000, false, figure.Known, 10, false},
		{"30 are enough", 30, 30, 400, 4000, false, figure.Known, 10, true},
		{"none of many", 0, 1000, 400, 4000, false, figure.Known, 0, true},
		{"outside, seven are hidden", 7, 1000, 400, 4000, true, figure.Hidden, 0, false},
		{"outside, ten staff are hidden", 10, 10, 400, 4000, true, figure.Hidden, 0, false},
		{"outside, of rounded numbers", 48, 1000, 402, 4000, true, figure.Known, 0.5, true}, // 50 and 450-50
		{"nobody else", 10, 100, 0, 0, false, figure.Known, 0, false},
		{"outside, the rest is a hidden group", 400, 4000, 5, 100, true, figure.Known, 0, false},
		{"outside, the rest are ten staff", 400, 4000, 100, 10, true, figure.Known, 0, false},
		{"outside, the rest is enough", 400, 4000, 8, 11, true, figure.Known, 0.11, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			staff := map[string]float64{"group": float64(c.here)}
			if c.others > 0 {
				staff["rest"] = float64(c.others)
			}
			g := equity(map[string]int{"group": c.contacts, "rest": c.rest}, staff, c.outside)[0]
			if g.State != c.state || math.Abs(g.Ratio-c.ratio) > 1e-9 || g.Flagged != c.flagged {
				t.Errorf("%+v", g)
			}
		})
	}
}

// TestEquityIsFair: groups that get the same are seldom flagged, and a flagged group's interval never holds 1.
func TestEquityIsFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		contacts, staff := map[string]int{}, map[string]float64{}
		for _, name := range []string{"a", "b", "c", "d"} {
			contacts[name], staff[name] = rapid.IntRange(0, 500).Draw(t, name), float64(rapid.IntRange(0, 3000).Draw(t, name+" staff"))
		}
		outside := rapid.Bool().Draw(t, "outside")
		for _, g := range equity(contacts, staff, outside) {
			if g.Flagged && (g.Low <= 1 && g.High >= 1 || g.Ratio >= equityLow && g.Ratio <= equityHigh || g.Staff < equityStaff) {
				t.Fatalf("flagged against the rule: %+v", g)
			}
			if g.Contacts > 0 && g.Ratio > 0 && !(g.Low < g.Ratio && g.Ratio < g.High) {
				t.Fatalf("the interval does not hold the ratio: %+v", g)
			}
			if outside && (g.State == figure.Known && g.Contacts%5 != 0 || g.State == figure.Hidden && g.Contacts != 0) {
				t.Fatalf("not rounded: %+v", g)
			}
		}
	})
}

func TestShares(t *testing.T) {
	data := Data{Months: []civil.Date{june}, Scores: []activity.Score{{Month: june, Question: "mattered", Score: 5, N: 10}, {Month: june, Question: "mattered", Score: 4, N: 5}, {Month: june, Question: "mattered", Score: 3, N: 5}, {Month: june, Question: "specific", Score: 1, N: 50}},
		Counts: []activity.Count{{Month: june, Kind: activity.PersonReturned, Dimension: "all", Code: "all", N: 10}, {Month: june, Kind: activity.ReferralSubmitted, Dimension: "all", Code: "all", N: 40}},
		Waits: []activity.Waits{{Month: june, Measure: activity.WaitFirstSeen, Clock: activity.Raw, Side: activity.SideOwn, Lengths: activity.Histogram{5: 10, 6: 10}},
			{Month: june, Measure: activity.WaitFirstSeen, Clock: activity.Raw, Side: activity.SideEmployer, Lengths: activity.Histogram{1: 100}}}}
	five := 5
	for name, c := range map[string]struct {
		d    Definition
		want float64
	}{
		"good":      {Definition{Kind: KindGood, Question: "mattered", Least: 4}, 75},
		"part":      {Definition{Kind: KindPart, Events: []activity.Kind{activity.PersonReturned}, Of: []activity.Kind{activity.ReferralSubmitted}}, 25},
		"own cases": {Definition{Kind: KindWithin, Measure: activity.WaitFirstSeen, Side: activity.SideOwn, Days: &five}, 50},
	} {
		for _, outside := range []bool{false, true} {
			if got := compute(c.d, activity.Raw, data, outside)[0]; got.Value != spc.Some(c.want) {
				t.Errorf("%s outside %v: %+v", name, outside, got)
			}
		}
	}
	if got := Months(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), 2); got[1] != october {
		t.Errorf("%v", got)
	}
}
