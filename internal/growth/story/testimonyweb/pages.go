package testimonyweb

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimony"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("testimony.title", "/stories"), all, locale.Day(c.Now), c.May(testimony.Keep)))
}

// tags say where one stands.
func tags(ctx context.Context, x testimony.Testimonial, today civil.Date) (out []nhsuk.TagParams) {
	state := x.On(today)
	colour := map[testimony.State]string{testimony.Asked: "blue", testimony.Agreed: "green"}[state]
	if colour == "" {
		colour = "grey"
	}
	switch {
	case x.Held && state == testimony.Asked:
		return append(out, nhsuk.TagParams{Text: locale.T(ctx, "testimony.tag.held"), Colour: "orange"})
	case x.Gone:
		return append(out, nhsuk.TagParams{Text: locale.T(ctx, "testimony.tag.gone"), Colour: "grey"})
	}
	out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "testimony.state."+string(state)), Colour: colour})
	if x.Soon(today) {
		out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "testimony.tag.soon"), Colour: "yellow"})
	}
	return out
}

// placed lists places in words.
func placed(ctx context.Context, places []string) string {
	var out []string
	for _, x := range places {
		out = append(out, locale.T(ctx, "testimony.place."+x))
	}
	return strings.Join(out, ", ")
}

// facts are what was asked and answered.
func facts(ctx context.Context, x testimony.Testimonial) nhsuk.SummaryListParams {
	t := func(key string, args ...any) string { return locale.T(ctx, "testimony.fact."+key, args...) }
	rows := []nhsuk.SummaryRow{nhsuk.Row(t("who"), said(ctx, x)), nhsuk.Row(t("asked"), placed(ctx, x.Places))}
	if len(x.Agreed) > 0 {
		rows = append(rows, nhsuk.Row(t("agreed"), placed(ctx, x.Agreed)), nhsuk.Row(t("agreed_at"), locale.Date(x.AgreedAt)))
	}
	rows = append(rows, nhsuk.Row(t("ends"), x.Ends.Long()), nhsuk.Row(t("by"), x.By))
	if x.ClearedBy != "" {
		rows = append(rows, nhsuk.Row(t("cleared"), t("cleared.is", "name", x.ClearedBy, "why", x.Cleared)))
	}
	if x.EndedBy != "" {
		by := x.EndedBy
		if by == "giver" {
			by = t("giver")
		}
		rows = append(rows, nhsuk.Row(t("ended"), t("ended.is", "name", by, "day", x.EndedOn.Long())))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

// said is whose words they are, as they agreed to be named.
func said(ctx context.Context, x testimony.Testimonial) string {
	if x.Named == testimony.Nobody {
		return locale.T(ctx, "testimony.audience."+x.Audience)
	}
	return x.Giver
}

func asked(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("testimony.add"), Lede: c.T("testimony.add.lede"), Form: f, Button: "testimony.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.TextArea(f, form.Field{Name: "words", Key: "testimony.words", Rows: 4, Max: testimony.MostWords}),
			form.Radios(f, form.Field{Name: "audience", Key: "testimony.audience", Options: form.Options("testimony.audience", testimony.Audiences...)}),
			form.Radios(f, form.Field{Name: "named", Key: "testimony.named", Options: form.Options("testimony.named", testimony.Names...)}),
			form.Text(f, form.Field{Name: "giver", Key: "testimony.giver"}),
			form.Checkboxes(f, form.Field{Name: "places", Key: "testimony.places", Options: form.Options("testimony.place", testimony.Places...)}),
			form.Date(f, form.Field{Name: "ends", Key: "testimony.ends"}),
		}
	}}
}

func (p *pages) add(c *web.Context) error {
	f := form.Fresh()
	form.SetDay(f.Values, "ends", locale.Day(c.Now).AddMonths(12))
	return asked(c, f).Answer(c, home)
}

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	x := testimony.Testimonial{ID: id, Words: f.Get("words"), Audience: f.Get("audience"), Named: f.Get("named"), Giver: f.Get("giver"), Places: f.All("places"), Ends: f.Day("ends")}
	a := asked(c, f)
	if a.Found(x.Check(locale.Day(c.Now))) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Ask(c.Ctx(), c.Actor, c.Now, x), "testimony.saved", path(id))
}

func (p *pages) quoteForm(c *web.Context, f form.Form) (*ask.Page, []testimony.Quote, error) {
	all, err := p.s.Quotes(c.Ctx(), c.Actor)
	if err != nil {
		return nil, nil, err
	}
	var options []form.Option
	for _, q := range all {
		options = append(options, form.Option{Value: q.ID.String(), Text: q.Words + " (" + c.T("voice.audience."+q.Audience) + ", " + q.Month.MonthYear() + ")"})
	}
	return &ask.Page{Title: c.T("testimony.quotes"), Lede: c.T("testimony.quotes.lede"), Form: f, Button: "testimony.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "quote", Key: "testimony.quote", Options: options}),
			form.Date(f, form.Field{Name: "ends", Key: "testimony.ends"}),
		}
	}}, all, nil
}

func (p *pages) quotes(c *web.Context) error {
	f := form.Fresh()
	form.SetDay(f.Values, "ends", locale.Day(c.Now).AddMonths(12))
	a, all, err := p.quoteForm(c, f)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return c.Render(noQuotesPage(c.Page("testimony.quotes", home)))
	}
	return a.Answer(c, home)
}

func (p *pages) quotesPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	quote, ends := f.ID("quote"), f.Day("ends")
	a, _, err := p.quoteForm(c, f)
	if err != nil {
		return err
	}
	if a.Found(testimony.CheckQuote(quote, ends, locale.Day(c.Now))) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Adopt(c.Ctx(), c.Actor, c.Now, id, quote, ends), "testimony.adopted", home)
}

func (p *pages) find(c *web.Context) (testimony.Testimonial, error) {
	id, err := c.ID("id")
	if err != nil {
		return testimony.Testimonial{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) one(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	today := locale.Day(c.Now)
	token, err := p.s.Token(c.Actor, x, today)
	if err != nil {
		return err
	}
	link := ""
	if token != "" {
		link = p.base + given + token
	}
	return c.Render(onePage(c.Page("testimony.one", home), x, link, today, x.WrittenBy(c.Actor.Account)))
}

// clearForm asks why words that look like a person may stand.
func clearForm(c *web.Context, f form.Form, x testimony.Testimonial) error {
	var found []string
	for _, y := range x.Findings(locale.Day(c.Now)) {
		found = append(found, "“"+y.Text+"”")
	}
	return (&ask.Page{Title: c.T("testimony.clear"), Lede: c.T("testimony.clear.lede", "words", strings.Join(found, ", ")), Form: f, Button: "testimony.clear", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.TextArea(f, form.Field{Name: "reason", Key: "testimony.clear.why", Rows: 3, Max: testimony.MostReason})}
	}}).Answer(c, path(x.ID))
}

// held is the testimonial of the address, which has to be held.
func (p *pages) held(c *web.Context) (testimony.Testimonial, error) {
	x, err := p.find(c)
	if err == nil && !x.Held {
		err = fault.New(fault.Conflict, "testimony.changed")
	}
	return x, err
}

func (p *pages) clear(c *web.Context) error {
	x, err := p.held(c)
	if err != nil {
		return err
	}
	return clearForm(c, form.Of(nil), x)
}

func (p *pages) clearPost(c *web.Context) error {
	x, err := p.held(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	if f.Faults = testimony.CheckReason(f.Get("reason")); f.Bad() {
		return clearForm(c, f, x)
	}
	return c.Done(p.s.Clear(c.Ctx(), c.Actor, c.Now, x.ID, f.Get("reason")), "testimony.cleared", path(x.ID))
}

func (p *pages) withdraw(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Withdraw(c.Ctx(), c.Actor, c.Now, x.ID), "testimony.withdrawn", home)
}

// The giver's own pages.

func (p *pages) given(c *web.Context) error {
	x, err := p.s.Given(c.Ctx(), c.R.PathValue("token"), c.Now)
	if err != nil {
		return err
	}
	// no box is ticked for them: to agree is to tick
	return c.Render(givenPage(c.Page("testimony.given", ""), x, form.Of(nil), given+c.R.PathValue("token"), locale.Day(c.Now)))
}

func (p *pages) agree(c *web.Context) error {
	token := c.R.PathValue("token")
	x, err := p.s.Given(c.Ctx(), token, c.Now)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	if f.Faults = x.CheckPlaces(f.All("places")); f.Bad() {
		return c.Invalid(givenPage(c.FormPage("testimony.given", "", f), x, f, given+token, locale.Day(c.Now)))
	}
	if err := p.s.Agree(c.Ctx(), token, c.Now, f.All("places")); err != nil {
		return err
	}
	return c.Redirect(given + token)
}

func (p *pages) takeBack(c *web.Context) error {
	token := c.R.PathValue("token")
	if err := p.s.TakeBack(c.Ctx(), token, c.Now); err != nil {
		return err
	}
	return c.Redirect(given + token)
}
