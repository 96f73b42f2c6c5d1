package triageweb

import (
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type formView struct {
	triage.File
	Form form.Form
}

// view is a form about a case, with everything there is to decide on beside it; only while it waits for triage.
func (p *pages) view(c *web.Context, f form.Form) (formView, error) {
	if c.Object.State != string(flow.Received) {
		return formView{}, flow.ErrMove
	}
	file, err := p.s.Open(c.Ctx(), c.Actor, c.Now, c.Object.ID)
	return formView{file, f}, err
}

func (p *pages) completeGet(c *web.Context) error {
	v, err := p.view(c, form.Form{})
	if err != nil {
		return err
	}
	return c.Render(completePage(c.Page("triage.complete.title", "/queue/"+v.ID.String(), "name", v.Name), v))
}

func (p *pages) completePost(c *web.Context) error {
	f := form.From(c.R)
	faults, err := p.s.Complete(c.Ctx(), c.Actor, c.Now, c.Object.ID, f.All("checks"))
	if err != nil {
		return err
	}
	if len(faults) == 0 {
		c.Flash("triage.flash.complete")
		return c.Redirect("/queue/" + c.Object.ID.String())
	}
	f.Faults = faults
	v, err := p.view(c, f)
	if err != nil {
		return err
	}
	return c.Invalid(completePage(c.FormPage("triage.complete.title", "/queue/"+v.ID.String(), f, "name", v.Name), v))
}

func (p *pages) returnGet(c *web.Context) error {
	v, err := p.view(c, form.Fresh())
	if err != nil {
		return err
	}
	return c.Render(returnPage(c.Page("triage.return.title", "/queue/"+v.ID.String(), "name", v.Name), v))
}

func (p *pages) returnPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	faults, err := p.s.Return(c.Ctx(), c.Actor, c.Now, triage.SendBack{ID: id, Case: c.Object.ID, Message: f.Get("message"), Missing: f.Get("missing")})
	if err != nil {
		return err
	}
	if len(faults) == 0 {
		c.Flash("triage.flash.returned")
		return c.Redirect("/queue")
	}
	f.Faults = faults
	v, err := p.view(c, f)
	if err != nil {
		return err
	}
	return c.Invalid(returnPage(c.FormPage("triage.return.title", "/queue/"+v.ID.String(), f, "name", v.Name), v))
}
