package worth

import (
	"math"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
)

// TestPerAppointment: 253 working days are 50.6 weeks of ten appointments; a year of 252 makes each dearer.
func TestPerAppointment(t *testing.T) {
	s := capacity.Staffed{One: capacity.OnePost{Cost: 50_600}, Brings: 10, Last: civil.MustParse("2031-10-01")} // of a plan from January 2027
	if got := PerAppointment(s); math.Abs(got-100) > 1e-9 {
		t.Errorf("an appointment costs %v", got)
	}
	s.Last = civil.MustParse("2032-10-01")
	if got := PerAppointment(s); math.Abs(got-50_600/504.0) > 1e-9 {
		t.Errorf("in 2028 an appointment costs %v", got)
	}
	if got := PerAppointment(capacity.Staffed{}); got != 0 {
		t.Errorf("nobody knows, and it costs %v", got)
	}
	if got := Pension(s); got.Employer != 0.1438 || got.Full != 0.2378 {
		t.Errorf("%+v", got)
	}
}
