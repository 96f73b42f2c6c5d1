package absencefile

import (
	"cmp"
	"errors"
	"io/fs"
	"strings"
	"unicode"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Packs is the reference data that reading needs.
type Packs struct {
	longTermDays  int
	fullTimeHours float64
	groups        map[string]string // folded name to name
	reasons       map[string]string // folded label, or code, to code
	labels        map[string]string // code to label
	notSpecified  string
}

// otherGroup collects staff groups that the pack does not list.
const otherGroup = "Other"

// LoadPacks reads absence-definitions and esr-absence-reasons from content.FS.
func LoadPacks(content fs.FS) (Packs, error) {
	var definitions struct {
		LongTermDays  int     `yaml:"long_term_calendar_days"`
		FullTimeHours float64 `yaml:"full_time_hours_a_week"`
		StaffGroups   []struct {
			Name string
			Also []string
		} `yaml:"staff_groups"`
	}
	var list struct {
		Reasons []struct {
			Code, Label string
			Also        []string
		}
		NotSpecified string `yaml:"not_specified"`
	}
	if err := pack.Read(content, "absence-definitions", &definitions); err != nil {
		return Packs{}, err
	}
	if err := pack.Read(content, "esr-absence-reasons", &list); err != nil {
		return Packs{}, err
	}
	p := Packs{
		longTermDays: definitions.LongTermDays, fullTimeHours: definitions.FullTimeHours,
		groups: map[string]string{}, reasons: map[string]string{}, labels: map[string]string{}, notSpecified: list.NotSpecified,
	}
	for _, g := range definitions.StaffGroups {
		for _, name := range append(g.Also, g.Name) {
			p.groups[fold(name)] = g.Name
		}
	}
	for _, r := range list.Reasons {
		p.labels[r.Code] = r.Label
		for _, label := range append(r.Also, r.Code, r.Label) {
			p.reasons[fold(label)] = r.Code
		}
	}
	if p.longTermDays < 1 || p.fullTimeHours <= 0 || len(p.groups) == 0 || p.reasons[fold(p.notSpecified)] == "" {
		return Packs{}, errors.New("absence packs lack a definition, staff groups or reasons")
	}
	return p, nil
}

// Group gives the national name of a staff group, however a file writes it; "Other" for one that nobody knows.
func (p Packs) Group(name string) string { return cmp.Or(p.groups[fold(name)], otherGroup) }

// Label gives the words of a level 1 reason.
func (p Packs) Label(code string) string { return p.labels[code] }

// reason gives the code of "S10 Anxiety/stress/...", of the code alone or of
// the label alone.
func (p Packs) reason(text string) (string, bool) {
	first, _, _ := strings.Cut(text, " ")
	if code, ok := p.reasons[fold(first)]; ok {
		return code, true
	}
	code, ok := p.reasons[fold(text)]
	return code, ok
}

// fold makes labels comparable: small letters and digits only, so that
// "Chest & respiratory" equals "chest &  Respiratory".
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
