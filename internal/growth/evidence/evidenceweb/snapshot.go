package evidenceweb

import (
	"fmt"
	"io"

	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/standalone"
)

type snapshotsView struct {
	Form      form.Form
	Room      evidence.Room
	Suspects  []evidence.Suspect
	MayFreeze bool
}

func (p *pages) snapshots(c *web.Context) error {
	r, err := p.s.Search(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	f, err := begin()
	if err != nil {
		return err
	}
	return c.Render(snapshotsPage(c.Page("evidence.snapshots.title", "/evidence"), snapshotsView{f, r, r.Suspects(), c.May(evidence.Freeze)}))
}

// freeze makes the snapshot: one action.
func (p *pages) freeze(c *web.Context) error {
	id, err := one(form.From(c.R).Get("id"))
	if err != nil {
		return err
	}
	return c.Done(p.s.Snapshot(c.Ctx(), c.Actor, c.Now, id), "evidence.snapshot.saved", "/evidence/snapshots/"+id.String())
}

func (p *pages) findSnapshot(c *web.Context) (evidence.Snapshot, error) {
	id, err := c.ID("id")
	if err != nil {
		return evidence.Snapshot{}, err
	}
	return p.s.FindSnapshot(c.Ctx(), c.Actor, id)
}

func title(c *web.Context, x evidence.Snapshot) string {
	return c.T("evidence.snapshot.title", "n", x.N, "when", x.AsOf.Long())
}

func (p *pages) snapshot(c *web.Context) error {
	x, err := p.findSnapshot(c)
	if err != nil {
		return err
	}
	params := c.Page("evidence.snapshots.title", "/evidence/snapshots")
	params.Title = title(c, x)
	return c.Render(snapshotPage(params, x))
}

// download gives the snapshot as one file that prints without Rowan. One that is no longer what was frozen is not given
// out.
func (p *pages) download(c *web.Context) error {
	x, err := p.findSnapshot(c)
	if err != nil {
		return err
	}
	if !x.Verified() {
		return fmt.Errorf("snapshot %s does not have its hash any more", x.ID)
	}
	text, err := standalone.File(c.Ctx(), title(c, x), x.Body, c.T("evidence.snapshot.hash.file", "hash", x.SHA256))
	if err != nil {
		return err
	}
	c.Attach("text/html; charset=utf-8", fmt.Sprintf("evidence-snapshot-%d-%s.html", x.N, x.AsOf))
	_, err = io.WriteString(c.W, text)
	return err
}
