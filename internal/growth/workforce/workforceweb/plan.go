package workforceweb

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// projected is the plan with what each option brings.
type projected struct {
	workforce.Team
	shown     option.Option
	all       map[option.Option][]outlook.Quarter // by the middle of the ranges
	low, high []outlook.Quarter                   // of the option that is shown
	saved     *workforce.Change                   // a moment ago
	doubts    []layout.Warning
	load      []layout.Warning // how the team is, where it needs a look
}

// brought counts the people whom the plan brought: they are in its options, and not in doing nothing.
func (x projected) brought() (n int) {
	for _, p := range x.Posts {
		if _, planned := x.Change(p.Change); planned {
			n += p.InPost
		}
	}
	return n
}

func (p *pages) plan(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	x := projected{Team: t, shown: chosen(c, option.Preferred), all: map[option.Option][]outlook.Quarter{}}
	if len(t.Posts)+len(t.Changes) > 0 {
		in := t.Input()
		for _, o := range option.All {
			x.all[o] = outlook.Project(in, o, 0.5)
		}
		x.low, x.high = outlook.Project(in, x.shown, 0), outlook.Project(in, x.shown, 1)
	}
	if id, err := uuid.Parse(c.R.URL.Query().Get("saved")); err == nil {
		if change, ok := t.Change(id); ok {
			x.saved = &change
		}
	}
	if x.doubts, err = p.doubts(c); err != nil {
		return err
	}
	look, err := p.s.Load(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if look != nil {
		x.load = []layout.Warning{warned(*look)}
	}
	params := c.Page("workforce.plan.title", "/workforce")
	params.Wide = true
	return c.Render(planPage(params, x, c.May(workforce.Write)))
}

// doubts are what to check before sums are relied on; whoever plans is led to where it is set.
func (p *pages) doubts(c *web.Context) (out []layout.Warning, err error) {
	all, err := p.s.Doubts(c.Ctx(), c.Actor)
	for _, d := range all {
		if !c.May(workforce.Write) {
			d.Ways = nil
		}
		out = append(out, warned(d))
	}
	return out, err
}

func warned(d workforce.Doubt) layout.Warning {
	x := layout.Warning{Text: d.Text}
	for _, w := range d.Ways {
		x.Ways = append(x.Ways, layout.Way(w))
	}
	return x
}

func optionName(ctx context.Context, o option.Option) string {
	return locale.T(ctx, "workforce.option."+string(o))
}

func lower(ctx context.Context, o option.Option) string { return strings.ToLower(optionName(ctx, o)) }

// last is the last quarter of the plan.
const last = outlook.Quarters - 1

// sentence is what a board member can repeat.
func (x projected) sentence(ctx context.Context) string {
	base, best := x.all[option.Nothing][last].Total().WTE, x.all[x.shown][last].Total().WTE
	_, now := x.ByRole()
	if x.shown == option.Nothing {
		return locale.T(ctx, "workforce.plan.sentence.nothing", "now", wte(now.WTE), "then", wte(base), "when", quarter(ctx, x.all[option.Nothing][last].Start))
	}
	return locale.T(ctx, "workforce.plan.sentence", "option", optionName(ctx, x.shown), "now", wte(now.WTE), "then", wte(best), "nothing", wte(base), "when", quarter(ctx, x.all[option.Nothing][last].Start))
}

// hoursSentence says the same of the hours with patients.
func (x projected) hoursSentence(ctx context.Context) string {
	base, hours := x.all[option.Nothing], func(q outlook.Quarter) string { return decimal(q.Total().ClinicalHours, 0) }
	if x.shown == option.Nothing {
		return locale.T(ctx, "workforce.plan.hours.sentence.nothing", "then", hours(base[last]), "when", quarter(ctx, base[last].Start), "first", hours(base[0]), "begin", quarter(ctx, base[0].Start))
	}
	return locale.T(ctx, "workforce.plan.hours.sentence", "option", optionName(ctx, x.shown), "then", hours(x.all[x.shown][last]), "when", quarter(ctx, base[last].Start), "nothing", hours(base[last]))
}

// drawn are the options over time: people, and hours with patients.
func (x projected) drawn(ctx context.Context) []chart.Several {
	return []chart.Several{
		x.lines(ctx, chart.Several{ID: "wte", Title: locale.T(ctx, "workforce.plan.chart"), Unit: locale.T(ctx, "workforce.wte.unit"), Decimals: 1, Says: x.sentence(ctx)}, func(s outlook.Staff) float64 { return s.WTE }),
		x.lines(ctx, chart.Several{ID: "hours", Title: locale.T(ctx, "workforce.plan.chart.hours"), Unit: locale.T(ctx, "workforce.plan.hours.unit"), Says: x.hoursSentence(ctx)}, func(s outlook.Staff) float64 { return s.ClinicalHours }),
	}
}

func (x projected) lines(ctx context.Context, s chart.Several, of func(outlook.Staff) float64) chart.Several {
	s.Head, s.Name = locale.T(ctx, "workforce.quarter.head"), func(d civil.Date) string { return quarter(ctx, d) }
	for _, q := range x.all[option.Nothing] {
		s.Dates = append(s.Dates, q.Start)
	}
	for _, o := range option.All {
		l := chart.Named{Label: optionName(ctx, o)}
		for _, q := range x.all[o] {
			l.Values = append(l.Values, of(q.Total()))
		}
		s.Lines = append(s.Lines, l)
	}
	return s
}

// hoursTable shows the quarters of an option: heads, WTE and clinical hours a week, with the range where there is one.
func (x projected) hoursTable(ctx context.Context) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.plan.quarters", "option", lower(ctx, x.shown)), 1, "workforce.quarter.head", "workforce.plan.funded", "workforce.plan.joining", "workforce.plan.leaving", "workforce.plan.retiring", "workforce.plan.heads", "workforce.plan.wte", "workforce.plan.hours")
	for t, q := range x.all[x.shown] {
		total, low, high := q.Total(), x.low[t].Total().ClinicalHours, x.high[t].Total().ClinicalHours
		hours := decimal(total.ClinicalHours, 0)
		if decimal(low, 0) != decimal(high, 0) {
			hours = locale.T(ctx, "workforce.plan.hours.range", "mid", hours, "low", decimal(low, 0), "high", decimal(high, 0))
		}
		out.Rows = append(out.Rows, row(1, quarter(ctx, q.Start), wte(total.Funded), wte(q.Joining), wte(q.Leaving), wte(q.Retiring), wte(total.Heads), wte(total.WTE), hours))
	}
	return out
}

// roleTable shows who is expected in the first and the last quarter.
func (x projected) roleTable(ctx context.Context) nhsuk.TableParams {
	first, end := x.all[x.shown][0], x.all[x.shown][last]
	out := table(ctx, locale.T(ctx, "workforce.plan.roles", "from", quarter(ctx, first.Start), "to", quarter(ctx, end.Start)), 2, "workforce.role", "workforce.band", "workforce.plan.wte.first", "workforce.plan.wte.last", "workforce.plan.hours.first", "workforce.plan.hours.last")
	get := func(q outlook.Quarter, of outlook.Staff) (s outlook.Staff) {
		for _, y := range q.Staff {
			if y.Role == of.Role && y.Band == of.Band {
				s = y
			}
		}
		return s
	}
	line := func(s outlook.Staff) {
		a, b := get(first, s), get(end, s)
		role, _ := x.Pack.Role(s.Role)
		out.Rows = append(out.Rows, row(2, role.Name, bandName(ctx, s.Band), wte(a.WTE), wte(b.WTE), decimal(a.ClinicalHours, 0), decimal(b.ClinicalHours, 0)))
	}
	for _, r := range x.Pack.Roles {
		for _, s := range end.Staff {
			if s.Role == r.Key {
				line(s)
			}
		}
		for _, s := range first.Staff {
			if s.Role == r.Key && get(end, s) == (outlook.Staff{}) {
				line(s)
			}
		}
	}
	return out
}

func changeText(ctx context.Context, t workforce.Team, c workforce.Change) string {
	title := titleOf(t, c.Post, c.Title)
	switch c.Kind {
	case outlook.New, outlook.Develop:
		return locale.T(ctx, "workforce.plan.adds", "n", c.Heads, "title", title, "band", bandName(ctx, c.Band), "wte", locale.Plain(c.WTE))
	case outlook.Leadership:
		return locale.T(ctx, "workforce.plan.leads", "title", title, "n", locale.Plain(c.Hours))
	case outlook.Alter:
		return locale.T(ctx, "workforce.plan.alters", "title", title, "what", altered(ctx, c))
	}
	return locale.T(ctx, "workforce.plan.ends", "title", title)
}

// altered says what a post becomes.
func altered(ctx context.Context, c workforce.Change) string {
	var parts []string
	if c.Band != "" {
		parts = append(parts, bandName(ctx, c.Band))
	}
	if c.WTE > 0 {
		parts = append(parts, locale.T(ctx, "workforce.wte.value", "n", locale.Plain(c.WTE)))
	}
	return strings.Join(parts, ", ")
}

// inOptions names the options that a change is in.
func inOptions(ctx context.Context, c workforce.Change) string {
	var in []string
	for _, o := range workforce.Chosen {
		if c.In[o] {
			in = append(in, optionName(ctx, o))
		}
	}
	return strings.Join(in, ", ")
}

// priced is by what the investment plan knows the cost of a change: itself where it adds a post, else the post that it changes.
func priced(c workforce.Change) uuid.UUID {
	if c.Kind.Adds() {
		return c.ID
	}
	return c.Post
}

// first is the option of a change that is looked at: the preferred one if it is in that.
func first(c workforce.Change) option.Option {
	if c.In[option.Preferred] {
		return option.Preferred
	}
	for _, o := range workforce.Chosen {
		if c.In[o] {
			return o
		}
	}
	return option.Nothing
}

// zoneName is a high-cost area in words.
func zoneName(ctx context.Context, z pay.Zone) string {
	if z == "" {
		z = workforce.NoZone
	}
	return locale.T(ctx, "workforce.zone."+string(z))
}

func changeTable(ctx context.Context, t workforce.Team, writes bool) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.plan.changes"), 5, "workforce.change", "workforce.from", "workforce.in", "workforce.plan.taken", "workforce.action.short")
	for _, c := range t.Changes {
		taken := ""
		if c.Kind.Adds() {
			taken = locale.T(ctx, "workforce.plan.taken.value", "n", c.Taken, "all", locale.Number(c.Heads))
		}
		cells := nhsuk.Cells(changeText(ctx, t, c), begins(ctx, c), inOptions(ctx, c), taken, t.Action(c))
		if writes {
			cells[0].Href = c.Path()
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func rateTable(ctx context.Context, t workforce.Team, writes bool) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "workforce.plan.rates"), 1, "workforce.role", "workforce.plan.clinical", "workforce.plan.leavers", "workforce.plan.leave", "workforce.plan.retire")
	out.Head = append(out.Head, nhsuk.TableHead{Text: locale.T(ctx, "workforce.plan.said")})
	for _, l := range t.Leavings() {
		r := t.Setting.Rates[l.Role.Key]
		cells := row(1, l.Role.Name, locale.T(ctx, "workforce.percent", "n", locale.Plain(r.Clinical)), locale.T(ctx, "workforce.percent", "n", locale.Plain(r.Leavers)), wte(l.Leavers), wte(l.Retire))
		said := locale.T(ctx, "workforce.assumed")
		if r.By != "" {
			said = locale.T(ctx, "workforce.said", "name", r.By, "when", locale.Date(r.Changed))
		}
		if writes {
			cells[0].Href = "/workforce/plan/roles/" + l.Role.Key
		}
		out.Rows = append(out.Rows, append(cells, nhsuk.Cells(said)...))
	}
	return out
}

// assumptions are what the plan rests on, each with who said it.
func assumptions(ctx context.Context, t workforce.Team) nhsuk.SummaryListParams {
	s := t.Setting
	said := locale.T(ctx, "workforce.assumed")
	if s.By != "" {
		said = locale.T(ctx, "workforce.said", "name", s.By, "when", locale.Date(s.Changed))
	}
	row := func(key string, args ...any) nhsuk.SummaryRow {
		return nhsuk.Row(locale.T(ctx, "workforce.basis."+key), locale.T(ctx, "workforce.basis."+key+".value", args...))
	}
	fill := t.TimeToFill()
	var shares []string
	for i, x := range fill.Shares {
		if x > 0 {
			shares = append(shares, locale.T(ctx, "workforce.basis.fill.share", "n", i+1, "nth", locale.Ordinal(i+1), "share", percent(ctx, x)))
		}
	}
	from := locale.T(ctx, "workforce.basis.fill.assumed", "n", fill.N)
	if fill.Own {
		from = locale.T(ctx, "workforce.basis.fill.own", "n", fill.N)
	}
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{
		row("start", "quarter", quarter(ctx, s.Start)),
		row("absence", "leave", locale.Plain(s.Leave), "study", locale.Plain(s.Study), "sickness", locale.Plain(s.Sickness)),
		row("ramp", "months", locale.Plain(s.RampMonths), "begins", locale.Plain(t.Pack.Assumed.RampBegins)),
		row("uplift", "each", award(ctx, s)),
		row("zone", "zone", zoneName(ctx, s.Zone)),
		nhsuk.Row(locale.T(ctx, "workforce.basis.fill"), strings.Join(shares, ", ")+". "+from),
		nhsuk.Row(locale.T(ctx, "workforce.plan.said"), said),
	}}
}
