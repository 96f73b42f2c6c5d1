package investmentweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/awards"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func planFacts(ctx context.Context, p investment.Plan) nhsuk.SummaryListParams {
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "investment.plan.five"), locale.T(ctx, "investment.plan.five.value", "from", p.Start.Long(), "to", p.Quarter(investment.Quarters).AddDays(-1).Long())),
		nhsuk.Row(locale.T(ctx, "investment.plan.rises"), locale.T(ctx, "investment.plan.rises.value", "pay", awards.Say(ctx, p.Pay(), pay.AwardYears(p.Start, investment.Quarters)), "inflation", locale.Plain(p.Inflation))),
		nhsuk.Row(locale.T(ctx, "investment.plan.late"), locale.T(ctx, "investment.plan.late.value", "n", p.Delay)),
		nhsuk.Row(locale.T(ctx, "investment.plan.followed"), optionName(ctx, p.Chosen)),
	}}
}

// started gives the record, or sends whoever has no plan to where it is set up.
func (p *pages) started(c *web.Context) (investment.Record, bool, error) { return started(c, p.s.Read) }

func started(c *web.Context, read func(context.Context, access.Actor, time.Time) (investment.Record, error)) (investment.Record, bool, error) {
	r, err := read(c.Ctx(), c.Actor, c.Now)
	if err == nil && !r.Plan.Set() {
		return r, false, c.Redirect("/investment/plan")
	}
	return r, err == nil, err
}

func (p *pages) addLine(c *web.Context) error {
	r, ok, err := p.started(c)
	if !ok {
		return err
	}
	f := fresh()
	f.Values.Set("treatment", "revenue")
	f.Values.Set("recurrent", "yes")
	f.Values.Set("start", r.Plan.Start.String())
	f.Values.Set("action", c.R.URL.Query().Get("action"))
	return p.askLine(c, r, f)
}

func (p *pages) askLine(c *web.Context, r investment.Record, f form.Form) error {
	actions, err := p.s.Actions(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	options := []form.Option{{Key: "investment.line.action.none"}}
	for _, x := range actions {
		options = append(options, form.Option{Value: x.ID.String(), Text: x.Title})
	}
	posts, err := p.postOptions(c, r, f)
	if err != nil {
		return err
	}
	bands := []form.Option{{Key: "investment.line.band.none"}}
	for _, b := range p.s.Bands() {
		bands = append(bands, form.Option{Value: b, Text: c.T("investment.line.band.value", "band", b)})
	}
	types := []form.Option{{Key: "investment.choose"}}
	for _, t := range p.s.Pack().Optimism {
		types = append(types, form.Option{Value: t.Code, Text: c.T("investment.line.type.value", "name", t.Name, "lower", locale.Plain(t.Lower), "upper", locale.Plain(t.Upper))})
	}
	roles := append([]form.Option{{Key: "investment.line.role.none"}}, form.Options("investment.role", p.s.Pack().Roles...)...)
	a := ask.Page{Title: c.T("investment.line.add"), Lede: c.T("investment.line.lede"), Form: f, Button: "investment.save"}
	if f.Get("version") != "0" {
		a.Title, a.Drop = c.T("investment.line.change"), &ask.Drop{Path: "/investment/lines/" + f.Get("id") + "/drop", Text: c.T("investment.line.drop")}
	}
	return ask.Show(c, "/investment", a,
		form.Text(f, form.Field{Name: "title", Key: "investment.line.title"}),
		form.Radios(f, form.Field{Name: "kind", Key: "investment.line.kind", Options: form.Options("investment.kind", investment.Kinds...)}),
		form.Select(f, form.Field{Name: "action", Key: "investment.line.action", Options: options}),
		form.Select(f, form.Field{Name: "post", Key: "investment.line.post", Options: posts}),
		form.Select(f, form.Field{Name: "role", Key: "investment.line.role", Options: roles}),
		form.Select(f, form.Field{Name: "band", Key: "investment.line.band", Options: bands}),
		form.Text(f, form.Field{Name: "heads", Key: "investment.line.heads", Width: 5}),
		form.Text(f, form.Field{Name: "wte", Key: "investment.line.wte", Width: 5}),
		form.Text(f, form.Field{Name: "amount", Key: "investment.line.amount", Width: 10}),
		form.Radios(f, form.Field{Name: "recurrent", Key: "investment.line.recurrent", Options: form.Options("investment.recurrent", "yes", "no")}),
		form.Radios(f, form.Field{Name: "treatment", Key: "investment.line.treatment", Options: form.Options("investment.treatment", investment.Treatments...)}),
		form.Select(f, form.Field{Name: "start", Key: "investment.line.start", Options: quarterOptions(r.Plan, form.Option{Key: "investment.choose"}, investment.Quarters)}),
		form.Select(f, form.Field{Name: "end", Key: "investment.line.end", Options: quarterOptions(r.Plan, form.Option{Key: "investment.line.end.none"}, investment.Quarters)}),
		inField(f),
		form.Text(f, form.Field{Name: "uplift", Key: "investment.line.uplift", Width: 5}),
		form.Select(f, form.Field{Name: "type", Key: "investment.line.type", Options: types}),
		form.Text(f, form.Field{Name: "bias", Key: "investment.line.bias", Width: 5}),
		form.TextArea(f, form.Field{Name: "bias_reason", Key: "investment.line.bias_reason", Rows: 3}))
}

// postOptions are the posts of the plan for people, and the one that the line belongs to also once it has ended.
func (p *pages) postOptions(c *web.Context, r investment.Record, f form.Form) ([]form.Option, error) {
	all, err := p.s.Positions(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return nil, err
	}
	out := []form.Option{{Key: "investment.line.post.none"}}
	for _, x := range all {
		title := x.Title
		if x.Planned {
			title = c.T("investment.line.post.planned", "title", x.Title)
		}
		out = append(out, form.Option{Value: x.ID.String(), Text: title})
	}
	for _, l := range r.Lines {
		there := slices.ContainsFunc(all, func(x investment.Position) bool { return x.ID == l.Tied })
		if !there && l.Tied != uuid.Nil && l.ID.String() == f.Get("id") {
			out = append(out, form.Option{Value: l.Tied.String(), Text: l.Post})
		}
	}
	return out, nil
}

func (p *pages) addLinePost(c *web.Context) error { return p.saveLine(c) }

func (p *pages) saveLine(c *web.Context) error {
	r, ok, err := p.started(c)
	if !ok {
		return err
	}
	f := form.From(c.R)
	l := investment.Line{Title: f.Get("title"), Kind: f.Get("kind"), Treatment: f.Get("treatment"), Role: f.Get("role"), Band: f.Get("band"),
		Recurrent: f.OneOf("recurrent", "investment.line.recurrent.empty", "yes", "no") == "yes", Start: day(f, "start"), End: day(f, "end"), In: in(f), Type: f.Get("type"), BiasReason: f.Get("bias_reason"),
		Uplift: decimal(&f, "uplift", "investment.plan.percent.bad", "most", 25), WTE: or0(decimal(&f, "wte", "investment.line.wte.bad")), Pence: pence(decimal(&f, "amount", "investment.line.amount.empty"))}
	if l.ID, l.Version, err = about(f); err != nil {
		return err
	}
	if id := f.Get("action"); id != "" {
		if l.Action, err = uuid.Parse(id); err != nil || r.Names[l.Action] == "" {
			return fault.Missing("action")
		}
	}
	if id := f.Get("post"); id != "" { // the service knows whether there is such a post
		if l.Tied, err = uuid.Parse(id); err != nil {
			return fault.Missing("post")
		}
	}
	l.Heads, _ = f.Int("heads", "investment.line.heads.bad", 1, 1000)
	if b := decimal(&f, "bias", "investment.line.bias.bad"); b != nil {
		l.Bias = *b
	} else if t, known := p.s.Pack().Type(l.Type); known {
		l.Bias = t.Upper // where nobody says otherwise, the guidance's upper end
	}
	f.Faults.Merge(p.s.CheckLine(r.Plan, l))
	if f.Bad() {
		return p.askLine(c, r, f)
	}
	return c.Done(p.s.WriteLine(c.Ctx(), c.Actor, c.Now, l), "investment.saved", effectPath(l.ID))
}

func (p *pages) editLine(c *web.Context) error {
	r, l, err := p.findLine(c)
	if err != nil {
		return err
	}
	v := url.Values{"id": {l.ID.String()}, "version": {strconv.Itoa(l.Version)}, "title": {l.Title}, "kind": {l.Kind}, "treatment": {l.Treatment}, "role": {l.Role}, "band": {l.Band},
		"recurrent": {"no"}, "start": {l.Start.String()}, "type": {l.Type}, "bias": {locale.Plain(l.Bias)}, "bias_reason": {l.BiasReason}}
	set := func(name, text string, there bool) {
		if there {
			v.Set(name, text)
		}
	}
	set("action", l.Action.String(), l.Action != uuid.Nil)
	set("post", l.Tied.String(), l.Tied != uuid.Nil)
	set("heads", strconv.Itoa(l.Heads), l.Priced())
	set("wte", locale.Plain(l.WTE), l.Priced())
	set("amount", locale.Plain(float64(l.Pence)/100), l.Pence > 0)
	set("recurrent", "yes", l.Recurrent)
	set("end", l.End.String(), !l.End.IsZero())
	if l.Uplift != nil {
		v.Set("uplift", locale.Plain(*l.Uplift))
	}
	setIn(v, l.In)
	return p.askLine(c, r, form.Of(v))
}

func (p *pages) findLine(c *web.Context) (investment.Record, investment.Line, error) {
	id, err := c.ID("id")
	if err != nil {
		return investment.Record{}, investment.Line{}, err
	}
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return r, investment.Line{}, err
	}
	l, there := r.Line(id)
	if !there {
		return r, l, fault.Missing("line")
	}
	return r, l, nil
}

// editLinePost changes the line of the address: another id in the form is a forgery.
func (p *pages) editLinePost(c *web.Context) error {
	_, l, err := p.findLine(c)
	if err != nil {
		return err
	}
	if c.Text("id") != l.ID.String() || c.Text("version") == "0" {
		return fault.Missing("form")
	}
	return p.saveLine(c)
}

func (p *pages) dropLine(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.DropLine(c.Ctx(), c.Actor, c.Now, id), "investment.dropped", "/investment")
}
