// Package uptake is how it is counted, stored and shown by team how many have something, without telling who: what conversations and
// adjustments at work have in common. Each of them says what it counts, by which rule of disclosure, and what stands in the columns.
package uptake

import (
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// The parts of an organisation that are counted.
const (
	Whole = "whole"
	ATeam = "team"
	Rest  = "rest" // of a department: small teams, and people without a team
)

// Place names one of them.
type Place struct{ Part, Department, Team string }

// Unit is one, and what is counted in it.
type Unit[N any] struct {
	Place
	Count N
}

// Numbers are what is counted: of how many people, and the sum with those of another unit.
type Numbers[N any] interface {
	Size() int
	Plus(other N) N
}

// Units puts the small teams of each department together with who has no team, and the organisation first. smallest is the least team
// that is counted by itself: as many as a count must have to be shown. Exact numbers: for Tell alone.
func Units[N Numbers[N]](teams []Unit[N], smallest int) (out []Unit[N]) {
	whole, rest := Unit[N]{Place: Place{Part: Whole}}, map[string]N{}
	for _, t := range teams {
		whole.Count = whole.Count.Plus(t.Count)
		if t.Team != "" && t.Count.Size() >= smallest {
			t.Part = ATeam
			out = append(out, t)
			continue
		}
		rest[t.Department] = rest[t.Department].Plus(t.Count)
	}
	for department, n := range rest {
		out = append(out, Unit[N]{Place{Rest, department, ""}, n})
	}
	return append([]Unit[N]{whole}, out...)
}

// Tell says what may be stored of a unit: its people, those of them who have it, and whatever more is counted, each of the one before.
// What is too few is nil, nought like any small number, and so is all that is counted of it: that nobody of a team has it is a
// statement about each of its members. Who does not have it is protected as who has: where they are few there is no number either.
func Tell(topic disclosure.Topic, people, have int, more ...int) []*int32 {
	if rest, ok := disclosure.Count(people-have, topic).Value(); !ok || rest == 0 {
		have = 0
	}
	out := make([]*int32, 2+len(more))
	for i, n := range append([]int{people, have}, more...) {
		shown, ok := disclosure.Count(n, topic).Value()
		if !ok || shown == 0 {
			break
		}
		v := int32(shown) //nolint:gosec // of an organisation
		out[i] = &v
	}
	return out
}

// Percent is how many of a hundred one stored number is of another; ok is false where one is too few. What is stored is rounded already,
// and rounding it again changes nothing.
func Percent(topic disclosure.Topic, part, whole int) (percent int, ok bool) {
	if part == 0 || whole == 0 {
		return 0, false
	}
	return disclosure.Share(disclosure.Count(part, topic), disclosure.Count(whole, topic)).Value()
}

// Month is the last month that is over.
func Month(at time.Time) civil.Date {
	d := locale.Day(at)
	return civil.Date{Year: d.Year, Month: d.Month, Day: 1}.AddMonths(-1)
}

// months is how far back a page looks for the last month that was counted.
const months = 3

// Since is the first month that a page looks at.
func Since(now time.Time) civil.Date { return Month(now).AddMonths(-months) }

// Board is the uptake of the last month that was counted. In what it counts, 0 is what is too few.
type Board[N any] struct {
	Month civil.Date
	Whole Unit[N]
	Teams []Unit[N]
}

// Add puts a stored row on the board; rows come the newest month first, and older months are left out.
func (b *Board[N]) Add(month time.Time, at Place, count N) {
	if b.Month.IsZero() {
		b.Month = civil.Of(month)
	}
	switch u := (Unit[N]{at, count}); {
	case civil.Of(month) != b.Month:
	case at.Part == Whole:
		b.Whole = u
	default:
		b.Teams = append(b.Teams, u)
	}
}

// most is how many teams one page lists.
const most = 30

// Choose gives the teams of a page: all, or where they are many those of one department, and the departments to choose from.
func (b *Board[N]) Choose(department string) (teams []Unit[N], departments []string) {
	if len(b.Teams) <= most {
		return b.Teams, nil
	}
	seen := map[string]bool{}
	for _, t := range b.Teams {
		if t.Department == department {
			teams = append(teams, t)
		}
		if !seen[t.Department] {
			seen[t.Department], departments = true, append(departments, t.Department)
		}
	}
	return teams, departments
}
