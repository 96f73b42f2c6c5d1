package accountweb

import (
	"errors"
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) linkGet(c *web.Context) error {
	if _, err := p.accounts.PeekLink(c.Ctx(), c.R.PathValue("token")); err != nil {
		return p.linkOver(c, err, againPath(c))
	}
	return c.Render(linkPage(c.Page("account.link.title", ""), form.Form{}))
}

func (p *pages) linkPost(c *web.Context) error {
	f := form.From(c.R)
	born := f.Date("born", "account.link.born.date") // the example of a nameless date is no year of birth
	if born.IsZero() && !f.Bad() {
		f.Faults.Add("born", "account.link.born.empty")
	}
	if !f.Bad() {
		link, err := p.accounts.EnterByLink(c.Ctx(), c.Actor, c.R.PathValue("token"), born)
		if err == nil {
			return c.Redirect(p.landing(link))
		}
		if !errors.Is(err, account.ErrCheck) {
			return p.linkOver(c, err, againPath(c))
		}
		f.Faults.Add("born", "account.link.born.wrong")
	}
	return c.Invalid(linkPage(c.FormPage("account.link.title", "", f), f))
}

// linkAgain has a new link sent. It says the same whether one was sent or not: whoever found an old link learns nothing.
func (p *pages) linkAgain(c *web.Context) error {
	if err := p.accounts.RenewLink(c.Ctx(), c.Actor, c.R.PathValue("token")); err != nil {
		return err
	}
	return c.Render(linkAgainPage(c.Page("account.link.again.title", "")))
}

func againPath(c *web.Context) string { return "/l/" + c.R.PathValue("token") + "/again" }

// linkOver says kindly that a link does not open any more, and what to do. again is where one asks for another; an
// invitation has no such page, because its sender sees who has not come.
func (p *pages) linkOver(c *web.Context, err error, again string) error {
	if !errors.Is(err, account.ErrLink) {
		return err
	}
	why := "account.link.over.why"
	if errors.Is(err, account.ErrUsed) {
		why = "account.link.used.why"
	}
	return c.RenderStatus(http.StatusGone, linkOverPage(c.Page("account.link.over.title", ""), why, again))
}
