package survey

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey/surveyfile"
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
			out = append(out, q.figure(q.ownLast()))
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
		return q.figure(q.ownLast()), nil
	}
	for _, y := range q.Years {
		if yearOf(y) == period {
			return q.figure(y), nil
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

func (q Question) figure(year int) figure.Figure {
	top := q.Top(surveyfile.Own, year, "")
	f := figure.Figure{Ref: figure.Ref{Kind: "survey", Name: q.Code}, Title: strings.ToUpper(q.Code) + ": " + q.Wording, State: states[top.State], Period: yearOf(year),
		PeriodText: fmt.Sprintf("%d survey", year), Definition: "Share of responses that are: " + strings.Join(q.Headline, ", "),
		Version: q.Code + ", scale " + q.scale, Source: "Staff survey results of the organisation", SourceAt: q.Filled, More: "/data/survey/" + q.Code}
	switch {
	case top.None:
		f.State = figure.NotCollected
	case top.State == seriesfile.Known:
		f.Value, f.Number = top.Text, &top.Percent
	}
	return f
}
