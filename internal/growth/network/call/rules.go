package call

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
	"github.com/rowan-ohwb/rowan/internal/growth/survey"
)

// Bounds of what is written.
const (
	mostTitle     = 120
	MostAbout     = 2000
	MostTold      = 2000
	mostQuestions = 12
	mostOptions   = 12
	mostLine      = 300
)

// openMonths is how long a call may be open.
const openMonths = 12

// Kind of a call.
type Kind string

// The kinds.
const (
	Survey Kind = "survey"
	Cases  Kind = "cases"
)

// Kinds in their order.
var Kinds = []string{string(Survey), string(Cases)}

// Whom a call asks.
const (
	Leads   = "leads"   // of services below, for their organisation
	Members = "members" // of the community of practice, each for themselves
)

// Audiences are whom a role may ask: a nation its services too, an ICS the members alone.
func Audiences(r access.Role) []string {
	if r == access.NationalLead {
		return []string{Leads, Members}
	}
	return []string{Members}
}

// State is how far a call has come.
type State string

// The states; see the package's comment. Closed is published, and over.
const (
	Draft     State = "draft"
	Published State = "published"
	Answered  State = "answered"
	Withdrawn State = "withdrawn"
)

// In is what somebody writes.
type In struct {
	ID           uuid.UUID
	Kind         Kind
	Asks         string // Leads or Members
	Title, About string
	Questions    string // one a line: words, or words | option; option
	Closes       civil.Date
	Version      int // that the form showed; 0 for a new call
}

// Call is a call.
type Call struct {
	In
	Nation    uuid.UUID
	Asked     []survey.Question
	State     State
	Published civil.Date
	Said, Did string
	Told      civil.Date
	Replies   int    // of the nation's own
	Reply     *Reply // of the organisation that looks; nil for none
}

// Reply is an answer that was handed over.
type Reply struct {
	Who     string // "" where it is not named
	Answers []string
	On      civil.Date
}

// Open says that it can be answered on a day.
func (c Call) Open(today civil.Date) bool {
	return c.State == Published && !c.Closes.Before(today)
}

// Waits says that it is over, and nobody has said yet what came of it.
func (c Call) Waits(today civil.Date) bool {
	return c.State == Published && c.Closes.Before(today)
}

// lines are the questions that are written.
func (in In) lines() (out []string) {
	for _, l := range strings.Split(in.Questions, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// parse reads a question; ok is false where there are no words, or one option alone.
func parse(line string) (q survey.Question, ok bool) {
	words, options, has := strings.Cut(line, "|")
	q.Words = strings.TrimSpace(words)
	for _, o := range strings.Split(options, ";") {
		if o = strings.TrimSpace(o); o != "" && !slices.Contains(q.Options, o) {
			q.Options = append(q.Options, o)
		}
	}
	return q, q.Words != "" && len(q.Options) <= mostOptions && (has == (len(q.Options) > 1))
}

// questions reads what was kept.
func questions(lines []string) (out []survey.Question) {
	for _, l := range lines {
		q, _ := parse(l)
		out = append(out, q)
	}
	return out
}

// Check finds what is missing.
func (in In) Check(by access.Role, today civil.Date) (f fault.Fields) {
	if !slices.Contains(Kinds, string(in.Kind)) {
		f.Add("kind", "call.kind.empty")
	}
	switch {
	case !slices.Contains(Audiences(by), in.Asks):
		f.Add("asks", "call.asks.empty")
	case in.Kind == Cases && in.Asks != Leads:
		f.Add("asks", "call.asks.cases")
	}
	f.Text("title", "call.title.empty", in.Title, mostTitle)
	f.Text("about", "call.about.empty", in.About, MostAbout)
	lines := in.lines()
	switch {
	case in.Kind == Survey && len(lines) == 0:
		f.Add("questions", "call.questions.empty")
	case in.Kind == Cases && len(lines) > 0:
		f.Add("questions", "call.questions.none")
	case len(lines) > mostQuestions:
		f.Add("questions", "call.questions.many", "n", mostQuestions)
	default:
		for i, l := range lines {
			if _, ok := parse(l); !ok || len([]rune(l)) > mostLine {
				f.Add("questions", "call.questions.line", "n", i+1)
				break
			}
		}
	}
	switch {
	case in.Closes.IsZero():
		f.Add("closes", "call.closes.empty")
	case !in.Closes.After(today):
		f.Add("closes", "call.closes.past")
	case in.Closes.After(today.AddMonths(openMonths)):
		f.Add("closes", "call.closes.far")
	}
	return f
}

// CheckAnswers finds what is missing of an organisation's answer, and what looks like a person: it is read by strangers.
func (c Call) CheckAnswers(answers []string, agreed bool, named string, today civil.Date) (f fault.Fields) {
	f = survey.CheckWords(c.Asked, answers, func(text string) string {
		if found := redaction.Scan(text, today); len(found) > 0 {
			return found[0].Text
		}
		return ""
	})
	if named != "yes" && named != "no" {
		f.Add("named", "call.named.empty")
	}
	if !agreed {
		f.Add("agree", "call.agree.empty")
	}
	return f
}

// CheckTold finds what is missing of what came of a call.
func CheckTold(said, did string) (f fault.Fields) {
	f.Text("said", "call.said.empty", said, MostTold)
	f.Text("did", "call.did.empty", did, MostTold)
	return f
}

// Result is what was answered to one question: how many organisations chose what, or what they wrote.
type Result struct {
	survey.Question
	Chosen []int // by option
	Wrote  []Reply
}

// Results puts answers together by question. They are of organisations, and no people.
func Results(asked []survey.Question, all []Reply) (out []Result) {
	for i, q := range asked {
		r := Result{Question: q, Chosen: make([]int, len(q.Options))}
		for _, x := range all {
			if i >= len(x.Answers) {
				continue
			}
			if at := slices.Index(q.Options, x.Answers[i]); at >= 0 {
				r.Chosen[at]++
			} else if len(q.Options) == 0 {
				r.Wrote = append(r.Wrote, Reply{Who: x.Who, On: x.On, Answers: x.Answers[i : i+1]})
			}
		}
		out = append(out, r)
	}
	return out
}
