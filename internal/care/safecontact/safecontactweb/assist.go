package safecontactweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/safecontact"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type assistView struct {
	safecontact.Case
	Form form.Form
	Key  uuid.UUID // makes the record once only
}

// from is the page from which a contact is taken down: the check of the referral that an administrator owes it, the case, or where the team sees it whom the record is closed to.
func from(c *web.Context) string {
	v := c.Object.Value.(safecontact.Case)
	switch {
	case v.Unchecked && c.Actor.Role == access.OHAdmin:
		return "/queue/" + v.ID.String() + "/complete"
	case !v.Early:
		return "/cases/" + v.ID.String()
	case c.Object.State == string(flow.Booked):
		return "/today"
	}
	return "/queue/" + v.ID.String()
}

func (p *pages) assistGet(c *web.Context) error {
	v := assistView{c.Object.Value.(safecontact.Case), form.Of(nil), uuid.New()}
	return c.Render(assistPage(c.Page("safe_contact.assist.title", from(c), "name", v.Name), v))
}

func (p *pages) assistPost(c *web.Context) error {
	f := form.From(c.R)
	v := assistView{c.Object.Value.(safecontact.Case), f, uuid.New()}
	if key, err := uuid.Parse(f.Get("record")); err == nil {
		v.Key = key
	}
	faults, err := p.s.Record(c.Ctx(), c.Actor, c.Now, v.Case, safecontact.Heard{ID: v.Key, Kind: f.Get("kind"), Address: f.Get("address"),
		Method: f.Get("method"), Identity: f.Get("identity"), ReadBack: f.Get("read_back") == "yes"})
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		v.Form.Faults = faults
		return c.Invalid(assistPage(c.FormPage("safe_contact.assist.title", from(c), v.Form, "name", v.Name), v))
	}
	c.Flash("safe_contact.flash.recorded")
	return c.Redirect(from(c))
}

func (p *pages) list(c *web.Context) error {
	list, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("safe_contact.list.title", ""), list))
}
