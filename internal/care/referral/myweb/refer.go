package myweb

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/referral/selfreferral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type referView struct {
	Form form.Form
	Ask  selfreferral.Ask
}

func asking(f form.Form) referView {
	id, err := uuid.Parse(f.Get("id"))
	if err != nil {
		id = uuid.New()
	}
	return referView{f, selfreferral.Ask{ID: id, Reason: f.Get("reason"), Text: f.Get("text"), Contact: f.Get("contact")}}
}

// reason gives the words of a code as the person chose them.
func reason(code string) string {
	i := slices.IndexFunc(selfreferral.Reasons(), func(c sheet.Code) bool { return c.Code == code })
	if i < 0 {
		return sheet.Lists().Reasons.Name(code)
	}
	return selfreferral.Reasons()[i].Self
}

func reasons() (out []form.Option) {
	for _, c := range selfreferral.Reasons() {
		out = append(out, form.Option{Value: c.Code, Text: c.Self})
	}
	return out
}

func (p *pages) referGet(c *web.Context) error {
	return c.Render(referPage(c.Page("my.refer.title", "/my"), asking(form.Form{})))
}

// referPost shows what was typed to be checked, then sends it. Until then nothing is stored, so somebody who
// changes their mind leaves no trace.
func (p *pages) referPost(c *web.Context) error {
	v := asking(form.From(c.R))
	if v.Form.Get("step") == "change" {
		return c.Render(referPage(c.Page("my.refer.title", "/my"), v))
	}
	if v.Form.Faults = v.Ask.Check(); v.Form.Bad() {
		return c.Invalid(referPage(c.FormPage("my.refer.title", "/my", v.Form), v))
	}
	if v.Form.Get("step") != "send" {
		kind, err := p.self.SafeKind(c.Ctx(), c.Actor)
		if err != nil {
			return err
		}
		return c.Render(referCheckPage(c.Page("my.refer.check", "/my/refer"), v, kind))
	}
	if _, err := p.self.Send(c.Ctx(), c.Actor, c.Now, v.Ask); err != nil {
		return err
	}
	c.Flash("my.refer.sent")
	return c.Redirect("/my/refer/" + v.Ask.ID.String())
}

func (p *pages) selfGet(c *web.Context) error {
	if err := p.self.Opened(c.Ctx(), c.Actor, c.Now, c.Object.ID); err != nil {
		return err
	}
	contact, err := p.self.Contact(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	kind, err := p.self.SafeKind(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(selfPage(c.Page("my.self.title", "/my"), c.Object.Value.(selfreferral.Asked), contact, kind))
}

// elsewhere says whether messages go another way than somebody asks for: they go to the safe contact of the kind that is
// known, or, without one, to work.
func elsewhere(contact, kind string) bool {
	return contact == "text" && kind != "mobile" || contact == "email" && kind != "email"
}
