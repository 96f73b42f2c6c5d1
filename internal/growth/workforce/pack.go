package workforce

import (
	"fmt"
	"io/fs"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Share is a range of percent with the usual one, and how sure we are.
type Share struct {
	Low   float64 `yaml:"low"`
	High  float64 `yaml:"high"`
	Usual float64 `yaml:"usual"`
	Mark  string  `yaml:"mark"`
}

// Role is a kind of post.
type Role struct {
	Key      string   `yaml:"key"`
	Name     string   `yaml:"name"`
	Bands    []string `yaml:"bands"`
	Register string   `yaml:"register"`
	Clinical Share    `yaml:"clinical"`
	Becomes  *struct {
		Role string `yaml:"role"`
		Band string `yaml:"band"`
	} `yaml:"becomes"` // of a development post
	Source string `yaml:"source"`
}

// Skill is something that a service can hang on.
type Skill struct {
	Key  string `yaml:"key"`
	Name string `yaml:"name"`
}

// Ratio is what people quote: staff served by one WTE of some roles; of the whole team if there are none.
type Ratio struct {
	Roles  []string `yaml:"roles"`
	Name   string   `yaml:"name"`
	Low    int      `yaml:"low"`
	High   int      `yaml:"high"`
	Source string   `yaml:"source"`
	Mark   string   `yaml:"mark"`
}

// Pack is content/packs/workforce-roles.yaml.
type Pack struct {
	Version       int     `yaml:"version"`
	EffectiveFrom string  `yaml:"effective_from"`
	Source        string  `yaml:"source"`
	Mark          string  `yaml:"mark"`
	Roles         []Role  `yaml:"roles"`
	Skills        []Skill `yaml:"skills"`
	Assumed       struct {
		Leavers    float64   `yaml:"leavers"`
		Leave      float64   `yaml:"leave_days"`
		Study      float64   `yaml:"study_days"`
		Sickness   float64   `yaml:"sickness"`
		RampMonths float64   `yaml:"ramp_months"`
		RampBegins float64   `yaml:"ramp_begins"`
		Uplift     float64   `yaml:"uplift"`
		Fill       []float64 `yaml:"fill"`
	} `yaml:"assumed"`
	// Starting is what the form of a development post begins with.
	Starting struct {
		Months      int        `yaml:"months"`
		Study       float64    `yaml:"study_days"`
		Supervision float64    `yaml:"supervision"`
		Backfill    float64    `yaml:"backfill"`
		Fee         float64    `yaml:"fee"`
		Complete    [2]float64 `yaml:"complete"`
		Retain      [2]float64 `yaml:"retain"`
		Apply       int        `yaml:"apply"` // quarters from completion to a higher band, where that is applied for
		Mark        string     `yaml:"mark"`
		Source      string     `yaml:"source"`
	} `yaml:"development"`
	Ratios []Ratio `yaml:"ratios"`
}

// Begin is the training that a development post begins with on its form; how they are paid somebody has to choose.
func (p Pack) Begin() Development {
	x := p.Starting
	return Development{Months: x.Months, Study: x.Study, Supervision: x.Supervision, Backfill: x.Backfill, Fee: x.Fee, CompleteLow: x.Complete[0], CompleteHigh: x.Complete[1], RetainLow: x.Retain[0], RetainHigh: x.Retain[1]}
}

// LoadPack reads and checks the pack.
func LoadPack(content fs.FS) (Pack, error) {
	var p Pack
	if err := pack.Read(content, "workforce-roles", &p); err != nil {
		return p, err
	}
	return p, p.check()
}

func (p Pack) check() error {
	if p.Mark == "" {
		return fmt.Errorf("workforce roles: mark is missing")
	}
	bands := Bands()
	for _, r := range p.Roles {
		if r.Key == "" || r.Name == "" || r.Register == "" || r.Source == "" || r.Clinical.Mark == "" || len(r.Bands) == 0 {
			return fmt.Errorf("role %q lacks something", r.Key)
		}
		if c := r.Clinical; c.Low < 0 || c.High > 100 || c.Usual < c.Low || c.Usual > c.High {
			return fmt.Errorf("role %s: the usual clinical share lies outside of its range", r.Key)
		}
		for _, b := range r.Bands {
			if !slices.Contains(bands, b) {
				return fmt.Errorf("role %s: no band %q", r.Key, b)
			}
		}
		if b := r.Becomes; b != nil {
			if _, ok := p.Role(b.Role); !ok || !slices.Contains(bands, b.Band) {
				return fmt.Errorf("role %s becomes nothing that is known", r.Key)
			}
		}
	}
	sum := 0.0
	for _, f := range p.Assumed.Fill {
		sum += f
	}
	if math.Abs(sum-100) > 1e-9 {
		return fmt.Errorf("the assumed times to fill add up to %v%%", sum)
	}
	begin, f := p.Begin(), fault.Fields{}
	begin.Pay = outlook.Completion
	if begin.check(&f); len(f) > 0 || p.Starting.Apply < 0 || p.Starting.Apply > 8 || p.Starting.Mark == "" || p.Starting.Source == "" {
		return fmt.Errorf("the starting values of a development post: %v", f)
	}
	for _, r := range p.Ratios {
		if r.Name == "" || r.Source == "" || r.Mark == "" || r.Low < 1 || r.High < r.Low {
			return fmt.Errorf("ratio %q lacks something", r.Name)
		}
	}
	return nil
}

// Role finds one.
func (p Pack) Role(key string) (Role, bool) {
	i := slices.IndexFunc(p.Roles, func(r Role) bool { return r.Key == key })
	if i < 0 {
		return Role{}, false
	}
	return p.Roles[i], true
}

// Skill gives the name of a skill; the key of one that is gone from the pack.
func (p Pack) Skill(key string) string {
	for _, s := range p.Skills {
		if s.Key == key {
			return s.Name
		}
	}
	return key
}

// Trainee is the role of a development post.
func (p Pack) Trainee() Role {
	i := slices.IndexFunc(p.Roles, func(r Role) bool { return r.Becomes != nil })
	return p.Roles[i] // a test reads the pack
}

// Bands lists those of the newest pay table, and that of doctors.
func Bands() []string {
	tables := pay.Tables()
	var out []string
	for name := range tables[len(tables)-1].Bands {
		out = append(out, name)
	}
	slices.Sort(out)
	return append(out, outlook.Medical)
}
