// Package accountweb is the pages of the hall's door: sign in, choose a role, confirm it is you, open a link.
package accountweb

import (
	"fmt"
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
)

type pages struct {
	accounts *account.Service
	home     func(access.Actor) string
	landing  func(seal.Link) string
}

// Routes of the slice. home says where somebody begins, landing where a one-time link does.
func Routes(s *account.Service, home func(access.Actor) string, landing func(seal.Link) string) []web.Route {
	p := &pages{s, home, landing}
	open := web.Route{Wall: access.Hall, Permission: account.Enter, Load: web.NoObject, Public: true}.On
	own := web.Route{Wall: access.Hall, Permission: account.Manage, Load: web.NoObject}.On
	register := func(method string, h web.Handler) web.Route {
		return web.Route{Method: method, Path: "/account/registration", Wall: access.Hall, Permission: account.Register, Load: web.NoObject, Handle: h}
	}
	return []web.Route{
		open(http.MethodGet, "/", p.start),
		open(http.MethodGet, "/sign-in", p.signInGet),
		open(http.MethodPost, "/sign-in", p.signInPost),
		open(http.MethodPost, "/demo/sign-in", p.demoPost),
		open(http.MethodGet, "/l/{token}", p.linkGet),
		open(http.MethodPost, "/l/{token}", p.linkPost),
		open(http.MethodPost, "/l/{token}/again", p.linkAgain),
		open(http.MethodGet, "/invitation/{token}", p.invitationGet),
		open(http.MethodPost, "/invitation/{token}", p.invitationPost),
		open(http.MethodPost, "/invitation-ready", p.readyPost),
		own(http.MethodPost, "/sign-out", p.signOut),
		own(http.MethodPost, layout.StayPath, p.stay),
		own(http.MethodGet, "/account/role", p.roleGet),
		own(http.MethodPost, "/account/role", p.rolePost),
		register(http.MethodGet, p.registrationGet),
		register(http.MethodPost, p.registrationPost),
		own(http.MethodGet, "/account/step-up", p.stepUpGet),
		own(http.MethodPost, "/account/step-up", p.stepUpPost),
	}
}

// start sends everybody to where their role begins.
func (p *pages) start(c *web.Context) error {
	if c.Actor.Role == access.Anonymous {
		return c.Redirect("/sign-in")
	}
	if c.Actor.Role == access.Person { // the links that wait for a sign-in are to own pages
		if next := c.Next(); next != "" {
			return c.Redirect(next)
		}
	}
	return c.Redirect(p.home(c.Actor))
}

// stay answers the script of a page (session.mjs) with the seconds that the session has now.
func (p *pages) stay(c *web.Context) error {
	left := p.accounts.Stay(c.Ctx(), c.Actor)
	c.W.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := fmt.Fprint(c.W, int(left.Seconds()))
	return err
}

func (p *pages) signOut(c *web.Context) error {
	if err := p.accounts.SignOut(c.Ctx()); err != nil {
		return err
	}
	c.W.Header().Set("Clear-Site-Data", `"cache"`)
	return c.Redirect("/sign-in")
}
