package diagnostic

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/questionset"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Framework is the pack of elements and sub-sections.
type Framework struct {
	Version       int               `yaml:"version"`
	EffectiveFrom string            `yaml:"effective_from"`
	Source        string            `yaml:"source"`
	Verified      string            `yaml:"verified"`
	Target        int               `yaml:"target"`
	AmberWithin   int               `yaml:"amber_within"`
	Disagreement  int               `yaml:"disagreement"`
	Sources       map[string]string `yaml:"sources"`
	Elements      []Element         `yaml:"elements"`
}

// Element is one of the seven.
type Element struct {
	Code        string       `yaml:"code"`
	Title       string       `yaml:"title"`
	Subsections []Subsection `yaml:"subsections"`
}

// Subsection is one of the seventeen, with the figures that belong beside it.
type Subsection struct {
	Code    string   `yaml:"code"`
	Title   string   `yaml:"title"`
	Figures []string `yaml:"figures"`
}

// Starter is the question set that ships.
type Starter struct {
	Name          string                 `yaml:"name"`
	Version       int                    `yaml:"version"`
	EffectiveFrom string                 `yaml:"effective_from"`
	Source        string                 `yaml:"source"`
	Verified      string                 `yaml:"verified"`
	Questions     []questionset.Question `yaml:"questions"`
}

// LoadPacks reads and checks the framework and the starter set.
func LoadPacks(content fs.FS) (Framework, Starter, error) {
	var f Framework
	var s Starter
	for name, into := range map[string]any{"framework": &f, "need-questions": &s} {
		if err := pack.Read(content, name, into); err != nil {
			return f, s, err
		}
	}
	if err := f.check(); err != nil {
		return f, s, fmt.Errorf("framework: %w", err)
	}
	if err := s.check(f); err != nil {
		return f, s, fmt.Errorf("starter set: %w", err)
	}
	return f, s, nil
}

func (f Framework) check() error {
	if _, err := time.Parse(time.DateOnly, f.EffectiveFrom); err != nil {
		return err
	}
	if f.Version < 1 || f.Source == "" || f.Verified == "" || f.Target < 1 || f.Target > 100 || f.AmberWithin < 1 || f.Disagreement < 1 {
		return fmt.Errorf("version, source, mark, target or threshold is missing")
	}
	seen := map[string]bool{}
	for _, e := range f.Elements {
		for _, s := range e.Subsections {
			if seen[s.Code] || !strings.HasPrefix(s.Code, e.Code+".") || s.Title == "" || e.Title == "" {
				return fmt.Errorf("sub-section %s is there twice, misplaced or without a title", s.Code)
			}
			seen[s.Code] = true
			for _, ref := range s.Figures {
				if _, ok := figure.ParseRef(ref); !ok || f.Sources[ref] == "" {
					return fmt.Errorf("figure %s of %s has no source", ref, s.Code)
				}
			}
		}
	}
	return nil
}

func (s Starter) check(f Framework) error {
	if _, err := time.Parse(time.DateOnly, s.EffectiveFrom); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, q := range s.Questions {
		switch {
		case seen[q.Code] || !strings.HasPrefix(q.Code, questionset.Reserved) || q.Version < 1:
			return fmt.Errorf("question %s is there twice, or its code or version is not ours", q.Code)
		case !slices.Contains(f.Codes(), q.Subsection) || q.Statement == "" || q.Evidence == "" || len(q.Applies) == 0:
			return fmt.Errorf("question %s lacks something", q.Code)
		}
		seen[q.Code] = true
	}
	return nil
}

// Codes lists the sub-sections.
func (f Framework) Codes() (out []string) {
	for _, e := range f.Elements {
		for _, s := range e.Subsections {
			out = append(out, s.Code)
		}
	}
	return out
}

// Title names an element or a sub-section.
func (f Framework) Title(code string) string {
	for _, e := range f.Elements {
		if e.Code == code {
			return e.Title
		}
		for _, s := range e.Subsections {
			if s.Code == code {
				return s.Title
			}
		}
	}
	return code
}

// ElementOf gives the element that a sub-section belongs to.
func (f Framework) ElementOf(subsection string) string {
	element, _, _ := strings.Cut(subsection, ".")
	return element
}

// subsection finds one.
func (f Framework) subsection(code string) Subsection {
	for _, e := range f.Elements {
		for _, s := range e.Subsections {
			if s.Code == code {
				return s
			}
		}
	}
	return Subsection{Code: code, Title: code}
}
