package adjustment

import (
	"fmt"
	"io/fs"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Pack is content/packs/passport.yaml.
type Pack struct {
	Version       int      `yaml:"version"`
	EffectiveFrom string   `yaml:"effective_from"`
	Source        string   `yaml:"source"`
	Mark          string   `yaml:"mark"`
	Verified      string   `yaml:"verified"`
	Adjustments   []string `yaml:"adjustments"`
	Reasons       []string `yaml:"reasons"`
	Answer        int      `yaml:"answer_days"`
	Review        int      `yaml:"review_months"`
	Begin         int      `yaml:"begin_months"`
	Weeks         []int    `yaml:"follow_weeks"`
	Follow        int      `yaml:"follow_days"`
}

// Lists is the pack that comes with the program; its test reads it, so a release with a bad one does not exist.
var Lists = pack.Once(LoadPack)

// LoadPack reads and checks the pack.
func LoadPack(from fs.FS) (p Pack, err error) {
	if err := pack.Read(from, "passport", &p); err != nil {
		return p, err
	}
	for name, n := range map[string]int{"version": p.Version, "answer_days": p.Answer, "review_months": p.Review, "begin_months": p.Begin, "follow_days": p.Follow} {
		if n < 1 {
			return p, fmt.Errorf("passport: %s is missing", name)
		}
	}
	if p.Source == "" || p.Mark == "" || len(p.Adjustments) == 0 || len(p.Reasons) == 0 || len(p.Weeks) == 0 {
		return p, fmt.Errorf("passport: source, mark or a list is missing")
	}
	return p, nil
}
