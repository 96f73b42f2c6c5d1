package training

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// The audiences of a course.
const (
	Managers = "managers"
	Everyone = "everyone"
	OfTeam   = "team"
)

// Audiences lists them.
var Audiences = []string{Managers, Everyone, OfTeam}

// Kind is a course as the pack offers it. Its title and what it is about are words: training.course.<code>.
type Kind struct {
	Code     string `yaml:"code"`
	Audience string `yaml:"audience"`
	Role     string `yaml:"role"`
	Minutes  int    `yaml:"minutes"`
	Renew    int    `yaml:"renew"`
	Judged   bool   `yaml:"judged"`
	// Competence is what somebody who completes the programme can be signed off for, by its key; empty for none.
	Competence string `yaml:"competence"`
}

// Questions is how many are asked of who came. The table holds as many answers.
const Questions = 4

// Pack is content/packs/training.yaml.
type Pack struct {
	Version       int      `yaml:"version"`
	EffectiveFrom string   `yaml:"effective_from"`
	Source        string   `yaml:"source"`
	Mark          string   `yaml:"mark"`
	Verified      string   `yaml:"verified"`
	Remind        int      `yaml:"remind_days"`
	MarkDays      int      `yaml:"mark_days"`
	Evaluate      int      `yaml:"evaluate_days"`
	Window        int      `yaml:"window_days"`
	Asked         []string `yaml:"questions"`
	Courses       []Kind   `yaml:"courses"`
}

// Lists is the pack that comes with the program; its test reads it, so a release with a bad one does not exist.
var Lists = pack.Once(LoadPack)

// LoadPack reads and checks the pack.
func LoadPack(from fs.FS) (p Pack, err error) {
	if err := pack.Read(from, "training", &p); err != nil {
		return p, err
	}
	return p, p.check()
}

func (p Pack) check() error {
	for name, n := range map[string]int{"remind_days": p.Remind, "mark_days": p.MarkDays, "evaluate_days": p.Evaluate, "window_days": p.Window} {
		if n < 1 {
			return fmt.Errorf("training: %s is missing", name)
		}
	}
	if p.Mark == "" || len(p.Asked) != Questions || len(p.Courses) == 0 {
		return fmt.Errorf("training: the mark or the courses are missing, or the questions are not %d", Questions)
	}
	seen := map[string]bool{}
	for _, c := range p.Courses {
		if c.Code == "" || seen[c.Code] {
			return fmt.Errorf("training: course %q is empty or there twice", c.Code)
		}
		seen[c.Code] = true
		if !slices.Contains(Audiences, c.Audience) || c.Minutes < MinMinutes || c.Minutes > MaxMinutes || c.Renew < 0 || c.Renew > MaxRenew {
			return fmt.Errorf("training: course %q has an audience, length or interval that no course can have", c.Code)
		}
		if c.Role != "" && c.Audience != OfTeam {
			return fmt.Errorf("training: course %q is for a role outside the team", c.Code)
		}
		if c.Competence != "" && c.Audience != OfTeam {
			return fmt.Errorf("training: course %q signs off somebody outside the team", c.Code)
		}
	}
	return nil
}

// Kind finds a course of the pack.
func (p Pack) Kind(code string) (Kind, bool) {
	i := slices.IndexFunc(p.Courses, func(k Kind) bool { return k.Code == code })
	if i < 0 {
		return Kind{}, false
	}
	return p.Courses[i], true
}
