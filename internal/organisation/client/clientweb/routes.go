// Package clientweb is the pages on which who leads or runs an OH service brings in clients and keeps their contracts.
package clientweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const home = "/contracts"

func pathOf(organisation uuid.UUID) string { return home + "/" + organisation.String() }

type pages struct {
	s    *client.Service
	base string // of the links to hand out
}

// Routes of the slice; base is the address under which this installation is found.
func Routes(s *client.Service, base string) []web.Route {
	p := &pages{s, base}
	on := web.Route{Wall: access.Hall, Permission: client.Keep, Load: web.NoObject}.On
	return []web.Route{
		on("GET", home, p.list),
		on("GET", home+"/add", p.add),
		on("POST", home+"/add", p.addPost),
		on("GET", home+"/{organisation}", p.show),
		on("GET", home+"/{organisation}/terms", p.terms),
		on("POST", home+"/{organisation}/terms", p.termsPost),
		on("GET", home+"/{organisation}/end", p.end),
		on("POST", home+"/{organisation}/end", p.endPost),
	}
}
