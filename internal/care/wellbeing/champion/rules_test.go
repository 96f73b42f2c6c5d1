package champion

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

var today = civil.MustParse("2026-11-22")

func TestCover(t *testing.T) {
	p := Pack{SmallTeam: 8, PeoplePerOne: 50}
	m := p.Cover([]Squad{
		{"Medicine", "Ward 7", 40, 1}, {"Medicine", "Ward 8", 30, 0},
		{"Estates", "Boilers", 3, 0}, {"Estates", "Gardens", 4, 1}, {"Estates", "Porters", 22, 0},
		{"Board", "Office", 2, 0},
	})
	want := Map{People: 101, Champions: 2, Units: 5, With: 2, Wanted: 3,
		Sections: []Section{{"Board", 2, 0, 1, 0}, {"Estates", 29, 1, 2, 1}, {"Medicine", 70, 1, 2, 1}},
		Teams: []Unit{{Squad: Squad{"Medicine", "Ward 8", 30, 0}}, {Squad: Squad{"Estates", "Porters", 22, 0}}, {Squad: Squad{"Board", "", 2, 0}, Small: []string{"Office"}},
			{Squad: Squad{"Medicine", "Ward 7", 40, 1}}, {Squad: Squad{"Estates", "", 7, 1}, Small: []string{"Boilers", "Gardens"}}}}
	if d := cmp.Diff(want, m); d != "" {
		t.Error(d)
	}
	for typed, want := range map[string]int{"": 5, "ward": 2, " WARD 8 ": 1, "estates": 2, "gardens": 1, "nowhere": 0} {
		if got := m.Find(typed); len(got) != want {
			t.Errorf("%q finds %d: %+v", typed, len(got), got)
		}
	}
}

// Whatever the teams are: nobody is lost or counted twice, a unit is covered or listed as without, and no team under the
// threshold is named.
func TestCoverCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Pack{SmallTeam: rapid.IntRange(1, 12).Draw(t, "small"), PeoplePerOne: 50}
		var all []Squad
		people, champions := 0, 0
		for i := range rapid.IntRange(0, 30).Draw(t, "teams") {
			s := Squad{Department: rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "department"), Team: string(rune('a' + i)), People: rapid.IntRange(1, 40).Draw(t, "people")}
			s.Champions = rapid.IntRange(0, min(2, s.People)).Draw(t, "champions")
			people, champions = people+s.People, champions+s.Champions
			all = append(all, s)
		}
		m := p.Cover(all)
		if m.People != people || m.Champions != champions || m.With+len(m.Without()) != m.Units || len(m.Teams) != m.Units {
			t.Fatalf("%+v of %d people and %d champions", m, people, champions)
		}
		sum := 0
		for _, s := range m.Sections {
			sum += s.People
		}
		if sum != people {
			t.Fatalf("departments have %d of %d", sum, people)
		}
		names := 0
		for i, u := range m.Teams {
			if u.Covered() == (i < len(m.Without())) || len(u.Small) == 0 && u.People < p.SmallTeam {
				t.Fatalf("team %d of %d without: %+v", i, len(m.Without()), u)
			}
			if i > 0 && m.Teams[i-1].Covered() == u.Covered() && m.Teams[i-1].People < u.People {
				t.Fatalf("%+v stands before %+v", m.Teams[i-1], u)
			}
			names += max(1, len(u.Small))
		}
		if names != len(all) {
			t.Fatalf("%d of %d teams are reachable", names, len(all))
		}
		for _, s := range all {
			if len(m.Find(s.Team)) == 0 || len(m.Find(s.Department)) == 0 {
				t.Fatalf("%+v is not found", s)
			}
		}
	})
}

func TestPer100(t *testing.T) {
	for _, c := range []struct {
		champions, people int
		want              float64
		ok                bool
	}{{0, 0, 0, false}, {0, 10, 0, true}, {1, 50, 2, true}, {1, 3, 33.3, true}, {2, 3, 66.7, true}} {
		if got, ok := Per100(c.champions, c.people); got != c.want || ok != c.ok {
			t.Errorf("%d of %d: %v, %v", c.champions, c.people, got, ok)
		}
	}
}

func TestTrainingDue(t *testing.T) {
	p := Pack{Refresher: 24, Soon: 60}
	for last, want := range map[string]string{"2026-11-22": Trained, "2025-02-01": Trained, "2025-01-21": DueSoon, "2024-11-23": DueSoon, "2024-11-22": Overdue, "2020-01-01": Overdue} {
		if got, due := p.Training(civil.MustParse(last), today); got != want || due != civil.MustParse(last).AddMonths(24) {
			t.Errorf("trained %s: %s on %s, want %s", last, got, due, want)
		}
	}
	if got, due := p.Training(civil.Date{}, today); got != NotTrained || !due.IsZero() {
		t.Errorf("never trained: %s on %s", got, due)
	}
}

func TestActive(t *testing.T) {
	for _, c := range []struct {
		c    Champion
		want bool
	}{{Champion{State: Asked}, false}, {Champion{State: Refused}, false}, {Champion{State: Withdrawn}, false}, {Champion{State: Agreed}, true},
		{Champion{State: Agreed, Ends: today.AddDays(1)}, true}, {Champion{State: Agreed, Ends: today}, false}, {Champion{State: Agreed, Left: today}, false}, {Champion{State: Agreed, Left: today.AddDays(1)}, true},
		{Champion{State: Agreed, Left: today, Ends: today.AddDays(9)}, false}, {Champion{State: Agreed, Left: today.AddDays(9), Ends: today}, false}} {
		if c.c.Active(today) != c.want {
			t.Errorf("%+v", c.c)
		}
	}
}

// Whatever the days are: a champion is one until they stop or leave, whichever comes first; nobody waits who has left; and a last day is
// moved by who set it alone.
func TestLastDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := func(name string) civil.Date {
			if rapid.Bool().Draw(t, "no "+name) {
				return civil.Date{}
			}
			return today.AddDays(rapid.IntRange(-5, 5).Draw(t, name))
		}
		c := Champion{State: rapid.SampledFrom([]string{Asked, Agreed, Refused, Withdrawn}).Draw(t, "state"), Left: day("left")}
		if c.State == Agreed {
			if c.Ends = day("ends"); !c.Ends.IsZero() {
				c.EndedBy = rapid.SampledFrom([]string{BySelf, ByService}).Draw(t, "by")
			}
		}
		gone, stopped := !c.Left.IsZero() && !c.Left.After(today), !c.Ends.IsZero() && !c.Ends.After(today)
		if c.Active(today) != (c.State == Agreed && !gone && !stopped) || c.Waits(today) != (c.State == Asked && !gone) {
			t.Fatalf("%+v", c)
		}
		self, service := c.MayEnd(BySelf, today), c.MayEnd(ByService, today)
		if (self || service) != c.Active(today) || (self && service) != (c.Active(today) && c.Ends.IsZero()) || self && c.EndedBy == ByService || service && c.EndedBy == BySelf {
			t.Fatalf("%+v: %v, %v", c, self, service)
		}
	})
}

func TestChecks(t *testing.T) {
	for n, bad := range map[int]bool{-1: true, 0: true, 1: false, MostHours: false, MostHours + 1: true} {
		if (len(CheckHours(n)) > 0) != bad {
			t.Errorf("%d hours", n)
		}
	}
	for on, want := range map[civil.Date]string{{}: "champion.end.on.empty", today.AddDays(-1): "champion.end.on.past", today: "", today.AddDays(92): "", today.AddDays(93): "champion.end.on.far"} {
		got := ""
		if f := CheckEnd(on, today); len(f) > 0 {
			got = f[0].Key
		}
		if got != want {
			t.Errorf("ends %s: %q", on, got)
		}
	}
	c := Champion{Trained: []Training{{On: today.AddDays(-5)}}}
	for on, want := range map[civil.Date]string{{}: "champion.training.on.empty", today: "", today.AddDays(1): "champion.training.on.future", today.AddMonths(-121): "champion.training.on.old", today.AddDays(-5): "champion.training.on.again"} {
		got := ""
		if f := CheckTraining("first", on, c, today); len(f) > 0 {
			got = f[0].Key
		}
		if got != want {
			t.Errorf("trained %s: %q", on, got)
		}
	}
	if f := CheckTraining("other", today, c, today); len(f) != 1 {
		t.Errorf("a training of no kind: %v", f)
	}
	p := Lists()
	if f := p.CheckCounts(map[string]int{"oh": 200, "kit": 0}); len(f) > 0 {
		t.Errorf("good counts: %v", f)
	}
	if f := p.CheckCounts(map[string]int{"oh": 201, "kit": -1}); len(f) != 2 {
		t.Errorf("bad counts: %v", f)
	}
	for name, k := range map[string]Kit{"kind": {Title: "A", Words: "B"}, "title": {Kind: "kit", Words: "B"}, "words": {Kind: "kit", Title: "A"}, "link": {Kind: "kit", Title: "A", Words: "B", Link: "http://x.example"}} {
		if f := CheckKit(k); len(f) != 1 || f[0].Name != name {
			t.Errorf("%s: %v", name, f)
		}
	}
	if f := CheckKit(Kit{Kind: "message", Title: "A", Words: "B", Link: "https://x.example/kit"}); len(f) > 0 {
		t.Error(f)
	}
	if !Countable(civil.MustParse("2026-10-01"), today) || !Countable(civil.MustParse("2026-11-01"), today) || Countable(civil.MustParse("2026-09-01"), today) || Countable(civil.MustParse("2026-12-01"), today) || Countable(today, today) {
		t.Error("months that can be counted")
	}
}

func TestPack(t *testing.T) {
	p := Lists()
	if p.Verified != "" {
		t.Error("nobody has verified the numbers")
	}
	special := slices.DeleteFunc(slices.Clone(p.Counts), func(c Counted) bool { return !c.Special })
	if len(special) != 5 {
		t.Errorf("special counts: %v", special)
	}
	for name, text := range map[string]string{"nothing": "", "no source": "version: 1\neffective_from: 2026-11-01", "twice": "version: 1\neffective_from: 2026-11-01\nsource: x\nmark: D\nrefresher_months: 1\nsoon_days: 1\nusual_hours: 1\npeople_per_champion: 1\nsmall_team: 1\nlink_days: 1\ncounts: [{code: a}, {code: a}]"} {
		if _, err := LoadPack(fstest.MapFS{"packs/champions.yaml": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// Being a champion gives no role and no right: no permission of the slice is of a clinical class, and none is of another wall than
// the one its pages need.
func TestNoCase(t *testing.T) {
	for _, r := range Rules {
		if r.Data != access.D0 && r.Data != access.D1 {
			t.Errorf("%s opens %s", r.Permission, r.Data)
		}
		for role := range r.Allow {
			if role == access.Person && r.Permission != Own && r.Permission != Join {
				t.Errorf("a champion signs in as a member of staff, who may %s", r.Permission)
			}
		}
	}
}
