package pooledweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system/systemview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) list(c *web.Context) error {
	o, err := p.s.Offer(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	runs, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("pooled.title", "/system"), o, runs, c.May(pooled.Run)))
}

func label(ctx context.Context, m pooled.Member) string {
	return systemview.Label(ctx, m.Name, m.Code)
}

// names joins the professions of a run, in words.
func names(ctx context.Context, professions []string) string {
	out := make([]string, len(professions))
	for i, x := range professions {
		out[i] = locale.T(ctx, "pooled.profession."+x)
	}
	return locale.And(ctx, out)
}

// offered are the services that can be pooled, in numbers.
func offered(ctx context.Context, members []pooled.Member, definition string) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "pooled.offered", "definition", definition), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "network.organisation"), locale.T(ctx, "pooled.demand"), locale.T(ctx, "pooled.given"), locale.T(ctx, "pooled.waiting"), locale.T(ctx, "pooled.as_at"))}
	for _, m := range members {
		t.Rows = append(t.Rows, nhsuk.Cells(label(ctx, m), tenth(m.Model.Demand), tenth(m.Model.Given), strconv.Itoa(int(m.Model.List)), m.Month.MonthYear()))
	}
	return t
}

func asked(ctx context.Context, runs []pooled.Ran) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "pooled.runs"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "pooled.run"), locale.T(ctx, "pooled.services"), locale.T(ctx, "pooled.outcome"), locale.T(ctx, "pooled.run.at"))}
	for _, r := range runs {
		outcome := locale.T(ctx, "pooled.state."+string(r.State))
		if r.Result != nil {
			all := r.Result.All
			outcome = locale.T(ctx, "pooled.outcome.says", "before", whole(all.Apart[pooled.Within].Middle), "after", whole(all.Together[pooled.Within].Middle), "n", r.Inputs.Target)
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: locale.T(ctx, "pooled.run.title", "professions", names(ctx, r.Inputs.Professions)), Href: home + "/" + r.ID.String()},
			{Text: strconv.Itoa(len(r.Inputs.Members))}, {Text: outcome}, {Text: locale.DateTime(r.At)}})
	}
	return t
}

func (p *pages) question(c *web.Context, f form.Form, o pooled.Offer) *ask.Page {
	var members, professions []form.Option
	for _, m := range o.Members {
		members = append(members, form.Option{Value: m.ID(), Text: label(c.Ctx(), m)})
	}
	for _, x := range o.Professions() {
		professions = append(professions, form.Option{Value: x, Key: "pooled.profession." + x})
	}
	return &ask.Page{Title: c.T("pooled.add"), Lede: c.T("pooled.add.lede"), Form: f, Button: "pooled.run.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Checkboxes(f, form.Field{Name: "members", Key: "pooled.members", Options: members}),
			form.Checkboxes(f, form.Field{Name: "professions", Key: "pooled.professions", Options: professions}),
			form.Text(f, form.Field{Name: "lost", Key: "pooled.lost", Width: 3})}
	}}
}

// usualLost is what stands in the form at first, in percent: no figure is known to us, so none would be less honest than a small one.
const usualLost = 5

func (p *pages) add(c *web.Context) error {
	o, err := p.s.Offer(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if len(o.Professions()) == 0 {
		return c.Redirect(home) // which says why
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	values := url.Values{"id": {id.String()}, "lost": {strconv.Itoa(usualLost)}, "professions": o.Professions()}
	for _, m := range o.Members {
		values.Add("members", m.ID())
	}
	return p.question(c, form.Of(values), o).Answer(c, home)
}

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := uuid.Parse(f.Get("id"))
	if err != nil {
		return fault.Missing("run")
	}
	o, err := p.s.Offer(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if len(o.Professions()) == 0 {
		return c.Redirect(home)
	}
	x := pooled.Answers{Members: f.All("members"), Professions: f.All("professions")}
	f.Required("lost", "pooled.lost.range")
	if n, ok := f.Int("lost", "pooled.lost.range", 0, pooled.MostLost); ok {
		x.Lost = n
	}
	a := p.question(c, f, o)
	if a.Found(o.Check(x)) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Ask(c.Ctx(), c.Actor, c.Now, id, x), "pooled.asked", home+"/"+id.String())
}

func (p *pages) show(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	r, stale, err := p.s.Find(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	params := c.Page("pooled.run.page", home)
	params.Title = c.T("pooled.run.title", "professions", names(c.Ctx(), r.Inputs.Professions))
	return c.Render(runPage(params, r, stale, c.May(pooled.Run)))
}
