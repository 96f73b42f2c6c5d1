package conversation

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// The states of a conversation.
const (
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
	ID            uuid.UUID
	State         string
	Offered, Held civil.Date
	With          string // role of who held it; "" where nobody knows
	Next          civil.Date
	ByPerson      bool // the person answered the offer themselves
	Disputed      bool // the person says that it is not right
	Actions       []Agreed
	Signposts     []string
}

// On is the day that stands for when it took place or was answered; zero while it is offered.
func (c Conversation) On() civil.Date {
	switch c.State {
	case "", Offered:
		return civil.Date{}
	case Held:
		return c.Held
	}
	return c.Offered
}

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
	Due      = "due"
	Waiting  = "waiting" // offered so long ago that one should ask again
	Asked    = "asked"
	Soon     = "soon"
	NotYet   = "not_yet"
	Refused  = "refused" // said no, and is not asked again yet
	ByOthers = "others"  // talks with somebody else
)

// Standings lists them in that order.
var Standings = []string{Due, Waiting, Asked, Soon, Refused, ByOthers, NotYet}

// Stand says how somebody stands today: all is what is recorded, the newest first; since is when they came. Nobody was due before
// the rule was there.
func (p Pack) Stand(all []Conversation, since, today civil.Date) (standing string, due civil.Date) {
	if len(all) == 0 {
		due := since.AddMonths(p.First)
		if from := p.from(); due.Before(from) {
			due = from
		}
		return p.near(NotYet, due, today)
	}
	switch last := all[0]; last.State {
	case Offered:
		if today.DaysSince(last.Offered) > p.Answer {
			return Waiting, last.Offered
		}
		return Asked, last.Offered
	case Declined:
		return p.near(Refused, later(last.Next, last.Offered.AddMonths(p.Declined)), today)
	case Elsewhere:
		return p.near(ByOthers, later(last.Next, last.Offered.AddMonths(p.Every)), today)
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

// oldest is how far back something can be recorded, in months: what is longer ago says nothing about now.
const oldest = 24

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
	case in.On.Before(today.AddMonths(-oldest)):
		f.Add("on", "conversation.on.old")
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
	if !in.Next.IsZero() && in.Next != had.Next {
		switch {
		case !in.Next.After(today):
			f.Add("next", "conversation.next.past")
		case in.Next.After(today.AddMonths(2 * p.Every)):
			f.Add("next", "conversation.next.far")
		}
	}
	return f
}

// Parts of a plan, in the order of the page.
var Parts = []string{"well", "signs", "hard", "helps", "manager"}

// MaxPart bounds a part, in characters: a page.
const MaxPart = 3000

// Squad is a team: how many work there, and how many of them had a conversation.
type Squad struct {
	Department, Team string
	People, Held     int
}

// smallest team that is counted by itself: as many as a count must have to be shown.
var smallest = disclosure.General.Rule().Threshold

// Units puts the small teams of each department together, and the organisation first. Exact numbers: for Tell alone.
func Units(all []Squad) (out []Squad) {
	var whole Squad
	small := map[string]Squad{}
	var teams []Squad
	for _, t := range all {
		whole.People, whole.Held = whole.People+t.People, whole.Held+t.Held
		if t.People >= smallest {
			teams = append(teams, t)
			continue
		}
		s := small[t.Department]
		small[t.Department] = Squad{t.Department, "", s.People + t.People, s.Held + t.Held}
	}
	for _, s := range small {
		teams = append(teams, s)
	}
	return append([]Squad{whole}, teams...)
}

// Tell says of a unit what may be stored: rounded, and nil for what is too few.
func Tell(u Squad) (people, held *int32) {
	n, ok := disclosure.Count(u.People, disclosure.General).Value()
	if !ok || n == 0 {
		return nil, nil
	}
	p := int32(n) //nolint:gosec // of an organisation
	if h, ok := disclosure.Count(u.Held, disclosure.General).Value(); ok {
		x := int32(h) //nolint:gosec // of an organisation
		return &p, &x
	}
	return &p, nil
}
