package practiceweb

import (
	"context"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) asking(c *web.Context) error {
	list, err := p.s.Asking(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(askingPage(c.Page("practice.asking.title", "/practice"), list, c.Actor.Role == access.Lead))
}

func signPath(account uuid.UUID, key string) string {
	return "/practice/sign-off/" + account.String() + "/" + key
}

func withdrawPath(account uuid.UUID, key string) string {
	return "/practice/withdraw/" + account.String() + "/" + key
}

func askingTable(ctx context.Context, list []practice.Held) nhsuk.TableParams {
	t := table(ctx, locale.T(ctx, "practice.asking.caption"), "practice.colleague", "practice.competence", "practice.since")
	for _, h := range list {
		cells := nhsuk.Cells(h.Name, h.Competence.Name, h.State.Events[len(h.State.Events)-1].On.Long())
		cells[1].Href, cells[1].VisuallyHiddenText = signPath(h.Account, h.Competence.Key), h.Name
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// held finds the colleague's competence of the path; whoever may do nothing with it finds it missing.
func (p *pages) held(c *web.Context) (h practice.Held, err error) {
	account, err := c.ID("account")
	if err != nil {
		return h, err
	}
	if account == c.Actor.Account {
		return h, fault.Missing("competence")
	}
	return p.s.FindHeld(c.Ctx(), c.Actor, c.Now, account, c.R.PathValue("competence"))
}

// back is where somebody came from: the lead from the colleague's page, others from the list of those who wait.
func back(c *web.Context, account uuid.UUID) string {
	if c.May(practice.Read) {
		return "/practice/team/" + account.String()
	}
	return "/practice/sign-off"
}

func askSign(c *web.Context, h practice.Held, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("practice.sign.title", "name", h.Name), Lede: c.T("practice.sign.lede", "competence", h.Competence.Name, "about", h.Competence.About), Form: f, Button: "practice.sign.button",
		Questions: func(f form.Form) []templ.Component {
			return []templ.Component{form.Date(f, form.Field{Name: "on", Key: "practice.sign.on"}), form.Date(f, form.Field{Name: "expires", Key: "practice.sign.expires"})}
		}}
}

func (p *pages) sign(c *web.Context) error {
	h, err := p.held(c)
	if err != nil {
		return err
	}
	if !h.Signer.MaySignOff(h.Account) {
		return fault.Missing("competence")
	}
	if !h.State.Asked {
		return fault.New(fault.Conflict, "practice.sign.not_asked")
	}
	f := form.Fresh()
	today := locale.Day(c.Now)
	form.SetDay(f.Values, "on", today)
	form.SetDay(f.Values, "expires", today.AddMonths(h.Competence.Review))
	return askSign(c, h, f).Answer(c, back(c, h.Account))
}

func (p *pages) signPost(c *web.Context) error {
	h, err := p.held(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := practice.SignIn{ID: id, On: f.Day("on", "practice.sign.on.short"), Expires: f.Day("expires", "practice.sign.expires.short")}
	return p.keep(c, askSign(c, h, f), back(c, h.Account), "practice.signed_off", func() (fault.Fields, error) {
		return p.s.SignOff(c.Ctx(), c.Actor, c.Now, h.Account, h.Competence.Key, in)
	}, func() fault.Fields { return in.Check(locale.Day(c.Now)) })
}

func askWithdraw(c *web.Context, h practice.Held, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("practice.withdraw.title", "name", h.Name, "competence", h.Competence.Name), Lede: c.T("practice.withdraw.lede"), Form: f, Button: "practice.withdraw.button", Questions: reasonField}
}

func (p *pages) withdraw(c *web.Context) error {
	h, err := p.held(c)
	if err != nil {
		return err
	}
	if h.State.Standing != practice.Unsupervised || !h.Signer.MayWithdraw(h.State.Signed) {
		return fault.New(fault.Conflict, "practice.withdraw.nothing")
	}
	f := form.Fresh()
	return askWithdraw(c, h, f).Answer(c, back(c, h.Account))
}

func (p *pages) withdrawPost(c *web.Context) error {
	h, err := p.held(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	return p.keep(c, askWithdraw(c, h, f), back(c, h.Account), "practice.withdrawn", func() (fault.Fields, error) {
		return p.s.Withdraw(c.Ctx(), c.Actor, c.Now, h.Account, h.Competence.Key, id, f.Get("reason"))
	}, nil)
}

func (p *pages) role(c *web.Context) error {
	m, err := p.colleague(c)
	if err != nil {
		return err
	}
	return p.askRole(c, m, form.Of(nil)).Answer(c, back(c, m.Account))
}

func (p *pages) askRole(c *web.Context, m practice.Person, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("practice.role.title", "name", m.Name), Lede: c.T("practice.role.lede", "role", c.T("practice.role."+m.Role)), Form: f, Button: "practice.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Radios(f, form.Field{Name: "role", Key: "practice.role", Options: form.Options("practice.role", practice.Roles...)})}
	}}
}

func (p *pages) rolePost(c *web.Context) error {
	m, err := p.colleague(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	return p.keep(c, p.askRole(c, m, f), back(c, m.Account), "practice.saved", func() (fault.Fields, error) {
		return p.s.SetRole(c.Ctx(), c.Actor, c.Now, m.Account, f.Get("role"))
	}, nil)
}

// colleague finds the member of the path.
func (p *pages) colleague(c *web.Context) (practice.Person, error) {
	account, err := c.ID("account")
	if err != nil {
		return practice.Person{}, err
	}
	return p.s.Member(c.Ctx(), c.Actor, c.Now, account)
}
