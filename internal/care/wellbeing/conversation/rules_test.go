package conversation

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/uptake"
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
		"offered before the last one":     {[]Conversation{{State: Held, Held: day("2026-11-21")}, {State: Offered, Offered: day("2026-11-20")}}, "2020-01-01", Asked, "2026-11-20"},
		"offered long ago":                {[]Conversation{{State: Offered, Offered: day("2026-10-20")}}, "2020-01-01", Waiting, "2026-10-20"},
		"does not want one":               {[]Conversation{{State: Declined, Offered: day("2026-01-20"), Answered: day("2026-10-20")}}, "2020-01-01", Refused, "2027-04-20"},
		"did not want one":                {[]Conversation{{State: Declined, Answered: day("2026-03-20")}}, "2020-01-01", Due, "2026-09-20"},
		"with somebody else":              {[]Conversation{{State: Elsewhere, Offered: day("2026-09-20"), Answered: day("2026-10-20")}}, "2020-01-01", ByOthers, "2027-10-20"},
		"asks for one":                    {[]Conversation{{State: Held, Held: day("2026-11-01")}, {State: Requested, Requested: day("2026-10-02")}}, "2020-01-01", Wants, "2026-10-02"},
		"objects":                         {[]Conversation{{State: Requested, Requested: day("2026-11-02")}, {State: Held, Held: day("2026-10-01"), Disputed: true}}, "2020-01-01", Objects, "2026-10-01"},
		"objected, and it was changed":    {[]Conversation{{State: Held, Held: day("2026-10-01"), Disputed: true, Changed: true}}, "2020-01-01", NotYet, "2027-10-01"},
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
		"signposts": func(i *In) { i.Signposts = []string{"breaks"} }, "next": func(i *In) { i.Next = today }, "next ": func(i *In) { i.On, i.Next = today.AddDays(-3), today.AddDays(-3) },
	} {
		in := good
		change(&in)
		if f := p.Check(in, Conversation{}, today); len(f) != 1 || f[0].Name != strings.TrimSpace(field) {
			t.Errorf("%s: %v", field, f)
		}
	}
	for _, on := range []civil.Date{{}, today.AddMonths(-25)} {
		in := good
		if in.On = on; len(p.Check(in, Conversation{}, today)) != 1 {
			t.Errorf("on %s", on)
		}
	}
	if in := good; len(p.Check(in, Conversation{State: Held, Held: in.On, Next: in.On}, today)) > 0 { // a new review
		t.Error("a review that is put off")
	}
	stale := good // the review that was right before is not after the day that is entered now
	stale.Next = today.AddDays(-9)
	if f := p.Check(stale, Conversation{State: Held, Held: today.AddDays(-30), Next: stale.Next}, today); len(f) != 1 || f[0].Key != "conversation.next.before" {
		t.Errorf("a review before the conversation: %v", f)
	}
	far := good
	far.Next = today.AddMonths(25)
	if len(p.Check(far, Conversation{}, today)) != 1 {
		t.Error("a review in years")
	}
}

// Whatever was recorded, by whomever, the standing is one of the list and has a day; what the person says themselves is never hidden by
// what a manager recorded later.
func TestStandHearsThePerson(t *testing.T) {
	p := Lists()
	rapid.Check(t, func(t *rapid.T) {
		var all []Conversation
		asks, objects, open := false, false, false
		for range rapid.IntRange(0, 6).Draw(t, "conversations") {
			on := today.AddDays(-rapid.IntRange(0, 900).Draw(t, "ago"))
			c := Conversation{State: rapid.SampledFrom([]string{Requested, Offered, Held, Declined, Elsewhere}).Draw(t, "state")}
			if open && c.Awaits() { // one at a time
				continue
			}
			open = open || c.Awaits()
			switch c.State {
			case Requested:
				c.Requested, asks = on, true
			case Offered:
				c.Offered = on
			case Held:
				c.Held = on
			default:
				c.Answered = on
			}
			if !c.Awaits() {
				c.Disputed = rapid.Bool().Draw(t, "disputed")
				c.Changed = c.Disputed && rapid.Bool().Draw(t, "changed")
				objects = objects || c.Disputed && !c.Changed
			}
			if c.Day() != on || c.Awaits() != c.On().IsZero() {
				t.Fatalf("%+v is of %s and %s, not %s", c, c.Day(), c.On(), on)
			}
			all = append(all, c)
		}
		standing, due := p.Stand(all, today.AddDays(-rapid.IntRange(0, 4000).Draw(t, "since")), today)
		if !slices.Contains(Standings, standing) || due.IsZero() || (standing == Objects) != objects || !objects && ((standing == Wants) != asks || (standing == Asked || standing == Waiting) != (open && !asks)) {
			t.Fatalf("%+v stands %s on %s", all, standing, due)
		}
	})
}

// Whatever the teams are: no number of what is stored is below the threshold, none is exact, no small team is named, nobody is lost, and
// neither nought nor everybody can be told from a few.
func TestTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []uptake.Unit[Counted]
		people, held := 0, 0
		for i := range rapid.IntRange(0, 20).Draw(t, "teams") {
			at := uptake.Place{Department: rapid.SampledFrom([]string{"A", "B", ""}).Draw(t, "department"), Team: rapid.SampledFrom([]string{"", string(rune('a' + i))}).Draw(t, "team")}
			n := Counted{People: rapid.IntRange(1, 60).Draw(t, "people")}
			n.Held = rapid.IntRange(0, n.People).Draw(t, "held")
			people, held = people+n.People, held+n.Held
			all = append(all, uptake.Unit[Counted]{Place: at, Count: n})
		}
		units := Units(all)
		if whole := units[0]; whole.Part != uptake.Whole || whole.Count.People != people || whole.Count.Held != held || whole.Department+whole.Team != "" {
			t.Fatalf("the organisation: %+v of %d", whole, people)
		}
		sum, with := 0, 0
		rows := map[[3]string]bool{}
		for _, u := range units {
			if key := [3]string{u.Part, u.Department, u.Team}; rows[key] {
				t.Fatalf("two rows of %q: one would be lost", key)
			} else {
				rows[key] = true
			}
			if u.Part == uptake.Whole {
				continue
			}
			sum, with = sum+u.Count.People, with+u.Count.Held
			if (u.Part == uptake.ATeam) != (u.Team != "") || u.Part == uptake.ATeam && u.Count.People < 8 {
				t.Fatalf("a small team by name, or one without: %+v", u)
			}
		}
		if sum != people || with != held {
			t.Fatalf("%d of %d, %d of %d", sum, people, with, held)
		}
		for _, u := range units {
			x := Tell(u.Count)
			switch {
			case x.People != nil && (*x.People < 10 || *x.People%5 != 0), u.Count.People < 8 && x != (Told{}), x.People == nil && (x.Held != nil || x.Nearly):
			case x.Held != nil && (*x.Held < 10 || *x.Held%5 != 0 || x.Nearly || u.Count.Held < 8 || u.Count.People-u.Count.Held < 8):
			case x.Nearly && (u.Count.Held < 8 || u.Count.People-u.Count.Held >= 8):
			default:
				continue
			}
			t.Fatalf("%+v tells %+v", u, x)
		}
	})
}

// A team in which nobody had one reads as a team in which seven had one, and a team in which all had one as a team in which seven had none.
func TestNoughtIsFew(t *testing.T) {
	tell := func(people, held int) string {
		x := Tell(Counted{People: people, Held: held})
		if x.Held != nil {
			return fmt.Sprint(*x.Held)
		}
		return fmt.Sprint(x.Nearly)
	}
	for held, want := range map[int]string{0: "false", 1: "false", 7: "false", 8: "10", 12: "10", 32: "30", 33: "true", 39: "true", 40: "true"} {
		if got := tell(40, held); got != want {
			t.Errorf("%d of 40 tells %s, want %s", held, got, want)
		}
	}
}

func TestPack(t *testing.T) {
	if p := Lists(); p.Read.Months != 24 || p.Read.Source == "" || p.Verified != "" {
		t.Errorf("%+v", p)
	}
	text, err := fs.ReadFile(content.FS, "packs/conversations.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{"reads back too little": {"months: 24", "months: 23"}, "no day": {"effective_from: 2026-11-23", "effective_from: soon"}, "no source": {"source: \"Rowan", "was: \"Rowan"}, "no interval": {"every_months: 12", "every_months: 0"}, "no list": {"signposts: [", "signs: ["}} {
		bad := strings.Replace(string(text), change[0], change[1], 1)
		if bad == string(text) {
			t.Fatalf("%s: nothing to change", name)
		}
		if _, err := LoadPack(fstest.MapFS{"packs/conversations.yaml": {Data: []byte(bad)}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
