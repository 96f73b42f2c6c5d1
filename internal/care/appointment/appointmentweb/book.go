package appointmentweb

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// timesView is a list of free times to choose from: to book one, or to change to another.
type timesView struct {
	Form   form.Form
	Case   appointment.Case
	Was    *appointment.Appointment // the time that is given up
	Role   string
	Times  []appointment.Time
	Later  string // address of later times
	Portal bool
	Path   string
}

func (p *pages) bookGet(c *web.Context) error {
	kase := c.Object.Value.(appointment.Case)
	if !flow.Can(kase.State, flow.Booked) {
		return flow.ErrMove
	}
	v, err := p.times(c, kase, fresh())
	if err != nil {
		return err
	}
	return c.Render(bookPage(c.Page(v.title(), back(c, kase.ID), "name", kase.Name), v))
}

func (p *pages) bookPost(c *web.Context) error {
	kase := c.Object.Value.(appointment.Case)
	f := form.From(c.R)
	in, ok, err := chosen(&f, kase.ID)
	if err != nil {
		return err
	}
	status := http.StatusUnprocessableEntity
	if ok {
		err = p.s.Book(c.Ctx(), c.Actor, c.Now, in)
		if err == nil {
			c.Flash("appointment.flash.booked")
			return c.Redirect(after(c, in.ID))
		}
		if !errors.Is(err, appointment.ErrTaken) {
			return err
		}
		status = taken(&f)
	}
	v, err := p.times(c, kase, f)
	if err != nil {
		return err
	}
	return c.RenderStatus(status, bookPage(c.FormPage(v.title(), back(c, kase.ID), f, "name", kase.Name), v))
}

func (p *pages) moveGet(c *web.Context) error {
	a := c.Object.Value.(appointment.Appointment)
	v, err := p.otherTimes(c, a, fresh())
	if err != nil {
		return err
	}
	return c.Render(bookPage(c.Page(v.title(), after(c, a.ID), "name", a.Name), v))
}

func (p *pages) movePost(c *web.Context) error {
	a := c.Object.Value.(appointment.Appointment)
	f := form.From(c.R)
	in, ok, err := chosen(&f, a.Case)
	if err != nil {
		return err
	}
	code := f.Get("code")
	if !portal(c) && f.OneOf("code", "appointment.cancel.code.empty", appointment.CancelCodes...) == "" {
		ok = false
	}
	status := http.StatusUnprocessableEntity
	if ok {
		err = p.s.Move(c.Ctx(), c.Actor, c.Now, a.ID, in, code)
		if err == nil {
			c.Flash("appointment.flash.changed")
			return c.Redirect(after(c, in.ID))
		}
		if !errors.Is(err, appointment.ErrTaken) {
			return err
		}
		status = taken(&f)
	}
	v, err := p.otherTimes(c, a, f)
	if err != nil {
		return err
	}
	return c.RenderStatus(status, bookPage(c.FormPage(v.title(), after(c, a.ID), f, "name", a.Name), v))
}

// taken says that somebody was faster; the times are listed again without the one that went.
func taken(f *form.Form) int {
	f.Values.Del("slot")
	f.Faults.Add("slot", "appointment.taken")
	return http.StatusConflict
}

func (p *pages) otherTimes(c *web.Context, a appointment.Appointment, f form.Form) (timesView, error) {
	if a.State != "booked" {
		return timesView{}, flow.ErrMove
	}
	o, err := p.s.FindCase(c.Ctx(), c.Actor, a.Case)
	if err != nil {
		return timesView{}, err
	}
	v, err := p.times(c, o.Value.(appointment.Case), f)
	v.Was = &a
	return v, err
}

// times lists what is free for a case: of the role that triage chose or, for OH, of another that they ask for.
func (p *pages) times(c *web.Context, kase appointment.Case, f form.Form) (timesView, error) {
	v := timesView{Form: f, Case: kase, Role: kase.Pathway, Portal: portal(c), Path: c.R.URL.Path}
	asked := c.R.URL.Query()
	roles := appointment.Lists().Roles()
	if !v.Portal && slices.Contains(roles, asked.Get("role")) {
		v.Role = asked.Get("role")
	}
	if !slices.Contains(roles, v.Role) {
		v.Role = roles[0] // a case without appointments by plan, which OH wants to see all the same
	}
	from, err := time.Parse(time.RFC3339, asked.Get("from"))
	if err != nil {
		from = c.Now
	}
	times, more, err := p.s.Free(c.Ctx(), c.Actor, c.Now, kase, v.Role, from)
	if err != nil {
		return v, err
	}
	v.Times = times
	if more {
		next := times[len(times)-1].StartsAt
		if next.Equal(times[0].StartsAt) {
			next = next.Add(time.Second) // a page full of one hour's times must not lead to itself
		}
		v.Later = v.Path + "?" + url.Values{"role": {v.Role}, "from": {next.UTC().Format(time.RFC3339)}}.Encode()
	}
	return v, nil
}

func (v timesView) title() string {
	switch {
	case v.Portal && v.Was != nil:
		return "appointment.change.title"
	case v.Portal:
		return "appointment.choose.title"
	case v.Was != nil:
		return "appointment.move.title"
	default:
		return "appointment.book.title"
	}
}

func (v timesView) options(ctx context.Context) []form.Option {
	out := make([]form.Option, len(v.Times))
	for i, t := range v.Times {
		out[i] = form.Option{Value: t.Slot.String(), Text: words(ctx, t)}
	}
	return out
}

// words say when, how, with whom and where.
func words(ctx context.Context, t appointment.Time) string {
	key := "appointment.time"
	if t.Mode == "face_to_face" {
		key = "appointment.time_at"
	}
	return locale.T(ctx, key, "day", locale.DayDate(t.StartsAt), "at", locale.Time(t.StartsAt), "n", t.Minutes,
		"mode", locale.T(ctx, "appointment.mode."+t.Mode), "who", t.ClinicianName, "site", t.Site)
}

// fresh is an empty form with the id of what it will make, so that a second click makes nothing twice.
func fresh() form.Form { return form.Of(url.Values{"id": {uuid.NewString()}}) }

// made reads that id back; a form without one was not made by a page.
func made(f form.Form) (uuid.UUID, error) {
	id, err := uuid.Parse(f.Get("id"))
	if err != nil {
		return uuid.Nil, fault.Missing("form")
	}
	return id, nil
}

// chosen reads the time that was chosen; ok is false when none was.
func chosen(f *form.Form, kase uuid.UUID) (in appointment.Booking, ok bool, err error) {
	in.Case = kase
	if in.ID, err = made(*f); err != nil {
		return in, false, err
	}
	if in.Slot, err = uuid.Parse(f.Get("slot")); err != nil {
		f.Faults.Add("slot", "appointment.slot.empty")
		return in, false, nil
	}
	return in, true, nil
}

// back is the page before booking; after is the page to go to with an appointment.
func back(c *web.Context, kase uuid.UUID) string {
	if portal(c) {
		return "/my/appointments"
	}
	return "/queue/" + kase.String()
}

func after(c *web.Context, id uuid.UUID) string {
	if portal(c) {
		return "/my/appointments"
	}
	return "/appointments/" + id.String()
}
