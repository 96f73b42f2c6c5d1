package storyweb

import (
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// press does one thing with the story of the address in the version that the button showed.
func (p *pages) press(c *web.Context, done string, do func(s story.Story, version int) error) error {
	s, err := p.find(c)
	if err != nil {
		return err
	}
	n, err := seen(form.From(c.R))
	if err != nil {
		return err
	}
	return c.Done(do(s, n), done, path(s.ID))
}

func (p *pages) check(c *web.Context) error {
	return p.press(c, "story.checked", func(s story.Story, n int) error { return p.s.Check(c.Ctx(), c.Actor, c.Now, s.ID, n) })
}

func (p *pages) publish(c *web.Context) error {
	return p.press(c, "story.published", func(s story.Story, n int) error { return p.s.Publish(c.Ctx(), c.Actor, c.Now, s.ID, n) })
}

func (p *pages) follow(c *web.Context) error {
	s, err := p.find(c)
	if err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return c.Done(p.s.Follow(c.Ctx(), c.Actor, c.Now, s.ID, id), "story.followed", path(id))
}

// reason asks why, for a story that is given back or withdrawn.
func reason(c *web.Context, f form.Form, s story.Story, key string) error {
	lede := map[string]string{"story.return": c.T("story.return.lede", "title", s.Title), "story.withdraw": c.T("story.withdraw.lede", "title", s.Title)}[key]
	return (&ask.Page{Title: c.T(key), Lede: lede, Form: f, Button: key, Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.TextArea(f, form.Field{Name: "reason", Key: "story.reason", Rows: 3, Max: story.MostReason})}
	}}).Answer(c, path(s.ID))
}

func (p *pages) askWhy(c *web.Context, key string) error {
	s, err := p.find(c)
	if err != nil {
		return err
	}
	return reason(c, form.Of(url.Values{"version": {strconv.Itoa(s.Version)}}), s, key)
}

func (p *pages) hearWhy(c *web.Context, key, done string, do func(s story.Story, now time.Time, version int, why string) error) error {
	s, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	n, err := seen(f)
	if err != nil {
		return err
	}
	if f.Faults = story.CheckReason(f.Get("reason")); f.Bad() {
		return reason(c, f, s, key)
	}
	return c.Done(do(s, c.Now, n, f.Get("reason")), done, home)
}

func (p *pages) giveBack(c *web.Context) error { return p.askWhy(c, "story.return") }

func (p *pages) giveBackPost(c *web.Context) error {
	return p.hearWhy(c, "story.return", "story.returned", func(s story.Story, now time.Time, n int, why string) error {
		return p.s.Return(c.Ctx(), c.Actor, now, s.ID, n, why)
	})
}

func (p *pages) withdraw(c *web.Context) error { return p.askWhy(c, "story.withdraw") }

func (p *pages) withdrawPost(c *web.Context) error {
	return p.hearWhy(c, "story.withdraw", "story.withdrawn", func(s story.Story, now time.Time, _ int, why string) error {
		return p.s.Withdraw(c.Ctx(), c.Actor, now, s.ID, why)
	})
}
