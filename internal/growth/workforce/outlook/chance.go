package outlook

import (
	"encoding/binary"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/calc/random"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// Hours are the clinical hours of each quarter in a week of five working days, by role.
type Hours [Quarters][]float64

// Chances are futures of a team of whole persons: of a share that leaves, somebody goes or stays.
type Chances struct {
	Roles  []string
	Middle Hours   // what is expected: of a plan that has not begun what Project gives with the middle of the ranges
	Draws  []Hours // their mean is that, but where hours would fall below zero: nobody supervises when nobody is there
}

// middle is the middle of the ranges of completion and retention.
const middle = 0.5

// Chance draws so many futures of a team under an option. In each, completion and retention lie somewhere in their ranges, the same for
// every course; whoever is in post leaves, retires or completes a course, or does not; and who follows comes after so many quarters as
// it then takes to fill a vacancy.
//
// The team is known as it is on a day: of a plan that began before, nobody who is there has left in a quarter that is over, and what is
// vacant was not filled. Project expects both from the plan's first day on, so that a plan costs the same on any day.
//
// What happens to a seat of a post in a quarter of the n-th future follows from the seed, n, the post's id, the seat and the quarter, and
// from nothing else. So under two options the same person meets the same fate, and a post more changes nothing for the others.
func Chance(in Input, o option.Option, known civil.Date, seed uint64, draws int) Chances {
	in.over = max(in.Plan.index(known), 0)
	var out Chances
	for _, r := range in.Roles {
		out.Roles = append(out.Roles, r.Key)
	}
	var weeks [Quarters]float64
	for t := range weeks {
		weeks[t] = in.Plan.FiveDays(in.Plan.quarter(t))
	}
	out.Middle = out.hours(weeks, Project(in, o, middle))
	var seats []*line
	for _, l := range lines(in, o) {
		seats = append(seats, l.seats()...)
	}
	after := after(in.Plan.Fill)
	for n := range draws {
		future := mixed(mixed(seed) + uint64(n)) //nolint:gosec // not negative
		all := make([]*line, len(seats))
		for i, l := range seats {
			all[i] = l.drawn(future, in.Plan.Fill, after)
		}
		of := luck{key: future}
		at := place{complete: of.uniform(completes, 0), retain: of.uniform(leaves, 0)}
		out.Draws = append(out.Draws, out.hours(weeks, in.project(all, at)))
	}
	return out
}

// hours puts the hours of quarters in the order of the roles, as of weeks of five working days.
func (c Chances) hours(weeks [Quarters]float64, quarters []Quarter) (out Hours) {
	for t, q := range quarters {
		out[t] = make([]float64, len(c.Roles))
		for _, s := range q.Staff {
			if i := slices.Index(c.Roles, s.Role); i >= 0 {
				out[t][i] += s.ClinicalHours * weeks[t]
			}
		}
	}
	return out
}

// fate is what is drawn of a seat.
type fate uint64

const (
	leaves fate = iota + 1
	completes
	fills
	fates // how many numbers a quarter has
)

// luck is that of a seat in one future. None has what is expected.
type luck struct {
	key   uint64
	after [][]float64
}

// uniform is a number from 0 up to 1 of a fate in a quarter.
func (k luck) uniform(what fate, t int) float64 {
	return float64(mixed(k.key+uint64(t)*uint64(fates)+uint64(what))>>11) * 0x1p-53 //nolint:gosec // not negative
}

// of says how many of some heads a share is: all or none of a seat.
func (k *luck) of(heads, share float64, what fate, t int) float64 {
	switch {
	case k == nil:
		return heads * share
	case heads > 0 && k.uniform(what, t) < share:
		return heads
	}
	return 0
}

// fill is how long a vacancy takes that opens in a quarter.
func (k *luck) fill(shares []float64, t int) []float64 {
	if k == nil || len(shares) == 0 {
		return shares
	}
	u := k.uniform(fills, t)
	for i, x := range shares {
		if u -= x; u < 0 {
			return k.after[i]
		}
	}
	return k.after[len(shares)-1] // what is missing to 1 is rounding
}

// after are vacancies of which each is filled after one, two, three... quarters.
func after(shares []float64) [][]float64 {
	out := make([][]float64, max(len(shares), 1))
	for i := range out {
		out[i] = make([]float64, i+1)
		out[i][i] = 1
	}
	return out
}

// seats splits a line into lines of one head: those in post, those who are coming, and those to be found. Who has left is a line too.
func (l *line) seats() (out []*line) {
	n := uint64(0)
	seat := func(c *cohort, comes bool, v *opening) {
		x := *l
		x.heads, x.cohorts, x.joining, x.vacant = 1, nil, nil, nil
		switch {
		case v != nil:
			x.vacant = []opening{{v.from, 1}}
		case comes:
			x.joining = []cohort{*c}
		default:
			x.cohorts = []cohort{*c}
		}
		x.luck = &luck{key: seatKey(l.id, n)}
		n++
		out = append(out, &x)
	}
	each := func(all []cohort, comes, left bool) {
		for _, c := range all {
			if c.until > 0 != left {
				continue
			}
			heads := int(c.heads)
			c.heads = 1
			for range heads {
				seat(&c, comes, nil)
			}
		}
	}
	each(l.cohorts, false, false)
	each(l.joining, true, false)
	for _, v := range l.vacant {
		for range int(v.heads) {
			seat(nil, false, &v)
		}
	}
	each(l.cohorts, false, true)
	return out
}

func seatKey(id uuid.UUID, seat uint64) uint64 {
	return mixed(mixed(binary.LittleEndian.Uint64(id[:8])^mixed(binary.LittleEndian.Uint64(id[8:]))) + seat)
}

// golden keeps noughts apart from noughts.
const golden = 0x9e3779b97f4a7c15

func mixed(x uint64) uint64 { return random.Mix(x + golden) }

// drawn is a seat in a future.
func (l *line) drawn(future uint64, shares []float64, after [][]float64) *line {
	x := *l
	x.cohorts, x.joining = slices.Clone(l.cohorts), slices.Clone(l.joining)
	both := make([]float64, 2*Quarters)
	x.trainees, x.qualified = both[:Quarters:Quarters], both[Quarters:]
	x.luck = &luck{key: mixed(future ^ l.luck.key), after: after}
	for _, v := range l.vacant {
		x.open(v.from, v.heads, x.trainees, x.luck.fill(shares, int(v.from)))
	}
	return &x
}

// For keeps of a team what its hours under an option are made of, and nothing of what only its cost is: what would have the same hours is
// kept alike.
func (in Input) For(o option.Option) Input {
	out := in
	out.Plan.Awards, out.Posts, out.Changes = pay.Awards{}, nil, nil
	train := func(d *Development) *Development {
		if d == nil {
			return nil
		}
		x := *d
		x.Fee = 0
		return &x
	}
	change := func(c Change) Change {
		c.Title, c.Salary, c.Zone, c.Development, c.In = "", 0, "", train(c.Development), map[option.Option]bool{o: true}
		return c
	}
	for _, p := range in.Posts {
		if p.Of != nil {
			if !p.Of.In[o] {
				continue
			}
			of := change(*p.Of)
			p.Of = &of
		}
		p.Title, p.Salary, p.Zone, p.Years, p.YearsOn, p.Development = "", 0, "", 0, civil.Date{}, train(p.Development)
		out.Posts = append(out.Posts, p)
	}
	for _, c := range in.Changes {
		if c.In[o] {
			out.Changes = append(out.Changes, change(c))
		}
	}
	return out
}
