// Package messageweb shows what would be sent.
package messageweb

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ outbox *message.Outbox }

// Routes of the slice.
func Routes(o *message.Outbox) []web.Route {
	p := &pages{o}
	return []web.Route{
		{Method: http.MethodGet, Path: "/messages", Wall: access.Worker, Permission: message.Read, Load: web.NoObject, Handle: p.list},
	}
}
