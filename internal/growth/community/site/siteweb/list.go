package siteweb

import (
	"context"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/siteview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// listView is the editors' first page.
type listView struct {
	site.Editor
	Openings []site.Opening
	Base     string
	Publish  bool // the reader may publish
	Today    civil.Date
}

// block is what goes into a page of the intranet.
func (v listView) block() string {
	return `<iframe src="` + v.Base + v.Address.Path() + `/block" title="` + strings.ReplaceAll(v.Name, `"`, "") + `" width="320" height="360"></iframe>`
}

// waiting counts the pages that wait for the lead.
func (v listView) waiting() (n int) {
	for _, p := range v.Pages {
		if p.Newer != nil && p.Newer.State == site.Offered {
			n++
		}
	}
	return n
}

// shown says whether a vacancy is on the site.
func (v listView) shown(id uuid.UUID) bool {
	for _, x := range v.Vacancies {
		if x.ID == id {
			return true
		}
	}
	return false
}

func (p *editor) list(c *web.Context) error {
	v := listView{Base: p.base, Publish: c.May(site.Publish), Today: locale.Day(c.Now)}
	var err error
	if v.Editor, err = p.s.Find(c.Ctx(), c.Actor, c.Now); err != nil {
		return err
	}
	if v.Publish {
		if v.Openings, err = p.s.Openings(c.Ctx(), c.Actor, c.Now); err != nil {
			return err
		}
	}
	return c.Render(listPage(c.Page("site.title", ""), v))
}

// title is what a page is called in the list: a fixed one that nobody has written has the house's own words.
func title(ctx context.Context, p site.Page) string {
	if t := p.Title(); t != "" {
		return t
	}
	if v, ok := siteview.Usual(ctx, p.Path); ok {
		return v.Title
	}
	return p.Path
}

// tags say how far a page is.
func tags(ctx context.Context, p site.Page, today civil.Date) (out []nhsuk.TagParams) {
	add := func(key, colour string) {
		out = append(out, nhsuk.TagParams{Text: locale.T(ctx, key), Colour: colour})
	}
	switch {
	case p.Published != nil && p.Published.Due(today):
		add("site.tag.due", "red")
	case p.Published != nil:
		add("site.tag.published", "green")
	case p.Gone:
		add("site.tag.withdrawn", "grey")
	case p.Newer == nil:
		add("site.tag.usual", "white")
	}
	if p.Newer != nil {
		switch {
		case p.Newer.State == site.Offered:
			add("site.tag.offered", "yellow")
		case p.Newer.Returned != "":
			add("site.tag.returned", "orange")
		default:
			add("site.tag.draft", "blue")
		}
	}
	return out
}

func askOpen(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("site.open.title"), Lede: c.T("site.open.lede"), Form: f, Button: "site.open.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Text(f, form.Field{Name: "slug", Key: "site.slug", Width: 20})}
	}}
}

func (p *editor) open(c *web.Context) error {
	return askOpen(c, form.Of(url.Values{})).Answer(c, home)
}

func (p *editor) openPost(c *web.Context) error {
	f := form.From(c.R)
	slug := strings.ToLower(f.Get("slug"))
	page := askOpen(c, f)
	if page.Found(site.CheckSlug(slug)) {
		return page.Answer(c, home)
	}
	taken, err := p.s.Open(c.Ctx(), c.Actor, c.Now, slug)
	if err != nil {
		return err
	}
	if taken {
		var fields fault.Fields
		fields.Add("slug", "site.slug.used")
		page.Found(fields)
		return page.Answer(c, home)
	}
	c.Flash("site.opened")
	return c.Redirect(home)
}

func askSettings(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("site.settings.title"), Form: f, Button: "site.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "measured", Key: "site.measured", Inline: true, Options: form.Options("site.measured", "yes", "no")}),
			form.TextArea(f, form.Field{Name: "origins", Key: "site.origins", Rows: 3}),
		}
	}}
}

func (p *editor) settings(c *web.Context) error {
	e, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	measured := "no"
	if e.Setting.Measured {
		measured = "yes"
	}
	return askSettings(c, form.Of(url.Values{"measured": {measured}, "origins": {strings.Join(e.Setting.Origins, "\n")}})).Answer(c, home)
}

func (p *editor) settingsPost(c *web.Context) error {
	f := form.From(c.R)
	measured := f.OneOf("measured", "site.measured.empty", "yes", "no")
	origins := site.Origins(f.Get("origins"))
	page := askSettings(c, f)
	if page.Found(site.CheckOrigins(origins)) {
		return page.Answer(c, home)
	}
	return c.Done(p.s.Set(c.Ctx(), c.Actor, c.Now, site.SettingIn{Origins: origins, Measured: measured == "yes"}), "site.saved", home)
}

func askVacancy(c *web.Context, o site.Opening, f form.Form, on bool) *ask.Page {
	page := &ask.Page{Title: c.T("site.vacancy.title", "title", o.Title), Lede: c.T("site.vacancy.lede"), Form: f, Button: "site.vacancy.show", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.TextArea(f, form.Field{Name: "words", Key: "site.vacancy.words", Max: 1000}),
			form.Text(f, form.Field{Name: "link", Key: "site.vacancy.link", Type: "url"}),
			form.Date(f, form.Field{Name: "closes", Key: "site.vacancy.closes"}),
		}
	}}
	if on {
		page.Drop = &ask.Drop{Path: home + "/vacancies/" + o.ID.String() + "/hide", Text: c.T("site.vacancy.hide")}
	}
	return page
}

// opening finds the vacancy of the address, and what the site says of it.
func (p *editor) opening(c *web.Context) (o site.Opening, v site.Vacancy, on bool, err error) {
	id, err := c.ID("id")
	if err != nil {
		return o, v, false, err
	}
	e, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return o, v, false, err
	}
	for _, x := range e.Vacancies {
		if x.ID == id {
			v, on = x, true
		}
	}
	all, err := p.s.Openings(c.Ctx(), c.Actor, c.Now)
	for _, x := range all {
		if x.ID == id {
			return x, v, on, err
		}
	}
	if err == nil {
		err = fault.Missing("vacancy")
	}
	return o, v, on, err
}

func (p *editor) vacancy(c *web.Context) error {
	o, v, on, err := p.opening(c)
	if err != nil {
		return err
	}
	values := url.Values{"words": {v.Words}, "link": {v.Link}}
	form.SetDay(values, "closes", v.Closes)
	return askVacancy(c, o, form.Of(values), on).Answer(c, home)
}

func (p *editor) vacancyPost(c *web.Context) error {
	o, _, on, err := p.opening(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := site.VacancyIn{ID: o.ID, Words: f.Get("words"), Link: f.Get("link"), Closes: f.Day("closes")}
	page := askVacancy(c, o, f, on)
	if page.Found(site.CheckVacancy(in, locale.Day(c.Now))) {
		return page.Answer(c, home)
	}
	return c.Done(p.s.Show(c.Ctx(), c.Actor, c.Now, in), "site.vacancy.shown", home)
}

func (p *editor) hide(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Hide(c.Ctx(), c.Actor, c.Now, id), "site.vacancy.hidden", home)
}
