package noteweb

import (
	"cmp"
	"net/url"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/casefile"
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
	return c.Render(addendumPage(c.Page("note.addendum.title", a.Back), a, n, form.Of(url.Values{"reason": {sees}}), uuid.New()))
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
	draft := note.Draft{ID: id, Body: f.Get("body"), AddendumTo: n.ID}
	if !withheld(n) {
		draft.Withhold = withholdingOf(&f, "")
	}
	f.Faults.Merge(draft.Faults(c.Now))
	f.Faults.Order(boxes)
	if !f.Bad() {
		if f.Faults, err = p.s.Sign(c.Ctx(), c.Actor, c.Now, a.Case, draft); err != nil {
			return err
		}
	}
	if f.Bad() {
		return c.Invalid(addendumPage(c.FormPage("note.addendum.title", a.Back, f), a, n, f, id))
	}
	c.Flash("note.flash.added")
	return c.Redirect(a.Back)
}

// The choices that withhold nothing: at the signature the person will see the note, later a withholding is taken back.
const (
	sees = "sees"
	show = "show"
)

// withheld says whether the person sees neither a note nor what is added to it.
func withheld(n note.Note) bool { return n.Withheld.Reason != "" || n.UnderWithheld }

// withholdingOf reads what was chosen. With a message the choice must be made; a draft, and a note whose author left it
// alone, withhold nothing, and what stands in the other boxes is then let go.
func withholdingOf(f *form.Form, must string) note.Withholding {
	w := note.Withholding{Reason: known(f.Get("reason"), note.WithholdReasons)}
	if must != "" {
		f.OneOf("reason", must, append([]string{show}, note.WithholdReasons...)...)
	}
	if w.Reason == "" {
		return w
	}
	f.Limit("why", note.MaxBox)
	w.Why = f.Get("why")
	w.ReviewOn = f.Date("review", "note.withhold_review.date")
	return w
}

// setWithholding fills the fields with a withholding; otherwise is the choice when there is none.
func setWithholding(v url.Values, w note.Withholding, otherwise string) {
	v.Set("reason", cmp.Or(w.Reason, otherwise))
	v.Set("why", w.Why)
	form.SetDate(v, "review", w.ReviewOn)
}

func (p *pages) withholdGet(c *web.Context) error {
	n, err := p.answered(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	setWithholding(f.Values, n.Withheld, "")
	a := aboutOf(c)
	return c.Render(withholdPage(c.Page("note.withhold.title", a.Back), a, n, f))
}

// answered is a signed note whose withholding the actor may decide on: in a closed case one of their own, or any when they
// led it. An addendum to a withheld note goes with it and has no page of its own.
func (p *pages) answered(c *web.Context) (note.Note, error) {
	n, err := p.signed(c)
	if err == nil && n.UnderWithheld {
		err = fault.Missing("withholding of its own")
	}
	return n, err
}

func (p *pages) withholdPost(c *web.Context) error {
	n, err := p.answered(c)
	if err != nil {
		return err
	}
	f, a := form.From(c.R), aboutOf(c)
	w := withholdingOf(&f, "note.withhold.reason.empty")
	f.Faults.Merge(w.Check(casefile.DayOf(c.Now)))
	f.Faults.Order(boxes)
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
