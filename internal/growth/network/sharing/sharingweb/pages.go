package sharingweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system/systemview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// view is the first page: what is shared, and what the reader may do about it.
type view struct {
	sharing.Board
	Items             []string
	Fingerprint       string
	Keep, Agree, Ends bool
	Comparable        []string // metrics that are shared and have a funnel
}

func (p *pages) board(c *web.Context) error {
	b, err := p.s.Board(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	items := p.s.Items()
	if b.Nation.ID == uuid.Nil {
		items = slices.DeleteFunc(items, func(item string) bool { return item == sharing.Nation })
	}
	v := view{Board: b, Items: items, Fingerprint: p.s.Fingerprint(), Keep: c.May(sharing.Keep), Agree: c.May(sharing.Agree), Ends: c.May(sharing.End)}
	for _, m := range p.s.Pack().Metrics {
		if m.Kind == release.Share && b.InForce(m.ID) {
			v.Comparable = append(v.Comparable, m.ID)
		}
	}
	return c.Render(boardPage(c.Page("sharing.title", ""), v))
}

// title of an item: a metric, or the name.
func title(ctx context.Context, item string) string {
	switch item {
	case sharing.Name:
		return locale.T(ctx, "sharing.name")
	case sharing.Skills:
		return locale.T(ctx, "sharing.skills")
	case sharing.Nation:
		return locale.T(ctx, "sharing.nation")
	}
	return systemview.Title(ctx, item)
}

// what says what an item is made of.
func what(ctx context.Context, item string) string {
	switch item {
	case sharing.Name:
		return locale.T(ctx, "sharing.name.what")
	case sharing.Skills:
		return locale.T(ctx, "sharing.skills.what")
	case sharing.Nation:
		return locale.T(ctx, "sharing.nation.what")
	}
	return locale.T(ctx, "network.definition."+item)
}

// state says how it stands with an item.
func state(ctx context.Context, a sharing.Agreement, ok bool) string {
	if !ok {
		return locale.T(ctx, "sharing.state.none")
	}
	by, day := a.AskedBy, a.AskedAt
	switch a.State {
	case sharing.Agreed, sharing.Refused:
		by, day = a.DecidedBy, a.DecidedAt
	case sharing.Ended:
		by, day = a.EndedBy, a.EndedAt
	}
	return locale.T(ctx, "sharing.state."+string(a.State), "from", a.From.MonthYear(), "by", by, "day", locale.Date(day))
}

func made(ctx context.Context, all []sharing.Made) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "sharing.releases"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "sharing.release.made"), locale.T(ctx, "sharing.release.as_at"), locale.T(ctx, "sharing.release.figures"), locale.T(ctx, "sharing.release.by"))}
	for _, r := range all {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: locale.DateTime(r.At), Href: "/sharing/releases/" + r.ID.String()}, {Text: r.AsAt.Long()}, {Text: locale.Number(r.Figures)}, {Text: r.By}})
	}
	return t
}

// askItem asks from which month an item is shared.
func (p *pages) askItem(c *web.Context, f form.Form, item string) *ask.Page {
	options := []form.Option{{Value: "", Key: "sharing.from.choose"}}
	for _, m := range sharing.Choices(locale.Day(c.Now), p.s.Pack().Back) {
		options = append(options, form.Option{Value: m.String(), Text: m.MonthYear()})
	}
	return &ask.Page{Title: c.T("sharing.ask", "item", title(c.Ctx(), item)), Lede: what(c.Ctx(), item), Form: f, Button: "sharing.ask.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Select(f, form.Field{Name: "from", Key: "sharing.from", Options: options})}
	}}
}

func (p *pages) item(c *web.Context) (string, error) {
	item := c.R.PathValue("item")
	if !slices.Contains(p.s.Items(), item) {
		return "", fault.Missing("metric")
	}
	return item, nil
}

func (p *pages) ask(c *web.Context) error {
	item, err := p.item(c)
	if err != nil {
		return err
	}
	return p.askItem(c, form.Of(url.Values{}), item).Answer(c, home)
}

func (p *pages) askPost(c *web.Context) error {
	item, err := p.item(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	from, err := civil.Parse(f.Get("from"))
	if err != nil {
		from = civil.Date{}
	}
	a := p.askItem(c, f, item)
	if a.Found(p.s.CheckFrom(from, locale.Day(c.Now))) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Ask(c.Ctx(), c.Actor, c.Now, item, from), "sharing.asked", home)
}

func (p *pages) agree(c *web.Context) error  { return p.decide(c, true, "sharing.agreed") }
func (p *pages) refuse(c *web.Context) error { return p.decide(c, false, "sharing.refused") }

func (p *pages) decide(c *web.Context, agree bool, said string) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Decide(c.Ctx(), c.Actor, c.Now, id, agree), said, home)
}

func (p *pages) end(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.End(c.Ctx(), c.Actor, c.Now, id), "sharing.ended", home)
}

func (p *pages) endAll(c *web.Context) error {
	return c.Done(p.s.EndAll(c.Ctx(), c.Actor, c.Now), "sharing.ended", home)
}

func (p *pages) preview(c *web.Context) error {
	d, err := p.s.Draft(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(previewPage(c.Page("sharing.preview", home), d.Release, d.Also(), d.Seen(), p.figures(c.Ctx(), d.Release)))
}

func (p *pages) figures(ctx context.Context, r release.Release) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "sharing.figures"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "system.metric"), locale.T(ctx, "sharing.month"), locale.T(ctx, "sharing.says"), locale.T(ctx, "network.definition"))}
	for _, f := range r.Figures {
		m, _ := p.s.Pack().Find(f.Metric)
		name := systemview.Title(ctx, f.Metric)
		if f.Item != "" {
			name += ", " + systemview.Item(ctx, m, f.Item)
		}
		says := systemview.Value(ctx, m, f)
		if f.State == release.Hidden && f.Whole != nil {
			says = locale.T(ctx, "network.value.hidden_of", "whole", *f.Whole)
		}
		t.Rows = append(t.Rows, nhsuk.Cells(name, f.Month.MonthYear(), says, f.Definition))
	}
	return t
}

func (p *pages) release(c *web.Context) error {
	seen := c.Text("seen")
	if seen == "" {
		return fault.New(fault.Conflict, "sharing.release.changed")
	}
	id, err := p.s.Release(c.Ctx(), c.Actor, c.Now, seen)
	if err != nil {
		return err
	}
	c.Flash("sharing.released")
	return c.Redirect("/sharing/releases/" + id.String())
}

func (p *pages) find(c *web.Context) (uuid.UUID, sharing.Made, release.Release, []byte, error) {
	id, err := c.ID("id")
	if err != nil {
		return id, sharing.Made{}, release.Release{}, nil, err
	}
	m, r, file, err := p.s.Find(c.Ctx(), c.Actor, id)
	return id, m, r, file, err
}

func (p *pages) one(c *web.Context) error {
	_, m, r, _, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(onePage(c.Page("sharing.release", home), m, r, p.s.Fingerprint(), p.figures(c.Ctx(), r)))
}

func (p *pages) file(c *web.Context) error {
	id, _, _, file, err := p.find(c)
	if err != nil {
		return err
	}
	c.Attach("application/json", "release-"+id.String()+".json")
	_, err = c.W.Write(file)
	return err
}

func (p *pages) table(c *web.Context) error {
	id, _, r, _, err := p.find(c)
	if err != nil {
		return err
	}
	c.Attach(web.CSV, "release-"+id.String()+".csv")
	return release.WriteCSV(c.W, p.s.Pack(), r.Rows())
}

// compare shows the funnel that the ICS sees, with the organisation marked. Who does not share a metric does not see it.
func (p *pages) compare(c *web.Context) error {
	metric := c.R.PathValue("metric")
	b, err := p.s.Board(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	month, ok := systemview.Month(c.R.URL.Query().Get("month"))
	if !ok || !b.InForce(metric) {
		return fault.Missing("metric")
	}
	span := 0
	if q := c.R.URL.Query().Get("span"); q != "" {
		if span, err = strconv.Atoi(q); err != nil {
			return fault.Missing("span")
		}
	}
	v, err := p.system.Compare(c.Ctx(), c.Actor, b.System.ID, metric, month, span, system.Who{Fingerprint: p.s.Fingerprint(), Code: b.Code})
	if err != nil {
		return err
	}
	return c.Render(comparePage(c.Page("form.page", home, "title", systemview.Title(c.Ctx(), metric)), v, p.s.Pack()))
}
