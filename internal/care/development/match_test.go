package development_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/development"
)

var today = civil.MustParse("2026-11-22")

func TestMatch(t *testing.T) {
	offer := func(title, area, closes string, roles ...string) development.Offer {
		return development.Offer{OfferIn: development.OfferIn{Title: title, Area: area, Closes: civil.MustParse(closes), Roles: roles}}
	}
	goal := func(what, area, by, state string) development.Goal {
		return development.Goal{GoalIn: development.GoalIn{Area: area, By: civil.MustParse(by), State: state, Words: development.Words{What: what}}}
	}
	mine := offer("published by the reader", "leadership", "2027-06-01")
	mine.Mine = true
	got := development.Match([]development.Offer{
		offer("closed", "leadership", "2026-11-21"),
		offer("no goal, later", "career", "2027-03-01"),
		offer("no goal, sooner", "career", "2027-02-01"),
		offer("another role", "leadership", "2027-06-01", "oh_physician"),
		offer("competence", "competence", "2027-01-10", "oh_nurse", "oh_physio"),
		offer("leadership", "leadership", "2026-11-22", "oh_nurse"),
		offer("too late", "competence", "2028-01-10"),
		mine,
	}, []development.Goal{
		goal("spirometry", "competence", "2027-03-01", development.Started), goal("vibration", "competence", "2027-12-01", development.Planned),
		goal("chair", "leadership", "2027-09-01", development.Planned), goal("reached", "career", "2027-01-01", development.Done), goal("dropped", "career", "2027-01-01", development.Dropped),
	}, access.Nurse, today)
	want := []struct {
		title string
		goals []string
		late  bool
	}{{"competence", []string{"spirometry", "vibration"}, false}, {"too late", []string{"spirometry", "vibration"}, true}, {"leadership", []string{"chair"}, false}, {"no goal, sooner", nil, false}, {"no goal, later", nil, false}}
	if len(got) != len(want) {
		t.Fatalf("%d offers: %+v", len(got), got)
	}
	for i, w := range want {
		if got[i].Title != w.title || got[i].Late != w.late || len(got[i].Goals) != len(w.goals) {
			t.Errorf("%d: %q with %d goals, late %v; want %+v", i, got[i].Title, len(got[i].Goals), got[i].Late, w)
			continue
		}
		for j, g := range w.goals {
			if got[i].Goals[j].What != g {
				t.Errorf("%s: goal %d is %q, want %q", w.title, j, got[i].Goals[j].What, g)
			}
		}
	}
}

// Whatever is offered and planned, a match is open, for the role, and meets open goals of its own area only.
func TestMatchHolds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		near := func(label string) civil.Date { return today.AddDays(rapid.IntRange(-40, 40).Draw(rt, label)) }
		var offers []development.Offer
		for range rapid.IntRange(0, 6).Draw(rt, "offers") {
			offers = append(offers, development.Offer{Mine: rapid.Bool().Draw(rt, "mine"), OfferIn: development.OfferIn{Area: rapid.SampledFrom(development.Areas).Draw(rt, "area"), Closes: near("closes"),
				Roles: rapid.SampledFrom([][]string{nil, {"oh_nurse"}, {"oh_physician"}, {"oh_physician", "oh_nurse"}}).Draw(rt, "roles")}})
		}
		var goals []development.Goal
		for range rapid.IntRange(0, 6).Draw(rt, "goals") {
			goals = append(goals, development.Goal{GoalIn: development.GoalIn{Area: rapid.SampledFrom(development.Areas).Draw(rt, "area"), By: near("by"), State: rapid.SampledFrom(development.States).Draw(rt, "state")}})
		}
		bare := false
		for _, m := range development.Match(offers, goals, access.Nurse, today) {
			if !m.Open(today) || !m.For(access.Nurse) || m.Mine {
				rt.Fatalf("%+v is not for the reader", m)
			}
			if bare && len(m.Goals) > 0 {
				rt.Fatal("an offer without a goal stands before one with a goal")
			}
			bare = len(m.Goals) == 0
			for i, g := range m.Goals {
				if g.Area != m.Area || !g.Open() || i > 0 && g.By.Before(m.Goals[i-1].By) {
					rt.Fatalf("%+v meets %+v", m.OfferIn, m.Goals)
				}
			}
		}
	})
}

func TestCheckGoal(t *testing.T) {
	good := development.GoalIn{Area: "career", State: development.Planned, By: today.AddMonths(3), Words: development.Words{What: "a", Why: "b", Step: "c"}}
	past := today.AddDays(-1)
	for name, x := range map[string]struct {
		change func(*development.GoalIn)
		was    civil.Date
		want   string
	}{
		"good":                         {func(*development.GoalIn) {}, civil.Date{}, ""},
		"today":                        {func(g *development.GoalIn) { g.By = today }, civil.Date{}, ""},
		"no day":                       {func(g *development.GoalIn) { g.By = civil.Date{} }, civil.Date{}, "development.by.empty"},
		"a new day in the past":        {func(g *development.GoalIn) { g.By = past }, civil.Date{}, "development.by.past"},
		"a day that has passed, open":  {func(g *development.GoalIn) { g.By = past }, past, ""},
		"a day that has passed, done":  {func(g *development.GoalIn) { g.By, g.State = past, development.Done }, civil.Date{}, ""},
		"more than five years ahead":   {func(g *development.GoalIn) { g.By = today.AddMonths(61) }, civil.Date{}, "development.by.far"},
		"a forged area":                {func(g *development.GoalIn) { g.Area = "golf" }, civil.Date{}, "development.area.empty"},
		"a forged state":               {func(g *development.GoalIn) { g.State = "x" }, civil.Date{}, "development.state.empty"},
		"blank what":                   {func(g *development.GoalIn) { g.What = "  " }, civil.Date{}, "development.what.empty"},
		"no reason":                    {func(g *development.GoalIn) { g.Why = "" }, civil.Date{}, "development.why.empty"},
		"no step":                      {func(g *development.GoalIn) { g.Step = "" }, civil.Date{}, "development.step.empty"},
		"what is longer than one line": {func(g *development.GoalIn) { g.What = string(make([]rune, 201)) + "x" }, civil.Date{}, "form.too_long"},
	} {
		in := good
		x.change(&in)
		f := development.CheckGoal(in, x.was, today)
		if x.want == "" && len(f) > 0 || x.want != "" && (len(f) != 1 || f[0].Key != x.want) {
			t.Errorf("%s: %v, want %q", name, f, x.want)
		}
	}
}
