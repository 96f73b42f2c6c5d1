package casefileweb

import "github.com/rowan-ohwb/rowan/internal/platform/web"

func (p *pages) today(c *web.Context) error {
	day, err := p.s.Day(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(todayPage(c.Page("casefile.today.title", ""), day, c.Now))
}
