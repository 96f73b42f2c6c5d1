package group

import (
	"regexp"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/network/due"
)

// Lengths of what is written.
const (
	mostLine  = 160
	MostWords = 500
	MostRemit = 1000
	MostPaper = 20000
)

// Kinds of a group, parts of a member, and what a paper is for.
var (
	Kinds    = []string{"steering", "task"}
	Parts    = []string{"chair", "secretary", "member"}
	Purposes = []string{"decide", "discuss", "note"}
)

// Group is a steering or a task group.
type Group struct {
	ID                uuid.UUID
	Kind, Name, Remit string
	Closed            bool
	Members           []Member // who is in it now, the chair first
	Former            []Member
	Meetings          []Meeting // the latest day first
	Actions           []Action  // what is open first
	Decisions         []Decision
}

// Member speaks for an organisation or a staff group.
type Member struct {
	ID               uuid.UUID
	Name, Body, Part string
	From, Until      civil.Date
}

// Meeting of a group.
type Meeting struct {
	ID, Group uuid.UUID
	GroupName string
	On        civil.Date
	At, Place string
	Held      bool
	Came      []uuid.UUID
	Note      string
	Papers    []Paper // in the order of their purposes; of one meeting only
}

// Paper of a meeting.
type Paper struct {
	ID                               uuid.UUID
	Title, Purpose, Presenter, Words string
	File                             *document.File // in place of words; nil for none
}

// FilePath is where the file is opened by whoever reads the group's papers.
func (p Paper) FilePath() string { return "/group-papers/" + p.ID.String() + "/file" }

// Decision in the log.
type Decision struct {
	ID, Meeting uuid.UUID
	On          civil.Date
	What, Why   string
}

// Action that a meeting agreed on.
type Action struct {
	ID, Meeting, Group   uuid.UUID
	GroupName            string
	What, Owner, Outcome string
	due.Promise
}

// Next is the meeting that comes: the first that was not held, from a day on.
func (g Group) Next(today civil.Date) (m Meeting, ok bool) {
	for _, x := range g.Meetings { // the latest first
		if !x.Held && !x.On.Before(today) {
			m, ok = x, true
		}
	}
	return m, ok
}

// Unwritten are meetings whose day is over and of which nobody has said who came.
func (g Group) Unwritten(today civil.Date) (out []Meeting) {
	for _, x := range g.Meetings {
		if !x.Held && x.On.Before(today) {
			out = append(out, x)
		}
	}
	return out
}

// Open are the actions that are to be done.
func (g Group) Open() (out []Action) {
	for _, x := range g.Actions {
		if x.Promise.Open() {
			out = append(out, x)
		}
	}
	return out
}

// Since are the decisions of the meeting before one, and of those after that.
func (g Group) Since(m Meeting) (out []Decision) {
	var last civil.Date
	for _, x := range g.Meetings {
		if x.Held && x.ID != m.ID && !x.On.After(m.On) && x.On.After(last) {
			last = x.On
		}
	}
	for _, d := range g.Decisions {
		if !last.IsZero() && d.Meeting != m.ID && !d.On.Before(last) {
			out = append(out, d)
		}
	}
	return out
}

// On are the members that a group had on a day.
func (g Group) On(day civil.Date) (out []Member) {
	for _, x := range slices.Concat(g.Members, g.Former) {
		if !x.From.After(day) && (x.Until.IsZero() || !x.Until.Before(day)) {
			out = append(out, x)
		}
	}
	return out
}

// In is what somebody writes of a new group.
type In struct {
	ID                uuid.UUID
	Kind, Name, Remit string
}

// Check finds what is missing.
func (in In) Check() (f fault.Fields) {
	if !slices.Contains(Kinds, in.Kind) {
		f.Add("kind", "group.kind.empty")
	}
	f.Text("name", "group.name.empty", in.Name, mostLine)
	f.Text("remit", "group.remit.empty", in.Remit, MostRemit)
	return f
}

// MemberIn is what somebody writes of a new member.
type MemberIn struct {
	ID               uuid.UUID
	Name, Body, Part string
	From             civil.Date
}

// Check finds what is missing.
func (in MemberIn) Check(today civil.Date) (f fault.Fields) {
	f.Text("name", "group.member.name.empty", in.Name, mostLine)
	f.Text("body", "group.member.body.empty", in.Body, mostLine)
	if !slices.Contains(Parts, in.Part) {
		f.Add("part", "group.part.empty")
	}
	switch {
	case in.From.IsZero():
		f.Add("from", "group.from.empty")
	case in.From.After(today):
		f.Add("from", "group.from.future")
	}
	return f
}

// MeetingIn is what somebody writes of a meeting to come.
type MeetingIn struct {
	ID        uuid.UUID
	On        civil.Date
	At, Place string
}

// clock is a time of day.
var clock = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)

// Check finds what is missing.
func (in MeetingIn) Check(today civil.Date) (f fault.Fields) {
	switch {
	case in.On.IsZero():
		f.Add("on", "group.on.empty")
	case in.On.Before(today):
		f.Add("on", "group.on.past")
	}
	if !clock.MatchString(in.At) {
		f.Add("at", "group.at.bad")
	}
	f.Text("place", "group.place.empty", in.Place, mostLine)
	return f
}

// Check finds what is missing of a paper.
func (p Paper) Check() (f fault.Fields) {
	f.Text("title", "group.paper.title.empty", p.Title, mostLine)
	if !slices.Contains(Purposes, p.Purpose) {
		f.Add("purpose", "group.purpose.empty")
	}
	f.Text("presenter", "group.presenter.empty", p.Presenter, mostLine)
	if p.File == nil {
		f.Text("words", "group.words.empty", p.Words, MostPaper)
	}
	return f
}

// Check finds what is missing of a decision.
func (d Decision) Check() (f fault.Fields) {
	f.Text("what", "group.decided.empty", d.What, MostWords)
	f.Text("why", "group.decided.why.empty", d.Why, MostWords)
	return f
}

// Check finds what is missing of an action.
func (x Action) Check(today civil.Date) (f fault.Fields) {
	f.Text("what", "group.action.what.empty", x.What, MostWords)
	f.Text("owner", "group.action.owner.empty", x.Owner, mostLine)
	switch {
	case x.Due.IsZero():
		f.Add("due", "group.due.empty")
	case x.Due.After(today.AddMonths(36)):
		f.Add("due", "group.due.far")
	}
	return f
}

// CheckDone finds what is wrong with how an action ended.
func CheckDone(on civil.Date, outcome string, today civil.Date) (f fault.Fields) {
	switch {
	case on.IsZero():
		f.Add("on", "group.done.empty")
	case on.After(today):
		f.Add("on", "group.done.future")
	}
	f.Text("outcome", "group.outcome.empty", outcome, MostWords)
	return f
}
