package practice

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/identifier"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Competence is something that somebody can be signed off to do without supervision.
type Competence struct {
	Key    string   `yaml:"key"`
	Name   string   `yaml:"name"`
	About  string   `yaml:"about"`
	Roles  []string `yaml:"roles"`
	Review int      `yaml:"review_months"` // after which a sign-off is usually looked at again
	Mark   string   `yaml:"mark"`
}

// Register is a professional register.
type Register struct {
	Body     string          `yaml:"body"`
	Kind     identifier.Kind `yaml:"kind"` // "" where only the shape of a number is known
	Name     string          `yaml:"name"`
	About    string          `yaml:"about"`
	Mark     string          `yaml:"mark"`
	Verified string          `yaml:"verified"`
}

// Pack is content/packs/competencies.yaml.
type Pack struct {
	Version       int          `yaml:"version"`
	EffectiveFrom string       `yaml:"effective_from"`
	Source        string       `yaml:"source"`
	Mark          string       `yaml:"mark"`
	Verified      string       `yaml:"verified"`
	Registers     []Register   `yaml:"registers"`
	Competencies  []Competence `yaml:"competencies"`
}

// Roles are those of content/packs/workforce-roles.yaml.
var Roles = []string{"nurse", "development-nurse", "physician", "physiotherapist", "counsellor", "technician", "administrator", "manager"}

// Practises says in which role somebody practises who acts in a role of Rowan, unless their lead says otherwise.
var Practises = map[access.Role]string{access.Nurse: "nurse", access.Physician: "physician", access.Physio: "physiotherapist", access.Counsellor: "counsellor",
	access.OHAdmin: "administrator", access.Lead: "manager"}

// registered are the roles whose holders are in a register.
var registered = []string{"nurse", "development-nurse", "physician", "physiotherapist", "counsellor"}

// LoadPack reads and checks the pack.
func LoadPack(content fs.FS) (p Pack, err error) {
	if err := pack.Read(content, "competencies", &p); err != nil {
		return p, err
	}
	return p, p.check()
}

func (p Pack) check() error {
	if p.Mark == "" {
		return fmt.Errorf("competencies: mark is missing")
	}
	seen := map[string]bool{}
	for _, c := range p.Competencies {
		switch {
		case c.Key == "" || c.Name == "" || c.About == "" || c.Mark == "" || len(c.Roles) == 0:
			return fmt.Errorf("competence %q lacks something", c.Key)
		case seen[c.Key]:
			return fmt.Errorf("competence %s is there twice", c.Key)
		case c.Review < 1 || c.Review > longestMonths:
			return fmt.Errorf("competence %s: looked at again after %d months", c.Key, c.Review)
		}
		seen[c.Key] = true
		for _, r := range c.Roles {
			if !slices.Contains(Roles, r) {
				return fmt.Errorf("competence %s: no role %q", c.Key, r)
			}
		}
	}
	for _, r := range Roles {
		if len(p.Of(r)) == 0 {
			return fmt.Errorf("role %s has no competence", r)
		}
	}
	for _, r := range p.Registers {
		if r.Name == "" || r.About == "" || r.Mark == "" || !slices.Contains(access.Bodies, r.Body) {
			return fmt.Errorf("register %q lacks something, or is none", r.Body)
		}
	}
	return nil
}

// Of lists the competencies of a role.
func (p Pack) Of(role string) (out []Competence) {
	for _, c := range p.Competencies {
		if slices.Contains(c.Roles, role) {
			out = append(out, c)
		}
	}
	return out
}

// Competence finds one.
func (p Pack) Competence(key string) (Competence, bool) {
	i := slices.IndexFunc(p.Competencies, func(c Competence) bool { return c.Key == key })
	if i < 0 {
		return Competence{}, false
	}
	return p.Competencies[i], true
}

// Register finds one by its short name.
func (p Pack) Register(body string) (Register, bool) {
	i := slices.IndexFunc(p.Registers, func(r Register) bool { return r.Body == body })
	if i < 0 {
		return Register{}, false
	}
	return p.Registers[i], true
}
