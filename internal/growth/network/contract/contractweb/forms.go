package contractweb

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/price"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// open finds a client whose contract stands, for a form: nothing is agreed on with one that is closed.
func (p *pages) open(c *web.Context) (contract.Terms, error) {
	t, err := p.find(c)
	if err == nil && !t.Contract.Open(locale.Day(c.Now)) {
		err = fault.New(fault.Conflict, "contract.closed")
	}
	return t, err
}

func back(t contract.Terms) string { return pathOf(t.Contract.Organisation) }

// from is the question from which month on a term holds.
func from(f form.Form, firsts []civil.Date) templ.Component {
	options := []form.Option{{Key: "contract.from.choose"}}
	for _, m := range firsts {
		options = append(options, form.Option{Value: m.String(), Text: m.MonthYear()})
	}
	return form.Select(f, form.Field{Name: "from", Key: "contract.from", Options: options})
}

func month(f form.Form) civil.Date {
	m, err := civil.Parse(f.Get("from"))
	if err != nil {
		return civil.Date{}
	}
	return m
}

// beginning offers the month in which a term most often begins: the next.
func beginning(v url.Values, t contract.Terms, today civil.Date) {
	next, firsts := contract.MonthOf(today).AddMonths(1), t.Firsts(today)
	if slices.Contains(firsts, next) {
		v.Set("from", next.String())
	}
}

func (p *pages) askLevel(c *web.Context, f form.Form, t contract.Terms) *ask.Page {
	options := []form.Option{{Key: "contract.indicator.choose"}}
	for _, m := range p.s.Measures(c.Ctx()) {
		text := m.Title
		if m.Limited && m.Days != nil {
			text = c.T("contract.indicator.days", "title", m.Title, "days", c.T("contract.working_days", "n", *m.Days))
		}
		options = append(options, form.Option{Value: m.Indicator + "." + strconv.Itoa(m.Version), Text: text})
	}
	return &ask.Page{Title: c.T("contract.level.title", "name", t.Contract.Name), Lede: c.T("contract.level.lede"), Form: f, Button: "contract.agree", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Select(f, form.Field{Name: "indicator", Key: "contract.indicator", Options: options}),
			form.Text(f, form.Field{Name: "target", Key: "contract.target", Width: 3}),
			form.Text(f, form.Field{Name: "days", Key: "contract.days", Width: 3}),
			form.Radios(f, form.Field{Name: "clock", Key: "contract.clock", Options: form.Options("contract.clock", "raw", "adjusted")}),
			from(f, t.Firsts(locale.Day(c.Now))),
		}
	}}
}

func (p *pages) level(c *web.Context) error {
	t, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	f.Values.Set("clock", "adjusted")
	beginning(f.Values, t, locale.Day(c.Now))
	return p.askLevel(c, f, t).Answer(c, back(t))
}

func (p *pages) levelPost(c *web.Context) error {
	t, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	name, version, _ := strings.Cut(f.Get("indicator"), ".")
	l := contract.Level{ID: id, Indicator: name, Target: f.Whole("target"), Clock: f.Get("clock"), Life: contract.Life{From: month(f)}}
	l.Version, _ = strconv.Atoi(version) // what is none is on no list
	if f.Get("days") != "" {
		n := f.Whole("days")
		l.Days = &n
	}
	a := p.askLevel(c, f, t)
	if a.Found(contract.CheckLevel(l, p.s.Measures(c.Ctx()), t.Firsts(locale.Day(c.Now)))) {
		return a.Answer(c, back(t))
	}
	return c.Done(p.s.AddLevel(c.Ctx(), c.Actor, c.Now, t.Contract.Organisation, l), "contract.agreed.flash", back(t))
}

func (p *pages) askLine(c *web.Context, f form.Form, t contract.Terms) *ask.Page {
	return &ask.Page{Title: c.T("contract.line.title", "name", t.Contract.Name), Lede: c.T("contract.line.lede"), Form: f, Button: "contract.agree", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "item", Key: "contract.item", Options: form.Options("contract.item", contract.Items...)}),
			form.Radios(f, form.Field{Name: "basis", Key: "contract.basis", Options: form.Options("contract.basis", contract.Bases...)}),
			form.Text(f, form.Field{Name: "price", Key: "contract.price", Width: 10}),
			form.Text(f, form.Field{Name: "expected", Key: "contract.expected", Width: 5}),
			form.Text(f, form.Field{Name: "band", Key: "contract.band", Width: 3}),
			from(f, t.Firsts(locale.Day(c.Now))),
		}
	}}
}

func (p *pages) line(c *web.Context) error {
	t, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	beginning(f.Values, t, locale.Day(c.Now))
	return p.askLine(c, f, t).Answer(c, back(t))
}

// optional reads a whole number that may be left out.
func optional(f form.Form, name string) int {
	if f.Get(name) == "" {
		return 0
	}
	return f.Whole(name)
}

func (p *pages) linePost(c *web.Context) error {
	t, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	l := contract.Line{ID: id, Item: f.Get("item"), Basis: f.Get("basis"), Expected: optional(f, "expected"), Band: optional(f, "band"), Life: contract.Life{From: month(f)}}
	if l.Pence, err = price.Parse(f.Get("price")); err != nil {
		f.Faults.Add("price", "contract.price.bad")
	}
	a := p.askLine(c, f, t)
	if a.Found(contract.CheckLine(l, t.Firsts(locale.Day(c.Now)))) {
		return a.Answer(c, back(t))
	}
	return c.Done(p.s.AddLine(c.Ctx(), c.Actor, c.Now, t.Contract.Organisation, l), "contract.agreed.flash", back(t))
}

// press runs a command that a button asks for.
func (p *pages) press(c *web.Context, said string, fn func(client, id uuid.UUID) error) error {
	client, err := c.ID("client")
	if err != nil {
		return err
	}
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(fn(client, id), said, pathOf(client))
}

func (p *pages) levelEnd(c *web.Context) error {
	return p.press(c, "contract.ended.flash", func(client, id uuid.UUID) error { return p.s.EndLevel(c.Ctx(), c.Actor, c.Now, client, id) })
}

func (p *pages) lineEnd(c *web.Context) error {
	return p.press(c, "contract.ended.flash", func(client, id uuid.UUID) error { return p.s.EndLine(c.Ctx(), c.Actor, c.Now, client, id) })
}

func (p *pages) done(c *web.Context) error {
	return p.press(c, "contract.done.flash", func(client, id uuid.UUID) error { return p.s.Finish(c.Ctx(), c.Actor, c.Now, client, id) })
}

func (p *pages) askDates(c *web.Context, f form.Form, t contract.Terms) *ask.Page {
	var every []string
	for _, n := range contract.Every {
		every = append(every, strconv.Itoa(n))
	}
	return &ask.Page{Title: c.T("contract.dates.title", "name", t.Contract.Name), Form: f, Button: "contract.agree", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Text(f, form.Field{Name: "notice", Key: "contract.notice", Width: 3}),
			form.Radios(f, form.Field{Name: "every", Key: "contract.every", Options: form.Options("contract.every", every...)}),
			form.Date(f, form.Field{Name: "review", Key: "contract.review"}),
		}
	}}
}

func (p *pages) dates(c *web.Context) error {
	t, err := p.open(c)
	if err != nil {
		return err
	}
	v := url.Values{"notice": {fmt.Sprint(t.Dates.Notice)}, "every": {fmt.Sprint(t.Dates.Every)}}
	form.SetDay(v, "review", t.Dates.Review)
	return p.askDates(c, form.Of(v), t).Answer(c, back(t))
}

func (p *pages) datesPost(c *web.Context) error {
	t, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	d := contract.Dates{Notice: f.Whole("notice"), Every: f.Whole("every"), Review: f.Day("review")}
	a := p.askDates(c, f, t)
	if a.Found(contract.CheckDates(d, locale.Day(c.Now))) {
		return a.Answer(c, back(t))
	}
	return c.Done(p.s.SetDates(c.Ctx(), c.Actor, c.Now, t.Contract.Organisation, d), "contract.agreed.flash", back(t))
}

func (p *pages) askReview(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("contract.review.title"), Form: f, Button: "contract.review.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Date(f, form.Field{Name: "held", Key: "contract.held"}), form.Date(f, form.Field{Name: "next", Key: "contract.next"})}
	}}
}

func (p *pages) review(c *web.Context) error {
	pack, t, err := p.findPack(c)
	if err != nil {
		return err
	}
	v := url.Values{}
	form.SetDay(v, "held", locale.Day(c.Now))
	form.SetDay(v, "next", locale.Day(c.Now).AddMonths(t.Dates.Every))
	return p.askReview(c, form.Of(v)).Answer(c, packPath(t.Contract.Organisation, pack.ID))
}

func (p *pages) reviewPost(c *web.Context) error {
	pack, t, err := p.findPack(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	held, next := f.Day("held", "contract.held"), f.Day("next", "contract.next")
	a := p.askReview(c, f)
	path := packPath(t.Contract.Organisation, pack.ID)
	if a.Found(contract.CheckReview(held, next, locale.Day(pack.At), locale.Day(c.Now))) {
		return a.Answer(c, path)
	}
	return c.Done(p.s.Review(c.Ctx(), c.Actor, c.Now, t.Contract.Organisation, pack.ID, held, next), "contract.reviewed.flash", path)
}

func (p *pages) askAction(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("contract.action.title"), Lede: c.T("contract.action.lede"), Form: f, Button: "contract.action.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.TextArea(f, form.Field{Name: "what", Key: "contract.what", Rows: 2}),
			form.Radios(f, form.Field{Name: "side", Key: "contract.side", Options: form.Options("contract.side", contract.Sides...)}),
			form.Date(f, form.Field{Name: "due", Key: "contract.due"}),
		}
	}}
}

func (p *pages) action(c *web.Context) error {
	pack, t, err := p.findPack(c)
	if err != nil {
		return err
	}
	return p.askAction(c, form.Fresh()).Answer(c, packPath(t.Contract.Organisation, pack.ID))
}

func (p *pages) actionPost(c *web.Context) error {
	pack, t, err := p.findPack(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	x := contract.Action{ID: id, Pack: pack.ID, What: f.Get("what"), Side: f.Get("side"), Due: f.Day("due")}
	a := p.askAction(c, f)
	path := packPath(t.Contract.Organisation, pack.ID)
	if a.Found(contract.CheckAction(x, locale.Day(c.Now))) {
		return a.Answer(c, path)
	}
	return c.Done(p.s.AddAction(c.Ctx(), c.Actor, c.Now, t.Contract.Organisation, x), "contract.action.flash", path)
}
