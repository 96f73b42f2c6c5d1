package investment

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Type is a type of project with the range of its optimism bias in percent.
type Type struct {
	Code  string  `yaml:"code"`
	Name  string  `yaml:"name"`
	Lower float64 `yaml:"lower"`
	Upper float64 `yaml:"upper"`
	Mark  string  `yaml:"mark"`
}

// Published is a return that was published: benefit over cost.
type Published struct {
	Year  int     `yaml:"year"`
	Ratio float64 `yaml:"ratio"`
	Name  string  `yaml:"name"`
	Mark  string  `yaml:"mark"`
}

// Part is one of the five cases with the questions that its text answers.
type Part struct {
	Code      string   `yaml:"code"`
	Questions []string `yaml:"questions"`
}

// Pack is content/packs/investment.yaml.
type Pack struct {
	Version         int         `yaml:"version"`
	EffectiveFrom   string      `yaml:"effective_from"`
	Source          string      `yaml:"source"`
	Mark            string      `yaml:"mark"`
	Optimism        []Type      `yaml:"optimism"`
	Published       []Published `yaml:"published"`
	PublishedSource string      `yaml:"published_source"`
	Roles           []string    `yaml:"roles"`
	Parts           []Part      `yaml:"parts"`
}

// LoadPack reads and checks the pack.
func LoadPack(content fs.FS) (Pack, error) {
	var p Pack
	if err := pack.Read(content, "investment", &p); err != nil {
		return p, err
	}
	if p.Mark == "" || p.PublishedSource == "" || len(p.Optimism) == 0 || len(p.Published) == 0 || len(p.Roles) == 0 {
		return p, fmt.Errorf("investment pack: a part is missing")
	}
	for _, t := range p.Optimism {
		if t.Code == "" || t.Name == "" || t.Mark == "" || t.Lower < 0 || t.Upper < t.Lower || t.Upper > 200 {
			return p, fmt.Errorf("investment pack: type %q lacks something", t.Code)
		}
	}
	for _, x := range p.Published {
		if x.Year == 0 || x.Ratio <= 0 || x.Name == "" || x.Mark == "" {
			return p, fmt.Errorf("investment pack: published return %q lacks something", x.Name)
		}
	}
	var codes []string
	for _, x := range p.Parts {
		codes = append(codes, x.Code)
		if len(x.Questions) == 0 {
			return p, fmt.Errorf("investment pack: part %q has no question", x.Code)
		}
	}
	if got := strings.Join(codes, " "); got != "strategic economic commercial financial management" {
		return p, fmt.Errorf("investment pack: the parts are %q", got)
	}
	return p, nil
}

// Type finds a type of project.
func (p Pack) Type(code string) (Type, bool) {
	for _, t := range p.Optimism {
		if t.Code == code {
			return t, true
		}
	}
	return Type{}, false
}

// Part finds one of the five cases.
func (p Pack) Part(code string) (Part, bool) {
	for _, x := range p.Parts {
		if x.Code == code {
			return x, true
		}
	}
	return Part{}, false
}

// Ceiling is the highest of the published returns.
func (p Pack) Ceiling() (most Published) {
	for _, x := range p.Published {
		if x.Ratio > most.Ratio {
			most = x
		}
	}
	return most
}

// number writes a number without needless noughts.
func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
