package uptake_test

import (
	"slices"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/uptake"
)

type heads int

func (n heads) Size() int          { return int(n) }
func (n heads) Plus(m heads) heads { return n + m }

// A large group of people without a team and the small teams of their department are one row: of two, one would be lost.
func TestOneRest(t *testing.T) {
	unit := func(part, department, team string, n heads) uptake.Unit[heads] {
		return uptake.Unit[heads]{Place: uptake.Place{Part: part, Department: department, Team: team}, Count: n}
	}
	units := uptake.Units([]uptake.Unit[heads]{unit("", "A", "", 20), unit("", "A", "1", 9), unit("", "", "", 12), unit("", "A", "2", 10)}, 10)
	slices.SortFunc(units, func(a, b uptake.Unit[heads]) int { return int(b.Count - a.Count) })
	if want := []uptake.Unit[heads]{unit(uptake.Whole, "", "", 51), unit(uptake.Rest, "A", "", 29), unit(uptake.Rest, "", "", 12), unit(uptake.ATeam, "A", "2", 10)}; !slices.Equal(units, want) {
		t.Errorf("%+v", units)
	}
}

// A page has the last month that was counted, all teams where they are few, else a department at a time.
func TestBoard(t *testing.T) {
	last, before := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var b uptake.Board[heads]
	b.Add(last, uptake.Place{Part: uptake.Whole}, 400)
	for i := range 31 {
		b.Add(last, uptake.Place{Part: uptake.ATeam, Department: []string{"A", "B"}[i%2], Team: string(rune('a' + i))}, 10)
		if teams, departments := b.Choose("B"); i < 30 && (len(teams) != i+1 || departments != nil) || i == 30 && (len(teams) != 15 || !slices.Equal(departments, []string{"A", "B"})) {
			t.Errorf("of %d teams %d, departments %q", i+1, len(teams), departments)
		}
	}
	b.Add(before, uptake.Place{Part: uptake.Whole}, 390)
	if b.Month != civil.Of(last) || b.Whole.Count != 400 || len(b.Teams) != 31 {
		t.Errorf("%+v", b)
	}
	now := time.Date(2026, 3, 31, 23, 30, 0, 0, time.UTC) // 1 April in England
	if m, since := uptake.Month(now), uptake.Since(now); m != civil.MustParse("2026-03-01") || since != civil.MustParse("2025-12-01") {
		t.Errorf("%s, since %s", m, since)
	}
}
