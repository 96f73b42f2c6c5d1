package appointmentweb

import (
	"context"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type showView struct {
	appointment.Appointment
	Begun    bool // it can be said that the person did not come
	SameDay  bool // it can be said that the person came
	CanClose bool
	Early    bool      // it must be confirmed that the person has come already
	Form     form.Form // of the person's attendance
}

// show is one appointment for OH, with what can be recorded about it.
func (p *pages) show(c *web.Context) error {
	a := c.Object.Value.(appointment.Appointment)
	if err := p.s.Opened(c.Ctx(), c.Actor, c.Now, a); err != nil {
		return err
	}
	return c.Render(showPage(c.Page("appointment.show.title", "/cases/"+a.Case.String(), "name", a.Name), shown(c, a, form.Of(nil))))
}

func shown(c *web.Context, a appointment.Appointment, f form.Form) showView {
	v := showView{Appointment: a, Begun: !a.StartsAt.After(c.Now), SameDay: appointment.CanAttend(a, c.Now), Early: appointment.Early(a, c.Now), Form: f}
	v.CanClose = a.Missed >= appointment.Lists().MissedBeforeClosing && a.CaseState == flow.AwaitingBooking && c.May(appointment.MayClose)
	return v
}

// attend records that the person came. Nobody is assessed who was not asked, so the question has no default.
func (p *pages) attend(c *web.Context) error {
	a := c.Object.Value.(appointment.Appointment)
	f := form.From(c.R)
	agrees := f.OneOf("agrees", "appointment.agrees.empty", "yes", "no")
	if a.State == "booked" && appointment.CanAttend(a, c.Now) && appointment.Early(a, c.Now) && f.Get("arrived") != "yes" {
		f.Faults.Add("arrived", "appointment.arrived.empty")
	}
	if f.Bad() {
		return c.Invalid(showPage(c.FormPage("appointment.show.title", "/cases/"+a.Case.String(), f, "name", a.Name), shown(c, a, f)))
	}
	if err := p.s.Attend(c.Ctx(), c.Actor, c.Now, a.ID, agrees == "yes"); err != nil {
		return err
	}
	if agrees == "no" {
		c.Flash("appointment.flash.not_assessed")
		return c.Redirect("/today")
	}
	c.Flash("appointment.flash.attended")
	return c.Redirect("/cases/" + a.Case.String())
}

func (p *pages) missedGet(c *web.Context) error {
	v, err := p.end(c, form.Form{})
	if err != nil {
		return err
	}
	return c.Render(missedPage(c.Page("appointment.missed.title", after(c, v.ID), "name", v.Name), v))
}

func (p *pages) missedPost(c *web.Context) error {
	f := form.From(c.R)
	faults, err := p.s.DidNotAttend(c.Ctx(), c.Actor, c.Now, c.Object.ID, f.Get("tried") == "yes")
	if err != nil {
		return err
	}
	if len(faults) == 0 {
		c.Flash("appointment.flash.missed")
		return c.Redirect(after(c, c.Object.ID))
	}
	f.Faults = faults
	v, err := p.end(c, f)
	if err != nil {
		return err
	}
	return c.Invalid(missedPage(c.FormPage("appointment.missed.title", after(c, v.ID), f, "name", v.Name), v))
}

func (p *pages) close(c *web.Context) error {
	return c.Done(p.s.CloseNotAssessed(c.Ctx(), c.Actor, c.Now, c.Object.ID), "appointment.flash.closed", "/queue")
}

// details are the facts of an appointment; the state is for OH.
func details(ctx context.Context, a appointment.Appointment, state bool) []nhsuk.SummaryRow {
	rows := []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "appointment.show.day"), locale.DayDate(a.StartsAt)),
		nhsuk.Row(locale.T(ctx, "appointment.show.at"), locale.Time(a.StartsAt)),
		nhsuk.Row(locale.T(ctx, "appointment.show.minutes"), strconv.Itoa(a.Minutes)),
		nhsuk.Row(locale.T(ctx, "appointment.show.mode"), locale.T(ctx, "appointment.mode."+a.Mode)),
		nhsuk.Row(locale.T(ctx, "appointment.show.who"), a.ClinicianName+", "+locale.T(ctx, "appointment.role."+a.Role)),
	}
	if a.Mode == "face_to_face" {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "appointment.show.site"), a.Site))
	}
	if !state {
		return rows
	}
	rows = append(rows, nhsuk.Row(locale.T(ctx, "appointment.show.kind"), locale.T(ctx, "appointment.kind."+a.Kind)),
		nhsuk.Row(locale.T(ctx, "appointment.show.state"), locale.T(ctx, "appointment.state."+appointment.Standing(a.State, a.Outcome))))
	if a.Outcome != "" {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "appointment.show.outcome"), locale.T(ctx, "appointment.code."+a.Outcome)))
	}
	return rows
}
