package reportweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type writeView struct {
	report.Desk
	Form form.Form
	Rows int // of adjustments
	Who  string
	Edit bool
	Note templ.Component // what the reader noted last, to write from; nil for none
	// SavedAt is when the draft was last kept; zero before its first save.
	SavedAt time.Time
}

func (p *pages) desk(c *web.Context) (report.Desk, string, error) {
	id, err := c.ID("id")
	if err != nil {
		return report.Desk{}, "", err
	}
	d, err := p.s.Desk(c.Ctx(), c.Actor, c.Now, id)
	return d, "/cases/" + id.String(), err
}

func (p *pages) writeGet(c *web.Context) error {
	d, back, err := p.desk(c)
	if err != nil {
		return err
	}
	v := view(d, form.Of(values(d.Content)))
	v.Form.Values.Set("version", strconv.Itoa(d.Version))
	if c.R.URL.Query().Get("rows") == "more" {
		v.Rows++
	}
	v.Edit = v.Edit && (d.Writing() || c.R.URL.Query().Get("version") == "new")
	if v.Note, err = p.note(c.Ctx(), c.Actor, c.Now, c.Object); err != nil {
		return err
	}
	return c.Render(writePage(c.Page("report.write.title", back), v))
}

func view(d report.Desk, f form.Form) writeView {
	return writeView{Desk: d, Form: f, Rows: max(rows(f), 1), Who: strings.Join(d.RecipientNames, "; "), Edit: d.MaySign, SavedAt: d.Texts[d.Version].SavedAt}
}

// refuse shows the page again with what is wrong, and with everything that stood beside the form.
func (p *pages) refuse(c *web.Context, d report.Desk, back string, f form.Form) (err error) {
	v := view(d, f)
	if v.Note, err = p.note(c.Ctx(), c.Actor, c.Now, c.Object); err != nil {
		return err
	}
	return c.Invalid(writePage(c.FormPage("report.write.title", back, f), v))
}

// writePost keeps what was typed, whatever is wrong with it, as far as a draft can hold it. Every button of the page comes
// here, that of an answer to a correction too: none leaves behind what was typed in the rest of it.
func (p *pages) writePost(c *web.Context) error {
	f := form.From(c.R)
	version, _ := strconv.Atoi(f.Get("version")) // a forged one is a conflict
	typed := read(&f)
	faults, err := p.s.Save(c.Ctx(), c.Actor, c.Now, report.Save{Case: c.Object.ID, Version: version, Content: typed})
	if err != nil {
		return err
	}
	if f.Get("do") == form.Auto {
		code := http.StatusNoContent
		if len(faults) > 0 {
			code = http.StatusUnprocessableEntity
		}
		c.W.WriteHeader(code)
		return nil
	}
	f.Faults.Merge(faults)
	d, back, err := p.desk(c)
	if err != nil {
		return err
	}
	sent, err := p.reply(c, &d, &f)
	if err != nil {
		return err
	}
	if f.Get("do") == "preview" {
		// What keeps it from being signed is said here, where it can be mended, and not three pages later; and with what
		// could not be read, not after it.
		f.Faults.Merge(d.With(typed).Faults(c.Actor.Role, locale.Day(c.Now)))
	}
	if f.Bad() {
		var boxes []string
		for i := range d.Corrections {
			boxes = append(boxes, boxOf(d.Corrections, i))
		}
		f.Faults.Order(append(boxes, typed.Boxes()...))
		return p.refuse(c, d, back, f)
	}
	switch {
	case sent:
		c.Flash("report.flash.answered")
		return c.Redirect(back + "/report")
	case f.Get("do") == "preview":
		return c.Redirect(back + "/report/preview")
	case f.Get("do") == "add":
		return c.Redirect(back + "/report?rows=more")
	}
	c.Flash("report.flash.saved")
	return c.Redirect(back + "/report")
}

func (p *pages) previewGet(c *web.Context) error {
	d, back, err := p.desk(c)
	if err != nil {
		return err
	}
	return c.Render(previewPage(c.Page("report.preview.title", back+"/report"), view(d, form.Of(url.Values{})), back))
}

func (p *pages) signGet(c *web.Context) error {
	d, back, err := p.desk(c)
	if err != nil {
		return err
	}
	if !d.Begun {
		return c.Redirect(back + "/report")
	}
	return c.Render(signPage(c.Page("report.sign.title", back+"/report/preview"), view(d, form.Of(url.Values{}))))
}

func (p *pages) signPost(c *web.Context) error {
	d, back, err := p.desk(c)
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(c.Text("version"))
	faults, err := p.s.Sign(c.Ctx(), c.Actor, c.Now, report.Sign{Case: c.Object.ID, Version: version})
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		f := form.Of(values(d.Content))
		f.Values.Set("version", strconv.Itoa(d.Version))
		f.Faults = faults
		return p.refuse(c, d, back, f)
	}
	if d.Reach.Safe != "" {
		c.Flash("report.flash.signed")
	} else {
		c.Flash("report.flash.signed.untold")
	}
	return c.Redirect(back + "/report")
}

// reply sends the answer whose button was pressed, unless something on the page has to be mended first. An answer that was
// typed beside another button is not sent, for the person would read half of it, and not lost either: the page says so and
// keeps it.
func (p *pages) reply(c *web.Context, d *report.Desk, f *form.Form) (sent bool, err error) {
	do := f.Get("do")
	for i, x := range d.Corrections {
		name, box := replyName(x), boxOf(d.Corrections, i)
		if do != name {
			continue
		}
		text := f.Get(name)
		f.Faults.Text(box, "report.correction.answer.empty", text, maxReply)
		if f.Bad() {
			break
		}
		if err := p.s.AnswerCorrection(c.Ctx(), c.Actor, c.Now, report.AnswerCorrection{Case: c.Object.ID, Correction: x.ID, Text: text}); err != nil {
			return false, err
		}
		d.Corrections[i].Answer, sent = text, true
	}
	for i, x := range d.Corrections {
		if name := replyName(x); x.Answer == "" && do != name && f.Get(name) != "" {
			f.Faults.Add(boxOf(d.Corrections, i), "report.correction.answer.unsent")
		}
	}
	return sent, nil
}

// maxReply bounds an answer as the correction that it answers.
const maxReply = 4000

// replyName is the field of the answer to a correction, and what its button does. It stays the same when another one is
// answered, as the box does not.
func replyName(x report.Correction) string { return "reply-" + x.ID.String() }

// boxOf names the box in which the i-th correction is answered. The first that waits for an answer has the name under
// which a signature asks for it.
func boxOf(list []report.Correction, i int) string {
	if i == slices.IndexFunc(list, func(x report.Correction) bool { return x.Answer == "" }) {
		return "correction"
	}
	return "correction-" + strconv.Itoa(i+1)
}

// values shows stored content in the form.
func values(c report.Content) url.Values {
	v := url.Values{}
	set := func(name, text string) { v.Set(name, text) }
	date := func(name string, d civil.Date) {
		if !d.IsZero() {
			form.SetDate(v, name, locale.CivilDate(d.Year, d.Month, d.Day))
		}
	}
	set("summary", c.Summary)
	for i, a := range c.Answers {
		set(report.AnswerName(i), a.Text)
		if a.Declined {
			set(report.DeclineName(i), "yes")
		}
	}
	set("fitness", c.Fitness)
	set("fitness_detail", c.FitnessDetail)
	date("effective_on", c.EffectiveOn)
	for i, a := range c.Adjustments {
		set(report.AdjustmentName("kind", i), a.Kind)
		set(report.AdjustmentName("detail", i), a.Detail)
		date(report.AdjustmentName("start", i), a.StartsOn)
		date(report.AdjustmentName("end", i), a.EndsOn)
	}
	set("equality_act", c.EqualityAct)
	set("outlook", c.Outlook)
	set("work_related", c.WorkRelated)
	date("review_on", c.ReviewOn)
	return v
}

// rows counts the adjustments that a form shows: a numbered row is shown when any part of it was typed or posted.
func rows(f form.Form) int {
	n := 0
	for i := range 50 {
		if f.Values.Has(report.AdjustmentName("kind", i)) || f.Values.Has(report.AdjustmentName("detail", i)) {
			n = i + 1
		}
	}
	return n
}

// read takes content out of the form; a row with neither kind nor detail is none.
func read(f *form.Form) report.Content {
	c := report.Content{Summary: f.Get("summary"), Fitness: f.Get("fitness"), FitnessDetail: f.Get("fitness_detail"), EffectiveOn: f.Day("effective_on", "report.effective_on"),
		EqualityAct: f.Get("equality_act"), Outlook: f.Get("outlook"), WorkRelated: f.Get("work_related"), ReviewOn: f.Day("review_on", "report.review_on"), Adjustments: []report.Adjustment{}}
	for i := 0; f.Values.Has(report.AnswerName(i)); i++ {
		c.Answers = append(c.Answers, report.Answer{Text: f.Get(report.AnswerName(i)), Declined: f.Get(report.DeclineName(i)) == "yes"})
	}
	for i := range rows(*f) {
		n := strconv.Itoa(i + 1)
		a := report.Adjustment{Kind: f.Get(report.AdjustmentName("kind", i)), Detail: f.Get(report.AdjustmentName("detail", i)),
			StartsOn: f.Day(report.AdjustmentName("start", i), "report.adjustment.start.date", "n", n),
			EndsOn:   f.Day(report.AdjustmentName("end", i), "report.adjustment.end.date", "n", n)}
		if a.Kind != "" || a.Detail != "" {
			c.Adjustments = append(c.Adjustments, a)
		}
	}
	return c
}

// earlyKey names what the page says about an early choice that a signature would set going.
func earlyKey(d report.Desk) (key string, days int) {
	last, ok := d.Standing.Last()
	switch {
	case !ok || last.Kind != report.Choice || d.Standing.LatestSigned().N > 0:
		return "report.sign.first", 0
	case last.Way == report.Now:
		return "report.sign.now", 0
	case last.Way == report.AfterDays:
		return "report.sign.days", last.Days
	}
	return "report.sign.first", 0
}
