package postweb

import (
	"net/url"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func askTell(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("post.tell"), Lede: c.T("post.tell.lede"), Form: f, Button: "post.tell.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.TextArea(f, form.Field{Name: "reason", Key: "post.tell.reason", Max: post.MostReason})}
	}}
}

// tellable is the text of the address while the reader may tell of it.
func (p *pages) tellable(c *web.Context) (post.Post, error) {
	x, err := p.any(c)
	if err == nil && !x.Tellable(c.Actor.Account) {
		err = fault.New(fault.Conflict, "post.changed")
	}
	return x, err
}

func (p *pages) tell(c *web.Context) error {
	x, err := p.tellable(c)
	if err != nil {
		return err
	}
	return askTell(c, form.Of(url.Values{})).Answer(c, x.Path())
}

func (p *pages) tellPost(c *web.Context) error {
	x, err := p.tellable(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := askTell(c, f)
	if a.Found(post.CheckReason(f.Get("reason"), nil)) {
		return a.Answer(c, x.Path())
	}
	return c.Done(p.s.Tell(c.Ctx(), c.Actor, c.Now, x.ID, f.Get("reason")), "post.told", x.Path())
}

func (p *pages) settle(c *web.Context) error {
	x, err := p.any(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Settle(c.Ctx(), c.Actor, c.Now, x.ID), "post.settled", desk)
}
