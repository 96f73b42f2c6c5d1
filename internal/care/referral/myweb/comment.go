package myweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type commentView struct {
	Form     form.Form
	Remark   referral.Remark
	Referral referral.Referral
}

func comment(c *web.Context, f form.Form) commentView {
	r := c.Object.Value.(referral.Referral)
	id, err := uuid.Parse(f.Get("id"))
	if err != nil {
		id = uuid.New()
	}
	return commentView{f, referral.Remark{ID: id, Referral: r.ID, To: referral.Reader(f.Get("to")), Text: f.Get("text")}, r}
}

func (v commentView) back() string { return "/my/referrals/" + v.Referral.ID.String() }

func (p *pages) commentGet(c *web.Context) error {
	v := comment(c, form.Form{})
	return c.Render(commentPage(c.Page("my.comment.title", v.back()), v))
}

// commentPost goes through two pages: what was typed, then exactly what each reader will see. Only the second
// one's button sends.
func (p *pages) commentPost(c *web.Context) error {
	v := comment(c, form.From(c.R))
	if v.Form.Get("step") == "change" {
		return c.Render(commentPage(c.Page("my.comment.title", v.back()), v))
	}
	if v.Form.Faults = v.Remark.Check(); v.Form.Bad() {
		return c.Invalid(commentPage(c.FormPage("my.comment.title", v.back(), v.Form), v))
	}
	if v.Form.Get("step") != "send" {
		return c.Render(previewPage(preview(c, "my.preview.title"), v))
	}
	if _, err := p.s.Comment(c.Ctx(), c.Actor, c.Now, v.Remark); err != nil {
		return err
	}
	c.Flash("my.comment.sent." + string(v.Remark.To))
	return c.Redirect(v.back())
}
