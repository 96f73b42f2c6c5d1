package outlook

import (
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

// hoursDay is a fifth of the 37.5 hours of Agenda for Change.
const hoursDay = 7.5

// span is a quarter as a calendar has it.
type span struct{ work, weeks float64 }

func (p Plan) span(quarter civil.Date) span {
	next := quarter.AddMonths(3)
	work, known := 0, false
	if p.Calendar != nil {
		work, known = p.Calendar.Between(quarter.AddDays(-1), next.AddDays(-1))
	}
	if !known {
		work = weekdays(quarter, next.AddDays(-1)) - workday.England().Usual(quarter.Month)
	}
	return span{float64(work), float64(next.DaysSince(quarter)) / 7}
}

// FiveDays is by how much more a week of five working days has than a mean week of a quarter, some of whose days are bank holidays.
func (p Plan) FiveDays(quarter civil.Date) float64 {
	s := p.span(quarter)
	return daysWeek * s.weeks / s.work
}

const daysWeek = 5

// days are those of a quarter on which one full-time person is at work.
func (p Plan) days(s span, study float64) float64 {
	return max(s.work-p.Leave/4-study/4, 0) * (1 - p.Sickness)
}

func weekdays(from, to civil.Date) (n int) {
	for d := from; !d.After(to); d = d.AddDays(1) {
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
			n++
		}
	}
	return n
}

// hours are the hours a week at work of one full-time person.
func (p Plan) hours(s span, study float64) float64 { return p.days(s, study) * hoursDay / s.weeks }

// HoursOf are the hours a week with patients of one full-time person of a role in a quarter, with so many days of study a year.
func (in Input) HoursOf(role string, quarter civil.Date, study float64) float64 {
	for _, r := range in.Roles {
		if r.Key == role {
			return in.Plan.hours(in.Plan.span(quarter), study) * r.Clinical
		}
	}
	return 0
}

// ramp is the share of the work that somebody does on average in the j-th quarter after they came; those who were there before
// the plan do all of it.
func (p Plan) ramp(j int) float64 {
	if j < 0 || p.RampMonths <= 0 {
		return 1
	}
	// The mean of a line from RampBegins at month 0 to 1 at RampMonths, over three months; a month is fine enough.
	sum := 0.0
	for m := range 3 {
		at := (float64(3*j+m) + 0.5) / p.RampMonths
		sum += p.RampBegins + (1-p.RampBegins)*min(at, 1)
	}
	return sum / 3
}
