package adjustment_test

import (
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/uptake"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

func TestPack(t *testing.T) {
	p, err := adjustment.LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	for prefix, list := range map[string][]string{"adjustment.item.": p.Adjustments, "adjustment.reason.": p.Reasons} {
		for _, code := range list {
			if !locale.English().Has(prefix + code) {
				t.Errorf("%s%s has no words", prefix, code)
			}
		}
	}
	for _, text := range []string{"", "version: 1", "effective_from: 2026-13-01"} {
		if _, err := adjustment.LoadPack(fstest.MapFS{"packs/passport.yaml": {Data: []byte(text)}}); err == nil {
			t.Errorf("%q is a pack", text)
		}
	}
}

func TestCheck(t *testing.T) {
	p, day := adjustment.Lists(), civil.MustParse("2026-11-23")
	for _, c := range []struct {
		name string
		in   adjustment.In
		had  adjustment.Answer
		want string
	}{
		{"agreed", adjustment.In{Answer: "agreed", From: day, Review: day.AddMonths(6)}, adjustment.Answer{}, ""},
		{"nothing", adjustment.In{}, adjustment.Answer{}, "answer"},
		{"another word", adjustment.In{Answer: "maybe"}, adjustment.Answer{}, "answer"},
		{"declined", adjustment.In{Answer: "declined", Reason: "cost"}, adjustment.Answer{}, ""},
		{"declined without a reason", adjustment.In{Answer: "declined"}, adjustment.Answer{}, "reason"},
		{"a reason of their own", adjustment.In{Answer: "declined", Reason: "their health"}, adjustment.Answer{}, "reason"},
		{"part", adjustment.In{Answer: "part", Reason: "trial", From: day, Review: day.AddDays(30)}, adjustment.Answer{}, ""},
		{"part without a reason", adjustment.In{Answer: "part", From: day, Review: day.AddDays(30)}, adjustment.Answer{}, "reason"},
		{"no days", adjustment.In{Answer: "agreed"}, adjustment.Answer{}, "from"},
		{"no review", adjustment.In{Answer: "agreed", From: day}, adjustment.Answer{}, "review"},
		{"a review before it begins", adjustment.In{Answer: "agreed", From: day.AddDays(40), Review: day.AddDays(30)}, adjustment.Answer{}, "review"},
		{"a review that is over", adjustment.In{Answer: "agreed", From: day.AddDays(-40), Review: day}, adjustment.Answer{}, "review"},
		{"a review in two years", adjustment.In{Answer: "agreed", From: day, Review: day.AddMonths(24)}, adjustment.Answer{}, "review"},
		{"years ago", adjustment.In{Answer: "agreed", From: day.AddMonths(-36), Review: day.AddDays(30)}, adjustment.Answer{}, "from"},
		{"as it stood", adjustment.In{Answer: "agreed", From: day.AddMonths(-36), Review: day.AddDays(30)}, adjustment.Answer{From: day.AddMonths(-36)}, ""},
		{"next year", adjustment.In{Answer: "agreed", From: day.AddMonths(7), Review: day.AddMonths(9)}, adjustment.Answer{}, "from"},
	} {
		got := ""
		if f := p.Check(c.in, c.had, day); len(f) > 0 {
			got = f[0].Name
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Nothing under ten leaves, nor nought, nor anything beside a unit of which the people are too few; what leaves is rounded to five.
func TestTell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := adjustment.Counted{People: rapid.IntRange(0, 400).Draw(t, "people")}
		u.InPlace = rapid.IntRange(0, u.People).Draw(t, "in place")
		u.Answered = rapid.IntRange(0, u.InPlace).Draw(t, "answered")
		u.Help = rapid.IntRange(0, u.Answered).Draw(t, "help")
		told := adjustment.Tell(u)
		if told.InPlace != nil && u.People-u.InPlace < 10 {
			t.Fatalf("%+v says of nearly everybody that they have something in place", u)
		}
		outer := told.People
		for i, x := range []struct {
			got   *int32
			exact int
		}{{told.People, u.People}, {told.InPlace, u.InPlace}, {told.Answered, u.Answered}, {told.Help, u.Help}} {
			if x.got == nil {
				outer = nil
				continue
			}
			if outer == nil || x.exact < 10 || *x.got%5 != 0 || *x.got < 10 || int(*x.got)-x.exact > 2 || x.exact-int(*x.got) > 2 {
				t.Fatalf("number %d of %+v told as %d", i, u, *x.got)
			}
		}
	})
}

func TestUnits(t *testing.T) {
	type unit = uptake.Unit[adjustment.Counted]
	team := func(name string, n adjustment.Counted) unit {
		return unit{Place: uptake.Place{Department: "A", Team: name}, Count: n}
	}
	units := adjustment.Units([]unit{team("1", adjustment.Counted{20, 12, 3, 2}), team("2", adjustment.Counted{4, 1, 0, 0}), team("3", adjustment.Counted{9, 2, 1, 1})})
	if len(units) != 3 || units[0] != (unit{Place: uptake.Place{Part: uptake.Whole}, Count: adjustment.Counted{33, 15, 4, 3}}) || units[1].Place != (uptake.Place{Part: uptake.ATeam, Department: "A", Team: "1"}) || units[2] != (unit{Place: uptake.Place{Part: uptake.Rest, Department: "A"}, Count: adjustment.Counted{13, 3, 1, 1}}) {
		t.Errorf("%+v", units)
	}
}
