package load

import (
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
)

// TestLooks: each line appears beyond its limit and not at it, of the newest number that may be told.
func TestLooks(t *testing.T) {
	month := func(hours float64) Month {
		return Month{Month: civil.MustParse("2026-10-01"), Known: true, Hours: hours}
	}
	fine := func(change func(*Load)) Load {
		l := Load{Posts: true, Left: 2, Expected: []workforce.Leaving{{Leavers: 1.5, Retire: 0.5}},
			Overtime:   []Month{month(30), {}, month(20), month(40)},
			Supervised: []Supervised{{Took: 1, Clinicians: 2, Few: true}, {Took: 4, Clinicians: 8}, {Took: 0, Clinicians: 8}},
			Pulse:      []Pulse{{Few: true}, {Question: "How are you?", Answers: 10, Mean: 3}, {Answers: 10, Mean: 1}}}
		change(&l)
		return l
	}
	for _, c := range []struct {
		name   string
		change func(*Load)
		want   string
	}{
		{"nothing", func(*Load) {}, ""},
		{"more overtime than before", func(l *Load) { l.Overtime[0].Hours = 31 }, "overtime"},
		{"a first month lies against nothing", func(l *Load) { l.Overtime = []Month{month(900)} }, ""},
		{"no overtime entered", func(l *Load) { l.Overtime = []Month{{}, {}} }, "overtime.none"},
		{"fewer than half", func(l *Load) { l.Supervised[1].Took = 3 }, "supervision"},
		{"nobody wrote it down", func(l *Load) { l.Supervised = nil }, "supervision.none"},
		{"more vacancies than the plan expects", func(l *Load) { l.Left = 3 }, "vacancies"},
		{"and one who is not advertised", func(l *Load) { l.Left, l.Silent = 2, 1 }, "vacancies"},
		{"a longer list and more work than before", func(l *Load) {
			l.ListLevel, l.GivenLevel = Level{Known: true, High: true}, Level{Known: true, High: true}
		}, "caseload.list caseload.given"},
		{"a list as before", func(l *Load) { l.ListLevel = Level{Known: true, Now: 9, Before: 9} }, ""},
		{"a post empty as long as usual", func(l *Load) { l.Usual, l.Empty = 200, []Empty{{"OH nurse", civil.MustParse("2026-01-01"), 200}} }, ""},
		{"a post empty for longer", func(l *Load) { l.Usual, l.Empty = 200, []Empty{{"OH nurse", civil.MustParse("2026-01-01"), 201}} }, "empty"},
		{"one long empty is red", func(l *Load) {
			l.Supervised, l.Usual, l.Empty = nil, 200, []Empty{{"OH nurse", civil.MustParse("2025-05-01"), 570}}
		}, "empty supervision.none"},
		{"a low pulse", func(l *Load) { l.Pulse[1].Mean = 2.9 }, "pulse"},
		{"all", func(l *Load) {
			*l = Load{Posts: true, Left: 1, Overtime: []Month{month(2), month(1)}, Supervised: []Supervised{{Took: 0, Clinicians: 3}}, Pulse: []Pulse{{Mean: 1}}}
		}, "supervision pulse overtime vacancies"},
		{"nothing is written down", func(l *Load) { *l = Load{} }, "overtime.none supervision.none"},
	} {
		var got []string
		amber := false
		for _, x := range fine(c.change).Looks() {
			got = append(got, x.Key)
			if amber = amber || !x.Red; x.Red && amber {
				t.Errorf("%s: %s is red and comes after an amber one", c.name, x.Key)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestEmpty: a post is empty since its seat was, whether or when it was advertised; the usual time is that of the shares.
func TestEmpty(t *testing.T) {
	team := workforce.Team{Posts: []workforce.Post{{PostIn: workforce.PostIn{Title: "OH nurse", Heads: 2, InPost: 1, VacantSince: civil.MustParse("2025-05-01")}}, {PostIn: workforce.PostIn{Title: "Full", Heads: 1, InPost: 1}}}}
	if got := empty(team, civil.MustParse("2026-11-22")); len(got) != 1 || got[0].Days != 570 || got[0].Title != "OH nurse" {
		t.Errorf("%+v", got)
	}
	if got := usual(workforce.Fill{Shares: []float64{0.5, 0.5}}); got != 137 {
		t.Errorf("half in one quarter, half in two: %d days", got)
	}
}
