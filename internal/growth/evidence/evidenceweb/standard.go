package evidenceweb

import (
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type standardsView struct {
	Room      evidence.Room
	Domains   []evidence.Domain
	MayImport bool
}

func (p *pages) standards(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(standardsPage(c.Page("evidence.standards.title", "/evidence"), standardsView{r, r.Domains(), c.May(evidence.Import)}))
}

type standardView struct {
	Room     evidence.Room
	Standard evidence.Standard
	Items    []evidence.Item
	Versions []evidence.Version
	Old      bool
	Suspect  evidence.Suspect
	MayKeep  bool
}

func (p *pages) standard(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	s, ok := r.Standard(id)
	if !ok {
		return fault.Missing("standard")
	}
	v := standardView{Room: r, Standard: s, Items: r.Of(id), Suspect: r.Suspect(id, s.Name()), MayKeep: c.May(evidence.Keep), Old: true}
	for _, x := range r.Standards {
		v.Old = v.Old && x.ID != id
	}
	if v.Versions, err = p.s.Versions(c.Ctx(), c.Actor, id); err != nil {
		return err
	}
	params := c.Page("evidence.standards.title", "/evidence/standards")
	params.Title = s.Name()
	return c.Render(standardPage(params, v))
}
