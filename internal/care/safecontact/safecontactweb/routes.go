// Package safecontactweb is the pages of safe contacts: one's own, the one an OH administrator takes down, and the
// list of those who have none.
package safecontactweb

import (
	"context"
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/safecontact"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *safecontact.Service }

// Routes are the pages of the slice.
func Routes(s *safecontact.Service) []web.Route {
	p := &pages{s}
	return []web.Route{
		{Method: http.MethodGet, Path: "/my/contact", Wall: access.Portal, Permission: safecontact.Choose, Load: web.NoObject, Handle: p.ownGet},
		{Method: http.MethodPost, Path: "/my/contact", Wall: access.Portal, Permission: safecontact.Choose, Load: web.NoObject, Handle: p.ownPost},
		{Method: http.MethodGet, Path: "/my/contact/code", Wall: access.Portal, Permission: safecontact.Choose, Load: web.NoObject, Handle: p.codeGet},
		{Method: http.MethodPost, Path: "/my/contact/code", Wall: access.Portal, Permission: safecontact.Choose, Load: web.NoObject, Handle: p.codePost},
		{Method: http.MethodGet, Path: "/cases/{id}/safe-contact", Wall: access.Clinical, Permission: safecontact.Assist, Load: p.load, Handle: p.assistGet},
		{Method: http.MethodPost, Path: "/cases/{id}/safe-contact", Wall: access.Clinical, Permission: safecontact.Assist, Load: p.load, Handle: p.assistPost},
		{Method: http.MethodGet, Path: "/no-safe-contact", Wall: access.Clinical, Permission: safecontact.Without, Load: web.NoObject, Handle: p.list},
	}
}

func (p *pages) load(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	return p.s.Find(ctx, a, id)
}
