// Package terms is what a scenario changes beside people: how many are referred, and what one appointment or one clinic gives.
package terms

import (
	"math"
	"reflect"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/clinics"
)

// Terms are what a scenario changes beside people.
type Terms struct {
	Population   float64    `json:"population"` // growth of the staff served, percent a year
	Campaign     float64    `json:"campaign"`   // referrals a week more, from a day to a day
	CampaignFrom civil.Date `json:"campaign_from,omitzero"`
	CampaignTo   civil.Date `json:"campaign_to,omitzero"`
	Contract     float64    `json:"contract"` // referrals a week more, from a day on
	ContractFrom civil.Date `json:"contract_from,omitzero"`
	Productivity float64    `json:"productivity"` // percent more appointments of the same hours
	Clinic       Clinic     `json:"clinic,omitzero"`

	Clinics clinics.Changes `json:"clinics,omitempty"` // of those that the service plans by the week, and new ones
}

// Same says that two change the same.
func (t Terms) Same(o Terms) bool { return reflect.DeepEqual(t, o) }

// Plain says that nothing is changed.
func (t Terms) Plain() bool { return t.Same(Terms{}) }

// Clinic is a template of clinics that says what a profession gives, in place of the plan for people.
type Clinic struct {
	Role     string  `json:"role"`     // "" where the plan says it of every one
	Sessions float64 `json:"sessions"` // a week
	Slots    float64 `json:"slots"`    // appointments in each
	Off      float64 `json:"off"`      // weeks of the year without any
}

// Weekly is how many appointments it gives in a mean week of the year.
func (c Clinic) Weekly() float64 { return c.Sessions * c.Slots * (weeksOfYear - c.Off) / weeksOfYear }

const (
	week        = 7
	weeksOfYear = 52.0
)

// The bounds. More than half as much again in a year, or twice the productivity, is a slip of the pen.
const (
	mostPopulation    = 50.0
	mostReferrals     = 10_000.0
	leastProductivity = -50.0
	mostProductivity  = 100.0
	mostSessions      = 500.0 // a week, of one profession
	mostSlots         = 50.0
)

// Check says what is wrong with them; role tells whether a profession is known.
func (t Terms) Check(role func(string) bool) (f fault.Fields) {
	if t.Population < -mostPopulation || t.Population > mostPopulation {
		f.Add("population", "capacity.add.population.range", "n", int(mostPopulation))
	}
	if t.Campaign < 0 || t.Campaign > mostReferrals {
		f.Add("campaign", "capacity.add.referrals.range")
	}
	if t.Campaign > 0 && (t.CampaignFrom.IsZero() || t.CampaignTo.IsZero()) {
		f.Add("campaign_from", "capacity.add.campaign.days")
	} else if t.Campaign > 0 && t.CampaignTo.Before(t.CampaignFrom) {
		f.Add("campaign_to", "capacity.add.campaign.order")
	}
	if t.Contract < 0 || t.Contract > mostReferrals {
		f.Add("contract", "capacity.add.referrals.range")
	}
	if t.Contract > 0 && t.ContractFrom.IsZero() {
		f.Add("contract_from", "capacity.add.contract.day")
	}
	if t.Productivity < leastProductivity || t.Productivity > mostProductivity {
		f.Add("productivity", "capacity.add.productivity.range")
	}
	if t.Clinic.Role != "" && t.Clinics.Of(t.Clinic.Role) {
		f.Add("clinic_role", "capacity.add.clinic_role.twice")
	}
	return append(append(f, t.Clinics.Check(role)...), t.Clinic.check(role)...)
}

// check says what is wrong with a template.
func (c Clinic) check(role func(string) bool) (f fault.Fields) {
	within := func(name string, x, most float64) {
		if !(x > 0 && x <= most) {
			f.Add(name, "capacity.add."+name+".range", "n", int(most))
		}
	}
	if c.Role == "" {
		if c != (Clinic{}) {
			f.Add("clinic_role", "capacity.add.clinic_role.empty")
		}
		return f
	}
	if !role(c.Role) {
		f.Add("clinic_role", "capacity.add.clinic_role.empty")
	}
	within("clinic_sessions", c.Sessions, mostSessions)
	within("clinic_slots", c.Slots, mostSlots)
	if !(c.Off >= 0 && c.Off < weeksOfYear) {
		f.Add("clinic_off", "capacity.add.clinic_off.range")
	}
	return f
}

// Growth is what the growth of the staff served makes of the demand of a day.
func (t Terms) Growth(start, d civil.Date) float64 {
	return math.Pow(1+t.Population/100, float64(d.DaysSince(start))/365.25)
}

// Extra is what a campaign and a contract bring on each day, nil where there is neither: so many a week as they say, in every week
// of every year, in equal parts on the days that are worked in that week. Neither growth nor season nor a bank holiday makes it
// more or fewer; in a week that one begins or ends in, it has the days that are left. working begins with a Monday.
func (t Terms) Extra(start civil.Date, working []bool) (out []float64) {
	if t.Campaign == 0 && t.Contract == 0 {
		return nil
	}
	out = make([]float64, len(working))
	for monday := 0; monday < len(working); monday += week {
		end, n := min(monday+week, len(working)), 0.0
		for _, w := range working[monday:end] {
			if w {
				n++
			}
		}
		for i := monday; i < end; i++ {
			if !working[i] {
				continue
			}
			d := start.AddDays(i)
			if !d.Before(t.CampaignFrom) && !d.After(t.CampaignTo) {
				out[i] += t.Campaign / n
			}
			if !d.Before(t.ContractFrom) {
				out[i] += t.Contract / n
			}
		}
	}
	return out
}
