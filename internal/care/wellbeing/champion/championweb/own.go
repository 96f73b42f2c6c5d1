package championweb

import (
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) mine(c *web.Context) error {
	m, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(minePage(c.Page("champion.mine.title", "/my"), mineView{Mine: m, Pack: p.s.Pack(), Today: locale.Day(c.Now)}))
}

// join is what somebody finds behind a link that was shared: what a champion is, and the way to ask. Where they wanted to go is
// kept while they sign in.
func (p *pages) join(c *web.Context) error {
	token, err := c.ID("token")
	if err != nil {
		return err
	}
	o, err := p.s.Shared(c.Ctx(), c.Actor, c.Now, token)
	if err != nil {
		return err
	}
	next := "/my/champion/ask?link=" + token.String()
	if c.Actor.Role != access.Person {
		c.Later(next)
		if next = "/account/role"; c.Actor.Role == access.Anonymous {
			next = "/sign-in"
		}
	}
	return c.Render(joinPage(c.Page("champion.join.title", ""), o.Name, next, c.Actor.Role))
}

func askForm(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("champion.ask.title"), Form: f, Button: "champion.ask.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{role(f.Get("link")), form.Checkboxes(f, form.Field{Name: "understood", Key: "champion.understood", Options: form.Options("champion.understood", "yes")})}
	}}
}

func (p *pages) ask(c *web.Context) error {
	m, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	if !m.May() {
		return c.Redirect(mine)
	}
	f := form.Fresh()
	if _, err := uuid.Parse(c.R.URL.Query().Get("link")); err == nil {
		f.Values.Set("link", c.R.URL.Query().Get("link"))
	}
	return askForm(c, f).Answer(c, mine)
}

func (p *pages) askPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	a := askForm(c, f)
	if a.Found(champion.CheckAsk(f.Get("understood") == "yes")) {
		return a.Answer(c, mine)
	}
	if err := p.s.Ask(c.Ctx(), c.Actor, c.Now, id, f.ID("link")); err != nil {
		return err
	}
	c.Flash("champion.asked")
	return c.Redirect(mine)
}

func (p *pages) withdraw(c *web.Context) error {
	if err := p.s.Withdraw(c.Ctx(), c.Actor, c.Now); err != nil {
		return err
	}
	c.Flash("champion.withdrawn")
	return c.Redirect(mine)
}

func endForm(c *web.Context, f form.Form, title, lede string) *ask.Page {
	return &ask.Page{Title: title, Lede: lede, Form: f, Button: "champion.end.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Date(f, form.Field{Name: "on", Key: "champion.end.on"})}
	}}
}

// active finds what the actor is a champion by, or nothing.
func (p *pages) active(c *web.Context) (champion.Mine, error) {
	m, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err == nil && !m.On {
		err = fault.Missing("champion")
	}
	return m, err
}

func (p *pages) stepDown(c *web.Context) error {
	m, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	if !m.On { // nothing to stop
		return c.Redirect(mine)
	}
	return endForm(c, form.Of(url.Values{}), c.T("champion.step_down.title"), c.T("champion.step_down.lede")).Answer(c, mine)
}

func (p *pages) stepDownPost(c *web.Context) error {
	if _, err := p.active(c); err != nil {
		return err
	}
	f := form.From(c.R)
	on := f.Day("on")
	a := endForm(c, f, c.T("champion.step_down.title"), c.T("champion.step_down.lede"))
	if a.Found(champion.CheckEnd(on, locale.Day(c.Now))) {
		return a.Answer(c, mine)
	}
	if err := p.s.StepDown(c.Ctx(), c.Actor, c.Now, on); err != nil {
		return err
	}
	c.Flash("champion.stepped_down")
	return c.Redirect(mine)
}

// monthOf reads a month from a path: 2026-11. One that cannot be counted is missing.
func monthOf(c *web.Context) (civil.Date, error) {
	t, err := time.Parse("2006-01", c.R.PathValue("month"))
	if err != nil {
		return civil.Date{}, fault.Missing("month")
	}
	if m := civil.Of(t); champion.Countable(m, locale.Day(c.Now)) {
		return m, nil
	}
	return civil.Date{}, fault.Missing("month")
}

func monthPath(m civil.Date) string { return "/my/champion/counts/" + m.UTC().Format("2006-01") }

func (p *pages) countForm(c *web.Context, f form.Form, m civil.Date) *ask.Page {
	return &ask.Page{Title: c.T("champion.counts.title", "month", m.MonthYear()), Lede: c.T("champion.counts.lede"), Form: f, Button: "champion.counts.save", Questions: func(f form.Form) (out []templ.Component) {
		for _, code := range p.s.Pack().Codes() {
			out = append(out, form.Text(f, form.Field{Name: code, Key: "champion.count." + code, Width: 3}))
		}
		return out
	}}
}

func (p *pages) counts(c *web.Context) error {
	m, err := monthOf(c)
	if err != nil {
		return err
	}
	x, err := p.active(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	for _, t := range x.Counts {
		for code, n := range t.N {
			if t.Month == m && n > 0 {
				f.Values.Set(code, strconv.Itoa(n))
			}
		}
	}
	return p.countForm(c, f, m).Answer(c, mine)
}

func (p *pages) countsPost(c *web.Context) error {
	m, err := monthOf(c)
	if err != nil {
		return err
	}
	if _, err := p.active(c); err != nil {
		return err
	}
	f, n := form.From(c.R), map[string]int{}
	for _, code := range p.s.Pack().Codes() {
		if f.Get(code) != "" { // what is left empty is nought
			n[code] = f.Whole(code)
		}
	}
	a := p.countForm(c, f, m)
	if a.Found(p.s.Pack().CheckCounts(n)) {
		return a.Answer(c, mine)
	}
	if err := p.s.Count(c.Ctx(), c.Actor, c.Now, m, n); err != nil {
		return err
	}
	c.Flash("champion.counted")
	return c.Redirect(mine)
}
