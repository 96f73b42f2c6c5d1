package memberweb

import (
	"context"
	"net/url"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
)

// homeView is the first page.
type homeView struct {
	member.Community
	There, Host, Bands bool
	Me                 *member.Profile // nil for who is no member
	Due                string
	Listed             bool
	Parts              []noted
	Others             []member.Community // above them too; none for their host, which has its own
}

// choices lists the other communities: who is in none joins the one that they choose.
func (v homeView) choices(ctx context.Context) (out []layout.Row) {
	for _, o := range v.Others {
		r := layout.Row{Text: o.Name, Hint: []string{locale.T(ctx, "member.hosted", "host", o.HostName)}}
		if !v.Mine {
			r.Path = "/community/profile?id=" + o.ID.String()
		}
		out = append(out, r)
	}
	return out
}

func (p *pages) home(c *web.Context) error {
	all, at, err := p.s.Above(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	com, ok := member.Community{Home: at}, len(all) > 0
	if ok {
		com = all[0]
	}
	v := homeView{Community: com, There: ok, Host: c.May(member.Host), Bands: c.May(member.Offer)}
	if ok && com.In() {
		if v.Parts, err = p.noted(c); err != nil {
			return err
		}
	}
	if ok && !com.Hosted {
		v.Others = all[1:]
	}
	title := c.T("member.title")
	if ok {
		title = com.Name
	}
	if ok && com.Mine {
		me, err := p.s.Member(c.Ctx(), c.Actor, c.Now, c.Actor.Account)
		if err != nil {
			return err
		}
		v.Me, v.Due, v.Listed = &me, p.s.Pack().Due(me).Long(), p.s.Pack().Listed(me, locale.Day(c.Now))
	}
	return c.Render(homePage(c.Page("form.page", "", "title", title), v))
}

// noted is a part with what the reader is asked to do there.
type noted struct {
	Part
	Says string
}

func (p *pages) noted(c *web.Context) (out []noted, err error) {
	for _, x := range p.parts {
		n := noted{Part: x}
		if x.Note != nil {
			if n.Says, err = x.Note(c); err != nil {
				return nil, err
			}
		}
		out = append(out, n)
	}
	return out, nil
}

func askOpen(c *web.Context, f form.Form, key string) *ask.Page {
	return &ask.Page{Title: c.T(key), Lede: c.T("member.open.lede"), Form: f, Button: "member.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Text(f, form.Field{Name: "name", Key: "member.open.name"}), form.TextArea(f, form.Field{Name: "about", Key: "member.open.about", Max: member.MostAbout * 2})}
	}}
}

// hosted is the community of the actor's organisation; false before it is open.
func (p *pages) hosted(c *web.Context) (member.Community, bool, error) {
	com, ok, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	return com, ok && com.Hosted, err
}

func (p *pages) open(c *web.Context) error {
	com, ok, err := p.hosted(c)
	if err != nil {
		return err
	}
	if !ok {
		return askOpen(c, form.Of(url.Values{}), "member.open.title").Answer(c, home)
	}
	return askOpen(c, form.Of(url.Values{"name": {com.Name}, "about": {com.About}, "seen": {form.Stamp(com.Seen)}}), "member.open.change").Answer(c, home)
}

func (p *pages) openPost(c *web.Context) error {
	_, ok, err := p.hosted(c)
	if err != nil {
		return err
	}
	f, key := form.From(c.R), "member.open.title"
	if ok {
		key = "member.open.change"
	}
	in := member.OpenIn{Name: f.Get("name"), About: f.Get("about")}
	a := askOpen(c, f, key)
	if a.Found(member.CheckOpen(in)) {
		return a.Answer(c, home)
	}
	if ok {
		err = p.s.Describe(c.Ctx(), c.Actor, c.Now, f.Seen(), in)
	} else {
		err = p.s.Open(c.Ctx(), c.Actor, c.Now, in)
	}
	if err != nil {
		return err
	}
	c.Flash("member.opened")
	return c.Redirect(home)
}

// joining is the community that the actor is in, or else the one that a form names, or else the nearest.
func (p *pages) joining(c *web.Context, f form.Form) (member.Community, error) {
	all, _, err := p.s.Above(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return member.Community{}, err
	}
	for _, com := range all {
		if com.Mine || f.ID("id") == com.ID || f.Get("id") == "" {
			return com, nil
		}
	}
	return member.Community{}, fault.Missing("community")
}

func (p *pages) askProfile(c *web.Context, f form.Form, com member.Community) *ask.Page {
	a := &ask.Page{Title: c.T("member.join.title"), Lede: c.T("member.join.lede"), Form: f, Button: "member.join.button"}
	if com.Mine {
		a.Title, a.Lede, a.Button = c.T("member.profile"), c.T("member.profile.lede"), "member.confirm.button"
	}
	pack := p.s.Pack()
	professions := append([]form.Option{{Value: "", Key: "member.profession.choose"}}, form.Options("member.profession", pack.Professions...)...)
	a.Questions = func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Select(f, form.Field{Name: "profession", Key: "member.profession", Options: professions}),
			form.Radios(f, form.Field{Name: "home", Key: "member.home", Args: []any{"home", com.Home}, Options: form.Options("member.home", "yes", "no")}),
			form.Radios(f, form.Field{Name: "alone", Key: "member.alone", Options: form.Options("member.alone", "yes", "no")}),
			form.Radios(f, form.Field{Name: "mentors", Key: "member.mentors", Options: form.Options("member.mentors", "yes", "no")}),
			form.Checkboxes(f, form.Field{Name: "offers", Key: "member.offers", Options: p.elements()}),
			form.Checkboxes(f, form.Field{Name: "wants", Key: "member.wants", Options: p.elements()}),
			form.Checkboxes(f, form.Field{Name: "skills", Key: "member.skills", Options: form.Options("member.skill", pack.Skills...)}),
			form.Checkboxes(f, form.Field{Name: "interests", Key: "member.interests", Options: form.Options("member.interest", pack.Interests...)}),
			form.Text(f, form.Field{Name: "contact", Key: "member.contact", Type: "email"}),
			form.TextArea(f, form.Field{Name: "about", Key: "member.about", Max: member.MostAbout}),
		}
	}
	return a
}

func (p *pages) elements() (out []form.Option) {
	for _, e := range p.s.Elements() {
		out = append(out, form.Option{Value: e.Code, Text: e.Title})
	}
	return out
}

func (p *pages) profile(c *web.Context) error {
	com, err := p.joining(c, form.Of(c.R.URL.Query()))
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"id": {com.ID.String()}})
	if com.Mine {
		me, err := p.s.Member(c.Ctx(), c.Actor, c.Now, c.Actor.Account)
		if err != nil {
			return err
		}
		f = form.Of(url.Values{"id": {com.ID.String()}, "profession": {me.Profession}, "home": {yesNo(me.HomeName != "")}, "alone": {yesNo(me.Alone)}, "mentors": {yesNo(me.Mentors)}, "offers": me.Offers, "wants": me.Wants, "skills": me.Skills, "interests": me.Interests,
			"contact": {me.Contact}, "about": {me.About}})
	}
	return p.askProfile(c, f, com).Answer(c, home)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (p *pages) profilePost(c *web.Context) error {
	f := form.From(c.R)
	com, err := p.joining(c, f)
	if err != nil {
		return err
	}
	in := member.ProfileIn{Community: f.ID("id"), Profession: f.Get("profession"), ShowHome: f.Get("home"), Alone: f.Get("alone"), Mentors: f.Get("mentors"), Contact: f.Get("contact"), About: f.Get("about"),
		Skills: f.All("skills"), Interests: f.All("interests"), Offers: f.All("offers"), Wants: f.All("wants")}
	a := p.askProfile(c, f, com)
	if a.Found(p.s.Pack().Check(in, p.s.Elements(), locale.Day(c.Now))) {
		return a.Answer(c, home)
	}
	if err := p.s.Say(c.Ctx(), c.Actor, c.Now, in); err != nil {
		return err
	}
	if com.Mine {
		c.Flash("member.saved")
	} else {
		c.Flash("member.joined")
	}
	return c.Redirect(home)
}

// member's own pages are there for members.
func (p *pages) own(c *web.Context) error {
	com, err := p.s.Enter(c.Ctx(), c.Actor, c.Now)
	if err == nil && !com.Mine {
		err = fault.Missing("member")
	}
	return err
}

func (p *pages) leave(c *web.Context) error {
	if err := p.own(c); err != nil {
		return err
	}
	return (&ask.Page{Title: c.T("member.leave.title"), Lede: c.T("member.leave.lede"), Form: form.Of(url.Values{}), Button: "member.leave.button"}).Answer(c, home)
}

func (p *pages) leavePost(c *web.Context) error {
	if err := p.own(c); err != nil {
		return err
	}
	return c.Done(p.s.Leave(c.Ctx(), c.Actor, c.Now), "member.left", home)
}
