package feedbackweb

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/activity/theme"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) find(c *web.Context) (feedback.One, error) {
	id, err := c.ID("id")
	if err != nil {
		return feedback.One{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) markGet(c *web.Context) error {
	o, err := p.find(c)
	if err != nil {
		return err
	}
	last := o.Last()
	v := url.Values{"version": {strconv.Itoa(last.Version)}, "tone": {last.Tone}, "themes": last.Themes}
	if last.Aside {
		v = url.Values{"version": {strconv.Itoa(last.Version)}, "aside": {"yes"}}
	}
	return c.Render(onePage(c.Page("feedback.one.title", home), o, markForm(form.Of(v))))
}

func (p *pages) markPost(c *web.Context) error {
	o, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	r := feedback.Reading{Themes: f.All("themes"), Tone: f.Get("tone"), Aside: f.Get("aside") == "yes"}
	if f.Faults = r.Check(theme.List()); f.Bad() {
		return c.Invalid(onePage(c.FormPage("feedback.one.title", home, f), o, markForm(f)))
	}
	seen, err := strconv.Atoi(f.Get("version"))
	if err != nil || seen < 0 || seen > 1<<20 {
		return fault.Missing("form")
	}
	return c.Done(p.s.Mark(c.Ctx(), c.Actor, c.Now, o.ID, seen, r), "feedback.mark.saved", home)
}

func quoteForm(c *web.Context, f form.Form, o feedback.One) *ask.Page {
	return &ask.Page{Title: c.T("feedback.quote.title"), Lede: c.T("feedback.quote.lede", "text", o.Text), Form: f, Button: "feedback.quote.send", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.TextArea(f, form.Field{Name: "words", Key: "feedback.quote.words", Rows: 4, Max: feedback.MaxComment})}
	}}
}

func (p *pages) quoteGet(c *web.Context) error {
	o, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	f.Values.Set("words", o.Text)
	return quoteForm(c, f, o).Answer(c, path(o.ID))
}

func (p *pages) quotePost(c *web.Context) error {
	o, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	a := quoteForm(c, f, o)
	if a.Found(feedback.CheckQuote(f.Get("words"), o.Text)) {
		return a.Answer(c, path(o.ID))
	}
	return c.Done(p.s.Release(c.Ctx(), c.Actor, c.Now, o.ID, id, f.Get("words")), "feedback.quote.sent", path(o.ID))
}

func (p *pages) withdraw(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Withdraw(c.Ctx(), c.Actor, c.Now, id), "feedback.quote.withdrawn", path(id))
}
