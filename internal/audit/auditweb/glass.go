package auditweb

import (
	"net/url"

	"github.com/rowan-ohwb/rowan/internal/audit/watch"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) glassList(c *web.Context) error {
	list, err := p.watch.ListGlass(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(glassPage(c.Page("audit.glass.title", "/audit"), list))
}

func (p *pages) reviewGet(c *web.Context) error {
	g, under, err := p.watch.Under(c.Ctx(), c.Actor, c.Now, c.Object.Value.(watch.Glass))
	if err != nil {
		return err
	}
	return c.Render(reviewPage(c.Page("audit.review.title", "/audit/break-glass"), form.Of(url.Values{}), g, under))
}

func (p *pages) reviewPost(c *web.Context) error {
	f := form.From(c.R)
	finding := f.OneOf("finding", "audit.review.finding.empty", watch.Findings...)
	note := f.OneOf("note", "audit.review.note.empty", watch.Notes...)
	if f.Bad() {
		g, under, err := p.watch.Under(c.Ctx(), c.Actor, c.Now, c.Object.Value.(watch.Glass))
		if err != nil {
			return err
		}
		return c.Invalid(reviewPage(c.FormPage("audit.review.title", "/audit/break-glass", f), f, g, under))
	}
	return c.Done(p.watch.Review(c.Ctx(), c.Actor, c.Now, c.Object.ID, finding, note), "audit.review.done", "/audit/break-glass")
}
