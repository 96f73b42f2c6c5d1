package boardweb

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategyview"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// onPage is what the plan on a page shows, and what of it the board has approved.
type onPage struct {
	board.Version
	Drivers  []string
	Checked  strategyview.Checked
	Approved *board.Version // the version in force; nil while there is none
	Marks    map[uuid.UUID]board.What
}

// now is the plan on a page as it stands: under the line of the version in force or, while there is none, under that
// of the newest version.
func (p *pages) now(c *web.Context) error {
	versions, err := p.s.Versions(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	var v board.Version
	if x := board.InForceOf(versions); x != nil {
		v.Snapshot.Vision = x.Snapshot.Vision
	} else if len(versions) > 0 {
		v.Snapshot.Vision = versions[0].Snapshot.Vision
	}
	plan, err := p.s.Plan().Find(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	v.Snapshot.Plan = plan.Strategy()
	return p.onePage(c, v, versions, "/plan")
}

func (p *pages) page(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	versions, err := p.s.Versions(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return p.onePage(c, v, versions, path(v))
}

func (p *pages) onePage(c *web.Context, v board.Version, versions []board.Version, back string) error {
	x := onPage{Version: v, Drivers: p.s.Plan().Pack().Drivers, Approved: board.InForceOf(versions)}
	var err error
	if x.Checked, err = strategyview.Check(c, p.s.Plan(), v.Snapshot.Sources()...); err != nil {
		return err
	}
	if !v.Signed() && x.Approved != nil {
		x.Marks = board.Unapproved(x.Approved.Snapshot, v.Snapshot)
	}
	params := c.Page("board.page.title", back)
	params.Wide = true
	return c.Render(planPage(params, x, c.Now))
}

// column lists the objectives of a driver.
func column(s board.Snapshot, driver string) []strategy.Objective {
	return slices.DeleteFunc(s.Standing(), func(o strategy.Objective) bool { return o.Driver != driver })
}

// running are the actions that a reader looks for: not those that were stopped.
func running(s board.Snapshot, o strategy.Objective) []strategy.Action {
	return slices.DeleteFunc(s.Serving(o.ID), func(x strategy.Action) bool { return x.Status == strategy.Stopped })
}
