package triageweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) decideGet(c *web.Context) error {
	v, err := p.view(c, form.Fresh())
	if err != nil {
		return err
	}
	return c.Render(decidePage(c.Page("triage.decide.title", "/queue/"+v.ID.String(), "name", v.Name), v))
}

func (p *pages) decidePost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	into, _ := uuid.Parse(f.Get("into")) // none, or none of the open cases, is a fault that Decide finds
	faults, err := p.s.Decide(c.Ctx(), c.Actor, c.Now, triage.Decision{ID: id, Case: c.Object.ID, Outcome: f.Get("outcome"), Priority: f.Get("priority"),
		Rationale: f.Get("rationale"), Message: f.Get("message"), Into: into})
	if err != nil {
		return err
	}
	if len(faults) == 0 {
		return c.Redirect("/queue?decided=" + c.Object.ID.String())
	}
	f.Faults = faults
	v, err := p.view(c, f)
	if err != nil {
		return err
	}
	return c.Invalid(decidePage(c.FormPage("triage.decide.title", "/queue/"+v.ID.String(), f, "name", v.Name), v))
}

// outcomes lists what can be decided: a merge only when there is an open case, fixed texts only for a referrer.
func (v formView) outcomes() []form.Option {
	acts := []triage.Act{triage.Accept, triage.Return, triage.Decline}
	if len(v.Open) > 0 {
		acts = append(acts, triage.Merge)
	}
	return form.Options("triage.outcome", triage.Lists().Codes(acts...)...)
}

func (v formView) into() (out []form.Option) {
	for _, o := range v.Open {
		out = append(out, form.Option{Value: o.ID.String(),
			Text: sheet.Lists().Reasons.Name(o.Reason) + ", " + locale.Date(o.ReceivedAt)})
	}
	return out
}

func (v formView) messages() []form.Option {
	l := triage.Lists()
	return form.Options("triage.seen", l.Messages(l.Codes(triage.Return, triage.Decline)...)...)
}
