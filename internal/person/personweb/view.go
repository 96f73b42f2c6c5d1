package personweb

import (
	"context"
	"fmt"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/person"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func heads(ctx context.Context, keys ...string) []nhsuk.TableHead {
	texts := make([]string, len(keys))
	for i, k := range keys {
		texts[i] = locale.T(ctx, k)
	}
	return nhsuk.Heads(texts...)
}

func countRows(ctx context.Context, r person.Report) []nhsuk.SummaryRow {
	var rows []nhsuk.SummaryRow
	for _, c := range []struct {
		key string
		n   int
	}{
		{"rows", r.Rows}, {"unchanged", r.Unchanged}, {"new", r.New}, {"changed", r.Changed}, {"returned", r.Returned}, {"left", r.Left},
		{"posts_new", r.PostsNew}, {"posts_changed", r.PostsChanged}, {"posts_ended", r.PostsEnded}, {"rejected", r.Rejected},
	} {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "person.import.count."+c.key), locale.Number(c.n)))
	}
	return rows
}

// maxShown is how many rejected rows the page lists; the download has them all.
const maxShown = 50

func rejectRows(ctx context.Context, r person.Report) [][]nhsuk.TableCell {
	var rows [][]nhsuk.TableCell
	for i, x := range r.Rejects() {
		if i == maxShown {
			break
		}
		rows = append(rows, nhsuk.Cells(fmt.Sprint(x.Line), x.Column, x.Why(locale.From(ctx))))
	}
	return rows
}

func personRows(ctx context.Context, r person.Report) [][]nhsuk.TableCell {
	var rows [][]nhsuk.TableCell
	for _, d := range r.Differences {
		var fields []string
		for _, f := range d.Fields {
			fields = append(fields, difference(ctx, f))
		}
		rows = append(rows, nhsuk.Cells(d.Number, d.Name, locale.T(ctx, "person.import.kind."+string(d.Kind)), strings.Join(fields, "; ")))
	}
	return rows
}

// difference says one field in words: "post 10000002-2, end date: nothing, now 22 November 2026".
func difference(ctx context.Context, d person.Difference) string {
	field := locale.T(ctx, "person.field."+d.Field)
	if d.Post != "" {
		field = locale.T(ctx, "person.import.of_post", "post", d.Post, "field", field)
	}
	none := locale.T(ctx, "person.import.none")
	was, now := d.Old, d.New
	if was == "" {
		was = none
	}
	if now == "" {
		now = none
	}
	return locale.T(ctx, "person.import.difference", "field", field, "old", was, "new", now)
}

func lines(list []int) string {
	texts := make([]string, 0, maxShown)
	for i, n := range list {
		if i == maxShown {
			texts = append(texts, "…")
			break
		}
		texts = append(texts, fmt.Sprint(n))
	}
	return strings.Join(texts, ", ")
}
