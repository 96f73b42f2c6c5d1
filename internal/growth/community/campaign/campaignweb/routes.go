// Package campaignweb is the part of the site about campaigns and talks: the list, one campaign with its reach and effect, and the
// talks about working in occupational health.
package campaignweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/campaign"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home  = "/campaigns"
	talks = "/talks"
)

type pages struct{ s *campaign.Service }

// Routes of the slice.
func Routes(s *campaign.Service) []web.Route {
	p := &pages{s}
	on := web.Route{Wall: access.Growth, Permission: campaign.Keep, Load: web.NoObject}.On
	return []web.Route{
		on("GET", home, p.list),
		on("GET", "/campaigns/add", p.add),
		on("POST", "/campaigns/add", p.addPost),
		on("GET", "/campaigns/{id}", p.one),
		on("GET", "/campaigns/{id}/change", p.change),
		on("POST", "/campaigns/{id}/change", p.changePost),
		on("GET", "/campaigns/{id}/reach", p.reach),
		on("POST", "/campaigns/{id}/reach", p.reachPost),
		on("POST", "/campaigns/{id}/withdraw", p.withdraw),
		on("GET", talks, p.talks),
		on("GET", "/talks/add", p.talkAdd),
		on("POST", "/talks/add", p.talkAddPost),
		on("GET", "/talks/{id}", p.enquiries),
		on("POST", "/talks/{id}", p.enquiriesPost),
	}
}
