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
	on := web.Behind(access.Clinical)
	return []web.Route{
		on("GET", home, handover.See, p.list),
		on("GET", home+"/{plan}", handover.See, p.show),
		on("GET", home+"/{plan}/people", handover.See, p.people),
		on("GET", home+"/{plan}/people/{person}", handover.See, p.person),
		on("POST", home+"/{plan}/people/{person}", handover.See, p.personPost),
		on("GET", home+"/{plan}/due/{item}", handover.See, p.due),
		on("POST", home+"/{plan}/due/{item}", handover.See, p.duePost),
		on("POST", home+"/{plan}/gone", handover.See, p.gone),
		on("POST", home+"/{plan}/files", handover.Send, p.ask),
		on("POST", home+"/{plan}/files/{file}/make", handover.Send, p.make),
		on("GET", home+"/{plan}/files/{file}/receipt", handover.Send, p.receipt),
		on("POST", home+"/{plan}/files/{file}/receipt", handover.Send, p.receiptPost),
		on("GET", home+"/{plan}/files/{file}/document", handover.Send, p.document),
	}
}
