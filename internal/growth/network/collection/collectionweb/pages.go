// Package collectionweb is where organisations hand case studies over, and where a national lead reads them with their charts.
package collectionweb

import (
	"context"
	"encoding/csv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/growth/network/collection"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

const (
	home   = "/nation/studies"
	handed = "/calls/studies"
)

func path(id uuid.UUID) string { return home + "/" + id.String() }

type pages struct {
	s    *collection.Service
	draw func(collection.Study) templ.Component
}

// Routes of the slice. draw draws a case study as it is drawn at home, with its chart.
func Routes(s *collection.Service, draw func(collection.Study) templ.Component) []web.Route {
	p := &pages{s, draw}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, collection.Read, p.list),
		on("GET", home+"/{id}", collection.Read, p.one),
		on("GET", "/nation/studies-table", collection.Read, p.table),
		on("GET", handed, collection.Hand, p.handed),
		on("POST", handed+"/{id}/take-back", collection.Hand, p.takeBack),
		on("GET", "/calls/{id}/study", collection.Hand, p.hand),
		on("POST", "/calls/{id}/study", collection.Hand, p.handPost),
	}
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("collection.title", "/nation"), all, collection.Sum(all)))
}

func (p *pages) one(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	x, err := p.s.Find(c.Ctx(), c.Actor, c.Now, id)
	if err != nil {
		return err
	}
	return c.Render(onePage(c.Page("form.page", home, "title", x.Title), x, p.draw(x)))
}

// findings is how many forecasts came out how.
func findings(ctx context.Context, x collection.Impact) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "collection.findings"), Size: "m"}, Head: nhsuk.Heads(locale.T(ctx, "collection.finding"), locale.T(ctx, "collection.forecasts"))}
	for _, f := range x.Findings {
		t.Rows = append(t.Rows, nhsuk.Cells(f.Tag, locale.Number(f.N)))
	}
	return t
}

// table is what was measured, for a spreadsheet: a line for each forecast, and one for a study without any.
func (p *pages) table(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	c.Attach(web.CSV, "case-studies.csv")
	out := csv.NewWriter(c.W)
	write := func(cells ...string) {
		for i := range cells {
			cells[i] = sheet.Guard(cells[i])
		}
		_ = out.Write(cells) // Error says it below
	}
	write("organisation", "title", "driver", "last_day", "done", "figure", "version", "start", "due", "mean_before", "mean_after", "by_chance_low", "by_chance_high", "finding")
	for _, x := range all {
		if len(x.Effects) == 0 {
			write(x.From, x.Title, x.Driver, x.Ends.String(), "", "", "", "", "", "", "", "", "", "")
		}
		for _, e := range x.Effects {
			write(x.From, x.Title, x.Driver, x.Ends.String(), e.Title, e.Figure, e.Version, e.Start.String(), e.Due.String(), plain(e.Before), plain(e.After), plain(e.Low), plain(e.High), e.Tag)
		}
	}
	out.Flush()
	return out.Error()
}

// plain writes a number that is told.
func plain(x *float64) string {
	if x == nil {
		return ""
	}
	return locale.Plain(*x)
}

func (p *pages) handed(c *web.Context) error {
	all, err := p.s.Handed(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(handedPage(c.Page("collection.handed", "/calls"), all, locale.Day(c.Now)))
}

func (p *pages) takeBack(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.TakeBack(c.Ctx(), c.Actor, c.Now, id), "collection.back", handed)
}

func handForm(c *web.Context, f form.Form, x call.Call, nation string, offered []collection.Offered) *ask.Page {
	a := &ask.Page{Title: c.T("collection.hand"), Lede: c.T("collection.hand.lede", "title", x.Title), Form: f, Button: "collection.hand.button", Links: []ask.Link{{Path: handed, Text: c.T("collection.handed")}},
		Questions: func(f form.Form) []templ.Component {
			var options []form.Option
			for _, s := range offered {
				text := c.T("collection.offer", "title", s.Title, "day", s.Ends.Long())
				if s.Found != "" {
					text = c.T("collection.offer.measured", "title", s.Title, "day", s.Ends.Long(), "found", s.Found)
				}
				options = append(options, form.Option{Value: s.ID.String(), Text: text})
			}
			return []templ.Component{
				form.Radios(f, form.Field{Name: "story", Key: "collection.story", Options: options}),
				form.Checkboxes(f, form.Field{Name: "agree", Key: "collection.agree", Options: []form.Option{{Value: "yes", Text: c.T("collection.agree.yes", "nation", nation)}}}),
			}
		}}
	if len(offered) == 0 {
		a.Lede = c.T("collection.hand.none")
	}
	return a
}

func (p *pages) hand(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	x, nation, offered, err := p.s.Offer(c.Ctx(), c.Actor, c.Now, id)
	if err != nil {
		return err
	}
	return handForm(c, form.Fresh(), x, nation, offered).Answer(c, "/calls/"+id.String())
}

func (p *pages) handPost(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	x, nation, offered, err := p.s.Offer(c.Ctx(), c.Actor, c.Now, id)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	own, err := f.Own()
	if err != nil {
		return err
	}
	a := handForm(c, f, x, nation, offered)
	var wrong fault.Fields
	if f.Get("story") == "" {
		wrong.Add("story", "collection.story.empty")
	}
	if f.Get("agree") != "yes" {
		wrong.Add("agree", "collection.agree.empty")
	}
	if a.Found(wrong) {
		return a.Answer(c, "/calls/"+id.String())
	}
	return c.Done(p.s.Hand(c.Ctx(), c.Actor, c.Now, id, f.ID("story"), own), "collection.done", handed)
}
