package practice

import (
	"cmp"
	"slices"
)

// Sole is somebody who alone may practise some of the competencies unsupervised. What the team does hangs on them, and on their
// entry in a register: nobody may practise without it, whatever they are signed off for.
type Sole struct {
	Member
	Competencies []Competence
	Ends         Due // the first of their registrations to end; its day is zero where they have given none
}

// Soles lists those on whom a competence hangs, the one whose registration ends first before the others; who has given none comes
// last.
func (t Team) Soles() (out []Sole) {
	holders := map[string]int{}
	for _, p := range t.People {
		for key, s := range p.States {
			if s.Standing == Unsupervised {
				holders[key]++
			}
		}
	}
	for _, p := range t.People {
		x := Sole{Member: p.Member, Ends: p.ends()}
		for _, c := range t.Pack.Competencies {
			if holders[c.Key] == 1 && p.State(c.Key).Standing == Unsupervised {
				x.Competencies = append(x.Competencies, c)
			}
		}
		if len(x.Competencies) > 0 {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b Sole) int {
		if a.Ends.On.IsZero() != b.Ends.On.IsZero() {
			if a.Ends.On.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(a.Ends.On.Compare(b.Ends.On), len(b.Competencies)-len(a.Competencies), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// ends is the first of somebody's registrations to end, however far away that is.
func (p Person) ends() (d Due) {
	for _, r := range p.Registrations {
		if d.On.IsZero() || r.Expires.Before(d.On) {
			d = Due{p.Member, "registration", r.Body, r.Expires}
		}
	}
	return d
}

// NextEnd is the first registration of the team to end; its day is zero where nobody has given one.
func (t Team) NextEnd() (d Due) {
	for _, p := range t.People {
		if e := p.ends(); !e.On.IsZero() && (d.On.IsZero() || soonest(e, d) < 0) {
			d = e
		}
	}
	return d
}
