// Package askedweb is where members of a community of practice answer what they are asked, and read what came of it.
package askedweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/asked"
	"github.com/rowan-ohwb/rowan/internal/growth/survey"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// Home is where surveys are listed.
const Home = "/community/surveys"

type pages struct{ s *asked.Service }

// Routes of the slice.
func Routes(s *asked.Service) []web.Route {
	p := &pages{s}
	on := web.Route{Path: Home, Wall: access.Growth, Permission: asked.Take, Load: web.NoObject}.On
	return []web.Route{
		on("GET", "", p.list),
		on("GET", "/{id}", p.one),
		on("POST", "/{id}", p.answer),
	}
}

// Notes says on the first page of the community how many surveys wait for the reader.
func Notes(s *asked.Service) func(*web.Context) (string, error) {
	return func(c *web.Context) (string, error) {
		n, err := s.Waiting(c.Ctx(), c.Actor, c.Now)
		if err != nil || n == 0 {
			return "", err
		}
		return c.T("asked.waiting", "n", n), nil
	}
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("asked.title", "/community"), all, locale.Day(c.Now)))
}

// rows lists surveys, with what is to be done or to be read.
func rows(ctx context.Context, all []asked.Survey, today civil.Date) (out []layout.Row) {
	for _, x := range all {
		r := layout.Row{Path: x.Path(), Text: x.Title, Hint: []string{x.By + ". " + survey.When(ctx, x.Closes, today)}}
		if x.Version > 0 {
			r.Tags = append(r.Tags, nhsuk.TagParams{Text: locale.T(ctx, "call.yours"), Colour: "green"})
		}
		if x.Answered() {
			r.Tags = append(r.Tags, nhsuk.TagParams{Text: locale.T(ctx, "call.state.told"), Colour: "blue"})
		}
		out = append(out, r)
	}
	return out
}

func (p *pages) find(c *web.Context) (asked.Survey, error) {
	id, err := c.ID("id")
	if err != nil {
		return asked.Survey{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) one(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	v := url.Values{"version": {strconv.Itoa(x.Version)}}
	for i, a := range x.Mine {
		v.Set(survey.Field(i), a)
	}
	return c.Render(onePage(c.Page("form.page", Home, "title", x.Title), x, form.Of(v), locale.Day(c.Now)))
}

func (p *pages) answer(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	if !x.Open(locale.Day(c.Now)) {
		return fault.New(fault.Conflict, "asked.over")
	}
	f := form.From(c.R)
	version, err := strconv.ParseInt(f.Get("version"), 10, 32)
	if err != nil || version < 0 {
		return fault.Missing("form")
	}
	answers := make([]string, len(x.Asked))
	for i := range answers {
		answers[i] = f.Get(survey.Field(i))
	}
	f.Faults.Merge(p.s.Check(x, answers, f.Get("agree") == "yes", c.Now))
	if f.Bad() {
		return c.Invalid(onePage(c.FormPage("form.page", Home, f, "title", x.Title), x, f, locale.Day(c.Now)))
	}
	return c.Done(p.s.Answer(c.Ctx(), c.Actor, c.Now, x.ID, int(version), answers), "asked.kept", x.Path())
}
