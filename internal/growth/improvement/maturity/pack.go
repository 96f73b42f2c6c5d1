package maturity

import (
	"fmt"
	"io/fs"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// LoadPack reads and checks content/packs/maturity.yaml.
func LoadPack(content fs.FS) (Framework, error) {
	var p struct {
		Version       int     `yaml:"version"`
		EffectiveFrom string  `yaml:"effective_from"`
		Name          string  `yaml:"name"`
		Source        string  `yaml:"source"`
		Mark          string  `yaml:"mark"`
		Themes        []Theme `yaml:"themes"`
	}
	if err := pack.Read(content, "maturity", &p); err != nil {
		return Framework{}, err
	}
	if p.Name == "" || p.Mark == "" || len(p.Themes) == 0 {
		return Framework{}, fmt.Errorf("maturity pack: name, mark or themes are missing")
	}
	seen := map[string]bool{"": true}
	for _, t := range p.Themes {
		if seen[t.Code] || t.Title == "" || len(t.Levels) != Levels {
			return Framework{}, fmt.Errorf("maturity pack: theme %q is there twice or lacks something", t.Code)
		}
		seen[t.Code] = true
	}
	return Framework{Key: Ours, Name: p.Name, Source: p.Source, Themes: p.Themes}, nil
}
