package callweb

import (
	"net/url"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/growth/survey"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) asked(c *web.Context) error {
	all, nation, err := p.s.Asked(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(askedPage(c.Page("call.title.asked", ""), all, nation, locale.Day(c.Now)))
}

func (p *pages) findAsked(c *web.Context) (call.Call, string, error) {
	id, err := c.ID("id")
	if err != nil {
		return call.Call{}, "", err
	}
	return p.s.FindAsked(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) answer(c *web.Context) error {
	x, nation, err := p.findAsked(c)
	if err != nil {
		return err
	}
	return c.Render(answerPage(c.Page("form.page", asked, "title", x.Title), x, nation, form.Of(url.Values{}), locale.Day(c.Now)))
}

func (p *pages) answerPost(c *web.Context) error {
	x, nation, err := p.findAsked(c)
	if err != nil {
		return err
	}
	today := locale.Day(c.Now)
	if x.Kind != call.Survey || !x.Open(today) || x.Reply != nil {
		return fault.New(fault.Conflict, "call.changed")
	}
	f := form.From(c.R)
	answers := make([]string, len(x.Asked))
	for i := range answers {
		answers[i] = f.Get(survey.Field(i))
	}
	f.Faults.Merge(x.CheckAnswers(answers, f.Get("agree") == "yes", f.Get("named"), today))
	if f.Bad() {
		return c.Invalid(answerPage(c.FormPage("form.page", asked, f, "title", x.Title), x, nation, f, today))
	}
	return p.saved(c, p.s.Hand(c.Ctx(), c.Actor, c.Now, x.ID, answers, f.Get("named") == "yes"), "call.handed", askedPath(x.ID))
}
