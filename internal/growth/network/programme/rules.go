package programme

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/due"
)

// Lengths of what is written.
const (
	mostName  = 120
	MostAbout = 1000
	MostWhy   = 500
)

// years is how far ahead something can be promised.
const years = 10

// Kind of a strand.
type Kind string

// The kinds.
const (
	Workstream Kind = "workstream"
	Partner    Kind = "partner"
)

// Drivers are the strategic drivers that workstreams stand under.
var Drivers = []string{"D1", "D2", "D3", "D4"}

// In is what somebody writes of a strand.
type In struct {
	ID                        uuid.UUID
	Kind                      Kind
	Driver, Name, Lead, About string
	Version                   int // that the form showed; 0 for a new one
}

// Strand is what promises stand under.
type Strand struct {
	In
	Promises []Promise // what is open first
	Changed  time.Time
	By       string
	Ended    time.Time // zero while it runs
}

// Promise is a milestone or a commitment.
type Promise struct {
	ID, Strand   uuid.UUID
	Of           string // the strand's name
	Title, Owner string
	First        civil.Date // when it was first due
	Moved        int
	MovedWhy     string
	Evidence     string
	due.Promise
}

// PromiseIn is what somebody writes of a new promise.
type PromiseIn struct {
	ID           uuid.UUID
	Title, Owner string
	Due          civil.Date
}

// Running says that a strand has not ended.
func (s Strand) Running() bool { return s.Ended.IsZero() }

// Tally counts its promises.
func (s Strand) Tally(today civil.Date) due.Tally {
	all := make([]due.Promise, len(s.Promises))
	for i, p := range s.Promises {
		all[i] = p.Promise
	}
	return due.Count(all, today)
}

// Of gives the strands of a kind: by driver, then by name, ended ones last.
func Of(all []Strand, k Kind) (out []Strand) {
	for _, s := range all {
		if s.Kind == k {
			out = append(out, s)
		}
	}
	return out
}

// Next is what wants looking at: of strands that run, everything overdue, and as many of the next as make up a number.
func Next(all []Strand, today civil.Date, most int) (out []Promise) {
	for _, s := range all {
		for _, p := range s.Promises {
			if s.Running() && p.Open() {
				out = append(out, p)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Promise) int { return a.Compare(b.Promise) })
	for n, p := range out {
		if n >= most && p.State(today) != due.Overdue {
			return out[:n]
		}
	}
	return out
}

// Check finds what is missing.
func (in In) Check() (f fault.Fields) {
	if in.Kind == Workstream && !slices.Contains(Drivers, in.Driver) {
		f.Add("driver", "programme.driver.empty")
	}
	f.Text("name", "programme.name.empty", in.Name, mostName)
	f.Text("lead", "programme.lead.empty", in.Lead, mostName)
	f.Long("about", in.About, MostAbout)
	return f
}

// Check finds what is missing.
func (in PromiseIn) Check(today civil.Date) (f fault.Fields) {
	f.Text("title", "programme.title.empty", in.Title, mostName)
	f.Text("owner", "programme.owner.empty", in.Owner, mostName)
	f.Merge(checkDue(in.Due, today))
	return f
}

func checkDue(d, today civil.Date) (f fault.Fields) {
	switch {
	case d.IsZero():
		f.Add("due", "programme.due.empty")
	case d.After(today.AddMonths(12*years)) || d.Before(today.AddMonths(-12*years)):
		f.Add("due", "programme.due.far")
	}
	return f
}

// CheckDelivered finds what is wrong with a delivery: it has a day that is over, and evidence.
func CheckDelivered(on civil.Date, evidence string, today civil.Date) (f fault.Fields) {
	switch {
	case on.IsZero():
		f.Add("on", "programme.on.empty")
	case on.After(today):
		f.Add("on", "programme.on.future")
	}
	f.Text("evidence", "programme.evidence.empty", evidence, MostWhy)
	return f
}

// CheckMoved finds what is wrong with a new day: it is another one, and there is a reason.
func (p Promise) CheckMoved(to civil.Date, why string, today civil.Date) (f fault.Fields) {
	f = checkDue(to, today)
	if !to.IsZero() && to == p.Due {
		f.Add("due", "programme.due.same")
	}
	f.Text("why", "programme.why.empty", why, MostWhy)
	return f
}
