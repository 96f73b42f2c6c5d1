package halfday_test

import (
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/halfday"
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
