// Package clinics is what a scenario changes of the clinics that a service plans by the week.
//
// The appointments of a profession are those that it gives now, as the ledger has them. A scenario that has more or other clinics of it says
// how many of their appointments there are, in place of the plan for people: those given now, and the difference between the clinics of the
// scenario and those that there were when it was made. A place more in a clinic is used as much as the places that there are now: where 100
// are planned a week and 80 are given, ten places more give eight appointments. Where more is given than the clinics have room for (much of
// the work is outside of them), a place gives one appointment and no more.
package clinics

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/activity/template"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Size is how many clinics there are of one kind, and what each gives.
type Size struct {
	Sessions float64 `json:"sessions"` // a week
	Slots    int     `json:"slots"`    // appointments in each
	Minutes  int     `json:"minutes"`  // of one
}

// Weekly is how many appointments they have room for in a week.
func (s Size) Weekly() float64 { return s.Sessions * float64(s.Slots) }

// Hours are those with patients a week.
func (s Size) Hours() float64 { return s.Weekly() * float64(s.Minutes) / minutesOfHour }

const minutesOfHour = 60

// Group are the clinics of one name, profession, size and length.
type Group struct {
	Name string
	Role string // in the plan for people
	Size
}

// Change is what a scenario has of a kind of clinics. Was is as it was when the scenario was made: nothing for new ones. Sessions may be
// nought: no such clinics more.
type Change struct {
	Name string `json:"name,omitempty"`
	Role string `json:"role"`
	Was  Size   `json:"was"`
	To   Size   `json:"to"`
}

// New says that there were none.
func (c Change) New() bool { return c.Was == Size{} }

// Changes are those of a scenario.
type Changes []Change

// Groups are the clinics that take place on a day, of the professions that see people, in the order of professions and names. named
// gives the profession for one of the ledger, and says whether it is one that sees people.
func Groups(all []template.Clinics, on civil.Date, named func(string) (string, bool)) (out []Group) {
	for _, c := range all {
		role, sees := named(c.Role)
		if !sees || !c.InForce(on) {
			continue
		}
		g := Group{c.Name, role, Size{float64(c.Sessions), c.Slots, c.Minutes}}
		if i := slices.IndexFunc(out, func(x Group) bool {
			return x.Name == g.Name && x.Role == g.Role && x.Slots == g.Slots && x.Minutes == g.Minutes
		}); i >= 0 {
			out[i].Sessions += g.Sessions
			continue
		}
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b Group) int {
		if by := strings.Compare(a.Role+"\x00"+a.Name, b.Role+"\x00"+b.Name); by != 0 {
			return by
		}
		return (b.Minutes-a.Minutes)*1000 + b.Slots - a.Slots
	})
	return out
}

// Room is how many appointments a week clinics have room for, by profession.
func Room(all []Group) map[string]float64 {
	out := map[string]float64{}
	for _, g := range all {
		out[g.Role] += g.Weekly()
	}
	return out
}

// Of says whether a profession has other clinics.
func (c Changes) Of(role string) bool {
	return slices.ContainsFunc(c, func(x Change) bool { return x.Role == role })
}

// More is how many appointments a week a profession has room for beyond now.
func (c Changes) More(role string) (sum float64) {
	for _, x := range c {
		if x.Role == role {
			sum += x.To.Weekly() - x.Was.Weekly()
		}
	}
	return sum
}

// Gives is how many appointments a week a profession gives that gives so many now: the room that its clinics gain is used as that which
// there is. own is false where its clinics stay as they are, and something else says what it gives. everybody is the one list of a service
// whose ledger names no professions: all clinics are of it.
func (c Changes) Gives(role string, everybody bool, given float64, room map[string]float64) (x float64, own bool) {
	there, more := room[role], c.More(role)
	if everybody {
		there, more = 0, 0
		for _, x := range c {
			more += x.To.Weekly() - x.Was.Weekly()
		}
		for _, name := range slices.Sorted(maps.Keys(room)) {
			there += room[name]
		}
	}
	used := 1.0
	if there > given {
		used = given / there
	}
	return max(given+more*used, 0), c.Of(role) || everybody && len(c) > 0
}

// Filled puts in what somebody left empty: as it was. A clinic of other minutes and no number of appointments lasts as long as it did.
func (c Change) Filled() Change {
	if c.To.Slots == 0 && c.To.Minutes > 0 && c.Was.Minutes > 0 {
		c.To.Slots = c.Was.Slots * c.Was.Minutes / c.To.Minutes
	}
	if c.To.Slots == 0 {
		c.To.Slots = c.Was.Slots
	}
	if c.To.Minutes == 0 {
		c.To.Minutes = c.Was.Minutes
	}
	return c
}

// Stands says whether clinics are still as they were when a scenario was made.
func (c Change) Stands(now []Group) bool {
	return c.New() || slices.Contains(now, Group{c.Name, c.Role, c.Was})
}

// The bounds. More is a slip of the pen; no clinic has as many or as short appointments.
const (
	MostSlots    = 50
	LeastMinutes = 5
	MostMinutes  = 240

	mostChanges  = 50
	mostSessions = 500.0
	longestName  = 80
)

// Field is the name of a field of the change at a place.
func Field(at int, part string) string { return "clinics_" + strconv.Itoa(at) + "_" + part }

// Check says what is wrong with them; role tells whether a profession is known.
func (c Changes) Check(role func(string) bool) (f fault.Fields) {
	for i, x := range c {
		if !role(x.Role) {
			f.Add(Field(i, "role"), "capacity.add.clinics.role.empty")
		}
		switch {
		case !(x.To.Sessions >= 0 && x.To.Sessions <= mostSessions):
			f.Add(Field(i, "sessions"), "capacity.add.clinics.sessions.range", "n", int(mostSessions))
		case x.New() && x.To.Sessions == 0:
			f.Add(Field(i, "sessions"), "capacity.add.clinics.sessions.empty")
		}
		if x.To.Slots < 1 || x.To.Slots > MostSlots {
			f.Add(Field(i, "slots"), "capacity.add.clinics.slots.range", "min", 1, "max", MostSlots)
		}
		if x.To.Minutes < LeastMinutes || x.To.Minutes > MostMinutes {
			f.Add(Field(i, "minutes"), "capacity.add.clinics.minutes.range", "min", LeastMinutes, "max", MostMinutes)
		}
		if len([]rune(x.Name)) > longestName || len(c) > mostChanges { // no form makes one
			f.Add(Field(i, "sessions"), "capacity.add.clinics.many", "n", mostChanges)
		}
	}
	return f
}
