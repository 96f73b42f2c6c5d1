package maturity

import (
	"fmt"
	"io/fs"
	"time"

	"gopkg.in/yaml.v3"
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
	text, err := fs.ReadFile(content, "packs/maturity.yaml")
	if err == nil {
		err = yaml.Unmarshal(text, &p)
	}
	if err == nil {
		_, err = time.Parse(time.DateOnly, p.EffectiveFrom)
	}
	if err != nil {
		return Framework{}, fmt.Errorf("load maturity pack: %w", err)
	}
	if p.Version < 1 || p.Name == "" || p.Source == "" || p.Mark == "" || len(p.Themes) == 0 {
		return Framework{}, fmt.Errorf("maturity pack: version, name, source, mark or themes are missing")
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
