package exit

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
)

// Pack is content/packs/exit.yaml, as far as the plan goes.
type Pack struct {
	Version       int    `yaml:"version"`
	EffectiveFrom string `yaml:"effective_from"`
	Source        string `yaml:"source"`
	ObjectionDays int    `yaml:"objection_days"`
	Steps         []struct {
		Key  string `yaml:"key"`
		Days int    `yaml:"days"`
	} `yaml:"steps"`
	Items []string `yaml:"items"`
}

// Plan is how one contract ends.
type Plan struct {
	ID            uuid.UUID
	Contract      client.Contract
	Version       int // of the pack
	ObjectionDays int
	StartedOn     civil.Date
	StartedBy     string
	Receiver      Receiver
	NamedBy       string // who said who takes over; "" while nobody did
	Steps         []Step // in the order of their days
	Standing      Standing
}

// Receiver is who takes over.
type Receiver struct {
	Name    string
	Contact string // who there takes the records: name and role
	Nobody  bool   // no other provider does
}

// Step is one thing to do.
type Step struct {
	Key       string
	Due       civil.Date
	Owner     uuid.UUID
	OwnerName string
	DoneOn    civil.Date
	DoneBy    string
}

// Done says whether somebody said that it is done.
func (s Step) Done() bool { return !s.DoneOn.IsZero() }

// Late says whether its day is over.
func (s Step) Late(today civil.Date) bool { return !s.Done() && s.Due.Before(today) }

// State is one of "done", "late", "to_do".
func (s Step) State(today civil.Date) string {
	switch {
	case s.Done():
		return "done"
	case s.Late(today):
		return "late"
	}
	return "to_do"
}

// Standing is what is left to hand over, by item, as the contract side may know it.
type Standing map[string]int

// Hidden is a count of 1 to 7.
const Hidden = -1

// Count gives how many there are of an item; known is false where nobody counted.
func (s Standing) Count(item string) (n int, known bool) {
	n, known = s[item]
	return n, known
}

// Step finds a step.
func (p Plan) Step(key string) (Step, bool) {
	i := slices.IndexFunc(p.Steps, func(s Step) bool { return s.Key == key })
	if i < 0 {
		return Step{}, false
	}
	return p.Steps[i], true
}

// First says what must hold before a step can be done, as a key of words; "" for nothing.
func (p Plan) First(step string, items []string) string {
	switch step {
	case "receiver":
		if p.NamedBy == "" {
			return "exit.first.receiver"
		}
	case "lists":
		for _, i := range items {
			if _, known := p.Standing.Count(i); !known {
				return "exit.first.lists"
			}
		}
	case "cases":
		if p.Standing["left"] != 0 {
			return "exit.first.cases"
		}
		if p.Standing["booked"] != 0 {
			return "exit.first.booked"
		}
	case "records":
		if !p.Receiver.Nobody && p.Standing["received"] != 1 {
			return "exit.first.records"
		}
	}
	return ""
}

// Missing lists the steps that stand between a contract and its end: those that nobody said are done, and those that were done and do
// not hold any more, because a case came in since.
func (p Plan) Missing(items []string) (out []string) {
	for _, s := range p.Steps {
		if !s.Done() || p.First(s.Key, items) != "" {
			out = append(out, s.Key)
		}
	}
	return out
}

// CheckStart says why no plan can begin: a contract without an end has no days to count from, and a service does not leave its own house.
func CheckStart(c client.Contract, today civil.Date) error {
	switch {
	case c.Host || !c.Open(today):
		return fault.Missing("contract")
	case c.Terms.Last.IsZero():
		return fault.New(fault.Conflict, "exit.no_end")
	}
	return nil
}

// DueOn is by when a step is done: so many days before the last one, and not before the plan begins.
func DueOn(last, begins civil.Date, days int) civil.Date {
	if due := last.AddDays(-days); due.After(begins) {
		return due
	}
	return begins
}

// longest holds the name of a provider, or of somebody with their role.
const longest = 120

// Check says what is wrong with who takes over.
func (r Receiver) Check() (f fault.Fields) {
	if r.Nobody {
		return f
	}
	f.Text("name", "exit.name.empty", r.Name, longest)
	f.Text("contact", "exit.contact.empty", r.Contact, longest)
	return f
}

// In is what somebody says of a step.
type In struct {
	Owner  uuid.UUID
	Due    civil.Date
	DoneOn civil.Date // zero: not done
}

// far is how many months a day may lie from the last day of a contract.
const far = 24

// Check says what is wrong with it.
func (p Plan) Check(step string, in In, team []Member, items []string, today civil.Date) (f fault.Fields) {
	if in.Owner == uuid.Nil || !slices.ContainsFunc(team, func(m Member) bool { return m.Account == in.Owner }) {
		f.Add("owner", "exit.owner.empty")
	}
	last := p.Contract.Terms.Last
	switch {
	case in.Due.IsZero():
		f.Add("due", "exit.due.empty")
	case in.Due.Before(last.AddMonths(-far)) || in.Due.After(last.AddMonths(far)):
		f.Add("due", "exit.due.far", "n", far)
	}
	switch first := p.First(step, items); {
	case in.DoneOn.IsZero():
	case in.DoneOn.After(today):
		f.Add("done", "exit.done.later")
	case in.DoneOn.Before(p.Contract.Terms.From):
		f.Add("done", "exit.done.early")
	case first != "":
		f.Add("done", first)
	}
	return f
}

// CheckClose says what is missing before a contract closes.
func (p Plan) CheckClose(items []string, today civil.Date) error {
	switch {
	case p.Contract.Taking(today):
		return fault.New(fault.Conflict, "client.close.taking")
	case len(p.Missing(items)) > 0:
		return fault.New(fault.Conflict, "exit.missing")
	}
	return nil
}
