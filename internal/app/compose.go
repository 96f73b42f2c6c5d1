package app

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/account/accountweb"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casefileweb"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/glass"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note/noteweb"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/own"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegationweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/myweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/referralweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/referweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/selfreferral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/person"
	"github.com/rowan-ohwb/rowan/internal/person/personweb"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// services makes every slice.
func (a *App) services() {
	d := a.d
	a.Accounts = account.New(account.Deps{DB: d.DB, Sessions: a.sessions, Keys: d.Keys, Now: d.Now, Demo: d.Config.Demo})
	a.People = person.New(person.Deps{DB: d.DB})
	a.Referrals = referral.New(referral.Deps{DB: d.DB, Ledger: a.ledger})
	a.SelfReferrals = selfreferral.New(selfreferral.Deps{DB: d.DB, Ledger: a.ledger})
	a.Delegations = delegation.New(delegation.Deps{DB: d.DB, NameRange: person.Range})
	a.Triage = triage.New(triage.Deps{DB: d.DB, Ledger: a.ledger, Calendar: workday.England()})
	a.Cases = casefile.New(casefile.Deps{DB: d.DB, Ledger: a.ledger, Now: d.Now})
	a.Notes = note.New(note.Deps{DB: d.DB, Ledger: a.ledger})
	a.Glass = glass.New(glass.Deps{DB: d.DB, NameRange: person.Range, Now: d.Now})
	a.Own = own.New(d.DB)
}

// rules gathers what each slice permits.
func (a *App) rules() [][]access.Rule {
	return [][]access.Rule{account.Rules, person.Rules, referral.Rules, selfreferral.Rules, delegation.Rules, triage.Rules,
		casefile.Rules, note.Rules, glass.Rules, own.Rules, report.Rules}
}

// routes gathers the pages of each slice.
func (a *App) routes() []web.Route {
	var all []web.Route
	for _, part := range [][]web.Route{
		accountweb.Routes(a.Accounts, home),
		helpRoutes(),
		personweb.Routes(a.People),
		referweb.Routes(a.Referrals, a.Delegations),
		referralweb.Routes(a.Referrals),
		delegationweb.Routes(a.Delegations),
		myweb.Routes(a.Referrals, a.SelfReferrals),
		casefileweb.Routes(a.Cases, casefileweb.Views{Reason: reason}),
		noteweb.Routes(a.Notes, a.Cases),
	} {
		all = append(all, part...)
	}
	return all
}

// reason says a referral reason in words, wherever a code is shown. The words are in the code list itself.
func reason(_ context.Context, code string) string { return sheet.Lists().Reasons.Name(code) }

// jobs registers what each slice does in the background.
func (a *App) jobs() {
	a.Referrals.Register(a.Jobs)
	activity.Jobs(a.Jobs, a.d.Now)
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
