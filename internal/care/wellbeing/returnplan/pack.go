package returnplan

import (
	"fmt"
	"io/fs"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Pack is content/packs/return-plan.yaml, with the usual steps of adjustments.yaml.
type Pack struct {
	Version       int      `yaml:"version"`
	EffectiveFrom string   `yaml:"effective_from"`
	Source        string   `yaml:"source"`
	Mark          string   `yaml:"mark"`
	Verified      string   `yaml:"verified"`
	Reasons       []string `yaml:"reasons"`
	Begin         int      `yaml:"begin_days"`
	Past          int      `yaml:"past_days"`
	Usual         []int    `yaml:"phased_return"` // percent of the contract, week by week
}

// Lists is the pack that comes with the program; its test reads it, so a release with a bad one does not exist.
var Lists = sync.OnceValue(func() Pack {
	p, err := LoadPack(content.FS)
	if err != nil {
		panic(err)
	}
	return p
})

// LoadPack reads and checks the pack.
func LoadPack(from fs.FS) (p Pack, err error) {
	for _, name := range []string{"packs/adjustments.yaml", "packs/return-plan.yaml"} { // the second says what the pack is
		text, err := fs.ReadFile(from, name)
		if err == nil {
			err = yaml.Unmarshal(text, &p)
		}
		if err != nil {
			return p, fmt.Errorf("load return plan: %w", err)
		}
	}
	if _, err := civil.Parse(p.EffectiveFrom); err != nil || p.Version < 1 || p.Source == "" || p.Mark == "" || len(p.Reasons) == 0 || p.Begin < 1 || p.Past < 1 {
		return p, fmt.Errorf("return plan: version, date, source, mark, days or reasons are missing")
	}
	if n := len(p.Usual); n == 0 || p.Usual[n-1] != 100 {
		return p, fmt.Errorf("return plan: the usual steps do not end at the contract")
	}
	return p, nil
}
