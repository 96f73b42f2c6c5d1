package peopleplan_test

import (
	"maps"
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

// doctor is a small profession.
var doctor = peopleplan.Place{Role: "physician", Band: "medical"}

// team has so many WTE of nurses in so many posts, one and a half doctors in eight, and one nurse fewer each year.
func team(posts, nurses float64) peopleplan.Team {
	staff := func(wte float64) peopleplan.Staff { return peopleplan.Staff{WTE: wte, Heads: math.Ceil(wte)} }
	t := peopleplan.Team{Now: map[peopleplan.Place]float64{nurse: posts, doctor: 8}, Planned: map[int]map[peopleplan.Place]float64{}, InPost: map[string]peopleplan.Staff{"nurse": staff(nurses), "physician": staff(1.5)},
		Expected: map[int]map[string]peopleplan.Staff{}, Retire: 9}
	for _, y := range []int{2027, 2028} {
		t.Planned[y] = map[peopleplan.Place]float64{nurse: posts + float64(y-2026), doctor: 8}
		t.Expected[y] = map[string]peopleplan.Staff{"nurse": staff(nurses - float64(y-2026)), "physician": staff(1.5)}
	}
	return t
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

// TestRetire: who may retire is told in steps of ten, and fewer than eight are not.
func TestRetire(t *testing.T) {
	p := pack(t)
	for retire, want := range map[float64]*int{0: nil, 1: nil, 7.9: nil, 8: ptr(1), 14.9: ptr(1), 15: ptr(2), 31: ptr(3)} {
		f := figures(t, p, peopleplan.Team{Retire: retire}, month, peopleplan.Retirements)
		if len(f) != 1 || (f[0].Score == nil) != (want == nil) || want != nil && *f[0].Score != *want || (f[0].State == release.Hidden) != (want == nil) {
			t.Errorf("%v retire: %+v", retire, f)
		}
	}
}

// TestStaffing: of a profession of two nothing is told of people, now or in any year, and who leaves it changes nothing that leaves; the
// whole team is told where that tells no more of it than its posts.
func TestStaffing(t *testing.T) {
	p := pack(t)
	told := func(x peopleplan.Team) map[string]int {
		out := map[string]int{}
		for _, f := range figures(t, p, x, month, peopleplan.Staffing) {
			if out[f.Item] = -1; f.Score != nil {
				out[f.Item] = 10 * *f.Score
			}
		}
		return out
	}
	x := team(14, 12)
	got := told(x)
	for item, want := range map[string]int{"in_post.nurse": 10, "in_post.physician": -1, "in_post.all": 10, "expected.nurse.2027": 10, "expected.physician.2028": -1, "expected.all.2028": 10} {
		if got[item] != want {
			t.Errorf("%s is %d, want %d", item, got[item], want)
		}
	}
	x.InPost["physician"] = peopleplan.Staff{WTE: 0.5, Heads: 1}
	if after := told(x); !maps.Equal(got, after) {
		t.Errorf("a doctor left: %v, then %v", got, after)
	}
	x = team(12, 12)
	x.Now[doctor], x.InPost["physician"] = 3.5, peopleplan.Staff{WTE: 3.5, Heads: 4} // 15.5 in 15.5 posts: 15 or more, 12 elsewhere at most
	if got := told(x); got["in_post.all"] != -1 || got["in_post.nurse"] != 10 {
		t.Errorf("the whole team tells of the doctors: %v", got)
	}
	if got := told(peopleplan.Team{}); len(got) != 0 {
		t.Errorf("nobody: %v", got)
	}
}

func ptr(n int) *int { return &n }

// TestCollect: what is added up is what left, rounded, each number of as many organisations as told it; a gap is of those alone whose
// posts and whole team are told of every year, and old months of an organisation, or of an older definition, are in nothing.
func TestCollect(t *testing.T) {
	p := pack(t)
	r := release.Release{Format: release.Format, Version: release.Version, ID: uuid.New(), MadeAt: day("2026-11-10").UTC(), AsAt: day("2026-10-31"), System: "QAA", Code: "AAAAAA", Figures: figures(t, p, team(14.2, 12), month, peopleplan.Metrics...)}
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
	old := team(40, 30)
	old.Now[peopleplan.Place{Role: "nurse", Band: "8a"}] = 7 // a post that is no longer there
	few := team(2, 2)
	few.Retire = 1
	later := team(3, 2)
	delete(later.Planned, 2027) // its plan begins a year later
	before := figures(t, p, team(30, 30), day("2026-10-01"), peopleplan.Staffing)
	for i := range before {
		before[i].Definition = "staffing, version 1"
	}
	x := peopleplan.Collect(p, []system.Side{
		side("AAAAAA", figures(t, p, old, day("2026-06-01"), peopleplan.Metrics...), figures(t, p, team(14.2, 12), month, peopleplan.Metrics...)),
		side("BBBBBB", figures(t, p, later, day("2026-06-01"), peopleplan.Posts)),
		side("CCCCCC", figures(t, p, few, month, peopleplan.Retirements)),
		side("DDDDDD", before),
	}, 5)
	if x.Of != 5 || x.N[peopleplan.Posts] != 2 || x.N[peopleplan.Staffing] != 1 || x.N[peopleplan.Retirements] != 2 || x.Both != 1 {
		t.Errorf("%+v", x)
	}
	if x.AsAt[peopleplan.Posts] != [2]civil.Date{day("2026-06-01"), month} {
		t.Errorf("as at %v", x.AsAt)
	}
	if got := x.Now[nurse]; got != 14+3 { // 14.2 leaves as 14
		t.Errorf("%v nurses", got)
	}
	if _, there := x.Now[peopleplan.Place{Role: "nurse", Band: "8a"}]; there {
		t.Error("an old month is added up")
	}
	if x.InPost["nurse"] != 10 || x.InPostN["nurse"] != 1 || x.InPostN["physician"] != 0 || x.InPost[peopleplan.All] != 10 {
		t.Errorf("in post %v of %v", x.InPost, x.InPostN)
	}
	if x.Needed[2028] != 24 || x.Coming[2028] != 10 || x.Gap[2028] != 14 {
		t.Errorf("needed %v, coming %v, gap %v", x.Needed, x.Coming, x.Gap)
	}
	if x.Retire != (peopleplan.Span{Low: 5, High: 15 + 7, N: 2}) {
		t.Errorf("%+v", x.Retire)
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
	tell := func(code string, month civil.Date, nurses float64) {
		for _, f := range figures(t, p, team(80, nurses), month, peopleplan.Posts, peopleplan.Staffing) {
			values = append(values, system.Value{Who: system.Who{Code: code}, Figure: f})
		}
	}
	if _, known := peopleplan.Follow(p, a, nil); known {
		t.Error("a baseline of nothing")
	}
	tell("AAAAAA", month, 31)
	tell("BBBBBB", month, 22)
	tell("DDDDDD", month, 4) // too few to be told
	tell("AAAAAA", day("2026-12-01"), 36)
	tell("CCCCCC", day("2026-12-01"), 50) // told nothing before
	tell("AAAAAA", day("2027-03-01"), 44)
	tell("BBBBBB", day("2027-03-01"), 31)
	tell("DDDDDD", day("2027-03-01"), 12)
	got, known := peopleplan.Follow(p, a, values)
	want := []peopleplan.Reading{{Month: day("2026-12-01"), N: 1, Change: 10}, {Month: day("2027-03-01"), Expected: 3, N: 2, Change: 20}}
	if !known || len(got) != 2 {
		t.Fatalf("%+v %v", got, known)
	}
	for i := range want {
		if got[i].Month != want[i].Month || got[i].N != want[i].N || got[i].Expected != want[i].Expected || math.Abs(got[i].Change-want[i].Change) > 1e-9 {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
}
