package conversation

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

var today = civil.MustParse("2026-11-22")

func TestStand(t *testing.T) {
	p := Lists()
	day := civil.MustParse
	for name, c := range map[string]struct {
		all   []Conversation
		since string
		want  string
		due   string
	}{
		"new":                             {nil, "2026-11-01", NotYet, "2027-02-01"},
		"new, nearly due":                 {nil, "2026-09-01", Soon, "2026-12-01"},
		"never had one":                   {nil, "2020-01-01", Due, "2026-11-01"},
		"had one":                         {[]Conversation{{State: Held, Held: day("2026-06-01")}}, "2020-01-01", NotYet, "2027-06-01"},
		"a year ago":                      {[]Conversation{{State: Held, Held: day("2025-11-22")}}, "2020-01-01", Due, "2026-11-22"},
		"an earlier review":               {[]Conversation{{State: Held, Held: day("2026-10-01"), Next: day("2026-11-20")}}, "2020-01-01", Due, "2026-11-20"},
		"a review after more than a year": {[]Conversation{{State: Held, Held: day("2025-10-01"), Next: day("2027-09-01")}}, "2020-01-01", Due, "2026-10-01"},
		"offered":                         {[]Conversation{{State: Offered, Offered: day("2026-11-20")}}, "2020-01-01", Asked, "2026-11-20"},
		"offered long ago":                {[]Conversation{{State: Offered, Offered: day("2026-10-20")}}, "2020-01-01", Waiting, "2026-10-20"},
		"does not want one":               {[]Conversation{{State: Declined, Offered: day("2026-10-20")}}, "2020-01-01", Refused, "2027-04-20"},
		"did not want one":                {[]Conversation{{State: Declined, Offered: day("2026-03-20")}}, "2020-01-01", Due, "2026-09-20"},
		"with somebody else":              {[]Conversation{{State: Elsewhere, Offered: day("2026-10-20")}}, "2020-01-01", ByOthers, "2027-10-20"},
	} {
		if got, due := p.Stand(c.all, day(c.since), today); got != c.want || due != day(c.due) {
			t.Errorf("%s: %s on %s, want %s on %s", name, got, due, c.want, c.due)
		}
	}
}

func TestCheck(t *testing.T) {
	p, good := Lists(), In{Outcome: Held, On: today, With: "manager", Actions: []string{"breaks"}, Signposts: []string{"learning"}, Next: today.AddDays(30)}
	if f := p.Check(good, Conversation{}, today); len(f) > 0 {
		t.Error(f)
	}
	for field, change := range map[string]func(*In){
		"outcome": func(i *In) { i.Outcome = "cried" }, "on": func(i *In) { i.On = today.AddDays(1) }, "with": func(i *In) { i.With = "" }, "actions": func(i *In) { i.Actions = []string{"a word"} },
		"signposts": func(i *In) { i.Signposts = []string{"breaks"} }, "next": func(i *In) { i.Next = today },
	} {
		in := good
		change(&in)
		if f := p.Check(in, Conversation{}, today); len(f) != 1 || f[0].Name != field {
			t.Errorf("%s: %v", field, f)
		}
	}
	for _, on := range []civil.Date{{}, today.AddMonths(-25)} {
		in := good
		if in.On = on; len(p.Check(in, Conversation{}, today)) != 1 {
			t.Errorf("on %s", on)
		}
	}
	far := good
	far.Next = today.AddMonths(25)
	if len(p.Check(far, Conversation{}, today)) != 1 {
		t.Error("a review in years")
	}
}

// Whatever the teams are: no number of what is stored is below the threshold, none is exact, and no small team is named.
func TestTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []Squad
		people := 0
		for i := range rapid.IntRange(0, 20).Draw(t, "teams") {
			s := Squad{Department: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "department"), Team: string(rune('a' + i)), People: rapid.IntRange(1, 60).Draw(t, "people")}
			s.Held = rapid.IntRange(0, s.People).Draw(t, "held")
			people += s.People
			all = append(all, s)
		}
		units := Units(all)
		if units[0].People != people || units[0].Department != "" {
			t.Fatalf("the organisation: %+v of %d", units[0], people)
		}
		sum := 0
		for _, u := range units[1:] {
			sum += u.People
			if u.Team != "" && u.People < 8 {
				t.Fatalf("a small team by name: %+v", u)
			}
		}
		if sum != people {
			t.Fatalf("%d of %d", sum, people)
		}
		for _, u := range units {
			n, held := Tell(u)
			if n != nil && (*n < 10 || *n%5 != 0) || held != nil && (*held%5 != 0 || *held == 5 || n == nil) || u.People < 8 && n != nil || u.Held > 0 && u.Held < 8 && held != nil {
				t.Fatalf("%+v tells %v of %v", u, held, n)
			}
		}
	})
}
