package indicator

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
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
	KindGood     Kind = "good"
	KindPart     Kind = "part"
	KindEquity   Kind = "equity"
)

// Definition is an indicator as the pack defines it, in one version. Old versions stay in the pack, so that a figure of
// the past can be computed again as it was.
type Definition struct {
	ID        string           `yaml:"id"`
	Code      string           `yaml:"code"` // in the catalogue of OH indicators (growth.md 6.1): "K02"; "" for our own
	Version   int              `yaml:"version"`
	From      civil.Date       `yaml:"effective_from"` // the pack's, where it says none
	To        civil.Date       `yaml:"effective_to"`   // of an old version, the last day
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
	Of        []activity.Kind  `yaml:"of"`       // rate: counted in the denominator besides Events; part: the denominator
	Side      string           `yaml:"side"`     // quantile, within: of this side's cases only
	Days      *int             `yaml:"days"`     // within: one limit for every priority, in place of the service's dated targets
	Least     int              `yaml:"least"`    // good: the lowest answer that counts as good
	By        string           `yaml:"by"`       // within: "received" counts in the month in which the wait began; "" in that in which it ended
	Owner     string           `yaml:"owner"`    // the post that answers for it, until the organisation names another; the pack's, where it says none
}

// Received is the way to count a wait in the month in which it began, with those that have not ended.
const Received = "received"

// Cohort says whether it counts waits by the month in which they began.
func (d Definition) Cohort() bool { return d.By == Received }

// Name is what the figures of other slices call it.
func (d Definition) Name() string { return cmp.Or(d.Code, d.ID) }

// Label names the version as a figure keeps it: "K02, version 1".
func (d Definition) Label() string { return d.Name() + ", version " + strconv.Itoa(d.Version) }

// Charted says whether it is a number for each month.
func (d Definition) Charted() bool { return d.Kind != KindEquity }

// Share says whether it is a part of a whole, of two counts.
func (d Definition) Share() bool {
	return slices.Contains([]Kind{KindWithin, KindRate, KindGood, KindPart}, d.Kind)
}

// Clocked says whether the two clocks make a difference.
func (d Definition) Clocked() bool { return d.Measure != "" }

// Pack is the list of indicators with where it comes from.
type Pack struct {
	Version       int          `yaml:"version"`
	EffectiveFrom string       `yaml:"effective_from"`
	Source        string       `yaml:"source"`
	Owner         string       `yaml:"owner"`
	Indicators    []Definition `yaml:"indicators"`
	Missing       []string     `yaml:"missing"` // codes of the catalogue that no source here can answer
}

// LoadPack reads and checks content/packs/indicators.yaml.
func LoadPack(content fs.FS) (Pack, error) {
	var p Pack
	if err := pack.Read(content, "indicators", &p); err != nil {
		return Pack{}, err
	}
	from, err := civil.Parse(p.EffectiveFrom)
	if err != nil {
		return Pack{}, fmt.Errorf("indicators: %w", err)
	}
	names := map[string]string{} // name: id
	for i := range p.Indicators {
		d := &p.Indicators[i]
		if d.From.IsZero() {
			d.From = from
		}
		d.Owner = cmp.Or(d.Owner, p.Owner)
		if err := d.check(); err != nil {
			return Pack{}, fmt.Errorf("indicator %s: %w", d.ID, err)
		}
		for _, name := range []string{d.ID, d.Name()} {
			if id := names[name]; id != "" && id != d.ID {
				return Pack{}, fmt.Errorf("indicators %s and %s share a name", id, d.ID)
			}
			names[name] = d.ID
		}
	}
	for _, d := range p.Indicators {
		if err := follow(p.Versions(d.ID)); err != nil {
			return Pack{}, fmt.Errorf("indicator %s: %w", d.ID, err)
		}
	}
	for _, code := range p.Missing {
		if names[code] != "" {
			return Pack{}, fmt.Errorf("indicator %s is computed and missing", code)
		}
	}
	return p, nil
}

// follow holds the versions of an indicator, newest first, to one another: each ends on the day before the next begins.
func follow(versions []Definition) error {
	for i, d := range versions {
		switch {
		case i == 0 && !d.To.IsZero():
			return fmt.Errorf("version %d is the newest and has ended", d.Version)
		case i > 0 && (d.Version != versions[i-1].Version-1 || d.To != versions[i-1].From.AddDays(-1) || d.To.Before(d.From)):
			return fmt.Errorf("version %d does not lead to version %d", d.Version, versions[i-1].Version)
		case d.Code != versions[0].Code:
			return fmt.Errorf("version %d has another code", d.Version)
		}
	}
	return nil
}

func (d Definition) check() error {
	whole := map[Kind]bool{
		KindCount:    len(d.Events) > 0,
		KindQuantile: d.Measure != "" && d.P > 0 && d.P < 1,
		KindWithin:   d.Measure != "",
		KindRate:     len(d.Events) > 0 && len(d.Of) > 0,
		KindScore:    d.Question != "",
		KindGood:     d.Question != "" && d.Least > 1,
		KindPart:     len(d.Events) > 0 && len(d.Of) > 0,
		KindEquity:   len(d.Events) > 0,
	}
	switch {
	case !whole[d.Kind]:
		return fmt.Errorf("kind %q is not known or lacks something", d.Kind)
	case !slices.Contains([]spc.Direction{spc.Increase, spc.Decrease, spc.Neutral}, d.Direction):
		return fmt.Errorf("direction %q is not known", d.Direction)
	case d.By != "" && (d.By != Received || d.Kind != KindWithin):
		return fmt.Errorf("it cannot be counted by %q", d.By)
	case d.Version < 1 || d.Unit == "":
		return fmt.Errorf("it has no version or no unit")
	}
	return nil
}

// Current lists the newest version of each indicator, in the order of the page.
func (p Pack) Current() (out []Definition) {
	for _, d := range p.Indicators {
		if d.To.IsZero() {
			out = append(out, d)
		}
	}
	return out
}

// Find gives the newest version of an indicator, by its id or its code.
func (p Pack) Find(name string) (Definition, bool) {
	for _, d := range p.Indicators {
		if d.To.IsZero() && (d.ID == name || d.Name() == name) {
			return d, true
		}
	}
	return Definition{}, false
}

// Versions lists every version of an indicator, newest first.
func (p Pack) Versions(name string) (out []Definition) {
	for _, d := range p.Indicators {
		if d.ID == name || d.Name() == name {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b Definition) int { return b.Version - a.Version })
	return out
}

// At gives the version that held at the end of a month; for the time before there were definitions, the first.
func (p Pack) At(name string, month civil.Date) (Definition, bool) {
	all := p.Versions(name)
	if len(all) == 0 {
		return Definition{}, false
	}
	end := month.AddMonths(1).AddDays(-1)
	for _, d := range all {
		if !d.From.After(end) {
			return d, true
		}
	}
	return all[len(all)-1], true
}
