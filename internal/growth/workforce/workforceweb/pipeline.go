package workforceweb

import (
	"context"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) pipeline(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	params := c.Page("workforce.pipeline.title", "/workforce")
	params.Wide = true
	return c.Render(pipelinePage(params, t, locale.Day(c.Now), c.May(workforce.Write)))
}

func openTable(ctx context.Context, t workforce.Team, today civil.Date, writes bool) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.pipeline.open"), 2, "workforce.vacancy", "workforce.stage", "workforce.pipeline.days", "workforce.pipeline.empty", "workforce.applicants.column")
	out.Head = append(out.Head, nhsuk.Heads(locale.T(ctx, "workforce.source"), locale.T(ctx, "workforce.pipeline.starts"))...)
	for _, v := range t.Vacancies {
		if !v.Open() {
			continue
		}
		stage, since := v.Stage()
		applicants, starts := "", locale.T(ctx, "workforce.pipeline.not_agreed")
		if !v.Closed.IsZero() {
			applicants = locale.Number(v.Applicants)
		}
		if !v.Starts.IsZero() {
			starts = v.Starts.Long()
		}
		if v.Overdue(today) {
			starts = locale.T(ctx, "workforce.pipeline.overdue", "day", starts)
		}
		cells := row(2, t.What(v), locale.T(ctx, "workforce.stage."+string(stage)), locale.Number(today.DaysSince(since)), emptyFor(ctx, t, v, today), applicants)
		if writes {
			cells[0].Href = v.Path()
		}
		out.Rows = append(out.Rows, append(cells, nhsuk.Cells(locale.T(ctx, "workforce.source."+v.Source), starts)...))
	}
	return out
}

// emptyFor is how long the post of a vacancy has been empty: an advert is often not the first. A planned post never was filled.
func emptyFor(ctx context.Context, t workforce.Team, v workforce.Vacancy, today civil.Date) string {
	p, there := t.Post(v.Post)
	switch {
	case !there:
		return locale.T(ctx, "workforce.pipeline.empty.new")
	case p.VacantSince.IsZero():
		return "" // filled meanwhile, by hand
	}
	return locale.Number(today.DaysSince(p.VacantSince))
}

func overTable(ctx context.Context, t workforce.Team, writes bool) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.pipeline.over"), 3, "workforce.vacancy", "workforce.pipeline.ended", "workforce.source", "workforce.applicants.column", "workforce.fill")
	for _, v := range t.Vacancies {
		if v.Open() {
			continue
		}
		stage, on := v.Stage()
		applicants, days := "", ""
		if !v.Closed.IsZero() {
			applicants = locale.Number(v.Applicants)
		}
		if stage == workforce.Started {
			days = locale.Number(v.DaysToFill())
		}
		cells := row(3, t.What(v), locale.T(ctx, "workforce.pipeline.ended."+string(stage), "day", on.Long()), locale.T(ctx, "workforce.source."+v.Source), applicants, days)
		if writes {
			cells[0].Href = v.Path()
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func open(t workforce.Team) bool { return slices.ContainsFunc(t.Vacancies, workforce.Vacancy.Open) }

func over(t workforce.Team) bool {
	return slices.ContainsFunc(t.Vacancies, func(v workforce.Vacancy) bool { return !v.Open() })
}

func fillSentence(ctx context.Context, t workforce.Team) string {
	f := t.TimeToFill()
	if f.N == 0 {
		return locale.T(ctx, "workforce.pipeline.fill.none")
	}
	return locale.T(ctx, "workforce.pipeline.fill", "n", f.N, "days", locale.Number(f.Median))
}

// planTable lays the starts of planned posts beside the plan: the first quarter in which half would have started.
func planTable(ctx context.Context, t workforce.Team) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.pipeline.plan"), 4, "workforce.change", "workforce.pipeline.recruit", "workforce.pipeline.expected", "workforce.pipeline.actual", "workforce.pipeline.heads", "workforce.pipeline.started")
	quarters := half(t.TimeToFill().Shares)
	for _, c := range t.Changes {
		if !c.Kind.Adds() {
			continue
		}
		actual := locale.T(ctx, "workforce.pipeline.nobody")
		for _, v := range slices.Backward(t.Vacancies) { // the earliest last
			if v.Change == c.ID && !v.Started.IsZero() {
				actual = v.Started.Long()
			}
		}
		out.Rows = append(out.Rows, row(4, c.Title, begins(ctx, c), quarter(ctx, c.From.AddMonths(3*quarters)), actual, locale.Number(c.Heads), locale.Number(c.Taken)))
	}
	return out
}

// half is after how many quarters half of the vacancies are filled.
func half(shares []float64) int {
	sum := 0.0
	for i, x := range shares {
		if sum += x; sum >= 0.5-1e-9 {
			return i + 1
		}
	}
	return int(math.Max(float64(len(shares)), 1))
}

func adds(t workforce.Team) bool {
	return slices.ContainsFunc(t.Changes, func(c workforce.Change) bool { return c.Kind.Adds() })
}
