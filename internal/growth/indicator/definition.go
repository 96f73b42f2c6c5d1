package indicator

import (
	"fmt"
	"io/fs"
	"slices"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// Kind says how an indicator is computed.
type Kind string

// The kinds; the pack explains them.
const (
	KindCount    Kind = "count"
	KindQuantile Kind = "quantile"
	KindWithin   Kind = "within"
	KindRate     Kind = "rate"
	KindScore    Kind = "score"
)

// Definition is an indicator as the pack defines it.
type Definition struct {
	ID        string           `yaml:"id"`
	Version   int              `yaml:"version"`
	Kind      Kind             `yaml:"kind"`
	Direction spc.Direction    `yaml:"direction"`
	Unit      string           `yaml:"unit"` // words under indicator.unit
	Decimals  int              `yaml:"decimals"`
	Target    *float64         `yaml:"target"`
	Measure   activity.Measure `yaml:"measure"`  // quantile, within
	P         float64          `yaml:"p"`        // quantile
	Question  string           `yaml:"question"` // score
	Events    []activity.Kind  `yaml:"events"`   // count, rate: what is counted
	Without   []string         `yaml:"without"`  // outcomes of Events that do not count
	Only      []string         `yaml:"only"`     // outcomes of Events that alone count
	Of        []activity.Kind  `yaml:"of"`       // rate: counted in the denominator besides Events
}

// Clocked says whether the two clocks make a difference.
func (d Definition) Clocked() bool { return d.Measure != "" }

// Pack is the list of indicators with where it comes from.
type Pack struct {
	Version       int          `yaml:"version"`
	EffectiveFrom string       `yaml:"effective_from"`
	Source        string       `yaml:"source"`
	Indicators    []Definition `yaml:"indicators"`
}

// LoadPack reads and checks content/packs/indicators.yaml.
func LoadPack(content fs.FS) (Pack, error) {
	var p Pack
	text, err := fs.ReadFile(content, "packs/indicators.yaml")
	if err == nil {
		err = yaml.Unmarshal(text, &p)
	}
	if err != nil {
		return Pack{}, fmt.Errorf("load indicators: %w", err)
	}
	if _, err := time.Parse(time.DateOnly, p.EffectiveFrom); err != nil {
		return Pack{}, fmt.Errorf("indicators: %w", err)
	}
	seen := map[string]bool{}
	for _, d := range p.Indicators {
		if seen[d.ID] {
			return Pack{}, fmt.Errorf("indicator %s is there twice", d.ID)
		}
		seen[d.ID] = true
		if err := d.check(); err != nil {
			return Pack{}, fmt.Errorf("indicator %s: %w", d.ID, err)
		}
	}
	return p, nil
}

func (d Definition) check() error {
	whole := map[Kind]bool{
		KindCount:    len(d.Events) > 0,
		KindQuantile: d.Measure != "" && d.P > 0 && d.P < 1,
		KindWithin:   d.Measure != "",
		KindRate:     len(d.Events) > 0 && len(d.Of) > 0,
		KindScore:    d.Question != "",
	}
	switch {
	case !whole[d.Kind]:
		return fmt.Errorf("kind %q is not known or lacks something", d.Kind)
	case !slices.Contains([]spc.Direction{spc.Increase, spc.Decrease, spc.Neutral}, d.Direction):
		return fmt.Errorf("direction %q is not known", d.Direction)
	case d.Version < 1 || d.Unit == "":
		return fmt.Errorf("it has no version or no unit")
	}
	return nil
}

// Find gives one indicator.
func (p Pack) Find(id string) (Definition, bool) {
	i := slices.IndexFunc(p.Indicators, func(d Definition) bool { return d.ID == id })
	if i < 0 {
		return Definition{}, false
	}
	return p.Indicators[i], true
}
