// Package assumed is what the simulation of a service takes where its ledger says nothing: packs/capacity.yaml.
package assumed

import (
	"fmt"
	"io/fs"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"

	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
)

// Pool is a profession that sees people, with what we assume of it.
type Pool struct {
	Role    string  `yaml:"role"`    // in the plan for people
	Ledger  string  `yaml:"ledger"`  // in the ledger, where care is recorded here
	Feed    string  `yaml:"feed"`    // in the ledger, where activity comes by file
	Minutes float64 `yaml:"minutes"` // of an appointment
}

// leastLengths is of how many contacts it has to be known how long they took, before their mean is taken.
const leastLengths = 30

// Length is how long the appointments of a pool are: as fitted, or with no N as the pack says.
func (p Pool) Length(f demand.Fits) demand.Length {
	best := demand.Length{Role: p.Ledger, Mean: p.Minutes}
	for _, l := range f.Lengths {
		if p.is(l.Role) && l.N >= max(leastLengths, best.N) {
			best = l
		}
	}
	return best
}

// is says whether the ledger calls the pool so.
func (p Pool) is(ledger string) bool { return ledger != "" && (ledger == p.Ledger || ledger == p.Feed) }

// Pack is what is assumed where the ledger says nothing.
type Pack struct {
	Version       int               `yaml:"version"`
	EffectiveFrom string            `yaml:"effective_from"`
	Source        string            `yaml:"source"`
	TargetDays    int               `yaml:"target_days"`
	TargetPercent int               `yaml:"target_percent"` // of those seen, who should be within it
	TargetSource  string            `yaml:"target_source"`
	Pools         []Pool            `yaml:"pools"`
	Also          map[string]string `yaml:"also"` // roles that work in the pool of another
	Due           map[string]int    `yaml:"due"`  // days after the referral by which a priority should be seen
	// Of the hours with patients that the plan for people gives, the percentage that appointments should take: where fewer do, it is said.
	RecordedPercent int    `yaml:"recorded_percent"`
	UsedPercent     int    `yaml:"used_percent"` // of the appointments, above which a team has no room
	UsedSource      string `yaml:"used_source"`
	RecordedSource  string `yaml:"recorded_source"`
	PlannedPercent  int    `yaml:"planned_percent"` // of the hours, below which no post is planned by what is recorded
	PlannedSource   string `yaml:"planned_source"`
}

// Load reads and checks it.
func Load(content fs.FS) (p Pack, err error) {
	if err := pack.Read(content, "capacity", &p); err != nil {
		return p, err
	}
	if p.TargetSource == "" || p.TargetDays < 1 || p.TargetDays > plan.LongestTarget || p.TargetPercent < 1 || p.TargetPercent > 100 || len(p.Pools) == 0 {
		return p, fmt.Errorf("capacity pack: source of the target, target and pools are needed")
	}
	if p.UsedPercent < 1 || p.UsedPercent > 100 || p.UsedSource == "" {
		return p, fmt.Errorf("capacity pack: a team has room up to 1 to 100 percent of its appointments, with a source")
	}
	if p.RecordedPercent < 1 || p.RecordedPercent > 100 || p.RecordedSource == "" {
		return p, fmt.Errorf("capacity pack: 1 to 100 percent of the hours are recorded, with a source")
	}
	if p.PlannedPercent < 1 || p.PlannedPercent > p.RecordedPercent || p.PlannedSource == "" {
		return p, fmt.Errorf("capacity pack: a post is planned from 1 percent of the hours on and no later than where it warns, with a source")
	}
	for _, x := range p.Pools {
		if x.Role == "" || x.Ledger == "" || x.Feed == "" || x.Minutes < 5 || x.Minutes > 240 {
			return p, fmt.Errorf("capacity pack: pool %q needs a role, its names in the ledger, and 5 to 240 minutes", x.Role)
		}
	}
	for priority, days := range p.Due {
		if days < 0 || days > 365 {
			return p, fmt.Errorf("capacity pack: %s is due after 0 to 365 days", priority)
		}
	}
	for role, pool := range p.Also {
		if p.Of(pool) == nil {
			return p, fmt.Errorf("capacity pack: %s works in %s, which is no pool", role, pool)
		}
	}
	return p, nil
}

// Of finds the pool in which a role of the plan for people sees patients; nil if it does not.
func (p Pack) Of(role string) *Pool {
	if other, ok := p.Also[role]; ok {
		role = other
	}
	for i := range p.Pools {
		if p.Pools[i].Role == role {
			return &p.Pools[i]
		}
	}
	return nil
}

// Sees gives the role of the plan for one of the ledger, and says whether it is one of the pools.
func (p Pack) Sees(ledger string) (string, bool) {
	role := p.Named(ledger)
	return role, p.Of(role) != nil
}

// Named gives the role of the plan for one of the ledger.
func (p Pack) Named(ledger string) string {
	for _, x := range p.Pools {
		if x.is(ledger) {
			return x.Role
		}
	}
	return ledger
}
