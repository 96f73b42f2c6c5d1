package feed

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Mapping says how a file is read. Values of "kind" are a kind of ours and codes that come with it:
// "appointment.missed outcome=DNA".
type Mapping struct {
	Name    string                       `yaml:"name" json:"name"`
	Columns map[string]string            `yaml:"columns" json:"columns"`         // field: their column
	Values  map[string]map[string]string `yaml:"values" json:"values,omitempty"` // field: their word: ours
	Fixed   map[string]string            `yaml:"fixed" json:"fixed,omitempty"`   // field: what it is where the file says nothing
}

// longestWord bounds what a mapping keeps of their words: a code or a label, not a text.
const longestWord = 80

// ParseMapping reads a mapping from YAML.
func ParseMapping(text []byte) (Mapping, error) {
	var m Mapping
	if err := yaml.Unmarshal(text, &m); err != nil {
		return m, &sheet.Refused{Key: "feed.mapping.unreadable"}
	}
	return m, nil
}

// Lines writes values and fixed values as the form shows them: "kind: DNA = appointment.missed outcome=DNA",
// "source = management".
func (m Mapping) Lines() string {
	var b strings.Builder
	for _, f := range slices.Sorted(maps.Keys(m.Fixed)) {
		fmt.Fprintf(&b, "%s = %s\n", f, m.Fixed[f])
	}
	for _, f := range slices.Sorted(maps.Keys(m.Values)) {
		for _, v := range slices.Sorted(maps.Keys(m.Values[f])) {
			fmt.Fprintf(&b, "%s: %s = %s\n", f, v, m.Values[f][v])
		}
	}
	return b.String()
}

// ReadLines takes what Lines wrote and somebody changed; bad is the first line that cannot be read. A line without a
// word of ours is left out: a word nobody has translated yet.
func (m *Mapping) ReadLines(text string) (bad int) {
	m.Values, m.Fixed = map[string]map[string]string{}, map[string]string{}
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		// Ours may hold "=" (outcome=DNA), with no space around it.
		left, ours, ok := strings.Cut(line+" ", " = ")
		if !ok {
			return i + 1
		}
		ours = strings.TrimSpace(ours)
		field, theirs, translated := strings.Cut(left, ":")
		field, theirs = strings.TrimSpace(field), strings.TrimSpace(theirs)
		switch {
		case !slices.Contains(Fields, field):
			return i + 1
		case ours == "":
		case !translated:
			m.Fixed[field] = ours
		default:
			if m.Values[field] == nil {
				m.Values[field] = map[string]string{}
			}
			m.Values[field][theirs] = ours
		}
	}
	return 0
}

// Tied says whether the mapping tells which case an event belongs to. Without that an event stands alone: it is counted,
// and no wait can be measured from it.
func (m Mapping) Tied() bool { return m.Columns[fieldCase] != "" }

// Fault is what is wrong with a mapping: the key of its words, and what it is about.
type Fault struct{ Key, What string }

// check says what is wrong with a mapping, or nothing.
func (m Mapping) check(l lists) (faults []Fault) {
	add := func(key, what string) { faults = append(faults, Fault{key, what}) }
	for _, f := range []string{fieldKind, fieldTime, fieldPerson} {
		if m.Columns[f] == "" {
			add("feed.mapping.column", f)
		}
	}
	for _, f := range slices.Sorted(maps.Keys(m.Columns)) {
		if !slices.Contains(Fields, f) {
			add("feed.mapping.field", f)
		}
	}
	for _, f := range slices.Sorted(maps.Keys(m.Fixed)) {
		if f == fieldOrganisation {
			continue
		}
		if _, ok := l.code(f, m.Fixed[f]); !ok {
			add("feed.mapping.code", f+" = "+m.Fixed[f])
		}
	}
	for _, f := range slices.Sorted(maps.Keys(m.Values)) {
		for _, theirs := range slices.Sorted(maps.Keys(m.Values[f])) {
			ours := m.Values[f][theirs]
			var ok bool
			switch {
			case f == fieldKind:
				_, ok = l.kind(ours)
			case slices.Contains(codeFields, f):
				_, ok = l.code(f, ours)
			default:
				ok = f == fieldOrganisation
			}
			if !ok || len(theirs) > longestWord {
				add("feed.mapping.code", f+": "+theirs+" = "+ours)
			}
		}
	}
	return faults
}

// event is a kind with the codes that come with it.
type event struct {
	kind  activity.Kind
	codes map[string]string
}

// kind reads "appointment.missed outcome=DNA".
func (l lists) kind(text string) (event, bool) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return event{}, false
	}
	e := event{activity.Kind(words[0]), map[string]string{}}
	if _, ok := activity.Needs(e.kind); !ok {
		return e, false
	}
	for _, w := range words[1:] {
		field, value, _ := strings.Cut(w, "=")
		code, ok := l.code(field, value)
		if !ok {
			return e, false
		}
		e.codes[field] = code
	}
	return e, true
}

// Guess proposes a mapping for a heading; a person decides.
func (s *Service) Guess(heading []string) Mapping {
	m := Mapping{Columns: map[string]string{}}
	taken := map[string]bool{}
	for _, f := range Fields {
		for _, name := range s.lists.headings[f] {
			i := slices.IndexFunc(heading, func(h string) bool { return sheet.Fold(h) == sheet.Fold(name) && !taken[h] })
			if i >= 0 {
				m.Columns[f], taken[heading[i]] = heading[i], true
				break
			}
		}
	}
	return m
}
