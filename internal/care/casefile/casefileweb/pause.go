package casefileweb

import (
	"context"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) stopGet(c *web.Context) error {
	return c.Render(stopPage(c.Page("casefile.stop.title", "/cases/"+c.Object.ID.String()), loaded(c), form.Of(nil), uuid.New()))
}

func (p *pages) stopPost(c *web.Context) error {
	f, back := form.From(c.R), "/cases/"+c.Object.ID.String()
	reason := f.OneOf("reason", "casefile.stop.reason.empty", flow.Reasons...)
	id, err := uuid.Parse(f.Get("pause"))
	if err != nil {
		id = uuid.New()
	}
	if f.Bad() {
		return c.Invalid(stopPage(c.FormPage("casefile.stop.title", back, f), loaded(c), f, id))
	}
	return c.Done(p.s.StopClock(c.Ctx(), c.Actor, c.Now, loaded(c), id, reason), "casefile.flash.stopped", back)
}

func (p *pages) start(c *web.Context) error {
	return c.Done(p.s.StartClock(c.Ctx(), c.Actor, c.Now, loaded(c)), "casefile.flash.started", "/cases/"+c.Object.ID.String())
}

// stood says from when to when the clock stood, and why.
func stood(ctx context.Context, x casefile.Pause) string {
	why := locale.T(ctx, "casefile.pause."+x.Reason)
	if x.To.IsZero() {
		return locale.T(ctx, "casefile.clock.stands", "why", why, "from", locale.Date(x.From))
	}
	return locale.T(ctx, "casefile.clock.stood", "why", why, "from", locale.Date(x.From), "to", locale.Date(x.To))
}
