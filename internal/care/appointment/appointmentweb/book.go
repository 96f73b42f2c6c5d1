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
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// timesView is a list of free times to choose from: to book one, or to change to another.
type timesView struct {
	Form   form.Form
	Case   appointment.Case
	Was    *appointment.Appointment // the time that is given up
	Wanted appointment.Wanted
	Own    bool // of the actor's own diary only
	MayOwn bool // the actor has a diary of the role asked for
	Times  []appointment.Time
	// Offered are times held for somebody else, and Freed says that the old time will be offered so; only OH sees it.
	Offered []appointment.Time
	Freed   bool
	Later   string // address of later times
	Portal  bool
	Path    string
}

func (p *pages) bookGet(c *web.Context) error {
	kase := c.Object.Value.(appointment.Case)
	if !flow.Can(kase.State, flow.Booked) {
		return flow.ErrMove
	}
	v, err := p.times(c, kase, form.Fresh())
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
		if !lost(err) {
			return err
		}
		status = taken(&f, err)
	}
	v, err := p.times(c, kase, f)
	if err != nil {
		return err
	}
	return c.RenderStatus(status, bookPage(c.FormPage(v.title(), back(c, kase.ID), f, "name", kase.Name), v))
}

func (p *pages) moveGet(c *web.Context) error {
	a := c.Object.Value.(appointment.Appointment)
	v, err := p.otherTimes(c, a, form.Fresh())
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
	if !portal(c) && f.OneOf("code", "appointment.move.code.empty", appointment.MoveCodes...) == "" {
		ok = false
	}
	status := http.StatusUnprocessableEntity
	if ok {
		err = p.s.Move(c.Ctx(), c.Actor, c.Now, a.ID, in, code)
		if err == nil {
			c.Flash("appointment.flash.changed")
			return c.Redirect(after(c, in.ID))
		}
		if !lost(err) {
			return err
		}
		status = taken(&f, err)
	}
	v, err := p.otherTimes(c, a, f)
	if err != nil {
		return err
	}
	return c.RenderStatus(status, bookPage(c.FormPage(v.title(), after(c, a.ID), f, "name", a.Name), v))
}

// lost says that a time cannot be had any more, and that another can.
func lost(err error) bool {
	return errors.Is(err, appointment.ErrTaken) || errors.Is(err, appointment.ErrClash)
}

// taken says that somebody was faster, or that the person has an appointment then; the times are listed again
// without the one that went.
func taken(f *form.Form, err error) int {
	key := "appointment.taken"
	if errors.Is(err, appointment.ErrClash) {
		key = "appointment.clash"
	}
	f.Values.Del("slot")
	f.Faults.Add("slot", key)
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
	v.Was, v.Freed = &a, !v.Portal && appointment.Reoffered(a.StartsAt, c.Now)
	return v, err
}

// times lists what is free for a case: of the role that triage chose or, for OH, of another that they ask for; of
// one way to meet, and for a clinician of their own diary, where that is asked for.
func (p *pages) times(c *web.Context, kase appointment.Case, f form.Form) (timesView, error) {
	v := timesView{Form: f, Case: kase, Wanted: appointment.Wanted{Role: kase.Pathway}, Portal: portal(c), Path: c.R.URL.Path}
	asked := c.R.URL.Query()
	roles := appointment.Lists().Roles()
	if !v.Portal && slices.Contains(roles, asked.Get("role")) {
		v.Wanted.Role = asked.Get("role")
	}
	if !slices.Contains(roles, v.Wanted.Role) {
		v.Wanted.Role = roles[0] // a case without appointments by plan, which OH wants to see all the same
	}
	if m := asked.Get("mode"); slices.Contains(appointment.Modes, m) {
		v.Wanted.Mode = m
	}
	v.MayOwn = !v.Portal && string(c.Actor.Role) == v.Wanted.Role
	if v.Own = v.MayOwn && asked.Get("diary") == "mine"; v.Own {
		v.Wanted.Clinician = c.Actor.Account
	}
	var err error
	if v.Wanted.From, err = time.Parse(time.RFC3339, asked.Get("from")); err != nil {
		v.Wanted.From = c.Now
	}
	times, more, err := p.s.Free(c.Ctx(), c.Actor, c.Now, kase, v.Wanted)
	if err != nil {
		return v, err
	}
	v.Times = times
	var last time.Time
	if more {
		last = times[len(times)-1].StartsAt
	}
	if !v.Portal {
		if v.Offered, err = p.s.Offered(c.Ctx(), c.Actor, c.Now, kase, v.Wanted, last); err != nil {
			return v, err
		}
	}
	if more {
		next := last
		if next.Equal(times[0].StartsAt) {
			next = next.Add(time.Second) // a page full of one hour's times must not lead to itself
		}
		v.Later = v.Path + "?" + v.asked(next).Encode()
	}
	return v, nil
}

// asked is the query of a list: what it is narrowed to, from an instant on.
func (v timesView) asked(from time.Time) url.Values {
	q := url.Values{"from": {from.UTC().Format(time.RFC3339)}}
	if !v.Portal {
		q.Set("role", v.Wanted.Role)
	}
	if v.Wanted.Mode != "" {
		q.Set("mode", v.Wanted.Mode)
	}
	if v.Own {
		q.Set("diary", "mine")
	}
	return q
}

// filter is the form that narrows a list, as it stands.
func (v timesView) filter() form.Form {
	f := url.Values{"role": {v.Wanted.Role}, "mode": {v.Wanted.Mode}}
	if v.Own {
		f.Set("diary", "mine")
	}
	return form.Of(f)
}

// modes are the ways to meet that a list can be narrowed to.
func modes() []form.Option {
	return append([]form.Option{{Key: "appointment.filter.any"}}, form.Options("appointment.mode", appointment.Modes...)...)
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

// chosen reads the time that was chosen; ok is false when none was.
func chosen(f *form.Form, kase uuid.UUID) (in appointment.Booking, ok bool, err error) {
	in.Case = kase
	if in.ID, err = f.Own(); err != nil {
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
