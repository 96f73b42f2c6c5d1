package investmentweb

import (
	"context"
	"math"
	"net/url"
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/foretold"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// actualView is one quarter beside its plan.
type actualView struct {
	R       investment.Record
	Against investment.Promise
	Quarter int
	Over    []int // quarters that have begun, newest first
	Rows    []investment.Compared
	Writes  bool
}

func (p *pages) actual(c *web.Context) error {
	r, err := p.s.Followed(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	v := actualView{R: r, Writes: c.May(investment.Write)}
	if r.Plan.Set() {
		v.Over = r.Plan.Over(locale.Day(c.Now))
	}
	if len(v.Over) > 0 {
		v.Quarter = quarterOf(c.R.URL.Query().Get("quarter"), v.Over)
		if v.Rows, err = r.Compare(v.Quarter); err != nil {
			return err
		}
		if v.Against, err = r.Against(); err != nil {
			return err
		}
	}
	params := c.Page("investment.actual.title", "/investment")
	params.Wide = true
	return c.Render(actualPage(params, v))
}

// quarterOf reads a quarter of those that have begun; what is none is the last whole one.
func quarterOf(typed string, over []int) int {
	if n, err := strconv.Atoi(typed); err == nil && slices.Contains(over, n) {
		return n
	}
	return over[min(1, len(over)-1)]
}

func (v actualView) path(q int) string { return "/investment/actual?quarter=" + strconv.Itoa(q) }

func thing(ctx context.Context, x investment.Compared) string {
	if x.Kind == "benefit" {
		return x.Benefit.Title
	}
	return locale.T(ctx, "investment.actual."+x.Kind)
}

// amount writes a value of its kind, or that nobody knows.
func amount(ctx context.Context, x investment.Compared, v *float64) string {
	switch {
	case v == nil:
		return locale.T(ctx, "investment.actual.unknown")
	case x.Kind == "spend":
		return investment.Pounds(*v)
	case x.Kind == "posts":
		return locale.T(ctx, "investment.actual.posts.value", "n", short(*v))
	case x.Kind == "wait":
		return locale.T(ctx, "investment.actual.wait.value", "time", short(*v))
	}
	return spoken(math.Round(*v*10)/10) + " " + x.Benefit.Unit
}

// short writes a number with one decimal at most.
func short(x float64) string { return locale.Plain(math.Round(x*10) / 10) }

func variance(ctx context.Context, x investment.Compared) string {
	d, ok := x.Variance()
	if !ok {
		return locale.T(ctx, "investment.actual.unknown")
	}
	text := amount(ctx, x, &d)
	if d > 0 {
		text = "+" + text
	}
	return text
}

func (v actualView) table(ctx context.Context) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: caption(quarterName(v.R.Plan, v.Quarter)), Head: numericHeads(locale.T(ctx, "investment.actual.what"), locale.T(ctx, "investment.actual.plan"),
		locale.T(ctx, "investment.actual.actual"), locale.T(ctx, "investment.actual.variance"), locale.T(ctx, "investment.actual.to_date"), locale.T(ctx, "investment.actual.from"))}
	t.Head[len(t.Head)-1].Format = "" // words
	for _, x := range v.Rows {
		toDate := locale.T(ctx, "investment.actual.unknown")
		switch {
		case !x.AddsUp():
			toDate = locale.T(ctx, "investment.actual.to_date.none")
		case x.ToDate != nil:
			toDate = amount(ctx, x, x.ToDate)
		}
		planned := amount(ctx, x, x.Plan)
		if x.Foretold != nil {
			planned = locale.T(ctx, "investment.actual.plan.wait", "wait", planned, "interval", foretold.Interval(ctx, *x.Foretold))
		}
		t.Rows = append(t.Rows, append(numeric(thing(ctx, x), planned, amount(ctx, x, x.Actual), variance(ctx, x), toDate), from(ctx, x)))
	}
	return t
}

// relied are what to know before the wait of the plan is relied on.
func (v actualView) relied(ctx context.Context) []string {
	for _, x := range v.Rows {
		if x.Foretold != nil {
			return foretold.Doubts(ctx, *x.Foretold)
		}
	}
	return nil
}

// from says where actual is from: who entered it and when, or Rowan's own records.
func from(ctx context.Context, x investment.Compared) (c nhsuk.TableCell) {
	switch {
	case x.Typed != nil:
		c.Text = locale.T(ctx, "investment.actual.from.typed", "by", x.Typed.By, "date", locale.Day(x.Typed.At).Long())
		if x.Typed.Reason != "" {
			c.Text += locale.T(ctx, "investment.actual.from.reason", "reason", x.Typed.Reason)
		}
		if x.Own != nil {
			c.Text += ". " + locale.T(ctx, "investment.actual.from.instead", "value", amount(ctx, x, &x.Own.Value), "source", x.Own.Source, "period", period(ctx, x.Own))
		}
	case x.Own != nil:
		c.Text, c.Href = locale.T(ctx, "investment.actual.from.own", "source", x.Own.Source, "period", period(ctx, x.Own)), x.Own.Path
	default:
		c.Text = locale.T(ctx, "investment.actual.from.none")
	}
	return c
}

// period says of which day or days a number of Rowan's own records is.
func period(ctx context.Context, x *investment.Own) string {
	if x.From == x.Till {
		return locale.T(ctx, "investment.actual.on", "date", x.From.Long())
	}
	return locale.T(ctx, "investment.actual.between", "from", x.From.Long(), "till", x.Till.Long())
}

// against says what actual is held against.
func (v actualView) against(ctx context.Context) string {
	o := optionName(ctx, v.Against.Chosen)
	switch p := v.Against; {
	case p.Case == uuid.Nil:
		return locale.T(ctx, "investment.actual.against.living", "option", o)
	case p.Agreed.IsZero():
		return locale.T(ctx, "investment.actual.against.submitted", "option", o, "n", strconv.Itoa(p.N), "date", locale.Day(p.At).Long())
	default:
		return locale.T(ctx, "investment.actual.against.agreed", "option", o, "n", strconv.Itoa(p.N), "date", p.Agreed.Long())
	}
}

// unsimulated says why the quarter has no planned wait: the simulation is of other quarters, or there is none.
func (v actualView) unsimulated(ctx context.Context) string {
	for _, x := range v.Rows {
		if x.Kind == "wait" && x.Plan != nil {
			return ""
		}
	}
	first, last, ok := v.Against.Waits()
	if !ok {
		return locale.T(ctx, "investment.actual.wait.unsimulated", "option", optionName(ctx, v.Against.Chosen))
	}
	return locale.T(ctx, "investment.actual.wait.outside", "from", first.MonthYear(), "until", last.AddMonths(2).MonthYear())
}

// sentence says how the quarter stands by what is known of it.
func (v actualView) sentence(ctx context.Context) string {
	spend, posts := v.Rows[0], v.Rows[1]
	d, known := spend.Variance()
	if !known {
		return locale.T(ctx, "investment.actual.sentence.none", "quarter", quarterName(v.R.Plan, v.Quarter))
	}
	key := "investment.actual.sentence.on"
	switch {
	case d > 0.5:
		key = "investment.actual.sentence.more"
	case d < -0.5:
		key, d = "investment.actual.sentence.less", -d
	}
	text := locale.T(ctx, key, "quarter", quarterName(v.R.Plan, v.Quarter), "by", investment.Pounds(d), "plan", investment.Pounds(*spend.Plan))
	if _, ok := posts.Variance(); ok {
		text += " " + locale.T(ctx, "investment.actual.sentence.posts", "actual", short(*posts.Actual), "plan", short(*posts.Plan))
	}
	behind, told := 0, 0
	for _, x := range v.Rows {
		if d, ok := x.Variance(); ok && x.Kind == "benefit" {
			told++
			if d < 0 {
				behind++
			}
		}
	}
	if told > 0 {
		text += " " + locale.T(ctx, "investment.actual.sentence.benefits", "n", told, "behind", strconv.Itoa(behind))
	}
	return text
}

// flow draws spend against plan over the quarters that have begun.
func (v actualView) flow(ctx context.Context) (chart.Flow, error) {
	f := chart.Flow{ID: "spend", Title: locale.T(ctx, "investment.actual.flow"), Unit: locale.T(ctx, "investment.pounds"), InName: locale.T(ctx, "investment.actual.plan"), OutName: locale.T(ctx, "investment.actual.actual"),
		Beside: true, Says: v.sentence(ctx)}
	for _, q := range slices.Backward(v.Over) {
		rows, err := v.R.Compare(q)
		if err != nil {
			return f, err
		}
		if rows[0].Plan == nil || rows[0].Actual == nil {
			continue
		}
		f.Labels, f.In, f.Out = append(f.Labels, v.R.Plan.Quarter(q).MonthYear()), append(f.In, *rows[0].Plan), append(f.Out, *rows[0].Actual)
	}
	return f, nil
}

func (p *pages) enter(c *web.Context) error {
	r, ok, err := started(c, p.s.Followed)
	if !ok {
		return err
	}
	over := r.Plan.Over(locale.Day(c.Now))
	if len(over) == 0 {
		return c.Redirect("/investment/actual")
	}
	q := quarterOf(c.R.URL.Query().Get("quarter"), over)
	f := form.Of(url.Values{"quarter": {strconv.Itoa(q)}})
	rows, err := r.Compare(q)
	if err != nil {
		return err
	}
	for _, x := range rows {
		if x.Typed != nil {
			f.Values.Set(fieldOf(x), locale.Plain(x.Typed.Value))
			f.Values.Set(fieldOf(x)+"_reason", x.Typed.Reason)
		}
	}
	return p.askActual(c, r, q, f)
}

func fieldOf(x investment.Compared) string {
	return investment.Actual{Kind: x.Kind, Benefit: x.Benefit.ID}.Field()
}

func (p *pages) askActual(c *web.Context, r investment.Record, q int, f form.Form) error {
	quarters := []form.Option{{Key: "investment.choose"}}
	for _, q := range r.Plan.Over(locale.Day(c.Now)) {
		quarters = append(quarters, form.Option{Value: strconv.Itoa(q), Text: quarterName(r.Plan, q)})
	}
	fields := []templ.Component{form.Select(f, form.Field{Name: "quarter", Key: "investment.actual.quarter", Options: quarters})}
	rows, err := r.Compare(q)
	if err != nil {
		return err
	}
	for _, x := range rows {
		key, args := "investment.actual.enter."+x.Kind, []any{"title", x.Benefit.Title, "unit", x.Benefit.Unit}
		if x.Own != nil {
			key, args = key+".own", []any{"title", x.Benefit.Title, "unit", x.Benefit.Unit, "quarter", quarterName(r.Plan, q), "value", amount(c.Ctx(), x, &x.Own.Value), "period", period(c.Ctx(), x.Own)}
		}
		fields = append(fields, form.Text(f, form.Field{Name: fieldOf(x), Key: key, Args: args, Width: 10}))
		if x.Own != nil {
			fields = append(fields, form.Text(f, form.Field{Name: fieldOf(x) + "_reason", Key: "investment.actual.enter." + x.Kind + ".reason", Args: []any{"title", x.Benefit.Title}}))
		}
	}
	return ask.Show(c, "/investment/actual", ask.Page{Title: c.T("investment.actual.enter"), Lede: c.T("investment.actual.enter.lede"), Form: f, Button: "investment.save"}, fields...)
}

func (p *pages) enterPost(c *web.Context) error {
	r, ok, err := started(c, p.s.Followed)
	if !ok {
		return err
	}
	f := form.From(c.R)
	q, err := strconv.Atoi(f.Get("quarter"))
	if err != nil || !slices.Contains(r.Plan.Over(locale.Day(c.Now)), q) {
		f.Faults.Add("quarter", "investment.actual.quarter.empty")
		q = 0
	}
	rows, err := r.Compare(q)
	if err != nil {
		return err
	}
	var all []investment.Actual
	for _, x := range rows {
		a := investment.Actual{Kind: x.Kind, Benefit: uuid.Nil}
		if x.Kind == "benefit" {
			a.Benefit = x.Benefit.ID
		}
		switch v := decimal(&f, fieldOf(x), "investment.actual.value.bad"); {
		case v != nil:
			a.Value, a.Reason = *v, f.Get(fieldOf(x)+"_reason")
			f.Faults.Merge(r.CheckActual(q, a))
		case x.Own != nil && x.Typed != nil: // what was typed is cleared: Rowan's own records stand again
			a.Drop = true
		default:
			continue
		}
		all = append(all, a)
	}
	if !f.Bad() && len(all) == 0 {
		f.Faults.Add("spend", "investment.actual.empty")
	}
	if f.Bad() {
		return p.askActual(c, r, q, f)
	}
	return c.Done(p.s.Enter(c.Ctx(), c.Actor, c.Now, q, all), "investment.saved", "/investment/actual?quarter="+strconv.Itoa(q))
}
