// Package sharingweb is the part of the site about what an organisation shares with its integrated care system: what is agreed on, what
// would leave now, what has left, and how the organisation compares.
package sharingweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const home = "/sharing"

type pages struct {
	s      *sharing.Service
	system *system.Service
}

// Routes of the slice.
func Routes(s *sharing.Service, sys *system.Service) []web.Route {
	p := &pages{s, sys}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, sharing.Read, p.board),
		on("GET", "/sharing/items/{item}/ask", sharing.Keep, p.ask),
		on("POST", "/sharing/items/{item}/ask", sharing.Keep, p.askPost),
		on("POST", "/sharing/agreements/{id}/agree", sharing.Agree, p.agree),
		on("POST", "/sharing/agreements/{id}/refuse", sharing.Agree, p.refuse),
		on("POST", "/sharing/agreements/{id}/end", sharing.End, p.end),
		on("POST", "/sharing/end", sharing.End, p.endAll),
		on("GET", "/sharing/preview", sharing.Keep, p.preview),
		on("POST", "/sharing/release", sharing.Keep, p.release),
		on("GET", "/sharing/releases/{id}", sharing.Read, p.one),
		on("GET", "/sharing/releases/{id}/file", sharing.Read, p.file),
		on("GET", "/sharing/releases/{id}/table", sharing.Read, p.table),
		on("GET", "/sharing/compare/{metric}", sharing.Read, p.compare),
	}
}
