// Package exitweb is the pages on which who keeps contracts plans how one ends, and closes it; and the one on which a client reads how its
// own ends.
package exitweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

func contractOf(organisation uuid.UUID) string { return "/contracts/" + organisation.String() }

func pathOf(organisation uuid.UUID) string { return contractOf(organisation) + "/exit" }

type pages struct{ s *exit.Service }

// Routes of the slice.
func Routes(s *exit.Service) []web.Route {
	p := &pages{s}
	on := web.Route{Path: "/contracts/{organisation}", Wall: access.Hall, Permission: exit.Keep, Load: web.NoObject}.On
	return []web.Route{
		on("GET", "/exit", p.show),
		on("POST", "/exit", p.start),
		on("GET", "/exit/receiver", p.receiver),
		on("POST", "/exit/receiver", p.receiverPost),
		on("GET", "/exit/steps/{step}", p.step),
		on("POST", "/exit/steps/{step}", p.stepPost),
		on("POST", "/close", p.close),
		web.Behind(access.Growth)("GET", told, exit.Read, p.told),
	}
}
