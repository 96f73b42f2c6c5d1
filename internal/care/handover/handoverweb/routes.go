// Package handoverweb is the pages on which clinicians decide what goes to the next provider when a contract ends.
package handoverweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/handover"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const home = "/handovers"

func pathOf(plan uuid.UUID) string { return home + "/" + plan.String() }

func personPath(plan, person uuid.UUID) string { return pathOf(plan) + "/people/" + person.String() }

func filePath(plan, file uuid.UUID) string { return pathOf(plan) + "/files/" + file.String() }

type pages struct{ s *handover.Service }

// Routes of the slice.
func Routes(s *handover.Service) []web.Route {
	p := &pages{s}
	on := func(method, path string, may access.Permission, h web.Handler) web.Route {
		return web.Route{Method: method, Path: home + path, Wall: access.Clinical, Permission: may, Load: web.NoObject, Handle: h}
	}
	return []web.Route{
		on("GET", "", handover.See, p.list),
		on("GET", "/{plan}", handover.See, p.show),
		on("GET", "/{plan}/people", handover.See, p.people),
		on("GET", "/{plan}/people/{person}", handover.See, p.person),
		on("POST", "/{plan}/people/{person}", handover.See, p.personPost),
		on("GET", "/{plan}/due/{item}", handover.See, p.due),
		on("POST", "/{plan}/due/{item}", handover.See, p.duePost),
		on("POST", "/{plan}/gone", handover.See, p.gone),
		on("POST", "/{plan}/files", handover.Send, p.ask),
		on("POST", "/{plan}/files/{file}/make", handover.Send, p.make),
		on("GET", "/{plan}/files/{file}/receipt", handover.Send, p.receipt),
		on("POST", "/{plan}/files/{file}/receipt", handover.Send, p.receiptPost),
		on("GET", "/{plan}/files/{file}/document", handover.Send, p.document),
	}
}
