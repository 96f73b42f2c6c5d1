package conversationweb

import (
	"context"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/uptake"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) team(c *web.Context) error {
	all, err := p.s.Team(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(teamPage(c.Page("conversation.title", ""), teamTable(c.Ctx(), all), len(all) > 0))
}

func (p *pages) guide(c *web.Context) error {
	return c.Render(guidePage(c.Page("conversation.guide.title", home), p.s.Pack()))
}

func memberPath(person uuid.UUID) string { return "/conversations/team/" + person.String() }

func (p *pages) member(c *web.Context) error {
	m := c.Object.Value.(conversation.Member)
	return c.Render(memberPage(c.Page("form.page", home, "title", m.Name), m, p.s.Pack().Read.Months))
}

func (p *pages) offer(c *web.Context) error {
	m, f := c.Object.Value.(conversation.Member), form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	return c.Done(p.s.Offer(c.Ctx(), c.Actor, c.Now, id, m.Person), "conversation.offered", memberPath(m.Person))
}

// recordForm asks what came of a conversation. It has dates and choices, and no field that a sentence fits in.
func (p *pages) recordForm(c *web.Context, f form.Form, m conversation.Member) *ask.Page {
	pack := p.s.Pack()
	return &ask.Page{Title: c.T("conversation.record.title", "name", m.Name), Lede: c.T("conversation.record.lede"), Form: f, Button: "conversation.record.save", Questions: func(f form.Form) []templ.Component {
		with := append([]form.Option{{Value: "", Key: "conversation.with.unknown"}}, form.Options("conversation.with", pack.With...)...)
		return []templ.Component{
			form.Radios(f, form.Field{Name: "outcome", Key: "conversation.outcome", Options: form.Options("conversation.outcome", conversation.Outcomes...)}),
			form.Date(f, form.Field{Name: "on", Key: "conversation.on"}),
			form.Select(f, form.Field{Name: "with", Key: "conversation.with", Options: with}),
			form.Checkboxes(f, form.Field{Name: "actions", Key: "conversation.actions", Options: form.Options("conversation.action", pack.Actions...)}),
			form.Checkboxes(f, form.Field{Name: "signposts", Key: "conversation.signposts", Options: form.Options("conversation.signpost", pack.Signposts...)}),
			form.Date(f, form.Field{Name: "next", Key: "conversation.next"}),
		}
	}}
}

// about finds the conversation that a form is about; without an id in the path it is a new one. What the person answered themselves is
// not the manager's to change.
func about(c *web.Context, m conversation.Member) (x conversation.Conversation, seen string, found bool, err error) {
	if c.R.PathValue("id") == "" {
		return x, "", false, nil
	}
	id, err := c.ID("id")
	if err != nil {
		return x, "", false, err
	}
	x, seen, found = m.Find(id)
	if !found {
		return x, "", false, fault.Missing("conversation")
	}
	if x.ByPerson {
		return x, "", false, fault.New(fault.Conflict, "conversation.answered.stands")
	}
	return x, seen, true, nil
}

func (p *pages) record(c *web.Context) error {
	m := c.Object.Value.(conversation.Member)
	x, seen, found, err := about(c, m)
	if err != nil {
		return err
	}
	f := form.Fresh()
	if found {
		f = form.Of(url.Values{"id": {x.ID.String()}, "seen": {seen}, "with": {x.With}, "signposts": x.Signposts})
		for _, a := range x.Actions {
			f.Values.Add("actions", a.Code)
		}
		if !x.Awaits() {
			f.Values.Set("outcome", x.State)
		}
		form.SetDay(f.Values, "on", x.On())
		form.SetDay(f.Values, "next", x.Next)
	}
	return p.recordForm(c, f, m).Answer(c, memberPath(m.Person))
}

func (p *pages) recordPost(c *web.Context) error {
	m, f := c.Object.Value.(conversation.Member), form.From(c.R)
	x, stands, found, err := about(c, m)
	if err != nil {
		return err
	}
	id := x.ID
	if !found {
		if id, err = f.Own(); err != nil {
			return err
		}
	}
	in := conversation.In{Outcome: f.Get("outcome"), On: f.Day("on", "conversation.on"), With: f.Get("with"), Actions: f.All("actions"), Signposts: f.All("signposts"), Next: f.Day("next", "conversation.next")}
	a := p.recordForm(c, f, m)
	seen := f.Get("seen")
	if found == (seen == "") { // a form that was not made by this page
		return fault.Missing("form")
	}
	if seen != stands { // shown beside what was typed; who saves it again has seen it
		f.Values.Set("seen", stands)
		a.Form.Faults.Add("outcome", "conversation.changed.how", "how", now(c.Ctx(), x))
	}
	if a.Found(p.s.Pack().Check(in, x, locale.Day(c.Now))) {
		return a.Answer(c, memberPath(m.Person))
	}
	return c.Done(p.s.Record(c.Ctx(), c.Actor, c.Now, id, m.Person, seen, in), "conversation.recorded", memberPath(m.Person))
}

func (p *pages) done(c *web.Context) error {
	m := c.Object.Value.(conversation.Member)
	x, _, _, err := about(c, m)
	if err != nil {
		return err
	}
	return c.Done(p.s.Done(c.Ctx(), c.Actor, c.Now, x.ID, m.Person, c.R.PathValue("code")), "conversation.done", memberPath(m.Person))
}

func (p *pages) uptake(c *web.Context) error {
	b, err := p.s.Uptake(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return uptakePage.Render(c, b)
}

func standing(ctx context.Context, m conversation.Member) string {
	return locale.T(ctx, "conversation.standing."+m.Standing, "day", m.Due.Long())
}

func teamTable(ctx context.Context, all []conversation.Member) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "conversation.team"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "conversation.name"), locale.T(ctx, "conversation.standing"), locale.T(ctx, "conversation.last"), locale.T(ctx, "conversation.todo"))}
	for _, m := range all {
		last, todo := locale.T(ctx, "conversation.never"), 0
		for _, x := range m.All {
			todo += len(x.Open())
		}
		if x, ok := m.Last(); ok {
			last = outcome(ctx, x)
			if x.Disputed {
				last += ". " + locale.T(ctx, "conversation.disputed.short")
			}
		}
		row := nhsuk.Cells(m.Name, standing(ctx, m), last, locale.Number(todo))
		row[0].Href = memberPath(m.Person)
		t.Rows = append(t.Rows, row)
	}
	return t
}

// disputed is the key of where an objection stands.
func disputed(x conversation.Conversation) string {
	if x.Changed {
		return "changed"
	}
	return "open"
}

// ownPath is where somebody says something to one of theirs.
func ownPath(x conversation.Conversation, what string) templ.SafeURL {
	return templ.SafeURL(mine + "/" + x.ID.String() + "/" + what)
}

// now says in a line how one stands, and what the person said to it themselves.
func now(ctx context.Context, x conversation.Conversation) string {
	how := outcome(ctx, x)
	if x.Disputed {
		how += ". " + locale.T(ctx, "conversation.disputed.short")
	}
	return how
}

// outcome says in a line what became of one.
func outcome(ctx context.Context, x conversation.Conversation) string {
	return locale.T(ctx, "conversation.state."+x.State, "day", x.Day().Long())
}

func rows(ctx context.Context, x conversation.Conversation) nhsuk.SummaryListParams {
	all := []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "conversation.outcome.short"), outcome(ctx, x))}
	if !x.Requested.IsZero() && x.State != conversation.Requested {
		all = append(all, nhsuk.Row(locale.T(ctx, "conversation.requested.short"), x.Requested.Long()))
	}
	if !x.Offered.IsZero() && x.State != conversation.Offered {
		all = append(all, nhsuk.Row(locale.T(ctx, "conversation.offered.short"), x.Offered.Long()))
	}
	if x.With != "" {
		all = append(all, nhsuk.Row(locale.T(ctx, "conversation.with.short"), locale.T(ctx, "conversation.with."+x.With)))
	}
	if x.ByPerson {
		all = append(all, nhsuk.Row(locale.T(ctx, "conversation.answered_by"), locale.T(ctx, "conversation.answered_by.person")))
	}
	if len(x.Actions) > 0 {
		var names []string
		for _, a := range x.Actions {
			name := locale.T(ctx, "conversation.action."+a.Code)
			if !a.Done.IsZero() {
				name = locale.T(ctx, "conversation.action.done", "name", name, "day", a.Done.Long())
			}
			names = append(names, name)
		}
		all = append(all, nhsuk.Row(locale.T(ctx, "conversation.actions.short"), strings.Join(names, "; ")))
	}
	if len(x.Signposts) > 0 {
		var names []string
		for _, code := range x.Signposts {
			names = append(names, locale.T(ctx, "conversation.signpost."+code))
		}
		all = append(all, nhsuk.Row(locale.T(ctx, "conversation.signposts.short"), strings.Join(names, "; ")))
	}
	if !x.Next.IsZero() {
		all = append(all, nhsuk.Row(locale.T(ctx, "conversation.next.short"), x.Next.Long()))
	}
	return nhsuk.SummaryListParams{Rows: all}
}

var uptakePage = uptake.Page[conversation.Shown]{
	TitleKey: "conversation.uptake.title", LedeKey: "conversation.uptake.lede", NoneKey: "conversation.uptake.none", OfKey: "conversation.uptake.of", HowKey: "conversation.uptake.how",
	Columns: []uptake.Column[conversation.Shown]{
		{HeadKey: "uptake.people", Cell: func(ctx context.Context, n conversation.Shown) string { return uptake.Number(ctx, n.People) }},
		{HeadKey: "conversation.uptake.held", Cell: held},
		{HeadKey: "conversation.uptake.share", Cell: share},
	},
}

func held(ctx context.Context, n conversation.Shown) string {
	if n.Nearly {
		return locale.T(ctx, "conversation.uptake.nearly")
	}
	return uptake.Number(ctx, n.Held)
}

func share(ctx context.Context, n conversation.Shown) string {
	if percent, ok := n.Share(); ok {
		return locale.T(ctx, "uptake.percent", "n", percent)
	}
	return locale.T(ctx, "conversation.uptake.without")
}
