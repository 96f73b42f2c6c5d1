package workforceweb

import (
	"context"
	"math"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// costed is the plan in pounds.
type costed struct {
	workforce.Team
	shown  option.Option
	full   bool
	years  []workforce.YearCost // of every line
	steps  []outlook.Step
	doubts []string
}

func (p *pages) costs(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	x := costed{Team: t, shown: chosen(c), full: c.R.URL.Query().Get("pension") == "full"}
	if len(t.Posts)+len(t.Changes) > 0 {
		in := t.Input()
		quarters, err := outlook.Costs(in, x.shown, x.full, nil, outlook.Without{})
		if err != nil {
			return err
		}
		x.years = workforce.ByYear(t.Setting.Start, quarters)
		if x.steps, err = outlook.Steps(in, x.shown, x.full); err != nil {
			return err
		}
	}
	if x.doubts, err = p.s.Doubts(c.Ctx(), c.Actor); err != nil {
		return err
	}
	params := c.Page("workforce.costs.title", "/workforce/plan")
	params.Wide = true
	return c.Render(costsPage(params, x))
}

func (x costed) pension(full bool) string {
	path := "/workforce/costs?option=" + string(x.shown)
	if full {
		path += "&pension=full"
	}
	return path
}

// labels are the financial years in order.
func (x costed) labels() (out []string) {
	seen := map[string]bool{}
	for t := range outlook.Quarters {
		if y := outlook.Year(x.Setting.Start.AddMonths(3 * t)); !seen[y] {
			seen[y] = true
			out = append(out, y)
		}
	}
	return out
}

func (x costed) yearTable(ctx context.Context) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.costs.years", "option", lower(ctx, x.shown)), 1, "workforce.year", "workforce.salary.column", "workforce.ni", "workforce.pension", "workforce.levy", "workforce.training", "workforce.backfill.column", "workforce.total")
	for _, label := range x.labels() {
		var y workforce.YearCost
		for _, l := range x.years {
			if l.Year == label {
				y.Salary += l.Salary
				y.NI += l.NI
				y.Pension += l.Pension
				y.Levy += l.Levy
				y.Training += l.Training
				y.Backfill += l.Backfill
				y.Total += l.Total
			}
		}
		out.Rows = append(out.Rows, row(1, label, pounds(y.Salary), pounds(y.NI), pounds(y.Pension), pounds(y.Levy), pounds(y.Training), pounds(y.Backfill), pounds(y.Total)))
	}
	return out
}

// lineTable shows what each post costs in each year.
func (x costed) lineTable(ctx context.Context) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.costs.lines"), 1, "workforce.post")
	labels := x.labels()
	for _, label := range labels {
		out.Head = append(out.Head, nhsuk.TableHead{Text: label, Format: "numeric"})
	}
	var order []uuid.UUID
	title, sums := map[uuid.UUID]string{}, map[uuid.UUID]map[string]float64{}
	for _, l := range x.years {
		if sums[l.PostID] == nil {
			order, title[l.PostID], sums[l.PostID] = append(order, l.PostID), l.Line, map[string]float64{}
		}
		sums[l.PostID][l.Year] += l.Total
	}
	for _, id := range order {
		texts := []string{title[id]}
		for _, label := range labels {
			texts = append(texts, pounds(sums[id][label]))
		}
		out.Rows = append(out.Rows, row(1, texts...))
	}
	return out
}

func (x costed) stepTable(ctx context.Context) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.steps"), 1, "workforce.year.plan", "workforce.steps.flat", "workforce.steps.increments", "workforce.steps.uplift", "workforce.steps.plan")
	for i, s := range x.steps {
		out.Rows = append(out.Rows, row(1, locale.T(ctx, "workforce.year.nth", "nth", i+1, "from", s.Start.MonthYear()), pounds(s.Flat), pounds(s.Increments), pounds(s.Uplift), pounds(s.Plan)))
	}
	return out
}

// sentence explains year five: what increments, awards and turnover add to the same posts at today's points, or take away.
func (x costed) sentence(ctx context.Context) string {
	s := x.steps[len(x.steps)-1]
	if s.Flat == 0 {
		return locale.T(ctx, "workforce.steps.nothing")
	}
	part := func(key string, change float64) string {
		if change < 0 {
			key += ".less"
		}
		return locale.T(ctx, "workforce.steps."+key, "n", pounds(math.Abs(change)))
	}
	key := "workforce.steps.more"
	if s.Plan < s.Flat {
		key = "workforce.steps.less"
	}
	return locale.T(ctx, key, "plan", pounds(s.Plan), "flat", pounds(s.Flat), "difference", pounds(math.Abs(s.Plan-s.Flat)), "share", percent(ctx, math.Abs(s.Plan/s.Flat-1)),
		"increments", part("by.increments", s.Increments-s.Flat), "awards", part("by.awards", s.Uplift-s.Increments), "turnover", part("by.turnover", s.Plan-s.Uplift))
}

// basis says which pay table it is costed by and what comes on top, from whom each is, and whether somebody looked there.
func (x costed) basis(ctx context.Context) []string {
	t := outlook.Table(x.Setting.Start)
	from := func(source, mark string) string {
		return locale.T(ctx, "workforce.costs.source", "source", source, "checked", locale.T(ctx, "workforce.costs.checked."+mark))
	}
	return []string{locale.T(ctx, "workforce.costs.table", "year", t.Year, "source", from(t.Source, t.Mark), "uplift", plain(x.Setting.Uplift)),
		from(t.NI.Source, t.NI.Mark), from(t.Pension.Source, t.Pension.Mark), from(t.Levy.Source, t.Levy.Mark)}
}
