package accountweb

import (
	"errors"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) roleGet(c *web.Context) error {
	list, err := p.accounts.Choices(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(rolePage(c.Page("account.role.title", "/"), c.Actor, list))
}

func (p *pages) rolePost(c *web.Context) error {
	place, err := uuid.Parse(c.Text("place"))
	if err != nil {
		return fault.Missing("place")
	}
	if err := p.accounts.Choose(c.Ctx(), c.Actor, access.Role(c.Text("role")), place); err != nil {
		return err
	}
	return c.Redirect("/")
}

func (p *pages) stepUpGet(c *web.Context) error {
	return c.Render(stepUpPage(c.Page("account.step_up.title", "/"), form.Form{}, c.Actor.Demo))
}

func (p *pages) stepUpPost(c *web.Context) error {
	f := form.From(c.R)
	if !c.Actor.Demo {
		f.Required("code", "account.sign_in.code.empty")
	}
	if !f.Bad() {
		err := p.accounts.StepUp(c.Ctx(), c.Actor, f.Get("code"))
		if err == nil {
			c.Flash("account.step_up.done")
			return c.Redirect("/")
		}
		if !errors.Is(err, account.ErrWrong) {
			return err
		}
		f.Faults.Add("code", "account.step_up.wrong")
	}
	f.Values.Del("code")
	return c.Invalid(stepUpPage(c.FormPage("account.step_up.title", "/", f), f, c.Actor.Demo))
}
