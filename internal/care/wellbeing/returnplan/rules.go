package returnplan

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/phased"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// The two who agree.
const (
	ByPerson  = "person"
	ByManager = "manager"
)

// Version is what was proposed once.
type Version struct {
	N                                  int
	Plan                               phased.Plan
	By, Reason                         string
	At, PersonAt, ManagerAt, RefusedAt time.Time
	RefusedBy                          string
	Manager                            uuid.UUID
}

// Agreed says whether both have agreed.
func (v Version) Agreed() bool { return !v.PersonAt.IsZero() && !v.ManagerAt.IsZero() }

// AgreedAt is when the second of them did.
func (v Version) AgreedAt() time.Time {
	if v.PersonAt.After(v.ManagerAt) {
		return v.PersonAt
	}
	return v.ManagerAt
}

// Waits says whether somebody has still to answer, and who.
func (v Version) Waits() (who string, waits bool) {
	switch {
	case v.N == 0 || !v.RefusedAt.IsZero() || v.Agreed():
		return "", false
	case v.PersonAt.IsZero():
		return ByPerson, true
	}
	return ByManager, true
}

// Plan is somebody's way back, with all that was proposed.
type Plan struct {
	ID, Person uuid.UUID
	Opened     time.Time
	Ended      time.Time
	Versions   []Version // the first first
}

// Holds is the version that both agreed to last.
func (p Plan) Holds() (Version, bool) {
	for _, v := range slices.Backward(p.Versions) {
		if v.Agreed() {
			return v, true
		}
	}
	return Version{}, false
}

// Last is what was proposed last.
func (p Plan) Last() (Version, bool) {
	if len(p.Versions) == 0 {
		return Version{}, false
	}
	return p.Versions[len(p.Versions)-1], true
}

// Waiting is the version that somebody has still to answer.
func (p Plan) Waiting() (Version, bool) {
	last, _ := p.Last()
	_, waits := last.Waits()
	return last, waits && p.Ended.IsZero()
}

// Over says whether what was agreed has come to its end: then the contract holds, and another plan can begin.
func (p Plan) Over(today civil.Date) bool {
	v, ok := p.Holds()
	return ok && !v.Plan.End().After(today)
}

// The ways to begin: the usual steps, or even ones.
const (
	Usual = "usual"
	Even  = "even"
)

// Shapes lists them.
var Shapes = []string{Usual, Even}

// First is what a first proposal asks.
type First struct {
	Start civil.Date
	Shape string
	Hours int // minutes in the first week, of even steps
	Weeks int // of even steps
	Days  []time.Weekday
}

// Make makes the plan of a first proposal, or says what is wrong with it.
func (p Pack) Make(in First, contract int, today civil.Date) (plan phased.Plan, f fault.Fields) {
	plan = phased.Plan{Start: in.Start, Contract: contract, Days: in.Days}
	switch in.Shape {
	case Usual:
		plan.Weeks = phased.Shares(contract, p.Usual)
	case Even:
		if in.Weeks < 1 || in.Weeks > phased.MostWeeks {
			f.Add("weeks", "returnplan.weeks.wrong", "most", phased.MostWeeks)
			return plan, f
		}
		if in.Hours < 1 || in.Hours > contract || in.Hours%phased.Quarter != 0 && in.Hours != contract {
			f.Add("first", "returnplan.first.wrong", "hours", Hours(contract))
			return plan, f
		}
		plan.Weeks = phased.Even(in.Hours, contract, in.Weeks)
	default:
		f.Add("shape", "returnplan.shape.empty")
		return plan, f
	}
	return plan, append(f, p.check(plan, civil.Date{}, today)...)
}

// CheckChange says what is wrong with a change of hours. had is their first day as it was, which stays right.
func (p Pack) CheckChange(plan phased.Plan, reason string, had, today civil.Date) fault.Fields {
	f := p.check(plan, had, today)
	if !slices.Contains(p.Reasons, reason) {
		f.Add("reason", "returnplan.reason.empty")
	}
	return f
}

// WeekField is the field of a week in a form, from 1.
func WeekField(n int) string { return "week-" + strconv.Itoa(n) }

func (p Pack) check(plan phased.Plan, had, today civil.Date) (f fault.Fields) {
	switch {
	case plan.Start.IsZero():
		f.Add("start", "returnplan.start.empty")
	case plan.Start == had:
	case plan.Start.Before(today.AddDays(-p.Past)):
		f.Add("start", "returnplan.start.past", "n", p.Past)
	case plan.Start.After(today.AddDays(p.Begin)):
		f.Add("start", "returnplan.start.far", "n", p.Begin)
	}
	if len(plan.Days) == 0 {
		f.Add("days", "returnplan.days.empty")
	}
	if len(f) > 0 {
		return f
	}
	problem, week := plan.Check()
	switch problem {
	case "":
	case phased.LongDays:
		f.Add("days", "returnplan.days.long", "week", week)
	case phased.NoWeeks:
		f.Add(WeekField(1), "returnplan.week.none")
	default:
		f.Add(WeekField(max(1, week)), "returnplan.week."+string(problem), "week", week, "hours", Hours(plan.Contract))
	}
	return f
}

// Minutes reads hours as typed: 18.75 or 18:45.
func Minutes(typed string) (minutes int, ok bool) {
	if h, m, clock := strings.Cut(strings.TrimSpace(typed), ":"); clock {
		hours, err := strconv.Atoi(h)
		rest, err2 := strconv.Atoi(m)
		return hours*60 + rest, err == nil && err2 == nil && hours >= 0 && hours <= 168 && rest >= 0 && rest < 60
	}
	hours, err := strconv.ParseFloat(strings.TrimSpace(typed), 64)
	if err != nil || !(hours >= 0 && hours <= 168) {
		return 0, false
	}
	return int(math.Round(hours * 60)), true
}

// Hours writes minutes as hours: 18.75.
func Hours(minutes int) string {
	return strconv.FormatFloat(math.Round(float64(minutes)/60*100)/100, 'f', -1, 64)
}
