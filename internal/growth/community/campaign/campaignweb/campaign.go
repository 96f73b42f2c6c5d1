package campaignweb

import (
	"context"
	"net/url"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/effect"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/community/campaign"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// view is one campaign.
type view struct {
	campaign.Campaign
	Reason string // in words
	Reach  []campaign.Reach
	Effect *campaign.Effect // nil for whoever may not see it, and before it starts
	Kits   bool             // the reader may send the champions a kit
	Today  civil.Date
}

// judgement is what may be said of the effect.
func (v view) judgement(ctx context.Context) string {
	e := v.Effect
	switch {
	case e.Hidden:
		return locale.T(ctx, "campaign.effect.hidden")
	case e.Early:
		return locale.T(ctx, "campaign.effect.early", "before", e.Verdict.MonthsBefore, "after", e.Verdict.MonthsAfter)
	}
	key := map[effect.Judgement]string{effect.Improved: "as_hoped", effect.NoClaim: "no_claim", effect.OtherWay: "other_way"}[e.Verdict.Judgement]
	return locale.T(ctx, "campaign.effect."+key, "before", whole(e.Verdict.Before), "after", whole(e.Verdict.After), "low", whole(max(e.Verdict.Low, 0)), "high", whole(e.Verdict.High))
}

func whole(x float64) int { return int(x + 0.5) }

// line is the months as they may be shown.
func (v view) line(ctx context.Context) chart.Line {
	floor := 0.0
	l := chart.Line{ID: "effect", Title: v.Reason, Floor: &floor, Dates: v.Effect.Months, Marks: []chart.Mark{{Date: v.Starts, Text: locale.T(ctx, "campaign.effect.start")}}}
	for _, f := range v.Effect.Counts {
		n, ok := f.Value()
		value := spc.Number{}
		if ok {
			value = spc.Some(float64(n))
		}
		l.Values = append(l.Values, value)
	}
	return l
}

// about says what a campaign is about in words.
func (p *pages) about(c *web.Context, code string) string {
	for _, r := range p.s.Reasons() {
		if r.Code == code {
			return r.Name
		}
	}
	return c.T("campaign.reason.all")
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	var views []view
	for _, x := range all {
		views = append(views, view{Campaign: x, Reason: p.about(c, x.Reason), Today: locale.Day(c.Now)})
	}
	return c.Render(listPage(c.Page("campaign.title", ""), views))
}

func (p *pages) find(c *web.Context) (campaign.Campaign, error) {
	id, err := c.ID("id")
	if err != nil {
		return campaign.Campaign{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, id)
}

func (p *pages) one(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	v := view{Campaign: x, Reason: p.about(c, x.Reason), Kits: c.May(campaign.Read), Today: locale.Day(c.Now)}
	if v.Reach, err = p.s.ReachOf(c.Ctx(), c.Actor, x.ID); err != nil {
		return err
	}
	if c.May(campaign.Read) && x.Stage(v.Today) != "planned" {
		e, err := p.s.Effect(c.Ctx(), c.Actor, c.Now, x)
		if err != nil {
			return err
		}
		v.Effect = &e
	}
	return c.Render(onePage(c.Page("form.page", home, "title", x.Title), v))
}

// askCampaign asks what a campaign is. begun leaves out what stays from its first day on.
func (p *pages) askCampaign(c *web.Context, f form.Form, title string, begun bool) *ask.Page {
	a := &ask.Page{Title: title, Form: f, Button: "campaign.save"}
	reasons := []form.Option{{Value: "", Key: "campaign.choose"}, {Value: campaign.Every, Key: "campaign.reason.all"}}
	for _, r := range p.s.Reasons() {
		reasons = append(reasons, form.Option{Value: r.Code, Text: r.Name})
	}
	a.Questions = func(f form.Form) []templ.Component {
		out := []templ.Component{
			form.Text(f, form.Field{Name: "title", Key: "campaign.name"}),
			form.Text(f, form.Field{Name: "audience", Key: "campaign.audience"}),
			form.TextArea(f, form.Field{Name: "message", Key: "campaign.message", Max: 1000}),
			form.Text(f, form.Field{Name: "material", Key: "campaign.material", Type: "url"}),
		}
		if !begun {
			out = append(out, form.Select(f, form.Field{Name: "reason", Key: "campaign.reason", Options: reasons}),
				form.Radios(f, form.Field{Name: "hoped", Key: "campaign.hoped", Options: form.Options("campaign.hoped", campaign.Hopes...)}),
				form.Date(f, form.Field{Name: "starts", Key: "campaign.starts"}))
		}
		return append(out, form.Date(f, form.Field{Name: "ends", Key: "campaign.ends"}))
	}
	return a
}

func typed(f *form.Form) campaign.In {
	return campaign.In{Title: f.Get("title"), Audience: f.Get("audience"), Message: f.Get("message"), Material: f.Get("material"), Reason: f.Get("reason"), Hoped: f.Get("hoped"),
		Starts: f.Day("starts", "campaign.starts"), Ends: f.Day("ends", "campaign.ends")}
}

func (p *pages) add(c *web.Context) error {
	return p.askCampaign(c, form.Fresh(), c.T("campaign.add"), false).Answer(c, home)
}

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := typed(&f)
	in.ID = id
	a := p.askCampaign(c, f, c.T("campaign.add"), false)
	if a.Found(campaign.Check(in, p.s.Reasons())) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Add(c.Ctx(), c.Actor, c.Now, in), "campaign.saved", home)
}

func (p *pages) change(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	v := url.Values{"title": {x.Title}, "audience": {x.Audience}, "message": {x.Message}, "material": {x.Material}, "reason": {x.In.Reason}, "hoped": {x.Hoped}, "seen": {form.Stamp(x.Changed)}}
	form.SetDay(v, "starts", x.Starts)
	form.SetDay(v, "ends", x.Ends)
	return p.askCampaign(c, form.Of(v), c.T("campaign.change"), x.Stage(locale.Day(c.Now)) != "planned").Answer(c, x.Path())
}

func (p *pages) changePost(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	begun := x.Stage(locale.Day(c.Now)) != "planned"
	in := typed(&f)
	in.ID = x.ID
	if begun {
		in.Reason, in.Hoped, in.Starts = x.In.Reason, x.Hoped, x.Starts
	}
	a := p.askCampaign(c, f, c.T("campaign.change"), begun)
	if a.Found(campaign.Check(in, p.s.Reasons())) {
		return a.Answer(c, x.Path())
	}
	return c.Done(p.s.Change(c.Ctx(), c.Actor, c.Now, f.Seen(), in), "campaign.saved", x.Path())
}

func askReach(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("campaign.reach.add"), Lede: c.T("campaign.reach.lede"), Form: f, Button: "campaign.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "channel", Key: "campaign.channel", Options: form.Options("campaign.channel", campaign.Channels...)}),
			form.Date(f, form.Field{Name: "on", Key: "campaign.on"}),
			form.Text(f, form.Field{Name: "n", Key: "campaign.n", Width: 10}),
		}
	}}
}

func (p *pages) reach(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	return askReach(c, form.Of(url.Values{})).Answer(c, x.Path())
}

func (p *pages) reachPost(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	r := campaign.Reach{Channel: f.Get("channel"), On: f.Day("on"), N: f.Whole("n")}
	a := askReach(c, f)
	if a.Found(campaign.CheckReach(r, x, locale.Day(c.Now))) {
		return a.Answer(c, x.Path())
	}
	return c.Done(p.s.Count(c.Ctx(), c.Actor, c.Now, x.ID, r), "campaign.saved", x.Path())
}

func (p *pages) withdraw(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Withdraw(c.Ctx(), c.Actor, c.Now, x.ID), "campaign.withdrawn", home)
}
