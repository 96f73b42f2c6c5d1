package reportweb

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type assistView struct {
	report.Desk
	Form    form.Form
	Options []form.Option
	back    string
}

// sayable is what a person can say about their report at this stage, except a correction: that one is written
// by themselves, or the clinician who hears of it begins a new version.
func sayable(ctx context.Context, f report.File) []choice {
	v := own(ctx, f, form.Of(nil))
	if v.Latest.N == 0 {
		return choices()
	}
	var out []choice
	for _, x := range answersTo(v) {
		if x.say.Kind != report.CorrectionAsked && v.CanSay {
			out = append(out, x)
		}
	}
	return out
}

func (p *pages) assist(c *web.Context, f form.Form) (assistView, error) {
	id, err := c.ID("id")
	if err != nil {
		return assistView{}, err
	}
	d, err := p.s.ForCase(c.Ctx(), c.Actor, c.Now, id)
	return assistView{Desk: d, Form: f, Options: options(c.Ctx(), d.File, sayable(c.Ctx(), d.File)), back: "/cases/" + id.String()}, err
}

// linkPost sends the link to the report again.
func (p *pages) linkPost(c *web.Context) error {
	click, err := uuid.Parse(c.Text("click"))
	if err != nil {
		return fault.Missing("form")
	}
	return c.Done(p.s.SendLink(c.Ctx(), c.Actor, c.Now, c.Object.ID, click), "report.flash.link", "/cases/"+c.Object.ID.String()+"/consent")
}

func (p *pages) assistGet(c *web.Context) error {
	f := form.Of(map[string][]string{})
	form.SetDate(f.Values, "on", c.Now)
	v, err := p.assist(c, f)
	if err != nil {
		return err
	}
	return c.Render(assistPage(c.Page("report.assist.title", v.back), v))
}

func (p *pages) assistPost(c *web.Context) error {
	f := form.From(c.R)
	v, err := p.assist(c, f)
	if err != nil {
		return err
	}
	in, ok := pick(sayable(c.Ctx(), v.File), f.Get("say"))
	if !ok {
		v.Form.Faults.Add("say", "report.assist.what.empty")
	}
	method := v.Form.OneOf("method", "report.assist.method.empty", report.Methods...)
	at := heardAt(&v.Form, c.Now)
	v.Form.OneOf("read", "report.assist.read.empty", "yes")
	if v.Form.Bad() {
		return c.Invalid(assistPage(c.FormPage("report.assist.title", v.back, v.Form), v))
	}
	in.Report = v.ID
	return c.Done(p.s.SayAssisted(c.Ctx(), c.Actor, c.Now, v.Case, in, report.Heard{Method: method, At: at}), "report.flash.recorded", v.back+"/consent")
}

// heardAt reads day and time, neither in the future.
func heardAt(f *form.Form, now time.Time) time.Time {
	n := len(f.Faults)
	on := f.Date("on")
	if (on.IsZero() && len(f.Faults) == n) || on.After(now) {
		f.Faults.Add("on", "report.assist.on.empty")
	}
	clock, err := time.Parse("15:04", f.Get("time"))
	at := time.Date(on.Year(), on.Month(), on.Day(), clock.Hour(), clock.Minute(), 0, 0, locale.London)
	if err != nil || (len(f.Faults) == n && at.After(now)) {
		f.Faults.Add("time", "report.assist.time.empty")
	}
	return at
}

// newID makes the id of an object before its form is sent, so that the same form sent twice makes one object.
func newID() string { return uuid.NewString() }
