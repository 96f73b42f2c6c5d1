package safecontactweb

import (
	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/safecontact"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type assistView struct {
	safecontact.Case
	Recorded safecontact.Recorded
	Form     form.Form
	Key      uuid.UUID // makes the record once only
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
	return p.assist(c, form.Of(nil), uuid.New(), c.Render)
}

func (p *pages) assist(c *web.Context, f form.Form, key uuid.UUID, answer func(templ.Component) error) error {
	v := assistView{Case: c.Object.Value.(safecontact.Case), Form: f, Key: key}
	var err error
	if v.Recorded, err = p.s.Recorded(c.Ctx(), c.Actor, c.Now, v.Case); err != nil {
		return err
	}
	return answer(assistPage(c.FormPage("safe_contact.assist.title", from(c), f, "name", v.Name), v))
}

func (p *pages) assistPost(c *web.Context) error {
	f := form.From(c.R)
	key, err := uuid.Parse(f.Get("record"))
	if err != nil {
		key = uuid.New()
	}
	f.Faults, err = p.s.Record(c.Ctx(), c.Actor, c.Now, c.Object.Value.(safecontact.Case), safecontact.Heard{ID: key, Kind: f.Get("kind"), Address: f.Get("address"),
		Method: f.Get("method"), Identity: f.Get("identity"), ReadBack: f.Get("read_back") == "yes"})
	if err != nil {
		return err
	}
	if f.Bad() {
		return p.assist(c, f, key, c.Invalid)
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
