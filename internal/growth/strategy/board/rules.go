package board

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
)

// longestVision fits on two lines of the plan on a page.
const longestVision = 200

var moves = map[State][]State{
	Draft:     {Submitted},
	Submitted: {Approved, Returned},
	Approved:  {InForce},
	InForce:   {Replaced},
}

// May says whether a version may go from one state to another.
func (s State) May(to State) bool { return slices.Contains(moves[s], to) }

// Frozen says whether a version no longer follows the plan.
func (s State) Frozen() bool { return s != Draft }

// TakesMore says whether talks and impacts may still be added.
func (s State) TakesMore() bool { return s == Draft || s == Submitted }

// Missing lists what a version lacks before it can be signed.
type Missing struct {
	Talk            bool
	Characteristics []string // nobody has judged
	Again           []string // judged before the version had all of its objectives and actions
}

// Any says whether anything is missing.
func (m Missing) Any() bool { return m.Talk || len(m.Characteristics)+len(m.Again) > 0 }

// Missing compares a version with what a signature needs.
func (v Version) Missing() Missing {
	m := Missing{Talk: len(v.Talks) == 0}
	for _, c := range v.Characters {
		i := slices.IndexFunc(v.Impacts, func(i Impact) bool { return i.Characteristic == c })
		switch {
		case i < 0:
			m.Characteristics = append(m.Characteristics, c)
		case v.Outgrown(v.Impacts[i]):
			m.Again = append(m.Again, c)
		}
	}
	return m
}

// Outgrown says that an impact was judged before the version had all of its objectives and actions.
func (v Version) Outgrown(i Impact) bool {
	return slices.ContainsFunc(v.Snapshot.covers(), func(id uuid.UUID) bool { return !slices.Contains(i.Covers, id) })
}

// covers lists what an equality impact is about: objectives and actions.
func (s Snapshot) covers() []uuid.UUID {
	ids := []uuid.UUID{}
	for _, o := range s.Objectives {
		ids = append(ids, o.ID)
	}
	for _, x := range s.Actions {
		ids = append(ids, x.ID)
	}
	return ids
}

// CheckVision says what is wrong with the line of a version.
func CheckVision(vision string) (f fault.Fields) {
	f.Text("vision", "board.vision.empty", vision, longestVision)
	return f
}

// Signing is an executive's decision on a version.
type Signing struct {
	Approve    bool
	Name, Post string
	Words      string
}

// CheckSigning says what is wrong with it; name is the one that the page shows.
func CheckSigning(in Signing, name string) (f fault.Fields) {
	if !strings.EqualFold(fold(in.Name), fold(name)) {
		f.Add("name", "board.sign.name.other", "name", name)
	}
	f.Text("post", "board.sign.post.empty", in.Post, strategy.LongestTitle)
	if !in.Approve && strings.TrimSpace(in.Words) == "" {
		f.Add("words", "board.sign.words.empty")
	}
	f.Long("words", in.Words, strategy.LongestText)
	return f
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// CheckTalk says what is wrong with an entry of the co-production log.
func CheckTalk(t Talk, today civil.Date) (f fault.Fields) {
	switch {
	case t.On.IsZero():
		f.Add("on", "board.talk.on.empty")
	case t.On.After(today):
		f.Add("on", "board.talk.on.future")
	}
	f.Text("who", "board.talk.who.empty", t.Who, strategy.LongestTitle)
	f.Text("asked", "board.talk.asked.empty", t.Asked, strategy.LongestText)
	f.Text("changed", "board.talk.changed.empty", t.Changed, strategy.LongestText)
	return f
}

// CheckImpact says what is wrong with an equality impact of some characteristics; all are those the pack asks about.
func CheckImpact(some []string, i Impact, all []string) (f fault.Fields) {
	if len(some) == 0 || slices.ContainsFunc(some, func(c string) bool { return !slices.Contains(all, c) }) {
		f.Add("characteristic", "board.impact.characteristic.empty")
	}
	if !slices.Contains(Effects, i.Effect) {
		f.Add("effect", "board.impact.effect.empty")
	}
	f.Text("evidence", "board.impact.evidence.empty", i.Evidence, strategy.LongestText)
	if (i.Effect == Worse || i.Effect == Unknown) && strings.TrimSpace(i.Mitigation) == "" {
		f.Add("mitigation", "board.impact.mitigation.empty")
	}
	f.Long("mitigation", i.Mitigation, strategy.LongestText)
	return f
}

// ItemIn is a paper as somebody writes it.
type ItemIn struct {
	ID                               uuid.UUID
	Version                          int
	Title, Recommendation, Wellbeing string
	Meeting                          civil.Date
}

// CheckItem says what is wrong with a paper, given the versions it may be about.
func CheckItem(in ItemIn, versions []int) fault.Fields {
	f := checkPaper(in)
	if !slices.Contains(versions, in.Version) {
		f.Add("version", "board.item.version.empty")
	}
	f.Order([]string{"title", "meeting", "version", "recommendation", "wellbeing"})
	return f
}

// checkPaper says what is wrong with a paper whatever it is about.
func checkPaper(in ItemIn) (f fault.Fields) {
	f.Text("title", "board.item.title.empty", in.Title, strategy.LongestTitle)
	if in.Meeting.IsZero() {
		f.Add("meeting", "board.item.meeting.empty")
	}
	f.Text("recommendation", "board.item.recommendation.empty", in.Recommendation, strategy.LongestText)
	f.Text("wellbeing", "board.item.wellbeing.empty", in.Wellbeing, strategy.LongestText)
	return f
}

// CheckDecision says what is wrong with a decision.
func CheckDecision(d Decision, today civil.Date) (f fault.Fields) {
	if !slices.Contains(Choices, d.Choice) {
		f.Add("choice", "board.decide.choice.empty")
	}
	f.Text("words", "board.decide.words.empty", d.Words, strategy.LongestText)
	switch {
	case d.On.IsZero():
		f.Add("on", "board.decide.on.empty")
	case d.On.After(today):
		f.Add("on", "board.decide.on.future")
	}
	return f
}

// CheckQuestion says what is wrong with a question.
func CheckQuestion(q Question, today civil.Date) (f fault.Fields) {
	f.Text("question", "board.ask.question.empty", q.Text, strategy.LongestText)
	f.Text("owner", "board.ask.owner.empty", q.Owner, strategy.LongestTitle)
	switch {
	case q.Due.IsZero():
		f.Add("due", "board.ask.due.empty")
	case q.Due.Before(today):
		f.Add("due", "board.ask.due.past")
	}
	return f
}

// CheckAnswer says what is wrong with an answer.
func CheckAnswer(answer string) (f fault.Fields) {
	f.Text("answer", "board.answer.text.empty", answer, strategy.LongestText)
	return f
}
