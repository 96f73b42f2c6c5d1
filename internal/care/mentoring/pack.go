package mentoring

import (
	"fmt"
	"io/fs"
	"sync"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Pack is content/packs/mentoring.yaml.
type Pack struct {
	Version       int      `yaml:"version"`
	EffectiveFrom string   `yaml:"effective_from"`
	Source        string   `yaml:"source"`
	Mark          string   `yaml:"mark"`
	Verified      string   `yaml:"verified"`
	MostPlaces    int      `yaml:"most_places"`
	Near          int      `yaml:"near_days"`
	Quiet         int      `yaml:"quiet_days"`
	Help          int      `yaml:"help_days"`
	Interests     []string `yaml:"interests"`
	Thanks        []string `yaml:"thanks"`
}

// Lists is the pack that comes with the program; its test reads it, so a release with a bad one does not exist.
var Lists = sync.OnceValue(func() Pack {
	p, err := LoadPack(content.FS)
	if err != nil {
		panic(err)
	}
	return p
})

// tablePlaces is how many places the table allows.
const tablePlaces = 5

// LoadPack reads and checks the pack.
func LoadPack(from fs.FS) (p Pack, err error) {
	if err := pack.Read(from, "mentoring", &p); err != nil {
		return p, err
	}
	return p, p.check()
}

func (p Pack) check() error {
	for name, n := range map[string]int{"near_days": p.Near, "quiet_days": p.Quiet, "help_days": p.Help, "interests": len(p.Interests), "thanks": len(p.Thanks)} {
		if n < 1 {
			return fmt.Errorf("mentoring: %s is missing", name)
		}
	}
	if p.Mark == "" || p.MostPlaces < 1 || p.MostPlaces > tablePlaces {
		return fmt.Errorf("mentoring: the mark is missing, or most_places is not 1 to %d", tablePlaces)
	}
	seen := map[string]bool{}
	for _, code := range append(append([]string{}, p.Interests...), p.Thanks...) {
		if code == "" || seen[code] {
			return fmt.Errorf("mentoring: code %q is empty or there twice", code)
		}
		seen[code] = true
	}
	return nil
}
