package cohort

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Bounds of what is written.
const (
	mostTitle  = 120
	MostAbout  = 1000
	mostPeople = 100000
)

// Stage of a cohort.
type Stage string

// The stages, each a part of the one before.
const (
	Applied   Stage = "applied"
	Started   Stage = "started"
	Completed Stage = "completed"
)

// Stages in their order.
var Stages = []Stage{Applied, Started, Completed}

// In is what somebody writes of a cohort.
type In struct {
	ID                   uuid.UUID
	Title, About         string
	Places               int
	Closes, Starts, Ends civil.Date // applications close; it starts; it ends
}

// Cohort is a development cohort.
type Cohort struct {
	In
	counts map[Stage]int // exact; see Shown
}

// Phase is where a cohort is on a day.
type Phase string

// The phases.
const (
	Open    Phase = "open"    // for applications
	Chosen  Phase = "chosen"  // between applications and start
	Running Phase = "running" // it has started
	Over    Phase = "over"
)

// Phase on a day.
func (c Cohort) Phase(today civil.Date) Phase {
	switch {
	case !today.After(c.Closes):
		return Open
	case today.Before(c.Starts):
		return Chosen
	case !today.After(c.Ends):
		return Running
	}
	return Over
}

// Counted says whether a stage was counted.
func (c Cohort) Counted(s Stage) bool {
	_, ok := c.counts[s]
	return ok
}

// due is when a stage can be counted: the day after applications close, the start, the day after the end.
func (c Cohort) due(s Stage) civil.Date {
	switch s {
	case Applied:
		return c.Closes.AddDays(1)
	case Started:
		return c.Starts
	}
	return c.Ends.AddDays(1)
}

// Next is the stage that is to be counted, if its day has come.
func (c Cohort) Next(today civil.Date) (s Stage, ok bool) {
	for _, s := range Stages {
		if !c.Counted(s) {
			return s, !today.Before(c.due(s))
		}
	}
	return "", false
}

// Shown are the counts as they may be seen, by stage. A stage is hidden where it, or what it leaves of the stage before, is small; and
// so is what would tell it.
func (c Cohort) Shown() map[Stage]disclosure.Figure {
	out := map[Stage]disclosure.Figure{}
	for i, s := range Stages {
		n, ok := c.counts[s]
		if !ok {
			out[s] = disclosure.NotCollected
			continue
		}
		out[s] = disclosure.Count(n, disclosure.General)
		for _, before := range Stages[:i] {
			if p, _ := disclosure.Split(n, c.counts[before], disclosure.General); p.Hidden() {
				out[s] = p
			}
		}
	}
	return out
}

// Check finds what is missing.
func (in In) Check(today civil.Date) (f fault.Fields) {
	f.Text("title", "cohort.title.empty", in.Title, mostTitle)
	f.Text("about", "cohort.about.empty", in.About, MostAbout)
	if in.Places < 1 || in.Places > mostPeople {
		f.Add("places", "cohort.places.bad")
	}
	switch {
	case in.Closes.IsZero():
		f.Add("closes", "cohort.closes.empty")
	case in.Closes.Before(today):
		f.Add("closes", "cohort.closes.past")
	}
	switch {
	case in.Starts.IsZero():
		f.Add("starts", "cohort.starts.empty")
	case in.Starts.Before(in.Closes):
		f.Add("starts", "cohort.starts.early")
	}
	switch {
	case in.Ends.IsZero():
		f.Add("ends", "cohort.ends.empty")
	case in.Ends.Before(in.Starts):
		f.Add("ends", "cohort.ends.early")
	case in.Ends.After(today.AddMonths(60)):
		f.Add("ends", "cohort.ends.far")
	}
	return f
}

// CheckCount finds what is wrong with the count of a stage: it is a part of the stage before, and nobody starts without a place.
func (c Cohort) CheckCount(s Stage, people int) (f fault.Fields) {
	most := mostPeople
	i := slices.Index(Stages, s)
	if i > 0 {
		most = c.counts[Stages[i-1]]
	}
	switch {
	case people < 0 || people > mostPeople:
		f.Add("people", "cohort.people.bad")
	case people > most:
		f.Add("people", "cohort.people.more")
	case s == Started && people > c.Places:
		f.Add("people", "cohort.people.places", "n", c.Places)
	}
	return f
}
