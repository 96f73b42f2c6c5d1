package postweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post/postview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
)

type listView struct {
	All      []post.Thread
	Topic    string
	Chosen   form.Form
	Own      []post.Post
	Moderate bool
	p        *pages
}

func (v listView) rows(ctx context.Context) (out []layout.Row) {
	for _, t := range v.All {
		out = append(out, postview.Row(ctx, t.Post, locale.T(ctx, "post.answers.n", "n", t.Answered)))
	}
	return out
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.Threads(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	v := listView{Chosen: form.Of(c.R.URL.Query()), p: p}
	v.Topic = v.Chosen.Get("topic")
	for _, t := range all {
		if (t.State == post.Published || t.State == post.Recalled) && (v.Topic == "" || t.Topic == v.Topic) {
			v.All = append(v.All, t)
		}
	}
	if v.Own, err = p.s.Own(c.Ctx(), c.Actor); err != nil {
		return err
	}
	_, err = p.s.Load(c.Ctx(), c.Actor, c.R)
	v.Moderate = err == nil
	return c.Render(listPage(c.Page("post.questions", home), v))
}

type threadView struct {
	post.Thread
	Reader   uuid.UUID
	Moderate bool
	p        *pages
}

// shown lists the answers that are to be seen: all but those that somebody withdrew before anybody needed a notice of it.
func (v threadView) shown() []post.Post {
	return slices.DeleteFunc(slices.Clone(v.Answers), func(a post.Post) bool { return a.State == post.Withdrawn })
}

func (p *pages) find(c *web.Context) (post.Thread, error) {
	id, err := c.ID("id")
	if err != nil {
		return post.Thread{}, err
	}
	return p.s.Thread(c.Ctx(), c.Actor, id)
}

func (p *pages) thread(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	_, err = p.s.Load(c.Ctx(), c.Actor, c.R)
	return c.Render(threadPage(c.Page("form.page", questions, "title", postview.Title(c.Ctx(), t.Post)), threadView{t, c.Actor.Account, err == nil, p}))
}

func (p *pages) askQuestion(c *web.Context, f form.Form, title string) *ask.Page {
	return &ask.Page{Title: c.T(title), Lede: c.T("post.never"), Form: f, Button: "post.send", Questions: func(f form.Form) []templ.Component {
		return postview.WithAnyway(f, form.Text(f, form.Field{Name: "title", Key: "post.ask.title"}), form.TextArea(f, form.Field{Name: "words", Key: "post.ask.words", Max: post.MostWords, Rows: 8}),
			form.Select(f, form.Field{Name: "topic", Key: "post.topic", Options: postview.Topics("post.topic.none", p.elements)}))
	}}
}

// typed reads what somebody wrote.
func (p *pages) typed(f form.Form, kind post.Kind) post.In {
	in := post.In{Kind: kind, Title: f.Get("title"), Words: f.Get("words"), Anyway: f.Get("anyway") == "yes"}
	if postview.Topic(f.Get("topic"), p.elements) != "" {
		in.Topic = f.Get("topic")
	}
	return in
}

func (p *pages) ask(c *web.Context) error {
	if _, err := p.s.Own(c.Ctx(), c.Actor); err != nil {
		return err
	}
	return p.askQuestion(c, form.Fresh(), "post.ask").Answer(c, questions)
}

func (p *pages) askPost(c *web.Context) error {
	if _, err := p.s.Own(c.Ctx(), c.Actor); err != nil {
		return err
	}
	f := form.From(c.R)
	in := p.typed(f, post.Question)
	var err error
	if in.ID, err = f.Own(); err != nil {
		return err
	}
	return postview.Send(c, p.s, p.askQuestion(c, f, "post.ask"), in, questions, p.s.Send)
}

func (p *pages) askAnswer(c *web.Context, f form.Form, title string) *ask.Page {
	return &ask.Page{Title: c.T("post.answer.title", "title", title), Lede: c.T("post.never"), Form: f, Button: "post.send", Questions: func(f form.Form) []templ.Component {
		return postview.WithAnyway(f, form.TextArea(f, form.Field{Name: "words", Key: "post.answer.words", Max: post.MostWords, Rows: 8}))
	}}
}

// open is the question of the address while it can be answered.
func (p *pages) open(c *web.Context) (post.Thread, error) {
	t, err := p.find(c)
	if err == nil && t.State != post.Published {
		err = fault.New(fault.Conflict, "post.closed")
	}
	return t, err
}

func (p *pages) answer(c *web.Context) error {
	t, err := p.open(c)
	if err != nil {
		return err
	}
	return p.askAnswer(c, form.Fresh(), t.Title).Answer(c, t.Path())
}

func (p *pages) answerPost(c *web.Context) error {
	t, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := p.typed(f, post.Answer)
	in.Title, in.Topic, in.About = "", "", t.ID
	if in.ID, err = f.Own(); err != nil {
		return err
	}
	return postview.Send(c, p.s, p.askAnswer(c, f, t.Title), in, t.Path(), p.s.Send)
}

func (p *pages) own(c *web.Context) error {
	all, err := p.s.Own(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(ownPage(c.Page("post.own", home), all))
}

// mine is a text of the reader's own; to everybody else the page is not there.
func (p *pages) mine(c *web.Context) (post.Post, error) {
	id, err := c.ID("id")
	if err != nil {
		return post.Post{}, err
	}
	x, err := p.s.Find(c.Ctx(), c.Actor, id)
	if err == nil && x.Author != c.Actor.Account {
		err = fault.Missing("post")
	}
	return x, err
}

// askChange asks again what was asked when it was sent.
func (p *pages) askChange(c *web.Context, f form.Form, x post.Post) *ask.Page {
	a := p.askQuestion(c, f, "post.change")
	switch x.Kind {
	case post.Answer:
		a = p.askAnswer(c, f, "")
		a.Title = c.T("post.change")
	case post.Comment:
		a.Questions = func(f form.Form) []templ.Component {
			return postview.WithAnyway(f, form.TextArea(f, form.Field{Name: "words", Key: "post.change.words", Max: post.MostWords, Rows: 8}), form.TextArea(f, form.Field{Name: "proposes", Key: "post.change.proposes", Max: post.MostProposal, Rows: 4}))
		}
	case post.Resource, post.Paper:
		a.Questions = func(f form.Form) []templ.Component {
			most := post.MostWords
			if x.Kind == post.Paper {
				most = post.MostPaper
			}
			return postview.WithAnyway(f, form.Text(f, form.Field{Name: "title", Key: "post.change.title"}), form.TextArea(f, form.Field{Name: "words", Key: "post.change.words", Max: most, Rows: 12}))
		}
	}
	return a
}

func (p *pages) waiting(c *web.Context) (post.Post, error) {
	x, err := p.mine(c)
	if err == nil && !x.Waits() {
		err = fault.New(fault.Conflict, "post.changed")
	}
	return x, err
}

func (p *pages) change(c *web.Context) error {
	x, err := p.waiting(c)
	if err != nil {
		return err
	}
	return p.askChange(c, form.Of(url.Values{"title": {x.Title}, "words": {x.Words}, "topic": {x.Topic}, "proposes": {x.Proposes()}, "version": {strconv.Itoa(x.Version)}}), x).Answer(c, own)
}

func (p *pages) changePost(c *web.Context) error {
	x, err := p.waiting(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := x.In
	in.Title, in.Words, in.Anyway, in.Version = f.Get("title"), f.Get("words"), f.Get("anyway") == "yes", f.Whole("version")
	if x.Kind == post.Question {
		in.Topic = p.typed(f, x.Kind).Topic
	}
	if x.Kind == post.Comment {
		in.Title = x.Title
		if in.Payload, err = post.Proposing(f.Get("proposes")); err != nil {
			return err
		}
	}
	return postview.Send(c, p.s, p.askChange(c, f, x), in, own, p.s.Rewrite)
}

func (p *pages) withdraw(c *web.Context) error {
	x, err := p.mine(c)
	if err == nil && x.Gone() {
		err = fault.New(fault.Conflict, "post.changed")
	}
	if err != nil {
		return err
	}
	return (&ask.Page{Title: c.T("post.withdraw." + string(x.Kind)), Lede: c.T("post.withdraw.lede"), Form: form.Of(url.Values{}), Button: "post.withdraw"}).Answer(c, x.Path())
}

func (p *pages) withdrawPost(c *web.Context) error {
	x, err := p.mine(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Withdraw(c.Ctx(), c.Actor, c.Now, x.ID), "post.withdrawn", home)
}
