package groupweb

import (
	"context"
	"slices"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/due"
	"github.com/rowan-ohwb/rowan/internal/growth/network/group"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// top is what the first page begins with: actions that are overdue or due soon, the longest overdue first.
func top(all []group.Group, today civil.Date) (out []group.Action) {
	for _, g := range all {
		for _, x := range g.Open() {
			if s := x.State(today); s == due.Overdue || s == due.Soon {
				out = append(out, x)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b group.Action) int { return a.Compare(b.Promise) })
	return out
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	today := locale.Day(c.Now)
	return c.Render(listPage(c.Page("group.title", ""), all, top(all, today), today))
}

// meets says when a group meets next, or that it does not.
func meets(ctx context.Context, g group.Group, today civil.Date) string {
	if m, ok := g.Next(today); ok {
		return locale.T(ctx, "group.next", "day", m.On.Long(), "at", m.At)
	}
	return locale.T(ctx, "group.next.none")
}

func addForm(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("group.add"), Form: f, Button: "group.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "kind", Key: "group.kind", Options: form.Options("group.kind", group.Kinds...)}),
			form.Text(f, form.Field{Name: "name", Key: "group.name"}),
			form.TextArea(f, form.Field{Name: "remit", Key: "group.remit", Rows: 4, Max: group.MostRemit}),
		}
	}}
}

func (p *pages) add(c *web.Context) error { return addForm(c, form.Fresh()).Answer(c, home) }

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := group.In{ID: id, Kind: f.Get("kind"), Name: f.Get("name"), Remit: f.Get("remit")}
	a := addForm(c, f)
	if a.Found(in.Check()) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Add(c.Ctx(), c.Actor, c.Now, in), "group.saved", path(id))
}

func (p *pages) find(c *web.Context) (group.Group, error) {
	id, err := c.ID("id")
	if err != nil {
		return group.Group{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, c.Now, id)
}

// open is the group of the address, which still meets.
func (p *pages) open(c *web.Context) (group.Group, error) {
	g, err := p.find(c)
	if err == nil && g.Closed {
		err = fault.New(fault.Conflict, "group.changed")
	}
	return g, err
}

func (p *pages) one(c *web.Context) error {
	g, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(groupPage(c.Page("form.page", home, "title", g.Name), g, locale.Day(c.Now)))
}

func (p *pages) close(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Close(c.Ctx(), c.Actor, c.Now, id), "group.closed.done", path(id))
}

func joinForm(c *web.Context, f form.Form, g group.Group) *ask.Page {
	return &ask.Page{Title: c.T("group.join"), Lede: g.Name, Form: f, Button: "group.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Text(f, form.Field{Name: "name", Key: "group.member.name"}),
			form.Text(f, form.Field{Name: "body", Key: "group.member.body"}),
			form.Radios(f, form.Field{Name: "part", Key: "group.part", Options: form.Options("group.part", group.Parts...)}),
			form.Date(f, form.Field{Name: "from", Key: "group.from"}),
		}
	}}
}

func (p *pages) join(c *web.Context) error {
	g, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	form.SetDay(f.Values, "from", locale.Day(c.Now))
	return joinForm(c, f, g).Answer(c, path(g.ID))
}

func (p *pages) joinPost(c *web.Context) error {
	g, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := group.MemberIn{ID: id, Name: f.Get("name"), Body: f.Get("body"), Part: f.Get("part"), From: f.Day("from")}
	a := joinForm(c, f, g)
	if a.Found(in.Check(locale.Day(c.Now))) {
		return a.Answer(c, path(g.ID))
	}
	return c.Done(p.s.Join(c.Ctx(), c.Actor, c.Now, g.ID, in), "group.saved", path(g.ID))
}

func (p *pages) leave(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	member, err := c.ID("member")
	if err != nil {
		return err
	}
	return c.Done(p.s.Leave(c.Ctx(), c.Actor, c.Now, id, member), "group.left.done", path(id))
}

func meetForm(c *web.Context, f form.Form, g group.Group) *ask.Page {
	return &ask.Page{Title: c.T("group.meet"), Lede: g.Name, Form: f, Button: "group.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Date(f, form.Field{Name: "on", Key: "group.on"}),
			form.Text(f, form.Field{Name: "at", Key: "group.at", Width: 5}),
			form.Text(f, form.Field{Name: "place", Key: "group.place"}),
		}
	}}
}

func (p *pages) meet(c *web.Context) error {
	g, err := p.open(c)
	if err != nil {
		return err
	}
	return meetForm(c, form.Fresh(), g).Answer(c, path(g.ID))
}

func (p *pages) meetPost(c *web.Context) error {
	g, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := group.MeetingIn{ID: id, On: f.Day("on"), At: f.Get("at"), Place: f.Get("place")}
	a := meetForm(c, f, g)
	if a.Found(in.Check(locale.Day(c.Now))) {
		return a.Answer(c, path(g.ID))
	}
	return c.Done(p.s.Plan(c.Ctx(), c.Actor, c.Now, g.ID, in), "group.saved", meetingPath(id))
}

// came names who of the group came to a meeting, and who did not.
func came(g group.Group, m group.Meeting) (in, out []string) {
	for _, x := range g.On(m.On) {
		line := x.Name + ", " + x.Body
		if slices.Contains(m.Came, x.ID) {
			in = append(in, line)
		} else {
			out = append(out, line)
		}
	}
	return in, out
}

// of are the decisions of one meeting.
func of(g group.Group, meeting uuid.UUID) (out []group.Decision) {
	for _, d := range g.Decisions {
		if d.Meeting == meeting {
			out = append(out, d)
		}
	}
	return out
}

// agreed are the actions of one meeting.
func agreed(g group.Group, meeting uuid.UUID) (out []group.Action) {
	for _, x := range g.Actions {
		if x.Meeting == meeting {
			out = append(out, x)
		}
	}
	return out
}
