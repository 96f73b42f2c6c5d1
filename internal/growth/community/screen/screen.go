// Package screen finds in a text for a community of practice what looks like a person. It is pure. Beside what evidence is searched for
// (growth/document/redaction: NHS numbers by their check digit, dates of birth, telephone numbers, e-mail addresses, employee numbers,
// titles before a name) it finds postcodes, names after words such as "called", and jobs of which there is only one: the words are data
// (content/packs/screen.yaml). It finds too much rather than too little, and cannot find a bare name; the pages say so.
package screen

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// The kinds that are found here alone.
const (
	Postcode redaction.Kind = "postcode"
	Called   redaction.Kind = "called"
	Only     redaction.Kind = "only"
)

// Kinds lists every kind.
var Kinds = []redaction.Kind{redaction.Email, redaction.NHSNumber, redaction.Phone, redaction.DateOfBirth, redaction.Employee, redaction.Name, Postcode, Called, Only}

// Finding is a place in a text.
type Finding struct {
	Kind redaction.Kind
	Text string
}

type words struct {
	Names  []string `yaml:"name_words"`
	People []string `yaml:"person_words"`
	Only   []string `yaml:"only_words"`
	Jobs   []string `yaml:"jobs"`
}

// Screen searches texts.
type Screen struct{ called, only *regexp.Regexp }

// Ours is the screen of the pack that comes with the program.
var Ours = pack.Once(Load)

// Load makes the screen of a pack.
func Load(from fs.FS) (*Screen, error) {
	var w words
	if err := pack.Read(from, "screen", &w); err != nil {
		return nil, err
	}
	for _, list := range [][]string{w.Names, w.People, w.Only, w.Jobs} {
		if len(list) == 0 || slices.Contains(list, "") {
			return nil, fmt.Errorf("screen: a list is empty, or has an empty word")
		}
	}
	any := func(list []string) string {
		quoted := make([]string, len(list))
		for i, x := range list {
			quoted[i] = regexp.QuoteMeta(x)
		}
		return "(?:" + strings.Join(quoted, "|") + ")"
	}
	return &Screen{
		called: regexp.MustCompile(`\b(?i:` + any(w.Names) + `)\s+\p{Lu}[\p{L}'’-]+|\b` + any(w.People) + `\s+\p{Lu}[\p{L}'’-]+\s+\p{Lu}[\p{L}'’-]+`),
		only:   regexp.MustCompile(`(?i)\b` + any(w.Only) + `\s+(?:[\p{L}-]+\s+){0,2}` + any(w.Jobs) + `\b`),
	}, nil
}

// postcode is a UK postcode: written in capitals, or in small letters with a space before its second half.
var postcode = regexp.MustCompile(`\b(?:[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][ABD-HJLNP-UW-Z]{2}|[a-z]{1,2}[0-9][a-z0-9]?\s[0-9][abd-hjlnp-uw-z]{2})\b`)

// Find lists what looks like a person in some texts; what stands there twice is found once.
func (s *Screen) Find(today civil.Date, texts ...string) (out []Finding) {
	add := func(f Finding) {
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	for _, text := range texts {
		for _, x := range redaction.Scan(text, today) {
			add(Finding{x.Kind, x.Text})
		}
		for _, x := range []struct {
			kind redaction.Kind
			re   *regexp.Regexp
		}{{Postcode, postcode}, {Called, s.called}, {Only, s.only}} {
			for _, found := range x.re.FindAllString(text, -1) {
				add(Finding{x.kind, found})
			}
		}
	}
	return out
}

// Marks lists the kinds of what was found, each once.
func Marks(found []Finding) []string {
	out := []string{}
	for _, f := range found {
		if !slices.Contains(out, string(f.Kind)) {
			out = append(out, string(f.Kind))
		}
	}
	slices.Sort(out)
	return out
}
