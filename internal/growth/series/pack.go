package series

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Pack is the suggested measures.
type Pack struct {
	Version       int    `yaml:"version"`
	EffectiveFrom string `yaml:"effective_from"`
	Source        string `yaml:"source"`
	Measures      []struct {
		seriesfile.Definition `yaml:",inline"`
		Mark                  string `yaml:"mark"`
	} `yaml:"measures"`
}

// LoadPack reads and checks content/packs/measures.yaml.
func LoadPack(content fs.FS) (Pack, error) {
	var p Pack
	if err := pack.Read(content, "measures", &p); err != nil {
		return Pack{}, err
	}
	seen := map[string]bool{}
	for _, m := range p.Measures {
		whole := m.Code != "" && m.Title != "" && m.Counts != "" && m.Source != "" && slices.Contains([]string{"V", "V2", "M", "D"}, m.Mark) &&
			slices.Contains([]spc.Direction{spc.Increase, spc.Decrease, spc.Neutral}, spc.Direction(m.Direction)) &&
			slices.Contains([]string{"month", "quarter", "year", "financial_year"}, m.Frequency) && slices.Contains([]string{"general", "special", "none"}, m.Control)
		if !whole || seen[m.Code] {
			return Pack{}, fmt.Errorf("measure %q is there twice or lacks something", m.Code)
		}
		seen[m.Code] = true
	}
	return p, nil
}

func (p Pack) find(code string) (seriesfile.Definition, bool) {
	for _, m := range p.Measures {
		if m.Code == code {
			return m.Definition, true
		}
	}
	return seriesfile.Definition{}, false
}
