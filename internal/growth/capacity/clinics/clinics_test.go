package clinics_test

import (
	"math"
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/activity/template"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/clinics"
)

// TestGives: a place more is used as the places that there are, and never by more than one appointment.
func TestGives(t *testing.T) {
	more := func(role string, from, to float64, slots int) clinics.Changes {
		return clinics.Changes{{Role: role, Was: clinics.Size{Sessions: from, Slots: slots, Minutes: 60}, To: clinics.Size{Sessions: to, Slots: slots, Minutes: 60}}}
	}
	for name, c := range map[string]struct {
		changes     clinics.Changes
		everybody   bool
		given, room float64
		want        float64
		own         bool
	}{
		"as full as now":             {more("nurse", 10, 11, 10), false, 80, 100, 88, true},
		"all in proportion":          {more("nurse", 10, 20, 10), false, 80, 100, 160, true},
		"much is outside of clinics": {more("nurse", 2, 3, 10), false, 80, 20, 90, true},
		"all of them closed":         {more("nurse", 10, 0, 10), false, 80, 100, 0, true},
		"more closed than given":     {more("nurse", 10, 0, 10), false, 80, 20, 0, true},
		"none there yet":             {more("nurse", 0, 2, 5), false, 30, 0, 40, true},
		"of another profession":      {more("physician", 1, 2, 5), false, 80, 100, 80, false},
		"nothing changes":            {nil, false, 80, 100, 80, false},
		"one list for everybody":     {more("physician", 1, 2, 5), true, 80, 100, 84, true},
	} {
		got, own := c.changes.Gives("nurse", c.everybody, c.given, map[string]float64{"nurse": c.room})
		if math.Abs(got-c.want) > 1e-9 || own != c.own {
			t.Errorf("%s: %v %v, want %v %v", name, got, own, c.want, c.own)
		}
	}
}

// TestFilled: what is left empty is as it was, and clinics of shorter appointments have more of them in the same time.
func TestFilled(t *testing.T) {
	was := clinics.Size{Sessions: 3, Slots: 6, Minutes: 60}
	for to, want := range map[clinics.Size]clinics.Size{
		{Sessions: 4}:                         {Sessions: 4, Slots: 6, Minutes: 60},
		{Sessions: 3, Minutes: 45}:            {Sessions: 3, Slots: 8, Minutes: 45},
		{Sessions: 3, Minutes: 50}:            {Sessions: 3, Slots: 7, Minutes: 50},
		{Sessions: 3, Slots: 5, Minutes: 45}:  {Sessions: 3, Slots: 5, Minutes: 45},
		{Sessions: 3, Slots: 7}:               {Sessions: 3, Slots: 7, Minutes: 60},
		{Sessions: 0}:                         {Sessions: 0, Slots: 6, Minutes: 60},
		{Sessions: 2, Slots: 4, Minutes: 120}: {Sessions: 2, Slots: 4, Minutes: 120},
	} {
		if got := (clinics.Change{Was: was, To: to}).Filled().To; got != want {
			t.Errorf("%+v becomes %+v, want %+v", to, got, want)
		}
	}
}

// TestGroups: those of the day, of who sees people; clinics that differ only in their dates are one.
func TestGroups(t *testing.T) {
	d := civil.MustParse
	all := []template.Clinics{
		{Name: "Nurse clinic", Role: "oh_nurse", Sessions: 2, Slots: 6, Minutes: 60, From: d("2026-04-01")}, {Name: "Nurse clinic", Role: "oh_nurse", Sessions: 1, Slots: 6, Minutes: 60, From: d("2026-06-01")},
		{Name: "Nurse clinic", Role: "oh_nurse", Sessions: 1, Slots: 12, Minutes: 30, From: d("2026-06-01")}, {Name: "Later", Role: "oh_nurse", Sessions: 1, Slots: 6, Minutes: 60, From: d("2027-06-01")},
		{Name: "Over", Role: "oh_nurse", Sessions: 1, Slots: 6, Minutes: 60, From: d("2025-06-01"), To: d("2026-11-16")}, {Name: "Desk", Role: "oh_admin", Sessions: 5, Slots: 6, Minutes: 60, From: d("2025-06-01")},
	}
	got := clinics.Groups(all, d("2026-11-16"), func(role string) (string, bool) { return "nurse", role == "oh_nurse" })
	want := []clinics.Group{{"Nurse clinic", "nurse", clinics.Size{Sessions: 3, Slots: 6, Minutes: 60}}, {"Nurse clinic", "nurse", clinics.Size{Sessions: 1, Slots: 12, Minutes: 30}}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if room := clinics.Room(got); room["nurse"] != 30 || got[0].Hours() != 18 {
		t.Errorf("room %v, hours %v", room, got[0].Hours())
	}
	if c := (clinics.Change{Name: "Nurse clinic", Role: "nurse", Was: got[0].Size}); !c.Stands(got) || (clinics.Change{Role: "nurse", Was: got[0].Size}).Stands(got) {
		t.Error("whether clinics still are as they were is told wrongly")
	}
}

// TestCheck is the rule of a change as a table.
func TestCheck(t *testing.T) {
	was := clinics.Size{Sessions: 3, Slots: 6, Minutes: 60}
	for _, c := range []struct {
		change clinics.Change
		want   []string
	}{
		{clinics.Change{Role: "nurse", Was: was, To: clinics.Size{Sessions: 0, Slots: 6, Minutes: 60}}, nil},
		{clinics.Change{Role: "nurse", To: clinics.Size{Sessions: 0.5, Slots: 6, Minutes: 60}}, nil},
		{clinics.Change{Role: "nurse", To: clinics.Size{Slots: 6, Minutes: 60}}, []string{"clinics_0_sessions capacity.add.clinics.sessions.empty"}},
		{clinics.Change{Role: "", Was: was, To: clinics.Size{Sessions: 501, Slots: 51, Minutes: 241}}, []string{"clinics_0_role capacity.add.clinics.role.empty", "clinics_0_sessions capacity.add.clinics.sessions.range", "clinics_0_slots capacity.add.clinics.slots.range", "clinics_0_minutes capacity.add.clinics.minutes.range"}},
		{clinics.Change{Role: "nurse", Was: was, To: clinics.Size{Sessions: math.NaN(), Slots: 0, Minutes: 4}}, []string{"clinics_0_sessions capacity.add.clinics.sessions.range", "clinics_0_slots capacity.add.clinics.slots.range", "clinics_0_minutes capacity.add.clinics.minutes.range"}},
	} {
		var got []string
		for _, x := range (clinics.Changes{c.change}).Check(func(role string) bool { return role == "nurse" }) {
			got = append(got, x.Name+" "+x.Key)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q, want %q", c.change, got, c.want)
		}
	}
}
