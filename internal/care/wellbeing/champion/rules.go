package champion

import (
	"cmp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// The states.
const (
	Asked     = "asked"
	Agreed    = "agreed"
	Refused   = "refused"
	Withdrawn = "withdrawn"
)

// MostHours is half a day a week: whoever gives more has another job. The table checks it too.
const MostHours = 16

// MostCount is more than anybody counts in a month: ten on every working day. The table checks it too.
const MostCount = 200

// longestNotice is how far ahead somebody can say that they will step down, in days: a quarter.
const longestNotice = 92

// Champion is somebody who asked.
type Champion struct {
	ID, Organisation, Person uuid.UUID
	Name, Department, Team   string
	State                    string
	Asked, Decided           civil.Date // Decided is zero until the manager has answered
	Hours                    int        // protected, a month
	Ends                     civil.Date // first day on which they are none; zero while none is named
	EndedBy                  string
	Left                     civil.Date // first day on which they no longer work there; zero while they do
	Thanked                  civil.Date
	ThankedBy                string
	Trained                  []Training // the newest first
}

// Training is one that took place.
type Training struct {
	On   civil.Date
	Kind string
	By   string
}

// Over is the first day on which they are no champion, because they stop or leave; zero while there is none.
func (c Champion) Over() civil.Date {
	if c.Ends.IsZero() || !c.Left.IsZero() && c.Left.Before(c.Ends) {
		return c.Left
	}
	return c.Ends
}

// Active says whether they are a champion on a day.
func (c Champion) Active(on civil.Date) bool {
	return c.State == Agreed && (c.Over().IsZero() || c.Over().After(on))
}

// Waits says whether they asked and nobody has answered; who has left waits no more.
func (c Champion) Waits(on civil.Date) bool {
	return c.State == Asked && (c.Left.IsZero() || c.Left.After(on))
}

// Who can set a last day: each moves only what they set.
const (
	BySelf    = "self"
	ByService = "service"
)

// MayEnd says whether the last day is theirs to set, move or take back, by BySelf or ByService.
func (c Champion) MayEnd(by string, on civil.Date) bool {
	return c.Active(on) && (c.EndedBy == "" || c.EndedBy == by)
}

// Training states.
const (
	NotTrained = "none"
	Trained    = "trained"
	DueSoon    = "soon"
	Overdue    = "overdue"
)

// Training says when the next training is due and how that stands; the first is due at once.
func (p Pack) Training(last, today civil.Date) (state string, due civil.Date) {
	if last.IsZero() {
		return NotTrained, civil.Date{}
	}
	due = last.AddMonths(p.Refresher)
	switch {
	case !due.After(today):
		return Overdue, due
	case due.DaysSince(today) <= p.Soon:
		return DueSoon, due
	}
	return Trained, due
}

// Last is the day of the newest training.
func (c Champion) Last() civil.Date {
	if len(c.Trained) == 0 {
		return civil.Date{}
	}
	return c.Trained[0].On
}

// Squad is a team of the workforce record: how many work there and how many of them are champions.
type Squad struct {
	Department, Team  string
	People, Champions int
}

// Unit is what coverage is judged by: a team, or the small teams of a department together.
type Unit struct {
	Squad
	Small []string // the small teams that it stands for, by name; none for a team by itself
}

// Covered says whether a champion works there.
func (u Unit) Covered() bool { return u.Champions > 0 }

// Section is a department.
type Section struct {
	Name                           string
	People, Champions, Units, With int
}

// Map is the coverage of an organisation.
type Map struct {
	People, Champions, Units, With int
	Wanted                         int // champions, by the pack: one for so many people
	Sections                       []Section
	Teams                          []Unit // all of them: those without a champion first, then the largest
}

// Without are those without a champion, the largest first.
func (m Map) Without() []Unit { return m.Teams[:m.Units-m.With] }

// Find lists the teams whose name, or the name of whose department, has what was typed in it.
func (m Map) Find(typed string) (out []Unit) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	for _, u := range m.Teams {
		if slices.ContainsFunc(append([]string{u.Department + ", " + u.Team}, u.Small...), func(name string) bool { return strings.Contains(strings.ToLower(name), typed) }) {
			out = append(out, u)
		}
	}
	return out
}

// Per100 is champions for each hundred who work there, to a tenth; ok is false where nobody does.
func Per100(champions, people int) (float64, bool) {
	if people == 0 {
		return 0, false
	}
	return float64((champions*2000+people)/(2*people)) / 10, true
}

// Cover lays the champions over the teams. Small teams of a department are one unit: its people and champions are added up.
func (p Pack) Cover(all []Squad) Map {
	var units []Unit
	small := map[string]*Unit{}
	for _, t := range all {
		if t.People >= p.SmallTeam {
			units = append(units, Unit{Squad: t})
			continue
		}
		u := small[t.Department]
		if u == nil {
			u = &Unit{Squad: Squad{Department: t.Department}}
			small[t.Department] = u
		}
		u.People, u.Champions, u.Small = u.People+t.People, u.Champions+t.Champions, append(u.Small, t.Team)
	}
	for _, u := range small {
		slices.Sort(u.Small)
		units = append(units, *u)
	}
	slices.SortFunc(units, func(a, b Unit) int {
		return cmp.Or(cmp.Compare(min(a.Champions, 1), min(b.Champions, 1)), cmp.Compare(b.People, a.People), cmp.Compare(a.Department, b.Department), cmp.Compare(a.Team, b.Team))
	})
	m := Map{Units: len(units), Teams: units}
	sections := map[string]*Section{}
	for _, u := range units {
		s := sections[u.Department]
		if s == nil {
			s = &Section{Name: u.Department}
			sections[u.Department] = s
		}
		s.People, s.Champions, s.Units = s.People+u.People, s.Champions+u.Champions, s.Units+1
		m.People, m.Champions = m.People+u.People, m.Champions+u.Champions
		if u.Covered() {
			s.With++
			m.With++
		}
	}
	for _, s := range sections {
		m.Sections = append(m.Sections, *s)
	}
	slices.SortFunc(m.Sections, func(a, b Section) int { return cmp.Compare(a.Name, b.Name) })
	m.Wanted = (m.People + p.PeoplePerOne - 1) / p.PeoplePerOne
	return m
}

// CheckHours says what is wrong with protected time.
func CheckHours(n int) (f fault.Fields) {
	if n < 1 || n > MostHours {
		f.Add("hours", "champion.hours.bad", "n", MostHours)
	}
	return f
}

// CheckTraining says what is wrong with a training.
func CheckTraining(kind string, on civil.Date, c Champion, today civil.Date) (f fault.Fields) {
	if kind != "first" && kind != "refresher" {
		f.Add("kind", "champion.training.kind.empty")
	}
	switch {
	case on.IsZero():
		f.Add("on", "champion.training.on.empty")
	case on.After(today):
		f.Add("on", "champion.training.on.future")
	case on.Before(today.AddMonths(-120)): // older than any refresher
		f.Add("on", "champion.training.on.old")
	case slices.ContainsFunc(c.Trained, func(t Training) bool { return t.On == on }):
		f.Add("on", "champion.training.on.again")
	}
	return f
}

// CheckEnd says what is wrong with the day on which somebody stops.
func CheckEnd(on, today civil.Date) (f fault.Fields) {
	switch {
	case on.IsZero():
		f.Add("on", "champion.end.on.empty")
	case on.Before(today):
		f.Add("on", "champion.end.on.past")
	case on.DaysSince(today) > longestNotice:
		f.Add("on", "champion.end.on.far")
	}
	return f
}

// CheckCounts says what is wrong with the counts of a month.
func (p Pack) CheckCounts(n map[string]int) (f fault.Fields) {
	for _, c := range p.Counts {
		if n[c.Code] < 0 || n[c.Code] > MostCount {
			f.Add(c.Code, "champion.count.bad", "n", MostCount)
		}
	}
	return f
}
