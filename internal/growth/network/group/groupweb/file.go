package groupweb

import (
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/document/documentview"
	"github.com/rowan-ohwb/rowan/internal/growth/network/group"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) filed(c *web.Context) error {
	m, err := p.waits(c)
	if err != nil {
		return err
	}
	return c.Render(filePage(c.Page("group.file", meetingPath(m.ID)), form.Fresh(), m))
}

func (p *pages) filedPost(c *web.Context) error {
	m, err := p.waits(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	u, err := documentview.Cleared(c, &f)
	if err != nil {
		return err
	}
	if u == nil && f.Faults.Of("file") == nil {
		f.Faults.Add("file", "form.upload.empty")
	}
	in := group.Paper{ID: id, Title: f.Get("title"), Purpose: f.Get("purpose"), Presenter: f.Get("presenter"), File: &document.File{}}
	f.Faults.Merge(in.Check())
	if f.Bad() {
		f.Faults.Order([]string{"file", "title", "purpose", "presenter", "cleared"})
		return c.Invalid(filePage(c.FormPage("group.file", meetingPath(m.ID), f), f, m))
	}
	return p.saved(c, p.s.Paper(c.Ctx(), c.Actor, c.Now, m.ID, in, u), meetingPath(m.ID))
}

// file hands the file of a paper out, to whoever reads the papers of the group.
func (p *pages) file(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	f, content, err := p.s.File(c.Ctx(), c.Actor, c.Now, id)
	if err != nil {
		return err
	}
	documentview.Send(c.W, f, content)
	return nil
}
