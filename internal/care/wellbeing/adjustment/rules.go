package adjustment

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/uptake"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// What a manager can answer, and how something that was asked for stands besides.
const (
	Agreed   = "agreed"
	Part     = "part"
	Declined = "declined"
	Asked    = "asked"
	Ended    = "ended"
)

// Answers are what a manager can answer.
var Answers = []string{Agreed, Part, Declined}

// Answer is one of a manager.
type Answer struct {
	Answer, Reason string
	From, Review   civil.Date
	At             time.Time
}

// Ask is something that a manager was asked for.
type Ask struct {
	ID, Person, Manager uuid.UUID
	Code                string
	At                  time.Time
	Carried             civil.Date // from when an earlier manager agreed to it
	Ended               time.Time
	Answers             []Answer // the first first
	Helped              []Helped // what the reader may see of how it went
	Rests               bool     // whom it was asked of is not their manager today
}

// Last is the answer that holds, if there is one.
func (a Ask) Last() (Answer, bool) {
	if len(a.Answers) == 0 {
		return Answer{}, false
	}
	return a.Answers[len(a.Answers)-1], true
}

// State says how it stands.
func (a Ask) State() string {
	if !a.Ended.IsZero() {
		return Ended
	}
	if last, ok := a.Last(); ok {
		return last.Answer
	}
	return Asked
}

// InPlace says whether it was agreed to, whole or in part, and has not ended.
func (a Ask) InPlace() bool { return a.State() == Agreed || a.State() == Part }

// What a manager has to do with it, in the order of a list.
const (
	Wait   = "wait"   // asked so long ago that it should be answered
	Open   = "open"   // not answered
	Review = "review" // the day to look at it again has come
	Set    = "set"
)

// Todo says it.
func (p Pack) Todo(a Ask, today, asked civil.Date) string {
	last, answered := a.Last()
	switch {
	case !a.Ended.IsZero():
		return Set
	case !answered && today.DaysSince(asked) > p.Answer:
		return Wait
	case !answered:
		return Open
	case last.Answer != Declined && !last.Review.After(today):
		return Review
	}
	return Set
}

// In is what a manager answers.
type In struct {
	Answer, Reason string
	From, Review   civil.Date
}

// oldest is how long ago something can have begun that is agreed only now, in months: it was there, and nobody wrote it down.
const oldest = 24

// Check says what is wrong with an answer. had is the one that held before: its days stay right.
func (p Pack) Check(in In, had Answer, today civil.Date) (f fault.Fields) {
	if !slices.Contains(Answers, in.Answer) {
		f.Add("answer", "adjustment.answer.empty")
	}
	if (in.Answer == Part || in.Answer == Declined) && !slices.Contains(p.Reasons, in.Reason) {
		f.Add("reason", "adjustment.reason.empty")
	}
	if in.Answer != Agreed && in.Answer != Part {
		return f
	}
	switch {
	case in.From.IsZero():
		f.Add("from", "adjustment.from.empty")
	case in.From == had.From:
	case in.From.Before(today.AddMonths(-oldest)):
		f.Add("from", "adjustment.from.old")
	case in.From.After(today.AddMonths(p.Begin)):
		f.Add("from", "adjustment.from.far", "n", p.Begin)
	}
	switch {
	case in.Review.IsZero():
		f.Add("review", "adjustment.review.empty")
	case !in.Review.After(today) || !in.Review.After(in.From):
		f.Add("review", "adjustment.review.past")
	case in.Review.After(today.AddMonths(p.Review)) && in.Review.After(in.From.AddMonths(p.Review)):
		f.Add("review", "adjustment.review.far", "n", p.Review)
	}
	return f
}

// clean leaves of an answer what belongs to it.
func (in In) clean() In {
	switch in.Answer {
	case Agreed:
		in.Reason = ""
	case Declined:
		in.From, in.Review = civil.Date{}, civil.Date{}
	}
	return in
}

// The parts of an item in the owner's words: how it is done, and why it helps.
const (
	How = "how"
	Why = "why"
)

// MaxWords bounds each, in characters: a page.
const MaxWords = 2000

// CheckItem says what is wrong with an item.
func (p Pack) CheckItem(code, how, why string) (f fault.Fields) {
	if !slices.Contains(p.Adjustments, code) {
		f.Add("code", "adjustment.code.empty")
	}
	for name, words := range map[string]string{How: how, Why: why} {
		f.Long(name, words, MaxWords)
	}
	return f
}

// CheckShare says what is wrong with a choice of items.
func CheckShare(codes []string, have []Item) (f fault.Fields) {
	if len(codes) == 0 || slices.ContainsFunc(codes, func(c string) bool {
		return !slices.ContainsFunc(have, func(i Item) bool { return i.Code == c })
	}) {
		f.Add("codes", "adjustment.share.empty")
	}
	return f
}

// What is asked after some weeks, and the answers.
const (
	KindAdjustment = "adjustment"
	KindHours      = "hours"

	HelpedYes    = "helped"
	HelpedPartly = "partly"
	HelpedNo     = "no"
	NotInPlace   = "not_in_place"
	Unsaid       = "unsaid"

	InFull   = "full"
	InPart   = "part"
	OffAgain = "off"
)

// HelpAnswers are what somebody can answer about an adjustment, HoursAnswers about the hours of a return, and Stands how they are at
// work after those.
var (
	HelpAnswers  = []string{HelpedYes, HelpedPartly, HelpedNo, NotInPlace}
	HoursAnswers = []string{HelpedYes, HelpedPartly, HelpedNo, Unsaid}
	Stands       = []string{InFull, InPart, OffAgain, Unsaid}
)

// Helped is one question, and its answer.
type Helped struct {
	Kind   string
	About  uuid.UUID
	Code   string // what it is about; "" for the hours of a return
	Week   int
	Asked  civil.Date
	Answer string // "" while there is none
	Stands string // how they are at work, of the hours of a return
	Shared bool   // never of the hours of a return
}

// Answers are what can be answered to whether it helped.
func (h Helped) Answers() []string {
	if h.Kind == KindHours {
		return HoursAnswers
	}
	return HelpAnswers
}

// HelpIn is what somebody answers: whether it helped, and how they are at work after a return, or whether their manager may read it.
type HelpIn struct{ Answer, Stands, Share string }

// CheckHelp says what is wrong with an answer.
func (h Helped) CheckHelp(in HelpIn) (f fault.Fields) {
	if !slices.Contains(h.Answers(), in.Answer) {
		f.Add("answer", "adjustment.help.empty")
	}
	if h.Kind == KindHours {
		if !slices.Contains(Stands, in.Stands) {
			f.Add("stands", "adjustment.stands.empty")
		}
		return f
	}
	if in.Share != "yes" && in.Share != "no" {
		f.Add("share", "adjustment.help.share.empty")
	}
	return f
}

// Counted is what is counted of a team: how many work there, have something in place, said whether it helps, and said that it does.
type Counted struct{ People, InPlace, Answered, Help int }

// Size is how many people it is of.
func (n Counted) Size() int { return n.People }

// Plus adds those of another team.
func (n Counted) Plus(m Counted) Counted {
	return Counted{n.People + m.People, n.InPlace + m.InPlace, n.Answered + m.Answered, n.Help + m.Help}
}

// topic is what the numbers say something about: health.
const topic = disclosure.Special

// Units are the parts of an organisation that are counted.
func Units(teams []uptake.Unit[Counted]) []uptake.Unit[Counted] {
	return uptake.Units(teams, topic.Rule().Threshold)
}

// Told is what of a unit may be stored: rounded, nil for what is too few. That nobody has anything is hidden too.
type Told struct{ People, InPlace, Answered, Help *int32 }

// Tell says it. Where people are too few nothing else is told, and so on down. Where all have something in place, or all but a few,
// that is hidden too: it would be told of each of them.
func Tell(n Counted) Told {
	told := uptake.Tell(topic, n.People, n.InPlace, n.Answered, n.Help)
	return Told{told[0], told[1], told[2], told[3]}
}

// Placed is how many of a hundred people have something in place.
func (n Counted) Placed() (percent int, ok bool) { return uptake.Percent(topic, n.InPlace, n.People) }

// Helping is for how many of a hundred who answered it helps, whole or in part.
func (n Counted) Helping() (percent int, ok bool) { return uptake.Percent(topic, n.Help, n.Answered) }
