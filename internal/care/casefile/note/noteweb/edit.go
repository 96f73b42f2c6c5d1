package noteweb

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// maxMinutes is the longest contact that the database takes: a working day of eight hours.
const maxMinutes = 480

type editView struct {
	about
	Form       form.Form
	SavedAt    time.Time
	Restricted bool
	Referral   templ.Component // what was referred, folded away; nil for none
}

// begin opens a new note under a fresh id, or goes on with the draft there is.
func (p *pages) begin(c *web.Context) error {
	id, draft, minutes, err := p.s.Begin(c.Ctx(), c.Actor, c.Object.ID)
	if err != nil {
		return err
	}
	v := editView{about: aboutOf(c), Restricted: c.Actor.Role == access.Counsellor}
	v.Note = id.String()
	if draft {
		return c.Redirect(v.path(""))
	}
	values := url.Values{"reason": {sees}}
	if minutes > 0 {
		values.Set("minutes", strconv.Itoa(minutes))
	}
	v.Form = form.Of(values)
	return p.showEdit(c, v)
}

// showEdit draws the page on which a note is written, what was referred beside it, with 422 where something is wrong.
func (p *pages) showEdit(c *web.Context, v editView) error {
	r, err := p.cases.ReferralOf(c.Ctx(), c.Actor, v.Case)
	if err != nil {
		return err
	}
	if r != nil {
		v.Referral = p.referral(*r)
	}
	page := editPage(c.FormPage("note.title.new", v.Back, v.Form), v)
	if v.Form.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

// read shows a signed note, or the author's draft to go on with.
func (p *pages) read(c *web.Context) error {
	id, err := c.ID("note")
	if err != nil {
		return err
	}
	n, err := p.s.Find(c.Ctx(), c.Actor, c.Now, c.Object, id)
	if err != nil {
		return err
	}
	a := aboutOf(c)
	if n.Signed() || !a.Case.State.Live() {
		return c.Render(notePage(c.Page("note.title", a.Back), a, n))
	}
	return p.showEdit(c, editView{about: a, Form: form.Of(values(n)), SavedAt: n.SavedAt, Restricted: n.Restricted})
}

// reportNext says that a report follows from a signed note: somebody was referred, and it is not signed yet.
func reportNext(c casefile.Case, n note.Note) bool {
	return c.Referral != uuid.Nil && !n.Restricted && (c.State == flow.Attended || c.State == flow.ReportDraft)
}

// save keeps what was typed, whatever is wrong with it, and signs when that was asked. do is form.Auto
// for the module that saves in the background, "sign" for the signature, else the button "Save draft".
func (p *pages) save(c *web.Context) error {
	id, err := c.ID("note")
	if err != nil {
		return err
	}
	f := form.From(c.R)
	v := editView{about: aboutOf(c), Restricted: c.Actor.Role == access.Counsellor}
	draft := draftOf(&f, id)
	switch f.Get("do") {
	case form.Auto:
		if err := p.s.Save(c.Ctx(), c.Actor, c.Now, v.Case, draft); err != nil {
			return err
		}
		c.W.WriteHeader(http.StatusNoContent)
		return nil
	case "sign":
		err = p.sign(c, &f, v.Case, draft)
	default:
		err = p.s.Save(c.Ctx(), c.Actor, c.Now, v.Case, draft)
	}
	if errors.Is(err, note.ErrLocked) {
		f.Faults.Add("body", "note.locked")
		err = nil
	}
	if err != nil {
		return err
	}
	v.Form = f
	if f.Bad() {
		v.SavedAt = c.Now
		return p.showEdit(c, v)
	}
	if f.Get("do") == "sign" {
		c.Flash("note.flash.signed")
		return c.Redirect(v.Back)
	}
	c.Flash("note.flash.saved")
	return c.Redirect(v.path(""))
}

// boxes are the fields of a note's pages from top to bottom.
var boxes = []string{"presenting", "function", "work", "work_detail", "risk", "risk_detail", "body", "class", "minutes", "reason", "why", "review"}

// sign signs a note in which nothing is wrong; else it saves, and the form says at once all that is wrong: what could not
// be read and what is missing.
func (p *pages) sign(c *web.Context, f *form.Form, about casefile.Case, draft note.Draft) error {
	f.Faults.Merge(draft.Faults(c.Now))
	f.Faults.Order(boxes)
	if f.Bad() {
		return p.s.Save(c.Ctx(), c.Actor, c.Now, about, draft)
	}
	faults, err := p.s.Sign(c.Ctx(), c.Actor, c.Now, about, draft)
	f.Faults = append(f.Faults, faults...)
	return err
}

func draftOf(f *form.Form, id uuid.UUID) note.Draft {
	for _, name := range []string{"presenting", "function", "work_detail", "risk_detail"} {
		f.Limit(name, note.MaxBox)
	}
	f.Limit("body", note.MaxBody)
	d := note.Draft{ID: id, Body: f.Get("body"), Findings: note.Findings{Presenting: f.Get("presenting"), Function: f.Get("function"),
		WorkDetail: f.Get("work_detail"), RiskDetail: f.Get("risk_detail"),
		Risk: known(f.Get("risk"), note.Risks), Contact: note.Contact{Class: known(f.Get("class"), note.Classes)}}}
	for _, code := range f.All("work") {
		if slices.Contains(note.WorkFactors, code) {
			d.Findings.Work = append(d.Findings.Work, code)
		}
	}
	d.Withhold = withholdingOf(f, "")
	d.Findings.Contact.Minutes, _ = f.Int("minutes", "note.minutes.range", 1, maxMinutes)
	return d
}

// known drops a code that is on no list: a forged one.
func known(code string, list []string) string {
	if slices.Contains(list, code) {
		return code
	}
	return ""
}

// values are the fields of a stored draft.
func values(n note.Note) url.Values {
	x := n.Findings
	v := url.Values{"presenting": {x.Presenting}, "function": {x.Function}, "work": x.Work, "work_detail": {x.WorkDetail},
		"risk": {x.Risk}, "risk_detail": {x.RiskDetail}, "body": {n.Body}, "class": {x.Contact.Class}}
	setWithholding(v, n.Withheld, sees)
	if x.Contact.Minutes > 0 {
		v.Set("minutes", strconv.Itoa(x.Contact.Minutes))
	}
	return v
}
