package triageweb

import (
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type showView struct {
	triage.File
	MayDecide bool
}

// show is one case of the queue with what can be done next. Opening it is in the audit trail.
func (p *pages) show(c *web.Context) error {
	f, err := p.s.Open(c.Ctx(), c.Actor, c.Now, c.Object.ID)
	if err != nil {
		return err
	}
	return c.Render(showPage(c.Page("triage.show.title", "/queue", "name", f.Name), showView{f, c.May(triage.MayDecide)}))
}

func (p *pages) resume(c *web.Context) error {
	return c.Done(p.s.Resume(c.Ctx(), c.Actor, c.Now, c.Object.ID), "triage.flash.resumed", "/queue/"+c.Object.ID.String())
}
