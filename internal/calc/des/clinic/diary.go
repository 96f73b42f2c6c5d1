package clinic

import (
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

// diary is the slots of every day by kind, at day x kinds + kind.
type diary struct {
	slots []uint16 // planned
	extra []uint16 // overbookings allowed
	ill   []uint16 // slots lost to sickness on the day
	over  []uint16 // overbookings lost with them
	free  []uint16 // not yet booked, once open
	room  []uint64 // by kind: days that have any free, as bits
	words int      // of bits for each kind
}

func (g *diary) reset(days, kinds int) {
	g.words = (days + 63) / 64
	if g.slots == nil {
		n := days * kinds
		g.slots, g.extra, g.ill, g.over, g.free = make([]uint16, n), make([]uint16, n), make([]uint16, n), make([]uint16, n), make([]uint16, n)
		g.room = make([]uint64, g.words*kinds)
		return
	}
	clear(g.slots)
	clear(g.extra)
	clear(g.ill)
	clear(g.over)
	clear(g.free)
	clear(g.room)
}

const (
	weeksOfYear = 52
	daysOfYear  = 365.25
)

// draw fills in what one post gives to the diary: its holders come and go, take leave and fall ill.
func (g *diary) draw(c *Clinic, p *post, seed uint64, replication int) {
	r := des.NewStream(seed, replication, p.purpose)
	leave, ill := des.NewStream(seed, replication, "leave "+p.Name), des.NewStream(seed, replication, "sickness "+p.Name)
	kinds := len(c.minutes)
	begins, isNew := p.from, p.Training
	if p.Vacant {
		begins, isNew = p.from+int(math.Ceil(p.Recruitment.Draw(&r))), true
	}
	tenure := func() int {
		if p.Turnover == 0 {
			return math.MaxInt
		}
		return begins + int(min(r.Exp()/p.Turnover*daysOfYear, 1e9))
	}
	ends := tenure()
	onset, recovery := 0.0, 0.0
	if p.Sickness > 0 {
		recovery = 1 / p.Spell
		onset = p.Sickness * recovery / (1 - p.Sickness)
	}
	sick := p.Sickness > 0 && ill.Float() < p.Sickness
	var off [weeksOfYear + 1]uint8 // days of leave in each week of the year under way
	for d := 0; d < c.days; d++ {
		weekday, week := (c.first+d)%7, d/7
		if d%(7*weeksOfYear) == 0 && p.LeaveDays > 0 {
			drawLeave(&off, p.LeaveDays, &leave)
		}
		if weekday < 5 && p.Sickness > 0 {
			if u := ill.Float(); sick {
				sick = u >= recovery
			} else {
				sick = u < onset
			}
		}
		if d >= ends && d < p.to {
			begins, isNew = d+int(math.Ceil(p.Recruitment.Draw(&r))), true
			ends = tenure()
		}
		if d < begins || d >= p.to || c.closed[d] || len(p.sessions[weekday]) == 0 ||
			weekday < int(off[week%weeksOfYear]) || p.leave != nil && p.leave[d] {
			continue
		}
		part := 1.0
		if weeks := (d - begins) / 7; isNew && weeks < p.RampWeeks {
			part = p.RampFrom + (1-p.RampFrom)*float64(weeks)/float64(p.RampWeeks)
		}
		for i := range p.sessions[weekday] {
			s := &p.sessions[weekday][i]
			if week%s.every != s.first {
				continue
			}
			n := int(part*float64(len(s.slots)) + 0.5)
			for _, k := range s.slots[:n] {
				g.slots[d*kinds+int(k)]++
				if sick {
					g.ill[d*kinds+int(k)]++
				}
			}
			if n == len(s.slots) {
				at := d*kinds + int(s.slots[0])
				g.extra[at] += uint16(s.extra)
				if sick {
					g.over[at] += uint16(s.extra)
				}
			}
		}
	}
}

// drawLeave spreads days of leave over whole weeks of a year, five to a week, the odd days in one more.
func drawLeave(off *[weeksOfYear + 1]uint8, days int, r *des.Stream) {
	var weeks [weeksOfYear]uint8
	for i := range weeks {
		weeks[i] = uint8(i)
		off[i] = 0
	}
	for i := 0; days > 0 && i < weeksOfYear; i++ {
		j := i + int(r.Float()*float64(weeksOfYear-i))
		weeks[i], weeks[j] = weeks[j], weeks[i]
		off[weeks[i]] = uint8(min(days, 5))
		days -= 5
	}
}
