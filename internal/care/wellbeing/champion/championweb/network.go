package championweb

import (
	"net/url"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) network(c *web.Context) error {
	of := uuid.Nil
	if text := c.R.URL.Query().Get("organisation"); text != "" {
		id, err := uuid.Parse(text)
		if err != nil {
			return fault.Missing("organisation")
		}
		of = id
	}
	n, err := p.s.Network(c.Ctx(), c.Actor, c.Now, of)
	if err != nil {
		return err
	}
	return c.Render(networkPage(c.Page("champion.network.title", ""), netView{n, p.s.Pack(), locale.Day(c.Now), p.base}))
}

func memberPath(id uuid.UUID) string { return "/champions/members/" + id.String() }

func netPath(organisation uuid.UUID) string {
	return network + "?organisation=" + organisation.String()
}

func teamsPath(organisation uuid.UUID) string { return "/champions/teams/" + organisation.String() }

// find gives a champion of the network who is one today.
func (p *pages) find(c *web.Context) (champion.Champion, error) {
	id, err := c.ID("id")
	if err != nil {
		return champion.Champion{}, err
	}
	return p.s.Member(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) member(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	params := c.Page("form.page", netPath(x.Organisation), "title", x.Name)
	return c.Render(memberPage(params, memberRows(c.Ctx(), x, p.s.Pack(), locale.Day(c.Now)), x, x.Active(locale.Day(c.Now))))
}

func trainingForm(c *web.Context, f form.Form, x champion.Champion) *ask.Page {
	return &ask.Page{Title: c.T("champion.training.title", "name", x.Name), Form: f, Button: "champion.training.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Radios(f, form.Field{Name: "kind", Key: "champion.training.kind", Options: form.Options("champion.training.kind", "first", "refresher")}), form.Date(f, form.Field{Name: "on", Key: "champion.training.on"})}
	}}
}

func (p *pages) training(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	kind := "first"
	if len(x.Trained) > 0 {
		kind = "refresher"
	}
	return trainingForm(c, form.Of(url.Values{"kind": {kind}}), x).Answer(c, memberPath(x.ID))
}

func (p *pages) trainingPost(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	on := f.Day("on")
	a := trainingForm(c, f, x)
	if a.Found(champion.CheckTraining(f.Get("kind"), on, x, locale.Day(c.Now))) {
		return a.Answer(c, memberPath(x.ID))
	}
	return c.Done(p.s.Train(c.Ctx(), c.Actor, c.Now, x.ID, f.Get("kind"), on), "champion.trained", memberPath(x.ID))
}

func (p *pages) thanks(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Thank(c.Ctx(), c.Actor, c.Now, id), "champion.thanked", memberPath(id))
}

func (p *pages) ends(c *web.Context) (e end, err error) {
	x, err := p.find(c)
	return end{of: x, by: champion.ByService, title: c.T("champion.end.title", "name", x.Name), lede: c.T("champion.end.lede"), back: memberPath(x.ID), take: memberPath(x.ID) + "/stay", done: "champion.ended"}, err
}

func (p *pages) end(c *web.Context) error {
	e, err := p.ends(c)
	if err != nil {
		return err
	}
	return e.show(c)
}

func (p *pages) endPost(c *web.Context) error {
	e, err := p.ends(c)
	if err != nil {
		return err
	}
	return e.save(c, func(was, on civil.Date) error { return p.s.End(c.Ctx(), c.Actor, c.Now, e.of.ID, was, on) })
}

func (p *pages) keep(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Keep(c.Ctx(), c.Actor, c.Now, id), "champion.kept", memberPath(id))
}

func (p *pages) teams(c *web.Context) error {
	organisation, err := c.ID("organisation")
	if err != nil {
		return err
	}
	of, m, err := p.s.Teams(c.Ctx(), c.Actor, c.Now, organisation)
	if err != nil {
		return err
	}
	return c.Render(teamsPage(c.Page("champion.map.all", netPath(organisation)), of.Name, teamsOf(c, m, teamsPath(organisation))))
}

func (p *pages) link(c *web.Context) error {
	organisation, err := c.ID("organisation")
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	return c.Done(p.s.MakeLink(c.Ctx(), c.Actor, c.Now, organisation, id), "champion.link.made", netPath(organisation))
}

func (p *pages) closeLink(c *web.Context) error {
	organisation, err := c.ID("organisation")
	if err != nil {
		return err
	}
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.CloseLink(c.Ctx(), c.Actor, c.Now, organisation, id), "champion.link.closed", netPath(organisation))
}

func (p *pages) kits(c *web.Context) error {
	all, err := p.s.Kits(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(kitsPage(c.Page("champion.kits.title", network), all))
}

func kitForm(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("champion.kit.add"), Lede: c.T("champion.kit.lede"), Form: f, Button: "champion.kit.send", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "kind", Key: "champion.kit.kind", Options: form.Options("champion.kit.kind", champion.Kinds...)}),
			form.Text(f, form.Field{Name: "title", Key: "champion.kit.title"}),
			form.TextArea(f, form.Field{Name: "words", Key: "champion.kit.words", Rows: 8, Max: champion.MaxWords}),
			form.Text(f, form.Field{Name: "link", Key: "champion.kit.link"}),
		}
	}}
}

func (p *pages) kitAdd(c *web.Context) error { return kitForm(c, form.Fresh()).Answer(c, kitsAt) }

func (p *pages) kitAddPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	k := champion.Kit{ID: id, Kind: f.Get("kind"), Title: f.Get("title"), Words: f.Get("words"), Link: f.Get("link")}
	a := kitForm(c, f)
	if a.Found(champion.CheckKit(k)) {
		return a.Answer(c, kitsAt)
	}
	return c.Done(p.s.Publish(c.Ctx(), c.Actor, c.Now, k), "champion.kit.sent", kitsAt)
}

func (p *pages) kitWithdraw(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.WithdrawKit(c.Ctx(), c.Actor, c.Now, id), "champion.kit.withdrawn", kitsAt)
}
