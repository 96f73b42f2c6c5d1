package myweb

import (
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/selfreferral"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type homeView struct {
	About []referral.About
	selfreferral.Mine
}

func (p *pages) homeGet(c *web.Context) (err error) {
	var v homeView
	if v.About, err = p.s.ListAbout(c.Ctx(), c.Actor); err != nil {
		return err
	}
	if v.Mine, err = p.self.Home(c.Ctx(), c.Actor, c.Now); err != nil {
		return err
	}
	return c.Render(homePage(c.Page("my.home.title", ""), v))
}

func (p *pages) showGet(c *web.Context) error {
	v, err := p.s.View(c.Ctx(), c.Actor, c.Now, c.Object.ID, c.Object.Ground)
	if err != nil {
		return err
	}
	return c.Render(showPage(c.Page("my.show.title", "/my", "name", v.Text.Referrer.Name), v))
}
