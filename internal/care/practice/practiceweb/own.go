package practiceweb

import (
	"context"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// mine is one's own practice as pages say it.
type mine struct {
	practice.Person
	pack   practice.Pack
	today  civil.Date
	asking int  // colleagues who wait for one's sign-off
	lead   bool // sees the team
}

func (p *pages) mine(c *web.Context) (m mine, err error) {
	m = mine{pack: p.s.Pack(), today: locale.Day(c.Now), lead: c.May(practice.Read)}
	m.Person, err = p.s.Self(c.Ctx(), c.Actor, c.Now)
	return m, err
}

func (p *pages) home(c *web.Context) error {
	m, err := p.mine(c)
	if err != nil {
		return err
	}
	waiting, err := p.s.Asking(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	m.asking = len(waiting)
	return c.Render(homePage(c.Page("practice.home.title", ""), m))
}

// summary is the four parts of one's practice, each with its way in.
func (m mine) summary(ctx context.Context) nhsuk.SummaryListParams {
	var out nhsuk.SummaryListParams
	add := func(key, value, path string) {
		r := nhsuk.Row(locale.T(ctx, key), value)
		r.Actions.Items = []nhsuk.Action{{Href: path, Text: locale.T(ctx, "practice.see"), VisuallyHiddenText: locale.T(ctx, key)}}
		out.Rows = append(out.Rows, r)
	}
	listed := m.list()
	able := 0
	for _, c := range listed {
		if m.State(c.Key).Standing == practice.Unsupervised {
			able++
		}
	}
	add("practice.competencies.title", locale.T(ctx, "practice.competencies.count", "able", able, "all", len(listed)), "/practice/competencies")
	add("practice.cpd.title", locale.T(ctx, "practice.year", "hours", hours(ctx, m.CPD)), "/practice/cpd")
	add("practice.supervision.title", locale.T(ctx, "practice.supervision.last", "day", long(ctx, m.LastSession)), "/practice/supervision")
	add("practice.registration.title", m.registered(ctx), "/practice/registration")
	return out
}

func (m mine) registered(ctx context.Context) string {
	switch {
	case m.Unregistered():
		return locale.T(ctx, "practice.registration.none.short")
	case len(m.Registrations) == 0:
		return locale.T(ctx, "practice.registration.none.role")
	}
	text := ""
	for i, r := range m.Registrations {
		if i > 0 {
			text += "; "
		}
		text += locale.T(ctx, "practice.registration.until", "body", r.Body, "day", r.Expires.Long())
	}
	return text
}

// list is the competencies of one's role, and any other that one has begun.
func (m mine) list() (out []practice.Competence) {
	for _, c := range m.pack.Competencies {
		_, begun := m.States[c.Key]
		if begun || ofRole(c, m.Role) {
			out = append(out, c)
		}
	}
	return out
}

func ofRole(c practice.Competence, role string) bool {
	for _, r := range c.Roles {
		if r == role {
			return true
		}
	}
	return false
}

func (p *pages) competencies(c *web.Context) error {
	m, err := p.mine(c)
	if err != nil {
		return err
	}
	return c.Render(competenciesPage(c.Page("practice.competencies.title", "/practice"), m))
}

func (m mine) table(ctx context.Context) nhsuk.TableParams {
	t := table(ctx, locale.T(ctx, "practice.role."+m.Role), "practice.competence", "practice.standing.yours", "practice.signed")
	for _, c := range m.list() {
		s := m.State(c.Key)
		cells := nhsuk.Cells(c.Name, standing(ctx, s), signed(ctx, s))
		cells[0].Href = "/practice/competencies/" + c.Key
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// signed says who signed somebody off, and when.
func signed(ctx context.Context, s practice.State) string {
	if s.Signed.ID == uuid.Nil {
		return locale.T(ctx, "practice.nobody")
	}
	return locale.T(ctx, "practice.by", "name", s.Signed.ByName, "day", s.Signed.On.Long())
}

// code finds the competence of a path.
func (p *pages) code(c *web.Context) (practice.Competence, error) {
	x, ok := p.s.Pack().Competence(c.R.PathValue("code"))
	if !ok {
		return x, fault.Missing("competence")
	}
	return x, nil
}

func (p *pages) competence(c *web.Context) error {
	x, err := p.code(c)
	if err != nil {
		return err
	}
	m, err := p.mine(c)
	if err != nil {
		return err
	}
	params := c.Page("practice.competencies.title", "/practice/competencies")
	params.Title = x.Name
	return c.Render(competencePage(params, m, x, m.State(x.Key)))
}

func (p *pages) competencePost(c *web.Context) error {
	x, err := p.code(c)
	if err != nil {
		return err
	}
	to := practice.Kind(c.Text("to"))
	if err := p.s.Move(c.Ctx(), c.Actor, c.Now, x.Key, to); err != nil {
		return err
	}
	if to == practice.Ready {
		c.Flash("practice.asked")
	} else {
		c.Flash("practice.saved")
	}
	return c.Redirect("/practice/competencies/" + x.Key)
}

// history is what happened to a competence, the last first.
func history(ctx context.Context, s practice.State) nhsuk.TableParams {
	t := table(ctx, locale.T(ctx, "practice.history"), "practice.event", "practice.day", "practice.who", "practice.remark")
	for i := len(s.Events) - 1; i >= 0; i-- {
		e := s.Events[i]
		remark := e.Reason
		if !e.Expires.IsZero() {
			remark = locale.T(ctx, "practice.expires.on", "day", e.Expires.Long())
		}
		t.Rows = append(t.Rows, nhsuk.Cells(locale.T(ctx, "practice.event."+string(e.Kind)), e.On.Long(), e.ByName, remark))
	}
	return t
}

func askStop(c *web.Context, x practice.Competence, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("practice.stop.title", "name", x.Name), Lede: c.T("practice.stop.lede"), Form: f, Button: "practice.stop.button", Questions: reasonField}
}

func reasonField(f form.Form) []templ.Component {
	return []templ.Component{form.TextArea(f, form.Field{Name: "reason", Key: "practice.reason", Rows: 3, Max: 500})}
}

func (p *pages) stop(c *web.Context) error {
	x, err := p.code(c)
	if err != nil {
		return err
	}
	h, err := p.s.FindHeld(c.Ctx(), c.Actor, c.Now, c.Actor.Account, x.Key)
	if err != nil {
		return err
	}
	if h.State.Standing != practice.Unsupervised {
		return fault.New(fault.Conflict, "practice.withdraw.nothing")
	}
	f := form.Fresh()
	return askStop(c, x, f).Answer(c, "/practice/competencies/"+x.Key)
}

func (p *pages) stopPost(c *web.Context) error {
	x, err := p.code(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	a := askStop(c, x, f)
	faults, err := p.s.Withdraw(c.Ctx(), c.Actor, c.Now, c.Actor.Account, x.Key, id, f.Get("reason"))
	if err != nil {
		return err
	}
	if a.Found(faults) {
		return a.Answer(c, "/practice/competencies/"+x.Key)
	}
	c.Flash("practice.stopped")
	return c.Redirect("/practice/competencies/" + x.Key)
}
