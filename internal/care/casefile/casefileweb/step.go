package casefileweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// maxWhy bounds the words to a colleague: half a page.
const maxWhy = 2_000

func (p *pages) referOnGet(c *web.Context) error {
	f := form.Of(nil)
	return c.Render(referOnPage(c.Page("casefile.refer_on.title", "/cases/"+c.Object.ID.String()), loaded(c), f, uuid.New(), others(c.Actor.Role)))
}

// others are the professions one can ask: every clinical role but one's own.
func others(own access.Role) (roles []string) {
	for _, r := range access.Clinicians {
		if r != own {
			roles = append(roles, string(r))
		}
	}
	return roles
}

func (p *pages) referOnPost(c *web.Context) error {
	f := form.From(c.R)
	to := f.OneOf("to", "casefile.refer_on.to.empty", others(c.Actor.Role)...)
	why := f.Required("why", "casefile.refer_on.why.empty")
	f.Limit("why", maxWhy)
	id, err := uuid.Parse(f.Get("step"))
	if err != nil {
		id = uuid.New()
	}
	back := "/cases/" + c.Object.ID.String()
	if f.Bad() {
		return c.Invalid(referOnPage(c.FormPage("casefile.refer_on.title", back, f), loaded(c), f, id, others(c.Actor.Role)))
	}
	return c.Done(p.s.ReferOn(c.Ctx(), c.Actor, c.Now, loaded(c), casefile.ReferOn{ID: id, To: access.Role(to), Why: why}), "casefile.flash.referred_on", back)
}

// step shows somebody of the asked profession what is asked, before they take it.
func (p *pages) step(c *web.Context) error {
	if err := p.s.Looked(c.Ctx(), c.Actor, c.Now, c.Object, "casefile.step_opened"); err != nil {
		return err
	}
	return c.Render(stepPage(c.Page("casefile.step.title", "/today"), c.Object.Value.(casefile.Asked)))
}

func (p *pages) accept(c *web.Context) error {
	x := c.Object.Value.(casefile.Asked)
	return c.Done(p.s.Accept(c.Ctx(), c.Actor, c.Now, x), "casefile.flash.step_accepted", "/cases/"+x.Case.ID.String())
}

func (p *pages) finish(c *web.Context) error {
	return c.Done(p.s.Finish(c.Ctx(), c.Actor, c.Now, c.Object.Value.(casefile.Asked)), "casefile.flash.step_done", "/today")
}

func (p *pages) finishTask(c *web.Context) error {
	id, err := c.ID("task")
	if err != nil {
		return err
	}
	return c.Done(p.s.FinishTask(c.Ctx(), c.Actor, c.Now, loaded(c), id), "casefile.flash.task_done", "/cases/"+c.Object.ID.String())
}
