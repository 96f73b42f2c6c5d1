package forecast

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Confidence is a word for how sure somebody is, and the percentage it stands for.
type Confidence struct {
	Code    string `yaml:"code"`
	Percent int    `yaml:"percent"`
}

// Arrow is a step of the value chain.
type Arrow struct {
	ID       string `yaml:"id"`
	From     string `yaml:"from"`
	To       string `yaml:"to"`
	Says     string `yaml:"says"`     // what one does to the other
	Measure  string `yaml:"measure"`  // what one would look at, in words
	Figure   string `yaml:"figure"`   // "kind/name" of the live figure; "" where we have none
	Source   string `yaml:"source"`   // where the claim comes from
	Strength string `yaml:"strength"` // strong | moderate | weak | assumed
	Mark     string `yaml:"mark"`     // how far the source was verified: V, V2, M, D
}

// Ref is the live figure.
func (a Arrow) Ref() (figure.Ref, bool) { return figure.ParseRef(a.Figure) }

type packs struct {
	Confidence []Confidence `yaml:"confidence"`
	Arrows     []Arrow      `yaml:"arrows"`
}

func loadPacks(content fs.FS) (p packs, err error) {
	for _, name := range []string{"forecast", "value-chain"} {
		if err := pack.Read(content, name, &p); err != nil {
			return p, err
		}
	}
	for i, c := range p.Confidence {
		if c.Code == "" || c.Percent < 1 || c.Percent > 99 || i > 0 && c.Percent <= p.Confidence[i-1].Percent {
			return p, fmt.Errorf("confidence %q: percentages rise from 1 to 99", c.Code)
		}
	}
	seen := map[string]bool{}
	for _, a := range p.Arrows {
		_, isRef := a.Ref()
		switch {
		case a.ID == "" || seen[a.ID]:
			return p, fmt.Errorf("arrow %q has no id of its own", a.ID)
		case a.From == "" || a.To == "" || a.Says == "" || a.Measure == "" || a.Source == "":
			return p, fmt.Errorf("arrow %s lacks a part", a.ID)
		case a.Figure != "" && !isRef:
			return p, fmt.Errorf("arrow %s: %q is no figure", a.ID, a.Figure)
		case !slices.Contains([]string{"strong", "moderate", "weak", "assumed"}, a.Strength):
			return p, fmt.Errorf("arrow %s: strength %q is not known", a.ID, a.Strength)
		case !slices.Contains([]string{"V", "V2", "M", "D"}, a.Mark):
			return p, fmt.Errorf("arrow %s: mark %q is not known", a.ID, a.Mark)
		}
		seen[a.ID] = true
	}
	return p, nil
}

func (p packs) percent(code string) (int, bool) {
	i := slices.IndexFunc(p.Confidence, func(c Confidence) bool { return c.Code == code })
	if i < 0 {
		return 0, false
	}
	return p.Confidence[i].Percent, true
}
