package programmeweb

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/programme"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func promiseForm(c *web.Context, f form.Form, x programme.Strand) *ask.Page {
	return &ask.Page{Title: c.T("programme.promise." + string(x.Kind)), Lede: x.Name, Form: f, Button: "programme.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Text(f, form.Field{Name: "title", Key: "programme.promised"}),
			form.Text(f, form.Field{Name: "owner", Key: "programme.owner"}),
			form.Date(f, form.Field{Name: "due", Key: "programme.due"}),
		}
	}}
}

func (p *pages) promise(c *web.Context) error {
	x, err := p.running(c)
	if err != nil {
		return err
	}
	return promiseForm(c, form.Fresh(), x).Answer(c, strandPath(x.ID))
}

func (p *pages) promisePost(c *web.Context) error {
	x, err := p.running(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := programme.PromiseIn{ID: id, Title: f.Get("title"), Owner: f.Get("owner"), Due: f.Day("due")}
	a := promiseForm(c, f, x)
	if a.Found(in.Check(locale.Day(c.Now))) {
		return a.Answer(c, strandPath(x.ID))
	}
	return c.Done(p.s.Promises(c.Ctx(), c.Actor, c.Now, x.ID, in), "programme.saved", strandPath(x.ID))
}

// open is the promise of the address, which is not delivered.
func (p *pages) open(c *web.Context) (programme.Promise, error) {
	id, err := c.ID("id")
	if err != nil {
		return programme.Promise{}, err
	}
	x, err := p.s.Promise(c.Ctx(), c.Actor, id)
	if err == nil && !x.Open() {
		err = fault.New(fault.Conflict, "programme.changed")
	}
	return x, err
}

func deliverForm(c *web.Context, f form.Form, x programme.Promise) *ask.Page {
	return &ask.Page{Title: c.T("programme.deliver"), Lede: x.Title, Form: f, Button: "programme.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Date(f, form.Field{Name: "on", Key: "programme.on"}),
			form.TextArea(f, form.Field{Name: "evidence", Key: "programme.evidence", Rows: 3, Max: programme.MostWhy}),
		}
	}}
}

func (p *pages) deliver(c *web.Context) error {
	x, err := p.open(c)
	if err != nil {
		return err
	}
	return deliverForm(c, form.Of(url.Values{}), x).Answer(c, strandPath(x.Strand))
}

func (p *pages) deliverPost(c *web.Context) error {
	x, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	day := f.Day("on")
	a := deliverForm(c, f, x)
	if a.Found(programme.CheckDelivered(day, f.Get("evidence"), locale.Day(c.Now))) {
		return a.Answer(c, strandPath(x.Strand))
	}
	return c.Done(p.s.Deliver(c.Ctx(), c.Actor, c.Now, x.ID, day, f.Get("evidence")), "programme.saved", strandPath(x.Strand))
}

func moveForm(c *web.Context, f form.Form, x programme.Promise) *ask.Page {
	return &ask.Page{Title: c.T("programme.move"), Lede: c.T("programme.move.lede", "title", x.Title, "day", x.Due.Long()), Form: f, Button: "programme.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Date(f, form.Field{Name: "due", Key: "programme.due"}),
			form.TextArea(f, form.Field{Name: "why", Key: "programme.why", Rows: 3, Max: programme.MostWhy}),
		}
	}}
}

func (p *pages) move(c *web.Context) error {
	x, err := p.open(c)
	if err != nil {
		return err
	}
	return moveForm(c, form.Of(url.Values{"version": {strconv.Itoa(x.Moved)}}), x).Answer(c, strandPath(x.Strand))
}

func (p *pages) movePost(c *web.Context) error {
	x, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	to := f.Day("due")
	a := moveForm(c, f, x)
	if a.Found(x.CheckMoved(to, f.Get("why"), locale.Day(c.Now))) {
		return a.Answer(c, strandPath(x.Strand))
	}
	return c.Done(p.s.Move(c.Ctx(), c.Actor, c.Now, x.ID, f.Whole("version"), to, f.Get("why")), "programme.saved", strandPath(x.Strand))
}
