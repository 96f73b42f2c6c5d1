package referweb

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
)

// step is one question page: how it shows what is stored, and how it reads what was typed. read notes faults
// in the form and answers the change to make when there are none; a nil change shows the page again.
type step struct {
	part sheet.Part
	fill func(sheet.Text) url.Values
	page func(layout.PageParams, stepView) templ.Component
	read func(p *pages, c *web.Context, v *stepView) (func(*sheet.Text), error)
	take func(form.Form) func(*sheet.Text) // instead of read, where no answer can be wrong
}

var steps = []step{reasonStep, whyStep, absenceStep, workStep, triedStep, questionsStep, viewersStep, toldStep}

type stepView struct {
	Form  form.Form
	Draft referral.Draft
	Found []delegation.Colleague // viewers page: what a search found
	More  bool                   // viewers page: there are others
	Named []sheet.Named          // viewers page: who is ticked
	Phone string                 // told page: of occupational health
	Check bool                   // came from the check page, and goes back to it
}

// Name is who is referred: every question says it.
func (v stepView) Name() string { return v.Draft.Answers.Person.Name }

func title(s step) string { return "refer." + string(s.part) }

func (p *pages) stepGet(s step) web.Handler {
	return func(c *web.Context) error {
		d := draftOf(c)
		if d.Locked(s.part) {
			return c.Redirect(path(d, "check"))
		}
		v := stepView{Form: form.Of(s.fill(d.Answers.Text)), Draft: d, Named: d.Answers.Viewers, Check: c.R.URL.Query().Get("from") == "check"}
		return c.Render(s.page(c.Page(title(s), v.back(), "name", v.Name()), v))
	}
}

func (p *pages) stepPost(s step) web.Handler {
	return func(c *web.Context) error {
		if sent(c) {
			return follow(c)
		}
		v := answered(c)
		change, err := s.read(p, c, &v)
		if err != nil {
			return err
		}
		if v.Form.Bad() {
			return c.Invalid(s.page(c.FormPage(title(s), v.back(), v.Form, "name", v.Name()), v))
		}
		if change == nil {
			return c.Render(s.page(c.Page(title(s), v.back(), "name", v.Name()), v))
		}
		return p.keep(c, s, v, change)
	}
}

// takePost takes in what can only be ticked.
func (p *pages) takePost(s step) web.Handler {
	return func(c *web.Context) error {
		if sent(c) {
			return follow(c)
		}
		v := answered(c)
		return p.keep(c, s, v, s.take(v.Form))
	}
}

func answered(c *web.Context) stepView {
	v := stepView{Form: form.From(c.R), Draft: draftOf(c)}
	v.Check = v.Form.Get("from") == "check"
	return v
}

// keep saves what a page was answered, and goes on to the next.
func (p *pages) keep(c *web.Context, s step, v stepView, change func(*sheet.Text)) error {
	if err := p.s.Save(c.Ctx(), c.Actor, c.Now, v.Draft.ID, s.part, change); err != nil {
		return err
	}
	if v.Form.Get("step") == skip {
		after, err := p.s.Draft(c.Ctx(), c.Actor, v.Draft.ID)
		if err != nil {
			return err
		}
		if missing := after.Answers.Missing(locale.Day(c.Now), after.Answers.Changed); len(missing) > 0 {
			return c.Redirect(path(v.Draft, string(missing[0])))
		}
		return c.Redirect(path(v.Draft, "check"))
	}
	return c.Redirect(path(v.Draft, v.next(s.part)))
}

// skip is the button that goes on to the first question that must be answered.
const skip = "skip"

// skips says whether a question page offers it: where the next question may stay open.
func (v stepView) skips(part sheet.Part) bool {
	next := part.After()
	return !v.Check && !v.Draft.Amending() && next != "" && next.Optional()
}

func (v stepView) back() string {
	if v.Check {
		return path(v.Draft, "check")
	}
	return path(v.Draft, "")
}

// next is the one obvious next page.
func (v stepView) next(part sheet.Part) string {
	switch {
	case part == sheet.ToldThem && v.Form.Get("done") == "no":
		return "not-told"
	case v.Check || v.Draft.Amending() || part.After() == "":
		return "check"
	}
	return string(part.After())
}

// codes makes choices of a code list, without those that only a self-referral has.
func codes(l sheet.List) []form.Option {
	var out []form.Option
	for _, c := range l.Items {
		if !c.OnlySelf {
			out = append(out, form.Option{Value: c.Code, Text: c.Name})
		}
	}
	return out
}

// known leaves the codes that are on a list: a forged one is dropped, not stored.
func known(l sheet.List, values []string) (out []string) {
	for _, v := range values {
		if l.Has(v) && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
