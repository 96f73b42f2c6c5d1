package groupweb

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/due"
	"github.com/rowan-ohwb/rowan/internal/growth/network/group"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// at is the meeting of the address with its group.
func (p *pages) at(c *web.Context) (group.Meeting, group.Group, error) {
	id, err := c.ID("id")
	if err != nil {
		return group.Meeting{}, group.Group{}, err
	}
	return p.s.Meeting(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) meeting(c *web.Context) error {
	m, g, err := p.at(c)
	if err != nil {
		return err
	}
	return c.Render(meetingPage(c.Page("group.meeting", path(g.ID), "name", g.Name, "day", m.On.Long()), m, g, locale.Day(c.Now)))
}

func (p *pages) pack(c *web.Context) error {
	m, g, err := p.at(c)
	if err != nil {
		return err
	}
	next, err := p.next(c.Ctx(), c)
	if err != nil {
		return err
	}
	return c.Render(packPage(c.Page("group.pack", meetingPath(m.ID), "name", g.Name, "day", m.On.Long()), m, g, next, locale.Day(c.Now)))
}

// begun is the meeting of the address, whose day has come.
func (p *pages) begun(c *web.Context) (group.Meeting, group.Group, error) {
	m, g, err := p.at(c)
	if err == nil && m.On.After(locale.Day(c.Now)) {
		err = fault.New(fault.Conflict, "group.early")
	}
	return m, g, err
}

func paperForm(c *web.Context, f form.Form, m group.Meeting) *ask.Page {
	return &ask.Page{Title: c.T("group.paper"), Lede: m.GroupName, Form: f, Button: "group.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Text(f, form.Field{Name: "title", Key: "group.paper.title"}),
			form.Radios(f, form.Field{Name: "purpose", Key: "group.purpose", Options: form.Options("group.purpose", group.Purposes...)}),
			form.Text(f, form.Field{Name: "presenter", Key: "group.presenter"}),
			form.TextArea(f, form.Field{Name: "words", Key: "group.words", Rows: 12, Max: group.MostPaper}),
		}
	}}
}

// waits is the meeting of the address, which was not held yet.
func (p *pages) waits(c *web.Context) (group.Meeting, error) {
	m, _, err := p.at(c)
	if err == nil && m.Held {
		err = fault.New(fault.Conflict, "group.changed")
	}
	return m, err
}

func (p *pages) paper(c *web.Context) error {
	m, err := p.waits(c)
	if err != nil {
		return err
	}
	return paperForm(c, form.Fresh(), m).Answer(c, meetingPath(m.ID))
}

func (p *pages) paperPost(c *web.Context) error {
	m, err := p.waits(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := group.Paper{ID: id, Title: f.Get("title"), Purpose: f.Get("purpose"), Presenter: f.Get("presenter"), Words: f.Get("words")}
	a := paperForm(c, f, m)
	if a.Found(in.Check()) {
		return a.Answer(c, meetingPath(m.ID))
	}
	return p.saved(c, p.s.Paper(c.Ctx(), c.Actor, c.Now, m.ID, in, nil), meetingPath(m.ID))
}

// saved says so and goes on, unless there was an error.
func (p *pages) saved(c *web.Context, err error, on string) error {
	if err != nil {
		return err
	}
	c.Flash("group.saved")
	return c.Redirect(on)
}

func decisionForm(c *web.Context, f form.Form, m group.Meeting) *ask.Page {
	return &ask.Page{Title: c.T("group.decision"), Lede: c.T("group.decision.lede"), Form: f, Button: "group.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.TextArea(f, form.Field{Name: "what", Key: "group.decided", Rows: 3, Max: group.MostWords}),
			form.TextArea(f, form.Field{Name: "why", Key: "group.decided.why", Rows: 3, Max: group.MostWords}),
		}
	}}
}

func (p *pages) decision(c *web.Context) error {
	m, _, err := p.begun(c)
	if err != nil {
		return err
	}
	return decisionForm(c, form.Fresh(), m).Answer(c, meetingPath(m.ID))
}

func (p *pages) decisionPost(c *web.Context) error {
	m, _, err := p.begun(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := group.Decision{ID: id, What: f.Get("what"), Why: f.Get("why")}
	a := decisionForm(c, f, m)
	if a.Found(in.Check()) {
		return a.Answer(c, meetingPath(m.ID))
	}
	return p.saved(c, p.s.Decide(c.Ctx(), c.Actor, c.Now, m.ID, in), meetingPath(m.ID))
}

func actionForm(c *web.Context, f form.Form, m group.Meeting) *ask.Page {
	return &ask.Page{Title: c.T("group.action"), Lede: m.GroupName, Form: f, Button: "group.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.TextArea(f, form.Field{Name: "what", Key: "group.action.what", Rows: 3, Max: group.MostWords}),
			form.Text(f, form.Field{Name: "owner", Key: "group.action.owner"}),
			form.Date(f, form.Field{Name: "due", Key: "group.due"}),
		}
	}}
}

func (p *pages) action(c *web.Context) error {
	m, _, err := p.begun(c)
	if err != nil {
		return err
	}
	return actionForm(c, form.Fresh(), m).Answer(c, meetingPath(m.ID))
}

func (p *pages) actionPost(c *web.Context) error {
	m, _, err := p.begun(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := group.Action{ID: id, What: f.Get("what"), Owner: f.Get("owner"), Promise: due.Promise{Due: f.Day("due")}}
	a := actionForm(c, f, m)
	if a.Found(in.Check(locale.Day(c.Now))) {
		return a.Answer(c, meetingPath(m.ID))
	}
	return p.saved(c, p.s.Agree(c.Ctx(), c.Actor, c.Now, m.ID, in), meetingPath(m.ID))
}

func heldForm(c *web.Context, f form.Form, m group.Meeting, g group.Group) *ask.Page {
	var who []form.Option
	for _, x := range g.On(m.On) {
		who = append(who, form.Option{Value: x.ID.String(), Text: x.Name + ", " + x.Body})
	}
	return &ask.Page{Title: c.T("group.held"), Lede: c.T("group.held.lede"), Form: f, Button: "group.save", Questions: func(f form.Form) (out []templ.Component) {
		if len(who) > 0 {
			out = append(out, form.Checkboxes(f, form.Field{Name: "came", Key: "group.came", Options: who}))
		}
		return append(out, form.TextArea(f, form.Field{Name: "note", Key: "group.note", Rows: 3, Max: group.MostWords}))
	}}
}

func (p *pages) held(c *web.Context) error {
	m, g, err := p.begun(c)
	if err == nil && m.Held {
		err = fault.New(fault.Conflict, "group.changed")
	}
	if err != nil {
		return err
	}
	return heldForm(c, form.Of(url.Values{}), m, g).Answer(c, meetingPath(m.ID))
}

func (p *pages) heldPost(c *web.Context) error {
	m, g, err := p.begun(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	var ids []uuid.UUID
	for _, v := range f.All("came") {
		id, err := uuid.Parse(v)
		if err != nil {
			return fault.Missing("member")
		}
		ids = append(ids, id)
	}
	f.Limit("note", group.MostWords)
	if len(ids) == 0 && len(g.On(m.On)) > 0 {
		f.Faults.Add("came", "group.came.empty")
	}
	if a := heldForm(c, f, m, g); a.Found(nil) {
		return a.Answer(c, meetingPath(m.ID))
	}
	return p.saved(c, p.s.Hold(c.Ctx(), c.Actor, c.Now, m.ID, ids, f.Get("note")), meetingPath(m.ID))
}

func doneForm(c *web.Context, f form.Form, x group.Action) *ask.Page {
	return &ask.Page{Title: c.T("group.done"), Lede: strings.TrimSuffix(x.What, ".") + ". " + x.Owner, Form: f, Button: "group.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Date(f, form.Field{Name: "on", Key: "group.done.on"}),
			form.TextArea(f, form.Field{Name: "outcome", Key: "group.outcome", Rows: 3, Max: group.MostWords}),
		}
	}}
}

// todo is the action of the address, which is open.
func (p *pages) todo(c *web.Context) (group.Action, error) {
	id, err := c.ID("id")
	if err != nil {
		return group.Action{}, err
	}
	x, err := p.s.Action(c.Ctx(), c.Actor, c.Now, id)
	if err == nil && !x.Promise.Open() {
		err = fault.New(fault.Conflict, "group.changed")
	}
	return x, err
}

func (p *pages) done(c *web.Context) error {
	x, err := p.todo(c)
	if err != nil {
		return err
	}
	return doneForm(c, form.Of(url.Values{}), x).Answer(c, path(x.Group))
}

func (p *pages) donePost(c *web.Context) error {
	x, err := p.todo(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	on := f.Day("on")
	a := doneForm(c, f, x)
	if a.Found(group.CheckDone(on, f.Get("outcome"), locale.Day(c.Now))) {
		return a.Answer(c, path(x.Group))
	}
	return p.saved(c, p.s.Done(c.Ctx(), c.Actor, c.Now, x.ID, on, f.Get("outcome")), path(x.Group))
}
