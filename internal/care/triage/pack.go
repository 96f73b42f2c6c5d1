package triage

import (
	"slices"
	"sync"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Act is what an outcome does to a case.
type Act string

// The acts.
const (
	Accept  Act = "accept"
	Merge   Act = "merge"
	Return  Act = "return"
	Decline Act = "decline"
)

// Paper is the pathway of written advice without an appointment; the other pathways are roles.
const Paper = "paper"

// Outcome is one way to decide.
type Outcome struct {
	Code     string   `yaml:"code"`
	Act      Act      `yaml:"act"`
	Pathway  string   `yaml:"pathway"`
	Closing  string   `yaml:"closing"`
	Mark     string   `yaml:"mark"`
	Messages []string `yaml:"messages"`
}

// Pack is content/packs/triage.yaml.
type Pack struct {
	Version    int    `yaml:"version"`
	Date       string `yaml:"date"`
	Source     string `yaml:"source"`
	Priorities []struct {
		Code string `yaml:"code"`
		Mark string `yaml:"mark"`
	} `yaml:"priorities"`
	Outcomes  []Outcome           `yaml:"outcomes"`
	Checklist map[string][]string `yaml:"checklist"`
}

// Lists is the pack that Rowan is delivered with.
var Lists = sync.OnceValue(func() *Pack { return pack.BuiltIn[*Pack]("triage") })

// Outcome finds an outcome by its code.
func (p *Pack) Outcome(code string) (Outcome, bool) {
	i := slices.IndexFunc(p.Outcomes, func(o Outcome) bool { return o.Code == code })
	if i < 0 {
		return Outcome{}, false
	}
	return p.Outcomes[i], true
}

// Codes lists the outcomes of some acts, in the order of the pack.
func (p *Pack) Codes(acts ...Act) (codes []string) {
	for _, o := range p.Outcomes {
		if slices.Contains(acts, o.Act) {
			codes = append(codes, o.Code)
		}
	}
	return codes
}

// PriorityCodes lists P0 to P3.
func (p *Pack) PriorityCodes() (codes []string) {
	for _, x := range p.Priorities {
		codes = append(codes, x.Code)
	}
	return codes
}

// Checks lists what must be there before a case of a source is complete.
func (p *Pack) Checks(source string) []string {
	if source == SelfReferral {
		return p.Checklist["self"]
	}
	return p.Checklist["employer"]
}

// Messages lists the fixed texts of some outcomes.
func (p *Pack) Messages(codes ...string) (texts []string) {
	for _, o := range p.Outcomes {
		if slices.Contains(codes, o.Code) {
			texts = append(texts, o.Messages...)
		}
	}
	return texts
}
