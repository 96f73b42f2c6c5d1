package workforceweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// one finds what an address names.
func one[T any](p *pages, c *web.Context, get func(workforce.Team, uuid.UUID) (T, bool)) (t workforce.Team, x T, err error) {
	id, err := c.ID("id")
	if err != nil {
		return t, x, err
	}
	if t, err = p.find(c); err != nil {
		return t, x, err
	}
	x, ok := get(t, id)
	if !ok {
		return t, x, fault.Missing("workforce")
	}
	return t, x, nil
}

func roleOptions(ctx context.Context, pack workforce.Pack) []form.Option {
	out := []form.Option{{Value: "", Text: locale.T(ctx, "workforce.choose")}}
	for _, r := range pack.Roles {
		out = append(out, form.Option{Value: r.Key, Text: r.Name})
	}
	return out
}

func bandOptions(ctx context.Context, none string) []form.Option {
	out := []form.Option{{Value: "", Text: locale.T(ctx, none)}}
	for _, b := range workforce.Bands() {
		out = append(out, form.Option{Value: b, Text: bandName(ctx, b)})
	}
	return out
}

// postOptions lists the posts, without one.
func postOptions(t workforce.Team, without uuid.UUID, none string) []form.Option {
	out := []form.Option{{Value: "", Text: none}}
	for _, p := range t.Posts {
		if p.ID != without {
			out = append(out, form.Option{Value: p.ID.String(), Text: p.Title})
		}
	}
	return out
}

func askPost(c *web.Context, t workforce.Team, f form.Form, self uuid.UUID) *ask.Page {
	ctx := c.Ctx()
	a := &ask.Page{Form: f, Button: "workforce.save", Lede: c.T("workforce.post.lede")}
	var skills []form.Option
	for _, s := range t.Pack.Skills {
		skills = append(skills, form.Option{Value: s.Key, Text: s.Name})
	}
	a.Questions = func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Text(f, form.Field{Name: "title", Key: "workforce.title"}),
			form.Select(f, form.Field{Name: "role", Key: "workforce.role", Options: roleOptions(ctx, t.Pack)}),
			form.Select(f, form.Field{Name: "band", Key: "workforce.band", Options: bandOptions(ctx, "workforce.choose")}),
			form.Text(f, form.Field{Name: "salary", Key: "workforce.salary", Width: 10}),
			form.Text(f, form.Field{Name: "heads", Key: "workforce.heads", Width: 4}),
			form.Text(f, form.Field{Name: "wte", Key: "workforce.wte", Width: 5}),
			form.Text(f, form.Field{Name: "in_post", Key: "workforce.in_post", Width: 4}),
			form.Date(f, form.Field{Name: "vacant_since", Key: "workforce.vacant_since"}),
			form.Text(f, form.Field{Name: "years", Key: "workforce.years", Width: 4}),
			form.Radios(f, form.Field{Name: "funding", Key: "workforce.funding", Options: form.Options("workforce.funding", workforce.Fundings...)}),
			form.Date(f, form.Field{Name: "contract_ends", Key: "workforce.contract_ends"}),
			form.Select(f, form.Field{Name: "zone", Key: "workforce.zone.post", Options: zones("workforce.zone.as", workforce.Zones())}),
			form.Checkboxes(f, form.Field{Name: "skills", Key: "workforce.skills", Options: skills}),
			form.Select(f, form.Field{Name: "successor", Key: "workforce.successor", Options: postOptions(t, self, c.T("workforce.successor.none"))}),
			form.Select(f, form.Field{Name: "ready", Key: "workforce.ready", Options: append([]form.Option{{Value: "", Key: "workforce.choose"}}, form.Options("workforce.ready", workforce.Readies...)...)}),
		}
	}
	return a
}

// readPost reads the form of a post.
func readPost(f *form.Form, id uuid.UUID) workforce.PostIn {
	in := workforce.PostIn{ID: id, Title: f.Get("title"), Role: f.Get("role"), Band: f.Get("band"), WTE: number(*f, "wte"), Heads: f.Whole("heads"), InPost: f.Whole("in_post"), Years: number(*f, "years"),
		Funding: f.Get("funding"), Zone: f.Get("zone"), Skills: f.All("skills"), Ready: f.Get("ready")}
	if f.Get("salary") != "" {
		in.Salary = f.Whole("salary")
	}
	in.VacantSince, in.ContractEnds = f.Day("vacant_since"), f.Day("contract_ends")
	if s := f.Get("successor"); s != "" {
		if in.Successor, _ = uuid.Parse(s); in.Successor == uuid.Nil {
			in.Successor = id // forged: a post cannot be its own
		}
	}
	return in
}

func (p *pages) postAdd(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	a := askPost(c, t, f, uuid.Nil)
	a.Title = c.T("workforce.post.add")
	return a.Answer(c, "/workforce")
}

func (p *pages) postAddPost(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := readPost(&f, id)
	a := askPost(c, t, f, id)
	a.Title = c.T("workforce.post.add")
	a.Found(t.Pack.CheckPost(in, t.Posts, locale.Day(c.Now)))
	if a.Form.Bad() {
		return a.Answer(c, "/workforce")
	}
	return c.Done(p.s.AddPost(c.Ctx(), c.Actor, c.Now, in), "workforce.saved", "/workforce")
}

func postForm(x workforce.Post, today civil.Date) form.Form {
	f := form.Of(url.Values{"seen": {form.Stamp(x.Changed)}, "title": {x.Title}, "role": {x.Role}, "band": {x.Band}, "heads": {strconv.Itoa(x.Heads)}, "wte": {locale.Plain(x.WTE)}, "in_post": {strconv.Itoa(x.InPost)},
		"years": {locale.Plain(x.YearsShown(today))}, "funding": {x.Funding}, "zone": {x.Zone}, "skills": x.Skills, "ready": {x.Ready}})
	if x.Salary > 0 {
		f.Values.Set("salary", strconv.Itoa(x.Salary))
	}
	if x.Successor != uuid.Nil {
		f.Values.Set("successor", x.Successor.String())
	}
	form.SetDay(f.Values, "vacant_since", x.VacantSince)
	form.SetDay(f.Values, "contract_ends", x.ContractEnds)
	return f
}

// zones are the high-cost areas to choose from; the first choice is what holds without one.
func zones(first string, all []string) []form.Option {
	return append([]form.Option{{Key: first}}, form.Options("workforce.zone", all...)...)
}

func (p *pages) postChange(c *web.Context) error {
	t, x, err := one(p, c, workforce.Team.Post)
	if err != nil {
		return err
	}
	return p.postAsk(c, askPost(c, t, postForm(x, locale.Day(c.Now)), x.ID), x)
}

func (p *pages) postAsk(c *web.Context, a *ask.Page, x workforce.Post) error {
	a.Title = c.T("workforce.post.change", "title", x.Title)
	a.Links = []ask.Link{{Path: x.Path() + "/end", Text: c.T("workforce.post.end", "title", x.Title)}}
	return a.Answer(c, "/workforce")
}

func (p *pages) postChangePost(c *web.Context) error {
	t, x, err := one(p, c, workforce.Team.Post)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := readPost(&f, x.ID)
	a := askPost(c, t, f, x.ID)
	a.Found(t.Pack.CheckPost(in, t.Posts, locale.Day(c.Now)))
	if a.Form.Bad() {
		return p.postAsk(c, a, x)
	}
	return c.Done(p.s.ChangePost(c.Ctx(), c.Actor, c.Now, f.Seen(), in), "workforce.saved", "/workforce")
}

func askEnd(c *web.Context, f form.Form, x workforce.Post) *ask.Page {
	a := &ask.Page{Title: c.T("workforce.post.end", "title", x.Title), Form: f, Button: "workforce.end.button", Lede: c.T("workforce.end.lede")}
	a.Questions = func(f form.Form) []templ.Component {
		return []templ.Component{form.Date(f, form.Field{Name: "on", Key: "workforce.end.on"})}
	}
	return a
}

func (p *pages) postEnd(c *web.Context) error {
	_, x, err := one(p, c, workforce.Team.Post)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	form.SetDay(f.Values, "on", locale.Day(c.Now))
	return askEnd(c, f, x).Answer(c, x.Path())
}

func (p *pages) postEndPost(c *web.Context) error {
	_, x, err := one(p, c, workforce.Team.Post)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	on := f.Day("on")
	a := askEnd(c, f, x)
	a.Found(workforce.CheckEnd(on, locale.Day(c.Now)))
	if a.Form.Bad() {
		return a.Answer(c, x.Path())
	}
	return c.Done(p.s.EndPost(c.Ctx(), c.Actor, c.Now, x.ID, on), "workforce.end.saved", "/workforce")
}
