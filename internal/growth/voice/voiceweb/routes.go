// Package voiceweb is the page on which lead and executive hear what people say, the forms of "You said, we did", and the page on
// which staff read it.
package voiceweb

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/theme"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/voice"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

const home = "/voice"

type pages struct{ s *voice.Service }

// Routes of the slice.
func Routes(s *voice.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, voice.Hear, p.hear),
		on("GET", "/voice/did/add", voice.Tell, p.add),
		on("POST", "/voice/did/add", voice.Tell, p.addPost),
		on("GET", "/voice/did/{id}", voice.Tell, p.change),
		on("POST", "/voice/did/{id}", voice.Tell, p.changePost),
		on("POST", "/voice/did/{id}/publish", voice.Tell, p.publish),
		on("POST", "/voice/did/{id}/withdraw", voice.Tell, p.withdraw),
		{Method: "GET", Path: "/my/said", Wall: access.Portal, Permission: voice.Said, Load: web.NoObject, Handle: p.said},
	}
}

func (p *pages) hear(c *web.Context) error {
	h, err := p.s.Hear(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(hearPage(c.Page("voice.title", ""), h, locale.Day(c.Now), c.May(voice.Tell)))
}

func (p *pages) said(c *web.Context) error {
	all, err := p.s.Published(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(saidPage(c.Page("voice.said.title", "/my"), all))
}

func entryPath(id uuid.UUID) string { return "/voice/did/" + id.String() }

func (p *pages) entryForm(c *web.Context, f form.Form, title string) (*ask.Page, error) {
	all, err := p.s.Actions(c.Ctx(), c.Actor)
	if err != nil {
		return nil, err
	}
	actions := []form.Option{{Value: "", Key: "voice.action.none"}}
	for _, x := range all {
		actions = append(actions, form.Option{Value: x.ID.String(), Text: x.Title})
	}
	return &ask.Page{Title: c.T(title), Lede: c.T("voice.did.lede"), Form: f, Button: "voice.did.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Select(f, form.Field{Name: "theme", Key: "voice.theme", Options: append([]form.Option{{Value: "", Key: "voice.theme.none"}}, form.Options("theme.code", theme.List().Codes()...)...)}),
			form.TextArea(f, form.Field{Name: "said", Key: "voice.said", Rows: 4, Max: voice.MaxWords}),
			form.TextArea(f, form.Field{Name: "did", Key: "voice.did", Rows: 4, Max: voice.MaxWords}),
			form.Select(f, form.Field{Name: "action", Key: "voice.action", Options: actions}),
			form.Date(f, form.Field{Name: "review", Key: "voice.review"}),
		}
	}}, nil
}

// read takes an entry from a form.
func read(f *form.Form) voice.Entry {
	return voice.Entry{Theme: f.Get("theme"), Said: f.Get("said"), Did: f.Get("did"), Action: f.ID("action"), Review: f.Day("review")}
}

func (p *pages) add(c *web.Context) error {
	f := form.Fresh()
	form.SetDay(f.Values, "review", locale.Day(c.Now).AddMonths(theme.List().Review))
	a, err := p.entryForm(c, f, "voice.did.add")
	if err != nil {
		return err
	}
	return a.Answer(c, home)
}

// keep saves what a form says, or shows what is wrong with it.
func (p *pages) keep(c *web.Context, f form.Form, e voice.Entry, title string) error {
	in := read(&f)
	in.ID, in.Version = e.ID, e.Version
	a, err := p.entryForm(c, f, title)
	if err != nil {
		return err
	}
	if a.Found(in.Check(theme.List(), locale.Day(c.Now))) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Keep(c.Ctx(), c.Actor, c.Now, in), "voice.kept", home)
}

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	return p.keep(c, f, voice.Entry{ID: id}, "voice.did.add")
}

func (p *pages) find(c *web.Context) (voice.Entry, error) {
	id, err := c.ID("id")
	if err != nil {
		return voice.Entry{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, id)
}

func (p *pages) change(c *web.Context) error {
	e, err := p.find(c)
	if err != nil {
		return err
	}
	v := url.Values{"version": {strconv.Itoa(e.Version)}, "theme": {e.Theme}, "said": {e.Said}, "did": {e.Did}}
	if e.Action != uuid.Nil {
		v.Set("action", e.Action.String())
	}
	form.SetDay(v, "review", e.Review)
	a, err := p.entryForm(c, form.Of(v), "voice.did.change")
	if err != nil {
		return err
	}
	return a.Answer(c, home)
}

func (p *pages) changePost(c *web.Context) error {
	e, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	seen, err := strconv.Atoi(f.Get("version"))
	if err != nil || seen < 1 {
		return fault.Missing("form")
	}
	e.Version = min(seen, e.Version)
	return p.keep(c, f, e, "voice.did.change")
}

func (p *pages) publish(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Publish(c.Ctx(), c.Actor, c.Now, id), "voice.published", home)
}

func (p *pages) withdraw(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Withdraw(c.Ctx(), c.Actor, c.Now, id), "voice.withdrawn", home)
}
