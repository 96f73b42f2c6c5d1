package strategy

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Element is one of the seven of the framework, with its sub-sections.
type Element struct {
	Code        string   `yaml:"code"`
	Subsections []string `yaml:"subsections"`
}

// Pack is what a plan is sorted by.
type Pack struct {
	Version         int       `yaml:"version"`
	EffectiveFrom   string    `yaml:"effective_from"`
	Source          string    `yaml:"source"`
	Drivers         []string  `yaml:"drivers"`
	Elements        []Element `yaml:"elements"`
	Horizons        []string  `yaml:"horizons"`
	Classes         []string  `yaml:"classes"`
	Characteristics struct {
		Law   []string `yaml:"law"`
		Local []string `yaml:"local"`
	} `yaml:"characteristics"`
}

// LoadPack reads and checks content/packs/strategy.yaml.
func LoadPack(content fs.FS) (Pack, error) {
	var p Pack
	if err := pack.Read(content, "strategy", &p); err != nil {
		return Pack{}, err
	}
	for name, codes := range map[string][]string{"drivers": p.Drivers, "elements": p.ElementCodes(), "sub-sections": p.Subsections(), "horizons": p.Horizons,
		"classes": p.Classes, "characteristics": p.AllCharacteristics()} {
		sorted := slices.Sorted(slices.Values(codes))
		if len(codes) == 0 || len(slices.Compact(sorted)) < len(codes) || sorted[0] == "" {
			return Pack{}, fmt.Errorf("strategy pack: %s are missing, empty or there twice", name)
		}
	}
	return p, nil
}

// ElementCodes lists the elements.
func (p Pack) ElementCodes() (out []string) {
	for _, e := range p.Elements {
		out = append(out, e.Code)
	}
	return out
}

// Subsections lists the sub-sections of all elements.
func (p Pack) Subsections() (out []string) {
	for _, e := range p.Elements {
		out = append(out, e.Subsections...)
	}
	return out
}

// AllCharacteristics lists what equality impact is asked about: first those in law, then the local additions.
func (p Pack) AllCharacteristics() []string {
	return slices.Concat(p.Characteristics.Law, p.Characteristics.Local)
}
