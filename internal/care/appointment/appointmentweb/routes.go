// Package appointmentweb is the pages of clinics and appointments: for OH, and for the person about their own.
package appointmentweb

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *appointment.Service }

// Routes is the pages of the slice.
func Routes(s *appointment.Service) []web.Route {
	p := &pages{s}
	const w = access.Clinical
	one, kase, clinic, session := by("id", s.Find), by("id", s.FindCase), by("id", s.FindClinic), by("id", s.FindSession)
	routes := []web.Route{
		{Method: "GET", Path: "/clinics", Wall: w, Permission: appointment.MaySeeClinics, Load: web.NoObject, Handle: p.clinics},
		{Method: "POST", Path: "/clinics/generate", Wall: w, Permission: appointment.MayEditClinics, Load: web.NoObject, Handle: p.generate},
		{Method: "GET", Path: "/clinics/add", Wall: w, Permission: appointment.MayEditClinics, Load: web.NoObject, Handle: p.clinicGet},
		{Method: "POST", Path: "/clinics/add", Wall: w, Permission: appointment.MayEditClinics, Load: web.NoObject, Handle: p.clinicPost},
		{Method: "GET", Path: "/clinics/{id}/edit", Wall: w, Permission: appointment.MayEditClinics, Load: clinic, Handle: p.clinicGet},
		{Method: "POST", Path: "/clinics/{id}/edit", Wall: w, Permission: appointment.MayEditClinics, Load: clinic, Handle: p.clinicPost},
		{Method: "GET", Path: "/clinics/sessions/{id}/cancel", Wall: w, Permission: appointment.MayEditClinics, Load: session, Handle: p.sessionGet},
		{Method: "POST", Path: "/clinics/sessions/{id}/cancel", Wall: w, Permission: appointment.MayEditClinics, Load: session, Handle: p.sessionPost},
		{Method: "GET", Path: "/cases/{id}/book", Wall: w, Permission: appointment.MayBook, Load: kase, Handle: p.bookGet},
		{Method: "POST", Path: "/cases/{id}/book", Wall: w, Permission: appointment.MayBook, Load: kase, Handle: p.bookPost},
		{Method: "GET", Path: "/appointments/{id}", Wall: w, Permission: appointment.MayOpen, Load: one, Handle: p.show},
		{Method: "POST", Path: "/appointments/{id}/attend", Wall: w, Permission: appointment.MayRecord, Load: one, Handle: p.attend},
		{Method: "GET", Path: "/appointments/{id}/missed", Wall: w, Permission: appointment.MayRecord, Load: one, Handle: p.missedGet},
		{Method: "POST", Path: "/appointments/{id}/missed", Wall: w, Permission: appointment.MayRecord, Load: one, Handle: p.missedPost},
		{Method: "GET", Path: "/appointments/{id}/cancel", Wall: w, Permission: appointment.MayRecord, Load: one, Handle: p.cancelGet},
		{Method: "POST", Path: "/appointments/{id}/cancel", Wall: w, Permission: appointment.MayRecord, Load: one, Handle: p.cancelPost},
		{Method: "GET", Path: "/appointments/{id}/move", Wall: w, Permission: appointment.MayRecord, Load: one, Handle: p.moveGet},
		{Method: "POST", Path: "/appointments/{id}/move", Wall: w, Permission: appointment.MayRecord, Load: one, Handle: p.movePost},
		{Method: "POST", Path: "/appointments/{id}/close", Wall: w, Permission: appointment.MayClose, Load: one, Handle: p.close},
	}
	return append(routes, p.own()...)
}

// own are the pages of the person, behind the portal.
func (p *pages) own() []web.Route {
	const w = access.Portal
	one, kase := by("id", p.s.Find), by("case", p.s.FindCase)
	return []web.Route{
		{Method: "GET", Path: "/my/appointments", Wall: w, Permission: appointment.MaySeeOwn, Load: web.NoObject, Handle: p.mine},
		{Method: "GET", Path: "/my/appointments/{case}/book", Wall: w, Permission: appointment.MayChooseOwn, Load: kase, Handle: p.bookGet},
		{Method: "POST", Path: "/my/appointments/{case}/book", Wall: w, Permission: appointment.MayChooseOwn, Load: kase, Handle: p.bookPost},
		{Method: "GET", Path: "/my/appointments/{id}/change", Wall: w, Permission: appointment.MayChangeOwn, Load: one, Handle: p.moveGet},
		{Method: "POST", Path: "/my/appointments/{id}/change", Wall: w, Permission: appointment.MayChangeOwn, Load: one, Handle: p.movePost},
		{Method: "GET", Path: "/my/appointments/{id}/cancel", Wall: w, Permission: appointment.MayChangeOwn, Load: one, Handle: p.cancelGet},
		{Method: "POST", Path: "/my/appointments/{id}/cancel", Wall: w, Permission: appointment.MayChangeOwn, Load: one, Handle: p.cancelOwn},
	}
}

// by makes a loader of a find by id.
func by(name string, find func(context.Context, access.Actor, uuid.UUID) (access.Object, error)) web.Loader {
	return func(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
		id, err := web.PathID(r, name)
		if err != nil {
			return access.Object{}, err
		}
		return find(ctx, a, id)
	}
}

func portal(c *web.Context) bool { return c.Actor.Wall == access.Portal }
