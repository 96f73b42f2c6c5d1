package myweb

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/referral/selfreferral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
)

type referView struct {
	Form  form.Form
	Ask   selfreferral.Ask
	Reach selfreferral.Reach // check page
}

func asking(f form.Form) referView {
	id, err := uuid.Parse(f.Get("id"))
	if err != nil {
		id = uuid.New()
	}
	return referView{Form: f, Ask: selfreferral.Ask{ID: id, Reason: f.Get("reason"), Text: f.Get("text"), Contact: f.Get("contact")}}
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
		var err error
		if v.Reach, err = p.self.Reach(c.Ctx(), c.Actor); err != nil {
			return err
		}
		return c.Render(referCheckPage(preview(c, "my.refer.check"), v))
	}
	if _, err := p.self.Send(c.Ctx(), c.Actor, c.Now, v.Ask); err != nil {
		return err
	}
	c.Flash("my.refer.sent")
	return c.Redirect("/my/refer/" + v.Ask.ID.String())
}

// preview is the shell of a page that shows what was typed before it is sent: its Back keeps that.
func preview(c *web.Context, title string) layout.PageParams {
	p := c.Page(title, "")
	p.BackForm = previewForm
	return p
}

// previewForm is the id of the form that carries what was typed.
const previewForm = "preview"

// selfView is a self-referral that was sent.
type selfView struct {
	selfreferral.Asked
	OH    selfreferral.Contact
	Reach selfreferral.Reach
}

func (p *pages) selfGet(c *web.Context) error {
	if err := p.self.Opened(c.Ctx(), c.Actor, c.Now, c.Object.ID); err != nil {
		return err
	}
	contact, err := p.self.Contact(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	reach, err := p.self.Reach(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(selfPage(c.Page("my.self.title", "/my"), selfView{c.Object.Value.(selfreferral.Asked), contact, reach}))
}
