package workforceweb

import (
	"context"
	"math"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/awards"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// costed is the plan in pounds, with the rest of the running year before it.
type costed struct {
	workforce.Team
	shown  option.Option
	full   bool
	from   civil.Date // first quarter that is costed
	totals map[option.Option]map[string]float64
	years  []workforce.YearCost // of every line of the option that is shown
	steps  []outlook.Step
	doubts []layout.Warning
}

// costs begins with the team as it is: that is what its lead and the board call the cost of the team. The options stand beside it.
func (p *pages) costs(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	x := costed{Team: t, shown: chosen(c, option.Nothing), full: c.R.URL.Query().Get("pension") == "full", from: t.Setting.Start, totals: map[option.Option]map[string]float64{}}
	if len(t.Posts)+len(t.Changes) > 0 {
		in, today := t.Input(), locale.Day(c.Now)
		if q := outlook.QuarterOf(today); q.Before(x.from) {
			x.from = q
		}
		for _, o := range option.All {
			before, err := outlook.Before(in, o, today, x.full)
			if err != nil {
				return err
			}
			costs, err := outlook.Costs(in, o, x.full, nil, outlook.Without{})
			if err != nil {
				return err
			}
			years := workforce.ByYear(slices.Concat(before, costs))
			x.totals[o] = map[string]float64{}
			for _, y := range years {
				x.totals[o][y.Year] += y.Total
			}
			if o == x.shown {
				x.years = years
			}
		}
		if x.steps, err = outlook.Steps(in, x.shown, x.full); err != nil {
			return err
		}
	}
	if x.doubts, err = p.doubts(c); err != nil {
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

// financial is a financial year as far as it is costed.
type financial struct {
	label       string
	first, last civil.Date // quarters
	quarters    int
}

// financials are the financial years in order.
func (x costed) financials() (out []financial) {
	end := x.Setting.Start.AddMonths(3 * outlook.Quarters)
	for q := x.from; q.Before(end); q = q.AddMonths(3) {
		label := outlook.Year(q)
		if n := len(out); n == 0 || out[n-1].label != label {
			out = append(out, financial{label: label, first: q})
		}
		y := &out[len(out)-1]
		y.last, y.quarters = q, y.quarters+1
	}
	return out
}

// name names it, with its months if it is not whole.
func (y financial) name(ctx context.Context) string {
	if y.quarters == 4 {
		return y.label
	}
	return locale.T(ctx, "workforce.costs.part", "year", y.label, "from", y.first.Month.String(), "to", y.last.AddMonths(2).Month.String())
}

// running says that the rest of the running year, before the plan begins, is in the tables.
func (x costed) running() bool { return x.from.Before(x.Setting.Start) }

// optionTable lays the options side by side: the team as it is first.
func (x costed) optionTable(ctx context.Context) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.costs.options"), 1, "workforce.year")
	for _, o := range option.All {
		out.Head = append(out.Head, nhsuk.TableHead{Text: ours(ctx, o), Format: "numeric"})
	}
	out.Head = append(out.Head, nhsuk.TableHead{Text: locale.T(ctx, "workforce.costs.adds"), Format: "numeric"})
	for _, y := range x.financials() {
		texts := []string{y.name(ctx)}
		for _, o := range option.All {
			texts = append(texts, pounds(x.totals[o][y.label]))
		}
		adds := math.Round(x.totals[option.Preferred][y.label]) - math.Round(x.totals[option.Nothing][y.label]) // of what is shown
		out.Rows = append(out.Rows, row(1, append(texts, pounds(adds))...))
	}
	return out
}

// ours names an option; doing nothing is the team as it is.
func ours(ctx context.Context, o option.Option) string {
	if o == option.Nothing {
		return locale.T(ctx, "workforce.costs.ours")
	}
	return optionName(ctx, o)
}

func (x costed) yearTable(ctx context.Context) nhsuk.TableParams {
	supplement := slices.ContainsFunc(x.years, func(y workforce.YearCost) bool { return y.HighCost != 0 })
	heads := []string{"workforce.year", "workforce.salary.column", "workforce.high_cost", "workforce.ni", "workforce.pension", "workforce.levy", "workforce.training", "workforce.backfill.column", "workforce.total"}
	if !supplement {
		heads = slices.Delete(heads, 2, 3)
	}
	out := table(ctx, locale.T(ctx, "workforce.costs.years", "option", lower(ctx, x.shown)), 1, heads...)
	for _, f := range x.financials() {
		var y workforce.YearCost
		for _, l := range x.years {
			if l.Year == f.label {
				y.Salary += l.Salary
				y.HighCost += l.HighCost
				y.NI += l.NI
				y.Pension += l.Pension
				y.Levy += l.Levy
				y.Training += l.Training
				y.Backfill += l.Backfill
				y.Total += l.Total
			}
		}
		texts := []string{f.name(ctx), pounds(y.Salary), pounds(y.HighCost), pounds(y.NI), pounds(y.Pension), pounds(y.Levy), pounds(y.Training), pounds(y.Backfill), pounds(y.Total)}
		if !supplement {
			texts = slices.Delete(texts, 2, 3)
		}
		out.Rows = append(out.Rows, row(1, texts...))
	}
	return out
}

// lineTable shows what each post costs in each year.
func (x costed) lineTable(ctx context.Context) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.costs.lines"), 1, "workforce.post")
	years := x.financials()
	for _, y := range years {
		out.Head = append(out.Head, nhsuk.TableHead{Text: y.name(ctx), Format: "numeric"})
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
		for _, y := range years {
			texts = append(texts, pounds(sums[id][y.label]))
		}
		out.Rows = append(out.Rows, row(1, texts...))
	}
	return out
}

// parts are what makes a year's cost, in whole pounds: today's pay, and what each step adds to the one before. The steps are
// rounded and not the differences, so that what is shown adds up to the pound.
func parts(s outlook.Step) (flat float64, adds [4]float64, plan float64) {
	before := math.Round(s.Flat)
	flat = before
	for i, x := range []float64{s.Increments, s.Uplift, s.Newcomers, s.Plan} {
		x = math.Round(x)
		adds[i], before = x-before, x
	}
	return flat, adds, before
}

func (x costed) stepTable(ctx context.Context) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.steps"), 1, "workforce.year.plan", "workforce.steps.flat", "workforce.steps.increments", "workforce.steps.uplift", "workforce.steps.newcomers", "workforce.steps.empty", "workforce.steps.plan")
	for i, s := range x.steps {
		flat, adds, plan := parts(s)
		texts := []string{locale.T(ctx, "workforce.year.nth", "nth", i+1, "from", s.Start.MonthYear()), pounds(flat)}
		for _, a := range adds {
			texts = append(texts, signed(a))
		}
		out.Rows = append(out.Rows, row(1, append(texts, pounds(plan))...))
	}
	return out
}

// signed writes what is added or taken away.
func signed(x float64) string {
	if x > 0 {
		return "+" + pounds(x)
	}
	return pounds(x)
}

// sentence explains year five: what increments, awards, newcomers and empty posts add to the same posts at today's pay, or take away.
func (x costed) sentence(ctx context.Context) string {
	flat, adds, plan := parts(x.steps[len(x.steps)-1])
	if flat == 0 {
		return locale.T(ctx, "workforce.steps.nothing")
	}
	part := func(key string, change float64) string {
		if change < 0 {
			key += ".less"
		}
		return locale.T(ctx, "workforce.steps."+key, "n", pounds(math.Abs(change)))
	}
	key := "workforce.steps.more"
	if plan < flat {
		key = "workforce.steps.less"
	}
	return locale.T(ctx, key, "plan", pounds(plan), "flat", pounds(flat), "difference", pounds(math.Abs(plan-flat)), "share", percent(ctx, math.Abs(plan/flat-1)),
		"increments", part("by.increments", adds[0]), "awards", part("by.awards", adds[1]), "newcomers", part("by.newcomers", adds[2]), "empty", part("by.empty", adds[3]))
}

// sourced says from whom a figure is, and whether somebody looked there.
func sourced(ctx context.Context, s pay.Sourced) string {
	return locale.T(ctx, "workforce.costs.source", "source", s.Source, "checked", locale.T(ctx, "workforce.costs.checked."+s.Mark))
}

// award says what rises pay in the plan.
func award(ctx context.Context, s workforce.Setting) string {
	return awards.Say(ctx, s.Pay(), pay.AwardYears(s.Start, outlook.Quarters))
}

// rates are those of the pension.
func (x costed) rates() pay.Contribution { return outlook.Table(x.Setting.Start).Pension }

// basis says which pay table it is costed by and what comes on top, from whom each is, and whether somebody looked there.
func (x costed) basis(ctx context.Context) []string {
	t := outlook.Table(x.Setting.Start)
	from := func(source, mark string) string { return sourced(ctx, pay.Sourced{Source: source, Mark: mark}) }
	out := []string{locale.T(ctx, "workforce.costs.table", "year", t.Year, "source", from(t.Source, t.Mark), "uplift", award(ctx, x.Setting)),
		from(t.NI.Source, t.NI.Mark), from(t.Pension.Source, t.Pension.Mark), from(t.Levy.Source, t.Levy.Mark)}
	if slices.ContainsFunc(x.Changes, func(c workforce.Change) bool { _, ok := x.Annex(c); return ok && c.Open() }) {
		out = append(out, from(t.Annex21.Source, t.Annex21.Mark))
	}
	if in := x.Setting.Zone; in != "" || slices.ContainsFunc(x.Posts, func(p workforce.Post) bool { return p.Zone != "" }) {
		out = append(out, locale.T(ctx, "workforce.costs.zone", "zone", zoneName(ctx, in), "source", from(t.HighCost.Source, t.HighCost.Mark)))
	} else {
		out = append(out, locale.T(ctx, "workforce.costs.zone.none"))
	}
	return out
}
