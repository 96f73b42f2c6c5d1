package award

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimony"
)

// The permissions of the slice.
const (
	Read access.Permission = "award.read"
	Keep access.Permission = "award.keep"
	Send access.Permission = "award.send"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "Read nominations for awards, and what was won", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin, access.Guardian, access.Executive)},
	{Permission: Keep, Wall: access.Growth, Data: access.D7, Purpose: "Write nominations for awards", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin)},
	{Permission: Send, Wall: access.Growth, Data: access.D0, Purpose: "Say that a nomination was sent, and what came of it", Allow: access.Allow(access.Any, access.Lead)},
}

// Lengths of what is written.
const (
	mostName     = 160
	MostAnswer   = 8000
	mostCriteria = 20
	mostLimit    = 2000
	MostSettled  = 500
)

// Kinds of award.
var Kinds = []string{"award", "accreditation"}

// Accreditation is the kind that holds until a day.
const Accreditation = "accreditation"

// State is how far a nomination has come.
type State string

// The states; see the package's comment.
const (
	Drafting    State = "drafting"
	Submitted   State = "submitted"
	Shortlisted State = "shortlisted"
	Won         State = "won"
	Not         State = "not"
	Dropped     State = "dropped"
)

// Outcomes are what can come of a nomination.
var Outcomes = []string{string(Shortlisted), string(Won), string(Not)}

// Evidence is what an answer rests on, as it is when it is read.
type Evidence struct {
	ID          uuid.UUID
	Kind        string // figure, story, testimonial, effect, item
	citation    uuid.UUID
	of          uuid.UUID // of the story, testimonial, forecast or item
	Gone        bool
	Figure      *figure.Checked
	Story       *story.Story
	Testimonial *testimony.Testimonial
	Effect      *story.Effect
	Item        Item
}

// Moved says that the source of a figure says something else by now.
func (e Evidence) Moved() bool { return e.Figure != nil && e.Figure.Moved() }

// Item is an item of the evidence room that is in use.
type Item struct {
	ID    uuid.UUID
	Title string
}

// Criterion is what an organiser asks for, with the answer.
type Criterion struct {
	N        int
	Title    string
	Most     int // words; 0 for no limit
	Answer   string
	Version  int
	Changed  time.Time
	By       string
	Evidence []Evidence
}

// Words counts those of the answer.
func (c Criterion) Words() int { return len(strings.Fields(c.Answer)) }

// Lack is what a criterion still lacks.
type Lack string

// What may be lacking, or wrong.
const (
	NoAnswer   Lack = "answer"
	TooLong    Lack = "long"
	NoEvidence Lack = "evidence"
	SomeGone   Lack = "gone"
	SomeMoved  Lack = "moved" // it can be sent all the same
)

// Lacks lists what is lacking.
func (c Criterion) Lacks() (out []Lack) {
	if c.Answer == "" {
		out = append(out, NoAnswer)
	}
	if c.Most > 0 && c.Words() > c.Most {
		out = append(out, TooLong)
	}
	if len(c.Evidence) == 0 {
		out = append(out, NoEvidence)
	}
	if slices.ContainsFunc(c.Evidence, func(e Evidence) bool { return e.Gone }) {
		out = append(out, SomeGone)
	}
	if slices.ContainsFunc(c.Evidence, Evidence.Moved) {
		out = append(out, SomeMoved)
	}
	return out
}

// Ready says whether it can be sent.
func (c Criterion) Ready() bool {
	return !slices.ContainsFunc(c.Lacks(), func(l Lack) bool { return l != SomeMoved })
}

// Award is one nomination.
type Award struct {
	ID                      uuid.UUID
	Kind, Name, Organiser   string
	Deadline                civil.Date
	State                   State
	By                      string
	SubmittedOn             civil.Date
	SubmittedBy             string
	Settled                 civil.Date
	SettledWords, SettledBy string
	Until                   civil.Date // of an accreditation that was won
	Criteria                []Criterion
}

// Ready says whether it can be sent.
func (a Award) Ready() bool {
	return !slices.ContainsFunc(a.Criteria, func(c Criterion) bool { return !c.Ready() })
}

// Left is how many criteria are not ready.
func (a Award) Left() (n int) {
	for _, c := range a.Criteria {
		if !c.Ready() {
			n++
		}
	}
	return n
}

// Criterion finds one.
func (a Award) Criterion(n int) (Criterion, bool) {
	if n < 1 || n > len(a.Criteria) {
		return Criterion{}, false
	}
	return a.Criteria[n-1], true
}

// Achieved says whether it counts among the achievements on a day: one that was won, and an accreditation while it holds.
func (a Award) Achieved(today civil.Date) bool {
	return a.State == Won && (a.Kind != Accreditation || !a.Until.Before(today))
}

// Late says that the deadline is over and nothing was sent.
func (a Award) Late(today civil.Date) bool {
	return a.State == Drafting && a.Deadline.Before(today)
}

// Soon says that the deadline is within four weeks.
func (a Award) Soon(today civil.Date) bool {
	return a.State == Drafting && !a.Late(today) && !a.Deadline.After(today.AddDays(28))
}

// In is a nomination to begin: its criteria stand one on a line, with a limit of words after a bar.
type In struct {
	ID                    uuid.UUID
	Kind, Name, Organiser string
	Deadline              civil.Date
	Criteria              string
}

// parse reads the criteria.
func (in In) parse() (out []Criterion, f fault.Fields) {
	for line := range strings.Lines(in.Criteria) {
		title, limit, has := strings.Cut(strings.TrimSpace(line), "|")
		title = strings.TrimSpace(title)
		if title == "" && !has {
			continue
		}
		c := Criterion{N: len(out) + 1, Title: title}
		if has {
			n, err := strconv.Atoi(strings.TrimSpace(limit))
			if err != nil || n < 1 || n > mostLimit || title == "" {
				f.Add("criteria", "award.criteria.line", "n", len(out)+1, "most", mostLimit)
				return nil, f
			}
			c.Most = n
		}
		if len([]rune(title)) > mostName*2 {
			f.Add("criteria", "form.too_long", "n", mostName*2)
			return nil, f
		}
		out = append(out, c)
	}
	switch {
	case len(out) == 0:
		f.Add("criteria", "award.criteria.empty")
	case len(out) > mostCriteria:
		f.Add("criteria", "award.criteria.many", "n", mostCriteria)
	}
	return out, f
}

// Check finds what is missing.
func (in In) Check(today civil.Date) (f fault.Fields) {
	if !slices.Contains(Kinds, in.Kind) {
		f.Add("kind", "award.kind.empty")
	}
	for name, text := range map[string]string{"name": in.Name, "organiser": in.Organiser} {
		switch n := len([]rune(strings.TrimSpace(text))); {
		case n == 0:
			f.Add(name, "award."+name+".empty")
		case n > mostName:
			f.Add(name, "form.too_long", "n", mostName)
		}
	}
	switch {
	case in.Deadline.IsZero():
		f.Add("deadline", "award.deadline.empty")
	case in.Deadline.Before(today):
		f.Add("deadline", "award.deadline.past")
	}
	_, bad := in.parse()
	f.Merge(bad)
	return f
}

// CheckAnswer finds what is wrong with an answer. One over the limit of words is kept, and said to be too long: it is shortened later.
func CheckAnswer(text string, today civil.Date) (f fault.Fields) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		f.Add("answer", "award.answer.empty")
	case len([]rune(text)) > MostAnswer:
		f.Add("answer", "form.too_long", "n", MostAnswer)
	default:
		if found := redaction.Scan(text, today); len(found) > 0 {
			f.Add("answer", "story.person", "words", found[0].Text)
		}
	}
	return f
}

// Settled is what came of a nomination.
type Settled struct {
	State State
	On    civil.Date
	Words string
	Until civil.Date
}

// CheckSettled finds what is wrong with it.
func (a Award) CheckSettled(s Settled, today civil.Date) (f fault.Fields) {
	if !slices.Contains(Outcomes, string(s.State)) || s.State == Shortlisted && a.State == Shortlisted {
		f.Add("state", "award.settled.empty")
	}
	switch {
	case s.On.IsZero():
		f.Add("on", "award.on.empty")
	case s.On.After(today) || s.On.Before(a.SubmittedOn):
		f.Add("on", "award.on.range")
	}
	if len([]rune(s.Words)) > MostSettled {
		f.Add("words", "form.too_long", "n", MostSettled)
	}
	if s.State == Won && a.Kind == Accreditation && !s.Until.After(s.On) {
		f.Add("until", "award.until.empty")
	}
	return f
}
