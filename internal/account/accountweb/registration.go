package accountweb

import (
	"net/url"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

const registrationTitle = "account.registration.title"

func (p *pages) registrationGet(c *web.Context) error {
	body, number := c.Actor.Registration.Parts()
	return c.Render(registrationPage(c.Page(registrationTitle, "/account/role"), form.Of(url.Values{"body": {body}, "number": {number}})))
}

func (p *pages) registrationPost(c *web.Context) error {
	f := form.From(c.R)
	body := f.OneOf("body", "account.registration.body.empty", access.Bodies...)
	number := f.Required("number", "account.registration.number.empty")
	registration, ok := access.NewRegistration(body, number)
	if !ok && !f.Bad() {
		f.Faults.Add("number", "account.registration.number.wrong")
	}
	if f.Bad() {
		return c.Invalid(registrationPage(c.FormPage(registrationTitle, "/account/role", f), f))
	}
	return c.Done(p.accounts.SetRegistration(c.Ctx(), c.Actor, registration), "account.registration.saved", "/account/role")
}
