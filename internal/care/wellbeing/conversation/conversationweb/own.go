package conversationweb

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) mine(c *web.Context) error {
	m, err := p.s.Mine(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(minePage(c.Page("conversation.mine.title", "/my"), m))
}

func (p *pages) ask(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	return c.Done(p.s.Ask(c.Ctx(), c.Actor, c.Now, id), "conversation.asked", mine)
}

// said runs a command about one of the actor's own, and goes back to the list.
func said(c *web.Context, flash string, run func(uuid.UUID) error) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(run(id), flash, mine)
}

func (p *pages) takeBack(c *web.Context) error {
	return said(c, "conversation.taken_back", func(id uuid.UUID) error { return p.s.TakeBack(c.Ctx(), c.Actor, c.Now, id) })
}

func (p *pages) answer(c *web.Context) error {
	return said(c, "conversation.answered", func(id uuid.UUID) error { return p.s.Answer(c.Ctx(), c.Actor, c.Now, id, c.Text("answer")) })
}

func (p *pages) dispute(c *web.Context) error {
	return said(c, "conversation.disputed.said", func(id uuid.UUID) error { return p.s.Dispute(c.Ctx(), c.Actor, c.Now, id) })
}

func (p *pages) settle(c *web.Context) error {
	return said(c, "conversation.settled", func(id uuid.UUID) error { return p.s.Settle(c.Ctx(), c.Actor, c.Now, id) })
}

func (p *pages) plan(c *web.Context) error {
	x, err := p.s.Plan(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(planPage(c.Page("conversation.plan.title", "/my"), x))
}

// partForm asks for a part of the plan; standing is what another window saved meanwhile, nil where nothing was.
func partForm(c *web.Context, f form.Form, x conversation.OwnPlan, key string, standing *conversation.Part) *ask.Page {
	lede := c.T("conversation.part." + key + ".lede")
	if x.Read(key) {
		lede += " " + c.T("conversation.part.read")
	}
	return &ask.Page{Title: c.T("conversation.part." + key), Lede: lede, Form: f, Button: "conversation.plan.save", Questions: func(f form.Form) []templ.Component {
		words := form.TextArea(f, form.Field{Name: "words", Key: "conversation.plan.words", Rows: 8, Max: conversation.MaxPart})
		if standing == nil {
			return []templ.Component{words}
		}
		return []templ.Component{words, standingPart(*standing)}
	}}
}

func partKey(c *web.Context) (string, error) {
	key := c.R.PathValue("part")
	if !slices.Contains(conversation.Parts, key) {
		return "", fault.Missing("part")
	}
	return key, nil
}

func (p *pages) part(c *web.Context) error {
	key, err := partKey(c)
	if err != nil {
		return err
	}
	x, err := p.s.Plan(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	had, _ := x.Part(key)
	return partForm(c, form.Of(url.Values{"words": {had.Words}, "seen": {form.Stamp(had.Changed)}}), x, key, nil).Answer(c, planAt)
}

func (p *pages) partPost(c *web.Context) error {
	key, err := partKey(c)
	if err != nil {
		return err
	}
	x, err := p.s.Plan(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	seen, bad := f.Seen(), conversation.CheckPart(f.Get("words"))
	var standing *conversation.Part
	if had, _ := x.Part(key); !had.Changed.Equal(seen) { // shown beside what was typed; who saves it again has seen it
		standing = &had
		f.Values.Set("seen", form.Stamp(had.Changed))
		bad.Add("words", "conversation.plan.changed.how")
	}
	a := partForm(c, f, x, key, standing)
	if a.Found(bad) {
		return a.Answer(c, planAt)
	}
	return c.Done(p.s.Write(c.Ctx(), c.Actor, c.Now, seen, key, f.Get("words")), "conversation.plan.saved", planAt)
}

func shareForm(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("conversation.share.title"), Lede: c.T("conversation.share.lede"), Form: f, Button: "conversation.share.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Checkboxes(f, form.Field{Name: "parts", Key: "conversation.share.parts", Options: form.Options("conversation.part", conversation.Parts...)})}
	}}
}

func (p *pages) share(c *web.Context) error {
	x, err := p.s.Plan(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	if x.Manager == uuid.Nil {
		return fault.Missing("manager")
	}
	f := form.Of(url.Values{"seen": {x.Mark()}})
	if x.Share != nil {
		f.Values["parts"] = x.Share.Parts
	}
	return shareForm(c, f).Answer(c, planAt)
}

func (p *pages) sharePost(c *web.Context) error {
	x, err := p.s.Plan(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	seen, bad := f.Get("seen"), conversation.CheckShare(f.All("parts"))
	if seen != x.Mark() { // asked again, so that nobody shares more, or with another, than they were shown
		f.Values.Set("seen", x.Mark())
		bad.Add("parts", "conversation.share.changed.how")
	}
	a := shareForm(c, f)
	if a.Found(bad) {
		return a.Answer(c, planAt)
	}
	return c.Done(p.s.Share(c.Ctx(), c.Actor, c.Now, seen, f.All("parts")), "conversation.shared", planAt)
}

func (p *pages) unshare(c *web.Context) error {
	return c.Done(p.s.Unshare(c.Ctx(), c.Actor, c.Now), "conversation.unshared", planAt)
}

func (p *pages) shared(c *web.Context) error {
	all, err := p.s.SharedWithMe(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(sharedPage(c.Page("conversation.from.title", ""), all))
}

func (p *pages) sharedPlan(c *web.Context) error {
	from, parts, err := p.s.ReadShared(c.Ctx(), c.Actor, c.Now, c.R)
	if err != nil {
		return err
	}
	return c.Render(sharedPlanPage(c.Page("conversation.from.plan", sharedAt, "name", from.Name), from, parts))
}
