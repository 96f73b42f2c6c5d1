package referweb

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type findView struct {
	Form     form.Form
	ID       uuid.UUID // of the draft to be
	People   []delegation.Colleague
	More     bool // than are listed
	Drafts   []referral.Draft
	Search   bool // show the search box
	HR       bool
	Searched bool
}

func (p *pages) findGet(c *web.Context) error {
	v, err := p.find(c, form.Form{})
	if err != nil {
		return err
	}
	return c.Render(findPage(c.Page("refer.find.title", "/referrals"), v))
}

// longList is how many names one takes in at a look; a longer list can be searched.
const longList = 12

// find lists whom the actor may refer. HR searches the whole organisation; a manager's list is short, and is
// searched too. The search is posted, so no name stands in an address or a log.
func (p *pages) find(c *web.Context, f form.Form) (v findView, err error) {
	v = findView{Form: f, HR: c.Actor.Role == access.HR, Searched: f.Get("name") != ""}
	if v.ID, err = uuid.Parse(f.Get("id")); err != nil {
		v.ID = uuid.New()
	}
	if v.Drafts, err = p.s.Drafts(c.Ctx(), c.Actor); err != nil {
		return v, err
	}
	if v.HR {
		var found delegation.Found
		found, err = p.d.Search(c.Ctx(), c.Actor, c.Now, delegation.Query{Name: f.Get("name")})
		v.People, v.More = found.People, found.More
	} else {
		v.People, err = p.d.Mine(c.Ctx(), c.Actor, c.Now, f.Get("name"))
	}
	v.Search = v.HR || v.Searched || len(v.People) > longList
	return v, err
}

func (p *pages) findPost(c *web.Context) error {
	f := form.From(c.R)
	v, err := p.find(c, f)
	if err != nil {
		return err
	}
	if f.Get("step") == "search" {
		return c.Render(findPage(c.Page("refer.find.title", "/referrals"), v))
	}
	person, err := uuid.Parse(f.Get("person"))
	if err != nil {
		v.Form.Faults.Add("person", "refer.find.empty")
		return c.Invalid(findPage(c.FormPage("refer.find.title", "/referrals", v.Form), v))
	}
	id, err := p.s.Start(c.Ctx(), c.Actor, c.Now, v.ID, person)
	if fault.KindOf(err) == fault.NotFound {
		v.Form.Faults.Add("person", "refer.find.not_yours")
		return c.Invalid(findPage(c.FormPage("refer.find.title", "/referrals", v.Form), v))
	}
	if err != nil {
		return over(c, err)
	}
	if f.Get("step") == begin {
		return c.Redirect("/refer/" + id.String() + "/" + string(sheet.Parts[0]))
	}
	return c.Redirect("/refer/" + id.String())
}

// begin is how the staff list of a small organisation, which names somebody already, starts with the first question.
const begin = "begin"

// over says that nothing new is taken, in place of the page for what somebody else changed; any other error stays what it is.
func over(c *web.Context, err error) error {
	if key := fault.KeyOf(err); key == "referral.contract_over" {
		return c.RenderStatus(http.StatusConflict, overPage(c.Page("refer.over.title", "/referrals"), key))
	}
	return err
}
