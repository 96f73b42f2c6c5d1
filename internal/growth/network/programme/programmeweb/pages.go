package programmeweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/programme"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// mostNext is how many of what is next the first page shows.
const mostNext = 5

func (p *pages) overview(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("programme.title", ""), view{Kind: programme.Workstream, Next: programme.Next(all, locale.Day(c.Now), mostNext), Strands: programme.Of(all, programme.Workstream), Today: locale.Day(c.Now)}))
}

func (p *pages) partners(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	all = programme.Of(all, programme.Partner)
	return c.Render(listPage(c.Page("programme.partners", home), view{Kind: programme.Partner, Next: programme.Next(all, locale.Day(c.Now), mostNext), Strands: all, Today: locale.Day(c.Now)}))
}

// owned says who owns a promise, and how often it moved.
func owned(ctx context.Context, p programme.Promise) string {
	if p.Moved > 0 {
		return locale.T(ctx, "programme.owned.moved", "owner", p.Owner, "first", p.First.Long(), "n", p.Moved, "why", p.MovedWhy)
	}
	return locale.T(ctx, "programme.owned", "owner", p.Owner)
}

func strandForm(c *web.Context, f form.Form, k programme.Kind, title string) *ask.Page {
	return &ask.Page{Title: title, Lede: c.T("programme." + string(k) + ".lede"), Form: f, Button: "programme.save", Questions: func(f form.Form) (out []templ.Component) {
		if k == programme.Workstream {
			out = append(out, form.Radios(f, form.Field{Name: "driver", Key: "programme.driver", Options: form.Options("strategy.driver", programme.Drivers...)}))
		}
		return append(out,
			form.Text(f, form.Field{Name: "name", Key: "programme." + string(k) + ".name"}),
			form.Text(f, form.Field{Name: "lead", Key: "programme." + string(k) + ".lead"}),
			form.TextArea(f, form.Field{Name: "about", Key: "programme.about", Rows: 4, Max: programme.MostAbout}))
	}}
}

func (p *pages) add(k programme.Kind) web.Handler {
	return func(c *web.Context) error {
		return strandForm(c, form.Fresh(), k, c.T("programme.add."+string(k))).Answer(c, listPath(k))
	}
}

// strandIn reads the form; a partner has no driver.
func strandIn(f form.Form, k programme.Kind) programme.In {
	in := programme.In{Kind: k, Name: f.Get("name"), Lead: f.Get("lead"), About: f.Get("about")}
	if k == programme.Workstream {
		in.Driver = f.Get("driver")
	}
	return in
}

func (p *pages) addPost(k programme.Kind) web.Handler {
	return func(c *web.Context) error {
		f := form.From(c.R)
		id, err := f.Own()
		if err != nil {
			return err
		}
		in := strandIn(f, k)
		in.ID = id
		a := strandForm(c, f, k, c.T("programme.add."+string(k)))
		if a.Found(in.Check()) {
			return a.Answer(c, listPath(k))
		}
		return c.Done(p.s.Add(c.Ctx(), c.Actor, c.Now, in), "programme.saved", strandPath(id))
	}
}

func (p *pages) find(c *web.Context) (programme.Strand, error) {
	id, err := c.ID("id")
	if err != nil {
		return programme.Strand{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, id)
}

// running is the strand of the address, which has not ended.
func (p *pages) running(c *web.Context) (programme.Strand, error) {
	x, err := p.find(c)
	if err == nil && !x.Running() {
		err = fault.New(fault.Conflict, "programme.changed")
	}
	return x, err
}

func (p *pages) one(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(strandPage(c.Page("form.page", listPath(x.Kind), "title", x.Name), x, locale.Day(c.Now)))
}

func (p *pages) edit(c *web.Context) error {
	x, err := p.running(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"version": {strconv.Itoa(x.Version)}, "driver": {x.Driver}, "name": {x.Name}, "lead": {x.Lead}, "about": {x.About}})
	return strandForm(c, f, x.Kind, c.T("programme.edit", "name", x.Name)).Answer(c, strandPath(x.ID))
}

func (p *pages) editPost(c *web.Context) error {
	x, err := p.running(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := strandIn(f, x.Kind)
	if in.ID, in.Version = x.ID, f.Whole("version"); in.Version < 1 || in.Version > x.Version {
		return fault.Missing("form")
	}
	a := strandForm(c, f, x.Kind, c.T("programme.edit", "name", x.Name))
	if a.Found(in.Check()) {
		return a.Answer(c, strandPath(x.ID))
	}
	return c.Done(p.s.Change(c.Ctx(), c.Actor, c.Now, in), "programme.saved", strandPath(x.ID))
}

func (p *pages) end(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.End(c.Ctx(), c.Actor, c.Now, id), "programme.ended", strandPath(id))
}
