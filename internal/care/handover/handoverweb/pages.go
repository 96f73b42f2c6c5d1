package handoverweb

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/handover"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) list(c *web.Context) error {
	all, err := p.s.Plans(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("handover.title", ""), all, locale.Day(c.Now)))
}

// board reads the plan of the address; all adds everybody with a record.
func (p *pages) board(c *web.Context, all bool) (handover.Board, error) {
	id, err := c.ID("plan")
	if err != nil {
		return handover.Board{}, err
	}
	return p.s.Board(c.Ctx(), c.Actor, c.Now, id, all)
}

// open is a plan on which something may still be decided.
func (p *pages) open(c *web.Context) (handover.Board, error) {
	b, err := p.board(c, true)
	if err == nil && !b.Plan.Open(locale.Day(c.Now)) {
		err = fault.New(fault.Conflict, "handover.over")
	}
	return b, err
}

func (p *pages) show(c *web.Context) error {
	b, err := p.board(c, false)
	if err != nil {
		return err
	}
	return c.Render(showPage(c.Page("form.page", home, "title", c.T("handover.one", "name", b.Plan.Name)), b, p.s.Pack(), c.Actor.Account, locale.Day(c.Now)))
}

func (p *pages) people(c *web.Context) error {
	b, err := p.board(c, true)
	if err != nil {
		return err
	}
	return c.Render(peoplePage(c.Page("handover.closed", pathOf(b.Plan.ID)), b))
}

// who is the person of the address.
func (p *pages) who(c *web.Context) (b handover.Board, who handover.Person, err error) {
	if b, err = p.board(c, true); err != nil {
		return b, who, err
	}
	id, err := c.ID("person")
	if err != nil {
		return b, who, err
	}
	who, ok := b.Find(id)
	switch {
	case !ok:
		err = fault.Missing("person")
	case !b.Plan.Open(locale.Day(c.Now)):
		err = fault.New(fault.Conflict, "handover.over")
	}
	return b, who, err
}

func (p *pages) personForm(c *web.Context, f form.Form, who handover.Person) *ask.Page {
	k := p.s.Pack()
	ways := append([]form.Option{{Value: "transfer", Key: "handover.way.transfer"}}, form.Options("handover.way", k.Reasons...)...)
	return &ask.Page{Title: who.Name, Lede: c.T("handover.person.lede", "born", who.Born.Long()), Form: f, Button: "handover.save", Questions: func(f form.Form) []templ.Component {
		list := []templ.Component{
			form.Radios(f, form.Field{Name: "word", Key: "handover.word", Options: []form.Option{{Value: "", Key: "handover.word.nothing"}, {Value: "agreed", Key: "handover.word.agreed"}, {Value: "objected", Key: "handover.word.objected"}}}),
			form.Date(f, form.Field{Name: "on", Key: "handover.on"}),
			form.Radios(f, form.Field{Name: "instead", Key: "handover.instead", Options: form.Options("handover.instead", k.Instead...)}),
		}
		for i, x := range who.Open {
			list = append(list, form.Radios(f, form.Field{Name: handover.Field(x.ID), Key: "handover.case", Args: []any{"n", i + 1, "day", locale.Date(x.Received), "state", c.T("casefile.state." + x.State)}, Options: ways}))
		}
		return list
	}}
}

func (p *pages) person(c *web.Context) error {
	b, who, err := p.who(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"word": {who.Word.Said}, "instead": {who.Word.Instead}})
	form.SetDay(f.Values, "on", who.Word.On)
	for _, x := range who.Open {
		f.Values.Set(handover.Field(x.ID), x.Choice())
	}
	return p.personForm(c, f, who).Answer(c, pathOf(b.Plan.ID))
}

func (p *pages) personPost(c *web.Context) error {
	b, who, err := p.who(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := handover.In{Word: f.Get("word"), On: f.Day("on", "handover.on"), Instead: f.Get("instead"), Choice: map[uuid.UUID]string{}}
	for _, x := range who.Open {
		in.Choice[x.ID] = f.Get(handover.Field(x.ID))
	}
	a := p.personForm(c, f, who)
	if a.Found(p.s.Pack().Check(b.Plan, who, in, locale.Day(c.Now))) {
		return a.Answer(c, pathOf(b.Plan.ID))
	}
	return c.Done(p.s.Decide(c.Ctx(), c.Actor, c.Now, b.Plan.ID, who.ID, in), "handover.saved", pathOf(b.Plan.ID))
}

func (p *pages) dueForm(c *web.Context, f form.Form, item string) *ask.Page {
	return &ask.Page{Title: c.T("handover.due." + item), Lede: c.T("handover.due.lede"), Form: f, Button: "handover.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Text(f, form.Field{Name: "n", Key: "handover.n", Width: 10, Auto: "off"}),
			form.Radios(f, form.Field{Name: "source", Key: "handover.source.ask", Options: form.Options("handover.source", p.s.Pack().Sources...)}),
			form.Date(f, form.Field{Name: "on", Key: "handover.counted"}),
		}
	}}
}

// item is what the address counts.
func (p *pages) item(c *web.Context) (handover.Board, string, error) {
	b, err := p.open(c)
	item := c.R.PathValue("item")
	if err == nil && !slices.Contains(p.s.Pack().Items, item) {
		err = fault.Missing("item")
	}
	return b, item, err
}

func (p *pages) due(c *web.Context) error {
	b, item, err := p.item(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	form.SetDay(f.Values, "on", locale.Day(c.Now))
	if d, ok := b.Due[item]; ok {
		f.Values.Set("n", strconv.Itoa(d.N))
		f.Values.Set("source", d.Source)
	}
	return p.dueForm(c, f, item).Answer(c, pathOf(b.Plan.ID))
}

func (p *pages) duePost(c *web.Context) error {
	b, item, err := p.item(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	d := handover.Due{N: -1, Source: f.Get("source"), On: f.Day("on", "handover.counted")}
	if n, err := strconv.Atoi(f.Get("n")); err == nil {
		d.N = n
	}
	a := p.dueForm(c, f, item)
	if a.Found(p.s.Pack().CheckDue(d, locale.Day(c.Now))) {
		return a.Answer(c, pathOf(b.Plan.ID))
	}
	return c.Done(p.s.SetDue(c.Ctx(), c.Actor, c.Now, b.Plan.ID, item, d), "handover.saved", pathOf(b.Plan.ID))
}

func (p *pages) gone(c *web.Context) error {
	id, err := c.ID("plan")
	if err != nil {
		return err
	}
	left, err := p.s.CloseGone(c.Ctx(), c.Actor, c.Now, id)
	if err != nil {
		return err
	}
	if len(left) > 0 {
		c.Flash("handover.gone.left")
	} else {
		c.Flash("handover.gone.done")
	}
	return c.Redirect(pathOf(id))
}
