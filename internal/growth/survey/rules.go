// Package survey is what a survey is, for the slice that asks (network/call) and the one whose members answer (community/asked):
// its questions, the rules of an answer, and how both look on a page.
package survey

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// MostAnswer is how long an answer may be.
const MostAnswer = 2000

// Question of a survey: with options one of them is chosen, without it is answered in words.
type Question struct {
	Words   string
	Options []string
}

// Sheet is a published survey as those read it who are asked.
type Sheet struct {
	ID, Asker         uuid.UUID // the asker is an organisation
	Title, About      string
	Asked             []Question
	Published, Closes civil.Date
	Said, Did         string // what came of it
	Told              civil.Date
}

// Answered says that those who were asked have been told what came of it.
func (s Sheet) Answered() bool { return !s.Told.IsZero() }

// Open says that it can be answered on a day.
func (s Sheet) Open(today civil.Date) bool { return !s.Answered() && !s.Closes.Before(today) }

// Field is the name of an answer on the page.
func Field(n int) string { return "q" + string(rune('a'+n)) }

// CheckWords finds what is missing of answers; person gives what looks like one in a text, "" for nothing.
func CheckWords(asked []Question, answers []string, person func(string) string) (f fault.Fields) {
	for i, q := range asked {
		a := ""
		if i < len(answers) {
			a = answers[i]
		}
		switch {
		case len(q.Options) > 0 && !slices.Contains(q.Options, a):
			f.Add(Field(i), "call.answer.choose", "question", q.Words)
		case strings.TrimSpace(a) == "":
			f.Add(Field(i), "call.answer.empty", "question", q.Words)
		case len([]rune(a)) > MostAnswer:
			f.Add(Field(i), "form.too_long", "n", MostAnswer)
		case len(q.Options) == 0:
			if words := person(a); words != "" {
				f.Add(Field(i), "call.answer.person", "words", words)
			}
		}
	}
	return f
}
