package capacity

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/terms"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// What a run is of: the team, and what a scenario changes beside people.
type (
	Staff  = people.Staff
	Terms  = terms.Terms
	Clinic = terms.Clinic
)

// Inputs are everything that a run is made of.
type Inputs struct {
	Option       option.Option        `json:"option"`
	Terms        Terms                `json:"terms"`
	Fits         demand.Fits          `json:"fits"` // with what replaces them, and without their weeks
	Replaced     map[string][]float64 `json:"replaced"`
	Staff        []Staff              `json:"staff"`             // of the option; none where there is no plan
	Planned      []Staff              `json:"planned,omitempty"` // of the preferred option, where it is asked how many more than now are needed
	People       people.Team          `json:"people,omitempty"`  // of the option: its futures are drawn from it
	PlannedTeam  people.Team          `json:"planned_people,omitempty"`
	Present      map[string]float64   `json:"present"`        // hours a week that gave the appointments of the fits
	Room         map[string]float64   `json:"room,omitempty"` // appointments a week in the clinics that there are, where the scenario has others
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

// differ names what two inputs differ in. A number that was replaced changes the fits too, and is said once.
func (in Inputs) differ(other Inputs) (out []string) {
	say := func(what string, x, y any) bool {
		if reflect.DeepEqual(x, y) {
			return false
		}
		out = append(out, what)
		return true
	}
	say("people", []any{in.Staff, in.Planned, in.Team, in.People, in.PlannedTeam}, []any{other.Staff, other.Planned, other.Team, other.People, other.PlannedTeam})
	if !say("number", [2]any{in.Replaced, in.Minutes}, [2]any{other.Replaced, other.Minutes}) || in.Fits.AsAt != other.Fits.AsAt {
		say("activity", in.Fits, other.Fits)
	}
	say("clinics", in.Room, other.Room)
	if len(out) == 0 {
		say("rules", in, other)
	}
	return out
}

// quarterOf is the first day of the quarter that a day is in.
func quarterOf(d civil.Date) civil.Date {
	return civil.Date{Year: d.Year, Month: (d.Month-1)/3*3 + 1, Day: 1}
}

// ahead is how many months ahead a plan for people may begin and still say which five years are simulated.
const ahead = 12

// plan sets the days of a run that begins after a day: the first quarter reported is that of the plan for people, where it begins within a
// year, so that both are of the same five years; else the first whole one.
func (in *Inputs) plan(asAt, begins civil.Date) {
	in.Start = asAt.AddDays(1)
	first := quarterOf(in.Start)
	if first.Before(in.Start) {
		first = first.AddMonths(3)
	}
	if first.Before(begins) && begins.Before(first.AddMonths(ahead)) {
		first = quarterOf(begins)
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
