package network

import (
	"github.com/rowan-ohwb/rowan/internal/activity/reach"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/network/equity"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
)

// less are the groups that the invented services see less of than of others: porters and cleaners, and who works at night. It is
// invented, as the organisations are.
var less = map[string]float64{"staff_group.estates": 0.55, "shift.nights": 0.7}

// weights are how a staff is divided, by the codes of a division in their order.
var weights = map[string][]int{
	reach.StaffGroup: {4, 22, 20, 8, 7, 2, 9, 26, 1, 1}, reach.Site: {60, 25, 12, 3}, reach.Shift: {30, 20, 45, 5}, reach.Age: {30, 36, 34},
	reach.Sex: {74, 25, 1}, reach.Ethnic: {12, 9, 3, 70, 3, 3}, reach.Disability: {5, 75, 20},
}

// groups invents who was seen in the newest half-year of an organisation with so many appointments a month.
func (b *builder) groups(size int, rate float64, last civil.Date) []release.Figure {
	month := last
	for !reach.BuiltIn().EndsIn(month) {
		month = month.AddMonths(-1)
	}
	metric, _ := b.sharing.Pack().Find(equity.Metric)
	counts := map[[2]string]reach.Count{}
	for range 10 * size {
		chance, in := 0.06+rate/500, make([][2]string, len(metric.Groups))
		for d, g := range metric.Groups {
			n := b.rng.IntN(100)
			i := 0
			for n -= weights[g.ID][0]; n >= 0 && i < len(g.Codes)-1; n -= weights[g.ID][i] {
				i++
			}
			in[d] = [2]string{g.ID, g.Codes[i]}
			if x, ok := less[g.ID+"."+g.Codes[i]]; ok {
				chance *= x
			}
		}
		seen := b.rng.Float64() < chance
		for _, key := range in {
			c := counts[key]
			c.Staff++
			if seen {
				c.Seen++
			}
			counts[key] = c
		}
	}
	var all []reach.Group
	for _, g := range metric.Groups {
		for _, code := range g.Codes {
			all = append(all, reach.Group{Division: g.ID, Code: code, Count: counts[[2]string{g.ID, code}]})
		}
	}
	out, err := joints.Protected(metric, reach.BuiltIn().Definition, month, all)
	if err != nil {
		panic(err) // counts of one staff do not contradict each other
	}
	return out
}
