// Package match finds who of a community of practice fits somebody, and says why in words that can be checked: what one asks for is what
// the other is strong at. It is pure: people in, matches out. There is no score; the order follows from how many reasons of which kind
// there are, then from the name.
//
// What somebody asks for and is strong at are elements of the framework, said by themselves. Where the lead of an organisation offers it,
// the self-assessment of the organisation adds to both, as bands and never as scores; each reason says which of the two it comes from.
package match

import (
	"cmp"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Person is a member as far as matching goes.
type Person struct {
	Account, Home uuid.UUID
	Name          string
	Profession    string
	Alone         bool // the only one of their profession where they work
	Mentors       bool
	Interests     []string
	Offers, Wants []string // elements, as they say themselves
	Strong, Seeks []string // elements, as the self-assessment of their organisation says; none where it is not offered
}

// Kind of a reason.
type Kind string

// The kinds. In Helps the other is strong at what I ask for, in Asks I am at what they ask for; the letters say where need and strength
// come from: said by a person, or assessed at an organisation.
const (
	HelpsSaidSaid         Kind = "helps.said.said"
	HelpsSaidAssessed     Kind = "helps.said.assessed"
	HelpsAssessedSaid     Kind = "helps.assessed.said"
	HelpsAssessedAssessed Kind = "helps.assessed.assessed"
	AsksSaidSaid          Kind = "asks.said.said"
	AsksSaidAssessed      Kind = "asks.said.assessed"
	AsksAssessedSaid      Kind = "asks.assessed.said"
	AsksAssessedAssessed  Kind = "asks.assessed.assessed"
	BothAlone             Kind = "alone"    // of the same profession, and each the only one
	Mentor                Kind = "mentor"   // of my profession, where I am alone, and willing to mentor
	Interest              Kind = "interest" // that both name; alone it makes no match
)

// Kinds lists them in the order in which they are told.
var Kinds = []Kind{HelpsSaidSaid, HelpsSaidAssessed, HelpsAssessedSaid, HelpsAssessedAssessed, AsksSaidSaid, AsksSaidAssessed, AsksAssessedSaid, AsksAssessedAssessed, BothAlone, Mentor, Interest}

// Reason is why somebody fits.
type Reason struct {
	Kind  Kind
	Codes []string // elements, or interests
}

// Match is somebody who fits.
type Match struct {
	Person
	Reasons []Reason
}

// helps counts the elements that one is strong at and the other asks for, in a direction.
func (m Match) elements(direction string) (n int) {
	for _, r := range m.Reasons {
		if strings.HasPrefix(string(r.Kind), direction) {
			n += len(r.Codes)
		}
	}
	return n
}

// Both says that each is strong at something that the other asks for.
func (m Match) Both() bool { return m.elements("helps.") > 0 && m.elements("asks.") > 0 }

func (m Match) has(k Kind) bool {
	return slices.ContainsFunc(m.Reasons, func(r Reason) bool { return r.Kind == k })
}

// Most is how many matches are worth reading; who wants more has the directory.
const Most = 20

// Find lists who fits somebody: first those with whom it goes both ways, then by how much they help, then by how much they ask for, then
// those who are alone as well or would mentor, then by name. Colleagues of one organisation know each other and are left out.
func Find(me Person, all []Person) []Match {
	var out []Match
	for _, p := range all {
		if p.Account == me.Account || p.Home == me.Home {
			continue
		}
		m := Match{Person: p, Reasons: slices.Concat(complement(me, p, HelpsSaidSaid, HelpsSaidAssessed, HelpsAssessedSaid, HelpsAssessedAssessed),
			complement(p, me, AsksSaidSaid, AsksSaidAssessed, AsksAssessedSaid, AsksAssessedAssessed))}
		if p.Profession == me.Profession && me.Alone {
			if p.Alone {
				m.Reasons = append(m.Reasons, Reason{Kind: BothAlone})
			}
			if p.Mentors {
				m.Reasons = append(m.Reasons, Reason{Kind: Mentor})
			}
		}
		if len(m.Reasons) == 0 {
			continue
		}
		if shared := both(me.Interests, p.Interests); len(shared) > 0 {
			m.Reasons = append(m.Reasons, Reason{Interest, shared})
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b Match) int {
		return cmp.Or(first(b.Both(), a.Both()), cmp.Compare(b.elements("helps."), a.elements("helps.")), cmp.Compare(b.elements("asks."), a.elements("asks.")),
			first(b.has(BothAlone), a.has(BothAlone)), first(b.has(Mentor), a.has(Mentor)),
			strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Account.String(), b.Account.String()))
	})
	return out[:min(len(out), Most)]
}

// first orders what is so after what is not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// complement lists the elements that one asks for and the other is strong at, each once: what people say themselves goes before what
// was assessed.
func complement(needs, strong Person, kinds ...Kind) (out []Reason) {
	told := map[string]bool{}
	for i, x := range []struct{ asked, offered []string }{{needs.Wants, strong.Offers}, {needs.Wants, strong.Strong}, {needs.Seeks, strong.Offers}, {needs.Seeks, strong.Strong}} {
		codes := slices.DeleteFunc(both(x.asked, x.offered), func(code string) bool { return told[code] })
		if len(codes) == 0 {
			continue
		}
		for _, code := range codes {
			told[code] = true
		}
		out = append(out, Reason{kinds[i], codes})
	}
	return out
}

// both lists what is in two lists, in order.
func both(a, b []string) (out []string) {
	for _, x := range a {
		if slices.Contains(b, x) && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	slices.Sort(out)
	return out
}
