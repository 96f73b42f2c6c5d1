package outreachweb

import (
	"context"
	"math"
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/outreach"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/qr"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type boardView struct {
	Ahead, Over []outreach.Held
	Pack        outreach.Pack
	Now         time.Time
}

func (p *pages) board(c *web.Context) error {
	ahead, over, err := p.s.Board(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(boardPage(c.Page("outreach.title", ""), boardView{ahead, over, p.s.Pack(), c.Now}))
}

func eventForm(c *web.Context, f form.Form, kind bool, title, button string) *ask.Page {
	return &ask.Page{Title: title, Form: f, Button: button, Questions: func(f form.Form) (out []templ.Component) {
		if kind {
			out = append(out, form.Radios(f, form.Field{Name: "kind", Key: "outreach.kind", Options: form.Options("outreach.kind", outreach.Kinds...)}))
		}
		return append(out,
			form.Text(f, form.Field{Name: "title", Key: "outreach.event.title"}),
			form.TextArea(f, form.Field{Name: "about", Key: "outreach.about", Rows: 4, Max: outreach.MaxAbout}),
			form.Date(f, form.Field{Name: "on", Key: "outreach.on"}),
			form.Text(f, form.Field{Name: "at", Key: "outreach.at", Width: 5}),
			form.Text(f, form.Field{Name: "minutes", Key: "outreach.minutes", Width: 4}),
			form.Text(f, form.Field{Name: "place", Key: "outreach.place"}),
			form.Text(f, form.Field{Name: "places", Key: "outreach.places", Width: 4}))
	}}
}

func typed(f *form.Form, id uuid.UUID, kind string) outreach.EventIn {
	return outreach.EventIn{ID: id, Kind: kind, Title: f.Get("title"), About: f.Get("about"), On: f.Day("on"), At: f.Get("at"), Minutes: f.Whole("minutes"), Place: f.Get("place"), Places: f.Whole("places")}
}

func (p *pages) add(c *web.Context) error {
	return eventForm(c, form.Fresh(), true, c.T("outreach.add"), "outreach.add.save").Answer(c, board)
}

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := typed(&f, id, f.Get("kind"))
	a := eventForm(c, f, true, c.T("outreach.add"), "outreach.add.save")
	if a.Found(outreach.Check(in, 0, c.Now)) {
		return a.Answer(c, board)
	}
	return c.Done(p.s.Plan(c.Ctx(), c.Actor, c.Now, in), "outreach.added", path(id))
}

func (p *pages) find(c *web.Context) (outreach.View, error) {
	id, err := c.ID("id")
	if err != nil {
		return outreach.View{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, id)
}

type eventView struct {
	outreach.View
	Pack outreach.Pack
	Now  time.Time
	Link string
}

func (v eventView) stage() string  { return v.Stage(v.Now) }
func (v eventView) ahead() bool    { return v.Coming(v.Now) }
func (v eventView) markable() bool { return v.Pack.Markable(v.Event, v.Now) }

func (p *pages) event(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(eventPage(c.Page("outreach.page", board, "title", v.Title), eventView{v, p.s.Pack(), c.Now, p.base + signPath(v.ID)}))
}

func (p *pages) poster(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	if !v.Opened || v.Off {
		return fault.Missing("event")
	}
	link := p.base + signPath(v.ID)
	code, err := qr.Draw(link)
	if err != nil {
		return err
	}
	return c.Render(posterPage(c.Page("outreach.poster", path(v.ID), "title", v.Title), v.Event, link, code))
}

func (p *pages) change(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	at := v.Starts.In(locale.London)
	f := form.Of(url.Values{"title": {v.Title}, "about": {v.About}, "at": {at.Format("15:04")}, "minutes": {strconv.Itoa(v.Minutes)}, "place": {v.Event.Place}, "places": {strconv.Itoa(v.Places)}})
	form.SetDay(f.Values, "on", locale.Day(v.Starts))
	return eventForm(c, f, false, c.T("outreach.change"), "outreach.save").Answer(c, path(v.ID))
}

func (p *pages) changePost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := typed(&f, v.ID, v.Kind)
	a := eventForm(c, f, false, c.T("outreach.change"), "outreach.save")
	if a.Found(outreach.Check(in, v.Taken, c.Now)) {
		return a.Answer(c, path(v.ID))
	}
	return c.Done(p.s.Change(c.Ctx(), c.Actor, c.Now, in), "outreach.saved", path(v.ID))
}

// on runs a command on the event that the path names, and goes back to it.
func on(c *web.Context, said string, do func(uuid.UUID) error) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(do(id), said, path(id))
}

func (p *pages) open(c *web.Context) error {
	return on(c, "outreach.opened", func(id uuid.UUID) error { return p.s.Open(c.Ctx(), c.Actor, c.Now, id) })
}

func (p *pages) cancel(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return (&ask.Page{Title: c.T("outreach.cancel.title", "title", v.Title), Lede: c.T("outreach.cancel.lede", "n", v.Taken), Form: form.Of(url.Values{}), Button: "outreach.cancel"}).Answer(c, path(v.ID))
}

func (p *pages) cancelPost(c *web.Context) error {
	return on(c, "outreach.cancelled", func(id uuid.UUID) error { return p.s.Cancel(c.Ctx(), c.Actor, c.Now, id) })
}

func (p *pages) step(c *web.Context) error {
	return on(c, "outreach.saved", func(id uuid.UUID) error {
		return p.s.Step(c.Ctx(), c.Actor, c.Now, id, c.R.PathValue("step"), c.R.PostFormValue("done") != "")
	})
}

func (p *pages) rolesForm(c *web.Context, f form.Form, v outreach.View) *ask.Page {
	return &ask.Page{Title: c.T("outreach.roles"), Lede: c.T("outreach.roles.lede"), Form: f, Button: "outreach.save", Questions: func(f form.Form) (out []templ.Component) {
		for _, r := range p.s.Pack().RolesOf(v.Kind) {
			out = append(out, form.Text(f, form.Field{Name: r.Code, Key: "outreach.role." + r.Code}))
		}
		return out
	}}
}

func (p *pages) roles(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	for code, name := range v.Roles {
		f.Values.Set(code, name)
	}
	return p.rolesForm(c, f, v).Answer(c, path(v.ID))
}

func (p *pages) rolesPost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f, who := form.From(c.R), map[string]string{}
	for _, r := range p.s.Pack().RolesOf(v.Kind) {
		who[r.Code] = f.Get(r.Code)
	}
	a := p.rolesForm(c, f, v)
	if a.Found(p.s.Pack().CheckRoles(v.Kind, who)) {
		return a.Answer(c, path(v.ID))
	}
	return c.Done(p.s.Staff(c.Ctx(), c.Actor, c.Now, v.ID, who), "outreach.saved", path(v.ID))
}

func attendanceForm(c *web.Context, f form.Form, v outreach.View) *ask.Page {
	var options []form.Option
	for _, g := range v.Guests {
		if g.State != outreach.Cancelled {
			options = append(options, form.Option{Value: g.ID.String(), Text: g.Name})
		}
	}
	return &ask.Page{Title: c.T("outreach.attendance"), Lede: c.T("outreach.attendance.lede"), Form: f, Button: "outreach.attendance.save", Questions: func(f form.Form) (out []templ.Component) {
		if len(options) > 0 {
			out = append(out, form.Checkboxes(f, form.Field{Name: "came", Key: "outreach.came", Options: options}))
		}
		return append(out, form.Text(f, form.Field{Name: "walk_ins", Key: "outreach.walk_ins", Width: 4}))
	}}
}

func (p *pages) attendance(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	for _, g := range v.Guests {
		if g.State == outreach.Attended {
			f.Values.Add("came", g.ID.String())
		}
	}
	if v.Marked {
		f.Values.Set("walk_ins", strconv.Itoa(v.WalkIns))
	}
	return attendanceForm(c, f, v).Answer(c, path(v.ID))
}

func (p *pages) attendancePost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	walkIns := f.Whole("walk_ins")
	a := attendanceForm(c, f, v)
	if a.Found(outreach.CheckWalkIns(walkIns)) {
		return a.Answer(c, path(v.ID))
	}
	var came []uuid.UUID
	for _, x := range f.All("came") {
		if id, err := uuid.Parse(x); err == nil {
			came = append(came, id)
		}
	}
	return c.Done(p.s.Mark(c.Ctx(), c.Actor, c.Now, v.ID, came, walkIns), "outreach.marked", path(v.ID))
}

func costForm(c *web.Context, f form.Form, hour float64) *ask.Page {
	return &ask.Page{Title: c.T("outreach.cost"), Lede: c.T("outreach.cost.lede", "pounds", locale.Plain(hour)), Form: f, Button: "outreach.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Text(f, form.Field{Name: "pounds", Key: "outreach.pounds", Width: 10}),
			form.Text(f, form.Field{Name: "hours", Key: "outreach.hours", Width: 5}),
		}
	}}
}

func (p *pages) cost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	if v.Pounds != nil && v.Hours != nil {
		f.Values.Set("pounds", strconv.Itoa(*v.Pounds))
		f.Values.Set("hours", locale.Plain(*v.Hours))
	}
	return costForm(c, f, p.s.Pack().Hour).Answer(c, path(v.ID))
}

func (p *pages) costPost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := outreach.CostIn{Pounds: f.Whole("pounds"), Hours: -1}
	if h, err := strconv.ParseFloat(f.Get("hours"), 64); err == nil {
		in.Hours = h
	}
	a := costForm(c, f, p.s.Pack().Hour)
	if a.Found(outreach.CheckCost(in)) {
		return a.Answer(c, path(v.ID))
	}
	return c.Done(p.s.Spend(c.Ctx(), c.Actor, c.Now, v.ID, in), "outreach.saved", path(v.ID))
}

func leadsForm(c *web.Context, f form.Form, leads []outreach.Guest) *ask.Page {
	options := []form.Option{{Key: "outreach.outcome.none"}}
	for _, o := range outreach.Outcomes[1:] {
		options = append(options, form.Option{Value: o, Key: "outreach.outcome." + o})
	}
	return &ask.Page{Title: c.T("outreach.leads"), Lede: c.T("outreach.leads.lede"), Form: f, Button: "outreach.save", Questions: func(f form.Form) (out []templ.Component) {
		for _, g := range leads {
			out = append(out, form.Select(f, form.Field{Name: "lead-" + g.ID.String(), Key: "outreach.lead", Args: []any{"name", g.Name, "email", g.Email, "interest", c.T("outreach.interest." + g.Interest)}, Options: options}))
		}
		return out
	}}
}

func (p *pages) leads(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	for _, g := range v.Leads() {
		f.Values.Set("lead-"+g.ID.String(), g.Outcome)
	}
	if len(v.Leads()) == 0 {
		return c.Redirect(path(v.ID))
	}
	return leadsForm(c, f, v.Leads()).Answer(c, path(v.ID))
}

func (p *pages) leadsPost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f, outcomes := form.From(c.R), map[uuid.UUID]string{}
	for _, g := range v.Leads() {
		outcomes[g.ID] = f.Get("lead-" + g.ID.String())
	}
	return c.Done(p.s.Follow(c.Ctx(), c.Actor, c.Now, v.ID, outcomes), "outreach.saved", path(v.ID))
}

// when says the day and the time of an event.
func when(e outreach.Event) string {
	return locale.Date(e.Starts) + ", " + e.Starts.In(locale.London).Format("15:04")
}

func aheadTable(ctx context.Context, v boardView) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "outreach.ahead"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "outreach.event"), locale.T(ctx, "outreach.when"), locale.T(ctx, "outreach.signed"), locale.T(ctx, "outreach.stage"))}
	for _, h := range v.Ahead {
		row := nhsuk.Cells(h.Title, when(h.Event), locale.T(ctx, "outreach.signed.of", "n", h.Taken, "of", h.Places), locale.T(ctx, "outreach.stage."+h.Stage(v.Now)))
		row[0].Href = path(h.ID)
		t.Rows = append(t.Rows, row)
	}
	return t
}

func overTable(ctx context.Context, v boardView) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "outreach.over"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "outreach.event"), locale.T(ctx, "outreach.when"), locale.T(ctx, "outreach.came.n"), locale.T(ctx, "outreach.leads.n"), locale.T(ctx, "outreach.applied.n"), locale.T(ctx, "outreach.per_lead"))}
	for _, h := range v.Over {
		came := locale.Number(h.Came)
		switch {
		case h.Off:
			came = locale.T(ctx, "outreach.stage.off")
		case !h.Marked:
			came = locale.T(ctx, "outreach.unmarked")
		}
		row := nhsuk.Cells(h.Title, locale.Date(h.Starts), came, locale.Number(h.Leads), locale.Number(h.Applied), perLead(ctx, v.Pack, h.Event, h.Tally))
		row[0].Href = path(h.ID)
		t.Rows = append(t.Rows, row)
	}
	return t
}

func perLead(ctx context.Context, p outreach.Pack, e outreach.Event, t outreach.Tally) string {
	if pounds, ok := p.PerLead(e, t); ok {
		return amount(ctx, pounds)
	}
	if _, ok := p.Cost(e); !ok {
		return locale.T(ctx, "outreach.cost.unknown")
	}
	return locale.T(ctx, "outreach.per_lead.none")
}

func rows(ctx context.Context, v eventView) nhsuk.SummaryListParams {
	out := []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "outreach.kind"), locale.T(ctx, "outreach.kind."+v.Kind)),
		nhsuk.Row(locale.T(ctx, "outreach.when"), when(v.Event)),
		nhsuk.Row(locale.T(ctx, "outreach.place"), v.Event.Place),
		nhsuk.Row(locale.T(ctx, "outreach.signed"), locale.T(ctx, "outreach.signed.of", "n", v.Taken, "of", v.Places)),
	}
	if v.Marked {
		out = append(out, nhsuk.Row(locale.T(ctx, "outreach.came.n"), locale.Number(v.Came)))
	}
	if v.Kind == outreach.Recruitment {
		out = append(out, nhsuk.Row(locale.T(ctx, "outreach.leads.n"), locale.T(ctx, "outreach.leads.line", "n", v.Tally.Leads, "applied", v.Applied, "started", v.Started)))
	}
	cost := locale.T(ctx, "outreach.cost.unknown")
	if pounds, ok := v.Pack.Cost(v.Event); ok {
		cost = locale.T(ctx, "outreach.cost.line", "cost", amount(ctx, pounds), "lead", perLead(ctx, v.Pack, v.Event, v.Tally))
	}
	return nhsuk.SummaryListParams{Rows: append(out, nhsuk.Row(locale.T(ctx, "outreach.cost.short"), cost))}
}

func guestTable(ctx context.Context, v eventView) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "outreach.guests"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "outreach.name"), locale.T(ctx, "outreach.email"), locale.T(ctx, "outreach.state"), locale.T(ctx, "outreach.may_write.short"))}
	for _, g := range v.Guests {
		lead := locale.T(ctx, "outreach.may_write.no")
		if g.Lead() {
			lead = locale.T(ctx, "outreach.interest."+g.Interest)
			if g.Outcome != "" {
				lead += ". " + locale.T(ctx, "outreach.outcome.by", "outcome", locale.T(ctx, "outreach.outcome."+g.Outcome), "day", g.On.Long(), "by", g.By)
			}
		}
		t.Rows = append(t.Rows, nhsuk.Cells(g.Name, g.Email, locale.T(ctx, "outreach.state."+g.State), lead))
	}
	return t
}

// amount is a sum in whole pounds.
func amount(ctx context.Context, pounds float64) string {
	return locale.T(ctx, "outreach.amount", "pounds", locale.Number(int(math.Round(pounds))))
}
