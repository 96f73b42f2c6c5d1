package postweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post/postview"
	"github.com/rowan-ohwb/rowan/internal/growth/community/screen"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
)

func (p *pages) desk(c *web.Context) error {
	d, err := p.s.Desk(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(deskPage(c.Page("post.desk", home), d))
}

// waiting lists what waits for a moderator.
func waiting(ctx context.Context, all []post.Post) (out []layout.Row) {
	for _, x := range all {
		out = append(out, layout.Row{Path: desk + "/" + x.ID.String(), Text: postview.Title(ctx, x),
			Hint: []string{locale.T(ctx, "post.desk.line", "kind", locale.T(ctx, "post.kind."+string(x.Kind)), "by", postview.By(ctx, x), "marks", postview.Marks(ctx, x))}})
	}
	return out
}

type heldView struct {
	post.Post
	Found []screen.Finding
	Own   bool // the reader wrote it, and so does not decide
}

// any is the text of the address.
func (p *pages) any(c *web.Context) (post.Post, error) {
	id, err := c.ID("id")
	if err != nil {
		return post.Post{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, id)
}

// in is any while it is in a state.
func (p *pages) in(c *web.Context, state post.State) (post.Post, error) {
	x, err := p.any(c)
	if err == nil && x.State != state {
		err = fault.New(fault.Conflict, "post.changed")
	}
	return x, err
}

func (p *pages) held(c *web.Context) error {
	x, err := p.in(c, post.Held)
	if err != nil {
		return err
	}
	return c.Render(heldPage(c.Page("form.page", desk, "title", postview.Title(c.Ctx(), x)), heldView{x, p.s.Found(locale.Day(c.Now), x.In), x.Author == c.Actor.Account}))
}

func (p *pages) publish(c *web.Context) error {
	x, err := p.any(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Publish(c.Ctx(), c.Actor, c.Now, x.ID, form.From(c.R).Whole("version")), "post.cleared", desk)
}

// askReturn asks what has to change.
func askReturn(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("post.return.title"), Lede: c.T("post.return.lede"), Form: f, Button: "post.return.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.TextArea(f, form.Field{Name: "reason", Key: "post.return.reason", Max: post.MostReason})}
	}}
}

func (p *pages) giveBack(c *web.Context) error {
	x, err := p.in(c, post.Held)
	if err != nil {
		return err
	}
	return askReturn(c, form.Of(url.Values{"version": {strconv.Itoa(x.Version)}})).Answer(c, desk+"/"+x.ID.String())
}

func (p *pages) giveBackPost(c *web.Context) error {
	x, err := p.in(c, post.Held)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := askReturn(c, f)
	if a.Found(post.CheckReason(f.Get("reason"), nil)) {
		return a.Answer(c, desk+"/"+x.ID.String())
	}
	return c.Done(p.s.Return(c.Ctx(), c.Actor, c.Now, x.ID, f.Whole("version"), f.Get("reason")), "post.returned", desk)
}

func (p *pages) recall(c *web.Context) error {
	x, err := p.in(c, post.Published)
	if err != nil {
		return err
	}
	return postview.AskRecall(c, form.Of(url.Values{}), "post.recall.title").Answer(c, x.Path())
}

func (p *pages) recallPost(c *web.Context) error {
	x, err := p.in(c, post.Published)
	if err != nil {
		return err
	}
	return postview.Recall(c, p.s, x, "post.recall.title")
}
