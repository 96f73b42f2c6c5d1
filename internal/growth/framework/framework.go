// Package framework is the service development framework as values: themes of five levels, what one would see at each, what counts as
// evidence of it, and its versions.
//
// A theme is about a service that an organisation runs itself (internal), one that it buys (procured), or both: each has its own words
// at every level. A version is a draft, in co-design while a round on it is running, published, and superseded once a later one is in
// force. What is published never changes. Version 1 is ours and ships with Rowan (content/packs/maturity.yaml); a community of practice
// writes the next ones (community/codesign), an organisation takes one up for its self-assessment (improvement/maturity), and both sides
// of a contract use one (network/procured). None of them is national, and every page says so.
package framework

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Levels is how many there are: not started, emerging, developing, established, leading and sharing.
const Levels = 5

// The longest title still fits a line of a table, the longest text of a level is a short paragraph on a card, and the longest reason is
// half a page. No framework in use has more than 200 themes.
const (
	LongestTitle = 150
	LongestLevel = 500
	LongestText  = 1000
	MostThemes   = 200
)

// What a theme is about.
const (
	Internal = "internal"
	Procured = "procured"
	Both     = "both"
)

// Uses lists them in the order of the form.
var Uses = []string{Both, Internal, Procured}

// Theme is one thing that is rated. Levels are the words for a service of one's own, Bought those for one that is bought; Evidence is what
// counts at each level. One that was taken in from a file has Levels alone.
type Theme struct {
	Code     string   `json:"code" yaml:"code"`
	Title    string   `json:"title" yaml:"title"`
	Use      string   `json:"use,omitempty" yaml:"use"`
	Levels   []string `json:"levels" yaml:"levels"`
	Bought   []string `json:"bought,omitempty" yaml:"bought"`
	Evidence []string `json:"evidence,omitempty" yaml:"evidence"`
}

// For says whether a theme is about one kind of service.
func (t Theme) For(use string) bool {
	switch t.Use {
	case "":
		return use == Internal
	case Both:
		return true
	}
	return t.Use == use
}

// Words are what one would see at each level of one kind of service.
func (t Theme) Words(use string) []string {
	if use == Procured {
		return t.Bought
	}
	return t.Levels
}

// Counts is what counts as evidence at a level; "" where nobody says.
func (t Theme) Counts(level int) string { return at(t.Evidence, level) }

func at(list []string, level int) string {
	if level < 1 || level > len(list) {
		return ""
	}
	return list[level-1]
}

// Find finds a theme by its code.
func Find(all []Theme, code string) (Theme, bool) {
	if i := slices.IndexFunc(all, func(t Theme) bool { return t.Code == code }); i >= 0 {
		return all[i], true
	}
	return Theme{}, false
}

// For lists the themes that are about one kind of service.
func For(all []Theme, use string) []Theme {
	return slices.DeleteFunc(slices.Clone(all), func(t Theme) bool { return !t.For(use) })
}

// Reason is why a theme was changed.
type Reason struct {
	Theme string `json:"theme"`
	Why   string `json:"why"`
}

// Version is one that was published. Ours has no id and no host.
type Version struct {
	ID, Host  uuid.UUID
	HostName  string
	Number    int
	Name      string
	Source    string
	Effective civil.Date
	Summary   string // what changed, in a few sentences
	Themes    []Theme
	Reasons   []Reason
}

// Why is the reason for a change of a theme; "" where none was needed.
func (v Version) Why(theme string) string {
	for _, r := range v.Reasons {
		if r.Theme == theme {
			return r.Why
		}
	}
	return ""
}

// InForce is the newest version whose day has come.
func InForce(all []Version, today civil.Date) (v Version, ok bool) {
	for _, x := range all {
		if !x.Effective.After(today) && (!ok || x.Number > v.Number) {
			v, ok = x, true
		}
	}
	return v, ok
}

// Superseded says that a later version is in force.
func (v Version) Superseded(all []Version, today civil.Date) bool {
	now, ok := InForce(all, today)
	return ok && now.Number > v.Number
}

// Gap is a text that a theme lacks.
type Gap struct {
	Theme, Title string
	Level        int
	What         string // internal, procured or evidence
}

// Gaps lists what has to be written before others can judge or use the themes. The lowest level needs no evidence: nothing is there.
func Gaps(all []Theme) (out []Gap) {
	for _, t := range all {
		for n := 1; n <= Levels; n++ {
			for _, what := range []string{Internal, Procured} {
				if t.For(what) && at(t.Words(what), n) == "" {
					out = append(out, Gap{t.Code, t.Title, n, what})
				}
			}
			if n > 1 && t.Counts(n) == "" {
				out = append(out, Gap{t.Code, t.Title, n, "evidence"})
			}
		}
	}
	return out
}

// CheckTheme says what is wrong with the head of a theme.
func CheckTheme(title, use string) (f fault.Fields) {
	f.Text("title", "framework.title.empty", title, LongestTitle)
	if !slices.Contains(Uses, use) {
		f.Add("use", "framework.use.empty")
	}
	return f
}

// CheckLevel says what is wrong with the texts of one level of a theme.
func CheckLevel(t Theme, level int, internal, procured, evidence string) (f fault.Fields) {
	if t.For(Internal) {
		f.Text("internal", "framework.internal.empty", internal, LongestLevel)
	}
	if t.For(Procured) {
		f.Text("procured", "framework.procured.empty", procured, LongestLevel)
	}
	if level > 1 {
		f.Text("evidence", "framework.evidence.empty", evidence, LongestLevel)
	} else {
		f.Long("evidence", evidence, LongestLevel)
	}
	return f
}

// With gives a theme the texts of a level; what it is not about has none.
func (t Theme) With(level int, internal, procured, evidence string) Theme {
	set := func(list []string, words string) []string {
		out := make([]string, Levels)
		copy(out, list)
		out[level-1] = words
		return out
	}
	if t.For(Internal) {
		t.Levels = set(t.Levels, internal)
	}
	if t.For(Procured) {
		t.Bought = set(t.Bought, procured)
	}
	t.Evidence = set(t.Evidence, evidence)
	return t
}

// Named gives a theme another title and use. What it is no longer about loses its words.
func (t Theme) Named(title, use string) Theme {
	t.Title, t.Use = title, use
	if !t.For(Internal) {
		t.Levels = nil
	}
	if !t.For(Procured) {
		t.Bought = nil
	}
	return t
}

// Put replaces the theme of the same code, or adds it at the end.
func Put(all []Theme, t Theme) []Theme {
	out := slices.Clone(all)
	if i := slices.IndexFunc(out, func(x Theme) bool { return x.Code == t.Code }); i >= 0 {
		out[i] = t
		return out
	}
	return append(out, t)
}

// NextCode is the code of a theme that is added: the first of M01, M02 and so on that nobody has used, in this version or before it.
func NextCode(ever ...[]Theme) string {
	for n := 1; ; n++ {
		code := fmt.Sprintf("M%02d", n)
		if !slices.ContainsFunc(ever, func(all []Theme) bool { _, there := Find(all, code); return there }) {
			return code
		}
	}
}

// Parse reads themes as they are stored.
func Parse(text []byte) (out []Theme, err error) {
	if err = json.Unmarshal(text, &out); err != nil {
		return nil, fmt.Errorf("read themes: %w", err)
	}
	return out, nil
}

// Load reads and checks content/packs/maturity.yaml: version 1.
func Load(from fs.FS) (Version, error) {
	var p struct {
		Version       int        `yaml:"version"`
		EffectiveFrom civil.Date `yaml:"effective_from"`
		Name          string     `yaml:"name"`
		Source        string     `yaml:"source"`
		Mark          string     `yaml:"mark"`
		Themes        []Theme    `yaml:"themes"`
	}
	if err := pack.Read(from, "maturity", &p); err != nil {
		return Version{}, err
	}
	if p.Version < 1 || p.Name == "" || p.Mark == "" || len(p.Themes) == 0 {
		return Version{}, fmt.Errorf("maturity pack: version, name, mark or themes are missing")
	}
	seen := map[string]bool{"": true}
	for _, t := range p.Themes {
		if seen[t.Code] || t.Title == "" || t.Use == "" {
			return Version{}, fmt.Errorf("maturity pack: theme %q is there twice or lacks something", t.Code)
		}
		seen[t.Code] = true
	}
	if gaps := Gaps(p.Themes); len(gaps) > 0 {
		return Version{}, fmt.Errorf("maturity pack: theme %s lacks its words for level %d (%s)", gaps[0].Theme, gaps[0].Level, gaps[0].What)
	}
	return Version{Number: p.Version, Name: p.Name, Source: p.Source, Effective: p.EffectiveFrom, Themes: p.Themes}, nil
}

// Ours is version 1.
var Ours = pack.Once(Load)
