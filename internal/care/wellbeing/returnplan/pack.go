package returnplan

import (
	"fmt"
	"io/fs"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
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
var Lists = pack.Once(LoadPack)

// LoadPack reads and checks the pack.
func LoadPack(from fs.FS) (p Pack, err error) {
	for _, name := range []string{"adjustments", "return-plan"} { // the second says what the pack is
		if err := pack.Read(from, name, &p); err != nil {
			return p, err
		}
	}
	if p.Mark == "" || len(p.Reasons) == 0 || p.Begin < 1 || p.Past < 1 {
		return p, fmt.Errorf("return plan: mark, days or reasons are missing")
	}
	if n := len(p.Usual); n == 0 || p.Usual[n-1] != 100 {
		return p, fmt.Errorf("return plan: the usual steps do not end at the contract")
	}
	return p, nil
}
