package reportweb

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// change is one field of a report that reads otherwise in a later version.
type change struct{ label, was, now string }

// fact is one field as the document shows it. id is the same in every version of a report; questions may share a label.
type fact struct{ id, label, text string }

// changes lists what a reader of one version finds changed in another, in the order of the document. The day of the
// signature, which every version has of its own, is no change.
func changes(ctx context.Context, was, now report.Content) (out []change) {
	none := locale.T(ctx, "report.doc.not_given")
	old, left := facts(ctx, was), map[string]string{}
	for _, x := range old {
		left[x.id] = x.text
	}
	for _, x := range facts(ctx, now) {
		text, known := left[x.id]
		if delete(left, x.id); !known {
			text = none
		}
		if text != x.text {
			out = append(out, change{x.label, text, x.text})
		}
	}
	for _, x := range old {
		if text, gone := left[x.id]; gone && text != none {
			out = append(out, change{x.label, text, none})
		}
	}
	return out
}

// facts takes a report apart as document shows it.
func facts(ctx context.Context, c report.Content) (out []fact) {
	rows := func(p nhsuk.SummaryListParams) {
		for _, r := range p.Rows {
			out = append(out, fact{r.Key.Text, r.Key.Text, r.Value.Text})
		}
	}
	c.Header.SignedOn = civil.Date{}
	rows(headerList(ctx, c))
	out = append(out, fact{"summary", locale.T(ctx, "report.doc.summary"), or(ctx, c.Summary, "report.doc.not_given")})
	rows(opinionList(ctx, c))
	for i, a := range c.Answers {
		text := or(ctx, a.Text, "report.doc.not_given")
		if a.Declined {
			text = locale.T(ctx, "report.doc.declined")
		}
		out = append(out, fact{report.AnswerName(i), a.Question, text})
	}
	for i, a := range c.Adjustments {
		out = append(out, fact{report.AdjustmentName("kind", i), locale.T(ctx, "report.adjustment.legend", "n", i+1),
			locale.T(ctx, "report.own.changes.adjustment", "kind", locale.T(ctx, "note.adjustment."+a.Kind), "what", a.Detail,
				"from", or(ctx, long(a.StartsOn), "report.doc.not_given"), "until", or(ctx, long(a.EndsOn), "report.doc.not_given"))})
	}
	return out
}

func changeTable(ctx context.Context, list []change) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "report.own.changes.caption"), Classes: "nhsuk-u-visually-hidden"},
		Head: []nhsuk.TableHead{{Text: locale.T(ctx, "report.own.changes.what")}, {Text: locale.T(ctx, "report.own.changes.was")}, {Text: locale.T(ctx, "report.own.changes.now")}}}
	for _, x := range list {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: x.label}, {Text: x.was}, {Text: x.now}})
	}
	return t
}
