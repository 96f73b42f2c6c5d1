package boardweb

import (
	"slices"

	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategyview"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// now is the plan on a page as it stands: under the line of the newest version, if there is one.
func (p *pages) now(c *web.Context) error {
	versions, err := p.s.Versions(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	var v board.Version
	if len(versions) > 0 {
		v.Snapshot.Vision = versions[0].Snapshot.Vision
	}
	plan, err := p.s.Plan().Find(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	v.Snapshot.Plan = plan.Strategy()
	return p.onePage(c, v, "/plan")
}

func (p *pages) page(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return p.onePage(c, v, path(v))
}

func (p *pages) onePage(c *web.Context, v board.Version, back string) error {
	checked, err := strategyview.Check(c, p.s.Plan(), v.Snapshot.Sources()...)
	if err != nil {
		return err
	}
	params := c.Page("board.page.title", back)
	params.Wide = true
	return c.Render(planPage(params, v, p.s.Plan().Pack().Drivers, checked, c.Now))
}

// column lists the objectives of a driver.
func column(s board.Snapshot, driver string) []strategy.Objective {
	return slices.DeleteFunc(s.Standing(), func(o strategy.Objective) bool { return o.Driver != driver })
}

// running are the actions that a reader looks for: not those that were stopped.
func running(s board.Snapshot, o strategy.Objective) []strategy.Action {
	return slices.DeleteFunc(s.Serving(o.ID), func(x strategy.Action) bool { return x.Status == strategy.Stopped })
}
