// Package buddyweb is where members of a community of practice ask somebody to be their buddy, and answer.
package buddyweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/buddy"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Home is the only page.
const Home = "/community/buddies"

type pages struct{ s *buddy.Service }

// Routes of the slice.
func Routes(s *buddy.Service) []web.Route {
	p := &pages{s}
	on := web.Route{Path: Home, Wall: access.Growth, Permission: buddy.Take, Load: web.NoObject}.On
	return []web.Route{on("GET", "", p.home), on("POST", "/{account}", p.press)}
}

// Notes says on the first page of the community that somebody waits for an answer of the reader.
func Notes(s *buddy.Service) func(*web.Context) (string, error) {
	return func(c *web.Context) (string, error) {
		b, err := s.Read(c.Ctx(), c.Actor, c.Now)
		if fault.KindOf(err) == fault.NotFound { // a host who has not joined
			return "", nil
		}
		if n := len(b.Those(buddy.Asked, false)); err == nil && n > 0 {
			return c.T("buddy.waiting", "n", n), nil
		}
		return "", err
	}
}

func (p *pages) home(c *web.Context) error {
	b, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(homePage(c.Page("buddy.title", "/community"), b))
}

func (p *pages) press(c *web.Context) error {
	other, err := c.ID("account")
	if err != nil {
		return err
	}
	switch do := c.Text("do"); do {
	case "ask":
		return c.Done(p.s.Ask(c.Ctx(), c.Actor, c.Now, other), "buddy.asked", Home)
	case "accept", "decline":
		return c.Done(p.s.Answer(c.Ctx(), c.Actor, c.Now, other, do == "accept"), "buddy.answered", Home)
	case "end":
		return c.Done(p.s.End(c.Ctx(), c.Actor, c.Now, other), "buddy.ended", Home)
	}
	return fault.Missing("form")
}
