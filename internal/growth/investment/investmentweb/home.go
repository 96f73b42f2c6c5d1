package investmentweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/agreed/agreedview"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/doubt"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/effect"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/awards"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// homeView is the cash flow of one option in one view.
type homeView struct {
	R      investment.Record
	Option option.Option
	View   investment.View
	investment.Funding
	Totals map[option.Option]investment.Cash // with optimism bias
	Writes bool
	Doubts []doubt.Doubt
	Effect *effect.Effect // of a line or a post; nil where nobody asked, or it costs nothing here
	Asked  bool
	Agreed *agreedview.View // nil where the plan costs what the board agreed to, or it agreed to nothing
}

// warnings are what to check before sums are relied on; whoever writes is led to where it is set.
func warnings(ctx context.Context, all []doubt.Doubt, writes bool) (out []layout.Warning) {
	for _, d := range all {
		x := layout.Warning{Text: d.Text(ctx)}
		for _, w := range d.Ways(ctx) {
			if writes {
				x.Ways = append(x.Ways, layout.Way(w))
			}
		}
		out = append(out, x)
	}
	return out
}

// views are those of the cash flow: both of the pension.
var views = []investment.View{investment.Budget, investment.Full}

func chosen(c *web.Context, r investment.Record) (o option.Option) {
	if o = option.Option(c.R.URL.Query().Get("option")); !o.Valid() {
		o = r.Plan.Chosen
	}
	return o
}

func (p *pages) home(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	v := homeView{R: r, Option: chosen(c, r), View: investment.View(c.R.URL.Query().Get("view")), Totals: map[option.Option]investment.Cash{}, Writes: c.May(investment.Write)}
	if !slices.Contains(views, v.View) {
		v.View = investment.Budget
	}
	if r.Plan.Set() {
		for _, o := range option.All {
			found, err := r.Funding(o, v.View)
			if err != nil {
				return err
			}
			if v.Totals[o] = found.Costs; o == v.Option {
				v.Funding = found
			}
		}
	}
	if v.Effect, err = effectOf(c, r); err != nil {
		return err
	}
	v.Asked = c.R.URL.Query().Has("effect")
	if v.Agreed, err = agreedview.Of(c, p.s, r); err != nil {
		return err
	}
	if v.Doubts, err = doubt.Of(r); err != nil {
		return err
	}
	params := c.Page("investment.title", "")
	params.Wide = true
	return c.Render(homePage(params, v))
}

// path is the page with another option or view.
func (v homeView) path(o option.Option, view investment.View) string {
	return "/investment?" + url.Values{"option": {string(o)}, "view": {string(view)}}.Encode()
}

// flow draws the option by quarter.
func (v homeView) flow(ctx context.Context) chart.Flow {
	f := chart.Flow{ID: "cash", Title: locale.T(ctx, "investment.cash.title", "option", optionName(ctx, v.Option)), Unit: locale.T(ctx, "investment.pounds"), Out: v.Costs[:], In: v.Brings[:],
		InName: locale.T(ctx, "investment.cash.in"), OutName: locale.T(ctx, "investment.cash.biased"), Left: locale.T(ctx, "investment.cash.left"), Says: v.sentence(ctx)}
	for q := range investment.Quarters {
		f.Labels = append(f.Labels, v.R.Plan.Quarter(q).MonthYear())
	}
	return f
}

// sentence is what a board member can repeat.
func (v homeView) sentence(ctx context.Context) string {
	key := "investment.cash.sentence"
	switch {
	case v.Option == option.Nothing:
		return locale.T(ctx, "investment.cash.sentence.nothing")
	case v.Costs.Sum() == 0:
		return locale.T(ctx, "investment.cash.sentence.empty", "option", optionName(ctx, v.Option))
	case v.Brings.Sum() == 0:
		key = "investment.cash.sentence.no_cash"
	}
	return locale.T(ctx, key, "option", optionName(ctx, v.Option), "total", investment.Pounds(v.Costs.Sum()), "planned", investment.Pounds(v.Planned.Sum()), "last", investment.Pounds(v.Costs.Year(investment.Years-1)),
		"back", investment.Pounds(v.Brings.Sum()), "net", investment.Pounds(v.Net.Sum()))
}

// yearName names a year of the plan by its months.
func yearName(p investment.Plan, t int) string {
	return p.Start.AddMonths(12*t).MonthYear() + " to " + p.Start.AddMonths(12*t+11).MonthYear()
}

func yearHeads(ctx context.Context, first string) []nhsuk.TableHead {
	heads := []string{first}
	for t := range investment.Years {
		heads = append(heads, locale.T(ctx, "investment.year", "n", strconv.Itoa(t+1)))
	}
	return numericHeads(append(heads, locale.T(ctx, "investment.total"))...)
}

// costRow is a line or a post with the way to what it changes.
func costRow(r investment.Record, f investment.Flow) []nhsuk.TableCell {
	row := yearRow(r.Titled(f), f.Cash)
	row[0].Href = effectPath(f.ID)
	return row
}

func yearRow(name string, c investment.Cash) []nhsuk.TableCell {
	cells := []string{name}
	for t := range investment.Years {
		cells = append(cells, investment.Pounds(c.Year(t)))
	}
	return numeric(append(cells, investment.Pounds(c.Sum()))...)
}

// byYear is what has to be funded of the option, line by line, as the paper has it.
func (v homeView) byYear(ctx context.Context) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: caption(locale.T(ctx, "investment.cash.years", "option", optionName(ctx, v.Option))), Head: yearHeads(ctx, locale.T(ctx, "investment.line.one"))}
	for _, f := range v.Lines {
		t.Rows = append(t.Rows, costRow(v.R, f))
	}
	for _, s := range v.Sums(ctx) {
		t.Rows = append(t.Rows, yearRow(s.Title, s.Cash))
	}
	return t
}

// compared lays the options side by side.
func (v homeView) compared(ctx context.Context) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: caption(locale.T(ctx, "investment.cash.options")), Head: yearHeads(ctx, locale.T(ctx, "investment.option"))}
	for _, o := range option.All {
		row := yearRow(optionName(ctx, o), v.Totals[o])
		row[0].Href = v.path(o, v.View)
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v homeView) lines(ctx context.Context) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: caption(locale.T(ctx, "investment.lines.caption")), Head: nhsuk.Heads(locale.T(ctx, "investment.line.one"), locale.T(ctx, "investment.line.kind"),
		locale.T(ctx, "investment.line.costs"), locale.T(ctx, "investment.line.when"), locale.T(ctx, "investment.in.short"), locale.T(ctx, "investment.line.bias.short"))}
	for _, l := range v.R.Lines {
		name := nhsuk.TableCell{Text: l.Title}
		if v.Writes {
			name.Href = "/investment/lines/" + l.ID.String()
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{name, {Text: kindOf(ctx, v.R, l)}, {Text: costs(ctx, l)}, {Text: when(ctx, l)}, {Text: optionNames(ctx, l.In)}, {Text: biased(ctx, v.R, l)}})
	}
	return t
}

func kindOf(ctx context.Context, r investment.Record, l investment.Line) string {
	text := locale.T(ctx, "investment.kind."+l.Kind)
	if l.Role != "" {
		text += ": " + locale.T(ctx, "investment.role."+l.Role)
	}
	if l.Post != "" {
		text += " (" + l.Post + ")"
	}
	if l.Action != uuid.Nil && r.Names[l.Action] != "" {
		text += ". " + r.Names[l.Action]
	}
	return text
}

func costs(ctx context.Context, l investment.Line) string {
	switch {
	case l.Priced():
		return locale.T(ctx, "investment.line.costs.people", "n", l.Heads, "wte", locale.Plain(l.WTE), "band", l.Band)
	case l.Recurrent:
		return locale.T(ctx, "investment.line.costs.year", "pounds", investment.Pounds(float64(l.Pence)/100))
	}
	return locale.T(ctx, "investment.line.costs.once", "pounds", investment.Pounds(float64(l.Pence)/100))
}

func when(ctx context.Context, l investment.Line) string {
	if l.End.IsZero() {
		return locale.T(ctx, "investment.line.when.from", "from", l.Start.Long())
	}
	return locale.T(ctx, "investment.line.when.until", "from", l.Start.Long(), "until", l.End.AddDays(-1).Long())
}

func biased(ctx context.Context, r investment.Record, l investment.Line) string {
	t, _ := r.Pack().Type(l.Type)
	return locale.T(ctx, "investment.line.bias.value", "n", locale.Plain(l.Bias), "type", t.Name)
}

func (p *pages) plan(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	v := url.Values{"pay": {"2"}, "inflation": {"2"}, "delay": {"2"}, "chosen": {string(option.Preferred)}}
	if r.Plan.Set() {
		v = url.Values{"start": {r.Plan.Start.String()}, "pay": {locale.Plain(r.Plan.PayUplift)}, "inflation": {locale.Plain(r.Plan.Inflation)}, "delay": {strconv.Itoa(r.Plan.Delay)}, "chosen": {string(r.Plan.Chosen)}}
	}
	awards.Fill(v, r.Plan.Awards)
	return p.askPlan(c, r, form.Of(v))
}

// starts lists the quarters that a plan may begin with: from two years ago to two years ahead.
func starts(today civil.Date, kept civil.Date) []form.Option {
	first := civil.Date{Year: today.Year, Month: (today.Month-1)/3*3 + 1, Day: 1}
	out := []form.Option{{Key: "investment.choose"}}
	if !kept.IsZero() && kept.Before(first.AddMonths(-24)) {
		out = append(out, form.Option{Value: kept.String(), Text: kept.Long()})
	}
	for q := -8; q <= 8; q++ {
		d := first.AddMonths(3 * q)
		out = append(out, form.Option{Value: d.String(), Text: d.Long()})
	}
	return out
}

func (p *pages) askPlan(c *web.Context, r investment.Record, f form.Form) error {
	questions := slices.Concat([]templ.Component{
		form.Select(f, form.Field{Name: "start", Key: "investment.plan.start", Options: starts(locale.Day(c.Now), r.Plan.Start)}),
		form.Text(f, form.Field{Name: "pay", Key: "investment.plan.pay", Width: 5})}, awards.Fields(f, awardYears(f, locale.Day(c.Now))), []templ.Component{
		form.Text(f, form.Field{Name: "inflation", Key: "investment.plan.inflation", Width: 5}),
		form.Text(f, form.Field{Name: "delay", Key: "investment.plan.delay", Width: 5}),
		form.Radios(f, form.Field{Name: "chosen", Key: "investment.plan.chosen", Options: form.Options("investment.option", "minimum", "preferred", "maximum")})})
	return ask.Show(c, "/investment", ask.Page{Title: c.T("investment.plan.title"), Lede: c.T("investment.plan.lede"), Form: f, Button: "investment.save"}, questions...)
}

// awardYears are the years whose award moves the plan that a form is of; of one that began today while nobody has said when it starts.
func awardYears(f form.Form, today civil.Date) []int {
	start := day(f, "start")
	if start.IsZero() {
		start = today
	}
	return pay.AwardYears(start, investment.Quarters)
}

func (p *pages) planPost(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	percent := func(name string) float64 {
		x := decimal(&f, name, "investment.plan.percent.bad", "most", 25)
		if x == nil {
			return -1
		}
		return *x
	}
	plan := investment.Plan{Start: day(f, "start"), PayUplift: percent("pay"), Awards: awards.Read(f, awardYears(f, locale.Day(c.Now))), Inflation: percent("inflation"), Delay: -1, Chosen: option.Option(f.Get("chosen"))}
	if n, err := strconv.Atoi(f.Get("delay")); err == nil {
		plan.Delay = n
	}
	f.Faults.Merge(investment.CheckPlan(plan))
	if !f.Bad() {
		f.Faults.Merge(r.CheckMove(plan))
	}
	if f.Bad() {
		return p.askPlan(c, r, f)
	}
	return c.Done(p.s.SavePlan(c.Ctx(), c.Actor, c.Now, plan), "investment.saved", "/investment")
}
