package release

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Kind says what a metric is made of; the pack explains them.
type Kind string

// The kinds.
const (
	Share   Kind = "share"
	Scores  Kind = "scores"
	Gaps    Kind = "gaps"
	Actions Kind = "actions"
	Rates   Kind = "rates"
	Groups  Kind = "groups"
)

// Metric is what can be agreed on.
type Metric struct {
	ID      string `yaml:"id"`
	Kind    Kind   `yaml:"kind"`
	Special bool   `yaml:"special"`
	Items   []Item `yaml:"items"` // of rates
	Groups  []struct {
		ID    string   `yaml:"id"`
		Codes []string `yaml:"codes"`
	} `yaml:"groups"` // of groups: each division with its codes; an item is "sex.female"
}

// InGroups gives the division and the code of an item of groups.
func (m Metric) InGroups(item string) (division, code string, ok bool) {
	division, code, _ = strings.Cut(item, ".")
	for _, g := range m.Groups {
		if g.ID == division {
			return division, code, slices.Contains(g.Codes, code)
		}
	}
	return division, code, false
}

// Item is one of the rates of a metric: told as a whole number of units, so that it is no finer than it need be.
type Item struct {
	ID   string  `yaml:"id"`
	Unit float64 `yaml:"unit"`
	Each bool    `yaml:"each"` // one for each profession: "share.nurse"
	// Stock says that it is an amount of people, which are hidden and rounded as disclosure.Stock does.
	Stock bool `yaml:"stock"`
}

// Item gives the rate that a figure is of, and the profession it is about; "" where it is about all.
func (m Metric) Item(item string) (x Item, profession string, ok bool) {
	id, profession, each := strings.Cut(item, ".")
	i := slices.IndexFunc(m.Items, func(x Item) bool { return x.ID == id && x.Each == each })
	if i < 0 {
		return x, "", false
	}
	return m.Items[i], profession, true
}

// Topic is how sensitive its counts are.
func (m Metric) Topic() disclosure.Topic {
	if m.Special {
		return disclosure.Special
	}
	return disclosure.General
}

// People says whether it counts people, so that small counts are hidden and others rounded.
func (m Metric) People() bool { return m.Kind == Share || m.Kind == Groups }

// Once says whether a month of it leaves at once or not at all, whatever its items.
func (m Metric) Once() bool { return m.Kind == Share || m.Kind == Groups }

// Itemised says whether its figures are of items.
func (m Metric) Itemised() bool { return m.Kind == Scores || m.Kind == Rates || m.Kind == Groups }

// Pack is content/packs/sharing.yaml.
type Pack struct {
	Source      string   `yaml:"source"`
	Metrics     []Metric `yaml:"metrics"`
	Levels      []string `yaml:"levels"`
	Least       int      `yaml:"least"`
	MostPercent int      `yaml:"most_percent"`
	Spans       []int    `yaml:"spans"`
	Back        int      `yaml:"back"`
	ReleaseDay  int      `yaml:"release_day"`
}

// Load reads the pack and refuses one that would show too much.
func Load(content fs.FS) (Pack, error) {
	var p Pack
	if err := pack.Read(content, "sharing", &p); err != nil {
		return p, err
	}
	seen := map[string]bool{}
	for _, m := range p.Metrics {
		if m.ID == "" || seen[m.ID] || !slices.Contains([]Kind{Share, Scores, Gaps, Actions, Rates, Groups}, m.Kind) {
			return p, fmt.Errorf("sharing: metric %q has no kind, or is there twice", m.ID)
		}
		seen[m.ID] = true
		if (m.Kind == Rates) != (len(m.Items) > 0) || slices.ContainsFunc(m.Items, func(x Item) bool { return x.ID == "" || x.Unit <= 0 }) {
			return p, fmt.Errorf("sharing: rates have items with units, and nothing else has: %q", m.ID)
		}
		if slices.ContainsFunc(m.Items, func(x Item) bool { return x.Stock && !disclosure.MayBeStock(int(x.Unit)) }) {
			return p, fmt.Errorf("sharing: people of %q are told in smaller steps than they may be", m.ID)
		}
		if (m.Kind == Groups) != (len(m.Groups) > 0) {
			return p, fmt.Errorf("sharing: groups have divisions, and nothing else has: %q", m.ID)
		}
	}
	for _, id := range p.Levels {
		if m, ok := p.Find(id); !ok || m.Kind != Share {
			return p, fmt.Errorf("sharing: %q is no share, so no level of service", id)
		}
	}
	if p.Least < 3 || p.MostPercent < 1 || p.MostPercent > 80 || len(p.Spans) == 0 || p.Spans[0] < 1 || p.Back < 1 || p.ReleaseDay < 1 || p.ReleaseDay > 28 {
		return p, fmt.Errorf("sharing: a benchmark needs 3 organisations or more and none over 80%%, a funnel its months, a release its day")
	}
	return p, nil
}

// BuiltIn is the pack of the binary.
var BuiltIn = pack.Once(Load)

// Find gives a metric.
func (p Pack) Find(id string) (Metric, bool) {
	i := slices.IndexFunc(p.Metrics, func(m Metric) bool { return m.ID == id })
	if i < 0 {
		return Metric{}, false
	}
	return p.Metrics[i], true
}
