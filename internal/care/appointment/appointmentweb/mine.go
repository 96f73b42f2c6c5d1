package appointmentweb

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type mineView struct {
	appointment.Own
	IDs []uuid.UUID // one for each offer: what accepting it will make
	Now time.Time
}

// reminders is the row that lists when the person is reminded of an appointment.
func reminders(ctx context.Context, a appointment.Appointment) (rows []nhsuk.SummaryRow) {
	var days []string
	for _, at := range appointment.ReminderPack().Times(a.StartsAt, a.BookedAt) {
		days = append(days, locale.Date(at))
	}
	if len(days) > 0 {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "appointment.mine.reminders"), strings.Join(days, ", ")))
	}
	return rows
}

func (p *pages) mine(c *web.Context) error {
	own, err := p.s.Mine(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	v := mineView{Own: own, Now: c.Now}
	for range own.Offers {
		v.IDs = append(v.IDs, uuid.New())
	}
	return c.Render(minePage(c.Page("appointment.mine.title", "/my"), v))
}

// endView is one appointment and what is to be said about its end.
type endView struct {
	appointment.Appointment
	Form   form.Form
	Portal bool
	Late   bool // inside the time in which a cancellation counts as late
}

func (p *pages) end(c *web.Context, f form.Form) (endView, error) {
	a := c.Object.Value.(appointment.Appointment)
	v := endView{Appointment: a, Form: f, Portal: portal(c)}
	v.Late = a.StartsAt.Sub(c.Now) < time.Duration(appointment.Lists().LateHours)*time.Hour
	if a.State != "booked" {
		return v, flow.ErrMove
	}
	return v, nil
}

func (p *pages) cancelGet(c *web.Context) error {
	v, err := p.end(c, form.Form{})
	if err != nil {
		return err
	}
	return c.Render(cancelPage(c.Page("appointment.cancel.title", after(c, v.ID)), v))
}

func (p *pages) cancelPost(c *web.Context) error {
	f := form.From(c.R)
	code := f.OneOf("code", "appointment.cancel.code.empty", appointment.CancelCodes...)
	if f.Bad() {
		v, err := p.end(c, f)
		if err != nil {
			return err
		}
		return c.Invalid(cancelPage(c.FormPage("appointment.cancel.title", after(c, v.ID), f), v))
	}
	return p.cancelled(c, code)
}

// cancelOwn is the person's button. They owe nobody a reason, so there is nothing to refuse.
func (p *pages) cancelOwn(c *web.Context) error { return p.cancelled(c, "") }

func (p *pages) cancelled(c *web.Context, code string) error {
	return c.Done(p.s.Cancel(c.Ctx(), c.Actor, c.Now, c.Object.ID, code), "appointment.flash.cancelled", after(c, c.Object.ID))
}
