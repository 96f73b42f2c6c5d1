package seriesweb

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey/surveyfile"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) questions(c *web.Context) error {
	all, err := p.survey.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: c.T("survey.table"), Size: "m"},
		Head: nhsuk.Heads(c.T("survey.question"), c.T("survey.years"), c.T("survey.headline"), c.T("survey.filled"))}
	for _, q := range all {
		var said []string
		for _, w := range q.Whose {
			said = append(said, whose(c.Ctx(), w)+": "+top(c.Ctx(), q, w, q.Last()))
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: label(q), Href: "/data/survey/" + q.Code}, {Text: years(q)}, {Text: strings.Join(said, ", ")}, {Text: locale.Date(q.Filled)}})
	}
	return c.Render(questionsPage(c.Page("survey.title", "/data"), t, len(all) == 0, c.May(series.Take)))
}

func label(q survey.Question) string {
	if q.Wording == "" {
		return strings.ToUpper(q.Code)
	}
	return strings.ToUpper(q.Code) + ": " + q.Wording
}

func years(q survey.Question) string {
	if len(q.Years) == 1 {
		return strconv.Itoa(q.Years[0])
	}
	return strconv.Itoa(q.Years[0]) + "-" + strconv.Itoa(q.Last())
}

// whose names an organisation type; published ones keep the publisher's words.
func whose(ctx context.Context, w string) string {
	if w == surveyfile.Own {
		return locale.T(ctx, "survey.own")
	}
	return w
}

func said(ctx context.Context, x survey.Cell) string {
	switch {
	case x.None:
		return locale.T(ctx, "series.why.missing")
	case x.Text != "":
		return x.Text
	}
	return locale.T(ctx, "series.why."+string(x.State))
}

func top(ctx context.Context, q survey.Question, w string, year int) string {
	if len(q.Headline) == 0 {
		return locale.T(ctx, "survey.no_headline")
	}
	return said(ctx, q.Top(w, year, ""))
}

// questionView is the page of a question in a year.
type questionView struct {
	survey.Question
	Title                  string
	Year                   int
	Answers, Trend, Groups nhsuk.TableParams
	Responses              string
	About                  nhsuk.SummaryListParams
}

func (p *pages) question(c *web.Context) error {
	q, err := p.survey.Find(c.Ctx(), c.Actor, c.R.PathValue("question"))
	if err != nil {
		return err
	}
	v := questionView{Question: q, Title: label(q), Year: q.Last()}
	if y := c.R.URL.Query().Get("year"); y != "" {
		if v.Year, err = strconv.Atoi(y); err != nil || !slices.Contains(q.Years, v.Year) {
			return fault.Missing("year")
		}
	}
	var heads []string
	for _, w := range q.Whose {
		heads = append(heads, whose(c.Ctx(), w))
	}
	table := func(title, first string) nhsuk.TableParams {
		return nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: title, Size: "m"}, Head: nhsuk.Heads(append([]string{first}, heads...)...)}
	}
	v.Answers = table(c.T("survey.answers", "year", strconv.Itoa(v.Year)), c.T("survey.answer"))
	for _, a := range q.Answers {
		row := []string{a}
		for _, w := range q.Whose {
			row = append(row, said(c.Ctx(), q.Share(w, v.Year, "", a)))
		}
		v.Answers.Rows = append(v.Answers.Rows, nhsuk.Cells(row...))
	}
	if len(q.Headline) > 0 {
		v.Trend = table(c.T("survey.trend", "answers", strings.Join(q.Headline, ", ")), c.T("survey.year"))
		for _, y := range q.Years {
			row := []nhsuk.TableCell{{Text: strconv.Itoa(y), Href: "/data/survey/" + q.Code + "?year=" + strconv.Itoa(y)}}
			for _, w := range q.Whose {
				row = append(row, nhsuk.TableCell{Text: said(c.Ctx(), q.Top(w, y, ""))})
			}
			v.Trend.Rows = append(v.Trend.Rows, row)
		}
		v.Groups = nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: c.T("survey.groups", "year", strconv.Itoa(v.Year)), Size: "m"},
			Head: nhsuk.Heads(c.T("survey.group"), strings.Join(q.Headline, ", "), c.T("survey.responses"))}
		for _, g := range q.Groups(v.Year) {
			v.Groups.Rows = append(v.Groups.Rows, nhsuk.Cells(g.Name, said(c.Ctx(), q.Top(surveyfile.Own, v.Year, g.Part)), responses(c.Ctx(), q, v.Year, g.Part)))
		}
	}
	v.Responses = responses(c.Ctx(), q, v.Year, "")
	v.About = aboutSurvey(c.Ctx(), q)
	return c.Render(questionPage(c.Page("survey.one", "/data/survey", "name", v.Title), v))
}

func responses(ctx context.Context, q survey.Question, year int, part string) string {
	if n, ok := q.Responses(year, part); ok {
		return locale.T(ctx, "survey.about", "number", n.String())
	}
	return locale.T(ctx, "survey.responses.unknown")
}

// aboutSurvey says where the results of a question come from, from when they are, and which years are missing.
func aboutSurvey(ctx context.Context, q survey.Question) nhsuk.SummaryListParams {
	row := func(key, value string) nhsuk.SummaryRow { return nhsuk.Row(locale.T(ctx, "series.about."+key), value) }
	var rows []nhsuk.SummaryRow
	if len(q.Headline) > 0 {
		rows = append(rows, row("counts", q.Definition(ctx)), row("version", q.Label(ctx)))
	}
	n, of := q.Coverage()
	return nhsuk.SummaryListParams{Rows: append(rows, row("source", locale.T(ctx, "survey.source")), row("filled", locale.DateTime(q.Filled)), row("coverage", locale.T(ctx, "survey.coverage", "n", strconv.Itoa(n), "of", of)))}
}
