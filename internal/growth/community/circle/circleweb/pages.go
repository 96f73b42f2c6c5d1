package circleweb

import (
	"context"
	"net/url"
	"slices"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/circle"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post/postview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("circle.title", "/community"), all, c.Actor.Account))
}

// rows lists groups, and how the reader stands to each.
func rows(ctx context.Context, all []circle.Group, reader uuid.UUID) (out []layout.Row) {
	for _, g := range all {
		out = append(out, layout.Row{Path: g.Path(), Text: g.Name, Tags: standing(ctx, g, reader), Hint: []string{locale.T(ctx, "circle.people.n", "n", len(g.Inside()))}})
	}
	return out
}

// standing is the tag of a group that the reader is in, or asks to be; none of another.
func standing(ctx context.Context, g circle.Group, reader uuid.UUID) []nhsuk.TagParams {
	x, there := g.Of(reader)
	switch {
	case !there:
		return nil
	case x.Admitted:
		return []nhsuk.TagParams{{Text: locale.T(ctx, "circle.in"), Colour: "green"}}
	}
	return []nhsuk.TagParams{{Text: locale.T(ctx, "circle.asked"), Colour: "blue"}}
}

func askGroup(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("circle.add"), Lede: c.T("circle.add.lede"), Form: f, Button: "circle.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Text(f, form.Field{Name: "name", Key: "circle.name"}), form.TextArea(f, form.Field{Name: "about", Key: "circle.about", Max: circle.MostAbout})}
	}}
}

func (p *pages) add(c *web.Context) error {
	if _, err := p.s.List(c.Ctx(), c.Actor); err != nil {
		return err
	}
	return askGroup(c, form.Fresh()).Answer(c, groups)
}

func (p *pages) addPost(c *web.Context) error {
	if _, err := p.s.List(c.Ctx(), c.Actor); err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := circle.In{ID: id, Name: f.Get("name"), About: f.Get("about")}
	a := askGroup(c, f)
	if a.Found(circle.Check(in, p.s.Found(c.Now, in))) {
		return a.Answer(c, groups)
	}
	return c.Done(p.s.Make(c.Ctx(), c.Actor, c.Now, in), "circle.made", circle.Group{In: in}.Path())
}

type oneView struct {
	circle.Group
	Reader uuid.UUID
	Papers []post.Post
}

func (v oneView) papers(ctx context.Context) (out []layout.Row) {
	for _, x := range v.Papers {
		out = append(out, postview.Row(ctx, x))
	}
	return out
}

func (p *pages) find(c *web.Context) (circle.Group, error) {
	id, err := c.ID("id")
	if err != nil {
		return circle.Group{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, id)
}

// inside is find for what only those in the group may see.
func (p *pages) inside(c *web.Context) (circle.Group, error) {
	id, err := c.ID("id")
	if err != nil {
		return circle.Group{}, err
	}
	return p.s.Inside(c.Ctx(), c.Actor, id)
}

func (p *pages) one(c *web.Context) error {
	g, err := p.find(c)
	if err != nil {
		return err
	}
	v := oneView{Group: g, Reader: c.Actor.Account}
	if g.Admits(c.Actor.Account) {
		if v.Papers, err = p.posts.List(c.Ctx(), c.Actor, post.Paper, g.ID); err != nil {
			return err
		}
		v.Papers = slices.DeleteFunc(v.Papers, func(x post.Post) bool { return x.State == post.Withdrawn })
	}
	return c.Render(onePage(c.Page("form.page", groups, "title", g.Name), v))
}

func (p *pages) ask(c *web.Context) error {
	g, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Ask(c.Ctx(), c.Actor, c.Now, g.ID), "circle.ask.done", g.Path())
}

func (p *pages) leave(c *web.Context) error {
	g, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Leave(c.Ctx(), c.Actor, c.Now, g.ID), "circle.left", g.Path())
}

func (p *pages) person(c *web.Context) error {
	g, err := p.find(c)
	if err != nil {
		return err
	}
	account, err := c.ID("account")
	if err != nil {
		return err
	}
	switch form.From(c.R).Get("do") {
	case "admit":
		err = p.s.Admit(c.Ctx(), c.Actor, c.Now, g.ID, account, false)
	case "keep":
		err = p.s.Admit(c.Ctx(), c.Actor, c.Now, g.ID, account, true)
	case "remove":
		err = p.s.Remove(c.Ctx(), c.Actor, c.Now, g.ID, account)
	default:
		err = fault.Missing("form")
	}
	if err != nil {
		return err
	}
	c.Flash("circle.done")
	return c.Redirect(g.Path())
}

func askPaper(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("circle.paper.add"), Lede: c.T("circle.paper.lede"), Form: f, Button: "post.send", Questions: func(f form.Form) []templ.Component {
		return postview.WithAnyway(f, form.Text(f, form.Field{Name: "title", Key: "circle.paper.title"}), form.TextArea(f, form.Field{Name: "words", Key: "circle.paper.words", Max: post.MostPaper, Rows: 15}))
	}}
}

func (p *pages) paperAdd(c *web.Context) error {
	g, err := p.inside(c)
	if err != nil {
		return err
	}
	return askPaper(c, form.Fresh()).Answer(c, g.Path())
}

func (p *pages) paperAddPost(c *web.Context) error {
	g, err := p.inside(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := post.In{Kind: post.Paper, Group: g.ID, Title: f.Get("title"), Words: f.Get("words"), Anyway: f.Get("anyway") == "yes"}
	if in.ID, err = f.Own(); err != nil {
		return err
	}
	return postview.Send(c, p.posts, askPaper(c, f), in, g.Path(), p.posts.Send)
}

// read is a paper of a group that the reader is in.
func (p *pages) read(c *web.Context) (g circle.Group, x post.Post, err error) {
	if g, err = p.inside(c); err != nil {
		return g, x, err
	}
	id, err := c.ID("paper")
	if err != nil {
		return g, x, err
	}
	x, err = p.posts.Find(c.Ctx(), c.Actor, id)
	if err == nil && (x.Kind != post.Paper || x.Group != g.ID) {
		err = fault.Missing("paper")
	}
	return g, x, err
}

func (p *pages) paper(c *web.Context) error {
	g, x, err := p.read(c)
	if err != nil {
		return err
	}
	return c.Render(paperPage(c.Page("form.page", g.Path(), "title", postview.Title(c.Ctx(), x)), x, c.Actor.Account, g.Keeps(c.Actor.Account)))
}

// kept is a published paper of a group that the reader keeps.
func (p *pages) kept(c *web.Context) (post.Post, error) {
	g, x, err := p.read(c)
	if err == nil && !g.Keeps(c.Actor.Account) {
		err = fault.Missing("paper")
	}
	if err == nil && x.State != post.Published {
		err = fault.New(fault.Conflict, "post.changed")
	}
	return x, err
}

func (p *pages) recall(c *web.Context) error {
	x, err := p.kept(c)
	if err != nil {
		return err
	}
	return postview.AskRecall(c, form.Of(url.Values{}), "circle.paper.recall").Answer(c, x.Path())
}

func (p *pages) recallPost(c *web.Context) error {
	x, err := p.kept(c)
	if err != nil {
		return err
	}
	return postview.Recall(c, p.posts, x, "circle.paper.recall")
}
