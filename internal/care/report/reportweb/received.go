package reportweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) receivedGet(c *web.Context) error {
	r, err := p.s.Receive(c.Ctx(), c.Actor, c.Now, c.Object.ID)
	if err != nil {
		return err
	}
	back := "/referrals/" + r.Referral.String()
	switch {
	case len(r.Reports) > 0:
		return c.Render(receivedPage(c.Page("report.received.title", back), r, form.Of(nil)))
	// After the end none comes, and whom the person left out of their agreement gets none: to them it is the same notice.
	case r.Seen == flow.SeenNotReported || r.Seen == flow.SeenClosed || r.Seen == flow.SeenReported:
		return c.Render(noticePage(c.Page("report.received.notice.title", back), "report.received.notice"))
	}
	return c.Render(noticePage(c.Page("report.received.pending.title", back), "report.received.pending"))
}

// receivedPost takes whether the report answered the reader's questions.
func (p *pages) receivedPost(c *web.Context) error {
	f := form.From(c.R)
	released, err := uuid.Parse(f.Get("released"))
	if err != nil {
		return fault.Missing("released report")
	}
	if f.Faults, err = p.s.AnswerReport(c.Ctx(), c.Actor, c.Now, c.Object.ID, released, f.Get("answered")); err != nil {
		return err
	}
	back := "/referrals/" + c.Object.ID.String()
	if !f.Bad() {
		c.Flash("report.flash.helped")
		return c.Redirect(back + "/report")
	}
	r, err := p.s.Receive(c.Ctx(), c.Actor, c.Now, c.Object.ID)
	if err != nil {
		return err
	}
	if len(r.Reports) == 0 {
		return fault.Missing("released report")
	}
	return c.Invalid(receivedPage(c.FormPage("report.received.title", back, f), r, f))
}

func (p *pages) adjustGet(c *web.Context) error {
	r, err := p.s.ListAdjustments(c.Ctx(), c.Actor, c.Now, c.Object.ID)
	if err != nil {
		return err
	}
	f := form.Of(map[string][]string{})
	for i, a := range r.Adjustments {
		f.Values.Set(report.StatusName(i), a.Status)
		f.Values.Set(report.ReasonName(i), a.Reason)
	}
	return c.Render(adjustPage(c.Page("report.adjust.title", "/referrals/"+r.Referral.String()+"/report"), r, f))
}

func (p *pages) adjustPost(c *web.Context) error {
	r, err := p.s.ListAdjustments(c.Ctx(), c.Actor, c.Now, c.Object.ID)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	answers := make([]report.AdjustmentAnswer, len(r.Adjustments))
	for i := range answers {
		answers[i] = report.AdjustmentAnswer{Status: f.Get(report.StatusName(i)), Reason: f.Get(report.ReasonName(i))}
	}
	back := "/referrals/" + r.Referral.String() + "/report"
	if f.Faults, err = p.s.AnswerAdjustments(c.Ctx(), c.Actor, c.Now, c.Object.ID, answers); err != nil {
		return err
	}
	if f.Bad() {
		return c.Invalid(adjustPage(c.FormPage("report.adjust.title", back, f), r, f))
	}
	c.Flash("report.flash.adjusted")
	return c.Redirect(back)
}
