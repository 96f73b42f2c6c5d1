package maturityweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// newer is a version that is in force and was not taken up.
type newer struct {
	Offered, InUse framework.Version
	There          bool
}

func (p *pages) offered(c *web.Context) (n newer, err error) {
	n.Offered, n.InUse, n.There, err = p.s.Newer(c.Ctx(), c.Actor, c.Now)
	return n, err
}

// newest is the page of a version that could be taken up; without one it leads to the framework as it is used.
func (p *pages) newest(c *web.Context) error {
	n, err := p.offered(c)
	if err != nil {
		return err
	}
	if !n.There {
		return c.Redirect("/plan/maturity/ours")
	}
	return c.Render(newerPage(c.Page("improvement.maturity.newer.title", "/plan/maturity/ours", "n", n.Offered.Number), n, c.May(improvement.Write)))
}

func (p *pages) take(c *web.Context) error {
	id, err := uuid.Parse(c.Text("id"))
	if err != nil {
		return fault.Missing("version")
	}
	return c.Done(p.s.Take(c.Ctx(), c.Actor, c.Now, id), "improvement.maturity.version.taken", "/plan/maturity/ours")
}

func (p *pages) versions(c *web.Context) error {
	all, err := p.s.Versions(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(versionsPage(c.Page("improvement.maturity.versions", "/plan/maturity/ours"), all))
}

func (p *pages) version(c *web.Context) error {
	v, before, err := p.s.Version(c.Ctx(), c.Actor, c.R.PathValue("version"))
	if err != nil {
		return err
	}
	return c.Render(versionPage(c.Page("improvement.maturity.version.n", "/plan/maturity/ours/versions", "n", v.Number, "name", v.Name), v, before))
}
