package template

import (
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// TestGather: clinics of several days and people are one, and no name of anybody is left.
func TestGather(t *testing.T) {
	from, late := civil.MustParse("2026-04-01"), civil.MustParse("2026-09-01")
	row := func(name, role string, slots int, from civil.Date) planned {
		return planned{Clinics{Name: name, Role: role, Sessions: 1, Slots: slots, Minutes: 60, From: from}, "Dr Amara Oyelaran-Li"}
	}
	got := gather([]planned{row("Nurse clinic, Monday", "oh_nurse", 6, from), row("Nurse clinic, Tuesday pm", "oh_nurse", 6, from), row("Nurse clinic - Wed", "oh_nurse", 5, from), row("Nurse clinic", "oh_nurse", 6, late),
		row("Dr Oyelaran, Monday", "oh_physician", 4, from), row("Clinic of LI", "oh_physician", 4, from), row("Dr's clinic", "oh_physician", 4, from)})
	want := []Clinics{{"Nurse clinic", "oh_nurse", 1, 5, 60, from, civil.Date{}}, {"Nurse clinic", "oh_nurse", 2, 6, 60, from, civil.Date{}}, {"Nurse clinic", "oh_nurse", 1, 6, 60, late, civil.Date{}},
		{"", "oh_physician", 2, 4, 60, from, civil.Date{}}, {"Dr's clinic", "oh_physician", 1, 4, 60, from, civil.Date{}}}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestInForce: the day after the last is none.
func TestInForce(t *testing.T) {
	c := Clinics{From: civil.MustParse("2026-04-01"), To: civil.MustParse("2026-10-01")}
	for day, want := range map[string]bool{"2026-03-31": false, "2026-04-01": true, "2026-09-30": true, "2026-10-01": false} {
		if got := c.InForce(civil.MustParse(day)); got != want {
			t.Errorf("%s: %v", day, got)
		}
	}
	if c.To = (civil.Date{}); !c.InForce(civil.MustParse("2040-01-01")) {
		t.Error("one without an end ends")
	}
}
