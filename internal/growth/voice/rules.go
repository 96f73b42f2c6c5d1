package voice

import (
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/activity/theme"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
)

// MaxWords bounds what was said, and what was done: staff read both on a phone.
const MaxWords = 600

// The states of an entry.
const (
	Draft     = "draft"
	Published = "published"
	Withdrawn = "withdrawn"
)

// Entry is what people said, and what was done.
type Entry struct {
	ID, Action       uuid.UUID
	Theme, Said, Did string
	Review           civil.Date
	State            string
	Version          int
	Published        civil.Date
	By               string
}

// Due says whether it should have been looked at again.
func (e Entry) Due(today civil.Date) bool { return e.State == Published && !e.Review.After(today) }

// Check finds what is missing, and what looks like a person: staff of every client read it.
func (e Entry) Check(p theme.Pack, today civil.Date) (f fault.Fields) {
	if !p.Knows(e.Theme) {
		f.Add("theme", "voice.theme.empty")
	}
	words(&f, "said", e.Said, today)
	words(&f, "did", e.Did, today)
	switch {
	case e.Review.IsZero():
		f.Add("review", "voice.review.empty")
	case !e.Review.After(today):
		f.Add("review", "voice.review.past")
	case e.Review.After(today.AddMonths(24)):
		f.Add("review", "voice.review.far")
	}
	return f
}

func words(f *fault.Fields, name, text string, today civil.Date) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		f.Add(name, "voice."+name+".empty")
	case len([]rune(text)) > MaxWords:
		f.Add(name, "form.too_long", "n", MaxWords)
	default:
		if found := redaction.Scan(text, today); len(found) > 0 {
			f.Add(name, "voice.person", "words", found[0].Text)
		}
	}
}

// Score is the mean mark for a question, where enough answered.
type Score struct {
	Question string
	Mean     float64
	Shown    bool
	N        disclosure.Figure
}

// scores makes means of how often each mark was given.
func scores(counts map[string]map[int]int, questions []string) (out []Score) {
	for _, q := range questions {
		n, sum := 0, 0
		for mark, k := range counts[q] {
			n, sum = n+k, sum+mark*k
		}
		s := Score{Question: q, N: disclosure.Count(n, disclosure.Special)}
		if disclosure.Statistic(n, disclosure.Special) {
			s.Mean, s.Shown = float64(sum)/float64(n), true
		}
		out = append(out, s)
	}
	return out
}
