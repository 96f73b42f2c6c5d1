package practice

import (
	"math"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/identifier"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Kind is what happened to a competence of somebody.
type Kind string

// The kinds of events.
const (
	Started   Kind = "started"    // they have begun to learn it
	Ready     Kind = "ready"      // they ask to be signed off
	SignedOff Kind = "signed_off" // they may practise it unsupervised
	Withdrawn Kind = "withdrawn"  // they may no longer
)

// Event is one of them.
type Event struct {
	ID         uuid.UUID
	Account    uuid.UUID // whose competence it is
	Competence string
	Kind       Kind
	On         civil.Date
	Expires    civil.Date // of a sign-off that ends on a day
	Reason     string     // of a withdrawal
	By         uuid.UUID
	ByName     string
}

// Standing is where somebody stands with a competence on a day.
type Standing string

// The standings.
const (
	None         Standing = "none"
	Learning     Standing = "learning"
	Waiting      Standing = "waiting" // for sign-off
	Unsupervised Standing = "unsupervised"
	Lapsed       Standing = "lapsed"
	Stopped      Standing = "stopped" // withdrawn
)

// State is a standing with what it rests on.
type State struct {
	Standing Standing
	Asked    bool  // for sign-off, the first or the next
	Signed   Event // the sign-off, where there was one that nobody withdrew
	Events   []Event
}

// StateOf reads the events of one person and competence, the first first.
func StateOf(events []Event, today civil.Date) (s State) {
	s.Standing, s.Events = None, events
	signed := false
	for _, e := range events {
		s.Asked = e.Kind == Ready
		switch e.Kind {
		case Started:
			s.Standing = Learning
		case Ready:
			s.Standing = Waiting
		case SignedOff:
			signed, s.Signed = true, e
		case Withdrawn:
			s.Standing, signed, s.Signed = Stopped, false, Event{}
		}
	}
	switch {
	case signed && (s.Signed.Expires.IsZero() || !s.Signed.Expires.Before(today)):
		s.Standing = Unsupervised
	case signed && events[len(events)-1].Kind == SignedOff:
		s.Standing = Lapsed
	}
	return s
}

// Next are the steps that somebody may take themselves.
func (s State) Next() (out []Kind) {
	if s.Standing == None || s.Standing == Stopped || s.Standing == Waiting {
		out = append(out, Started)
	}
	if !s.Asked {
		out = append(out, Ready)
	}
	if s.Standing == Unsupervised {
		out = append(out, Withdrawn)
	}
	return out
}

// Signer is somebody who would sign a colleague off, and what speaks for them.
type Signer struct {
	Account uuid.UUID
	Lead    bool // of the service
	Holds   bool // practises the competence unsupervised today
}

// MaySignOff says whether a colleague may be signed off: never oneself, whatever one holds.
func (s Signer) MaySignOff(whose uuid.UUID) bool {
	return s.Account != uuid.Nil && s.Account != whose && (s.Lead || s.Holds)
}

// MayWithdraw says whether a sign-off may be taken back: by its holder, who gave it, or the lead.
func (s Signer) MayWithdraw(signed Event) bool {
	return s.Account != uuid.Nil && (s.Lead || s.Account == signed.Account || s.Account == signed.By)
}

const (
	longestMonths = 60 // a competence that nobody has looked at for five years is a memory
	pastYears     = 5  // development is kept for the longest cycle of revalidation
	aheadYears    = 10 // no register looks further ahead
	maxWords      = 200
	maxReflection = 4000
	maxReason     = 500
	maxMinutes    = 100 * 60 // of one entry of development: a long course is entered in parts
	maxSession    = 8 * 60   // of supervision: a day
)

// SignIn is a sign-off as it is given.
type SignIn struct {
	ID      uuid.UUID
	On      civil.Date
	Expires civil.Date
}

// Check finds what is wrong with it.
func (in SignIn) Check(today civil.Date) (f fault.Fields) {
	past(&f, "on", "practice.sign.on.empty", in.On, today, today.AddMonths(-12))
	switch {
	case in.Expires.IsZero():
	case !in.Expires.After(in.On) || !in.Expires.After(today):
		f.Add("expires", "practice.sign.expires.past")
	case in.Expires.After(today.AddMonths(longestMonths)):
		f.Add("expires", "practice.sign.expires.far")
	}
	return f
}

// CPDKinds are the kinds of development.
var CPDKinds = []string{"course", "reading", "teaching", "work", "conference", "project", "other"}

// CPD is an entry of development, with one's own words.
type CPD struct {
	ID         uuid.UUID
	On         civil.Date
	Kind       string
	Minutes    int
	What       string
	Reflection string
}

// Check finds what is wrong with it.
func (in CPD) Check(today civil.Date) (f fault.Fields) {
	past(&f, "on", "practice.cpd.on.empty", in.On, today, today.AddMonths(-12*pastYears))
	f.Text("what", "practice.cpd.what.empty", in.What, maxWords)
	if !slices.Contains(CPDKinds, in.Kind) {
		f.Add("kind", "practice.cpd.kind.empty")
	}
	if in.Minutes < 1 || in.Minutes > maxMinutes {
		f.Add("hours", "practice.cpd.hours.bad")
	}
	f.Long("reflection", in.Reflection, maxReflection)
	return f
}

// Minutes makes whole minutes of hours; 0 for what is none.
func Minutes(hours float64) int {
	if math.IsNaN(hours) || hours <= 0 || hours > maxMinutes {
		return 0
	}
	return int(math.Round(hours * 60))
}

// Session is supervision that was taken: with a colleague, who sees it too, or with somebody outside the service.
type Session struct {
	ID         uuid.UUID
	On         civil.Date
	Supervisor uuid.UUID // account of a colleague; zero for somebody outside
	Outside    bool      // said to be with somebody outside, whose name is asked for
	With       string    // the name
	Minutes    int
}

// Given is supervision that a colleague took, as its supervisor sees it.
type Given struct {
	On      civil.Date
	Whose   string // "" for somebody who has left
	Minutes int
}

// Check finds what is wrong with it.
func (in Session) Check(today civil.Date) (f fault.Fields) {
	past(&f, "on", "practice.supervision.on.empty", in.On, today, today.AddMonths(-12*pastYears))
	if in.With == "" && !in.Outside {
		f.Add("supervisor", "practice.supervision.supervisor.empty")
	} else {
		f.Text("with", "practice.supervision.with.empty", in.With, maxWords)
	}
	if in.Minutes < 1 || in.Minutes > maxSession {
		f.Add("minutes", "practice.supervision.minutes.bad")
	}
	return f
}

// Registration is an entry in a register.
type Registration struct {
	ID          uuid.UUID
	Body        string
	Number      string
	Expires     civil.Date
	Revalidates civil.Date
	Ended       bool
}

// Check finds what is wrong with it, and gives the number as the register writes it.
func (in Registration) Check(p Pack, today civil.Date) (out Registration, f fault.Fields) {
	out = in
	r, known := p.Register(in.Body)
	if !known {
		f.Add("body", "practice.registration.body.empty")
	}
	switch n, ok := r.number(in.Number); {
	case in.Number == "":
		f.Add("number", "practice.registration.number.empty")
	case known && !ok:
		f.Add("number", "practice.registration.number.bad", "body", in.Body)
	default:
		out.Number = n
	}
	if in.Expires.IsZero() {
		f.Add("expires", "practice.registration.expires.empty")
	} else if outside(in.Expires, today) {
		f.Add("expires", "practice.registration.date.far")
	}
	if !in.Revalidates.IsZero() && outside(in.Revalidates, today) {
		f.Add("revalidates", "practice.registration.date.far")
	}
	return out, f
}

func (r Register) number(text string) (string, bool) {
	if r.Kind != "" {
		v, err := identifier.Check(r.Kind, text)
		if err != nil || !v.Valid {
			return "", false
		}
		return *v.Normalised, true
	}
	entry, ok := access.NewRegistration(r.Body, text)
	_, n := entry.Parts()
	return n, ok
}

func outside(d, today civil.Date) bool {
	return d.Before(today.AddMonths(-12*pastYears)) || d.After(today.AddMonths(12*aheadYears))
}

func past(f *fault.Fields, name, key string, d, today, earliest civil.Date) {
	switch {
	case d.IsZero():
		f.Add(name, key)
	case d.After(today):
		f.Add(name, "practice.past")
	case d.Before(earliest):
		f.Add(name, "practice.long_ago", "day", earliest.Long())
	}
}
