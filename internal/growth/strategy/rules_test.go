package strategy

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

func TestPack(t *testing.T) {
	p, err := LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Drivers) != 4 || len(p.Elements) != 7 || len(p.Subsections()) != 17 || len(p.Characteristics.Law) != 9 {
		t.Errorf("%d drivers, %d elements, %d sub-sections, %d characteristics in law", len(p.Drivers), len(p.Elements), len(p.Subsections()), len(p.Characteristics.Law))
	}
	for prefix, codes := range map[string][]string{"driver": p.Drivers, "element": p.ElementCodes(), "subsection": p.Subsections(), "horizon": p.Horizons, "class": p.Classes,
		"characteristic": p.AllCharacteristics()} {
		for _, c := range codes {
			if key := "strategy." + prefix + "." + c; !locale.English().Has(key) {
				t.Errorf("no words for %s", key)
			}
		}
	}
	good := "version: 1\neffective_from: 2026-11-01\nsource: us\ndrivers: [a]\nelements: [{code: b, subsections: [c]}]\nhorizons: [d]\nclasses: [e]\ncharacteristics: {law: [f], local: [g]}\n"
	for name, change := range map[string][2]string{
		"no version":     {"version: 1", "version: 0"},
		"no source":      {"source: us", "source:"},
		"no date":        {"2026-11-01", "soon"},
		"no drivers":     {"[a]", "[]"},
		"a driver twice": {"[a]", "[a, a]"},
		"an empty code":  {"[d]", "['']"},
		"in both lists":  {"local: [g]", "local: [f]"},
		"not YAML":       {"version: 1", "\t"},
	} {
		if _, err := LoadPack(fstest.MapFS{"packs/strategy.yaml": {Data: []byte(strings.Replace(good, change[0], change[1], 1))}}); err == nil {
			t.Errorf("%s: it loads", name)
		}
	}
	if _, err := LoadPack(fstest.MapFS{"packs/strategy.yaml": {Data: []byte(good)}}); err != nil {
		t.Error(err)
	}
}

// TestMoves holds every pair of statuses against the life that the package's comment draws.
func TestMoves(t *testing.T) {
	for _, from := range []NeedStatus{Proposed, Agreed, Met, SetAside} {
		for _, to := range []NeedStatus{Proposed, Agreed, Met, SetAside} {
			drawn := slices.Contains([]string{"proposed agreed", "proposed set_aside", "agreed met", "agreed set_aside", "set_aside proposed", "met agreed"}, string(from)+" "+string(to))
			if got := len(CheckNeedMove(from, to, "because")) == 0; got != drawn {
				t.Errorf("a need from %s to %s: %v", from, to, got)
			}
		}
	}
	for _, from := range []ActionStatus{Planned, Started, Done, Stopped} {
		for _, to := range []ActionStatus{Planned, Started, Done, Stopped} {
			drawn := slices.Contains([]string{"planned started", "planned stopped", "started done", "started stopped"}, string(from)+" "+string(to))
			if got := len(CheckActionMove(from, to, "because")) == 0; got != drawn {
				t.Errorf("an action from %s to %s: %v", from, to, got)
			}
		}
	}
	if len(CheckNeedMove(Proposed, SetAside, " ")) != 1 || len(CheckActionMove(Planned, Stopped, "")) != 1 {
		t.Error("set aside or stopped without a reason")
	}
}

func TestChecks(t *testing.T) {
	p, err := LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	names := func(f fault.Fields) (out []string) {
		for _, x := range f {
			out = append(out, x.Name)
			if !locale.English().Has(x.Key) {
				t.Errorf("no words for %s", x.Key)
			}
		}
		return out
	}
	if got := names(p.CheckNeed(NeedIn{})); !slices.Equal(got, []string{"statement", "evidence", "subsection", "importance", "reach"}) {
		t.Errorf("an empty need: %v", got)
	}
	if got := names(p.CheckObjective(ObjectiveIn{})); !slices.Equal(got, []string{"title", "driver", "element", "horizon", "serves"}) {
		t.Errorf("an empty objective: %v", got)
	}
	if got := names(p.CheckAction(ActionIn{}, nil)); !slices.Equal(got, []string{"title", "objective", "owner", "class", "start", "end", "likelihood", "impact", "mitigation", "cost", "equality"}) {
		t.Errorf("an empty action: %v", got)
	}
	one := Objective{ID: uuid.New()}
	good := ActionIn{Objective: one.ID, Title: "t", Owner: "o", Class: "treatment", Start: civil.MustParse("2026-12-01"), End: civil.MustParse("2026-12-01"), Likelihood: 1, Impact: 5, Mitigation: "m", Cost: "c", Equality: "e"}
	if got := names(p.CheckAction(good, []Objective{one})); len(got) > 0 {
		t.Errorf("a good action: %v", got)
	}
	for code, ok := range map[string]bool{"": true, "I01": true, "I30": true, "I00": false, "I31": false, "i01": false, "I1": false, "I001": false} {
		good.Catalogue = code
		if got := len(p.CheckAction(good, []Objective{one})) == 0; got != ok {
			t.Errorf("catalogue code %q: %v", code, got)
		}
	}
	good.Catalogue, good.End, good.Title = "", civil.MustParse("2026-11-30"), strings.Repeat("x", LongestTitle+1)
	if got := names(p.CheckAction(good, []Objective{one})); !slices.Equal(got, []string{"title", "end"}) {
		t.Errorf("too long, and ends before it starts: %v", got)
	}
}

func TestStrategyLeavesOut(t *testing.T) {
	agreed, proposed := Need{ID: uuid.New(), Status: Agreed}, Need{ID: uuid.New(), Status: Proposed}
	open := Objective{ID: uuid.New(), Status: Open, Needs: []uuid.UUID{agreed.ID, proposed.ID}}
	gone := Objective{ID: uuid.New(), Status: Withdrawn}
	p := Plan{Needs: []Need{agreed, proposed}, Objectives: []Objective{open, gone}, Actions: []Action{{Objective: open.ID}, {Objective: gone.ID}}}
	s := p.Strategy()
	if len(s.Needs) != 1 || len(s.Objectives) != 1 || len(s.Actions) != 1 || !slices.Equal(s.Objectives[0].Needs, []uuid.UUID{agreed.ID}) {
		t.Errorf("the strategy is %+v", s)
	}
	if len(p.Objectives[0].Needs) != 2 {
		t.Error("the plan itself changed")
	}
}
