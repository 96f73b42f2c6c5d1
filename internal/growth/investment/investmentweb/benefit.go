package investmentweb

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/doubt"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/gauge"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) benefits(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	doubts, err := doubt.Of(r)
	if err != nil {
		return err
	}
	params := c.Page("investment.benefits.title", "/investment")
	params.Wide = true
	return c.Render(benefitsPage(params, r, doubts, c.May(investment.Write)))
}

func benefitTable(ctx context.Context, r investment.Record, class string, writes bool) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: caption(locale.T(ctx, "investment.class."+class)), Head: nhsuk.Heads(locale.T(ctx, "investment.benefit.one"), locale.T(ctx, "investment.benefit.owner.short"),
		locale.T(ctx, "investment.benefit.measured"), locale.T(ctx, "investment.benefit.range"), locale.T(ctx, "investment.benefit.worth"), locale.T(ctx, "investment.benefit.ours"), locale.T(ctx, "investment.benefit.ramp.short"), locale.T(ctx, "investment.in.short"))}
	for _, b := range r.Benefits {
		if b.Class != class {
			continue
		}
		name := nhsuk.TableCell{Text: b.Title}
		if writes {
			name.Href = "/investment/benefits/" + b.ID.String()
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{name, {Text: b.Owner}, {HTML: measured(b)}, {Text: locale.T(ctx, "investment.benefit.range.value", "low", spoken(b.Low), "mode", spoken(b.Mode), "high", spoken(b.High), "unit", b.Unit)},
			{Text: locale.T(ctx, "investment.benefit.worth.value", "pounds", pounds(b.UnitPence))}, {Text: locale.T(ctx, "investment.benefit.ours.value", "attribution", locale.Plain(b.Attribution), "share", locale.Plain(b.Share))},
			{Text: locale.T(ctx, "investment.benefit.ramp.value", "from", b.Start.Long(), "ramp", ramp(b.Ramp))}, {Text: optionNames(ctx, b.In)}})
	}
	return t
}

func has(r investment.Record, class string) bool {
	for _, b := range r.Benefits {
		if b.Class == class {
			return true
		}
	}
	return false
}

// pounds writes what one unit is worth: pence matter here.
func pounds(pence int64) string {
	text := locale.Number(int(pence / 100))
	if rest := pence % 100; rest != 0 {
		text += "." + strconv.FormatInt(100+rest, 10)[1:]
	}
	return "£" + text
}

func ramp(all []int) string {
	var out []string
	for _, x := range all {
		out = append(out, strconv.Itoa(x)+"%")
	}
	return strings.Join(out, ", ")
}

// shared is the table of measures that more than one benefit claims.
func shared(ctx context.Context, claims []investment.Claim) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: caption(locale.T(ctx, "investment.claims.caption")), Head: nhsuk.Heads(locale.T(ctx, "investment.benefit.measured"), locale.T(ctx, "investment.benefit.population.short"),
		locale.T(ctx, "investment.option"), locale.T(ctx, "investment.claims.who"), locale.T(ctx, "investment.claims.sum"))}
	for _, x := range claims {
		var who []string
		for _, b := range x.Benefits {
			who = append(who, locale.T(ctx, "investment.claims.one", "title", b.Title, "owner", b.Owner, "share", locale.Plain(b.Share)))
		}
		t.Rows = append(t.Rows, nhsuk.Cells(x.Measure, x.Population, optionName(ctx, x.Option), strings.Join(who, "; "), locale.Plain(x.Share)+"%"))
	}
	return t
}

func (p *pages) addBenefit(c *web.Context) error {
	r, ok, err := p.started(c)
	if !ok {
		return err
	}
	f := fresh()
	f.Values.Set("start", r.Plan.Start.String())
	f.Values.Set("attribution", "100")
	f.Values.Set("share", "100")
	f.Values.Set("figure", c.R.URL.Query().Get("figure"))
	return p.askBenefit(c, r, f)
}

func (p *pages) askBenefit(c *web.Context, r investment.Record, f form.Form) error {
	list, err := p.s.Figures().List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	figures := []form.Option{{Key: "investment.benefit.figure.none"}}
	for _, x := range list {
		if x.Ref.Kind != investment.FigureKind {
			figures = append(figures, form.Option{Value: x.Ref.String(), Text: x.Title + ": " + figureview.Value(c.Ctx(), x) + " (" + x.PeriodText + ")"})
		}
	}
	a := ask.Page{Title: c.T("investment.benefit.add"), Lede: c.T("investment.benefit.lede"), Form: f, Button: "investment.save"}
	if f.Get("version") != "0" {
		a.Title, a.Drop = c.T("investment.benefit.change"), &ask.Drop{Path: "/investment/benefits/" + f.Get("id") + "/drop", Text: c.T("investment.benefit.drop")}
	}
	text := func(name string, width int) templ.Component {
		return form.Text(f, form.Field{Name: name, Key: "investment.benefit." + name, Width: width})
	}
	return ask.Show(c, "/investment/benefits", a,
		text("title", 0),
		form.Radios(f, form.Field{Name: "class", Key: "investment.benefit.class", Options: form.Options("investment.class", investment.Classes...)}),
		text("owner", 0),
		form.Select(f, form.Field{Name: "figure", Key: "investment.benefit.figure", Options: figures}),
		text("measure", 0),
		form.Text(f, form.Field{Name: "from", Key: "investment.gauge.from", Width: 10}), form.Text(f, form.Field{Name: "to", Key: "investment.gauge.to", Width: 10}),
		text("population", 0), text("unit", 0),
		text("low", 10), text("mode", 10), text("high", 10), text("value", 10), text("attribution", 5), text("share", 5), text("ramp", 0),
		form.Select(f, form.Field{Name: "start", Key: "investment.benefit.start", Options: quarterOptions(r.Plan, form.Option{Key: "investment.choose"}, investment.Quarters)}),
		inField(f))
}

func (p *pages) addBenefitPost(c *web.Context) error { return p.saveBenefit(c) }

func (p *pages) saveBenefit(c *web.Context) error {
	r, ok, err := p.started(c)
	if !ok {
		return err
	}
	f := form.From(c.R)
	number := func(name, key string) float64 {
		if f.Get(name) == "" {
			f.Faults.Add(name, key)
			return 0
		}
		return or0(decimal(&f, name, key))
	}
	b := investment.Benefit{Title: f.Get("title"), Class: f.Get("class"), Owner: f.Get("owner"), Measure: f.Get("measure"), Population: f.Get("population"), Unit: f.Get("unit"),
		Low: number("low", "investment.benefit.amount.bad"), Mode: number("mode", "investment.benefit.amount.bad"), High: number("high", "investment.benefit.amount.bad"),
		Attribution: or0(decimal(&f, "attribution", "investment.benefit.percent.bad")), Share: or0(decimal(&f, "share", "investment.benefit.percent.bad")), Ramp: rampOf(f.Get("ramp")), Start: day(f, "start"), In: in(f)}
	b.Gauge = gauge.Gauge{From: decimal(&f, "from", "investment.gauge.bad"), To: decimal(&f, "to", "investment.gauge.bad")}
	b.UnitPence = pence(decimal(&f, "value", "investment.benefit.value.empty"))
	if b.ID, b.Version, err = about(f); err != nil {
		return err
	}
	ref, cited := figure.ParseRef(f.Get("figure"))
	if cited {
		found, err := p.s.Figures().Find(c.Ctx(), c.Actor, c.Now, ref, day(f, ""))
		if err != nil {
			return err
		}
		b = b.Citing(found)
	}
	f.Faults.Merge(investment.CheckBenefit(r.Plan, b))
	if claim, over := investment.Over(b, r.Benefits); over && f.Faults.Of("share") == nil {
		others := 0.0
		var who []string
		for _, x := range claim.Benefits {
			if x.ID != b.ID {
				others, who = others+x.Share, append(who, x.Title)
			}
		}
		f.Faults.Add("share", "investment.benefit.share.over", "titles", strings.Join(who, ", "), "measure", claim.Benefits[1].Measure, "taken", locale.Plain(others), "left", locale.Plain(max(0, 100-others)))
	}
	if f.Bad() {
		return p.askBenefit(c, r, f)
	}
	return c.Done(p.s.WriteBenefit(c.Ctx(), c.Actor, c.Now, b, ref), "investment.saved", "/investment/benefits")
}

// rampOf reads percentages apart by commas or spaces; what is none makes the ramp invalid.
func rampOf(typed string) (out []int) {
	for _, word := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(",;% \t", r) }) {
		n, err := strconv.Atoi(word)
		if err != nil {
			return nil
		}
		out = append(out, n)
	}
	return out
}

func (p *pages) findBenefit(c *web.Context) (investment.Record, investment.Benefit, error) {
	id, err := c.ID("id")
	if err != nil {
		return investment.Record{}, investment.Benefit{}, err
	}
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return r, investment.Benefit{}, err
	}
	b, there := r.Benefit(id)
	if !there {
		return r, b, fault.Missing("benefit")
	}
	return r, b, nil
}

func (p *pages) editBenefit(c *web.Context) error {
	r, b, err := p.findBenefit(c)
	if err != nil {
		return err
	}
	v := url.Values{"id": {b.ID.String()}, "version": {strconv.Itoa(b.Version)}, "title": {b.Title}, "class": {b.Class}, "owner": {b.Owner}, "measure": {b.Measure}, "population": {b.Population}, "unit": {b.Unit},
		"low": {locale.Plain(b.Low)}, "mode": {locale.Plain(b.Mode)}, "high": {locale.Plain(b.High)}, "value": {locale.Plain(float64(b.UnitPence) / 100)}, "attribution": {locale.Plain(b.Attribution)}, "share": {locale.Plain(b.Share)}, "ramp": {ramp(b.Ramp)}, "start": {b.Start.String()}}
	if b.Cited != nil {
		v.Set("figure", b.Cited.Ref.String())
	}
	if b.Gauge.Set() {
		v.Set("from", locale.Plain(*b.Gauge.From))
		v.Set("to", locale.Plain(*b.Gauge.To))
	}
	setIn(v, b.In)
	return p.askBenefit(c, r, form.Of(v))
}

func (p *pages) editBenefitPost(c *web.Context) error {
	_, b, err := p.findBenefit(c)
	if err != nil {
		return err
	}
	if c.Text("id") != b.ID.String() || c.Text("version") == "0" {
		return fault.Missing("form")
	}
	return p.saveBenefit(c)
}

func (p *pages) dropBenefit(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.DropBenefit(c.Ctx(), c.Actor, c.Now, id), "investment.dropped", "/investment/benefits")
}
