package joints_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/draws"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/number"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
)

// futureTeam is of three posts of nurses and one of physicians, to which an option adds a development nurse, and another nothing.
func futureTeam() outlook.Input {
	id := func(n byte) uuid.UUID { return uuid.UUID{15: n} }
	in := outlook.Input{Plan: outlook.Plan{Start: civil.MustParse("2027-01-01"), Leave: 29, Study: 5, Sickness: 0.05, RampMonths: 6, RampBegins: 0.5, Fill: []float64{0.1, 0.55, 0.25, 0.1}, Calendar: workday.England()},
		Roles: []outlook.Role{{Key: "nurse", Clinical: 0.68, Leavers: 0.12, Retire: 1}, {Key: "development-nurse", Clinical: 0.42, Leavers: 0.12}, {Key: "physician", Clinical: 0.65, Leavers: 0.06}}}
	for n := range byte(3) {
		in.Posts = append(in.Posts, outlook.Post{ID: id(n), Role: "nurse", Band: "6", WTE: 0.8, Heads: 2, InPost: 2})
	}
	in.Posts[0].InPost = 1
	in.Posts = append(in.Posts, outlook.Post{ID: id(3), Role: "physician", Band: outlook.Medical, WTE: 0.5, Heads: 2, InPost: 2})
	in.Changes = []outlook.Change{{ID: id(4), Kind: outlook.Develop, Role: "development-nurse", Band: "5", WTE: 1, Heads: 1, From: civil.MustParse("2027-04-01"), In: map[option.Option]bool{option.Preferred: true},
		Development: &outlook.Development{Role: "nurse", Band: "6", Months: 24, Study: 45, Supervision: 2, Complete: outlook.Range{Low: 0.75, High: 0.95}, Retain: outlook.Range{Low: 0.6, High: 0.85}, Pay: outlook.Completion}}}
	return in
}

// keptTeam is one as the inputs of a run keep it.
func keptTeam(t *testing.T, in outlook.Input, o option.Option) people.Team {
	t.Helper()
	text, err := json.Marshal(struct {
		Option option.Option
		Team   outlook.Input
	}{o, in.For(o)})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// futureInputs are those of a run of an option.
func futureInputs(t *testing.T, team outlook.Input, o option.Option) capacity.Inputs {
	t.Helper()
	_, f := capacitytest.Fits(t, 1, 1)
	f.Weeks = nil
	f = number.Apply(f, capacity.New(capacity.Deps{}).Pack(), nil, map[string]float64{}) // professions by their names in the plan
	in := capacity.Inputs{Option: o, Fits: f, Target: 10, Replications: 300, Seed: 20_260_401, Start: f.AsAt.AddDays(1), Minutes: map[string]float64{}, Present: map[string]float64{}, People: keptTeam(t, team, o)}
	staff := func(o option.Option) (out []capacity.Staff) {
		for _, q := range outlook.Project(team, o, 0.5) {
			s := capacity.Staff{Start: q.Start, Hours: map[string]float64{}}
			for _, x := range q.Staff {
				role := x.Role
				if role == "development-nurse" {
					role = "nurse"
				}
				s.Hours[role] += x.ClinicalHours * team.Plan.FiveDays(q.Start)
			}
			out = append(out, s)
		}
		return out
	}
	in.Staff, in.Present = staff(o), staff(option.Nothing)[0].Hours
	for q := range capacity.Quarters + 1 {
		in.Quarters = append(in.Quarters, team.Plan.Start.AddMonths(3*q))
	}
	return in
}

func answer(t *testing.T, in capacity.Inputs) (r capacity.Result, d draws.Draws) {
	t.Helper()
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	s := capacity.New(capacity.Deps{Futures: people.Source{Draw: joints.DrawFutures}})
	result, b, err := s.Answer(t.Context(), text, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(result, &r); err != nil {
		t.Fatal(err)
	}
	if in.Post == nil {
		if d, err = draws.Decode(b, capacity.Quarters, len(capacity.Measures), in.Replications); err != nil {
			t.Fatal(err)
		}
	}
	return r, d
}

// TestEachRunHasATeam: the range of the wait holds what may become of the team: it is that of before at the start, and wider at the end. The
// team gives as much as before on average. An option without a change differs by exactly nothing, and one with a nurse more never by fewer.
func TestEachRunHasATeam(t *testing.T) {
	team := futureTeam()
	in := futureInputs(t, team, option.Nothing)
	r, d := answer(t, in)
	certain := in
	certain.People = nil
	middle, _ := answer(t, certain)
	const last = capacity.Quarters - 1
	width := func(r capacity.Result, q int, m capacity.Measure) float64 {
		b := r.Quarters[q].Measures[m]
		return b.P90 - b.P10
	}
	if a, b := r.Quarters[0].Measures[capacity.List], middle.Quarters[0].Measures[capacity.List]; a != b {
		t.Errorf("the list of the first quarter is %+v, by the middle %+v: nobody has left yet", a, b)
	}
	for _, m := range []capacity.Measure{capacity.List, capacity.Median, capacity.P90} {
		t.Logf("%s at the end: %+v, by the middle %+v", m, r.Quarters[last].Measures[m], middle.Quarters[last].Measures[m])
		if width(r, last, m) < 1.15*width(middle, last, m) {
			t.Errorf("%s: 8 in 10 lie within %.1f, and by the middle of the plan within %.1f", m, width(r, last, m), width(middle, last, m))
		}
	}
	for _, q := range []int{4, 9, last} {
		if a, b := r.Quarters[q].Given, middle.Quarters[q].Given; math.Abs(a/b-1) > 0.03 {
			t.Errorf("quarter %d: %.1f appointments a week, by the middle %.1f", q, a, b)
		}
	}
	if !slices.Contains(r.Formula.WhyNot, "people") || slices.Contains(middle.Formula.WhyNot, "people") {
		t.Errorf("the formula differs because of %v, by the middle because of %v", r.Formula.WhyNot, middle.Formula.WhyNot)
	}

	if h := r.Hours; h.Low >= h.After || h.High <= h.After || h.High-h.Low > h.After || middle.Hours.After != h.After || middle.Hours.High != 0 {
		t.Errorf("hours %+v, by the middle %+v", h, middle.Hours)
	}

	same, again := answer(t, futureInputs(t, team, option.Minimum))
	if same.Quarters[last].Measures[capacity.Median] != r.Quarters[last].Measures[capacity.Median] {
		t.Error("an option without a change has another wait")
	}
	_, more := answer(t, futureInputs(t, team, option.Preferred))
	shorter, longer := 0, 0
	for q := range capacity.Quarters {
		for m := range capacity.Measures {
			for n, x := range again.Less(d, q, m) {
				if x != 0 {
					t.Fatalf("without a change measure %d of replication %d in quarter %d differs by %v", m, n, q, x)
				}
			}
		}
		for _, x := range more.Less(d, q, 0) {
			if q > 8 && x < 0 {
				shorter++
			}
			if q > 8 && x > 20 { // the trainer's hours, and luck of single people on the list
				longer++
			}
		}
	}
	if shorter < 20*longer || shorter < 1000 {
		t.Errorf("with a nurse more the list is shorter %d times and much longer %d times", shorter, longer)
	}
}

// TestPostsHaveFutures: every number of posts has the same futures of the team; with posts that are never empty fewer futures are bad; and the
// row of the preferred option is its scenario.
func TestPostsHaveFutures(t *testing.T) {
	team := futureTeam()
	in, preferred := futureInputs(t, team, option.Nothing), futureInputs(t, team, option.Preferred)
	in.Replications, preferred.Replications = 120, 120
	base, _ := answer(t, in)
	chosen, _ := answer(t, preferred)
	in.Post = &capacity.OnePost{Role: "nurse", Hours: 17, Cost: 50_000, Funded: 4.8, Vacant: 0.8, Expected: 4.4}
	in.Planned, in.PlannedTeam = preferred.Staff, preferred.People
	r, _ := answer(t, in)
	x := r.Staffed
	const last = capacity.Quarters - 1
	if x.Table[0].Measures[capacity.Median] != base.Quarters[last].Measures[capacity.Median] {
		t.Errorf("nobody more: %+v, the scenario %+v", x.Table[0].Measures[capacity.Median], base.Quarters[last].Measures[capacity.Median])
	}
	if x.Planned.Measures[capacity.Median] != chosen.Quarters[last].Measures[capacity.Median] {
		t.Errorf("as planned: %+v, the scenario %+v", x.Planned.Measures[capacity.Median], chosen.Quarters[last].Measures[capacity.Median])
	}
	for i, w := range x.Table[1:] {
		if w.Measures[capacity.List].Mean > x.Table[i].Measures[capacity.List].Mean {
			t.Errorf("%d posts more: %.1f wait, with one fewer %.1f", w.Posts, w.Measures[capacity.List].Mean, x.Table[i].Measures[capacity.List].Mean)
		}
	}
	if a, b := x.Filled.Measures[capacity.Median], x.Table[0].Measures[capacity.Median]; a.P90-a.P10 >= b.P90-b.P10 || a.P90 >= b.P90 {
		t.Errorf("never empty: %+v; as it is: %+v", a, b)
	}
}

// TestTeamIsKept: what is drawn follows from what is kept, and what is kept from the plan for people.
func TestTeamIsKept(t *testing.T) {
	print := func(team outlook.Input, o option.Option) string {
		p, err := futureInputs(t, team, o).Fingerprint()
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	team, wider := futureTeam(), futureTeam()
	was := print(team, option.Preferred)
	wider.Changes[0].Development.Complete = outlook.Range{Low: 0.7, High: 1} // about the same middle
	if print(wider, option.Preferred) == was || print(wider, option.Nothing) != print(team, option.Nothing) {
		t.Error("another range of completion is another run of the option that has the course, and of no other")
	}
	if _, err := joints.DrawFutures(people.Team("{"), civil.Date{}, 1, 1); err == nil {
		t.Error("half a team was read")
	}
	if _, _, err := capacity.New(capacity.Deps{}).Answer(t.Context(), []byte(`{"people":{}}`), func(int) {}); err == nil {
		t.Error("a run with a team is simulated where nobody draws it")
	}
}
