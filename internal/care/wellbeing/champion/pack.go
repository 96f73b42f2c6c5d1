package champion

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Counted is something that a champion counts.
type Counted struct {
	Code    string `yaml:"code"`
	Special bool   `yaml:"special"` // says something about health
}

// Topic is how the sum of it is shown.
func (c Counted) Topic() disclosure.Topic {
	if c.Special {
		return disclosure.Special
	}
	return disclosure.General
}

// few says whether a sum is of too few champions to be shown, however large it is: of one alone it would be their own number, and of
// two each would know the other's.
func (p Pack) few(code string, champions int) bool {
	i := slices.IndexFunc(p.Counts, func(c Counted) bool { return c.Code == code })
	return i < 0 || champions < p.Counts[i].Topic().Rule().Threshold
}

// Pack is content/packs/champions.yaml.
type Pack struct {
	Version       int       `yaml:"version"`
	EffectiveFrom string    `yaml:"effective_from"`
	Source        string    `yaml:"source"`
	Mark          string    `yaml:"mark"`
	Verified      string    `yaml:"verified"`
	Refresher     int       `yaml:"refresher_months"`
	Soon          int       `yaml:"soon_days"`
	UsualHours    int       `yaml:"usual_hours"`
	PeoplePerOne  int       `yaml:"people_per_champion"`
	SmallTeam     int       `yaml:"small_team"`
	LinkDays      int       `yaml:"link_days"`
	Counts        []Counted `yaml:"counts"`
}

// Codes lists what is counted, in the order of the pack.
func (p Pack) Codes() (out []string) {
	for _, c := range p.Counts {
		out = append(out, c.Code)
	}
	return out
}

// Lists is the pack that comes with the program; its test reads it, so a release with a bad one does not exist.
var Lists = pack.Once(LoadPack)

// LoadPack reads and checks the pack.
func LoadPack(from fs.FS) (p Pack, err error) {
	if err := pack.Read(from, "champions", &p); err != nil {
		return p, err
	}
	return p, p.check()
}

func (p Pack) check() error {
	for name, n := range map[string]int{"version": p.Version, "refresher_months": p.Refresher, "soon_days": p.Soon, "usual_hours": p.UsualHours, "people_per_champion": p.PeoplePerOne, "small_team": p.SmallTeam, "link_days": p.LinkDays} {
		if n < 1 {
			return fmt.Errorf("champions: %s is missing", name)
		}
	}
	if p.Source == "" || p.Mark == "" || p.UsualHours > MostHours || len(p.Counts) == 0 {
		return fmt.Errorf("champions: source, mark or counts are missing, or the usual hours are more than %d", MostHours)
	}
	seen := map[string]bool{}
	for _, c := range p.Counts {
		if c.Code == "" || seen[c.Code] {
			return fmt.Errorf("champions: count %q is empty or there twice", c.Code)
		}
		seen[c.Code] = true
	}
	return nil
}
