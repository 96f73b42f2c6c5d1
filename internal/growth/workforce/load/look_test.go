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
		{"a low pulse", func(l *Load) { l.Pulse[1].Mean = 2.9 }, "pulse"},
		{"all", func(l *Load) {
			*l = Load{Posts: true, Left: 1, Overtime: []Month{month(2), month(1)}, Supervised: []Supervised{{Took: 0, Clinicians: 3}}, Pulse: []Pulse{{Mean: 1}}}
		}, "overtime supervision vacancies pulse"},
		{"nothing is written down", func(l *Load) { *l = Load{} }, "overtime.none supervision.none"},
	} {
		var got []string
		for _, x := range fine(c.change).Looks() {
			got = append(got, x.Key)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
