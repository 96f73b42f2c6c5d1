// Package peopleplanweb is the people plan of an ICS for its lead, and the actions that an organisation was asked to take part in.
package peopleplanweb

import (
	"context"
	"encoding/csv"
	"math"
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

const (
	home  = "/system/people-plan"
	joint = "/joint-actions"
)

func action(id uuid.UUID) string { return home + "/actions/" + id.String() }

type pages struct{ s *peopleplan.Service }

// Routes of the slice.
func Routes(s *peopleplan.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, peopleplan.Read, p.plan),
		on("GET", home+"/export", peopleplan.Read, p.export),
		on("GET", home+"/actions/add", peopleplan.Keep, p.add),
		on("POST", home+"/actions/add", peopleplan.Keep, p.addPost),
		on("GET", home+"/actions/{id}", peopleplan.Read, p.action),
		on("GET", home+"/actions/{id}/end", peopleplan.Keep, p.end),
		on("POST", home+"/actions/{id}/end", peopleplan.Keep, p.endPost),
		on("GET", joint, peopleplan.Join, p.joint),
		on("POST", joint+"/{id}/agree", peopleplan.Join, p.agree),
		on("POST", joint+"/{id}/decline", peopleplan.Join, p.decline),
	}
}

func (p *pages) plan(c *web.Context) error {
	x, err := p.s.Plan(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	all, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(planPage(c.Page("people.page", "/system"), x, all, locale.Day(c.Now)))
}

// export is the plan as a table: each number with of how many organisations it is, and by which definitions.
func (p *pages) export(c *web.Context) error {
	x, err := p.s.Plan(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	c.Attach(web.CSV, "people-plan.csv")
	out := csv.NewWriter(c.W)
	rows := [][]string{{"what", "profession", "band", "year", "low", "high", "organisations", "of", "definition"}}
	add := func(what, role, band, year string, low, high float64, n int, metrics ...string) {
		rows = append(rows, []string{what, role, band, year, number(low), number(high), strconv.Itoa(n), strconv.Itoa(x.Of), definitions(c.Ctx(), metrics...)})
	}
	for _, k := range x.Places() {
		add("posts", k.Role, k.Band, "", x.Now[k], x.Now[k], x.N[peopleplan.Posts], peopleplan.Posts)
		for _, y := range x.PlannedYears() {
			add("planned", k.Role, k.Band, strconv.Itoa(y), x.Planned[y][k], x.Planned[y][k], x.N[peopleplan.Posts], peopleplan.Posts)
		}
	}
	for _, r := range append(slices.Clone(peopleplan.Roles), peopleplan.All) {
		if wte, ok := x.InPost[r]; ok {
			half := float64(x.InPostN[r] * disclosure.StockRounding)
			add("in_post", r, "", "", wte-half, wte+half, x.InPostN[r], peopleplan.Staffing)
		}
	}
	for _, y := range x.PlannedYears() {
		if x.Both > 0 {
			half := float64(x.Both * disclosure.StockRounding)
			add("expected", "", "", strconv.Itoa(y), x.Coming[y]-half, x.Coming[y]+half, x.Both, peopleplan.Staffing)
			add("gap", "", "", strconv.Itoa(y), x.Gap[y]-half, x.Gap[y]+half, x.Both, peopleplan.Posts, peopleplan.Staffing)
		}
	}
	if x.Retire.N > 0 {
		add("retirements", "", "", "", x.Retire.Low, x.Retire.High, x.Retire.N, peopleplan.Retirements)
	}
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	return out.Error()
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (p *pages) addForm(c *web.Context, f form.Form) (*ask.Page, []uuid.UUID, error) {
	members, err := p.s.Members(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return nil, nil, err
	}
	var options []form.Option
	var ids []uuid.UUID
	for _, m := range members {
		options, ids = append(options, form.Option{Value: m.ID.String(), Text: m.Name}), append(ids, m.ID)
	}
	return &ask.Page{Title: c.T("people.add"), Lede: c.T("people.add.lede"), Form: f, Button: "people.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "kind", Key: "people.kind", Options: form.Options("people.kind", peopleplan.Kinds...)}),
			form.Text(f, form.Field{Name: "title", Key: "people.title"}),
			form.Select(f, form.Field{Name: "role", Key: "people.role", Options: append([]form.Option{{Key: "people.role.choose"}}, form.Options("skills.role", peopleplan.Roles...)...)}),
			form.Text(f, form.Field{Name: "owner", Key: "people.owner"}),
			form.Date(f, form.Field{Name: "due", Key: "people.due"}),
			form.Text(f, form.Field{Name: "wte", Key: "people.wte", Width: 4}),
			form.Checkboxes(f, form.Field{Name: "organisations", Key: "people.organisations", Options: options}),
		}
	}}, ids, nil
}

func (p *pages) add(c *web.Context) error {
	a, _, err := p.addForm(c, form.Fresh())
	if err != nil {
		return err
	}
	return a.Answer(c, home)
}

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := peopleplan.In{ID: id, Kind: f.Get("kind"), Title: f.Get("title"), Role: f.Get("role"), Owner: f.Get("owner"), Due: f.Day("due", "people.due")}
	if in.WTE, err = strconv.ParseFloat(f.Get("wte"), 64); err != nil || math.IsNaN(in.WTE) {
		in.WTE = 0
	}
	for _, text := range f.All("organisations") {
		m, err := uuid.Parse(text)
		if err != nil {
			return fault.Missing("organisation")
		}
		in.Organisation = append(in.Organisation, m)
	}
	a, ids, err := p.addForm(c, f)
	if err != nil {
		return err
	}
	if a.Found(in.Check(ids, locale.Day(c.Now))) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Add(c.Ctx(), c.Actor, c.Now, in), "people.saved", action(id))
}

// one is the action of the address.
func (p *pages) one(c *web.Context) (peopleplan.Action, error) {
	id, err := c.ID("id")
	if err != nil {
		return peopleplan.Action{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) action(c *web.Context) error {
	x, err := p.one(c)
	if err != nil {
		return err
	}
	readings, known, err := p.s.Follow(c.Ctx(), c.Actor, x)
	if err != nil {
		return err
	}
	return c.Render(actionPage(c.Page("form.page", home, "title", x.Title), x, readings, known, locale.Day(c.Now)))
}

func (p *pages) endForm(c *web.Context, f form.Form, x peopleplan.Action) *ask.Page {
	return &ask.Page{Title: c.T("people.end"), Lede: x.Title, Form: f, Button: "people.end.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "state", Key: "people.end.how", Options: form.Options("people.state", "done", "stopped")}),
			form.TextArea(f, form.Field{Name: "outcome", Key: "people.outcome", Rows: 4, Max: peopleplan.MostOutcome}),
		}
	}}
}

// ending is the action of the address, which is open.
func (p *pages) ending(c *web.Context) (peopleplan.Action, error) {
	x, err := p.one(c)
	if err == nil && x.State != "open" {
		err = fault.New(fault.Conflict, "people.over")
	}
	return x, err
}

func (p *pages) end(c *web.Context) error {
	x, err := p.ending(c)
	if err != nil {
		return err
	}
	return p.endForm(c, form.Form{}, x).Answer(c, action(x.ID))
}

func (p *pages) endPost(c *web.Context) error {
	x, err := p.ending(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := p.endForm(c, f, x)
	if a.Found(peopleplan.CheckEnd(f.Get("state"), f.Get("outcome"))) {
		return a.Answer(c, action(x.ID))
	}
	return c.Done(p.s.End(c.Ctx(), c.Actor, c.Now, x.ID, f.Get("state"), f.Get("outcome")), "people.ended", action(x.ID))
}

func (p *pages) joint(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(jointPage(c.Page("people.joint", ""), all, c.Actor.Organisation))
}

func (p *pages) agree(c *web.Context) error   { return p.decide(c, true, "people.joint.agreed") }
func (p *pages) decline(c *web.Context) error { return p.decide(c, false, "people.joint.declined") }

func (p *pages) decide(c *web.Context, agree bool, said string) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Decide(c.Ctx(), c.Actor, c.Now, id, agree), said, joint)
}

// mine is what the own organisation said.
func mine(x peopleplan.Action, own uuid.UUID) string {
	i := slices.IndexFunc(x.Parts, func(p peopleplan.Part) bool { return p.Member == own })
	if i < 0 {
		return ""
	}
	return x.Parts[i].State
}

// asAt says of which months the figures of a metric are.
func asAt(ctx context.Context, span [2]civil.Date) string {
	switch {
	case span[0].IsZero():
		return ""
	case span[0] == span[1]:
		return span[0].MonthYear()
	}
	return locale.T(ctx, "people.as_at_span", "from", span[0].MonthYear(), "until", span[1].MonthYear())
}
