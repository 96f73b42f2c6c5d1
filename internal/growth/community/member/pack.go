package member

import (
	"fmt"
	"io/fs"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Pack is content/packs/community.yaml.
type Pack struct {
	StrongFrom  int      `yaml:"strong_from"`
	SeeksTo     int      `yaml:"seeks_to"`
	ConfirmDays int      `yaml:"confirm_days"`
	Professions []string `yaml:"professions"`
	Skills      []string `yaml:"skills"`
	Interests   []string `yaml:"interests"`
}

// Lists is the pack that comes with the program.
var Lists = pack.Once(LoadPack)

// LoadPack reads and checks the pack.
func LoadPack(from fs.FS) (p Pack, err error) {
	if err := pack.Read(from, "community", &p); err != nil {
		return p, err
	}
	return p, p.check()
}

func (p Pack) check() error {
	if p.SeeksTo < 1 || p.StrongFrom <= p.SeeksTo || p.StrongFrom > 100 || p.ConfirmDays < 1 {
		return fmt.Errorf("community: strong_from %d, seeks_to %d or confirm_days %d cannot be", p.StrongFrom, p.SeeksTo, p.ConfirmDays)
	}
	for name, list := range map[string][]string{"professions": p.Professions, "skills": p.Skills, "interests": p.Interests} {
		seen := map[string]bool{}
		for _, code := range list {
			if code == "" || seen[code] {
				return fmt.Errorf("community: %s has %q twice, or one that is empty", name, code)
			}
			seen[code] = true
		}
		if len(list) == 0 {
			return fmt.Errorf("community: there are no %s", name)
		}
	}
	return nil
}
