package auditweb

import (
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

func (p *pages) snooping(c *web.Context) error {
	found, err := p.watch.Snooping(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(snoopingPage(c.Page("audit.snooping.title", "/audit"), found))
}

func (p *pages) checkpoints(c *web.Context) error {
	list, err := p.watch.Checkpoints(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(checkpointsPage(c.Page("audit.checkpoints.title", "/audit"), list, p.watch.VerifierKey()))
}

func (p *pages) exportGet(c *web.Context) error {
	return c.Render(exportPage(c.Page("audit.export.title", "/audit")))
}

// exportPost sends the file as it is read. If that breaks off in the middle, the export fails its own verification.
func (p *pages) exportPost(c *web.Context) error {
	c.Attach("application/jsonl; charset=utf-8", "rowan-audit-"+c.Now.UTC().Format("2006-01-02T150405Z")+".jsonl")
	return p.watch.Export(c.Ctx(), c.Actor, c.Now, c.W)
}
