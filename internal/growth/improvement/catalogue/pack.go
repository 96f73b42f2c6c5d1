package catalogue

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Intervention is something that occupational health can do.
type Intervention struct {
	Code     string   `yaml:"code"`
	Name     string   `yaml:"name"`
	Classes  []string `yaml:"classes"`
	What     string   `yaml:"what"`
	Whom     string   `yaml:"whom"`
	Evidence string   `yaml:"evidence"`
	Basis    string   `yaml:"basis"` // what the grade of evidence rests on
	Measures []string `yaml:"measures"`
}

// Pack is the catalogue.
type Pack struct {
	Version       int            `yaml:"version"`
	EffectiveFrom string         `yaml:"effective_from"`
	Source        string         `yaml:"source"`
	Mark          string         `yaml:"mark"`
	Interventions []Intervention `yaml:"interventions"`
}

var grades = []string{"required", "good", "some", "little"}

// LoadPack reads and checks content/packs/catalogue.yaml.
func LoadPack(content fs.FS) (Pack, error) {
	var p Pack
	if err := pack.Read(content, "catalogue", &p); err != nil {
		return p, err
	}
	if p.Mark == "" {
		return p, fmt.Errorf("catalogue: mark is missing")
	}
	for i, x := range p.Interventions {
		if want := fmt.Sprintf("I%02d", i+1); x.Code != want {
			return p, fmt.Errorf("catalogue: %q stands where %s should", x.Code, want)
		}
		if x.Name == "" || x.What == "" || x.Whom == "" || x.Basis == "" || len(x.Measures) == 0 || len(x.Classes) == 0 || !slices.Contains(grades, x.Evidence) {
			return p, fmt.Errorf("catalogue: %s lacks something", x.Code)
		}
		for _, c := range x.Classes {
			if !slices.Contains(improvement.Classes, c) {
				return p, fmt.Errorf("catalogue: %s has class %q", x.Code, c)
			}
		}
	}
	return p, nil
}

// Find gives one intervention.
func (p Pack) Find(code string) (Intervention, bool) {
	for _, x := range p.Interventions {
		if x.Code == code {
			return x, true
		}
	}
	return Intervention{}, false
}

// Of lists the interventions of a class; of all if it is none of the three.
func (p Pack) Of(class string) []Intervention {
	if !slices.Contains(improvement.Classes, class) {
		return p.Interventions
	}
	var out []Intervention
	for _, x := range p.Interventions {
		if slices.Contains(x.Classes, class) {
			out = append(out, x)
		}
	}
	return out
}
