// Package procuredweb is where the two sides of a contract say how they see the service that is bought, and read both.
package procuredweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/growth/framework/frameworkview"
	"github.com/rowan-ohwb/rowan/internal/growth/network/procured"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

const ours = "/our-contract/framework"

type pages struct{ s *procured.Keeper }

// Routes of the slice.
func Routes(s *procured.Keeper) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	service, client := side{p.ofClient, procured.Say}, side{p.ofProvider, procured.Rate}
	const of, by = "/agreements/{client}/framework", ours + "/{provider}"
	return []web.Route{
		on("GET", of, procured.See, p.both(service)),
		on("GET", of+"/{theme}", procured.See, p.theme(service)),
		on("GET", of+"/{theme}/rate", procured.Say, p.rate(service)),
		on("POST", of+"/{theme}/rate", procured.Say, p.ratePost(service)),
		on("GET", ours, procured.Read, p.providers),
		on("GET", by, procured.Read, p.both(client)),
		on("GET", by+"/{theme}", procured.Read, p.theme(client)),
		on("GET", by+"/{theme}/rate", procured.Rate, p.rate(client)),
		on("POST", by+"/{theme}/rate", procured.Rate, p.ratePost(client)),
	}
}

// side is how one side finds what it looks at, and what it needs to say something.
type side struct {
	find func(*web.Context) (view, error)
	says access.Permission
}

type view struct {
	procured.View
	Path, Back string
	Says       bool
}

func (p *pages) ofClient(c *web.Context) (v view, err error) {
	id, err := c.ID("client")
	if err != nil {
		return v, err
	}
	v.View, err = p.s.OfClient(c.Ctx(), c.Actor, c.Now, id)
	v.Back = "/agreements/" + id.String()
	v.Path = v.Back + "/framework"
	return v, err
}

func (p *pages) ofProvider(c *web.Context) (v view, err error) {
	id, err := c.ID("provider")
	if err != nil {
		return v, err
	}
	v.View, err = p.s.OfProvider(c.Ctx(), c.Actor, c.Now, id)
	v.Back, v.Path = ours, path(id)
	return v, err
}

func path(provider uuid.UUID) string { return ours + "/" + provider.String() }

// providers lists who provides; one alone is shown at once.
func (p *pages) providers(c *web.Context) error {
	all, err := p.s.Providers(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(providersPage(c.Page("procured.title", "/our-contract"), all))
}

func (p *pages) both(s side) web.Handler {
	return func(c *web.Context) error {
		v, err := s.find(c)
		if err != nil {
			return err
		}
		return c.Render(bothPage(c.Page("procured.with", v.Back, "name", v.Other.Name), v))
	}
}

// table lays both sides beside each other.
func (v view) table(ctx context.Context) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "procured.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "procured.theme"), locale.T(ctx, "procured.side.client"), locale.T(ctx, "procured.side.service"), locale.T(ctx, "procured.apart.head"))}
	for _, l := range v.Lines() {
		apart := ""
		if l.Apart() {
			apart = locale.T(ctx, "procured.apart")
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: l.Theme.Title, Href: v.Path + "/" + url.PathEscape(l.Theme.Code)}, {Text: said(ctx, l.Client)}, {Text: said(ctx, l.Service)}, {Text: apart}})
	}
	return t
}

func said(ctx context.Context, r procured.Rating) string {
	if r.Level == 0 {
		return locale.T(ctx, "procured.none")
	}
	return locale.T(ctx, "procured.said", "level", frameworkview.Level(ctx, r.Level), "day", r.On.Long(), "n", r.Number)
}

// find is the theme of the address.
func (s side) theme(c *web.Context) (v view, t framework.Theme, err error) {
	if v, err = s.find(c); err != nil {
		return v, t, err
	}
	t, err = v.Theme(c.R.PathValue("theme"))
	v.Says = c.May(s.says)
	return v, t, err
}

func (p *pages) theme(s side) web.Handler {
	return func(c *web.Context) error {
		v, t, err := s.theme(c)
		if err != nil {
			return err
		}
		return c.Render(themePage(c.Page("form.page", v.Path, "title", t.Title), v, t))
	}
}

func askRating(c *web.Context, f form.Form, v view, t framework.Theme) *ask.Page {
	return &ask.Page{Title: c.T("procured.rate", "theme", t.Title), Lede: c.T("procured.rate.lede", "name", v.Other.Name, "n", v.Version.Number), Form: f, Button: "procured.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Radios(f, form.Field{Name: "level", Key: "procured.level", Options: frameworkview.Options(c.Ctx(), t, framework.Procured)}),
			form.TextArea(f, form.Field{Name: "evidence", Key: "procured.evidence", Rows: 4, Max: framework.LongestText}), form.TextArea(f, form.Field{Name: "next", Key: "procured.next", Rows: 3, Max: framework.LongestText}),
			form.Date(f, form.Field{Name: "on", Key: "procured.on"})}
	}}
}

func (p *pages) rate(s side) web.Handler {
	return func(c *web.Context) error {
		v, t, err := s.theme(c)
		if err != nil {
			return err
		}
		f := form.Fresh()
		form.SetDay(f.Values, "on", locale.Day(c.Now))
		return askRating(c, f, v, t).Answer(c, v.Path+"/"+t.Code)
	}
}

func (p *pages) ratePost(s side) web.Handler {
	return func(c *web.Context) error {
		v, t, err := s.theme(c)
		if err != nil {
			return err
		}
		f := form.From(c.R)
		in := procured.In{Theme: t.Code, Evidence: f.Get("evidence"), Next: f.Get("next"), On: f.Day("on")}
		in.Level, _ = strconv.Atoi(f.Get("level")) // none is level 0, which the rule refuses
		if in.ID, err = f.Own(); err != nil {
			return err
		}
		a := askRating(c, f, v, t)
		if a.Found(p.s.Check(in, locale.Day(c.Now))) {
			return a.Answer(c, v.Path+"/"+t.Code)
		}
		return c.Done(p.s.Rate(c.Ctx(), c.Actor, c.Now, v.View, in), "procured.saved", v.Path+"/"+t.Code)
	}
}
