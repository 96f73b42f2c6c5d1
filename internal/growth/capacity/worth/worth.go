// Package worth says what an answer of how many are needed costs: by the working days and the pay table of the year in which its plan begins.
package worth

import (
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
)

// start is the first day of the plan that an answer is of.
func start(s capacity.Staffed) civil.Date { return s.Last.AddMonths(-3 * (capacity.Quarters - 1)) }

// PerAppointment is what an appointment of one more costs, in pounds; 0 where nobody knows.
func PerAppointment(s capacity.Staffed) float64 {
	if s.Brings <= 0 {
		return 0
	}
	return s.One.Cost / (s.Brings * workday.England().Weeks(start(s).Year))
}

// Pension is the contribution that the cost of one more is reckoned with.
func Pension(s capacity.Staffed) pay.Contribution { return pay.At(start(s)).Pension }
