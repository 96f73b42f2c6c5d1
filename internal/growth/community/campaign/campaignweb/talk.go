package campaignweb

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/campaign"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) talks(c *web.Context) error {
	all, err := p.s.Talks(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(talksPage(c.Page("campaign.talks", home), all))
}

func askTalk(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("campaign.talk.add"), Form: f, Button: "campaign.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Date(f, form.Field{Name: "on", Key: "campaign.talk.on"}),
			form.Text(f, form.Field{Name: "place", Key: "campaign.place"}),
			form.Radios(f, form.Field{Name: "audience", Key: "campaign.heard", Options: form.Options("campaign.heard", campaign.Audiences...)}),
			form.Text(f, form.Field{Name: "listeners", Key: "campaign.listeners", Width: 5}),
		}
	}}
}

func (p *pages) talkAdd(c *web.Context) error { return askTalk(c, form.Fresh()).Answer(c, talks) }

func (p *pages) talkAddPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := campaign.TalkIn{ID: id, On: f.Day("on"), Place: f.Get("place"), Audience: f.Get("audience"), Listeners: f.Whole("listeners")}
	a := askTalk(c, f)
	if a.Found(campaign.CheckTalk(in, locale.Day(c.Now))) {
		return a.Answer(c, talks)
	}
	return c.Done(p.s.AddTalk(c.Ctx(), c.Actor, c.Now, in), "campaign.saved", talks)
}

func askEnquiries(c *web.Context, f form.Form, t campaign.Talk) *ask.Page {
	return &ask.Page{Title: c.T("campaign.enquiries.title", "place", t.Place, "day", t.On.Long()), Form: f, Button: "campaign.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Text(f, form.Field{Name: "enquiries", Key: "campaign.enquiries", Width: 5})}
	}}
}

func (p *pages) talk(c *web.Context) (campaign.Talk, error) {
	id, err := c.ID("id")
	if err != nil {
		return campaign.Talk{}, err
	}
	all, err := p.s.Talks(c.Ctx(), c.Actor)
	for _, t := range all {
		if t.ID == id {
			return t, err
		}
	}
	if err == nil {
		err = fault.Missing("talk")
	}
	return campaign.Talk{}, err
}

func (p *pages) enquiries(c *web.Context) error {
	t, err := p.talk(c)
	if err != nil {
		return err
	}
	v := url.Values{}
	if t.Counted {
		v.Set("enquiries", strconv.Itoa(t.Enquiries))
	}
	return askEnquiries(c, form.Of(v), t).Answer(c, talks)
}

func (p *pages) enquiriesPost(c *web.Context) error {
	t, err := p.talk(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	n := f.Whole("enquiries")
	a := askEnquiries(c, f, t)
	if a.Found(campaign.CheckPeople("enquiries", n)) {
		return a.Answer(c, talks)
	}
	return c.Done(p.s.Enquired(c.Ctx(), c.Actor, c.Now, t.ID, n), "campaign.saved", talks)
}
