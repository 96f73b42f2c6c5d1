package appointmentweb

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type clinicsView struct {
	Clinics  []appointment.Clinic
	Sessions []appointment.Session
	Page     int
	Pages    int
	MayEdit  bool
}

func (v clinicsView) pagination() (out nhsuk.PaginationParams) {
	if v.Page > 1 {
		out.Previous.Href = "/clinics?page=" + strconv.Itoa(v.Page-1)
	}
	if v.Page < v.Pages {
		out.Next.Href = "/clinics?page=" + strconv.Itoa(v.Page+1)
	}
	return out
}

func (p *pages) clinics(c *web.Context) error {
	v := clinicsView{Page: 1, MayEdit: c.May(appointment.MayEditClinics)}
	if n, err := strconv.Atoi(c.R.URL.Query().Get("page")); err == nil && n > 1 && n < 1000 {
		v.Page = n
	}
	var err error
	if v.Clinics, err = p.s.Clinics(c.Ctx(), c.Actor); err != nil {
		return err
	}
	if v.Sessions, v.Pages, err = p.s.Sessions(c.Ctx(), c.Actor, c.Now, v.Page); err != nil {
		return err
	}
	shell := c.Page("appointment.clinics.title", "")
	shell.Wide, shell.Page, shell.Pages = true, v.Page, v.Pages
	return c.Render(clinicsPage(shell, v))
}

func (p *pages) generate(c *web.Context) error {
	m, err := p.s.Generate(c.Ctx(), c.Actor, c.Now, c.Now.Add(appointment.Ahead))
	if err != nil {
		return err
	}
	if m.Unknown {
		c.Flash("appointment.flash.generated_unknown")
	} else {
		c.Flash("appointment.flash.generated")
	}
	return c.Redirect("/clinics")
}

type clinicView struct {
	Form  form.Form
	Staff []appointment.Clinician
	Old   bool // an edit: sessions already made stay
}

func (p *pages) clinicGet(c *web.Context) error {
	f := form.Fresh()
	if old, ok := c.Object.Value.(appointment.Clinic); ok {
		f = form.Of(fill(old))
	}
	return p.clinicForm(c, f, c.Render)
}

func (p *pages) clinicPost(c *web.Context) error {
	f := form.From(c.R)
	in, err := read(&f)
	if err != nil {
		return err
	}
	if old, ok := c.Object.Value.(appointment.Clinic); ok {
		in.ID = old.ID
	}
	if !f.Bad() {
		faults, err := p.s.SaveClinic(c.Ctx(), c.Actor, c.Now, in)
		if err != nil {
			return err
		}
		f.Faults = faults
	}
	if f.Bad() {
		return p.clinicForm(c, f, c.Invalid)
	}
	c.Flash("appointment.flash.clinic")
	return c.Redirect("/clinics")
}

func (p *pages) clinicForm(c *web.Context, f form.Form, answer func(templ.Component) error) error {
	staff, err := p.s.Staff(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	_, old := c.Object.Value.(appointment.Clinic)
	title := "appointment.clinic.add"
	if old {
		title = "appointment.clinic.edit"
	}
	return answer(clinicPage(c.FormPage(title, "/clinics", f), clinicView{f, staff, old}))
}

// read turns what was typed into a clinic. What it cannot read it leaves at zero: SaveClinic says what is wrong.
func read(f *form.Form) (c appointment.Clinic, err error) {
	if c.ID, err = f.Own(); err != nil {
		return c, err
	}
	c.Name, c.Site, c.Mode = f.Get("name"), f.Get("site"), f.Get("mode")
	c.Clinician, _ = uuid.Parse(f.Get("clinician"))
	day, _ := strconv.Atoi(f.Get("weekday"))
	c.Weekday = time.Weekday(day)
	c.Start = wallTime(f.Get("start"))
	c.SlotMinutes, _ = strconv.Atoi(f.Get("minutes"))
	c.Slots, _ = strconv.Atoi(f.Get("slots"))
	c.From, c.To = dateOf(f.Date("from")), dateOf(f.Date("to"))
	return c, nil
}

// wallTime reads "9:30" or "09.30"; zero when it cannot.
func wallTime(s string) time.Duration {
	t, err := time.Parse("15:04", strings.ReplaceAll(s, ".", ":"))
	if err != nil {
		return 0
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// dateOf turns London midnight, as a form reads it, into the form in which pgx writes a date.
func dateOf(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func fill(c appointment.Clinic) url.Values {
	v := url.Values{"id": {c.ID.String()}, "name": {c.Name}, "site": {c.Site}, "mode": {c.Mode}, "clinician": {c.Clinician.String()},
		"weekday": {strconv.Itoa(int(c.Weekday))}, "start": {clockText(c.Start)}, "minutes": {strconv.Itoa(c.SlotMinutes)}, "slots": {strconv.Itoa(c.Slots)}}
	form.SetDate(v, "from", c.From)
	form.SetDate(v, "to", c.To)
	return v
}

func clockText(d time.Duration) string {
	return time.Time{}.Add(d).Format("15:04")
}

type sessionView struct {
	appointment.Session
	Form form.Form
}

func (p *pages) sessionGet(c *web.Context) error {
	v := sessionView{Session: c.Object.Value.(appointment.Session)}
	return c.Render(sessionPage(c.Page("appointment.session.title", "/clinics"), v))
}

func (p *pages) sessionPost(c *web.Context) error {
	f := form.From(c.R)
	faults, err := p.s.CancelSession(c.Ctx(), c.Actor, c.Now, c.Object.ID, f.Get("reason"))
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		f.Faults = faults
		v := sessionView{Session: c.Object.Value.(appointment.Session), Form: f}
		return c.Invalid(sessionPage(c.FormPage("appointment.session.title", "/clinics", f), v))
	}
	c.Flash("appointment.flash.session")
	return c.Redirect("/clinics")
}
