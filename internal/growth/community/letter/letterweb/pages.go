// Package letterweb is the part of the site where a service keeps the letters that it sends again and again.
package letterweb

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/letter"
	"github.com/rowan-ohwb/rowan/internal/growth/community/origin"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

const letters = "/letters"

type pages struct {
	s       *letter.Service
	origins *origin.Service
}

// Routes of the slice.
func Routes(s *letter.Service, origins *origin.Service) []web.Route {
	p := &pages{s, origins}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", letters, letter.Read, p.list),
		on("GET", letters+"/add", letter.Keep, p.add),
		on("POST", letters+"/add", letter.Keep, p.addPost),
		on("GET", letters+"/{id}", letter.Read, p.one),
		on("GET", letters+"/{id}/edit", letter.Keep, p.edit),
		on("POST", letters+"/{id}/edit", letter.Keep, p.editPost),
		on("POST", letters+"/{id}/use", letter.Keep, p.use),
	}
}

// tag says how far a letter has come.
func tag(ctx context.Context, l letter.Letter) nhsuk.TagParams {
	if l.InUse {
		return nhsuk.TagParams{Text: locale.T(ctx, "letter.state.used"), Colour: "green"}
	}
	return nhsuk.TagParams{Text: locale.T(ctx, "letter.state.draft"), Colour: "grey"}
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	var rows []layout.Row
	for _, l := range all {
		rows = append(rows, layout.Row{Path: l.Path(), Text: l.Name, Tags: []nhsuk.TagParams{tag(c.Ctx(), l)}, Hint: []string{c.T("letter.purpose." + l.Purpose)}})
	}
	return c.Render(listPage(c.Page("letter.title", ""), rows, c.May(letter.Keep)))
}

// gaps names them as they are written.
func gaps() string { return "{" + strings.Join(letter.Gaps, "}, {") + "}" }

func askLetter(c *web.Context, f form.Form, title string) *ask.Page {
	return &ask.Page{Title: c.T(title), Lede: c.T("letter.never"), Form: f, Button: "letter.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Text(f, form.Field{Name: "name", Key: "letter.name"}), form.Radios(f, form.Field{Name: "purpose", Key: "letter.purpose", Options: form.Options("letter.purpose", letter.Purposes...)}),
			form.TextArea(f, form.Field{Name: "words", Key: "letter.words", Args: []any{"gaps", gaps()}, Max: letter.MostWords, Rows: 18})}
	}}
}

func typed(f form.Form) letter.In {
	return letter.In{Name: f.Get("name"), Purpose: f.Get("purpose"), Words: f.Get("words")}
}

func (p *pages) add(c *web.Context) error {
	return askLetter(c, form.Fresh(), "letter.add").Answer(c, letters)
}

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := typed(f)
	in.ID = id
	a := askLetter(c, f, "letter.add")
	if a.Found(letter.Check(in, p.s.Found(locale.Day(c.Now), in))) {
		return a.Answer(c, letters)
	}
	return c.Done(p.s.Add(c.Ctx(), c.Actor, c.Now, in), "letter.saved", letter.Letter{In: in}.Path())
}

func (p *pages) find(c *web.Context) (letter.Letter, error) {
	id, err := c.ID("id")
	if err != nil {
		return letter.Letter{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, id)
}

func (p *pages) one(c *web.Context) error {
	l, err := p.find(c)
	if err != nil {
		return err
	}
	from, err := p.origins.Of(c.Ctx(), c.Actor, l.ID)
	if err != nil {
		return err
	}
	return c.Render(onePage(c.Page("form.page", letters, "title", l.Name), l, from, c.May(letter.Keep)))
}

func (p *pages) edit(c *web.Context) error {
	l, err := p.find(c)
	if err != nil {
		return err
	}
	return askLetter(c, form.Of(url.Values{"name": {l.Name}, "purpose": {l.Purpose}, "words": {l.Words}, "version": {strconv.Itoa(l.Version)}}), "letter.edit").Answer(c, l.Path())
}

func (p *pages) editPost(c *web.Context) error {
	l, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := typed(f)
	in.ID, in.Version = l.ID, f.Whole("version")
	a := askLetter(c, f, "letter.edit")
	if a.Found(letter.Check(in, p.s.Found(locale.Day(c.Now), in))) {
		return a.Answer(c, l.Path())
	}
	return c.Done(p.s.Change(c.Ctx(), c.Actor, c.Now, in), "letter.saved", l.Path())
}

func (p *pages) use(c *web.Context) error {
	l, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	return c.Done(p.s.Use(c.Ctx(), c.Actor, c.Now, l.ID, f.Whole("version"), f.Get("use") == "yes"), "letter.saved", l.Path())
}
