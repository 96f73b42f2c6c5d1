package callweb

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// back is where the list leads back to: an ICS has no programme.
func back(c *web.Context) string {
	if c.Actor.Role == access.NationalLead {
		return "/nation"
	}
	return "/community"
}

func (p *pages) kept(c *web.Context) error {
	all, err := p.s.Kept(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(keptPage(c.Page("call.title.kept", back(c)), all, locale.Day(c.Now)))
}

// tag says where a call stands.
func tag(ctx context.Context, x call.Call, today civil.Date) nhsuk.TagParams {
	t := func(key, colour string) nhsuk.TagParams {
		return nhsuk.TagParams{Text: locale.T(ctx, "call.state."+key), Colour: colour}
	}
	switch {
	case x.Open(today):
		return t("open", "green")
	case x.Waits(today):
		return t("waits", "orange")
	case x.State == call.Answered:
		return t("answered", "blue")
	}
	return t(string(x.State), "grey")
}

// share says how many chose an option, or one of several.
func share(ctx context.Context, x call.Share) string {
	n, _ := x.People.Value()
	if len(x.Options) == 1 {
		return locale.T(ctx, "call.share", "option", x.Options[0], "n", n)
	}
	return locale.T(ctx, "call.share.together", "options", strings.Join(x.Options, "; "), "n", n)
}

func callForm(c *web.Context, f form.Form, fresh bool) *ask.Page {
	return &ask.Page{Title: c.T("call.add"), Lede: c.T("call.add.lede"), Form: f, Button: "call.save", Questions: func(f form.Form) (out []templ.Component) {
		if fresh && c.Actor.Role == access.NationalLead {
			out = append(out, form.Radios(f, form.Field{Name: "kind", Key: "call.kind", Options: form.Options("call.kind", call.Kinds...)}))
		}
		if c.Actor.Role == access.NationalLead {
			out = append(out, form.Radios(f, form.Field{Name: "asks", Key: "call.asks.whom", Options: form.Options("call.asks.whom", call.Audiences(c.Actor.Role)...)}))
		}
		out = append(out, form.Text(f, form.Field{Name: "title", Key: "call.title"}), form.TextArea(f, form.Field{Name: "about", Key: "call.about", Rows: 6, Max: call.MostAbout}))
		if fresh || f.Get("kind") != string(call.Cases) {
			out = append(out, form.TextArea(f, form.Field{Name: "questions", Key: "call.questions", Rows: 6}))
		}
		return append(out, form.Date(f, form.Field{Name: "closes", Key: "call.closes"}))
	}}
}

// read reads what was written. An ICS asks its members, and asks them questions.
func read(c *web.Context, f *form.Form) call.In {
	if c.Actor.Role != access.NationalLead {
		f.Values.Set("kind", string(call.Survey))
		f.Values.Set("asks", call.Members)
	}
	return call.In{Asks: f.Get("asks"), Kind: call.Kind(f.Get("kind")), Title: f.Get("title"), About: f.Get("about"), Questions: f.Get("questions"), Closes: f.Day("closes")}
}

func (p *pages) add(c *web.Context) error { return callForm(c, form.Fresh(), true).Answer(c, kept) }

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := read(c, &f)
	in.ID = id
	a := callForm(c, f, true)
	if a.Found(in.Check(c.Actor.Role, locale.Day(c.Now))) {
		return a.Answer(c, kept)
	}
	return p.saved(c, p.s.Add(c.Ctx(), c.Actor, c.Now, in), "call.saved", keptPath(id))
}

// saved says so and goes on, unless there was an error.
func (p *pages) saved(c *web.Context, err error, said, on string) error {
	if err != nil {
		return err
	}
	c.Flash(said)
	return c.Redirect(on)
}

func (p *pages) find(c *web.Context) (call.Call, []call.Reply, error) {
	id, err := c.ID("id")
	if err != nil {
		return call.Call{}, nil, err
	}
	return p.s.Find(c.Ctx(), c.Actor, id)
}

func (p *pages) one(c *web.Context) error {
	x, replies, err := p.find(c)
	if err != nil {
		return err
	}
	var heard []call.Heard
	if x.Asks == call.Members {
		if heard, err = p.s.Heard(c.Ctx(), c.Actor, c.Now, x); err != nil {
			return err
		}
	}
	return c.Render(callPage(c.Page("form.page", kept, "title", x.Title), x, call.Results(x.Asked, replies), heard, locale.Day(c.Now)))
}

// draft is the call of the address, which was not published.
func (p *pages) draft(c *web.Context) (call.Call, error) {
	x, _, err := p.find(c)
	if err == nil && x.State != call.Draft {
		err = fault.New(fault.Conflict, "call.changed")
	}
	return x, err
}

func (p *pages) edit(c *web.Context) error {
	x, err := p.draft(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"version": {strconv.Itoa(x.Version)}, "kind": {string(x.Kind)}, "asks": {x.Asks}, "title": {x.Title}, "about": {x.About}, "questions": {x.Questions}})
	form.SetDay(f.Values, "closes", x.Closes)
	return callForm(c, f, false).Answer(c, keptPath(x.ID))
}

func (p *pages) editPost(c *web.Context) error {
	x, err := p.draft(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	f.Values.Set("kind", string(x.Kind))
	in := read(c, &f)
	if in.ID, in.Version = x.ID, f.Whole("version"); in.Version < 1 || in.Version > x.Version {
		return fault.Missing("form")
	}
	a := callForm(c, f, false)
	if a.Found(in.Check(c.Actor.Role, locale.Day(c.Now))) {
		return a.Answer(c, keptPath(x.ID))
	}
	return p.saved(c, p.s.Change(c.Ctx(), c.Actor, c.Now, in), "call.saved", keptPath(x.ID))
}

func (p *pages) publish(c *web.Context) error {
	x, _, err := p.find(c)
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(c.Text("version"))
	if err != nil {
		return fault.New(fault.Conflict, "call.changed")
	}
	return p.saved(c, p.s.Publish(c.Ctx(), c.Actor, c.Now, x.ID, version), "call.published", keptPath(x.ID))
}

func (p *pages) withdraw(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return p.saved(c, p.s.Withdraw(c.Ctx(), c.Actor, c.Now, id), "call.withdrawn", kept)
}

func tellForm(c *web.Context, f form.Form, x call.Call) *ask.Page {
	return &ask.Page{Title: c.T("call.tell"), Lede: c.T("call.tell.lede", "title", x.Title), Form: f, Button: "call.tell.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.TextArea(f, form.Field{Name: "said", Key: "call.said", Rows: 6, Max: call.MostTold}),
			form.TextArea(f, form.Field{Name: "did", Key: "call.did", Rows: 6, Max: call.MostTold}),
		}
	}}
}

// over is the call of the address, which waits for what came of it.
func (p *pages) over(c *web.Context) (call.Call, error) {
	x, _, err := p.find(c)
	if err == nil && !x.Waits(locale.Day(c.Now)) {
		err = fault.New(fault.Conflict, "call.changed")
	}
	return x, err
}

func (p *pages) tell(c *web.Context) error {
	x, err := p.over(c)
	if err != nil {
		return err
	}
	return tellForm(c, form.Of(url.Values{}), x).Answer(c, keptPath(x.ID))
}

func (p *pages) tellPost(c *web.Context) error {
	x, err := p.over(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := tellForm(c, f, x)
	if a.Found(call.CheckTold(f.Get("said"), f.Get("did"))) {
		return a.Answer(c, keptPath(x.ID))
	}
	return p.saved(c, p.s.Tell(c.Ctx(), c.Actor, c.Now, x.ID, f.Get("said"), f.Get("did")), "call.told", keptPath(x.ID))
}
