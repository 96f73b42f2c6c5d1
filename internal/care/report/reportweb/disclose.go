package reportweb

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type discloseView struct {
	Form    form.Form
	Earlier []report.Disclosure
	Seconds []report.Colleague
	May     bool // the reader is one of the senior clinicians who decide
	me      uuid.UUID
	back    string
}

func (p *pages) discloseGet(c *web.Context) error {
	v, err := p.disclosures(c, form.Of(map[string][]string{"disclosure": {newID()}}))
	if err != nil {
		return err
	}
	return c.Render(disclosePage(c.Page("report.disclosure.title", v.back), v))
}

func (p *pages) disclosures(c *web.Context, f form.Form) (discloseView, error) {
	id, err := c.ID("id")
	if err != nil {
		return discloseView{}, err
	}
	v := discloseView{Form: f, me: c.Actor.Account, back: "/cases/" + id.String()}
	if v.Seconds, err = p.s.Seconds(c.Ctx(), c.Actor, c.Object.Subject); err != nil {
		return v, err
	}
	if v.May, err = p.s.MayDecide(c.Ctx(), c.Actor); err != nil {
		return v, err
	}
	v.Earlier, err = p.s.ListDisclosures(c.Ctx(), c.Actor, id)
	return v, err
}

func (p *pages) disclosePost(c *web.Context) error {
	f := form.From(c.R)
	v, err := p.disclosures(c, f)
	if err != nil {
		return err
	}
	id, err := uuid.Parse(f.Get("disclosure"))
	if err != nil {
		return c.Redirect(v.back + "/disclosure")
	}
	for _, d := range v.Earlier {
		if d.ID == id {
			return c.Redirect(v.back + "/disclosure") // the same click twice
		}
	}
	told := f.Get("told")
	asked, _ := uuid.Parse(f.Get("asked")) // one that is none is found missing below
	d := report.Disclosure{ID: id, Case: c.Object.ID, Asked: asked, Recipient: f.Get("recipient"), Ground: f.Get("ground"), Statement: f.Get("statement"),
		Rationale: f.Get("rationale"), ToldPerson: told != "no", NotToldReason: reason(told, f)}
	v.Form.Faults = d.Check()
	if !slices.ContainsFunc(v.Seconds, func(x report.Colleague) bool { return x.Account == asked }) {
		v.Form.Faults.Add("asked", "report.disclosure.asked.empty")
	}
	v.Form.OneOf("told", "report.disclosure.told.empty", "yes", "no")
	if v.Form.Bad() {
		return c.Invalid(disclosePage(c.FormPage("report.disclosure.title", v.back, v.Form), v))
	}
	if _, err := p.s.Propose(c.Ctx(), c.Actor, c.Now, d); err != nil {
		return err
	}
	c.Flash("report.flash.proposed")
	return c.Redirect(v.back + "/disclosure")
}

func reason(told string, f form.Form) string {
	if told == "no" {
		return f.Get("not_told_reason")
	}
	return ""
}

func (p *pages) confirmGet(c *web.Context) error {
	d := c.Object.Value.(report.Disclosure)
	if err := p.s.OpenedDisclosure(c.Ctx(), c.Actor, c.Now, c.Object); err != nil {
		return err
	}
	return c.Render(confirmPage(c.Page("report.confirm.title", "/today"), d, c.Actor.Account == d.First))
}

func (p *pages) confirmPost(c *web.Context) error {
	d := c.Object.Value.(report.Disclosure)
	return c.Done(p.s.ConfirmDisclosure(c.Ctx(), c.Actor, c.Now, d.Case, d.ID), "report.flash.confirmed", "/cases/"+d.Case.String()+"/disclosure/"+d.ID.String())
}
