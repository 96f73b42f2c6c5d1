package fivecase_test

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

	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/investmenttest"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/standalone"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

var now = time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)

// written fills every part with so many characters and figures.
func written(t *testing.T, characters, figures int) fivecase.Draft {
	const sentence = "Staff on nights still wait longer than those on days, and a second clinic is agreed with the divisions. "
	d := fivecase.Draft{Organisation: "Wyre Valley Hospitals", Record: investmenttest.Record(t), Texts: map[string][]fivecase.Text{}}
	for _, part := range d.Record.Pack().Parts {
		text := fivecase.Text{Part: part.Code, N: 1, Body: strings.TrimSpace(strings.Repeat(sentence, characters/len(sentence)+1)[:characters]), By: "Anne Shaw", At: now}
		for i := range figures {
			text.Figures = append(text.Figures, figure.Checked{Standing: figure.Stale, Citation: figure.Citation{ID: uuid.New(), At: now, By: "Anne Shaw", Figure: figure.Figure{Title: fmt.Sprintf("Wait to be seen, median, group %d", i),
				State: figure.Known, Value: "12.5 working days", PeriodText: "October 2026", Definition: "Working days from submission to the first attended appointment; half wait no longer", Version: "version 1", Source: "Roll-ups of the activity ledger"}}})
		}
		d.Texts[part.Code] = []fivecase.Text{text}
	}
	return d
}

// TestPages prints a usual case and the fullest: a single-stage case is short, and axe finds nothing in the file.
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
	for name, c := range map[string]struct{ characters, figures, most int }{"usual": {1200, 3, 4}, "fullest": {fivecase.LongestText, fivecase.MostFigures, 8}} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			text, err := fivecase.Render(ctx, written(t, c.characters, c.figures), now, nil)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(text, "<strong>Out of date"); n != 5*c.figures {
				t.Errorf("%d figures are marked as moved, want %d", n, 5*c.figures)
			}
			file, err := standalone.File(ctx, "Business case for occupational health", text, locale.T(ctx, "fivecase.hash", "hash", standalone.Hash(text)))
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				_, _ = io.WriteString(w, file)
			}))
			t.Cleanup(server.Close)
			pdf := chrome.Visitor(t, &browser.Site{URL: server.URL, Axe: axe}, browser.Phone).Visit("/case-" + name).Says("Strategic case").Print()
			if out := os.Getenv("CASE_PDF"); out != "" {
				if err := os.WriteFile(filepath.Join(out, name+".pdf"), pdf, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			n := browser.Pages(pdf)
			t.Logf("%d pages", n)
			if n < 1 || n > c.most {
				t.Errorf("%d pages, want %d at most", n, c.most)
			}
		})
	}
}
