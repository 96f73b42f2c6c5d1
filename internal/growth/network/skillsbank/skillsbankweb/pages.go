package skillsbankweb

import (
	"context"
	"encoding/csv"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/halfday"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/skillsbank"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) read(c *web.Context) (skillsbank.Board, error) {
	return p.s.Board(c.Ctx(), c.Actor, c.Now)
}

func (p *pages) board(c *web.Context) error {
	b, err := p.read(c)
	if err != nil {
		return err
	}
	return c.Render(boardPage(c.Page("skills.page", ""), b, p, locale.Day(c.Now)))
}

func (p *pages) agree(c *web.Context) error  { return p.decide(c, true, "skills.agreed") }
func (p *pages) refuse(c *web.Context) error { return p.decide(c, false, "skills.refused") }

func (p *pages) decide(c *web.Context, agree bool, said string) error {
	return p.do(c, said, home, func(id uuid.UUID) error { return p.s.Decide(c.Ctx(), c.Actor, c.Now, id, agree) })
}

// do runs a command about what the address names.
func (p *pages) do(c *web.Context, said, back string, fn func(uuid.UUID) error) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(fn(id), said, back)
}

func (p *pages) needForm(c *web.Context, f form.Form) *ask.Page {
	what := []form.Option{{Key: "skills.competence.choose"}}
	for _, x := range p.s.Competencies() {
		what = append(what, form.Option{Value: x.Key, Text: x.Name})
	}
	return &ask.Page{Title: c.T("skills.need.add"), Lede: c.T("skills.need.lede"), Form: f, Button: "skills.need.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Select(f, form.Field{Name: "competence", Key: "skills.competence", Options: what}),
			form.Text(f, form.Field{Name: "place", Key: "skills.place"}),
			form.Checkboxes(f, form.Field{Name: "remote", Key: "skills.can_remote", Options: []form.Option{{Value: "yes", Key: "skills.can_remote.yes"}}}),
			form.Checkboxes(f, form.Field{Name: "slots", Key: "skills.slots", Options: form.Options("skills.slot", halfday.All...)}),
			form.Date(f, form.Field{Name: "from", Key: "skills.from"}),
			form.Date(f, form.Field{Name: "until", Key: "skills.last"}),
			form.Text(f, form.Field{Name: "hours", Key: "skills.need.hours", Width: 4}),
		}
	}}
}

// takes refuses who does not take part.
func (p *pages) takes(c *web.Context) error {
	b, err := p.read(c)
	if err == nil && !b.Takes {
		err = fault.New(fault.Conflict, "skills.no_part")
	}
	return err
}

func (p *pages) add(c *web.Context) error {
	err := p.takes(c)
	if fault.KindOf(err) == fault.Conflict {
		return c.Redirect(home) // which says how to take part
	}
	if err != nil {
		return err
	}
	return p.needForm(c, form.Fresh()).Answer(c, home)
}

func (p *pages) addPost(c *web.Context) error {
	if err := p.takes(c); err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := skillsbank.NeedIn{ID: id, Competence: f.Get("competence"), Place: f.Get("place"), Remote: f.Get("remote") == "yes", Slots: f.All("slots"), From: f.Day("from", "skills.from"), Until: f.Day("until", "skills.last"), Hours: f.Whole("hours")}
	a := p.needForm(c, f)
	if a.Found(in.Check(p.s.Competencies(), locale.Day(c.Now))) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Post(c.Ctx(), c.Actor, c.Now, in), "skills.need.posted", need(id))
}

func (p *pages) need(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	b, err := p.read(c)
	if err != nil {
		return err
	}
	n, ok := b.Need(id)
	if !ok || n.Organisation != b.Own {
		return fault.Missing("need")
	}
	return c.Render(needPage(c.Page("form.page", home, "title", p.s.Named(n.Competence)), b, n, p, locale.Day(c.Now)))
}

func (p *pages) close(c *web.Context) error {
	return p.do(c, "skills.need.is_closed", home, func(id uuid.UUID) error { return p.s.Close(c.Ctx(), c.Actor, c.Now, id) })
}

// pair is the need and the offer of the address.
func (p *pages) pair(c *web.Context) (n skillsbank.Need, o skillsbank.Offer, err error) {
	var ids [3]uuid.UUID
	for i, name := range []string{"id", "organisation", "offer"} {
		if ids[i], err = c.ID(name); err != nil {
			return n, o, err
		}
	}
	b, err := p.read(c)
	if err != nil {
		return n, o, err
	}
	return b.Pair(ids[0], ids[1], ids[2], locale.Day(c.Now))
}

func (p *pages) askForm(c *web.Context, f form.Form, n skillsbank.Need, o skillsbank.Offer) *ask.Page {
	return &ask.Page{Title: c.T("skills.ask.title", "who", who(c.Ctx(), o), "where", o.Where), Lede: c.T("skills.ask.lede", "when", span(c.Ctx(), n.From, n.Until, halfday.Common(n.Slots, o.Slots))), Form: f, Button: "skills.ask.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Date(f, form.Field{Name: "on", Key: "skills.on"}),
			form.Radios(f, form.Field{Name: "part", Key: "skills.part", Options: form.Options("skills.part", halfday.Parts...)}),
			form.Text(f, form.Field{Name: "hours", Key: "skills.session.hours", Width: 2}),
		}
	}}
}

func (p *pages) ask(c *web.Context) error {
	n, o, err := p.pair(c)
	if err != nil {
		return err
	}
	return p.askForm(c, form.Fresh(), n, o).Answer(c, need(n.ID))
}

func (p *pages) askPost(c *web.Context) error {
	n, o, err := p.pair(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := skillsbank.AskIn{ID: id, On: f.Day("on", "skills.on"), Part: f.Get("part"), Hours: f.Whole("hours")}
	a := p.askForm(c, f, n, o)
	if a.Found(in.Check(n, o, locale.Day(c.Now))) {
		return a.Answer(c, need(n.ID))
	}
	return c.Done(p.s.Ask(c.Ctx(), c.Actor, c.Now, n.ID, o.Organisation, o.ID, in), "skills.asked", need(n.ID))
}

func (p *pages) book(c *web.Context) error {
	return p.do(c, "skills.session.agreed", home, func(id uuid.UUID) error { return p.s.Agree(c.Ctx(), c.Actor, c.Now, id) })
}

func (p *pages) cancel(c *web.Context) error {
	return p.do(c, "skills.session.cancelled", home, func(id uuid.UUID) error { return p.s.Cancel(c.Ctx(), c.Actor, c.Now, id) })
}

// tellable is the session of the address, of which it can be said that it took place.
func (p *pages) tellable(c *web.Context) (b skillsbank.Board, x skillsbank.Session, err error) {
	id, err := c.ID("id")
	if err != nil {
		return b, x, err
	}
	if b, err = p.read(c); err != nil {
		return b, x, err
	}
	x, ok := b.Session(id)
	switch {
	case !ok || x.Organisation != b.Own:
		err = fault.Missing("session")
	case !x.Tellable(locale.Day(c.Now)):
		err = fault.New(fault.Conflict, "skills.over")
	}
	return b, x, err
}

func (p *pages) doneForm(c *web.Context, f form.Form, b skillsbank.Board, x skillsbank.Session) *ask.Page {
	return &ask.Page{Title: c.T("skills.done.title"), Lede: p.session(c.Ctx(), b, x), Form: f, Button: "skills.done.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Text(f, form.Field{Name: "hours", Key: "skills.done.hours", Width: 2})}
	}}
}

func (p *pages) done(c *web.Context) error {
	b, x, err := p.tellable(c)
	if err != nil {
		return err
	}
	return p.doneForm(c, form.Of(map[string][]string{"hours": {strconv.Itoa(x.Hours)}}), b, x).Answer(c, home)
}

func (p *pages) donePost(c *web.Context) error {
	b, x, err := p.tellable(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := p.doneForm(c, f, b, x)
	if a.Found(skillsbank.CheckDone(f.Whole("hours"))) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.TookPlace(c.Ctx(), c.Actor, c.Now, x.ID, f.Whole("hours")), "skills.done.said", home)
}

func (p *pages) hours(c *web.Context) error {
	b, err := p.read(c)
	if err != nil {
		return err
	}
	return c.Render(hoursPage(c.Page("skills.tally", home), b))
}

func (p *pages) export(c *web.Context) error {
	b, err := p.read(c)
	if err != nil {
		return err
	}
	c.Attach(web.CSV, "skills-bank-hours.csv")
	out := csv.NewWriter(c.W)
	rows := [][]string{{"quarter", "organisation", "hours_given", "hours_received"}}
	for _, h := range skillsbank.Tally(b.Sessions) {
		rows = append(rows, []string{h.Quarter.String(), sheet.Guard(b.Name(h.Organisation)), strconv.Itoa(h.Given), strconv.Itoa(h.Received)})
	}
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	return out.Error()
}

func (p *pages) system(c *web.Context) error {
	o, err := p.s.Overview(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(systemPage(c.Page("skills.page", "/system"), o, p.demand(c.Ctx(), o)))
}

// demand is the table of needs: what, where, when, how many hours of it are booked or done. Unmet ones that are over stay in it.
func (p *pages) demand(ctx context.Context, o skillsbank.Overview) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "skills.needs"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "skills.competence.head"), locale.T(ctx, "network.organisation"), locale.T(ctx, "skills.when"), locale.T(ctx, "skills.hours"))}
	for _, n := range o.Needs {
		t.Rows = append(t.Rows, nhsuk.Cells(p.s.Named(n.Competence), n.Where, span(ctx, n.From, n.Until, n.Slots), locale.T(ctx, "skills.met", "met", n.Met(o.Sessions), "of", n.Hours)))
	}
	return t
}
