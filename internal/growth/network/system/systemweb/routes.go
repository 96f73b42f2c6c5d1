// Package systemweb is the part of the site of an integrated care system: what was released to it, side by side and in funnels, and
// the files of other installations.
package systemweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home     = "/system"
	received = "/system/releases"
)

type pages struct{ s *system.Service }

// Routes of the slice.
func Routes(s *system.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, system.Read, p.overview),
		on("GET", "/system/metrics/{metric}", system.Read, p.metric),
		on("GET", "/system/levels", system.Read, p.levels),
		on("GET", "/system/plans", system.Read, p.plans),
		on("GET", "/system/export", system.Read, p.export),
		on("GET", received, system.Read, p.releases),
		on("GET", "/system/take", system.Take, p.take),
		on("POST", "/system/take", system.Take, p.takePost),
		on("GET", "/system/keys/add", system.Take, p.addKey),
		on("POST", "/system/keys/add", system.Take, p.addKeyPost),
		on("POST", "/system/keys/{fingerprint}/close", system.Take, p.closeKey),
	}
}
