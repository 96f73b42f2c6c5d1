package peopleplan_test

import (
	"math"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
)

var (
	day   = civil.MustParse
	month = day("2026-09-01")
	nurse = peopleplan.Place{Role: "nurse", Band: "6"}
)

func pack(t *testing.T) release.Pack {
	t.Helper()
	p, err := release.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func team(nurses, vacant float64) peopleplan.Team {
	return peopleplan.Team{Now: map[peopleplan.Place]float64{nurse: nurses, {Role: "physician", Band: "medical"}: 1.2}, Planned: map[int]map[peopleplan.Place]float64{2027: {nurse: nurses + 1}, 2028: {nurse: nurses + 2}},
		Vacant: map[string]float64{"nurse": vacant, "physician": 0}, Expected: map[int]map[string]float64{2027: {"nurse": nurses - vacant}, 2028: {"nurse": nurses - vacant - 1}}, InPost: 12, Retire: 6}
}

func figures(t *testing.T, p release.Pack, x peopleplan.Team, month civil.Date, metrics ...string) (out []release.Figure) {
	t.Helper()
	for _, id := range metrics {
		m, ok := p.Find(id)
		if !ok {
			t.Fatalf("no metric %s", id)
		}
		out = append(out, x.Figures(m, month)...)
	}
	return out
}

// TestRetire: who may retire is told in steps of five, so that none, one and four are the same, and of a team under eight not at all.
func TestRetire(t *testing.T) {
	p := pack(t)
	for _, x := range []struct {
		in     int
		retire float64
		want   *int
	}{{12, 0, ptr(0)}, {12, 1, ptr(0)}, {12, 4.9, ptr(0)}, {12, 5, ptr(1)}, {12, 9.9, ptr(1)}, {12, 11, ptr(2)}, {8, 8, ptr(1)}, {7, 0, nil}, {7, 6, nil}, {0, 0, nil}} {
		f := figures(t, p, peopleplan.Team{InPost: x.in, Retire: x.retire}, month, peopleplan.Retirements)
		if len(f) != 1 || (f[0].Score == nil) != (x.want == nil) || x.want != nil && *f[0].Score != *x.want || (f[0].State == release.Hidden) != (x.want == nil) {
			t.Errorf("%d in post, %v retire: %+v", x.in, x.retire, f)
		}
	}
}

func ptr(n int) *int { return &n }

// TestCollect: what is added up is what left, rounded, each number of as many organisations as told it; a gap is of those alone who told
// both sides of it, and old months of an organisation are in nothing.
func TestCollect(t *testing.T) {
	p := pack(t)
	r := release.Release{Format: release.Format, Version: release.Version, ID: uuid.New(), MadeAt: day("2026-11-10").UTC(), AsAt: day("2026-10-31"), System: "QAA", Code: "AAAAAA", Figures: figures(t, p, team(4.2, 1), month, peopleplan.Metrics...)}
	if key := r.Check(p, day("2026-11-10")); key != "" {
		t.Fatalf("what leaves would be refused: %s", key)
	}
	side := func(code string, all ...[]release.Figure) system.Side {
		s := system.Side{Who: system.Who{Code: code}, Figures: map[[2]string]release.Figure{}}
		for _, fs := range all {
			for _, f := range fs {
				s.Figures[[2]string{f.Metric, f.Item}] = f
			}
		}
		return s
	}
	old := team(40, 9)
	old.Now[peopleplan.Place{Role: "nurse", Band: "8a"}] = 7 // a post that is no longer there
	small := team(2, 0)
	small.InPost = 3
	later := team(3, 0.5)
	delete(later.Planned, 2027) // its plan begins a year later
	x := peopleplan.Collect(p, []system.Side{
		side("AAAAAA", figures(t, p, old, day("2026-06-01"), peopleplan.Metrics...), figures(t, p, team(4.2, 1), month, peopleplan.Metrics...)),
		side("BBBBBB", figures(t, p, later, day("2026-06-01"), peopleplan.Posts)),
		side("CCCCCC", figures(t, p, small, month, peopleplan.Retirements)),
	}, 5)
	if x.Of != 5 || x.N[peopleplan.Posts] != 2 || x.N[peopleplan.Staffing] != 1 || x.N[peopleplan.Retirements] != 2 || x.Both != 1 || x.Small != 1 {
		t.Errorf("%+v", x)
	}
	if x.AsAt[peopleplan.Posts] != [2]civil.Date{day("2026-06-01"), month} {
		t.Errorf("as at %v", x.AsAt)
	}
	if got := x.Now[nurse]; got != 4+3 { // 4.2 leaves as 4
		t.Errorf("%v nurses", got)
	}
	if _, there := x.Now[peopleplan.Place{Role: "nurse", Band: "8a"}]; there {
		t.Error("an old month is added up")
	}
	if x.Needed[2028] != 6 || x.Coming[2028] != 2 || x.Gap[2028] != 4 {
		t.Errorf("needed %v, coming %v, gap %v", x.Needed, x.Coming, x.Gap)
	}
	if x.Retired != (peopleplan.Span{Low: 5, High: 9, N: 1}) {
		t.Errorf("%+v", x.Retired)
	}
	if ys := x.PlannedYears(); len(ys) != 1 || ys[0] != 2028 {
		t.Error(ys)
	}
}

// TestFollow: an action is set beside the change of those who told both quarters, and nothing is said of who joined later.
func TestFollow(t *testing.T) {
	p := pack(t)
	a := peopleplan.Action{In: peopleplan.In{Role: "nurse", WTE: 3, Due: day("2027-03-15")}, Began: day("2026-11-10")}
	var values []system.Value
	tell := func(code string, month civil.Date, nurses, vacant float64) {
		for _, f := range figures(t, p, team(nurses, vacant), month, peopleplan.Posts, peopleplan.Staffing) {
			values = append(values, system.Value{Who: system.Who{Code: code}, Figure: f})
		}
	}
	if _, known := peopleplan.Follow(p, a, nil); known {
		t.Error("a baseline of nothing")
	}
	tell("AAAAAA", month, 10, 3)
	tell("BBBBBB", month, 6, 1)
	tell("AAAAAA", day("2026-12-01"), 10, 2)
	tell("CCCCCC", day("2026-12-01"), 50, 0) // told nothing before
	tell("AAAAAA", day("2027-03-01"), 11, 1)
	tell("BBBBBB", day("2027-03-01"), 6, 0.5)
	got, known := peopleplan.Follow(p, a, values)
	want := []peopleplan.Reading{{Month: day("2026-12-01"), N: 1, Change: 1}, {Month: day("2027-03-01"), Expected: 3, N: 2, Change: 3.5}}
	if !known || len(got) != 2 {
		t.Fatalf("%+v %v", got, known)
	}
	for i := range want {
		if got[i].Month != want[i].Month || got[i].N != want[i].N || got[i].Expected != want[i].Expected || math.Abs(got[i].Change-want[i].Change) > 1e-9 {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
}
