package accountweb

import (
	"errors"

	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// shortestPassword of 12 characters: the authenticator is asked for as well (NCSC: length over complexity).
const shortestPassword = 12

func (p *pages) invitationGet(c *web.Context) error {
	login, name, err := p.accounts.Invited(c.Ctx(), c.R.PathValue("token"))
	if err != nil {
		return p.linkOver(c, err, "")
	}
	return c.Render(invitationPage(c.Page("account.invitation.title", ""), form.Form{}, login, name))
}

func (p *pages) invitationPost(c *web.Context) error {
	token := c.R.PathValue("token")
	login, name, err := p.accounts.Invited(c.Ctx(), token)
	if err != nil {
		return p.linkOver(c, err, "")
	}
	f := form.From(c.R)
	secret := c.R.PostFormValue("password")
	if len([]rune(secret)) < shortestPassword {
		f.Faults.Add("password", "account.invitation.password.short", "n", shortestPassword)
	}
	if f.Bad() {
		f.Values.Del("password")
		return c.Invalid(invitationPage(c.FormPage("account.invitation.title", "", f), f, login, name))
	}
	made, err := p.accounts.Accept(c.Ctx(), token, secret)
	if errors.Is(err, account.ErrLink) {
		return p.linkOver(c, err, "")
	}
	if err != nil {
		return err
	}
	if err := p.accounts.Await(c.Ctx(), made); err != nil {
		return err
	}
	return c.Render(credentialsPage(c.Page("account.credentials.title", ""), form.Form{}, made))
}

// readyPost takes the first code, and begins the session. What was shown once stands in the form, so that a mistyped code does not
// take it away.
func (p *pages) readyPost(c *web.Context) error {
	f := form.From(c.R)
	f.Required("code", "account.sign_in.code.empty")
	if !f.Bad() {
		err := p.accounts.Finish(c.Ctx(), c.Actor, f.Get("code"))
		switch {
		case err == nil:
			return c.Redirect("/")
		case errors.Is(err, account.ErrLink):
			return c.Redirect("/sign-in")
		case !errors.Is(err, account.ErrWrong):
			return err
		}
		f.Faults.Add("code", "account.step_up.wrong")
	}
	f.Values.Del("code")
	shown := account.Credentials{Secret: f.Get("secret"), Address: f.Get("address"), RecoveryCodes: f.All("recovery")}
	return c.Invalid(credentialsPage(c.FormPage("account.credentials.title", "", f), f, shown))
}
