// Package contractweb is the pages about what a service and its clients agree on: those of who leads the service, and those of the
// client, which reads what was agreed on and released.
package contractweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home = "/agreements"
	ours = "/our-contract"
)

func pathOf(client uuid.UUID) string         { return home + "/" + client.String() }
func packPath(client, pack uuid.UUID) string { return pathOf(client) + "/packs/" + pack.String() }

type pages struct{ s *contract.Service }

// Routes of the slice.
func Routes(s *contract.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	one := home + "/{client}"
	return []web.Route{
		on("GET", home, contract.See, p.list),
		on("GET", one, contract.See, p.one),
		on("GET", one+"/levels/add", contract.Keep, p.level),
		on("POST", one+"/levels/add", contract.Keep, p.levelPost),
		on("POST", one+"/levels/{id}/end", contract.Keep, p.levelEnd),
		on("GET", one+"/lines/add", contract.Keep, p.line),
		on("POST", one+"/lines/add", contract.Keep, p.linePost),
		on("POST", one+"/lines/{id}/end", contract.Keep, p.lineEnd),
		on("GET", one+"/dates", contract.Keep, p.dates),
		on("POST", one+"/dates", contract.Keep, p.datesPost),
		on("GET", one+"/packs/draft", contract.Keep, p.draft),
		on("POST", one+"/packs", contract.Keep, p.release),
		on("GET", one+"/packs/{id}", contract.See, p.pack),
		on("GET", one+"/packs/{id}/review", contract.Keep, p.review),
		on("POST", one+"/packs/{id}/review", contract.Keep, p.reviewPost),
		on("GET", one+"/packs/{id}/actions/add", contract.Keep, p.action),
		on("POST", one+"/packs/{id}/actions/add", contract.Keep, p.actionPost),
		on("POST", one+"/actions/{id}/done", contract.Keep, p.done),
		on("GET", ours, contract.Read, p.ours),
		on("GET", ours+"/packs/{id}", contract.Read, p.ourPack),
	}
}
