package siteweb

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/siteview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// pageView is a page as its editors see it.
type pageView struct {
	site.Page
	Shown   siteview.View // what the preview draws
	History []site.Version
	Publish bool // the reader may publish
	Old     bool // an earlier version is shown
	Today   civil.Date
}

func (v pageView) at(what string) string { return pages + v.Path + "/" + what }

// find gives the page of the address.
func (p *editor) find(c *web.Context) (site.Editor, site.Page, error) {
	e, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return e, site.Page{}, err
	}
	x, ok := e.Page(c.R.PathValue("page"))
	if !ok {
		return e, x, fault.Missing("page")
	}
	return e, x, nil
}

// newer is the version of the page of the address that is being written.
func (p *editor) newer(c *web.Context) (site.Version, error) {
	_, x, err := p.find(c)
	if err == nil && x.Newer == nil {
		err = fault.New(fault.Conflict, "site.changed")
	}
	if err != nil {
		return site.Version{}, err
	}
	return *x.Newer, nil
}

// preview is a version as the site will show it.
func preview(e site.Editor, v site.Version) siteview.View {
	return siteview.View{Public: site.Public{Address: e.Address, Setting: e.Setting, Vacancies: e.Vacancies}, Version: v, Preview: true}
}

func (p *editor) page(c *web.Context) error {
	e, x, err := p.find(c)
	if err != nil {
		return err
	}
	v := pageView{Page: x, Publish: c.May(site.Publish), Today: locale.Day(c.Now)}
	switch {
	case x.Newer != nil:
		v.Shown = preview(e, *x.Newer)
	case x.Published != nil:
		v.Shown = preview(e, *x.Published)
	default:
		usual, _ := siteview.Usual(c.Ctx(), x.Path)
		v.Shown = preview(e, usual)
	}
	if v.History, err = p.s.History(c.Ctx(), c.Actor, x.Path); err != nil {
		return err
	}
	return c.Render(pagePage(c.Page("form.page", home, "title", title(c.Ctx(), x)), v))
}

func (p *editor) version(c *web.Context) error {
	e, x, err := p.find(c)
	if err != nil {
		return err
	}
	history, err := p.s.History(c.Ctx(), c.Actor, x.Path)
	if err != nil {
		return err
	}
	for _, h := range history {
		if strconv.Itoa(h.Version) == c.R.PathValue("version") {
			v := pageView{Page: x, Shown: preview(e, h), History: history, Old: true, Today: locale.Day(c.Now)}
			return c.Render(pagePage(c.Page("site.version.title", pages+x.Path, "title", h.Title, "n", h.Version), v))
		}
	}
	return fault.Missing("version")
}

func askPage(c *web.Context, f form.Form, kind bool) *ask.Page {
	return &ask.Page{Title: c.T("site.edit.title"), Lede: c.T("site.edit.lede"), Form: f, Button: "site.save.draft", Questions: func(f form.Form) (out []templ.Component) {
		if kind {
			out = append(out, form.Radios(f, form.Field{Name: "kind", Key: "site.kind", Inline: true, Options: form.Options("site.kind", string(site.News), string(site.Other))}))
		}
		return append(out,
			form.Text(f, form.Field{Name: "title", Key: "site.page.title"}),
			form.TextArea(f, form.Field{Name: "words", Key: "site.words", Rows: 15}),
			form.TextArea(f, form.Field{Name: "easy", Key: "site.easy", Rows: 8}),
			form.Date(f, form.Field{Name: "review_on", Key: "site.review_on"}))
	}}
}

// typed reads the form of a page.
func typed(f *form.Form) site.PageIn {
	return site.PageIn{Title: f.Get("title"), Words: f.Get("words"), Easy: f.Get("easy"), ReviewOn: f.Day("review_on")}
}

func (p *editor) add(c *web.Context) error {
	values := url.Values{}
	form.SetDay(values, "review_on", locale.Day(c.Now).AddMonths(6))
	return askPage(c, form.Of(values), true).Answer(c, home)
}

func (p *editor) addPost(c *web.Context) error {
	f := form.From(c.R)
	in := typed(&f)
	in.Kind = site.Kind(f.OneOf("kind", "site.kind.empty", string(site.News), string(site.Other)))
	in.Path = site.PathOf(in.Title)
	e, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	faults := site.CheckPage(in, locale.Day(c.Now))
	if _, there := e.Page(in.Path); there && faults.Of("title") == nil {
		faults.Add("title", "site.title.used")
	}
	page := askPage(c, f, true)
	if page.Found(faults) {
		return page.Answer(c, home)
	}
	return p.save(c, in, f)
}

func (p *editor) save(c *web.Context, in site.PageIn, f form.Form) error {
	return c.Done(p.s.Save(c.Ctx(), c.Actor, c.Now, f.Seen(), in), "site.saved", pages+in.Path)
}

func (p *editor) edit(c *web.Context) error {
	_, x, err := p.find(c)
	if err != nil {
		return err
	}
	v, _ := siteview.Usual(c.Ctx(), x.Path)
	values := url.Values{}
	switch {
	case x.Newer != nil:
		v = *x.Newer
		values.Set("seen", form.Stamp(v.Saved))
	case x.Published != nil:
		v = *x.Published
	case x.Gone:
		history, err := p.s.History(c.Ctx(), c.Actor, x.Path)
		if err != nil {
			return err
		}
		v = history[0]
	}
	values.Set("title", v.Title)
	values.Set("words", v.Words)
	values.Set("easy", v.Easy)
	if today := locale.Day(c.Now); !v.ReviewOn.After(today) {
		v.ReviewOn = today.AddMonths(6)
	}
	form.SetDay(values, "review_on", v.ReviewOn)
	return askPage(c, form.Of(values), false).Answer(c, pages+x.Path)
}

func (p *editor) editPost(c *web.Context) error {
	_, x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := typed(&f)
	in.Kind, in.Path = x.Kind, x.Path
	page := askPage(c, f, false)
	if page.Found(site.CheckPage(in, locale.Day(c.Now))) {
		return page.Answer(c, pages+x.Path)
	}
	return p.save(c, in, f)
}

// done goes back to the page with a message.
func done(c *web.Context, path, said string, err error) error {
	if err != nil {
		return err
	}
	c.Flash(said)
	return c.Redirect(pages + path)
}

func (p *editor) offer(c *web.Context) error {
	v, err := p.newer(c)
	if err != nil {
		return err
	}
	return done(c, v.Path, "site.offered", p.s.Offer(c.Ctx(), c.Actor, c.Now, v))
}

func (p *editor) publish(c *web.Context) error {
	v, err := p.newer(c)
	if err != nil {
		return err
	}
	return done(c, v.Path, "site.published", p.s.Publish(c.Ctx(), c.Actor, c.Now, form.From(c.R).Seen(), v))
}

func askBack(c *web.Context, f form.Form, v site.Version) *ask.Page {
	return &ask.Page{Title: c.T("site.return.title", "title", v.Title), Lede: c.T("site.return.lede", "name", v.By), Form: f, Button: "site.return.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.TextArea(f, form.Field{Name: "reason", Key: "site.reason", Max: 500})}
	}}
}

func (p *editor) giveBack(c *web.Context) error {
	v, err := p.newer(c)
	if err != nil {
		return err
	}
	return askBack(c, form.Of(url.Values{}), v).Answer(c, pages+v.Path)
}

func (p *editor) giveBackPost(c *web.Context) error {
	v, err := p.newer(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	page := askBack(c, f, v)
	if page.Found(site.CheckReason(f.Get("reason"))) {
		return page.Answer(c, pages+v.Path)
	}
	return done(c, v.Path, "site.returned", p.s.Return(c.Ctx(), c.Actor, c.Now, v, f.Get("reason")))
}

// live is the published version of the page of the address.
func (p *editor) live(c *web.Context) (site.Version, error) {
	_, x, err := p.find(c)
	if err == nil && x.Published == nil {
		err = fault.New(fault.Conflict, "site.changed")
	}
	if err != nil {
		return site.Version{}, err
	}
	return *x.Published, nil
}

func (p *editor) withdraw(c *web.Context) error {
	v, err := p.live(c)
	if err != nil {
		return err
	}
	return done(c, v.Path, "site.withdrawn", p.s.Withdraw(c.Ctx(), c.Actor, c.Now, v))
}

func askReviewed(c *web.Context, f form.Form, v site.Version) *ask.Page {
	return &ask.Page{Title: c.T("site.reviewed.title", "title", v.Title), Lede: c.T("site.reviewed.lede"), Form: f, Button: "site.reviewed.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Date(f, form.Field{Name: "review_on", Key: "site.review_on"})}
	}}
}

func (p *editor) reviewed(c *web.Context) error {
	v, err := p.live(c)
	if err != nil {
		return err
	}
	values := url.Values{}
	form.SetDay(values, "review_on", locale.Day(c.Now).AddMonths(6))
	return askReviewed(c, form.Of(values), v).Answer(c, pages+v.Path)
}

func (p *editor) reviewedPost(c *web.Context) error {
	v, err := p.live(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	until := f.Day("review_on")
	page := askReviewed(c, f, v)
	if page.Found(site.CheckPage(site.PageIn{Path: v.Path, Kind: v.Kind, Title: v.Title, Words: v.Words, Easy: v.Easy, ReviewOn: until}, locale.Day(c.Now))) {
		return page.Answer(c, pages+v.Path)
	}
	return done(c, v.Path, "site.saved", p.s.Reviewed(c.Ctx(), c.Actor, c.Now, v, until))
}
