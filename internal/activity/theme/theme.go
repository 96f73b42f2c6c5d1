// Package theme is the coded list of what comments are about (content/packs/feedback-themes.yaml). The service marks comments with
// it, growth reads how often each was marked; both know it from here, as neither knows the other.
package theme

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// The tones of a comment: what went well, what could be better, some of both.
const (
	Well   = "well"
	Better = "better"
	Mixed  = "mixed"
)

// Tones lists them in the order of the form.
var Tones = []string{Well, Better, Mixed}

// Pack is the dated list.
type Pack struct {
	Version       int    `yaml:"version"`
	EffectiveFrom string `yaml:"effective_from"`
	Source        string `yaml:"source"`
	Mark          string `yaml:"mark"`
	Verified      string `yaml:"verified"`
	Most          int    `yaml:"most"`
	Review        int    `yaml:"review_months"`
	Themes        []struct {
		Code    string `yaml:"code"`
		Retired bool   `yaml:"retired"`
	} `yaml:"themes"`
}

// Codes lists what can be marked today, in the order of the pack.
func (p Pack) Codes() (out []string) {
	for _, x := range p.Themes {
		if !x.Retired {
			out = append(out, x.Code)
		}
	}
	return out
}

// Every lists those that were ever marked, so that an old reading keeps its words.
func (p Pack) Every() (out []string) {
	for _, x := range p.Themes {
		out = append(out, x.Code)
	}
	return out
}

// Knows says whether a code can be marked today.
func (p Pack) Knows(code string) bool { return slices.Contains(p.Codes(), code) }

// List is the pack that comes with the program; its test reads it, so a release with a bad one does not exist.
var List = pack.Once(Load)

// Load reads and checks the pack.
func Load(from fs.FS) (p Pack, err error) {
	if err := pack.Read(from, "feedback-themes", &p); err != nil {
		return p, err
	}
	return p, p.check()
}

func (p Pack) check() error {
	if p.Version < 1 || p.EffectiveFrom == "" || p.Source == "" || p.Mark == "" || p.Most < 1 || p.Review < 1 || len(p.Codes()) == 0 {
		return fmt.Errorf("feedback-themes: version, date, source, mark, numbers or themes are missing")
	}
	seen := map[string]bool{}
	for _, x := range p.Themes {
		if x.Code == "" || seen[x.Code] {
			return fmt.Errorf("feedback-themes: theme %q is empty or there twice", x.Code)
		}
		seen[x.Code] = true
	}
	return nil
}
