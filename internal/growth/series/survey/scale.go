package survey

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Scales is the pack of headlines.
type Scales struct {
	Version       int     `yaml:"version"`
	EffectiveFrom string  `yaml:"effective_from"`
	Source        string  `yaml:"source"`
	Scales        []Scale `yaml:"scales"`
}

// Scale says which answers make a headline.
type Scale struct {
	ID       string   `yaml:"id"`
	Mark     string   `yaml:"mark"`
	Headline []string `yaml:"headline"`
}

// LoadScales reads and checks content/packs/survey-scales.yaml.
func LoadScales(content fs.FS) (Scales, error) {
	var s Scales
	if err := pack.Read(content, "survey-scales", &s); err != nil {
		return Scales{}, err
	}
	for _, x := range s.Scales {
		if x.ID == "" || x.Mark == "" || len(x.Headline) == 0 {
			return Scales{}, fmt.Errorf("survey scale %q lacks something", x.ID)
		}
	}
	return s, nil
}

// of finds the scale of a question by its answers.
func (s Scales) of(answers []string) (Scale, bool) {
	for _, x := range s.Scales {
		if !slices.ContainsFunc(x.Headline, func(h string) bool { return !x.has(answers, h) }) {
			return x, true
		}
	}
	return Scale{}, false
}

func (Scale) has(answers []string, one string) bool {
	return slices.ContainsFunc(answers, func(a string) bool { return strings.EqualFold(a, one) })
}
