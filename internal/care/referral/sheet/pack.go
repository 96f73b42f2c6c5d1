package sheet

import (
	"slices"
	"sync"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Code is one row of a code list.
type Code struct {
	Code     string `yaml:"code"`
	Name     string `yaml:"name"`
	Self     string `yaml:"self"`      // how a person says it of themselves; "" when they cannot
	OnlySelf bool   `yaml:"only_self"` // not on the manager's list
	From     string `yaml:"from"`      // the fact of a post that ticks it beforehand
}

// List is a code list with where it comes from.
type List struct {
	ID            string `yaml:"id"`
	Version       int    `yaml:"version"`
	EffectiveFrom string `yaml:"effective_from"`
	Source        string `yaml:"source"`
	Mark          string `yaml:"mark"`
	Items         []Code `yaml:"items"`
}

// Has says whether a referrer may use a code.
func (l List) Has(code string) bool {
	return slices.ContainsFunc(l.Items, func(c Code) bool { return c.Code == code && !c.OnlySelf })
}

// Name gives the words of a code. A code that a later version of the list dropped shows as itself.
func (l List) Name(code string) string {
	for _, c := range l.Items {
		if c.Code == code {
			return c.Name
		}
	}
	return code
}

// Ticked lists the codes that facts of a post tick beforehand.
func (l List) Ticked(facts ...string) []string {
	var out []string
	for _, c := range l.Items {
		if c.From != "" && slices.Contains(facts, c.From) {
			out = append(out, c.Code)
		}
	}
	return out
}

// Packs are the four code lists of the sheet.
type Packs struct{ Reasons, Questions, Demands, Hazards List }

// Lists reads the code lists that the binary carries.
var Lists = sync.OnceValue(func() Packs {
	var p Packs
	for id, into := range map[string]*List{"referral-reasons": &p.Reasons, "referral-questions": &p.Questions, "job-demands": &p.Demands, "hazards": &p.Hazards} {
		*into = pack.BuiltIn[List](id)
	}
	return p
})
