package post

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/screen"
)

// Kind of a text.
type Kind string

// The kinds.
const (
	Question Kind = "question"
	Answer   Kind = "answer"
	Resource Kind = "resource"
	Paper    Kind = "paper"
	Comment  Kind = "comment" // on a draft of the framework (community/codesign)
)

// State is how far a text has come.
type State string

// The states; see the package's comment.
const (
	Published State = "published"
	Held      State = "held"
	Returned  State = "returned"
	Withdrawn State = "withdrawn"
	Recalled  State = "recalled"
)

// Lengths of what is written. A question is read in a minute, a paper in ten.
const (
	MostTitle  = 120
	MostWords  = 3000
	MostPaper  = 20000
	MostReason = 500
	// MostProposal is as long as the words of a level may be.
	MostProposal = 500
)

// The forms of a resource.
const (
	Text      = "text"
	Link      = "link"
	Pathway   = "pathway"
	Questions = "questions"
	Letter    = "letter"
	Scenario  = "scenario"
)

// In is a text as somebody writes it.
type In struct {
	ID                     uuid.UUID
	Kind                   Kind
	About                  uuid.UUID // the question of an answer
	Group                  uuid.UUID // of a paper
	Topic                  string    // an element of the framework, or ""
	Title, Words           string
	Form, Address, Licence string // of a resource
	Review                 civil.Date
	Payload                []byte // of a template: JSON
	Anyway                 bool   // send it to a moderator although it looks like a person
	Version                int    // that the form showed; 0 for a new text
}

// Post is a text with what became of it.
type Post struct {
	In
	Author               uuid.UUID
	AuthorName, Home     string
	State                State
	Marks                []string
	Reason               string
	Made, Changed, Ended time.Time
	EndedBy              string
}

// Path is its page.
func (p Post) Path() string {
	switch p.Kind {
	case Answer:
		return "/community/questions/" + p.About.String()
	case Resource:
		return "/community/resources/" + p.ID.String()
	case Paper:
		return "/community/groups/" + p.Group.String() + "/papers/" + p.ID.String()
	case Comment:
		return "/community/framework/comments/" + p.ID.String()
	}
	return "/community/questions/" + p.ID.String()
}

// Proposing is the payload of a comment that proposes other words; none for no words.
func Proposing(words string) ([]byte, error) {
	if words == "" {
		return nil, nil
	}
	return json.Marshal(proposal{words})
}

type proposal struct {
	Proposes string `json:"proposes"`
}

// Proposes are the words that a comment would rather have; "" for none.
func (in In) Proposes() string {
	var p proposal
	if in.Kind != Comment || json.Unmarshal(in.Payload, &p) != nil {
		return ""
	}
	return p.Proposes
}

// Gone says that the words are deleted.
func (p Post) Gone() bool { return p.State == Withdrawn || p.State == Recalled }

// Waits says that it is not published yet.
func (p Post) Waits() bool { return p.State == Held || p.State == Returned }

// Check says what is missing, and whether what was found has to be looked at first.
func Check(in In, found []screen.Finding) (f fault.Fields) {
	most := MostWords
	if in.Kind == Paper {
		most = MostPaper
	}
	if in.Kind != Answer {
		f.Text("title", "post.title.empty", in.Title, MostTitle)
	}
	f.Text("words", "post.words.empty", in.Words, most)
	f.Long("proposes", in.Proposes(), MostProposal)
	if len(f) == 0 && len(found) > 0 && !in.Anyway {
		texts := make([]string, len(found))
		for i, x := range found {
			texts[i] = "“" + x.Text + "”"
		}
		f.Add("words", "post.person", "words", strings.Join(slices.Compact(texts), ", "))
	}
	return f
}

// CheckReason says what is wrong with why a text is returned or recalled. Everybody reads why something was recalled, so that may name
// nobody either.
func CheckReason(words string, found []screen.Finding) (f fault.Fields) {
	f.Text("reason", "post.reason.empty", words, MostReason)
	if len(f) == 0 && len(found) > 0 {
		f.Add("reason", "post.reason.person", "words", found[0].Text)
	}
	return f
}

// sent is the state of a text that is sent.
func sent(marks []string) State {
	if len(marks) > 0 {
		return Held
	}
	return Published
}

// Thread is a question with its answers.
type Thread struct {
	Post
	Answers  []Post
	Answered int // that can be read
}

// answered counts the answers that can be read.
func answered(all []Post) (n int) {
	for _, a := range all {
		if a.State == Published {
			n++
		}
	}
	return n
}
