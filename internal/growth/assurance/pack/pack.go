// Package pack renders what a board gets from its guardian: a text for at most eight A4 pages that refers to nothing
// outside itself, so that it says the same for ever.
//
// A pack has, in this order: what changed since the last one and what is overdue; each principle with its rating,
// figures and other evidence; questions and answers; impact statements; further sections that other parts of Rowan
// give; and an annex with the definition, version, source and date of every figure, which each figure in the text
// leads to by its number.
//
// The limits below keep it to eight pages at its fullest (pages_test.go prints one); what is left out is counted.
package pack

import (
	"bytes"
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
)

// The most that a pack says of each thing.
const (
	MostChanges    = 6
	MostOverdue    = 5
	MostFigures    = 3 // of a principle
	MostProofs     = 2 // documents and decisions of a principle
	MostQuestions  = 5
	MostStatements = 2
	MostSections   = 3
	MostRows       = 5 // of a section's table
	MostLines      = 3 // of a section

	longestDefinition = 200 // in the annex
	longestChange     = 240 // what changed: a figure from what to what, with the beginning of why
	longestLine       = 300 // of a section, and of a cell of its table
)

// Content is what a pack says.
type Content struct {
	Organisation string
	N            int
	At           time.Time
	By           string
	Label        string // of the guardian's role on that day
	Version      int    // of the principles
	Mark         string // how sure we are of their wording
	Source       string
	Last         time.Time // of the pack before; zero if there is none
	Changes      List[Change]
	Overdue      List[Overdue]
	Principles   []Principle
	Questions    List[Question]
	Statements   List[Statement]
	Sections     []Section
	Standings    map[uuid.UUID]figure.Standing // of what it relies on, by citation: a figure that still holds needs none
}

// List is the beginning of a list, and how many more there are.
type List[T any] struct {
	Items []T
	More  int
}

// Cut keeps the first n.
func Cut[T any](all []T, n int) List[T] {
	if len(all) <= n {
		return List[T]{Items: all}
	}
	return List[T]{all[:n], len(all) - n}
}

// Change is one line of what changed; the words of its kind are under assurance.change.
type Change struct{ Kind, What string }

// Overdue is one line of what is late; the words of its kind are under assurance.overdue.
type Overdue struct {
	Kind, What string
	Due        civil.Date
}

// Principle is one principle with what supports it.
type Principle struct {
	Name, Meaning string
	Rating        *Rating
	Figures       List[figure.Citation]
	Proofs        List[Proof]
}

// Rating is the judgement that holds.
type Rating struct {
	Name, Words, By string
	Lines           []string
	At              time.Time
}

// Proof is a document or a decision.
type Proof struct {
	Kind, Title string
	Dated       civil.Date
	ValidUntil  civil.Date
	Expired     bool
	File        *document.File // its fingerprint says which file it was
}

// Question is a question with what followed.
type Question struct {
	Words, By, Owner string
	At               time.Time
	Due              civil.Date
	Life             string
	Late             bool
	Figures          []figure.Citation
	Answer           string // the last, if there is one
	AnsweredBy       string
	AnsweredAt       time.Time
	AnswerFigures    []figure.Citation
}

// Statement is a wellbeing impact statement.
type Statement struct {
	Decision, Groups, Effect, EffectWords, Mitigation string
	Meeting                                           civil.Date
	Figures                                           []figure.Citation
}

// Section is a part that another slice gives: lines of text, a table, figures. What is over the limits is cut.
type Section struct {
	Title   string
	Lines   []string
	Table   *Table
	Figures []figure.Citation
	Relies  []figure.Ref // on figures of today, which are cited as the pack is frozen and go before Figures
}

// Table is a small table with a caption; its first column names the rows.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
}

// notes numbers the figures in the order in which the text relies on them.
type notes struct {
	number    map[uuid.UUID]int
	order     []figure.Citation
	standings map[uuid.UUID]figure.Standing
}

// moved says what became of a figure since somebody relied on it, or nothing where it still holds.
func (n *notes) moved(c figure.Citation) figure.Standing {
	if s := n.standings[c.ID]; s != figure.Current {
		return s
	}
	return ""
}

// Citations are the figures that the text relies on, in its order: those that the limits leave.
func (c Content) Citations() []figure.Citation {
	c.Sections = within(c.Sections)
	return c.notes().order
}

func (n *notes) add(all ...figure.Citation) {
	for _, c := range all {
		if n.number[c.ID] == 0 {
			n.order = append(n.order, c)
			n.number[c.ID] = len(n.order)
		}
	}
}

func (c Content) notes() *notes {
	n := &notes{number: map[uuid.UUID]int{}, standings: c.Standings}
	for _, p := range c.Principles {
		for _, f := range p.Figures.Items {
			n.add(f)
		}
	}
	for _, q := range c.Questions.Items {
		n.add(q.Figures...)
		n.add(q.AnswerFigures...)
	}
	for _, s := range c.Statements.Items {
		n.add(s.Figures...)
	}
	for _, s := range c.Sections {
		n.add(s.Figures...)
	}
	return n
}

// within cuts the sections of other slices to the limits.
func within(all []Section) []Section {
	var out []Section
	for _, s := range Cut(all, MostSections).Items {
		s.Lines, s.Figures = shortened(Cut(s.Lines, MostLines).Items), Cut(s.Figures, MostFigures).Items
		if s.Table != nil {
			t := *s.Table
			t.Rows = nil
			for _, row := range Cut(s.Table.Rows, MostRows).Items {
				t.Rows = append(t.Rows, shortened(row))
			}
			s.Table = &t
		}
		out = append(out, s)
	}
	return out
}

func shortened(texts []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = short(t, longestLine)
	}
	return out
}

// short cuts a text that is longer than there is room for, after a whole word if there is one.
func short(text string, n int) string {
	r := []rune(text)
	if len(r) <= n {
		return text
	}
	kept := string(r[:n])
	if space := strings.LastIndexByte(kept, ' '); space > 0 {
		kept = kept[:space]
	}
	return strings.TrimRight(kept, " .,;:") + "…"
}

// Render gives the text of a pack: what is frozen and hashed.
func Render(ctx context.Context, c Content) (string, error) {
	c.Sections = within(c.Sections)
	var b bytes.Buffer
	if err := body(c, c.notes()).Render(ctx, &b); err != nil {
		return "", err
	}
	return b.String(), nil
}
