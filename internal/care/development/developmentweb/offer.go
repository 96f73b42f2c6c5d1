package developmentweb

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/development"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) offers(c *web.Context) error {
	plan, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	today := locale.Day(c.Now)
	var mine []development.Offer
	for _, o := range plan.Offers {
		if o.Mine {
			mine = append(mine, o)
		}
	}
	return c.Render(offersPage(c.Page("development.offers.title", home), development.Match(plan.Offers, plan.Goals, c.Actor.Role, today), mine, c.May(development.Publish)))
}

func (p *pages) interest(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	on := c.Text("interested") == "yes"
	if err := p.s.Interest(c.Ctx(), c.Actor, c.Now, id, on); err != nil {
		return err
	}
	if on {
		c.Flash("development.interest.said")
	} else {
		c.Flash("development.interest.ended")
	}
	return c.Redirect(offers)
}

func askOffer(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("development.offer.add"), Lede: c.T("development.offer.lede"), Form: f, Button: "development.offer.publish", Questions: func(f form.Form) []templ.Component {
		var roles []string
		for _, r := range access.Team {
			roles = append(roles, string(r))
		}
		return []templ.Component{
			form.Radios(f, form.Field{Name: "kind", Key: "development.kind", Options: form.Options("development.kind", development.Kinds...)}),
			form.Radios(f, form.Field{Name: "area", Key: "development.area", Options: form.Options("development.area", development.Areas...)}),
			form.Text(f, form.Field{Name: "title", Key: "development.title_of"}),
			form.TextArea(f, form.Field{Name: "about", Key: "development.about", Rows: 4, Max: development.MaxText}),
			form.Checkboxes(f, form.Field{Name: "roles", Key: "development.roles", Options: form.Options("role", roles...)}),
			form.Text(f, form.Field{Name: "places", Key: "development.places", Width: 3}),
			form.Date(f, form.Field{Name: "closes", Key: "development.closes"}),
		}
	}}
}

func (p *pages) offerAdd(c *web.Context) error { return askOffer(c, form.Fresh()).Answer(c, offers) }

func (p *pages) offerAddPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := development.OfferIn{ID: id, Kind: f.Get("kind"), Area: f.Get("area"), Title: f.Get("title"), About: f.Get("about"), Roles: f.All("roles"), Places: f.Whole("places"), Closes: f.Day("closes")}
	a := askOffer(c, f)
	if a.Found(development.CheckOffer(in, locale.Day(c.Now))); a.Form.Bad() {
		return a.Answer(c, offers)
	}
	return c.Done(p.s.PublishOffer(c.Ctx(), c.Actor, c.Now, in), "development.offer.published", offers)
}

func (p *pages) offer(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	o, who, err := p.s.FindOffer(c.Ctx(), c.Actor, c.Now, id)
	if err != nil {
		return err
	}
	params := c.Page("development.offers.title", offers)
	params.Title = o.Title
	return c.Render(offerPage(params, o, who))
}

func (p *pages) withdraw(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.WithdrawOffer(c.Ctx(), c.Actor, c.Now, id), "development.offer.withdrawn", offers)
}

// roleNames says for whom an offer is.
func roleNames(ctx context.Context, o development.Offer) string {
	if len(o.Roles) == 0 {
		return locale.T(ctx, "development.roles.all")
	}
	names := make([]string, len(o.Roles))
	for i, r := range o.Roles {
		names[i] = locale.T(ctx, "role."+r)
	}
	return strings.Join(names, ", ")
}

func offerLine(ctx context.Context, o development.Offer) string {
	return locale.T(ctx, "development.offer.line", "kind", locale.T(ctx, "development.kind."+o.Kind), "day", o.Closes.Long())
}

// why says for which goals and as whom an offer fits its reader.
func why(ctx context.Context, m development.Matched) string {
	if len(m.Goals) == 0 {
		return locale.T(ctx, "development.match.role")
	}
	names := make([]string, len(m.Goals))
	for i, g := range m.Goals {
		names[i] = locale.T(ctx, "development.quoted", "text", g.What)
	}
	key := "development.match.goal"
	if m.Late {
		key = "development.match.late"
	}
	return locale.T(ctx, key, "area", locale.T(ctx, "development.area.in."+m.Area), "goals", strings.Join(names, ", "))
}

func offerRows(ctx context.Context, o development.Offer) nhsuk.SummaryListParams {
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "development.kind.short"), locale.T(ctx, "development.kind."+o.Kind)), nhsuk.Row(locale.T(ctx, "development.area"), locale.T(ctx, "development.area."+o.Area)),
		nhsuk.Row(locale.T(ctx, "development.roles.short"), roleNames(ctx, o)), nhsuk.Row(locale.T(ctx, "development.places"), locale.Number(o.Places)),
		nhsuk.Row(locale.T(ctx, "development.closes.short"), o.Closes.Long()), nhsuk.Row(locale.T(ctx, "development.published_by"), o.By),
	}}
}

func interestTable(ctx context.Context, who []development.Interested) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "development.interest.who"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "development.name"), locale.T(ctx, "development.role"), locale.T(ctx, "development.since"))}
	for _, w := range who {
		t.Rows = append(t.Rows, nhsuk.Cells(w.Name, locale.T(ctx, "role."+string(w.Role)), locale.Date(w.At)))
	}
	return t
}
