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
	return c.Done(p.s.Ask(c.Ctx(), c.Actor, c.Now, id, f.ID("link")), "champion.asked", mine)
}

func (p *pages) withdraw(c *web.Context) error {
	return c.Done(p.s.Withdraw(c.Ctx(), c.Actor, c.Now), "champion.withdrawn", mine)
}

// end is what a form about somebody's last day needs: who they are, who asks, and where it goes.
type end struct {
	of               champion.Champion
	by, title, lede  string
	back, take, done string // where it leads back to, where the day is taken back, and what is said afterwards
}

func (e end) form(c *web.Context, f form.Form) *ask.Page {
	p := &ask.Page{Title: e.title, Lede: e.lede, Form: f, Button: "champion.end.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Date(f, form.Field{Name: "on", Key: "champion.end.on"})}
	}}
	if !e.of.Ends.IsZero() {
		p.Drop = &ask.Drop{Path: e.take, Text: c.T("champion.stay")}
	}
	return p
}

// show asks for the day, or to move the one that was set.
func (e end) show(c *web.Context) error {
	if !e.of.MayEnd(e.by, locale.Day(c.Now)) { // nothing to stop, or not theirs to move
		return c.Redirect(e.back)
	}
	f := form.Of(url.Values{"seen": {e.of.Ends.String()}})
	form.SetDay(f.Values, "on", e.of.Ends)
	return e.form(c, f).Answer(c, e.back)
}

// save has run set the day from the one that the form showed.
func (e end) save(c *web.Context, run func(was, on civil.Date) error) error {
	if !e.of.MayEnd(e.by, locale.Day(c.Now)) {
		return fault.New(fault.Conflict, "champion.ending")
	}
	f := form.From(c.R)
	was, on := e.of.Ends, f.Day("on")
	bad := champion.CheckEnd(on, locale.Day(c.Now))
	if f.Get("seen") != was.String() { // another window moved it: who saves again has seen that
		f.Values.Set("seen", was.String())
		bad.Add("on", "champion.end.changed", "day", day(c, was))
	}
	a := e.form(c, f)
	if a.Found(bad) {
		return a.Answer(c, e.back)
	}
	return c.Done(run(was, on), e.done, e.back)
}

func day(c *web.Context, d civil.Date) string {
	if d.IsZero() {
		return c.T("champion.none")
	}
	return d.Long()
}

// mineEnds finds what the actor is a champion by; who is none has nothing to stop.
func (p *pages) mineEnds(c *web.Context) (e end, err error) {
	m, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return e, err
	}
	if m.Last != nil {
		e.of = *m.Last
	}
	e.by, e.back, e.take, e.done = champion.BySelf, mine, "/my/champion/stay", "champion.stepped_down"
	e.title, e.lede = c.T("champion.step_down.title"), c.T("champion.step_down.lede")
	return e, nil
}

func (p *pages) stepDown(c *web.Context) error {
	e, err := p.mineEnds(c)
	if err != nil {
		return err
	}
	return e.show(c)
}

func (p *pages) stepDownPost(c *web.Context) error {
	e, err := p.mineEnds(c)
	if err != nil {
		return err
	}
	return e.save(c, func(was, on civil.Date) error { return p.s.StepDown(c.Ctx(), c.Actor, c.Now, was, on) })
}

func (p *pages) stay(c *web.Context) error {
	return c.Done(p.s.StayOn(c.Ctx(), c.Actor, c.Now), "champion.stays", mine)
}

// active finds what the actor is a champion by, or nothing.
func (p *pages) active(c *web.Context) (champion.Mine, error) {
	m, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err == nil && !m.On {
		err = fault.Missing("champion")
	}
	return m, err
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
	return c.Done(p.s.Count(c.Ctx(), c.Actor, c.Now, m, n), "champion.counted", mine)
}
