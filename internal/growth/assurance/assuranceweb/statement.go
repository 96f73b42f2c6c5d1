package assuranceweb

import (
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) statements(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(statementsPage(c.Page("assurance.statements.title", "/assurance"), r.Statements, c.May(assurance.State)))
}

type statementView struct {
	assurance.Statement
	Figures     []figure.Checked
	MayWithdraw bool
}

func (p *pages) statement(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	s, err := p.s.FindStatement(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	v := statementView{Statement: s, MayWithdraw: c.May(assurance.State) && !s.Withdrawn()}
	if v.Figures, err = p.s.Check(c.Ctx(), c.Actor, c.Now, s.Figures); err != nil {
		return err
	}
	return c.Render(statementPage(c.Page("assurance.statement.title", "/assurance/statements"), v))
}

type writeView struct {
	Form    form.Form
	Figures []form.Option
	Names   []string
}

func (p *pages) writeView(c *web.Context, f form.Form) (writeView, error) {
	figures, err := p.choices(c)
	return writeView{f, figures, figureFields()}, err
}

func (p *pages) writeGet(c *web.Context) error {
	f, err := begin()
	if err != nil {
		return err
	}
	v, err := p.writeView(c, f)
	if err != nil {
		return err
	}
	return c.Render(writePage(c.Page("assurance.statement.write", "/assurance/statements"), v))
}

func (p *pages) writePost(c *web.Context) error {
	v, err := p.writeView(c, form.From(c.R))
	if err != nil {
		return err
	}
	f := &v.Form
	s := assurance.NewStatement{Decision: f.Get("decision"), Meeting: f.Day("meeting"), Groups: f.Get("groups"), Effect: f.Get("effect"), EffectWords: f.Get("effect_words"), Mitigation: f.Get("mitigation")}
	if s.ID, err = f.Own(); err != nil {
		return err
	}
	if _, s.Figures, err = chosen(*f, v.Names...); err != nil {
		return err
	}
	if f.Faults.Merge(assurance.CheckStatement(s)); f.Bad() {
		return c.Invalid(writePage(c.FormPage("assurance.statement.write", "/assurance/statements", v.Form), v))
	}
	return c.Done(p.s.WriteStatement(c.Ctx(), c.Actor, c.Now, s), "assurance.statement.saved", "/assurance/statements/"+s.ID.String())
}

func (p *pages) withdraw(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.WithdrawStatement(c.Ctx(), c.Actor, c.Now, id), "assurance.statement.withdrawn", "/assurance/statements/"+id.String())
}
