package practiceweb

import (
	"context"
	"math"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) cpd(c *web.Context) error {
	list, err := p.s.ListCPD(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	m, err := p.mine(c)
	if err != nil {
		return err
	}
	return c.Render(cpdPage(c.Page("practice.cpd.title", "/practice"), m, list))
}

func cpdTable(ctx context.Context, list []practice.CPD) nhsuk.TableParams {
	t := table(ctx, locale.T(ctx, "practice.cpd.entries"), "practice.cpd.what", "practice.day", "practice.cpd.kind", "practice.cpd.length", "practice.cpd.reflected")
	for _, e := range list {
		reflected := "practice.no"
		if e.Reflection != "" {
			reflected = "practice.yes"
		}
		cells := nhsuk.Cells(e.What, e.On.Long(), locale.T(ctx, "practice.cpd.kind."+e.Kind), hours(ctx, e.Minutes), locale.T(ctx, reflected))
		cells[0].Href = "/practice/cpd/" + e.ID.String()
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func askCPD(c *web.Context, title string, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T(title), Lede: c.T("practice.cpd.ask.lede"), Form: f, Button: "practice.save", Questions: func(f form.Form) []templ.Component {
		kinds := append([]form.Option{{Value: "", Key: "practice.choose"}}, form.Options("practice.cpd.kind", practice.CPDKinds...)...)
		return []templ.Component{form.Text(f, form.Field{Name: "what", Key: "practice.cpd.what"}), form.Date(f, form.Field{Name: "on", Key: "practice.cpd.on"}), form.Select(f, form.Field{Name: "kind", Key: "practice.cpd.kind", Options: kinds}), form.Text(f, form.Field{Name: "hours", Key: "practice.cpd.hours", Width: 4}),
			form.TextArea(f, form.Field{Name: "reflection", Key: "practice.cpd.reflection", Rows: 8, Max: 4000})}
	}}
}

func readCPD(f *form.Form, id uuid.UUID) practice.CPD {
	h, err := strconv.ParseFloat(f.Get("hours"), 64)
	if err != nil {
		h = math.NaN()
	}
	return practice.CPD{ID: id, On: f.Day("on"), Kind: f.Get("kind"), Minutes: practice.Minutes(h), What: f.Get("what"), Reflection: f.Get("reflection")}
}

func (p *pages) cpdAdd(c *web.Context) error {
	f := form.Fresh()
	return askCPD(c, "practice.cpd.add", f).Answer(c, "/practice/cpd")
}

func (p *pages) cpdAddPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := readCPD(&f, id)
	return p.keep(c, askCPD(c, "practice.cpd.add", f), "/practice/cpd", "practice.saved", func() (fault.Fields, error) { return p.s.KeepCPD(c.Ctx(), c.Actor, c.Now, in) },
		func() fault.Fields { return in.Check(locale.Day(c.Now)) })
}

// keep runs a command unless something could not be read; then the rules say what else is wrong.
func (p *pages) keep(c *web.Context, a *ask.Page, back, done string, do func() (fault.Fields, error), check func() fault.Fields) error {
	if a.Form.Bad() {
		a.Found(check())
		return a.Answer(c, back)
	}
	faults, err := do()
	if err != nil {
		return err
	}
	if a.Found(faults) {
		return a.Answer(c, back)
	}
	c.Flash(done)
	return c.Redirect(back)
}

func (p *pages) entry(c *web.Context) (practice.CPD, error) {
	id, err := c.ID("id")
	if err != nil {
		return practice.CPD{}, err
	}
	return p.s.FindCPD(c.Ctx(), c.Actor, id)
}

func changeCPD(c *web.Context, e practice.CPD, f form.Form) *ask.Page {
	a := askCPD(c, "practice.cpd.change", f)
	a.Links = []ask.Link{{Path: "/practice/cpd/" + e.ID.String() + "/remove", Text: c.T("practice.cpd.remove")}}
	return a
}

func (p *pages) cpdChange(c *web.Context) error {
	e, err := p.entry(c)
	if err != nil {
		return err
	}
	v := url.Values{"what": {e.What}, "kind": {e.Kind}, "hours": {number(e.Minutes)}, "reflection": {e.Reflection}}
	form.SetDay(v, "on", e.On)
	return changeCPD(c, e, form.Of(v)).Answer(c, "/practice/cpd")
}

func (p *pages) cpdChangePost(c *web.Context) error {
	e, err := p.entry(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := readCPD(&f, e.ID)
	return p.keep(c, changeCPD(c, e, f), "/practice/cpd", "practice.saved", func() (fault.Fields, error) { return p.s.ChangeCPD(c.Ctx(), c.Actor, c.Now, in) },
		func() fault.Fields { return in.Check(locale.Day(c.Now)) })
}

func (p *pages) cpdRemove(c *web.Context) error {
	e, err := p.entry(c)
	if err != nil {
		return err
	}
	a := ask.Page{Title: c.T("practice.cpd.remove.title", "what", e.What), Lede: c.T("practice.cpd.remove.lede"), Button: "practice.remove", Questions: nothing}
	return a.Answer(c, "/practice/cpd/"+e.ID.String())
}

func nothing(form.Form) []templ.Component { return nil }

func (p *pages) cpdRemovePost(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	e, err := p.s.FindCPD(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	return c.Done(p.s.RemoveCPD(c.Ctx(), c.Actor, c.Now, e.ID), "practice.removed", "/practice/cpd")
}

func (p *pages) supervision(c *web.Context) error {
	list, err := p.s.ListSupervision(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	given, err := p.s.ListGiven(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	m, err := p.mine(c)
	if err != nil {
		return err
	}
	return c.Render(supervisionPage(c.Page("practice.supervision.title", "/practice"), m, list, given))
}

// givenTable shows what colleagues wrote down: it is theirs to take out.
func givenTable(ctx context.Context, list []practice.Given) nhsuk.TableParams {
	t := table(ctx, locale.T(ctx, "practice.supervision.given"), "practice.day", "practice.supervision.to", "practice.supervision.length")
	for _, x := range list {
		who := x.Whose
		if who == "" {
			who = locale.T(ctx, "practice.supervision.gone")
		}
		t.Rows = append(t.Rows, nhsuk.Cells(x.On.Long(), who, locale.T(ctx, "practice.minutes", "n", x.Minutes)))
	}
	return t
}

func supervisionTable(ctx context.Context, list []practice.Session) nhsuk.TableParams {
	t := table(ctx, locale.T(ctx, "practice.supervision.sessions"), "practice.day", "practice.supervision.whom", "practice.supervision.length", "practice.remove")
	for _, x := range list {
		cells := nhsuk.Cells(x.On.Long(), x.With, locale.T(ctx, "practice.minutes", "n", x.Minutes), locale.T(ctx, "practice.remove"))
		cells[3].Href, cells[3].VisuallyHiddenText = "/practice/supervision/"+x.ID.String()+"/remove", x.On.Long()
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// outside is the answer that it was with nobody of the service.
const outside = "outside"

func askSession(c *web.Context, f form.Form, colleagues []practice.Member) *ask.Page {
	with := []form.Option{{Value: "", Key: "practice.choose"}}
	for _, m := range colleagues {
		with = append(with, form.Option{Value: m.Account.String(), Text: m.Name})
	}
	with = append(with, form.Option{Value: outside, Key: "practice.supervision.outside"})
	return &ask.Page{Title: c.T("practice.supervision.add"), Lede: c.T("practice.supervision.ask.lede"), Form: f, Button: "practice.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Date(f, form.Field{Name: "on", Key: "practice.supervision.on"}), form.Select(f, form.Field{Name: "supervisor", Key: "practice.supervision.supervisor", Options: with}), form.Text(f, form.Field{Name: "with", Key: "practice.supervision.with", Width: 20}), form.Text(f, form.Field{Name: "minutes", Key: "practice.supervision.minutes", Width: 4})}
	}}
}

func (p *pages) supervisionAdd(c *web.Context) error {
	colleagues, err := p.s.Colleagues(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return askSession(c, form.Fresh(), colleagues).Answer(c, "/practice/supervision")
}

func (p *pages) supervisionAddPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	colleagues, err := p.s.Colleagues(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	in := practice.Session{ID: id, On: f.Day("on"), Minutes: f.Whole("minutes")}
	if in.Outside = f.Get("supervisor") == outside; in.Outside {
		in.With = f.Get("with")
	}
	for _, m := range colleagues {
		if m.Account.String() == f.Get("supervisor") {
			in.Supervisor, in.With = m.Account, m.Name
		}
	}
	return p.keep(c, askSession(c, f, colleagues), "/practice/supervision", "practice.saved", func() (fault.Fields, error) { return p.s.Supervised(c.Ctx(), c.Actor, c.Now, in) },
		func() fault.Fields { return in.Check(locale.Day(c.Now)) })
}

// session finds one of the actor's own by the id in the path.
func (p *pages) session(c *web.Context) (practice.Session, error) {
	id, err := c.ID("id")
	if err != nil {
		return practice.Session{}, err
	}
	list, err := p.s.ListSupervision(c.Ctx(), c.Actor)
	if err != nil {
		return practice.Session{}, err
	}
	for _, x := range list {
		if x.ID == id {
			return x, nil
		}
	}
	return practice.Session{}, fault.Missing("supervision")
}

func (p *pages) supervisionRemove(c *web.Context) error {
	x, err := p.session(c)
	if err != nil {
		return err
	}
	a := ask.Page{Title: c.T("practice.supervision.remove", "day", x.On.Long()), Button: "practice.remove", Questions: nothing}
	return a.Answer(c, "/practice/supervision")
}

func (p *pages) supervisionRemovePost(c *web.Context) error {
	x, err := p.session(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.RemoveSupervision(c.Ctx(), c.Actor, c.Now, x.ID), "practice.removed", "/practice/supervision")
}
