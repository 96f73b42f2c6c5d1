package feedbackweb

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func path(id uuid.UUID) string { return home + "/" + id.String() }

func scoreTable(ctx context.Context, a feedback.Scores) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "feedback.read.scores"), Size: "s"}, FirstCellIsHeader: true, Head: nhsuk.Heads(locale.T(ctx, "feedback.read.question"))}
	for n := 1; n <= 5; n++ {
		t.Head = append(t.Head, nhsuk.TableHead{Text: strconv.Itoa(n), Format: "numeric"})
	}
	for _, q := range feedback.Questions {
		row := nhsuk.Cells(locale.T(ctx, "feedback.ask."+a.Audience+"."+q))
		for _, n := range a.Marks[q] {
			row = append(row, nhsuk.TableCell{Text: strconv.Itoa(n), Format: "numeric"})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// means draws the mean mark of each month in which enough answered; of fewer than two such months there is no line.
func means(ctx context.Context, a feedback.Scores) (chart.Line, bool) {
	floor := 1.0
	l := chart.Line{ID: "scores-" + a.Audience, Title: locale.T(ctx, "feedback.read.chart"), Decimals: 1, Floor: &floor}
	shown := 0
	for _, m := range a.Months {
		mean := spc.Number{}
		if m.Shown {
			shown++
			mean = spc.Some(m.Mean)
		}
		l.Dates, l.Values = append(l.Dates, m.Of), append(l.Values, mean)
	}
	return l, shown > 1
}

// code says the name of a group. Staff groups and sites are the employer's own words.
func code(ctx context.Context, g feedback.Group) string {
	switch g.Dimension {
	case "all":
		return locale.T(ctx, "feedback.missing.all")
	case "source":
		return locale.T(ctx, "feedback.missing.source."+g.Code)
	}
	return locale.T(ctx, "feedback.missing."+g.Dimension, "name", g.Code)
}

func askedTable(ctx context.Context, a feedback.Scores) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "feedback.missing"), Size: "s"}, FirstCellIsHeader: true,
		Head: nhsuk.Heads(locale.T(ctx, "feedback.missing.who"), locale.T(ctx, "feedback.missing.asked"), locale.T(ctx, "feedback.missing.rate"))}
	for _, g := range a.Asked {
		t.Rows = append(t.Rows, nhsuk.Cells(code(ctx, g), g.Asked.String(), g.Rate.String()))
	}
	return t
}

func about(ctx context.Context, themes []string, tone string) string {
	var words []string
	for _, x := range themes {
		words = append(words, locale.T(ctx, "theme.code."+x))
	}
	return strings.Join(words, ", ") + " (" + locale.T(ctx, "theme.tone."+tone) + ")"
}

func state(ctx context.Context, c feedback.Comment) string {
	switch {
	case c.Aside:
		return locale.T(ctx, "feedback.mark.aside.is")
	case c.Version == 0:
		return locale.T(ctx, "feedback.mark.not_yet")
	case c.Quoted:
		return about(ctx, c.Themes, c.Tone) + ". " + locale.T(ctx, "feedback.quote.released")
	}
	return about(ctx, c.Themes, c.Tone)
}

func commentTable(ctx context.Context, r feedback.Report) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "feedback.read.comments.caption"), Size: "s"},
		Head: nhsuk.Heads(locale.T(ctx, "feedback.read.month"), locale.T(ctx, "feedback.read.comment"), locale.T(ctx, "feedback.read.about"))}
	for _, c := range r.Comments {
		text := c.Text
		if c.Aside {
			text = locale.T(ctx, "feedback.mark.aside.text")
		}
		row := nhsuk.Cells(locale.Month(c.Month), text, state(ctx, c))
		row[1].Href = path(c.ID)
		t.Rows = append(t.Rows, row)
	}
	return t
}

func themeTable(ctx context.Context, r feedback.Report) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "feedback.themes"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "feedback.read.month"), locale.T(ctx, "feedback.read.about"), locale.T(ctx, "feedback.themes.n"))}
	for _, x := range r.Themes {
		t.Rows = append(t.Rows, nhsuk.Cells(x.Month.MonthYear(), about(ctx, []string{x.Code}, x.Tone), x.N.String()))
	}
	return t
}

func readingTable(ctx context.Context, o feedback.One) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "feedback.mark.history"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "feedback.mark.when"), locale.T(ctx, "feedback.mark.by"), locale.T(ctx, "feedback.read.about"))}
	for _, r := range o.Readings {
		words := locale.T(ctx, "feedback.mark.aside.is")
		if !r.Aside {
			words = about(ctx, r.Themes, r.Tone)
		}
		t.Rows = append(t.Rows, nhsuk.Cells(locale.Date(r.At), r.By, words))
	}
	return t
}
