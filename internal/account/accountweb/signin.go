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

func (p *pages) signInGet(c *web.Context) error {
	demo, _, err := p.accounts.Installed(c.Ctx())
	if err != nil {
		return err
	}
	if !demo {
		return c.Render(signInPage(c.Page("account.sign_in.title", ""), form.Form{}))
	}
	people, err := p.accounts.DemoPeople(c.Ctx())
	if err != nil {
		return err
	}
	return c.Render(demoPage(c.Page("account.demo.title", ""), groups(people)))
}

func (p *pages) signInPost(c *web.Context) error {
	f := form.From(c.R)
	f.Required("email", "account.sign_in.email.empty")
	f.Required("password", "account.sign_in.password.empty")
	f.Required("code", "account.sign_in.code.empty")
	if !f.Bad() {
		// the password as typed: form.From trims
		err := p.accounts.SignIn(c.Ctx(), c.Actor, f.Get("email"), c.R.PostFormValue("password"), f.Get("code"))
		if err == nil {
			return c.Redirect("/")
		}
		if !errors.Is(err, account.ErrWrong) {
			return err
		}
		f.Faults.Add("email", "account.sign_in.wrong")
	}
	f.Values.Del("password")
	f.Values.Del("code")
	return c.Invalid(signInPage(c.FormPage("account.sign_in.title", "", f), f))
}

func (p *pages) demoPost(c *web.Context) error {
	id, err := uuid.Parse(c.Text("account"))
	if err != nil {
		return fault.Missing("sample person")
	}
	if err := p.accounts.DemoSignIn(c.Ctx(), c.Actor, id, access.Role(c.Text("role"))); err != nil {
		return err
	}
	return c.Redirect("/")
}

// group is the sample people of one role.
type group struct {
	Role   access.Role
	People []account.DemoPerson
}

// shownFirst is how many people of a role the page shows before "more": choosing among forty helps nobody.
const shownFirst = 3

func (g group) first() []account.DemoPerson { return g.People[:min(shownFirst, len(g.People))] }

func (g group) rest() []account.DemoPerson { return g.People[min(shownFirst, len(g.People)):] }

// groups sorts the sample people by what they do, in the order of the main job; people with no granted role
// come as manager or member of staff.
func groups(people []account.DemoPerson) []group {
	order := []access.Role{access.Manager, access.Person, access.OHAdmin, access.Nurse, access.Physician, access.Physio, access.Counsellor, access.Lead, access.Guardian, access.Executive, access.Communications, access.SystemLead, access.NationalLead, access.HR, access.Caldicott, access.Admin}
	by := map[access.Role][]account.DemoPerson{}
	for _, p := range people {
		for _, r := range p.Roles {
			by[r] = append(by[r], p)
		}
	}
	var out []group
	for _, r := range order {
		if len(by[r]) > 0 {
			out = append(out, group{r, by[r]})
		}
	}
	return out
}
