package capacity

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/assumed"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// Staff is the clinical hours a week that an option has in a quarter, by role.
type Staff struct {
	Start civil.Date         `json:"start"` // first day of the quarter
	Hours map[string]float64 `json:"hours"`
}

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
}

// Clinic is a template of clinics that says what a profession gives, in place of the plan for people.
type Clinic struct {
	Role     string  `json:"role"`     // "" where the plan says it of every one
	Sessions float64 `json:"sessions"` // a week
	Slots    float64 `json:"slots"`    // appointments in each
	Off      float64 `json:"off"`      // weeks of the year without any
}

// Weekly is how many appointments it gives in a mean week of the year.
func (c Clinic) Weekly() float64 { return c.Sessions * c.Slots * (weeksOfYear - c.Off) / weeksOfYear }

const weeksOfYear = 52.0

// Inputs are everything that a run is made of.
type Inputs struct {
	Option       option.Option        `json:"option"`
	Terms        Terms                `json:"terms"`
	Fits         demand.Fits          `json:"fits"` // with what replaces them, and without their weeks
	Replaced     map[string][]float64 `json:"replaced"`
	Staff        []Staff              `json:"staff"`   // of the option; none where there is no plan
	Present      map[string]float64   `json:"present"` // hours a week that gave the appointments of the fits
	Minutes      map[string]float64   `json:"minutes"`
	Fitted       map[string]float64   `json:"fitted_minutes"` // before anybody replaced them
	Due          map[string]int       `json:"due"`
	Target       int                  `json:"target"`
	Replications int                  `json:"replications"`
	Seed         uint64               `json:"seed"`
	Start        civil.Date           `json:"start"`              // a Monday
	Quarters     []civil.Date         `json:"quarters,omitempty"` // first days, and the day after the last; none in a back-test
	Weeks        int                  `json:"weeks"`              // of a back-test
	Post         *OnePost             `json:"post,omitempty"`     // of which more are tried
	Team         []OnePost            `json:"team,omitempty"`     // of which more are tried together
	Happened     []demand.Week        `json:"happened,omitempty"`
	Before       []demand.Week        `json:"before,omitempty"` // of the year before a back-test
	Since        *demand.Fits         `json:"since,omitempty"`  // of its year, without weeks: nothing of it is told to the model under test
}

// Quarters is how many a plan has: five years.
const Quarters = 20

// seed is one for all: replication n of every run has the same luck.
const seed = 20_260_401

// The kinds of run.
const (
	kindScenario = "scenario"
	kindBack     = "back"
	kindPosts    = "posts"
)

func (in Inputs) kind() string {
	switch {
	case in.Post != nil:
		return kindPosts
	case in.Weeks > 0:
		return kindBack
	}
	return kindScenario
}

// Fingerprint is the same for the same inputs.
func (in Inputs) Fingerprint() (string, error) {
	text, err := json.Marshal(in)
	if err != nil {
		return "", fmt.Errorf("encode inputs: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// quarterOf is the first day of the quarter that a day is in.
func quarterOf(d civil.Date) civil.Date {
	return civil.Date{Year: d.Year, Month: (d.Month-1)/3*3 + 1, Day: 1}
}

// plan sets the days of a run that begins after a day: the first quarter reported is the first whole one.
func (in *Inputs) plan(asAt civil.Date) {
	in.Start = asAt.AddDays(1)
	first := quarterOf(in.Start)
	if first.Before(in.Start) {
		first = first.AddMonths(3)
	}
	for q := range Quarters + 1 {
		in.Quarters = append(in.Quarters, first.AddMonths(3*q))
	}
}

// hours are those of a role's pool in the quarter of a day; ok is false where no plan says.
func (in Inputs) hours(d civil.Date, pool string) (h float64, ok bool) {
	if len(in.Staff) == 0 {
		return 0, false
	}
	at := 0
	for i, s := range in.Staff {
		if !s.Start.After(d) {
			at = i
		}
	}
	return in.Staff[at].Hours[pool], true
}

// gather adds up roles that work in one pool.
func gather(p assumed.Pack, staff []Staff) []Staff {
	out := make([]Staff, 0, len(staff))
	for _, s := range staff {
		g := Staff{Start: s.Start, Hours: map[string]float64{}}
		for role, h := range s.Hours {
			if pool := p.Of(role); pool != nil {
				g.Hours[pool.Role] += h
			}
		}
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b Staff) int { return a.Start.Compare(b.Start) })
	return out
}

// growth is what the growth of the staff served makes of the demand of a day.
func (t Terms) growth(start, d civil.Date) float64 {
	return math.Pow(1+t.Population/100, float64(d.DaysSince(start))/365.25)
}

// extra is what a campaign and a contract bring on each day, nil where there is neither: so many a week as they say, in every week
// of every year, in equal parts on the days that are worked in that week. Neither growth nor season nor a bank holiday makes it
// more or fewer; in a week that one begins or ends in, it has the days that are left. working begins with a Monday.
func (t Terms) extra(start civil.Date, working []bool) (out []float64) {
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
