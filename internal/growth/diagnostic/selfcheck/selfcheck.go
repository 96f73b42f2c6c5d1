// Package selfcheck is where an organisation starts: how far it is with each call to action of its audience (position,
// evidence, next step with a date and the post that owns it), and the guided route from sponsorship to evaluation as a
// task list with templates.
//
// Calls and steps are packs (content/packs/calls-to-action.yaml, route.yaml), in our words. Evidence is text, a link, or a
// figure cited as it stood. Nobody is named: an owner is a post.
package selfcheck

import (
	"fmt"
	"io/fs"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// The permissions of the slice.
const (
	Read  access.Permission = "selfcheck.read"
	Write access.Permission = "selfcheck.write"
)

var anyOne = []access.Relation{access.Any}

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D0, Purpose: "See how far the organisation is with the calls to action", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne, access.Guardian: anyOne, access.Executive: anyOne,
	}},
	{Permission: Write, Wall: access.Growth, Data: access.D0, Purpose: "Say how far the organisation is with the calls to action", Allow: map[access.Role][]access.Relation{
		access.Lead: anyOne,
	}},
}

// Audience is whom a list of calls is for.
type Audience struct {
	Code  string `yaml:"code"`
	Title string `yaml:"title"`
	Calls []Call `yaml:"calls"`
}

// Call is one thing that is asked.
type Call struct {
	Code string `yaml:"code"`
	Text string `yaml:"text"`
}

// Step is one of the guided route.
type Step struct {
	Code     string `yaml:"code"`
	Title    string `yaml:"title"`
	Text     string `yaml:"text"`
	Link     string `yaml:"link"` // where in Rowan it is done
	Template string `yaml:"template"`
}

// Pack is both lists.
type Pack struct {
	Version       int        `yaml:"version"`
	EffectiveFrom string     `yaml:"effective_from"`
	Source        string     `yaml:"source"`
	Verified      string     `yaml:"verified"`
	Audiences     []Audience `yaml:"audiences"`
	Steps         []Step     `yaml:"steps"`
}

// LoadPack reads and checks a pack.
func LoadPack(content fs.FS, name string) (Pack, error) {
	var p Pack
	if err := pack.Read(content, name, &p); err != nil {
		return p, err
	}
	seen := map[string]bool{"": true}
	for _, a := range p.Audiences {
		for _, c := range a.Calls {
			if seen[c.Code] || c.Text == "" {
				return p, fmt.Errorf("%s: call %q is there twice or empty", name, c.Code)
			}
			seen[c.Code] = true
		}
	}
	for _, s := range p.Steps {
		if seen[s.Code] || s.Title == "" || s.Text == "" || s.Link == "" || s.Template == "" {
			return p, fmt.Errorf("%s: step %q is there twice or lacks something", name, s.Code)
		}
		seen[s.Code] = true
	}
	if p.Verified == "" {
		return p, fmt.Errorf("%s: verified is missing", name)
	}
	return p, nil
}
