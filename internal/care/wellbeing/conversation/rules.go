package conversation

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/uptake"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// The states of a conversation.
const (
	Requested = "asked" // by the person
	Offered   = "offered"
	Held      = "held"
	Declined  = "declined"
	Elsewhere = "elsewhere"
)

// Outcomes are what a manager can record.
var Outcomes = []string{Held, Declined, Elsewhere}

// Agreed is something to do at work, by code.
type Agreed struct {
	Code string
	Done civil.Date // zero while it is not
}

// Conversation is one, as far as anybody may know of it.
type Conversation struct {
	ID        uuid.UUID
	State     string
	Requested civil.Date // zero unless the person asked for it
	Offered   civil.Date // zero where nobody put an offer down
	Held      civil.Date
	Answered  civil.Date // the day on which they declined, or said that they talk with somebody else
	With      string     // role of who held it; "" where nobody knows
	Next      civil.Date
	ByPerson  bool // the person answered the offer themselves
	Disputed  bool // the person says that it is not right
	Changed   bool // it was changed since they said so
	Actions   []Agreed
	Signposts []string
}

// On is the day on which it took place or was answered; zero while it is open.
func (c Conversation) On() civil.Date {
	if c.State == Held {
		return c.Held
	}
	return c.Answered
}

// Day is the day to name it by.
func (c Conversation) Day() civil.Date {
	for _, d := range []civil.Date{c.On(), c.Offered} {
		if !d.IsZero() {
			return d
		}
	}
	return c.Requested
}

// Awaits says whether it is asked for or offered, and not answered.
func (c Conversation) Awaits() bool { return c.State == Requested || c.State == Offered }

// Open lists the actions that are not done.
func (c Conversation) Open() (out []Agreed) {
	for _, a := range c.Actions {
		if a.Done.IsZero() {
			out = append(out, a)
		}
	}
	return out
}

// How somebody stands, in the order of what needs doing.
const (
	Objects  = "objects" // says that what is recorded of them is not right
	Wants    = "wants"   // asked for one themselves
	Due      = "due"
	Waiting  = "waiting" // offered so long ago that one should ask again
	Asked    = "asked"
	Soon     = "soon"
	NotYet   = "not_yet"
	Refused  = "refused" // said no, and is not asked again yet
	ByOthers = "others"  // talks with somebody else
)

// Standings lists them in that order.
var Standings = []string{Objects, Wants, Due, Waiting, Asked, Soon, Refused, ByOthers, NotYet}

// Stand says how somebody stands today: all is what is recorded, the newest first; since is when they came. Nobody was due before
// the rule was there. What they say themselves goes before what follows from days.
func (p Pack) Stand(all []Conversation, since, today civil.Date) (standing string, due civil.Date) {
	for _, c := range all {
		if c.Disputed && !c.Changed {
			return Objects, c.Day()
		}
	}
	if c, found := open(all); found { // what stands open goes before what was recorded since
		switch {
		case c.State == Requested:
			return Wants, c.Requested
		case today.DaysSince(c.Offered) > p.Answer:
			return Waiting, c.Offered
		}
		return Asked, c.Offered
	}
	if len(all) == 0 {
		due := since.AddMonths(p.First)
		if from := p.from(); due.Before(from) {
			due = from
		}
		return p.near(NotYet, due, today)
	}
	switch last := all[0]; last.State {
	case Declined:
		return p.near(Refused, later(last.Next, last.Answered.AddMonths(p.Declined)), today)
	case Elsewhere:
		return p.near(ByOthers, later(last.Next, last.Answered.AddMonths(p.Every)), today)
	default:
		due := last.Held.AddMonths(p.Every)
		if !last.Next.IsZero() && last.Next.Before(due) {
			due = last.Next
		}
		return p.near(NotYet, due, today)
	}
}

// near says that something is due, or soon, else how it is until then.
func (p Pack) near(until string, due, today civil.Date) (string, civil.Date) {
	switch {
	case !due.After(today):
		return Due, due
	case until == NotYet && due.DaysSince(today) <= p.Soon:
		return Soon, due
	}
	return until, due
}

// later is the day that was agreed, or else the usual one.
func later(agreed, usual civil.Date) civil.Date {
	if !agreed.IsZero() {
		return agreed
	}
	return usual
}

// In is what a manager records: days and codes.
type In struct {
	Outcome, With      string
	On, Next           civil.Date
	Actions, Signposts []string
}

// Check says what is wrong with it. had is what it puts right, or zero: a day that was right when it was recorded stays right, so that an
// old record can be mended elsewhere.
func (p Pack) Check(in In, had Conversation, today civil.Date) (f fault.Fields) {
	if !slices.Contains(Outcomes, in.Outcome) {
		f.Add("outcome", "conversation.outcome.empty")
	}
	switch {
	case in.On.IsZero():
		f.Add("on", "conversation.on.empty")
	case in.On == had.On():
	case in.On.After(today):
		f.Add("on", "conversation.on.future")
	case in.On.Before(today.AddMonths(-p.Read.Months)): // it could not be read back
		f.Add("on", "conversation.on.old", "n", p.Read.Months)
	}
	if in.Outcome == Held && !slices.Contains(p.With, in.With) || in.With != "" && !slices.Contains(p.With, in.With) {
		f.Add("with", "conversation.with.empty")
	}
	for name, list := range map[string][2][]string{"actions": {in.Actions, p.Actions}, "signposts": {in.Signposts, p.Signposts}} {
		for _, code := range list[0] {
			if !slices.Contains(list[1], code) {
				f.Add(name, "conversation.code.bad")
				break
			}
		}
	}
	if !in.Next.IsZero() {
		moved := in.Next != had.Next
		switch {
		case moved && !in.Next.After(today):
			f.Add("next", "conversation.next.past")
		case !in.Next.After(in.On):
			f.Add("next", "conversation.next.before")
		case moved && in.Next.After(today.AddMonths(2*p.Every)):
			f.Add("next", "conversation.next.far")
		}
	}
	return f
}

// Parts of a plan, in the order of the page.
var Parts = []string{"well", "signs", "hard", "helps", "manager"}

// MaxPart bounds a part, in characters: a page.
const MaxPart = 3000

// Counted is what is counted of a team: how many work there, and how many of them had a conversation.
type Counted struct{ People, Held int }

// Size is how many people it is of.
func (n Counted) Size() int { return n.People }

// Plus adds those of another team.
func (n Counted) Plus(m Counted) Counted { return Counted{n.People + m.People, n.Held + m.Held} }

// topic is what the numbers say something about.
const topic = disclosure.General

// Units are the parts of an organisation that are counted.
func Units(teams []uptake.Unit[Counted]) []uptake.Unit[Counted] {
	return uptake.Units(teams, topic.Rule().Threshold)
}

// Told is what may be stored of a unit: rounded, and nil for what is too few.
type Told struct {
	People, Held *int32
	Nearly       bool // so few had none that their number would single them out
}

// Tell says it.
func Tell(n Counted) Told {
	told := uptake.Tell(topic, n.People, n.Held)
	return Told{told[0], told[1], told[0] != nil && told[1] == nil && n.Held >= topic.Rule().Threshold}
}

// Shown is what may be shown of a unit: People is 0 where it is too small, Held where they are too few, or where nearly all had one.
type Shown struct {
	People, Held int
	Nearly       bool
}

// Share is how many of a hundred had one; ok is false where they are too few.
func (n Shown) Share() (percent int, ok bool) { return uptake.Percent(topic, n.Held, n.People) }
