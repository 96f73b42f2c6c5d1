package myweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/referral/selfreferral"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type helpView struct {
	ID      uuid.UUID
	Contact selfreferral.Contact
}

func (p *pages) helpGet(c *web.Context) (err error) {
	v := helpView{ID: uuid.New()}
	if v.Contact, err = p.self.Contact(c.Ctx(), c.Actor); err != nil {
		return err
	}
	return c.Render(helpPage(c.Page("my.help.title", "/my"), v))
}

// helpPost asks no question. The id of the page makes a second press the same request; a page without one
// still gets help.
func (p *pages) helpPost(c *web.Context) error {
	id, err := uuid.Parse(form.From(c.R).Get("id"))
	if err != nil {
		id = uuid.New()
	}
	if err := p.self.HelpToday(c.Ctx(), c.Actor, c.Now, id); err != nil {
		return err
	}
	return c.Redirect("/my/help/asked")
}

func (p *pages) askedGet(c *web.Context) (err error) {
	var v helpView
	if v.Contact, err = p.self.Contact(c.Ctx(), c.Actor); err != nil {
		return err
	}
	return c.Render(helpAskedPage(c.Page("my.asked.title", "/my"), v))
}

func urgentGet(c *web.Context) error { return c.Render(urgentPage(c.Page("my.urgent.title", ""))) }
