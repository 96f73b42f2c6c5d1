package mentoringweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/care/mentoring"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// of is the mentorship that a page is about.
func of(c *web.Context) mentoring.Mentorship { return c.Object.Value.(mentoring.Mentorship) }

// going is the same, for what is done while it goes on.
func going(c *web.Context) (mentoring.Mentorship, error) {
	m := of(c)
	if m.State != mentoring.On {
		return m, fault.New(fault.Conflict, "mentoring.changed")
	}
	return m, nil
}

// side is the part of the keys of words that differ for the two.
func side(m mentoring.Mentorship) string {
	if m.Mentors {
		return "mentor"
	}
	return "mentee"
}

// called says who the other is: only while it goes on are they a mentor, or mentored.
func called(ctx context.Context, m mentoring.Mentorship) string {
	if m.State != mentoring.On {
		return m.Other()
	}
	return locale.T(ctx, "mentoring."+side(m)+".line", "name", m.Other())
}

// standing says in a sentence where a mentorship stands for its reader.
func standing(ctx context.Context, m mentoring.Mentorship) string {
	switch m.State {
	case mentoring.On:
		return locale.T(ctx, "mentoring.state.on", "day", locale.Date(m.AnsweredAt))
	case mentoring.Ended:
		return locale.T(ctx, "mentoring.state.ended", "day", locale.Date(m.EndedAt))
	case mentoring.Declined:
		return locale.T(ctx, "mentoring."+side(m)+".declined", "name", m.Other(), "day", locale.Date(m.AnsweredAt))
	}
	return locale.T(ctx, "mentoring."+side(m)+"."+m.State, "name", m.Other(), "day", locale.Date(m.AskedAt))
}

type withView struct {
	mentoring.Book
	MaySay bool
	Mine   bool // the reader ended it
	p      *pages
}

func (p *pages) with(c *web.Context) error {
	b, err := p.s.Open(c.Ctx(), c.Actor, c.Now, of(c))
	if err != nil {
		return err
	}
	v := withView{Book: b, MaySay: p.s.Pack().MaySay(b.Mentorship, c.Now), Mine: b.EndedBy == c.Actor.Account, p: p}
	params := c.Page("mentoring.with.title", home, "name", b.Other())
	if b.State == mentoring.On {
		params.Title = c.T("mentoring."+side(b.Mentorship)+".title", "name", b.Other())
	}
	return c.Render(withPage(params, v))
}

func (p *pages) answer(c *web.Context) error {
	m, say := of(c), form.From(c.R).Get("answer")
	if say != "yes" && say != "no" {
		return fault.Missing("answer")
	}
	return c.Done(p.s.Answer(c.Ctx(), c.Actor, c.Now, m, say == "yes"), "mentoring.answered."+say, m.Path())
}

func (p *pages) withdraw(c *web.Context) error {
	return c.Done(p.s.Withdraw(c.Ctx(), c.Actor, c.Now, of(c)), "mentoring.withdrawn", home)
}

func (p *pages) endForm(c *web.Context, f form.Form, m mentoring.Mentorship) *ask.Page {
	return &ask.Page{Title: c.T("mentoring.end.title", "name", m.Other()), Lede: c.T("mentoring.end.lede", "name", m.Other()), Form: f, Button: "mentoring.end.submit", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Radios(f, form.Field{Name: "thanks", Key: "mentoring.thanks", Args: []any{"name", m.Other()}, Options: form.Options("mentoring.thanks", p.s.Pack().Thanks...)})}
	}}
}

func (p *pages) end(c *web.Context) error {
	m, err := going(c)
	if err != nil {
		return err
	}
	return p.endForm(c, form.Of(url.Values{}), m).Answer(c, m.Path())
}

func (p *pages) endPost(c *web.Context) error {
	m, err := going(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := p.endForm(c, f, m)
	if a.Found(p.s.Pack().CheckThanks(f.Get("thanks"))) {
		return a.Answer(c, m.Path())
	}
	return c.Done(p.s.End(c.Ctx(), c.Actor, c.Now, m, f.Get("thanks")), "mentoring.ended", m.Path())
}

func (p *pages) helpForm(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("mentoring.help.title"), Lede: c.T("mentoring.help.lede"), Form: f, Button: "mentoring.help.submit", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Radios(f, form.Field{Name: "score", Key: "mentoring.help", Options: form.Options("training.score", "1", "2", "3", "4", "5")})}
	}}
}

// toSay is a mentorship of which the reader may say whether it helped.
func (p *pages) toSay(c *web.Context) (mentoring.Mentorship, error) {
	m := of(c)
	if !p.s.Pack().MaySay(m, c.Now) {
		return m, fault.New(fault.Conflict, "mentoring.help.over")
	}
	return m, nil
}

func (p *pages) help(c *web.Context) error {
	m, err := p.toSay(c)
	if err != nil {
		return err
	}
	return p.helpForm(c, form.Of(url.Values{})).Answer(c, m.Path())
}

func (p *pages) helpPost(c *web.Context) error {
	m, err := p.toSay(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	score, _ := strconv.Atoi(f.Get("score")) // what is no number is no answer
	a := p.helpForm(c, f)
	if a.Found(mentoring.CheckScore(score)) {
		return a.Answer(c, m.Path())
	}
	return c.Done(p.s.Say(c.Ctx(), c.Actor, c.Now, m, score), "mentoring.help.said", m.Path())
}

func (p *pages) goalForm(c *web.Context, f form.Form, m mentoring.Mentorship, key string) *ask.Page {
	return &ask.Page{Title: c.T(key), Lede: c.T("mentoring.goal.lede", "name", m.Other()), Form: f, Button: "mentoring.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "about", Key: "mentoring.about", Options: p.options(c.Ctx(), m.Wants)}),
			form.TextArea(f, form.Field{Name: "words", Key: "mentoring.goal.words", Rows: 2, Max: mentoring.MaxLine}),
			form.Radios(f, form.Field{Name: "state", Key: "mentoring.goal.state", Options: form.Options("mentoring.goal.state", mentoring.GoalStates...)}),
		}
	}}
}

func goalIn(f form.Form) mentoring.GoalIn {
	return mentoring.GoalIn{About: f.Get("about"), State: f.Get("state"), Words: f.Get("words")}
}

func (p *pages) goalAdd(c *web.Context) error {
	m, err := going(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	f.Values.Set("state", mentoring.Open)
	return p.goalForm(c, f, m, "mentoring.goal.add").Answer(c, m.Path())
}

func (p *pages) goalAddPost(c *web.Context) error {
	m, err := going(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := goalIn(f)
	if in.ID, err = f.Own(); err != nil {
		return err
	}
	a := p.goalForm(c, f, m, "mentoring.goal.add")
	if a.Found(mentoring.CheckGoal(in, m)) {
		return a.Answer(c, m.Path())
	}
	return c.Done(p.s.AddGoal(c.Ctx(), c.Actor, c.Now, m, in), "mentoring.saved", m.Path())
}

// goal finds the goal that a page is about.
func (p *pages) goal(c *web.Context) (m mentoring.Mentorship, g mentoring.Goal, err error) {
	if m, err = going(c); err != nil {
		return m, g, err
	}
	id, err := c.ID("goal")
	if err != nil {
		return m, g, err
	}
	b, err := p.s.Open(c.Ctx(), c.Actor, c.Now, m)
	if err != nil {
		return m, g, err
	}
	g, there := b.Goal(id)
	if !there {
		return m, g, fault.Missing("goal")
	}
	return m, g, nil
}

func (p *pages) goalChange(c *web.Context) error {
	m, g, err := p.goal(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"seen": {form.Stamp(g.Changed)}, "about": {g.About}, "words": {g.Words}, "state": {g.State}})
	return p.goalForm(c, f, m, "mentoring.goal.change").Answer(c, m.Path())
}

func (p *pages) goalChangePost(c *web.Context) error {
	m, g, err := p.goal(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := goalIn(f)
	in.ID = g.ID
	a := p.goalForm(c, f, m, "mentoring.goal.change")
	if a.Found(mentoring.CheckGoal(in, m)) {
		return a.Answer(c, m.Path())
	}
	return c.Done(p.s.ChangeGoal(c.Ctx(), c.Actor, c.Now, f.Seen(), m, in), "mentoring.saved", m.Path())
}

var goalColours = map[string]string{mentoring.Open: "blue", mentoring.Reached: "green", mentoring.Dropped: "white"}

func goalTag(ctx context.Context, g mentoring.Goal) nhsuk.TagParams {
	return nhsuk.TagParams{Text: locale.T(ctx, "mentoring.goal.state."+g.State), Colour: goalColours[g.State]}
}
