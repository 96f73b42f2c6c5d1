package conversation

import (
	"fmt"
	"io/fs"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Pack is content/packs/conversations.yaml.
type Pack struct {
	Version       int      `yaml:"version"`
	EffectiveFrom string   `yaml:"effective_from"`
	Source        string   `yaml:"source"`
	Mark          string   `yaml:"mark"`
	Verified      string   `yaml:"verified"`
	Every         int      `yaml:"every_months"`
	First         int      `yaml:"first_months"`
	Declined      int      `yaml:"declined_months"`
	Answer        int      `yaml:"answer_days"`
	Soon          int      `yaml:"soon_days"`
	Read          Read     `yaml:"read"`
	With          []string `yaml:"with"`
	Actions       []string `yaml:"actions"`
	Signposts     []string `yaml:"signposts"`
}

// Read is how far back a manager reads, and can record, in months. Row security has the same number.
type Read struct {
	Months        int    `yaml:"months"`
	EffectiveFrom string `yaml:"effective_from"`
	Source        string `yaml:"source"`
}

// from is the first day of the rule.
func (p Pack) from() civil.Date {
	d, err := civil.Parse(p.EffectiveFrom)
	if err != nil {
		return civil.Date{} // LoadPack refuses such a pack
	}
	return d
}

// Lists is the pack that comes with the program; its test reads it, so a release with a bad one does not exist.
var Lists = pack.Once(LoadPack)

// LoadPack reads and checks the pack.
func LoadPack(from fs.FS) (p Pack, err error) {
	if err := pack.Read(from, "conversations", &p); err != nil {
		return p, err
	}
	if _, err := civil.Parse(p.Read.EffectiveFrom); err != nil {
		return p, fmt.Errorf("conversations: what a manager reads back: %w", err)
	}
	return p, p.check()
}

func (p Pack) check() error {
	for name, n := range map[string]int{"version": p.Version, "every_months": p.Every, "first_months": p.First, "declined_months": p.Declined, "answer_days": p.Answer, "soon_days": p.Soon} {
		if n < 1 {
			return fmt.Errorf("conversations: %s is missing", name)
		}
	}
	if p.Read.Months < 2*p.Every || p.Read.Source == "" {
		return fmt.Errorf("conversations: what a manager reads back is without a source, or does not reach to the one before the last")
	}
	if p.Source == "" || p.Mark == "" || len(p.With) == 0 || len(p.Actions) == 0 || len(p.Signposts) == 0 {
		return fmt.Errorf("conversations: source, mark or a list is missing")
	}
	return nil
}
