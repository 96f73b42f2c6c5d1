package app

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/account/accountweb"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// services makes every slice.
func (a *App) services() {
	d := a.d
	a.Accounts = account.New(account.Deps{DB: d.DB, Sessions: a.sessions, Keys: d.Keys, Now: d.Now, Demo: d.Config.Demo})
}

// rules gathers what each slice permits.
func (a *App) rules() [][]access.Rule {
	return [][]access.Rule{account.Rules}
}

// routes gathers the pages of each slice.
func (a *App) routes() []web.Route {
	var all []web.Route
	for _, part := range [][]web.Route{
		accountweb.Routes(a.Accounts, home),
		helpRoutes(),
	} {
		all = append(all, part...)
	}
	return all
}

// jobs registers what each slice does in the background.
func (a *App) jobs() {
}

// home is where each role begins.
func home(r access.Role) string {
	switch r {
	case access.Person:
		return "/my"
	case access.Manager, access.HR:
		return "/referrals"
	case access.OHAdmin:
		return "/queue"
	case access.Nurse, access.Physician, access.Physio, access.Counsellor:
		return "/today"
	case access.Lead:
		return "/performance"
	case access.Caldicott:
		return "/audit"
	default:
		return "/messages"
	}
}

// navigation is the parts of the site, in the order of the main job; each is shown to those who may use it.
var navigation = []web.Link{}
