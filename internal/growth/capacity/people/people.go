// Package people is the team that a run is made of: the hours with patients that the plan for people has in each quarter, by the middle of
// what it assumes, and its futures, in which people leave, are followed after a while, and complete their training or do not.
package people

import (
	"context"
	"encoding/json"
	"maps"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/assumed"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Staff is the clinical hours a week that an option has in a quarter, by role.
type Staff struct {
	Start civil.Date         `json:"start"` // first day of the quarter
	Hours map[string]float64 `json:"hours"`
}

// Gather adds up roles that work in one pool.
func Gather(p assumed.Pack, staff []Staff) []Staff {
	out := make([]Staff, 0, len(staff))
	for _, s := range staff {
		g := Staff{Start: s.Start, Hours: map[string]float64{}}
		for _, role := range slices.Sorted(maps.Keys(s.Hours)) { // the same sum each time
			if pool := p.Of(role); pool != nil {
				g.Hours[pool.Role] += s.Hours[role]
			}
		}
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b Staff) int { return a.Start.Compare(b.Start) })
	return out
}

// More is a team with so many hours a week more of some pools in every quarter.
func More(staff []Staff, hours map[string]float64) []Staff {
	out := slices.Clone(staff)
	for i, x := range out {
		out[i].Hours = maps.Clone(x.Hours)
		for _, pool := range slices.Sorted(maps.Keys(hours)) {
			out[i].Hours[pool] += hours[pool]
		}
	}
	return out
}

// Team is the plan for people of one option as it is kept among the inputs of a run. Only whoever made it reads it.
type Team = json.RawMessage

// Source draws futures of the team. The zero Source knows of none.
type Source struct {
	// Keep gives the team of each option, or none where nobody has written it down.
	Keep func(ctx context.Context, tx *postgres.Tx) (map[option.Option]Team, error)
	// Draw gives so many of its futures from a day on, before which it is known what happened. The same person, seat and quarter meet the same fate in the n-th of every option.
	Draw func(team Team, known civil.Date, seed uint64, futures int) (Futures, error)
}

// Futures are hours with patients a week: of each future by quarter, then by role. Middle is what is expected of them, and their mean.
type Futures struct {
	Quarters []civil.Date // first days
	Roles    []string
	Middle   [][]float64
	Hours    [][][]float64
}

// Around is where 8 of 10 futures lie about what is expected of some roles in a quarter: hours a week more, or fewer below zero.
func (f Futures) Around(quarter civil.Date, counts func(role string) bool) (low, high float64) {
	q := slices.Index(f.Quarters, quarter)
	if q < 0 || len(f.Hours) == 0 {
		return 0, 0
	}
	more := make([]float64, len(f.Hours))
	for n, hours := range f.Hours {
		for r, role := range f.Roles {
			if counts(role) {
				more[n] += hours[q][r] - f.Middle[q][r]
			}
		}
	}
	b := plan.Over(more)
	return b.P10, b.P90
}

// nothing is less than a second a week.
const nothing = 1e-9

// Lay puts the futures into a model that begins on a day: what each has more or fewer than is expected. So on average the model has the team
// that it was made of. gives is how many appointments a working day a pool
// gives for one hour a week more of a role: 0 for a role whose hours are those of the middle in every future. base is what the pool gives
// on a day by that team, which is below zero where others no longer do what they did: a future gives none then, and no fewer.
func (f Futures) Lay(s *plan.Spec, start civil.Date, gives func(pool, role string) float64, base func(pool string, day civil.Date) float64) {
	var quarters []int // of each stretch
	days := s.Periods[len(s.Periods)-1]
	s.Stretches = nil
	for q, first := range f.Quarters {
		switch day := first.DaysSince(start); {
		case q == 0 || day <= 0: // before the plan the team is that of its first quarter
			quarters, s.Stretches = []int{q}, []int{0}
		case day < days:
			quarters, s.Stretches = append(quarters, q), append(s.Stretches, day)
		}
	}
	for i := range s.Pools {
		p := &s.Pools[i]
		p.Futures = nil
		each := make([]float64, len(f.Roles))
		for r, role := range f.Roles {
			each[r] = gives(p.Name, role)
		}
		middle := make([]float64, len(quarters))
		for k, day := range s.Stretches {
			middle[k] = base(p.Name, start.AddDays(day))
		}
		most, all := 0.0, make([][]float64, len(f.Hours))
		for n, hours := range f.Hours {
			all[n] = make([]float64, len(quarters))
			for k, q := range quarters {
				more := 0.0
				for r := range f.Roles {
					more += each[r] * (hours[q][r] - f.Middle[q][r])
				}
				all[n][k] = max(middle[k]+more, 0) - max(middle[k], 0)
				most = max(most, math.Abs(all[n][k]))
			}
		}
		if most > nothing {
			p.Futures = all
		}
	}
}
