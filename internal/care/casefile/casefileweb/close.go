package casefileweb

import (
	"time"

	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) closeGet(c *web.Context) error {
	left, err := p.s.Outstanding(c.Ctx(), c.Actor, loaded(c))
	if err != nil {
		return err
	}
	return c.Render(closePage(c.Page("casefile.close.title", "/cases/"+c.Object.ID.String()), loaded(c), form.Of(nil), left))
}

func (p *pages) closePost(c *web.Context) error {
	f, back := form.From(c.R), "/cases/"+c.Object.ID.String()
	reason := f.OneOf("reason", "casefile.close.reason.empty", casefile.ClosingReasons()...)
	var left casefile.Outstanding
	if !f.Bad() {
		var err error
		if left, err = p.s.Close(c.Ctx(), c.Actor, c.Now, loaded(c), reason); err != nil {
			return err
		}
		if left.Any() {
			f.Faults.Add("reason", "casefile.close.outstanding")
		}
	}
	if f.Bad() {
		return c.Invalid(closePage(c.FormPage("casefile.close.title", back, f), loaded(c), f, left))
	}
	c.Flash("casefile.flash.closed")
	return c.Redirect("/today")
}

func (p *pages) reviewGet(c *web.Context) error {
	return c.Render(reviewPage(c.Page("casefile.review.title", "/cases/"+c.Object.ID.String()), loaded(c), form.Of(nil)))
}

func (p *pages) reviewPost(c *web.Context) error {
	f, back := form.From(c.R), "/cases/"+c.Object.ID.String()
	by := f.Date("by")
	if by.IsZero() && !f.Bad() {
		f.Faults.Add("by", "casefile.review.by.empty")
	}
	if !by.IsZero() && (by.Before(c.Now.Add(-24*time.Hour)) || by.After(c.Now.AddDate(2, 0, 0))) {
		f.Faults.Add("by", "casefile.review.by.range")
	}
	if f.Bad() {
		return c.Invalid(reviewPage(c.FormPage("casefile.review.title", back, f), loaded(c), f))
	}
	return c.Done(p.s.PlanReview(c.Ctx(), c.Actor, c.Now, loaded(c), by), "casefile.flash.review", back)
}
