package halfday_test

import (
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/halfday"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

func TestHalfday(t *testing.T) {
	monday := civil.MustParse("2026-11-23")
	for i, want := range []string{"mon-am", "tue-am", "wed-am", "thu-am", "fri-am", "sat-am", "sun-am"} {
		if got := halfday.Of(monday.AddDays(i), halfday.Morning); got != want {
			t.Errorf("day %d is %s, want %s", i, got, want)
		}
	}
	if got := halfday.Clean([]string{"fri-pm", "x", "mon-am", "fri-pm"}); !slices.Equal(got, []string{"mon-am", "fri-pm"}) {
		t.Error(got)
	}
	if got := halfday.Common([]string{"fri-pm", "mon-am"}, []string{"fri-pm"}); !slices.Equal(got, []string{"fri-pm"}) {
		t.Error(got)
	}
	if !halfday.Within(monday, monday.AddDays(30), []string{"sun-pm"}) || halfday.Within(monday, monday.AddDays(5), []string{"sun-pm"}) || halfday.Within(monday, monday.AddDays(-1), halfday.All) {
		t.Error("a span and its half-days")
	}
	if d, p := halfday.Split("thu-pm"); d != "thu" || p != "pm" {
		t.Error(d, p)
	}
}

// TestCheck: what was typed is told field by field; a whole year ahead is the last that passes.
func TestCheck(t *testing.T) {
	today := civil.MustParse("2026-11-23")
	on := func(s string) civil.Date {
		if s == "" {
			return civil.Date{}
		}
		return civil.MustParse(s)
	}
	for _, x := range []struct {
		slots       []string
		from, until string
		want        []string
	}{
		{[]string{"mon-am"}, "2026-11-23", "2027-11-23", nil},
		{[]string{"mon-am"}, "2026-11-24", "2026-11-24", nil},
		{nil, "", "", []string{"halfday.slots.empty", "halfday.from.empty", "halfday.until.empty"}},
		{[]string{"mon-noon"}, "2026-11-22", "2026-11-21", []string{"halfday.slots.empty", "halfday.from.past", "halfday.until.early"}},
		{[]string{"sun-pm"}, "2026-12-01", "2027-11-24", []string{"halfday.until.far"}},
	} {
		var f fault.Fields
		halfday.Check(&f, x.slots, on(x.from), on(x.until), today)
		var got []string
		for _, one := range f {
			got = append(got, one.Key)
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%v from %s until %s: %v, want %v", x.slots, x.from, x.until, got, x.want)
		}
	}
}
