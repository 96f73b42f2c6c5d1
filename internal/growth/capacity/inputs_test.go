package capacity

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/clinics"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// TestHorizon: a plan for people that begins within a year says which five years are simulated; one that has begun, or begins later, does
// not.
func TestHorizon(t *testing.T) {
	for begins, want := range map[string]string{"2026-10-01": "2027-01-01", "2027-01-01": "2027-01-01", "2027-04-01": "2027-04-01", "2027-10-01": "2027-10-01", "2028-01-01": "2027-01-01", "2029-04-01": "2027-01-01"} {
		in := Inputs{}
		in.plan(civil.MustParse("2026-11-15"), civil.MustParse(begins))
		if got := in.Quarters[0].String(); got != want || in.Start.String() != "2026-11-16" || len(in.Quarters) != Quarters+1 || in.Quarters[Quarters] != in.Quarters[0].AddMonths(60) {
			t.Errorf("a plan from %s is simulated from %s on, want %s", begins, got, want)
		}
	}
}

// TestDiffer names what went in otherwise, a replaced number once.
func TestDiffer(t *testing.T) {
	base := Inputs{Staff: []Staff{{Hours: map[string]float64{"nurse": 40}}}, Fits: demand.Fits{AsAt: civil.MustParse("2026-11-15"), List: 60}, Target: 10}
	with := func(change func(*Inputs)) Inputs {
		in := base
		change(&in)
		return in
	}
	people := func(in *Inputs) { in.Staff = []Staff{{Hours: map[string]float64{"nurse": 60}}} }
	number := func(in *Inputs) { in.Replaced, in.Fits.List = map[string][]float64{"dna": {4}}, 61 }
	week := func(in *Inputs) { in.Fits.AsAt = civil.MustParse("2026-11-22") }
	for name, c := range map[string]struct {
		in   Inputs
		want []string
	}{
		"nothing": {base, nil}, "people": {with(people), []string{"people"}}, "number": {with(number), []string{"number"}}, "week": {with(week), []string{"activity"}}, "rules": {with(func(in *Inputs) { in.Target = 15 }), []string{"rules"}},
		"clinics": {with(func(in *Inputs) { in.Room = map[string]float64{"nurse": 60} }), []string{"clinics"}},
		"all":     {with(func(in *Inputs) { people(in); number(in); week(in) }), []string{"people", "number", "activity"}},
	} {
		if got := c.in.differ(base); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestPlannedClinics: what a profession gives follows its clinics, in place of the plan for people, and of nobody else; a profession that nobody is
// routed to yet relieves the others by what its clinics gain. Without such a change neither model nor fingerprint knows of clinics.
func TestPlannedClinics(t *testing.T) {
	day := civil.MustParse("2026-11-16")
	base := Inputs{Fits: demand.Fits{Given: demand.Given{Mean: 100}, Roles: []demand.Part{{Name: "nurse", Share: 0.8}, {Name: "physician", Share: 0.2}}}, Start: day,
		Minutes: map[string]float64{"nurse": 60, "physician": 60, "counsellor": 60}, Present: map[string]float64{"nurse": 100, "physician": 25},
		Staff: []Staff{{Start: day, Hours: map[string]float64{"nurse": 150, "physician": 25}}}, Room: map[string]float64{"nurse": 100, "physician": 10}}
	of := func(role string, more float64) Inputs {
		in := base
		in.Terms.Clinics = clinics.Changes{{Role: role, Was: clinics.Size{Sessions: 1, Slots: 10, Minutes: 60}, To: clinics.Size{Sessions: 1 + more/10, Slots: 10, Minutes: 60}}}
		return in
	}
	routing := base.routing()
	for name, c := range map[string]struct {
		in                       Inputs
		nurse, physician, relief float64
	}{
		"as the plan has it":         {base, 120, 20, 0},
		"nurses, 4 of 5 used":        {of("nurse", 10), 88, 20, 0},
		"physicians, mostly out":     {of("physician", 5), 120, 25, 0},
		"a profession not yet there": {of("counsellor", 6), 120, 20, 6},
	} {
		nurse, physician, relief := c.in.slots(day, "nurse", 80), c.in.slots(day, "physician", 20), c.in.relief(day, routing)
		if math.Abs(nurse-c.nurse) > 1e-9 || math.Abs(physician-c.physician) > 1e-9 || math.Abs(relief-c.relief) > 1e-9 {
			t.Errorf("%s: nurses give %v, physicians %v, relief %v; want %v, %v, %v", name, nurse, physician, relief, c.nurse, c.physician, c.relief)
		}
	}
	more := of("nurse", 10)
	more.Terms.Productivity = 10
	if got := more.slots(day, "nurse", 80); math.Abs(got-96.8) > 1e-9 {
		t.Errorf("with a tenth more of the same hours %v", got)
	}
	text, err := json.Marshal(Inputs{})
	if err != nil || strings.Contains(string(text), "clinics") || strings.Contains(string(text), "room") {
		t.Errorf("the inputs of a scenario without clinics are %s, %v: those of before would be out of date", text, err)
	}
	var old Scenario
	if old, err = fromScenario(db.CapacityScenario{Option: "nothing", Clinics: []byte("[]"), ClinicRole: "nurse", ClinicSessions: 3, ClinicSlots: 4}); err != nil || !old.Terms.Same(Terms{Clinic: Clinic{Role: "nurse", Sessions: 3, Slots: 4}}) {
		t.Errorf("a scenario of before reads as %+v, %v", old.Terms, err)
	}
}

// TestWithoutWhatIsLeftOut: a service as it is has much that the formula does not know; without it the two agree, whatever the load and
// whoever leaves. Where one is not as the other, it is told.
func TestWithoutWhatIsLeftOut(t *testing.T) {
	_, f := capacitytest.Fits(t, 3, 1)
	for name, terms := range map[string]Terms{"as it is": {}, "a list that grows": {Population: 10}, "fewer": {Population: -4}} {
		r, _ := simulated(t, made(t, f, option.Nothing, terms, nil0))
		x := r.Formula
		if len(x.WhyNot) < 3 || x.Bare == nil || x.Bare.List.SE <= 0 {
			t.Fatalf("%s: %+v", name, x)
		}
		if !x.Bare.Agrees() {
			t.Errorf("%s: %+v", name, *x.Bare)
		}
		t.Logf("%s: %+v, with all of it %+v", name, *x.Bare, x.List)
		off := *x.Bare
		off.List.Formula += 5*off.List.SE + 0.1
		if off.Agrees() {
			t.Errorf("%s: %+v is taken to agree", name, off)
		}
	}
	if r, _ := simulated(t, steady(t, 0.9, 100)); r.Formula.Bare != nil {
		t.Error("nothing was left out, and it is simulated again without it")
	}
}
