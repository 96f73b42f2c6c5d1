package workforceweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
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

func askPost(c *web.Context, t workforce.Team, f form.Form, self uuid.UUID) *asking {
	ctx := c.Ctx()
	a := &asking{form: f, button: "workforce.save", lede: c.T("workforce.post.lede")}
	var skills []form.Option
	for _, s := range t.Pack.Skills {
		skills = append(skills, form.Option{Value: s.Key, Text: s.Name})
	}
	return a.with(func(f form.Form) []field {
		return []field{
			text(f, "title", "workforce.title", 0),
			choose(f, "role", "workforce.role", roleOptions(ctx, t.Pack)),
			choose(f, "band", "workforce.band", bandOptions(ctx, "workforce.choose")),
			text(f, "salary", "workforce.salary", 10),
			text(f, "heads", "workforce.heads", 4),
			text(f, "wte", "workforce.wte", 5),
			text(f, "in_post", "workforce.in_post", 4),
			date(f, "vacant_since", "workforce.vacant_since"),
			text(f, "years", "workforce.years", 4),
			radios(f, "funding", "workforce.funding", form.Options("workforce.funding", workforce.Fundings...)),
			date(f, "contract_ends", "workforce.contract_ends"),
			boxes(f, "skills", "workforce.skills", skills),
			choose(f, "successor", "workforce.successor", postOptions(t, self, c.T("workforce.successor.none"))),
			choose(f, "ready", "workforce.ready", append([]form.Option{{Value: "", Key: "workforce.choose"}}, form.Options("workforce.ready", workforce.Readies...)...)),
		}
	})
}

// readPost reads the form of a post.
func readPost(f *form.Form, id uuid.UUID) workforce.PostIn {
	in := workforce.PostIn{ID: id, Title: f.Get("title"), Role: f.Get("role"), Band: f.Get("band"), WTE: number(*f, "wte"), Heads: whole(*f, "heads"), InPost: whole(*f, "in_post"), Years: number(*f, "years"),
		Funding: f.Get("funding"), Skills: f.All("skills"), Ready: f.Get("ready")}
	if f.Get("salary") != "" {
		in.Salary = whole(*f, "salary")
	}
	in.VacantSince, in.ContractEnds = day(f, "vacant_since"), day(f, "contract_ends")
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
	f, err := fresh()
	if err != nil {
		return err
	}
	a := askPost(c, t, f, uuid.Nil)
	a.title = c.T("workforce.post.add")
	return a.answer(c, "/workforce")
}

func (p *pages) postAddPost(c *web.Context) error {
	t, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := own(f)
	if err != nil {
		return err
	}
	in := readPost(&f, id)
	a := askPost(c, t, f, id)
	a.title = c.T("workforce.post.add")
	a.found(t.Pack.CheckPost(in, t.Posts, locale.Day(c.Now)))
	if a.form.Bad() {
		return a.answer(c, "/workforce")
	}
	if err := p.s.AddPost(c.Ctx(), c.Actor, c.Now, in); err != nil {
		return err
	}
	c.Flash("workforce.saved")
	return c.Redirect("/workforce")
}

func postForm(x workforce.Post) form.Form {
	f := form.Of(url.Values{"seen": {stamp(x.Changed)}, "title": {x.Title}, "role": {x.Role}, "band": {x.Band}, "heads": {strconv.Itoa(x.Heads)}, "wte": {plain(x.WTE)}, "in_post": {strconv.Itoa(x.InPost)},
		"years": {plain(x.Years)}, "funding": {x.Funding}, "skills": x.Skills, "ready": {x.Ready}})
	if x.Salary > 0 {
		f.Values.Set("salary", strconv.Itoa(x.Salary))
	}
	if x.Successor != uuid.Nil {
		f.Values.Set("successor", x.Successor.String())
	}
	setDay(f, "vacant_since", x.VacantSince)
	setDay(f, "contract_ends", x.ContractEnds)
	return f
}

// plain writes a number as somebody would type it.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (p *pages) postChange(c *web.Context) error {
	t, x, err := one(p, c, workforce.Team.Post)
	if err != nil {
		return err
	}
	return p.postAsk(c, askPost(c, t, postForm(x), x.ID), x)
}

func (p *pages) postAsk(c *web.Context, a *asking, x workforce.Post) error {
	a.title = c.T("workforce.post.change", "title", x.Title)
	a.extra = []link{{x.Path() + "/end", c.T("workforce.post.end", "title", x.Title)}}
	return a.answer(c, "/workforce")
}

func (p *pages) postChangePost(c *web.Context) error {
	t, x, err := one(p, c, workforce.Team.Post)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := readPost(&f, x.ID)
	a := askPost(c, t, f, x.ID)
	a.found(t.Pack.CheckPost(in, t.Posts, locale.Day(c.Now)))
	if a.form.Bad() {
		return p.postAsk(c, a, x)
	}
	if err := p.s.ChangePost(c.Ctx(), c.Actor, c.Now, seen(f), in); err != nil {
		return err
	}
	c.Flash("workforce.saved")
	return c.Redirect("/workforce")
}

func askEnd(c *web.Context, f form.Form, x workforce.Post) *asking {
	a := &asking{title: c.T("workforce.post.end", "title", x.Title), form: f, button: "workforce.end.button", lede: c.T("workforce.end.lede")}
	return a.with(func(f form.Form) []field { return []field{date(f, "on", "workforce.end.on")} })
}

func (p *pages) postEnd(c *web.Context) error {
	_, x, err := one(p, c, workforce.Team.Post)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	setDay(f, "on", locale.Day(c.Now))
	return askEnd(c, f, x).answer(c, x.Path())
}

func (p *pages) postEndPost(c *web.Context) error {
	_, x, err := one(p, c, workforce.Team.Post)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	on := day(&f, "on")
	a := askEnd(c, f, x)
	a.found(workforce.CheckEnd(on, locale.Day(c.Now)))
	if a.form.Bad() {
		return a.answer(c, x.Path())
	}
	if err := p.s.EndPost(c.Ctx(), c.Actor, c.Now, x.ID, on); err != nil {
		return err
	}
	c.Flash("workforce.end.saved")
	return c.Redirect("/workforce")
}
