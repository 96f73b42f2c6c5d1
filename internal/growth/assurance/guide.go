package assurance

import (
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Guide is the pack of principles with all that the guardian's work is made of.
type Guide struct {
	Version          int         `yaml:"version"`
	EffectiveFrom    string      `yaml:"effective_from"`
	Mark             string      `yaml:"mark"` // how sure we are of its wording, see content/packs/README.md
	Source           string      `yaml:"source"`
	Labels           []Label     `yaml:"labels"`
	Principles       []Principle `yaml:"principles"`
	Ratings          []Grade     `yaml:"ratings"`
	Lines            []Named     `yaml:"lines"`
	Questions        []string    `yaml:"questions"`
	FigureQuestions  []string    `yaml:"figure_questions"`
	Owner            string      `yaml:"owner"`
	AnswerWithinDays int         `yaml:"answer_within_days"`
	Cycle            []CycleStep `yaml:"cycle"`
}

// Label is what the role is called in a time: from the first day on, until the day before the other.
type Label struct {
	Name  string `yaml:"name"`
	From  string `yaml:"from"`
	Until string `yaml:"until"`
}

// Principle is one thing that the board wants to be sure of.
type Principle struct {
	Code     string   `yaml:"code"`
	Name     string   `yaml:"name"`
	Meaning  string   `yaml:"meaning"`
	Measures []string `yaml:"measures"` // what could be evidence
}

// Grade is one step of the scale.
type Grade struct {
	Code    string `yaml:"code"`
	Name    string `yaml:"name"`
	Meaning string `yaml:"meaning"`
	Colour  string `yaml:"colour"`
}

// Named is a code with its name.
type Named struct {
	Code string `yaml:"code"`
	Name string `yaml:"name"`
}

// CycleStep is a step of the year.
type CycleStep struct {
	Code     string `yaml:"code"`
	Name     string `yaml:"name"`
	Quarters []int  `yaml:"quarters"`
	Day      int    `yaml:"day"` // of the quarter, counted from 0, on which it is due
}

// LoadGuide reads and checks content/packs/guardian-principles.yaml.
func LoadGuide(content fs.FS) (Guide, error) {
	var g Guide
	if err := pack.Read(content, "guardian-principles", &g); err != nil {
		return Guide{}, err
	}
	return g, g.check()
}

// shortestQuarter has 90 days (January to March), so that no step is due in the next quarter.
const shortestQuarter = 90

func (g Guide) check() error {
	if _, err := time.Parse(time.DateOnly, g.EffectiveFrom); err != nil {
		return err
	}
	var codes []string
	for _, p := range g.Principles {
		if p.Name == "" || p.Meaning == "" {
			return fmt.Errorf("principle %q has no name or no meaning", p.Code)
		}
		codes = append(codes, "principle "+p.Code)
	}
	for _, r := range g.Ratings {
		if r.Name == "" || r.Meaning == "" {
			return fmt.Errorf("rating %q has no name or no meaning", r.Code)
		}
		codes = append(codes, "rating "+r.Code)
	}
	for _, l := range g.Lines {
		codes = append(codes, "line "+l.Code)
	}
	for _, s := range g.Cycle {
		if s.Name == "" || len(s.Quarters) == 0 || s.Day < 0 || s.Day >= shortestQuarter || slices.Min(s.Quarters) < 1 || slices.Max(s.Quarters) > 4 {
			return fmt.Errorf("step %q has no name, no quarter, or a day outside a quarter", s.Code)
		}
		codes = append(codes, "step "+s.Code)
	}
	slices.Sort(codes)
	if len(slices.Compact(slices.Clone(codes))) != len(codes) {
		return fmt.Errorf("a code is there twice: %v", codes)
	}
	switch {
	case g.Version < 1 || g.Mark == "" || g.Source == "":
		return fmt.Errorf("it has no version, mark or source")
	case len(g.Principles) == 0 || len(g.Ratings) < 2 || len(g.Lines) == 0 || len(g.Cycle) == 0 || len(g.Labels) == 0:
		return fmt.Errorf("a list is empty")
	case len(g.FigureQuestions) == 0 || g.Owner == "" || g.AnswerWithinDays < 1:
		return fmt.Errorf("it does not say what the form for a question begins with")
	}
	return nil
}

// Principle gives one principle.
func (g Guide) Principle(code string) (Principle, bool) {
	i := slices.IndexFunc(g.Principles, func(p Principle) bool { return p.Code == code })
	if i < 0 {
		return Principle{}, false
	}
	return g.Principles[i], true
}

// Grade gives a step of the scale. One that the scale no longer has is shown by its code.
func (g Guide) Grade(code string) Grade {
	for _, r := range g.Ratings {
		if r.Code == code {
			return r
		}
	}
	return Grade{Code: code, Name: code, Colour: "grey"}
}

// Lowest is the end of the scale, which needs no evidence.
func (g Guide) Lowest() Grade { return g.Ratings[len(g.Ratings)-1] }

// Line names a line of evidence.
func (g Guide) Line(code string) string {
	for _, l := range g.Lines {
		if l.Code == code {
			return l.Name
		}
	}
	return code
}
