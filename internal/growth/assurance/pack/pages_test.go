package pack_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/pack"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/standalone"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

var now = time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)

// cited makes a figure as long as real ones are.
func cited(n int) figure.Citation {
	return figure.Citation{ID: uuid.New(), At: now, By: "Anne Shaw", Figure: figure.Figure{Ref: figure.Ref{Kind: "indicator", Name: fmt.Sprint("K", n)},
		Title: fmt.Sprintf("Wait to be seen, median, group %d", n), State: figure.Known, Value: "12.5 working days", Period: civil.MustParse("2026-10-01"), PeriodText: "October 2026",
		Definition: "Working days from submission to the first attended appointment; half wait no longer. Out of: referrals first seen in the month. Left out: referrals that ended without an appointment",
		Version:    "first_seen_median, version 1, from 1 November 2026", Source: "Roll-ups of the activity ledger", SourceAt: now}}
}

// text makes words that fill a limit, in sentences as people write them.
func text(n int) string {
	const sentence = "Staff on nights still wait longer than those on days, and we have agreed a second clinic. "
	return strings.TrimSpace(strings.Repeat(sentence, n/len(sentence)+1)[:n])
}

// content fills a pack: each list with so many things, each text with so many characters.
func content(figures, proofs, questions, statements, sections, words int) pack.Content {
	n := 0
	some := func(k int) (out []figure.Citation) {
		for range k {
			n++
			out = append(out, cited(n))
		}
		return out
	}
	day := civil.MustParse("2026-11-30")
	c := pack.Content{Organisation: "Wyre Valley Hospitals", N: 4, At: now, By: "Anne Shaw", Label: "Health and Wellbeing Guardian", Version: 1, Mark: "M", Source: text(200), Last: now.AddDate(0, -3, 0)}
	for range 9 {
		p := pack.Principle{Name: "Easy, confidential occupational health", Meaning: "Everybody can refer themselves to an occupational health service that acts early and keeps confidence.",
			Rating: &pack.Rating{Name: "Moderate", Words: text(words), By: "Ines Ford", At: now, Lines: []string{"First line", "Second line", "Third line"}}}
		p.Figures.Items = some(figures)
		for range proofs {
			p.Proofs.Items = append(p.Proofs.Items, pack.Proof{Kind: "document", Title: text(min(words, 120)), Dated: day, ValidUntil: day, Expired: true,
				File: &document.File{Name: text(min(words, 120)), SHA256: strings.Repeat("a8", 32)}})
		}
		c.Principles = append(c.Principles, p)
	}
	for range questions {
		c.Questions.Items = append(c.Questions.Items, pack.Question{Words: text(words), By: "Ines Ford", Owner: "Head of occupational health", At: now, Due: day, Life: "answered", Figures: some(1),
			Answer: text(words), AnsweredBy: "Anne Shaw", AnsweredAt: now, AnswerFigures: some(1)})
	}
	for range statements {
		c.Statements.Items = append(c.Statements.Items, pack.Statement{Decision: text(min(words, 120)), Groups: text(words), Effect: "worse", EffectWords: text(words), Mitigation: text(words), Meeting: day, Figures: some(1)})
	}
	for range sections {
		s := pack.Section{Title: "Where the plan stands", Lines: []string{text(words)}, Table: &pack.Table{Caption: "Actions", Head: []string{"Action", "Owner", "State"}}, Figures: some(2)}
		s.Lines = append(s.Lines, text(100), text(100), "This line is cut")
		for range 30 { // more than a pack takes: it cuts
			s.Table.Rows = append(s.Table.Rows, []string{text(80), "Head of occupational health", "On time"})
		}
		c.Sections = append(c.Sections, s)
	}
	for range pack.MostChanges {
		c.Changes.Items = append(c.Changes.Items, pack.Change{Kind: "rated", What: text(2 * words)})
	}
	for range pack.MostOverdue {
		c.Overdue.Items = append(c.Overdue.Items, pack.Overdue{Kind: "question", What: text(min(words, 120)), Due: day})
	}
	c.Standings = map[uuid.UUID]figure.Standing{}
	for _, f := range c.Citations() {
		c.Standings[f.ID] = figure.Stale
	}
	return c
}

// TestStandings: whatever relies on a figure says that its source has moved on: a principle, a question, an answer, a
// statement and a section.
func TestStandings(t *testing.T) {
	c := content(1, 1, 1, 1, 1, 100)
	text, err := pack.Render(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	const relied = 9 + 2 + 1 + 2 // principles; a question and its answer; a statement; a section's two
	if n := strings.Count(text, "<strong>Out of date"); len(c.Citations()) != relied || n != relied {
		t.Errorf("%d of %d figures are marked, want %d", n, len(c.Citations()), relied)
	}
}

// TestPages prints a usual pack and the fullest that the limits allow: neither has more than eight A4 pages, and axe
// finds nothing in the file.
func TestPages(t *testing.T) {
	chrome, err := browser.Start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(chrome.Close)
	axe, err := browser.NewAxe("../../../..")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]pack.Content{
		"usual":   content(2, 1, 4, 1, 2, 150),
		"fullest": content(pack.MostFigures, pack.MostProofs, pack.MostQuestions, pack.MostStatements, pack.MostSections, 300),
		"empty":   {Organisation: "Wyre Valley Hospitals", At: now, Label: "Health and Wellbeing Guardian"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			text, err := pack.Render(ctx, c)
			if err != nil {
				t.Fatal(err)
			}
			file, err := standalone.File(ctx, "Assurance pack 4, 10 November 2026", text, locale.T(ctx, "assurance.pack.hash.file", "hash", standalone.Hash(text)))
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				_, _ = io.WriteString(w, file)
			}))
			t.Cleanup(server.Close)
			v := chrome.Visitor(t, &browser.Site{URL: server.URL, Axe: axe}, browser.Phone).Visit("/pack-" + name).Says("where the figures come from")
			pdf := v.Print()
			if out := os.Getenv("PACK_PDF"); out != "" {
				if err := os.WriteFile(filepath.Join(out, name+".pdf"), pdf, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			n := browser.Pages(pdf)
			t.Logf("%d pages", n)
			if n < 1 || n > 8 {
				t.Errorf("%d pages, want 8 at most", n)
			}
		})
	}
}
