package noteweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// signed finds a note that stands: what is added to, withheld or judged on is never a draft.
func (p *pages) signed(c *web.Context) (note.Note, error) {
	id, err := c.ID("note")
	if err != nil {
		return note.Note{}, err
	}
	n, err := p.s.Find(c.Ctx(), c.Actor, c.Now, c.Object, id)
	if err == nil && !n.Signed() {
		err = fault.Missing("signed note")
	}
	return n, err
}

func (p *pages) addendumGet(c *web.Context) error {
	n, err := p.signed(c)
	if err != nil {
		return err
	}
	a := aboutOf(c)
	return c.Render(addendumPage(c.Page("note.addendum.title", a.Back), a, n, form.Of(nil), uuid.New()))
}

func (p *pages) addendumPost(c *web.Context) error {
	n, err := p.signed(c)
	if err != nil {
		return err
	}
	f, a := form.From(c.R), aboutOf(c)
	id, err := uuid.Parse(f.Get("addendum"))
	if err != nil {
		id = uuid.New()
	}
	f.Limit("body", note.MaxBody)
	if !f.Bad() {
		if f.Faults, err = p.s.Sign(c.Ctx(), c.Actor, c.Now, a.Case, note.Draft{ID: id, Body: f.Get("body"), AddendumTo: n.ID}); err != nil {
			return err
		}
	}
	if f.Bad() {
		return c.Invalid(addendumPage(c.FormPage("note.addendum.title", a.Back, f), a, n, f, id))
	}
	c.Flash("note.flash.added")
	return c.Redirect(a.Back)
}

// show is the choice that takes a withholding back.
const show = "show"

func (p *pages) withholdGet(c *web.Context) error {
	n, err := p.signed(c)
	if err != nil {
		return err
	}
	f := form.Of(map[string][]string{})
	f.Values.Set("reason", n.Withheld)
	form.SetDate(f.Values, "review", n.WithheldReview)
	a := aboutOf(c)
	return c.Render(withholdPage(c.Page("note.withhold.title", a.Back), a, n, f))
}

func (p *pages) withholdPost(c *web.Context) error {
	n, err := p.signed(c)
	if err != nil {
		return err
	}
	f, a := form.From(c.R), aboutOf(c)
	w := note.Withholding{Reason: f.OneOf("reason", "note.withhold.reason.empty", append([]string{show}, note.WithholdReasons...)...)}
	if w.Reason == show {
		w.Reason = ""
	} else {
		w.ReviewOn = f.Date("review")
	}
	if !f.Bad() {
		if f.Faults, err = p.s.Withhold(c.Ctx(), c.Actor, c.Now, c.Object, n.ID, w); err != nil {
			return err
		}
	}
	if f.Bad() {
		return c.Invalid(withholdPage(c.FormPage("note.withhold.title", a.Back, f), a, n, f))
	}
	if w.Reason == "" {
		c.Flash("note.flash.shown")
	} else {
		c.Flash("note.flash.withheld")
	}
	return c.Redirect(a.Back)
}
