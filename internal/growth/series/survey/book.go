package survey

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey/surveyfile"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Book offers the headlines of our own results as figures of kind "survey": the name is the code of the question. The
// period is the first of January of the survey's year.
type Book struct{ s *Service }

// Figures is the book of the slice.
func (s *Service) Figures() Book { return Book{s} }

// Kinds is what the book knows.
func (Book) Kinds() []string { return []string{"survey"} }

// List gives the newest year of each question that has a headline.
func (b Book) List(ctx context.Context, a access.Actor, _ time.Time) ([]figure.Figure, error) {
	all, err := b.s.List(ctx, a)
	if err != nil {
		return nil, err
	}
	var out []figure.Figure
	for _, q := range all {
		if len(q.Headline) > 0 {
			out = append(out, q.figure(ctx, q.ownLast()))
		}
	}
	return out, nil
}

// Figure gives one year, or the newest.
func (b Book) Figure(ctx context.Context, a access.Actor, _ time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	q, err := b.s.Find(ctx, a, ref.Name)
	if err != nil {
		return figure.Figure{}, err
	}
	if len(q.Headline) == 0 {
		return figure.Figure{}, fault.Missing("figure")
	}
	if period.IsZero() {
		return q.figure(ctx, q.ownLast()), nil
	}
	for _, y := range q.Years {
		if yearOf(y) == period {
			return q.figure(ctx, y), nil
		}
	}
	return figure.Figure{}, fault.Missing("figure")
}

func yearOf(y int) civil.Date { return civil.Date{Year: y, Month: time.January, Day: 1} }

// ownLast is the newest year with a result of ours, else the newest of all.
func (q Question) ownLast() int {
	for i := len(q.Years) - 1; i >= 0; i-- {
		if !q.Top(surveyfile.Own, q.Years[i], "").None {
			return q.Years[i]
		}
	}
	return q.Last()
}

var states = map[seriesfile.State]figure.State{seriesfile.Known: figure.Known, seriesfile.Suppressed: figure.Hidden,
	seriesfile.NotCollected: figure.NotCollected, seriesfile.NotDeclared: figure.NotDeclared}

// Ref is how other slices name the headline of the question.
func (q Question) Ref() figure.Ref { return figure.Ref{Kind: "survey", Name: q.Code} }

// Definition says what the headline counts.
func (q Question) Definition(ctx context.Context) string {
	return locale.T(ctx, "survey.figure.definition", "answers", strings.Join(q.Headline, ", "))
}

// Label names the version of the definition: the scale, as the pack has it.
func (q Question) Label(ctx context.Context) string {
	return locale.T(ctx, "survey.figure.version", "question", q.Code, "scale", q.scale, "n", q.scales)
}

// Coverage is in how many of the years with any result there is one of ours that has a number.
func (q Question) Coverage() (n, of int) {
	for _, y := range q.Years {
		for k, x := range q.held {
			if k.whose == surveyfile.Own && k.year == y && k.part == "" && x.state == seriesfile.Known {
				n++
				break
			}
		}
	}
	return n, len(q.Years)
}

func (q Question) figure(ctx context.Context, year int) figure.Figure {
	top := q.Top(surveyfile.Own, year, "")
	f := figure.Figure{Ref: q.Ref(), Title: strings.ToUpper(q.Code) + ": " + q.Wording, State: states[top.State], Period: yearOf(year),
		PeriodText: locale.T(ctx, "survey.figure.period", "year", strconv.Itoa(year)), Definition: q.Definition(ctx),
		Version: q.Label(ctx), Source: locale.T(ctx, "survey.figure.source"), SourceAt: q.Filled, More: "/data/survey/" + q.Code}
	switch {
	case top.None:
		f.State = figure.NotCollected
	case top.State == seriesfile.Known:
		f.Value, f.Number = top.Text, &top.Percent
	}
	return f
}
