// Package pooledweb is where the lead of an integrated care system asks what one list for several services would do to the wait.
package pooledweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const home = "/system/pooled"

type pages struct{ s *pooled.Service }

// Routes of the slice.
func Routes(s *pooled.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, pooled.Read, p.list),
		on("GET", home+"/add", pooled.Run, p.add),
		on("POST", home+"/add", pooled.Run, p.addPost),
		on("GET", home+"/{id}", pooled.Read, p.show),
	}
}
