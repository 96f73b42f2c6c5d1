package due

import (
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// day reads a day; "" is none.
func day(s string) civil.Date {
	if s == "" {
		return civil.Date{}
	}
	return civil.MustParse(s)
}

func TestState(t *testing.T) {
	today := day("2026-11-10")
	for _, c := range []struct {
		due, done string
		want      State
		days      int
	}{
		{"2026-11-09", "", Overdue, 1}, {"2026-11-10", "", Soon, 0}, {"2026-12-10", "", Soon, 0}, {"2026-12-11", "", Ahead, 0},
		{"2026-11-01", "2026-11-01", Done, 0}, {"2026-11-01", "2026-11-04", Late, 3}, {"2026-12-01", "2026-11-04", Done, 0},
	} {
		p := Promise{day(c.due), day(c.done)}
		if got := p.State(today); got != c.want || p.Days(today) != c.days {
			t.Errorf("%+v: %s, %d days", c, got, p.Days(today))
		}
	}
}

func TestOrder(t *testing.T) {
	all := []Promise{{day("2026-01-01"), day("2026-01-02")}, {day("2026-12-01"), day("")}, {day("2026-02-01"), day("2026-03-01")}, {day("2026-10-01"), day("")}}
	slices.SortFunc(all, Promise.Compare)
	want := []string{"2026-10-01", "2026-12-01", "2026-02-01", "2026-01-01"}
	for i, p := range all {
		if p.Due.String() != want[i] {
			t.Errorf("%d is %v", i, p.Due)
		}
	}
	if got := Count(all, day("2026-11-10")); got != (Tally{Done: 2, Late: 2, Overdue: 1, Open: 2, Of: 4}) {
		t.Errorf("%+v", got)
	}
}
