package unitcost

import (
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/price"
)

// Work is what the records of the last year say.
type Work struct {
	Minutes float64 // of one appointment
	Missed  int     // of 10,000 appointments
	PerCase float64 // appointments of somebody who was seen
	Given   float64 // appointments in a year, attended or missed
}

// Cost is what was worked out for a year.
type Cost struct {
	ID       uuid.UUID
	Year     int // in which the financial year begins
	Team     price.Pence
	Overhead int // hundredths of a per cent on top of the team
	Source   string
	Hours    float64 // with patients, in the year
	Work
	Typed bool // somebody typed cost or hours; else both are the plan's
	At    time.Time
	By    string
}

// whole is a ten-thousandth unit: of overheads and missed appointments.
const whole = 10_000

// Total is the team with overheads, in whole pence.
func (c Cost) Total() price.Pence {
	return c.Team + price.Pence(math.Round(float64(c.Team)*float64(c.Overhead)/whole))
}

// Hour is what an hour with patients costs.
func (c Cost) Hour() price.Pence { return round(float64(c.Total()) / c.Hours) }

// Of is what one of an item costs; ok is false for what has no cost of its own: a report is part of its appointment.
func (c Cost) Of(item string) (p price.Pence, ok bool) {
	slot := float64(c.Total()) / c.Hours * c.Minutes / 60
	attended := slot / (1 - float64(c.Missed)/whole)
	switch item {
	case contract.Missed:
		return round(slot), true
	case contract.Attended:
		return round(attended), true
	case contract.Referral:
		return round(attended * c.PerCase), true
	}
	return 0, false
}

// Spread is what an appointment that takes place costs when everything is spread over those that were given.
func (c Cost) Spread() price.Pence {
	return round(float64(c.Total()) / (c.Given * (1 - float64(c.Missed)/whole)))
}

func round(x float64) price.Pence { return price.Pence(math.Round(x)) }

// Items lists what has a cost, in the order of the page.
var Items = []string{contract.Referral, contract.Attended, contract.Missed}

// YearOf is the year in which the financial year of a day begins.
func YearOf(d civil.Date) int {
	if d.Month < time.April {
		return d.Year - 1
	}
	return d.Year
}

// Label names a financial year: "2026/27".
func Label(year int) string { return fmt.Sprintf("%d/%02d", year, (year+1)%100) }

// Old says whether what was worked out on a day is more than a year old.
func Old(made, today civil.Date) bool { return Again(made).Before(today) }

// The bounds of what is typed: more than a team's year has hours, or than overheads ever are, is a slip.
const (
	mostHours = 1_000_000
	mostWords = 200
)

// Check says what is wrong with a year, in the order of the form. What could not be read as an amount was noted before.
func Check(c Cost, today civil.Date) (f fault.Fields) {
	if year := YearOf(today); c.Year != year && c.Year != year-1 {
		f.Add("year", "unitcost.year.empty")
	}
	if c.Team < 1 || c.Team > price.Most {
		f.Add("team", "unitcost.team.bad")
	}
	if c.Hours < 1 || c.Hours > mostHours {
		f.Add("hours", "unitcost.hours.bad")
	}
	if c.Overhead < 0 || c.Overhead > whole {
		f.Add("overhead", "unitcost.overhead.bad")
	}
	f.Text("source", "unitcost.source.empty", c.Source, mostWords)
	return f
}
