package referweb

import (
	"errors"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type checkView struct {
	Form    form.Form
	Draft   referral.Draft
	Missing []sheet.Part
	Before  sheet.Text // of an amendment: the version that was sent
	Same    bool       // an amendment that changes nothing, which cannot be sent
}

// status is where a task stands: "done", "missing" (it cannot be sent without), "look" (optional, not looked at),
// "nothing" (looked at and left empty).
func (v checkView) status(p sheet.Part) string {
	switch {
	case slices.Contains(v.Missing, p):
		return "missing"
	case p.Optional() && !slices.Contains(v.Draft.Answers.Done, p):
		return "look"
	case v.Draft.Answers.Empty(p):
		return "nothing"
	}
	return "done"
}

// missing says what to do about a part without which it cannot be sent.
func (v checkView) missing(p sheet.Part) string {
	if p == sheet.ToldThem && v.Draft.Answers.Undone() {
		return "refer.missing.told_again"
	}
	return "refer.missing." + string(p)
}

// changed is the text with what its author changed. That it has to be shown again follows from that, and is no change.
func (v checkView) changed() sheet.Text {
	t := v.Draft.Answers.Text
	if t.Undone() {
		t.Told = v.Before.Told
	}
	return t
}

func (v checkView) title() string {
	if v.Draft.Amending() {
		return "refer.check.amend"
	}
	return "refer.check.title"
}

// change gives the address behind "Change", or "" for what can no longer be changed.
func (v checkView) change(p sheet.Part) string {
	if v.Draft.Locked(p) {
		return ""
	}
	return path(v.Draft, string(p)) + "?from=check"
}

func (p *pages) view(c *web.Context) checkView {
	d := draftOf(c)
	return checkView{Draft: d, Missing: d.Answers.Missing(locale.Day(c.Now), d.Answers.Changed)}
}

func (p *pages) tasksGet(c *web.Context) error {
	v := p.view(c)
	return c.Render(tasksPage(c.Page("refer.tasks.title", "/refer", "name", v.Draft.Answers.Person.Name), v))
}

func (p *pages) discardPost(c *web.Context) error {
	if sent(c) {
		return follow(c)
	}
	return c.Done(p.s.Discard(c.Ctx(), c.Actor, draftOf(c).ID), "refer.discarded", "/referrals")
}

func (p *pages) checkGet(c *web.Context) error {
	v := p.view(c)
	if err := p.before(c, &v); err != nil {
		return err
	}
	return c.Render(checkPage(c.Page(v.title(), path(v.Draft, "")), v))
}

// answersGet shows every answer on one page to print or to turn the screen round with, before the author says that
// the person has seen them.
func (p *pages) answersGet(c *web.Context) error {
	v := p.view(c)
	if err := p.before(c, &v); err != nil {
		return err
	}
	return c.Render(answersPage(c.Page("refer.answers", path(v.Draft, string(sheet.ToldThem)), "name", v.Draft.Answers.Person.Name), v))
}

// before finds the version that an amendment changes, to show the difference before it is sent.
func (p *pages) before(c *web.Context, v *checkView) error {
	if !v.Draft.Amending() {
		return nil
	}
	r, err := p.s.Load(c.Ctx(), c.Actor, v.Draft.Answers.Amends)
	v.Before, v.Same = r.Text, r.Same(v.Draft.Answers.Text)
	return err
}

func (p *pages) checkPost(c *web.Context) error {
	if sent(c) {
		return follow(c)
	}
	v := p.view(c)
	missing, err := p.s.Submit(c.Ctx(), c.Actor, c.Now, v.Draft.ID)
	if errors.Is(err, referral.ErrSame) {
		v.Form.Faults.Add("changes", "referral.amend.same")
	} else if err != nil {
		return over(c, err)
	} else if len(missing) == 0 {
		return c.Redirect("/referrals/" + v.Draft.Referral().String() + "/sent")
	}
	if err := p.before(c, &v); err != nil {
		return err
	}
	v.Missing = missing
	for _, part := range missing {
		v.Form.Faults.Add(string(part), v.missing(part))
	}
	return c.Invalid(checkPage(c.FormPage(v.title(), path(v.Draft, ""), v.Form), v))
}
