package codesign

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/community/screen"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
)

// Lengths of what is written. A round runs for half a year at most: what is asked for longer is forgotten. Nobody answers more than ten
// questions.
const (
	MostAbout     = 2000
	MostAnswer    = 1000
	MostSummary   = 2000
	mostDays      = 183
	mostQuestions = 10
	mostQuestion  = 300
)

// Draft is a version of a community, before and after it is published.
type Draft struct {
	framework.Version
	Stage   int // counts the changes
	Started time.Time
	By      string
	// Published is zero for a draft.
	Published   time.Time
	PublishedBy string
}

// Open says that it is a draft.
func (d Draft) Open() bool { return d.Published.IsZero() }

// State of a version.
type State string

// The states.
const (
	Drafted    State = "draft"
	InCodesign State = "codesign"
	Coming     State = "coming" // published, and its day is to come
	InForce    State = "force"
	Superseded State = "superseded"
)

// StateOf says where a version of a community stands: all are its versions and ours, rounds those of the community.
func (d Draft) StateOf(all []framework.Version, rounds []Round, today civil.Date) State {
	switch {
	case d.Open() && slices.ContainsFunc(rounds, func(r Round) bool { return r.Version == d.ID && !r.Over(today) }):
		return InCodesign
	case d.Open():
		return Drafted
	case d.Effective.After(today):
		return Coming
	case d.Superseded(all, today):
		return Superseded
	}
	return InForce
}

// Round is one in which members are asked about a draft, as it stood then.
type Round struct {
	RoundIn
	Version uuid.UUID
	Number  int // of the version
	Themes  []framework.Theme
	Opened  time.Time
	By      string
	Ended   time.Time // by the host before its last day; zero where it was not
}

// RoundIn is a round as its host opens it.
type RoundIn struct {
	ID            uuid.UUID
	About         string
	Questions     []string
	Opens, Closes civil.Date
}

// Over says that nobody can comment any more.
func (r Round) Over(today civil.Date) bool { return !r.Ended.IsZero() || r.Closes.Before(today) }

// Running says that members can comment.
func (r Round) Running(today civil.Date) bool { return !r.Over(today) && !r.Opens.After(today) }

// Lines are the questions of a text with one on each line.
func Lines(text string) (out []string) {
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// Check says what is wrong with a round that is opened today. Many people read it, so it names nobody.
func (in RoundIn) Check(today civil.Date, found []screen.Finding) (f fault.Fields) {
	f.Text("about", "codesign.about.empty", in.About, MostAbout)
	if len(f) == 0 && len(found) > 0 {
		f.Add("about", "codesign.person", "words", found[0].Text)
	}
	switch {
	case len(in.Questions) > mostQuestions:
		f.Add("questions", "codesign.questions.many", "n", mostQuestions)
	case slices.ContainsFunc(in.Questions, func(q string) bool { return len([]rune(q)) > mostQuestion }):
		f.Add("questions", "codesign.questions.long", "n", mostQuestion)
	}
	if in.Opens.IsZero() || in.Opens.Before(today) {
		f.Add("opens", "codesign.opens.wrong")
	}
	f.Merge(CheckCloses(in.Opens, in.Closes))
	return f
}

// CheckCloses says what is wrong with the last day of a round that opens, or of one that is moved today.
func CheckCloses(from, closes civil.Date) (f fault.Fields) {
	if closes.IsZero() || closes.Before(from) || closes.After(from.AddDays(mostDays)) {
		f.Add("closes", "codesign.closes.wrong")
	}
	return f
}

// Spot is what a comment is about: a question of the round (from 1 on), a theme, or the words of one of its levels.
type Spot struct {
	Question int
	Theme    string
	What     string // internal, procured or evidence; "" for the theme as a whole
	Level    int    // 0 for the theme as a whole
}

// String is the spot in an address.
func (s Spot) String() string {
	switch {
	case s.Question > 0:
		return "q" + strconv.Itoa(s.Question)
	case s.Level > 0:
		return s.Theme + "-" + s.What + "-" + strconv.Itoa(s.Level)
	}
	return s.Theme
}

// spots are the parts of a level.
var spots = []string{framework.Internal, framework.Procured, "evidence"}

// Spot finds what an address names in the round; false where there is no such thing.
func (r Round) Spot(text string) (Spot, bool) {
	if n, err := strconv.Atoi(strings.TrimPrefix(text, "q")); err == nil && strings.HasPrefix(text, "q") {
		return Spot{Question: n}, n >= 1 && n <= len(r.Questions)
	}
	code, rest, deeper := strings.Cut(text, "-")
	t, ok := framework.Find(r.Themes, code)
	if !deeper || !ok {
		return Spot{Theme: code}, ok
	}
	what, level, _ := strings.Cut(rest, "-")
	n, err := strconv.Atoi(level)
	s := Spot{Theme: code, What: what, Level: n}
	if err != nil || n < 1 || n > framework.Levels || !slices.Contains(spots, what) {
		return s, false
	}
	return s, what == "evidence" || t.For(what)
}

// Words are those that a spot of the round names.
func (r Round) Words(s Spot) string {
	t, _ := framework.Find(r.Themes, s.Theme)
	switch {
	case s.Question > 0:
		return r.Questions[s.Question-1]
	case s.Level == 0:
		return t.Title
	case s.What == "evidence":
		return t.Counts(s.Level)
	}
	return t.Words(s.What)[s.Level-1]
}

// Verdict is what the host does about a comment.
type Verdict string

// The verdicts.
const (
	TakenUp Verdict = "taken"
	InPart  Verdict = "part"
	NotUp   Verdict = "not"
)

// Verdicts lists them in the order of the form.
var Verdicts = []string{string(TakenUp), string(InPart), string(NotUp)}

// Answer is what the host said to a comment.
type Answer struct {
	Verdict Verdict
	Words   string
	At      time.Time
	By      string
}

// CheckAnswer says what is wrong with an answer; everybody reads it.
func CheckAnswer(verdict, words string, found []screen.Finding) (f fault.Fields) {
	if !slices.Contains(Verdicts, verdict) {
		f.Add("verdict", "codesign.verdict.empty")
	}
	f.Text("words", "codesign.answer.empty", words, MostAnswer)
	if f.Of("words") == nil && len(found) > 0 {
		f.Add("words", "codesign.person", "words", found[0].Text)
	}
	return f
}

// Comment is one with what it is about and what came of it.
type Comment struct {
	post.Post
	Spot
	Round  uuid.UUID
	Home   uuid.UUID // the organisation that its writer acted for
	Agreed int
	Mine   bool    // the reader agrees
	Answer *Answer // nil until the host answers
}

// Counts says that it is to be answered and counted: it is published.
func (c Comment) Counts() bool { return c.State == post.Published }

// Waiting lists the comments that have no answer.
func Waiting(all []Comment) (out []Comment) {
	for _, c := range all {
		if c.Counts() && c.Answer == nil {
			out = append(out, c)
		}
	}
	return out
}

// Part is what was said of one theme, or of the questions ("").
type Part struct {
	Theme                      string
	Comments, Agreed, Answered int
}

// Numbers say who took part in a round.
type Numbers struct {
	Organisations, Of int // with a member who commented or agreed, of those with a member
	People            int
	Comments, Agreed  int
	Answered          int
	Parts             []Part // in the order of the themes, the questions last; every theme has one
}

// Share is how many of the comments are answered, in whole per cent, never rounded up to all of them.
func (n Numbers) Share() int {
	if n.Comments == 0 {
		return 0
	}
	return 100 * n.Answered / n.Comments
}

// Agreeing is somebody who agreed with something in a round.
type Agreeing struct{ Account, Home uuid.UUID }

// Count makes the numbers of a round. Somebody who commented and agreed, or did so often, is one person.
func Count(r Round, all []Comment, agreeing []Agreeing, of int) (n Numbers) {
	people, homes, parts := map[uuid.UUID]bool{}, map[uuid.UUID]bool{}, map[string]*Part{}
	for _, t := range r.Themes {
		n.Parts = append(n.Parts, Part{Theme: t.Code})
	}
	if len(r.Questions) > 0 {
		n.Parts = append(n.Parts, Part{})
	}
	for i := range n.Parts {
		parts[n.Parts[i].Theme] = &n.Parts[i]
	}
	for _, c := range all {
		if !c.Counts() {
			continue
		}
		people[c.Author], homes[c.Home] = true, true
		n.Comments, n.Agreed = n.Comments+1, n.Agreed+c.Agreed
		p := parts[c.Theme]
		p.Comments, p.Agreed = p.Comments+1, p.Agreed+c.Agreed
		if c.Answer != nil {
			n.Answered++
			p.Answered++
		}
	}
	for _, x := range agreeing {
		people[x.Account], homes[x.Home] = true, true
	}
	n.People, n.Organisations, n.Of = len(people), len(homes), max(of, len(homes))
	return n
}

// PublishIn is how a draft is published.
type PublishIn struct {
	Effective civil.Date
	Summary   string
	Reasons   []framework.Reason
}

// Field is the name of the question why a theme was changed.
func Field(theme string) string { return "why-" + theme }

// CheckPublish says what is missing: a day from today on, what changed, and a reason for every theme that differs.
func CheckPublish(in PublishIn, changes []framework.Change, today civil.Date, found []screen.Finding) (f fault.Fields) {
	if in.Effective.IsZero() || in.Effective.Before(today) || in.Effective.After(today.AddDays(2*mostDays)) {
		f.Add("effective", "codesign.effective.wrong")
	}
	f.Text("summary", "codesign.summary.empty", in.Summary, MostSummary)
	said := framework.Version{Reasons: in.Reasons}
	for _, c := range changes {
		if why := said.Why(c.Code); why == "" {
			f.Add(Field(c.Code), "codesign.why.empty", "theme", c.Title)
		} else {
			f.Long(Field(c.Code), why, framework.LongestText)
		}
	}
	if len(f) == 0 && len(found) > 0 {
		f.Add("summary", "codesign.person", "words", found[0].Text)
	}
	return f
}

// Hindrance says what keeps a draft from being published, as the key of its words; "" for nothing.
func Hindrance(d Draft, rounds []Round, comments []Comment, changes []framework.Change, today civil.Date) string {
	asked := false
	for _, r := range rounds {
		if r.Version == d.ID {
			asked = true
			if !r.Over(today) {
				return "codesign.publish.running"
			}
		}
	}
	switch {
	case !asked:
		return "codesign.publish.unasked"
	case len(Waiting(comments)) > 0:
		return "codesign.publish.unanswered"
	case slices.ContainsFunc(comments, func(c Comment) bool { return c.State == post.Held }):
		return "codesign.publish.held"
	case len(framework.Gaps(d.Themes)) > 0:
		return "codesign.publish.gaps"
	case len(changes) == 0:
		return "codesign.publish.same"
	}
	return ""
}

// CheckNames says what is wrong with what a draft is called and where it comes from.
func CheckNames(name, source string) (f fault.Fields) {
	f.Text("name", "codesign.name.empty", name, framework.LongestTitle)
	f.Text("source", "codesign.source.empty", source, framework.LongestLevel)
	return f
}

// label is a comment's title, which the lists of the community show.
func label(r Round, s Spot, word func(key string, args ...any) string) string {
	t, _ := framework.Find(r.Themes, s.Theme)
	switch {
	case s.Question > 0:
		return word("codesign.spot.question", "n", s.Question)
	case s.Level > 0:
		return word("codesign.spot.level", "theme", t.Title, "n", s.Level, "what", word("framework.of."+s.What))
	}
	return t.Title
}
